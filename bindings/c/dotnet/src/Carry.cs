using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid
{
    /// <summary>What came of a command: a response, or why there is none.</summary>
    internal sealed class Carried
    {
        internal byte[] Response;
        internal TransportError Trouble;
        internal Exception Cause;
        /// <summary>The transport, where it did not come back when it was cancelled.</summary>
        internal Task StillAtWork;

        /// <summary>What a callback threw, as the library is told of it.</summary>
        internal static Carried Failed(Exception thrown)
        {
            if (thrown is TransportException named && Enum.IsDefined(typeof(TransportError), named.Error))
                return new Carried { Trouble = named.Error, Cause = thrown };
            var trouble = thrown is OperationCanceledException ? TransportError.Cancelled : TransportError.TransportFailed;
            return new Carried { Trouble = trouble, Cause = thrown };
        }

        /// <summary>No array is no response; an empty one is the chip's, and a bad one.</summary>
        internal static Carried With(byte[] response) =>
            response == null ? new Carried { Trouble = TransportError.ResponseMalformed } : new Carried { Response = response };
    }

    /// <summary>Carries a command with the caller's transport. What that throws stays on this side of the edge.</summary>
    internal static class Carry
    {
        /// <summary>What a transport that looks at its token has to come back, before it counts as one that does not.</summary>
        private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

        internal static async Task<Carried> Async(ICardTransport transport, byte[] command, CancellationToken cancellation)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                var response = transport.TransmitAsync(command, cancellation)
                    ?? throw new InvalidOperationException("the transport gave no task");
                await EndedOrCancelled(response, cancellation).ConfigureAwait(false);
                if (!response.IsCompleted)
                    return Left(response);
                return Carried.With(await response.ConfigureAwait(false));
            }
            catch (Exception thrown)
            {
                return Carried.Failed(thrown);
            }
        }

        internal static Task<Carried> Now(CardTransmit transmit, byte[] command, CancellationToken cancellation)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                return Task.FromResult(Carried.With(transmit(command)));
            }
            catch (Exception thrown)
            {
                return Task.FromResult(Carried.Failed(thrown));
            }
        }

        /// <summary>Waits for a transport that may not look at its token.</summary>
        private static async Task EndedOrCancelled(Task response, CancellationToken cancellation)
        {
            if (response.IsCompleted)
                return;
            if (!cancellation.CanBeCanceled)
            {
                await Task.WhenAny(response).ConfigureAwait(false);
                return;
            }
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellation.Register(() => cancelled.TrySetResult(true)))
            {
                if (await Task.WhenAny(response, cancelled.Task).ConfigureAwait(false) != response)
                    await Task.WhenAny(response, Task.Delay(Grace)).ConfigureAwait(false);
            }
        }

        /// <summary>A transport that is left alone is still looked after: an exception that nobody looks at would be told to the process.</summary>
        private static Carried Left(Task response)
        {
            response.ContinueWith(late => late.Exception, TaskContinuationOptions.OnlyOnFaulted);
            return new Carried { Trouble = TransportError.Cancelled, StillAtWork = response };
        }
    }
}
