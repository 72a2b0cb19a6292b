package chipid.java;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The functions of {@code bindings/c/include/chipid.h}, bound directly. Sizes are 64 bits wide: there is no library for other machines.
 *
 * <p>Whatever is made or given back is written at a place that the caller has memory for, see {@link Scope}.
 */
final class Lib {
    static final NativeLibrary LIBRARY = Loading.library();

    static {
        Native.register(Lib.class, LIBRARY);
    }

    private Lib() {}

    /** Told of progress; nothing that it throws may leave it. */
    interface OnProgress extends Callback {
        void told(Pointer user, Pointer progress);
    }

    static native String chipid_version();

    static native int chipid_assessment_new(Pointer document, Pointer trust, long time, Pointer out, Pointer error);

    static native int chipid_assessment_compare_keys(Pointer assessment, Pointer keys, Pointer error);

    static native int chipid_assessment_compare_typed(
            Pointer assessment, Pointer name, long nameLength, Pointer number, long numberLength, int birth, Pointer error);

    static native int chipid_assessment_compare_face(Pointer assessment, Pointer faces, Pointer images, Pointer error);

    static native int chipid_assessment_add_liveness(Pointer assessment, Pointer liveness, Pointer error);

    static native int chipid_assessment_set_attempts(
            Pointer assessment, int made, int failedBefore, long sessionSeconds, Pointer error);

    static native int chipid_assessment_portrait(Pointer assessment, Pointer out, Pointer error);

    static native int chipid_assessment_portrait_digest(Pointer assessment, Pointer out, Pointer error);

    static native int chipid_assessment_add_vendor_comparison(Pointer assessment, Pointer comparison, Pointer error);

    static native int chipid_assessment_add_confirmation(
            Pointer assessment, Pointer confirmation, Pointer answer, Pointer error);

    static native void chipid_assessment_free(Pointer place);

    static native void chipid_bytes_free(Pointer bytes);

    static native int chipid_cancel_new(Pointer out, Pointer error);

    static native int chipid_cancel_cancel(Pointer cancel);

    static native void chipid_cancel_free(Pointer place);

    static native int chipid_confirmation_new(
            Pointer assessment,
            Pointer nonce,
            long nonceLength,
            Pointer consent,
            long consentLength,
            Pointer out,
            Pointer error);

    static native int chipid_confirmation_part_of(Pointer confirmation, int part, Pointer out, Pointer error);

    static native int chipid_confirmation_file(Pointer confirmation, int file, Pointer out, Pointer error);

    static native int chipid_confirmation_digest(Pointer confirmation, int file, Pointer out, Pointer error);

    static native int chipid_confirmation_is_signed_by(
            Pointer certificate,
            long certificateLength,
            Pointer answer,
            long answerLength,
            Pointer signature,
            long signatureLength,
            Pointer signed,
            Pointer error);

    static native void chipid_confirmation_free(Pointer place);

    static native int chipid_document_load(Pointer folder, long length, Pointer out, Pointer error);

    static native int chipid_document_new(Pointer out, Pointer error);

    static native int chipid_document_add(Pointer document, int file, Pointer data, long length, Pointer error);

    static native int chipid_document_add_active_authentication(
            Pointer document,
            Pointer challenge,
            long challengeLength,
            Pointer signature,
            long signatureLength,
            Pointer error);

    static native int chipid_document_active_authentication(
            Pointer document, Pointer challenge, Pointer signature, Pointer error);

    static native int chipid_document_challenged_with(Pointer document, Pointer challenge, long length, Pointer error);

    static native int chipid_document_danger_unverified_file(Pointer document, int file, Pointer out, Pointer error);

    static native int chipid_document_save(Pointer document, Pointer folder, long length, Pointer error);

    static native void chipid_document_free(Pointer place);

    static native Pointer chipid_error_message(Pointer error);

    static native int chipid_error_file(Pointer error);

    static native long chipid_error_offset(Pointer error);

    static native int chipid_error_status_word(Pointer error);

    static native int chipid_error_tries_left(Pointer error);

    static native void chipid_error_free(Pointer place);

    static native String chipid_file_name(int file);

    static native int chipid_faces_load(Pointer folder, long length, Pointer out, Pointer error);

    static native int chipid_faces_load_bytes(
            Pointer detector, long detectorLength, Pointer recogniser, long recogniserLength, Pointer out, Pointer error);

    static native void chipid_faces_free(Pointer place);

    static native int chipid_live_images_new(int capture, Pointer out, Pointer error);

    static native int chipid_live_images_add_file(Pointer images, Pointer data, long length, Pointer error);

    static native int chipid_live_images_add_frame(Pointer images, Pointer frame, Pointer error);

    static native int chipid_live_images_digests(Pointer images, Pointer out, Pointer error);

    static native void chipid_live_images_free(Pointer place);

    static native int chipid_keys_can(Pointer digits, long length, Pointer out, Pointer error);

    static native int chipid_keys_pin(Pointer digits, long length, Pointer out, Pointer error);

    static native int chipid_keys_puk(Pointer digits, long length, Pointer out, Pointer error);

    static native int chipid_keys_mrz(Pointer zone, long length, Pointer out, Pointer error);

    static native int chipid_keys_qr(Pointer code, long length, Pointer out, Pointer error);

    static native int chipid_keys_number(Pointer digits, long length, Pointer out, Pointer error);

    static native int chipid_keys_document(
            Pointer number,
            long numberLength,
            Pointer birth,
            long birthLength,
            Pointer expiry,
            long expiryLength,
            Pointer out,
            Pointer error);

    static native int chipid_keys_number_and_days(
            Pointer digits, long length, int birth, int issued, Pointer out, Pointer error);

    static native void chipid_keys_free(Pointer place);

    static native int chipid_policy_built_in(Pointer name, long length, Pointer out, Pointer error);

    static native int chipid_policy_from_toml(Pointer toml, long length, Pointer out, Pointer error);

    static native void chipid_policy_free(Pointer place);

    static native int chipid_policy_decide(Pointer policy, Pointer assessment, Pointer out, Pointer error);

    static native int chipid_verdict_answer(Pointer verdict);

    static native void chipid_verdict_free(Pointer place);

    static native int chipid_report_new(Pointer verdict, Pointer fields, long length, Pointer out, Pointer error);

    static native int chipid_report_of_assessment(
            Pointer assessment, Pointer fields, long length, Pointer out, Pointer error);

    static native int chipid_report_value(Pointer report, Pointer pointer, long length, Pointer out, Pointer error);

    static native int chipid_report_names(Pointer report, Pointer pointer, long length, Pointer out, Pointer error);

    static native int chipid_report_json(Pointer report, Pointer out, Pointer error);

    static native void chipid_report_free(Pointer place);

    static native int chipid_reading_new(Pointer keys, Pointer out, Pointer error);

    static native int chipid_reading_set_limits(Pointer reading, long command, long response, Pointer error);

    static native int chipid_reading_only(Pointer reading, Pointer groups, long count, Pointer error);

    static native int chipid_reading_set_challenge(Pointer reading, Pointer challenge, long length, Pointer error);

    static native int chipid_reading_on_progress(Pointer reading, OnProgress listener, Pointer user, Pointer error);

    static native int chipid_reading_begin(Pointer reading, Pointer step, Pointer error);

    static native int chipid_reading_next(
            Pointer reading, Pointer response, long length, int transportError, Pointer step, Pointer error);

    static native int chipid_reading_stop(Pointer reading);

    static native void chipid_reading_free(Pointer place);

    static native int chipid_trust_new(Pointer out, Pointer error);

    static native int chipid_trust_add(
            Pointer trust, Pointer data, long length, Pointer name, long nameLength, int anchor, Pointer error);

    static native int chipid_trust_add_file(
            Pointer trust, Pointer path, long length, int anchor, Pointer error);

    static native void chipid_trust_free(Pointer place);
}
