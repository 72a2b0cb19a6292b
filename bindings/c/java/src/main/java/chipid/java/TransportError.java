package chipid.java;

import java.util.Optional;

/** Why a transport could not carry a command. */
public enum TransportError {
    /** The card has left the field. */
    CARD_REMOVED(ErrorCode.CARD_REMOVED, "the card was removed"),
    /** The reader is no longer there. */
    READER_REMOVED(ErrorCode.READER_REMOVED, "the reader was removed"),
    /** No reader. */
    NO_READER(ErrorCode.NO_READER, "there is no reader"),
    /** No card. */
    NO_CARD(ErrorCode.NO_CARD, "there is no card"),
    /** The smart card service does not answer. */
    SERVICE_UNAVAILABLE(ErrorCode.SERVICE_UNAVAILABLE, "the smart card service is not available"),
    /** The smart card service refuses access. */
    ACCESS_DENIED(ErrorCode.ACCESS_DENIED, "access was denied"),
    /** Another program has the card. */
    SHARING_VIOLATION(ErrorCode.SHARING_VIOLATION, "another program has the card"),
    /** The card was reset. */
    CARD_RESET(ErrorCode.CARD_RESET, "the card was reset"),
    /** The card gives no answer. */
    CARD_MUTE(ErrorCode.CARD_MUTE, "the card does not answer"),
    /** The time ran out. */
    TIMEOUT(ErrorCode.TIMEOUT, "the time ran out"),
    /** Somebody cancelled. */
    CANCELLED(ErrorCode.CANCELLED, "cancelled"),
    /** The command is longer than the transport carries. */
    APDU_TOO_LONG(ErrorCode.APDU_TOO_LONG, "the command is too long for the transport"),
    /** What came back is no response. */
    RESPONSE_MALFORMED(ErrorCode.RESPONSE_MALFORMED, "what came back is no response APDU"),
    /** A recorded exchange went another way. */
    REPLAY_DIVERGED(ErrorCode.REPLAY_DIVERGED, "the exchange differs from the recorded one"),
    /** The transport waits for something. */
    EXCHANGE_PENDING(ErrorCode.EXCHANGE_PENDING, "the transport waits for something"),
    /** Anything else. */
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
