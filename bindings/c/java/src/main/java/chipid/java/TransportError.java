package chipid.java;

import java.util.Optional;

/** Why a transport could not carry a command. */
public enum TransportError {
    /** The card has left the field. */
    CARD_REMOVED(1001, "the card was removed"),
    /** The reader is no longer there. */
    READER_REMOVED(1002, "the reader was removed"),
    /** No reader. */
    NO_READER(1003, "there is no reader"),
    /** No card. */
    NO_CARD(1004, "there is no card"),
    /** The smart card service does not answer. */
    SERVICE_UNAVAILABLE(1005, "the smart card service is not available"),
    /** The smart card service refuses access. */
    ACCESS_DENIED(1006, "access was denied"),
    /** Another program has the card. */
    SHARING_VIOLATION(1007, "another program has the card"),
    /** The card was reset. */
    CARD_RESET(1008, "the card was reset"),
    /** The card gives no answer. */
    CARD_MUTE(1009, "the card does not answer"),
    /** The time ran out. */
    TIMEOUT(1010, "the time ran out"),
    /** Somebody cancelled. */
    CANCELLED(1011, "cancelled"),
    /** The command is longer than the transport carries. */
    TOO_LONG(1012, "the command is too long for the transport"),
    /** What came back is no response. */
    MALFORMED(1013, "what came back is no response APDU"),
    /** A recorded exchange went another way. */
    REPLAY_DIVERGED(1014, "the exchange differs from the recorded one"),
    /** The transport waits for something. */
    PENDING(1015, "the transport waits for something"),
    /** Anything else. */
    FAILED(1016, "the transport failed");

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
