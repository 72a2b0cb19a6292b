using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chipid.Wire;

namespace Chipid.Member
{
    /// <summary>A served card, and what a case has happen on the way to it. Commands are counted over the whole case.</summary>
    internal sealed class FatedCard : ICardTransport, IDisposable
    {
        private readonly ServedCard card;
        private readonly Dictionary<int, TransportError> fails;
        private readonly int throwAt;
        private readonly int cancelAfter;
        private readonly CancellationTokenSource cancel;

        internal FatedCard(int port, Block given, CancellationTokenSource cancel)
        {
            this.cancel = cancel;
            card = new ServedCard(port, given.First("card"));
            fails = given.Beginning("fail.").ToDictionary(line => Number(line.Key), line => (TransportError)Number(line.Value));
            throwAt = Number(given.First("throw_at") ?? "0");
            cancelAfter = Number(given.First("cancel_after") ?? "-1");
            if (cancelAfter == 0)
                cancel.Cancel();
        }

        /// <summary>How many commands it was asked to carry.</summary>
        internal int Asked { get; private set; }

        public async Task<byte[]> TransmitAsync(byte[] command, CancellationToken cancellation)
        {
            Asked++;
            if (Asked == throwAt)
                throw new InvalidOperationException("as the case has it");
            if (fails.ContainsKey(Asked))
                throw new TransportException(fails[Asked]);
            // The card is told nothing of the cancellation: the reading ends it.
            var response = await card.TransmitAsync(command, CancellationToken.None).ConfigureAwait(false);
            if (Asked == cancelAfter)
                cancel.Cancel();
            return response;
        }

        public void Dispose() => card.Dispose();

        private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
