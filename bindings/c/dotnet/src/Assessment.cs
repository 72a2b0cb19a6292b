using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid
{
    /// <summary>
    /// Everything that is known of one document and one person. One call at a time changes it, and none while a <see cref="Verdict"/> over
    /// it lives (8903).
    /// </summary>
    public sealed class Assessment : IDisposable
    {
        internal readonly AssessmentHandle Handle;

        /// <summary>
        /// Verifies a document, and compares what came with its key with the signed data. The document may be disposed of afterwards.
        /// </summary>
        /// <param name="document">The document.</param>
        /// <param name="trust">The anchors.</param>
        /// <param name="at">The time of the check; null for now.</param>
        public Assessment(Document document, Trust trust, DateTimeOffset? at = null)
        {
            Given.Be(document, nameof(document));
            Given.Be(trust, nameof(trust));
            var time = at.HasValue ? at.Value.ToUnixTimeSeconds() : Native.Now;
            var code = Native.chipid_assessment_new(document.Handle, trust.Handle, time, out Handle, out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>
        /// Compares what came with a key (QR code, zone, number) with the signed data: for a document that was not opened with that key.
        /// What opened a document is compared without this call.
        /// </summary>
        /// <param name="keys">The keys.</param>
        public void CompareKeys(Keys keys)
        {
            Given.Be(keys, nameof(keys));
            var code = Native.chipid_assessment_compare_keys(Handle, keys.Handle, out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>
        /// Compares what was typed or is in a record with the signed data; null is not compared, and nothing but nulls is refused. What is empty and
        /// not null agrees with nobody's.
        /// </summary>
        /// <param name="name">UTF-8.</param>
        /// <param name="number">The personal number, ASCII digits.</param>
        /// <param name="birth">The day of birth.</param>
        public void CompareTyped(byte[] name, byte[] number, DateTime? birth = null)
        {
            var day = birth.HasValue ? (uint)(birth.Value.Year * 10000 + birth.Value.Month * 100 + birth.Value.Day) : 0;
            var code = Native.chipid_assessment_compare_typed(
                Handle, There(name), name.Size(), There(number), number.Size(), day, out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>An empty array has an address too: the library tells null from empty.</summary>
        private static byte[] There(byte[] text) => text != null && text.Length == 0 ? new byte[1] : text;

        /// <summary>
        /// Compares the chip's portrait, where it is proven, with live images; it takes some tenths of a second. Several images of one moment
        /// belong into one call: every further call counts as another attempt of a person who did not match.
        /// </summary>
        /// <param name="faces">The models.</param>
        /// <param name="images">The images.</param>
        public void CompareFace(Faces faces, LiveImages images)
        {
            Given.Be(faces, nameof(faces));
            Given.Be(images, nameof(images));
            var code = Native.chipid_assessment_compare_face(Handle, faces.Handle, images.Handle, out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>The same on a thread of the pool. It cannot be stopped once it has begun.</summary>
        /// <param name="faces">The models.</param>
        /// <param name="images">The images.</param>
        /// <param name="cancellation">Keeps it from beginning.</param>
        public Task CompareFaceAsync(Faces faces, LiveImages images, CancellationToken cancellation = default(CancellationToken))
        {
            Given.Be(faces, nameof(faces));
            Given.Be(images, nameof(images));
            return Task.Run(() => CompareFace(faces, images), cancellation);
        }

        /// <summary>Takes the caller's liveness check, another maker's. It counts only for the images that it looked at.</summary>
        /// <param name="liveness">The check.</param>
        public void AddLiveness(Liveness liveness)
        {
            Given.Be(liveness, nameof(liveness));
            liveness.Use(native =>
            {
                var code = Native.chipid_assessment_add_liveness(Handle, ref native, out var error);
                ChipidException.ThrowIf(code, error);
            });
        }

        /// <summary>
        /// Takes a comparison by another maker's engine, as of now. It counts where the policy names vendor and certificate, for this
        /// document's portrait and the very images.
        /// </summary>
        /// <param name="comparison">The comparison.</param>
        public void AddVendorComparison(VendorComparison comparison)
        {
            Given.Be(comparison, nameof(comparison));
            comparison.Use(native =>
            {
                var code = Native.chipid_assessment_add_vendor_comparison(Handle, ref native, out var error);
                ChipidException.ThrowIf(code, error);
            });
        }

        /// <summary>What ties a vendor's comparison to this document's portrait: SHA-256; null where no portrait is proven.</summary>
        public byte[] PortraitDigest()
        {
            var code = Native.chipid_assessment_portrait_digest(Handle, out var bytes, out var error);
            ChipidException.ThrowIf(code, error);
            return bytes.Take();
        }

        /// <summary>
        /// Hands over what a confirmation service answered, or that it did not, as of now. It counts where it is bound to this document's
        /// number, to its signer, to the request's nonce and to the time. The request is used up.
        /// </summary>
        /// <param name="request">The request that was sent.</param>
        /// <param name="answer">What came back.</param>
        public void AddConfirmation(ConfirmationRequest request, ConfirmationAnswer answer)
        {
            Given.Be(request, nameof(request));
            Given.Be(answer, nameof(answer));
            answer.Use(native =>
            {
                var code = Native.chipid_assessment_add_confirmation(Handle, request.Handle, ref native, out var error);
                ChipidException.ThrowIf(code, error);
            });
        }

        /// <summary>
        /// Says what this session has seen. Policies bound it; without this call only the comparisons on this object are counted. Every further
        /// comparison on this object is added to both numbers, and they only grow.
        /// </summary>
        /// <param name="made">How many comparisons, this one included: the first that will be made here or, where there was one, the last.</param>
        /// <param name="failedBefore">How many of those before it did not match.</param>
        /// <param name="sessionAge">How long ago the session began.</param>
        public void SetAttempts(int made, int failedBefore, TimeSpan sessionAge)
        {
            if (sessionAge < TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(sessionAge));
            var code = Native.chipid_assessment_set_attempts(
                Handle, Given.Unsigned(made, nameof(made)), Given.Unsigned(failedBefore, nameof(failedBefore)),
                (ulong)sessionAge.TotalSeconds, out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>
        /// The portrait as the chip has it (JPEG or JPEG 2000). Null where its issuer is not verified: anybody can sign a portrait.
        /// </summary>
        public byte[] Portrait()
        {
            var code = Native.chipid_assessment_portrait(Handle, out var bytes, out var error);
            ChipidException.ThrowIf(code, error);
            return bytes.Take();
        }

        /// <summary>What is known, without a policy: no answer, no grounds.</summary>
        /// <param name="fields">What of the holder is given (<c>name</c>, <c>personal_number</c>); none for what is given unasked.</param>
        public Report Report(params string[] fields)
        {
            var names = Chipid.Report.Asked(fields);
            var code = Native.chipid_report_of_assessment(Handle, names, names.Size(), out var report, out var error);
            ChipidException.ThrowIf(code, error);
            return new Report(report);
        }

        /// <summary>Wipes and frees it.</summary>
        public void Dispose() => Handle.Dispose();
    }
}
