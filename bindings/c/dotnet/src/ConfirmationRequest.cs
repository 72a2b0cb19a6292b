using System;
using System.Globalization;

namespace Chipid
{
    /// <summary>
    /// What is sent to a confirmation service, part by part; in which form, the service says. One question has one answer: what took it is
    /// used up (8902).
    /// </summary>
    public sealed class ConfirmationRequest : IDisposable
    {
        /// <summary>How long a nonce is, in bytes.</summary>
        public const int NonceLength = 16;

        internal readonly ConfirmationHandle Handle;

        /// <summary>Gathers it, where the document's digests and signature hold (else 8204).</summary>
        /// <param name="assessment">The document.</param>
        /// <param name="nonce">Sixteen bytes that the service gave, or the caller made and keeps; null for new ones.</param>
        /// <param name="consent">The caller's name for the holder's consent; null where there is none.</param>
        public ConfirmationRequest(Assessment assessment, byte[] nonce = null, string consent = null)
        {
            Given.Be(assessment, nameof(assessment));
            var name = Utf8.Bytes(consent ?? "");
            var code = Native.chipid_confirmation_new(
                assessment.Handle, nonce, nonce.Size(), name, name.Size(), out Handle, out var error);
            ChipidException.ThrowIf(code, error);
        }

        private enum Part : uint
        {
            Number = 0, Nonce = 1, Signer = 2, SignerSha256 = 3, Challenge = 4, Signature = 5, Consent = 6, MadeAt = 7,
        }

        /// <summary>The personal number; on documents without one the document number. UTF-8. The answer must come back with it.</summary>
        public byte[] Number() => Of(Part.Number);

        /// <summary>Sixteen bytes. The answer must come back with them.</summary>
        public byte[] Nonce() => Of(Part.Nonce);

        /// <summary>The document signer's certificate, DER.</summary>
        public byte[] Signer() => Of(Part.Signer);

        /// <summary>SHA-256 over it. The answer must come back with it.</summary>
        public byte[] SignerSha256() => Of(Part.SignerSha256);

        /// <summary>The challenge of Active Authentication; null where there was none.</summary>
        public byte[] Challenge() => Of(Part.Challenge);

        /// <summary>The chip's signature over it; null where there was none.</summary>
        public byte[] Signature() => Of(Part.Signature);

        /// <summary>The caller's name for the holder's consent; null where there is none.</summary>
        public string Consent() => Utf8.Taken(Of(Part.Consent));

        /// <summary>When it was made.</summary>
        public DateTimeOffset MadeAt() =>
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(Utf8.Taken(Of(Part.MadeAt)), CultureInfo.InvariantCulture));

        /// <summary>
        /// A file of the request, verbatim: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15, as far as they were read; null for every other.
        /// </summary>
        /// <param name="file">0x0101 for DG1.</param>
        public byte[] File(int file)
        {
            var code = Native.chipid_confirmation_file(Handle, unchecked((uint)file), out var bytes, out var error);
            ChipidException.ThrowIf(code, error);
            return bytes.Take();
        }

        /// <summary>The digest of a data group of the request, by the algorithm of EF.SOD; null for what is no data group of it.</summary>
        /// <param name="file">0x0101 for DG1.</param>
        public byte[] FileDigest(int file)
        {
            var code = Native.chipid_confirmation_digest(Handle, unchecked((uint)file), out var bytes, out var error);
            ChipidException.ThrowIf(code, error);
            return bytes.Take();
        }

        /// <summary>Wipes and frees it.</summary>
        public void Dispose() => Handle.Dispose();

        private byte[] Of(Part part)
        {
            var code = Native.chipid_confirmation_part_of(Handle, (uint)part, out var bytes, out var error);
            ChipidException.ThrowIf(code, error);
            return bytes.Take();
        }
    }
}
