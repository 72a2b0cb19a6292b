// Made by scripts/make_error_codes.py: change the table, and sdk/emrtd/src/card_transport.rs for the words.
package chipid

/** Why no response came back. Kinds only: nothing of the holder. */
public enum class TransportFault(
    /** The permanent code (docs/reference/error-codes.md). */
    public val code: Int,
) {
    /** The card left the reader's field or slot. */
    CARD_REMOVED(1001),

    /** The reader itself was unplugged. */
    READER_REMOVED(1002),

    /** There is no reader. */
    NO_READER(1003),

    /** There is a reader, but no card on it. */
    NO_CARD(1004),

    /** The smart card service (pcscd, SCardSvr) does not run or does not answer. */
    SERVICE_UNAVAILABLE(1005),

    /** The system does not let this user talk to the reader (on Linux: polkit). */
    ACCESS_DENIED(1006),

    /** Another program holds the reader or the card. */
    SHARING_VIOLATION(1007),

    /** Another program reset the card. */
    CARD_RESET(1008),

    /** The card is there and does not answer. */
    CARD_MUTE(1009),

    /** No answer within the time allowed. */
    TIMEOUT(1010),

    /** The caller cancelled. */
    CANCELLED(1011),

    /** The reader cannot carry an APDU of this length. */
    TOO_LONG(1012),

    /** The answer is not a response APDU (shorter than a status word). */
    MALFORMED(1013),

    /** A replayed recording met a command that it does not hold. */
    REPLAY_DIVERGED(1014),

    /** A blocking driver met a transport that is not ready at once. */
    PENDING(1015),

    /** The transport failed in a way that it cannot name. */
    FAILED(1016),
    ;

    public companion object {
        /** The fault of that code; `null` where there is none. */
        @JvmStatic
        public fun of(code: Int): TransportFault? = entries.firstOrNull { it.code == code }
    }
}
