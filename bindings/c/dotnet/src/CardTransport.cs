using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid
{
    /// <summary>The one road to a chip: a command APDU goes out, a response APDU comes back.</summary>
    public interface ICardTransport
    {
        /// <summary>
        /// Carries a whole command APDU to the chip and gives its response, SW1 and SW2 included, whatever they say. Where none comes it
        /// fails with a <see cref="TransportException"/>. It must not use the reading that asks.
        /// </summary>
        /// <param name="command">The command; yours.</param>
        /// <param name="cancellation">The token of <see cref="Reading.ReadAsync"/>.</param>
        Task<byte[]> TransmitAsync(byte[] command, CancellationToken cancellation);
    }

    /// <summary>The same where the way to the chip blocks: gives the response, or throws a <see cref="TransportException"/>.</summary>
    /// <param name="command">The command; yours.</param>
    public delegate byte[] CardTransmit(byte[] command);

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
        /// <summary>The smart card service does not run or does not answer.</summary>
        ServiceUnavailable = 1005,
        /// <summary>The system does not let this user talk to the reader.</summary>
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

    /// <summary>Thrown by a transport: says why there is no response.</summary>
    public sealed class TransportException : Exception
    {
        /// <summary>Names the trouble.</summary>
        /// <param name="error">What went wrong.</param>
        /// <param name="cause">What the system said, where it said something.</param>
        public TransportException(TransportError error, Exception cause = null) : base("no response: " + error, cause) { Error = error; }

        /// <summary>What went wrong.</summary>
        public TransportError Error { get; }
    }
}
