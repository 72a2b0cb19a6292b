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
