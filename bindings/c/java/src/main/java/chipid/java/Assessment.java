package chipid.java;

import com.sun.jna.Pointer;
import java.time.Duration;
import java.time.Instant;
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
     * Compares what was typed or is in a record with the signed data.
     *
     * @param name the name, or null to leave it uncompared
     * @param number the number, or null to leave it uncompared; a {@code CharBuffer} over an array can be wiped
     * @return this assessment
     */
    public Assessment compareTyped(CharSequence name, CharSequence number) {
        try (Scope scope = new Scope()) {
            Scope.Piece first = scope.text(name == null ? "" : name);
            Scope.Piece second = scope.text(number == null ? "" : number);
            scope.check(Lib.chipid_assessment_compare_typed(
                    scope.use(this), first.at, first.length, second.at, second.length, scope.error()));
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
     * Says what this session has seen. Policies bound it; without this call only the comparisons of this object are counted, and with it never
     * fewer than those.
     *
     * @param made how many comparisons, this one included
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
}
