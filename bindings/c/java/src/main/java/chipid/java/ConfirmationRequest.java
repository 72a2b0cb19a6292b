package chipid.java;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What is sent to a confirmation service, part by part, where the document's digests and signature hold. One question has one answer: what
 * {@link Assessment#addConfirmation} took is used up. How it is sent is the caller's, and the service's, to say.
 */
public final class ConfirmationRequest extends NativeHandle {
    private static final int NUMBER = 0;
    private static final int NONCE = 1;
    private static final int SIGNER = 2;
    private static final int SIGNER_SHA256 = 3;
    private static final int CHALLENGE = 4;
    private static final int SIGNATURE = 5;
    private static final int CONSENT = 6;
    private static final int MADE_AT = 7;

    /**
     * A request with a nonce of its own.
     *
     * @param assessment the assessment that the answer will be added to
     */
    public ConfirmationRequest(Assessment assessment) {
        this(made(assessment, new byte[0], ""));
    }

    /**
     * A request.
     *
     * @param assessment the assessment that the answer will be added to
     * @param nonce sixteen bytes that the service gave, or the caller made and keeps; empty for new ones
     * @param consent the caller's name for the holder's consent; empty for none
     */
    public ConfirmationRequest(Assessment assessment, byte[] nonce, String consent) {
        this(made(assessment, nonce, consent));
    }

    private ConfirmationRequest(Pointer request) {
        super(request, Lib::chipid_confirmation_free);
    }

    private static Pointer made(Assessment assessment, byte[] nonce, String consent) {
        try (Scope scope = new Scope()) {
            Scope.Piece bytes = scope.bytes(nonce);
            Scope.Piece text = scope.text(consent);
            scope.check(Lib.chipid_confirmation_new(
                    scope.use(assessment),
                    bytes.at,
                    bytes.length,
                    text.at,
                    text.length,
                    scope.out(),
                    scope.error()));
            return scope.made();
        }
    }

    /**
     * The personal number; on documents without one the document number. The answer must come back with it.
     *
     * @return the number in UTF-8, which is the caller's to wipe
     */
    public byte[] number() {
        return part(NUMBER).orElse(new byte[0]);
    }

    /**
     * The answer must come back with it.
     *
     * @return sixteen bytes
     */
    public byte[] nonce() {
        return part(NONCE).orElse(new byte[0]);
    }

    /**
     * The document signer's certificate.
     *
     * @return DER, or none where the document has none
     */
    public Optional<byte[]> signer() {
        return part(SIGNER);
    }

    /**
     * SHA-256 over the document signer's certificate. The answer must come back with it.
     *
     * @return 32 bytes, or none where the document has none
     */
    public Optional<byte[]> signerSha256() {
        return part(SIGNER_SHA256);
    }

    /**
     * What Active Authentication gave.
     *
     * @return challenge and answer; none where it was not done
     */
    public Optional<ActiveAuthentication> activeAuthentication() {
        Optional<byte[]> challenge = part(CHALLENGE);
        Optional<byte[]> signature = part(SIGNATURE);
        return challenge.isPresent() && signature.isPresent()
                ? Optional.of(new ActiveAuthentication(challenge.get(), signature.get()))
                : Optional.empty();
    }

    /**
     * The caller's name for the holder's consent.
     *
     * @return the name, or none
     */
    public Optional<String> consent() {
        return part(CONSENT).map(ConfirmationRequest::text);
    }

    /**
     * When it was made.
     *
     * @return the time, in whole seconds
     */
    public Instant madeAt() {
        return Instant.ofEpochSecond(
                part(MADE_AT).map(seconds -> Long.parseLong(text(seconds))).orElse(0L));
    }

    /**
     * A file, verbatim: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15, as far as they were read.
     *
     * @param file its number: 0x0101 for DG1
     * @return the file, which is the caller's to wipe; none for every other
     */
    public Optional<byte[]> file(int file) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_confirmation_file(scope.use(this), file, scope.out(), scope.error()));
            return Optional.ofNullable(scope.given());
        }
    }

    /**
     * The digest of a data group, by the algorithm of EF.SOD.
     *
     * @param file the group's number: 0x0101 for DG1
     * @return the digest; none for what is no data group of the document
     */
    public Optional<byte[]> digest(int file) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_confirmation_digest(scope.use(this), file, scope.out(), scope.error()));
            return Optional.ofNullable(scope.given());
        }
    }

    private Optional<byte[]> part(int part) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_confirmation_part_of(scope.use(this), part, scope.out(), scope.error()));
            return Optional.ofNullable(scope.given());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
