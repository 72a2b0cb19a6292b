using System;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>What became of asking a confirmation service. Nought is no answer.</summary>
    public enum ConfirmationOutcome
    {
        /// <summary>What came back is no answer.</summary>
        Unreadable = 0,
        /// <summary>The issuer issued it.</summary>
        Confirmed = 1,
        /// <summary>The issuer did not, or took it back.</summary>
        Denied = 2,
        /// <summary>No way to the service.</summary>
        NoConnection = 3,
        /// <summary>It did not answer in time.</summary>
        TimedOut = 4,
        /// <summary>It would not answer: contract, quota, maintenance.</summary>
        Refused = 5,
        /// <summary>What came back is not signed by the service. Not a service out of reach: the answer is doubted.</summary>
        NotAuthentic = 6,
    }

    /// <summary>
    /// What a service answered. Where it did not (every outcome but confirmed and denied), only <see cref="Outcome"/> is looked at. What
    /// binds it to its question must be what the service says, never what was asked.
    /// </summary>
    public sealed class ConfirmationAnswer
    {
        /// <summary>What became of asking.</summary>
        public ConfirmationOutcome Outcome { get; set; }

        /// <summary>The number that the service says it was asked about, UTF-8.</summary>
        public byte[] Number { get; set; }

        /// <summary>SHA-256 over the document signer's certificate that the service says it was asked about.</summary>
        public byte[] SignerSha256 { get; set; }

        /// <summary>The nonce that the service says it was asked with.</summary>
        public byte[] Nonce { get; set; }

        /// <summary>When it answered, by its clock.</summary>
        public DateTimeOffset AnsweredAt { get; set; }

        /// <summary>Who says so.</summary>
        public string Service { get; set; } = "";

        /// <summary>The service's own number for its answer; null where it gives none.</summary>
        public string Transaction { get; set; }

        /// <summary>
        /// Whether a signature signs an answer's bytes under the key of the service's certificate, over SHA-256. Whether that certificate is
        /// the service's is the caller's to know.
        /// </summary>
        /// <param name="certificate">DER or PEM.</param>
        /// <param name="answer">What was signed.</param>
        /// <param name="signature">The signature.</param>
        public static bool IsSignedBy(byte[] certificate, byte[] answer, byte[] signature)
        {
            Given.Be(certificate, nameof(certificate));
            Given.Be(answer, nameof(answer));
            Given.Be(signature, nameof(signature));
            Library.MustFit();
            var code = Native.chipid_confirmation_is_signed_by(
                certificate, certificate.Size(), answer, answer.Size(), signature, signature.Size(), out var signed, out var error);
            ChipidException.ThrowIf(code, error);
            return signed == 1;
        }

        /// <summary>Names no value.</summary>
        public override string ToString() => "ConfirmationAnswer (" + Outcome + ")";

        /// <summary>Holds it where it is while <paramref name="use"/> looks at it.</summary>
        internal void Use(Action<NativeConfirmationAnswer> use)
        {
            var answered = Outcome == ConfirmationOutcome.Confirmed || Outcome == ConfirmationOutcome.Denied;
            using (var pins = new Pins())
            {
                byte[] number = Number ?? new byte[0], service = Utf8.Bytes(Service ?? "");
                var transaction = Transaction == null ? null : Utf8.Bytes(Transaction);
                use(new NativeConfirmationAnswer
                {
                    Size = new UIntPtr((uint)Marshal.SizeOf(typeof(NativeConfirmationAnswer))),
                    Outcome = unchecked((uint)Outcome),
                    SignerSha256 = answered ? Given.Long(Digest.Length, SignerSha256, nameof(SignerSha256)) : new byte[Digest.Length],
                    Nonce = answered ? Given.Long(ConfirmationRequest.NonceLength, Nonce, nameof(Nonce)) : new byte[ConfirmationRequest.NonceLength],
                    AnsweredAt = AnsweredAt.ToUnixTimeSeconds(),
                    Number = pins.At(number),
                    NumberLength = number.Size(),
                    Service = pins.At(service),
                    ServiceLength = service.Size(),
                    Transaction = transaction == null ? IntPtr.Zero : pins.At(transaction),
                    TransactionLength = transaction.Size(),
                });
            }
        }
    }
}
