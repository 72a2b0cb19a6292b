package chipid.java;

import com.sun.jna.Pointer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is known of one document and one person. It is changed by one call at a time, and not while a {@link Verdict} over it lives.
 */
public final class Assessment extends NativeHandle {
    /** The system's clock. */
    private static final long NOW = Long.MIN_VALUE;

    /**
     * Verifies a document now, and compares what came with its key with the signed data. The document may be closed afterwards.
     *
     * @param document the document
     * @param trust whom to believe
     */
    public Assessment(Document document, Trust trust) {
        this(made(document, trust, NOW));
    }

    /**
     * Verifies a document at a time.
     *
     * @param document the document
     * @param trust whom to believe
     * @param time the time of the check, in whole seconds
     */
    public Assessment(Document document, Trust trust, Instant time) {
        this(made(document, trust, Scope.present(time).getEpochSecond()));
    }

    private Assessment(Pointer assessment) {
        super(assessment, Lib::chipid_assessment_free);
    }

    private static Pointer made(Document document, Trust trust, long time) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_assessment_new(
                    scope.use(document), scope.use(trust), time, scope.out(), scope.error()));
            return scope.made();
        }
    }

    /**
     * Compares what came with a key (QR code, zone, number) with the signed data: for a document that was not opened with that key. What opened a
     * document is compared without this call.
     *
     * @param keys the keys
     * @return this assessment
     */
    public Assessment compareKeys(Keys keys) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_assessment_compare_keys(scope.use(this), scope.use(keys), scope.error()));
        }
        return this;
    }

    /**
     * Compares what was typed or is in a record with the signed data. What is empty and not null agrees with nobody's; nothing but nulls is
     * refused.
     *
     * @param name the name, or null to leave it uncompared
     * @param number the number, or null to leave it uncompared; a {@code CharBuffer} over an array can be wiped
     * @return this assessment
     */
    public Assessment compareTyped(CharSequence name, CharSequence number) {
        return compareTyped(name, number, null);
    }

    /**
     * As {@link #compareTyped(CharSequence, CharSequence)}, and the day of birth.
     *
     * @param name the name, or null to leave it uncompared
     * @param number the number, or null to leave it uncompared
     * @param birth the day of birth, or null to leave it uncompared
     * @return this assessment
     */
    public Assessment compareTyped(CharSequence name, CharSequence number, LocalDate birth) {
        try (Scope scope = new Scope()) {
            Scope.Piece first = scope.given(name);
            Scope.Piece second = scope.given(number);
            int day = birth == null ? 0 : birth.getYear() * 10000 + birth.getMonthValue() * 100 + birth.getDayOfMonth();
            scope.check(Lib.chipid_assessment_compare_typed(
                    scope.use(this), first.at, first.length, second.at, second.length, day, scope.error()));
        }
        return this;
    }

    /**
     * Compares the chip's portrait, where it is proven, with live images. Several images of one moment belong into one call: every further call
     * counts as another attempt of a person who did not match.
     *
     * @param faces the models
     * @param images the live images
     * @return this assessment
     */
    public Assessment compareFace(Faces faces, LiveImages images) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_assessment_compare_face(
                    scope.use(this), scope.use(faces), scope.use(images), scope.error()));
        }
        return this;
    }

    /**
     * Takes the caller's liveness check, another maker's. It counts only for the images that it looked at.
     *
     * @param liveness its result
     * @return this assessment
     */
    public Assessment addLiveness(Liveness liveness) {
        try (Scope scope = new Scope()) {
            Pointer written = Scope.present(liveness).write(scope);
            scope.check(Lib.chipid_assessment_add_liveness(scope.use(this), written, scope.error()));
        }
        return this;
    }

    /**
     * Takes a comparison by another maker's engine, as of now. It counts where the policy names vendor and certificate.
     *
     * @param comparison what the engine said
     * @return this assessment
     */
    public Assessment addVendorComparison(VendorComparison comparison) {
        try (Scope scope = new Scope()) {
            Pointer written = Scope.present(comparison).write(scope);
            scope.check(Lib.chipid_assessment_add_vendor_comparison(scope.use(this), written, scope.error()));
        }
        return this;
    }

    /**
     * Hands over what a confirmation service answered, or that it did not, as of now. It counts where it is bound to this document's number, to its
     * signer, to the request's nonce and to the time. The request is used up: it is still to be closed, and nothing else can be done with it.
     *
     * @param request what was asked
     * @param answer what was answered
     * @return this assessment
     */
    public Assessment addConfirmation(ConfirmationRequest request, ConfirmationAnswer answer) {
        try (Scope scope = new Scope()) {
            Pointer written = Scope.present(answer).write(scope);
            scope.check(Lib.chipid_assessment_add_confirmation(
                    scope.use(this), scope.use(request), written, scope.error()));
        }
        return this;
    }

    /**
     * Says what this session has seen. Policies bound it; without this call only the comparisons of this object are counted. Every further
     * comparison of this object is added to both numbers, and they only grow.
     *
     * @param made how many comparisons, this one included: the first that will be made here or, where there was one, the last
     * @param failedBefore how many of those before it did not match
     * @param session how long ago the session began
     * @return this assessment
     */
    public Assessment setAttempts(int made, int failedBefore, Duration session) {
        if (made < 0 || failedBefore < 0 || Scope.present(session).isNegative()) {
            throw ChipidException.misuse(ErrorCode.UNKNOWN_VALUE, "attempts are not negative");
        }
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_assessment_set_attempts(
                    scope.use(this), made, failedBefore, session.getSeconds(), scope.error()));
        }
        return this;
    }

    /**
     * The portrait as the chip has it (JPEG or JPEG 2000).
     *
     * @return the image, which is the caller's to wipe; none where its issuer is not verified: anybody can sign a portrait
     */
    public Optional<byte[]> portrait() {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_assessment_portrait(scope.use(this), scope.out(), scope.error()));
            return Optional.ofNullable(scope.given());
        }
    }

    /**
     * What ties another maker's comparison to this document's portrait.
     *
     * @return 32 bytes; none where no portrait is proven
     */
    public Optional<byte[]> portraitDigest() {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_assessment_portrait_digest(scope.use(this), scope.out(), scope.error()));
            return Optional.ofNullable(scope.given());
        }
    }

    /**
     * Every check that needs no policy, by its permanent name.
     *
     * @return the checks
     */
    public Map<String, CheckResult> checks() {
        try (Report report = report()) {
            return report.checks();
        }
    }

    /**
     * What the signed data say of the holder.
     *
     * @param fields the permanent names of what is asked for; none for what is given unasked
     * @return the holder, or none where digests or signature do not hold
     */
    public Optional<Holder> holder(String... fields) {
        try (Report report = report(fields)) {
            return report.holder();
        }
    }

    /**
     * The report of what nobody has judged yet: without verdict, grounds and what a policy makes of the face.
     *
     * @param fields the permanent names of what is asked of the holder; none for what is given unasked
     * @return JSON in UTF-8, which is the caller's to wipe
     */
    public byte[] json(String... fields) {
        try (Report report = report(fields)) {
            return report.json();
        }
    }

    private Report report(String... fields) {
        return Report.of(this, Lib::chipid_report_of_assessment, fields);
    }
}
