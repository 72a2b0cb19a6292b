package chipid.java;

import com.sun.jna.Pointer;
import java.time.Instant;

/**
 * What a confirmation service answered, or that it did not. What binds an answer to its question must be what the service says, never what was
 * asked.
 */
public final class ConfirmationAnswer {
    /** Why there is no answer. */
    public enum NoAnswer {
        /** What came back is no answer. */
        UNREADABLE(0),
        /** No way to the service. */
        NO_CONNECTION(3),
        /** It did not answer in time. */
        TIMED_OUT(4),
        /** It would not answer: contract, quota, maintenance. */
        REFUSED(5),
        /** What came back is not signed by the service: the answer is doubted. */
        NOT_AUTHENTIC(6);

        private final int number;

        NoAnswer(int number) {
            this.number = number;
        }
    }

    private static final int BYTES = 120;
    private static final int CONFIRMED = 1;
    private static final int DENIED = 2;
    private static final int NONCE_BYTES = 16;

    private final int outcome;
    private String service;
    private String transaction;
    private Instant answeredAt;
    private String number;
    private byte[] signerSha256;
    private byte[] nonce;

    private ConfirmationAnswer(int outcome) {
        this.outcome = outcome;
    }

    /**
     * There is no answer.
     *
     * @param why why
     * @return that
     */
    public static ConfirmationAnswer none(NoAnswer why) {
        return new ConfirmationAnswer(Scope.present(why).number);
    }

    /**
     * The service answered.
     *
     * @param confirmed whether the issuer issued the document, and did not take it back
     * @param service who says so
     * @param transaction the service's own number for its answer, or null
     * @param answeredAt when it answered, by its clock
     * @param number the number that the service says it was asked about
     * @param signerSha256 SHA-256 over the document signer's certificate that the service says it was asked about
     * @param nonce the nonce that the service says it was asked with, sixteen bytes
     * @return the answer
     */
    public static ConfirmationAnswer of(
            boolean confirmed,
            String service,
            String transaction,
            Instant answeredAt,
            String number,
            byte[] signerSha256,
            byte[] nonce) {
        ConfirmationAnswer answer = new ConfirmationAnswer(confirmed ? CONFIRMED : DENIED);
        answer.service = Scope.present(service);
        answer.transaction = transaction;
        answer.answeredAt = Scope.present(answeredAt);
        answer.number = Scope.present(number);
        answer.signerSha256 = Struct.digest(signerSha256).clone();
        answer.nonce = Struct.ofLength(nonce, NONCE_BYTES).clone();
        return answer;
    }

    /**
     * Whether a signature signs an answer, over SHA-256. Whether the certificate is the service's is the caller's to know.
     *
     * @param certificate the service's certificate, DER or PEM
     * @param answer the answer as it came
     * @param signature the signature
     * @return whether
     */
    public static boolean isSignedBy(byte[] certificate, byte[] answer, byte[] signature) {
        try (Scope scope = new Scope()) {
            Scope.Piece first = scope.bytes(certificate);
            Scope.Piece second = scope.bytes(answer);
            Scope.Piece third = scope.bytes(signature);
            Pointer signed = scope.room(Integer.BYTES);
            scope.check(Lib.chipid_confirmation_is_signed_by(
                    first.at, first.length, second.at, second.length, third.at, third.length, signed, scope.error()));
            return signed.getInt(0) == 1;
        }
    }

    /** Writes a {@code chipid_confirmation_answer}. */
    Pointer write(Scope scope) {
        Struct struct = new Struct(scope, BYTES).number(8, outcome);
        if (outcome == CONFIRMED || outcome == DENIED) {
            struct.bytes(12, signerSha256)
                    .bytes(44, nonce)
                    .time(64, answeredAt)
                    .text(72, number)
                    .text(88, service)
                    .text(104, transaction);
        }
        return struct.pointer();
    }
}
