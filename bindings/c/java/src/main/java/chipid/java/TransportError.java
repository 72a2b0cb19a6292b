// Made by scripts/make_error_codes.py: change the table, and sdk/emrtd/src/card_transport.rs for the words.
package chipid.java;

import java.util.Optional;

/** Why a transport could not carry a command. */
public enum TransportError {
    /** The card left the reader's field or slot. */
    CARD_REMOVED(ErrorCode.CARD_REMOVED, "the card was removed"),
    /** The reader itself was unplugged. */
    READER_REMOVED(ErrorCode.READER_REMOVED, "the reader was unplugged"),
    /** There is no reader. */
    NO_READER(ErrorCode.NO_READER, "no reader is connected"),
    /** There is a reader, but no card on it. */
    NO_CARD(ErrorCode.NO_CARD, "no card is on the reader"),
    /** The smart card service (pcscd, SCardSvr) does not run or does not answer. */
    SERVICE_UNAVAILABLE(ErrorCode.SERVICE_UNAVAILABLE, "the smart card service does not answer"),
    /** The system does not let this user talk to the reader (on Linux: polkit). */
    ACCESS_DENIED(ErrorCode.ACCESS_DENIED, "the system denies access to the reader"),
    /** Another program holds the reader or the card. */
    SHARING_VIOLATION(ErrorCode.SHARING_VIOLATION, "another program holds the reader"),
    /** Another program reset the card. */
    CARD_RESET(ErrorCode.CARD_RESET, "the card was reset by another program"),
    /** The card is there and does not answer. */
    CARD_MUTE(ErrorCode.CARD_MUTE, "the card does not answer"),
    /** No answer within the time allowed. */
    TIMEOUT(ErrorCode.TIMEOUT, "the card did not answer in time"),
    /** The caller cancelled. */
    CANCELLED(ErrorCode.CANCELLED, "cancelled"),
    /** The reader cannot carry an APDU of this length. */
    APDU_TOO_LONG(ErrorCode.APDU_TOO_LONG, "the reader cannot carry an APDU of this length"),
    /** The answer is not a response APDU (shorter than a status word). */
    RESPONSE_MALFORMED(ErrorCode.RESPONSE_MALFORMED, "the answer is shorter than a status word"),
    /** A replayed recording met a command that it does not hold. */
    REPLAY_DIVERGED(ErrorCode.REPLAY_DIVERGED, "the recording holds another command here"),
    /** A blocking driver met a transport that is not ready at once. */
    EXCHANGE_PENDING(ErrorCode.EXCHANGE_PENDING, "the transport was not ready, and a blocking driver cannot wait for it"),
    /** The transport failed in a way that it cannot name. */
    TRANSPORT_FAILED(ErrorCode.TRANSPORT_FAILED, "the transport failed");

    private final int code;
    private final String sentence;

    TransportError(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /**
     * The permanent code.
     *
     * @return 1001 and on
     */
    public int code() {
        return code;
    }

    /**
     * The error of a code.
     *
     * @param code a permanent code
     * @return the error, or none where it is not a transport's
     */
    public static Optional<TransportError> of(int code) {
        for (TransportError error : values()) {
            if (error.code == code) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    String sentence() {
        return sentence;
    }
}
