using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>What a liveness check came to.</summary>
    public enum LivenessResult
    {
        /// <summary>It could not say.</summary>
        Uncertain = 0,
        /// <summary>A living person was there.</summary>
        Passed = 1,
        /// <summary>None was.</summary>
        Failed = 2,
    }

    /// <summary>What a liveness check of the caller's came to (another vendor's: chipid has none).</summary>
    public sealed class Liveness
    {
        /// <summary>The result.</summary>
        public LivenessResult Result { get; set; }

        /// <summary>It must be that of the images that were compared.</summary>
        public Capture Capture { get; set; }

        /// <summary>When it was made.</summary>
        public DateTimeOffset At { get; set; }

        /// <summary>Who made the check.</summary>
        public string Vendor { get; set; } = "";

        /// <summary>Which version of theirs.</summary>
        public string Version { get; set; } = "";

        /// <summary>By what it is known to work: certificate or test report.</summary>
        public string Basis { get; set; } = "";

        /// <summary>
        /// The images that the check looked at, as <see cref="LiveImages.Digests"/> gives them. A result counts only where every image that
        /// was compared is among them.
        /// </summary>
        public IReadOnlyList<byte[]> Images { get; set; } = new byte[0][];

        /// <summary>Holds it where it is while <paramref name="use"/> looks at it.</summary>
        internal void Use(Action<NativeLiveness> use)
        {
            using (var pins = new Pins())
            {
                byte[] vendor = Utf8.Bytes(Vendor ?? ""), version = Utf8.Bytes(Version ?? ""), basis = Utf8.Bytes(Basis ?? "");
                var images = Digest.Together(Images, nameof(Images));
                use(new NativeLiveness
                {
                    Size = new UIntPtr((uint)Marshal.SizeOf(typeof(NativeLiveness))),
                    Result = unchecked((uint)Result),
                    Capture = unchecked((uint)Capture),
                    At = At.ToUnixTimeSeconds(),
                    Vendor = pins.At(vendor),
                    VendorLength = vendor.Size(),
                    Version = pins.At(version),
                    VersionLength = version.Size(),
                    Basis = pins.At(basis),
                    BasisLength = basis.Size(),
                    Images = pins.At(images),
                    ImageCount = new UIntPtr((uint)(images.Length / Digest.Length)),
                });
            }
        }
    }
}
