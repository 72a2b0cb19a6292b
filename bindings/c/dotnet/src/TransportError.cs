// Made by scripts/make_error_codes.py: change the table, and sdk/emrtd/src/card_transport.rs for the words.
namespace Chipid
{
    /// <summary>Why no response came back: those of <see cref="ErrorCode"/> that are a transport's.</summary>
    public enum TransportError
    {
        /// <summary>The card left the reader's field or slot.</summary>
        CardRemoved = 1001,
        /// <summary>The reader itself was unplugged.</summary>
        ReaderRemoved = 1002,
        /// <summary>There is no reader.</summary>
        NoReader = 1003,
        /// <summary>There is a reader, but no card on it.</summary>
        NoCard = 1004,
        /// <summary>The smart card service (pcscd, SCardSvr) does not run or does not answer.</summary>
        ServiceUnavailable = 1005,
        /// <summary>The system does not let this user talk to the reader (on Linux: polkit).</summary>
        AccessDenied = 1006,
        /// <summary>Another program holds the reader or the card.</summary>
        SharingViolation = 1007,
        /// <summary>Another program reset the card.</summary>
        CardReset = 1008,
        /// <summary>The card is there and does not answer.</summary>
        CardMute = 1009,
        /// <summary>No answer within the time allowed.</summary>
        Timeout = 1010,
        /// <summary>The caller cancelled.</summary>
        Cancelled = 1011,
        /// <summary>The reader cannot carry an APDU of this length.</summary>
        ApduTooLong = 1012,
        /// <summary>The answer is not a response APDU (shorter than a status word).</summary>
        ResponseMalformed = 1013,
        /// <summary>A replayed recording met a command that it does not hold.</summary>
        ReplayDiverged = 1014,
        /// <summary>A blocking driver met a transport that is not ready at once.</summary>
        ExchangePending = 1015,
        /// <summary>The transport failed in a way that it cannot name.</summary>
        TransportFailed = 1016,
    }
}
