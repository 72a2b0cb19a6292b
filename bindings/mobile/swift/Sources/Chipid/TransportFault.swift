// Made by scripts/make_error_codes.py: change the table, and sdk/emrtd/src/card_transport.rs for the words.

/// Why no response came back. Kinds only: nothing of the holder.
public enum TransportFault: Int, Sendable, CaseIterable {
    /// The card left the reader's field or slot.
    case cardRemoved = 1001
    /// The reader itself was unplugged.
    case readerRemoved = 1002
    /// There is no reader.
    case noReader = 1003
    /// There is a reader, but no card on it.
    case noCard = 1004
    /// The smart card service (pcscd, SCardSvr) does not run or does not answer.
    case serviceUnavailable = 1005
    /// The system does not let this user talk to the reader (on Linux: polkit).
    case accessDenied = 1006
    /// Another program holds the reader or the card.
    case sharingViolation = 1007
    /// Another program reset the card.
    case cardReset = 1008
    /// The card is there and does not answer.
    case cardMute = 1009
    /// No answer within the time allowed.
    case timeout = 1010
    /// The caller cancelled.
    case cancelled = 1011
    /// The reader cannot carry an APDU of this length.
    case tooLong = 1012
    /// The answer is not a response APDU (shorter than a status word).
    case malformed = 1013
    /// A replayed recording met a command that it does not hold.
    case replayDiverged = 1014
    /// A blocking driver met a transport that is not ready at once.
    case pending = 1015
    /// The transport failed in a way that it cannot name.
    case failed = 1016
}
