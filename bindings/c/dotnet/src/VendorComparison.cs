using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>What another maker's face engine said. Nought is that it could not say.</summary>
    public enum VendorMatch
    {
        /// <summary>It could not say.</summary>
        Uncertain = 0,
        /// <summary>One person, by the vendor's own threshold.</summary>
        Match = 1,
        /// <summary>Two persons.</summary>
        Mismatch = 2,
    }

    /// <summary>
    /// A comparison by another maker's engine: who made it, of what, when, and what came out. It counts where the policy names vendor and
    /// certificate, and the built-in policies name nobody.
    /// </summary>
    public sealed class VendorComparison
    {
        /// <summary>What it said.</summary>
        public VendorMatch Result { get; set; }

        /// <summary>Where the live images came from.</summary>
        public Capture Capture { get; set; }

        /// <summary>When it was made.</summary>
        public DateTimeOffset At { get; set; }

        /// <summary>Whose engine.</summary>
        public string Vendor { get; set; } = "";

        /// <summary>Which version of theirs.</summary>
        public string Version { get; set; } = "";

        /// <summary>By what it is known to work: certificate or test report.</summary>
        public string Certificate { get; set; } = "";

        /// <summary>The portrait that was compared, as <see cref="Assessment.PortraitDigest"/> gives it.</summary>
        public byte[] Portrait { get; set; }

        /// <summary>The images that it looked at, as <see cref="LiveImages.Digests"/> gives them.</summary>
        public IReadOnlyList<byte[]> Images { get; set; } = new byte[0][];

        /// <summary>Holds it where it is while <paramref name="use"/> looks at it.</summary>
        internal void Use(Action<NativeVendorComparison> use)
        {
            using (var pins = new Pins())
            {
                byte[] vendor = Utf8.Bytes(Vendor ?? ""), version = Utf8.Bytes(Version ?? ""), certificate = Utf8.Bytes(Certificate ?? "");
                var images = Digest.Together(Images, nameof(Images));
                use(new NativeVendorComparison
                {
                    Size = new UIntPtr((uint)Marshal.SizeOf(typeof(NativeVendorComparison))),
                    Result = unchecked((uint)Result),
                    Capture = unchecked((uint)Capture),
                    At = At.ToUnixTimeSeconds(),
                    Vendor = pins.At(vendor),
                    VendorLength = vendor.Size(),
                    Version = pins.At(version),
                    VersionLength = version.Size(),
                    Certificate = pins.At(certificate),
                    CertificateLength = certificate.Size(),
                    Portrait = Given.Long(Digest.Length, Portrait, nameof(Portrait)),
                    Images = pins.At(images),
                    ImageCount = new UIntPtr((uint)(images.Length / Digest.Length)),
                });
            }
        }
    }
}
