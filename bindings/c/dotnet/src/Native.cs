using System;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>The functions of <c>chipid.h</c>, each as it stands there.</summary>
    internal static class Native
    {
        /// <summary>libchipid_c.so, libchipid_c.dylib or chipid_c.dll: the runtime puts on what the system has.</summary>
        private const string Library = "chipid_c";
        private const CallingConvention C = CallingConvention.Cdecl;

        internal const long Now = long.MinValue;

        [UnmanagedFunctionPointer(C)]
        internal delegate void OnProgress(IntPtr user, ref NativeProgress progress);

        [DllImport(Library, CallingConvention = C)]
        internal static extern IntPtr chipid_version();

        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_bytes_free(ref NativeBytes bytes);

        [DllImport(Library, CallingConvention = C)]
        internal static extern IntPtr chipid_file_name(uint file);

        [DllImport(Library, CallingConvention = C)]
        internal static extern IntPtr chipid_error_message(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern uint chipid_error_file(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern long chipid_error_offset(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_error_status_word(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_error_tries_left(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_error_free(ref IntPtr error);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_can(byte[] digits, UIntPtr length, out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_pin(byte[] digits, UIntPtr length, out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_puk(byte[] digits, UIntPtr length, out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_mrz(byte[] zone, UIntPtr length, out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_qr(byte[] code, UIntPtr length, out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_number(byte[] digits, UIntPtr length, out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_document(
            byte[] number, UIntPtr numberLength, byte[] birth, UIntPtr birthLength, byte[] expiry, UIntPtr expiryLength,
            out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_keys_number_and_days(
            byte[] digits, UIntPtr length, uint birth, uint issued, out KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_keys_free(ref IntPtr keys);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_trust_new(out TrustHandle trust, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_trust_add(
            TrustHandle trust, byte[] data, UIntPtr length, byte[] name, UIntPtr nameLength, uint anchor, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_trust_free(ref IntPtr trust);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_cancel_new(out CancelHandle cancel, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_cancel_cancel(CancelHandle cancel);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_cancel_free(ref IntPtr cancel);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_new(KeysHandle keys, out ReadingHandle reading, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_set_limits(
            ReadingHandle reading, UIntPtr command, UIntPtr response, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_only(ReadingHandle reading, byte[] groups, UIntPtr count, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_set_challenge(
            ReadingHandle reading, byte[] challenge, UIntPtr length, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_on_progress(
            ReadingHandle reading, OnProgress listener, IntPtr user, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_begin(ReadingHandle reading, out NativeStep step, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_next(
            ReadingHandle reading, byte[] response, UIntPtr length, int transportError, out NativeStep step, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_stop(ReadingHandle reading);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_reading_run_on_reader(
            ReadingHandle reading, byte[] name, UIntPtr length, uint waitMs, CancelHandle cancel,
            out DocumentHandle document, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_reading_free(ref IntPtr reading);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_load(
            byte[] folder, UIntPtr length, out DocumentHandle document, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_new(out DocumentHandle document, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_add(
            DocumentHandle document, uint file, byte[] data, UIntPtr length, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_add_active_authentication(
            DocumentHandle document, byte[] challenge, UIntPtr challengeLength, byte[] signature, UIntPtr signatureLength, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_active_authentication(
            DocumentHandle document, out NativeBytes challenge, out NativeBytes signature, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_challenged_with(
            DocumentHandle document, byte[] challenge, UIntPtr length, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_danger_unverified_file(
            DocumentHandle document, uint file, out NativeBytes bytes, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_document_save(
            DocumentHandle document, byte[] folder, UIntPtr length, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_document_free(ref IntPtr document);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_faces_load(byte[] folder, UIntPtr length, out FacesHandle faces, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_faces_load_bytes(
            byte[] detector, UIntPtr detectorLength, byte[] recogniser, UIntPtr recogniserLength,
            out FacesHandle faces, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_faces_free(ref IntPtr faces);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_live_images_new(uint capture, out LiveImagesHandle images, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_live_images_add_file(
            LiveImagesHandle images, byte[] data, UIntPtr length, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_live_images_add_frame(LiveImagesHandle images, ref NativeFrame frame, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_live_images_digests(LiveImagesHandle images, out NativeBytes digests, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_live_images_free(ref IntPtr images);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_new(
            DocumentHandle document, TrustHandle trust, long time, out AssessmentHandle assessment, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_compare_keys(AssessmentHandle assessment, KeysHandle keys, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_compare_typed(
            AssessmentHandle assessment, byte[] name, UIntPtr nameLength, byte[] number, UIntPtr numberLength, uint birth, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_compare_face(
            AssessmentHandle assessment, FacesHandle faces, LiveImagesHandle images, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_add_liveness(
            AssessmentHandle assessment, ref NativeLiveness liveness, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_set_attempts(
            AssessmentHandle assessment, uint made, uint failedBefore, ulong sessionSeconds, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_portrait(
            AssessmentHandle assessment, out NativeBytes portrait, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_portrait_digest(
            AssessmentHandle assessment, out NativeBytes digest, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_add_vendor_comparison(
            AssessmentHandle assessment, ref NativeVendorComparison comparison, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_assessment_add_confirmation(
            AssessmentHandle assessment, ConfirmationHandle confirmation, ref NativeConfirmationAnswer answer, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_assessment_free(ref IntPtr assessment);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_confirmation_new(
            AssessmentHandle assessment, byte[] nonce, UIntPtr nonceLength, byte[] consent, UIntPtr consentLength,
            out ConfirmationHandle confirmation, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_confirmation_part_of(
            ConfirmationHandle confirmation, uint part, out NativeBytes bytes, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_confirmation_file(
            ConfirmationHandle confirmation, uint file, out NativeBytes bytes, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_confirmation_digest(
            ConfirmationHandle confirmation, uint file, out NativeBytes bytes, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_confirmation_is_signed_by(
            byte[] certificate, UIntPtr certificateLength, byte[] answer, UIntPtr answerLength, byte[] signature, UIntPtr signatureLength,
            out int signed, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_confirmation_free(ref IntPtr confirmation);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_policy_built_in(byte[] name, UIntPtr length, out PolicyHandle policy, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_policy_from_toml(byte[] toml, UIntPtr length, out PolicyHandle policy, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_policy_decide(
            PolicyHandle policy, AssessmentHandle assessment, out VerdictHandle verdict, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_policy_free(ref IntPtr policy);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_verdict_answer(VerdictHandle verdict);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_verdict_free(ref IntPtr verdict);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_report_new(
            VerdictHandle verdict, byte[] fields, UIntPtr length, out ReportHandle report, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_report_of_assessment(
            AssessmentHandle assessment, byte[] fields, UIntPtr length, out ReportHandle report, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_report_value(
            ReportHandle report, byte[] pointer, UIntPtr length, out NativeBytes value, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_report_names(
            ReportHandle report, byte[] pointer, UIntPtr length, out NativeBytes names, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_report_json(ReportHandle report, out NativeBytes json, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        internal static extern void chipid_report_free(ref IntPtr report);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int chipid_readers_report(out ReportHandle readers, out IntPtr error);
    }
}
