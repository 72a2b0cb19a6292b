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
        internal static async Task<Carried> Async(ICardTransport transport, byte[] command, CancellationToken cancellation)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                var response = transport.TransmitAsync(command, cancellation)
                    ?? throw new InvalidOperationException("the transport gave no task");
                return Carried.With(await OrCancelled(response, cancellation).ConfigureAwait(false));
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

        /// <summary>Waits for a transport that may not look at its token. One that is left alone is still looked after.</summary>
        private static async Task<byte[]> OrCancelled(Task<byte[]> response, CancellationToken cancellation)
        {
            if (response.IsCompleted || !cancellation.CanBeCanceled)
                return await response.ConfigureAwait(false);
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellation.Register(() => cancelled.TrySetResult(true)))
            {
                if (await Task.WhenAny(response, cancelled.Task).ConfigureAwait(false) == response)
                    return await response.ConfigureAwait(false);
            }
            LookAfter(response);
            throw new OperationCanceledException(cancellation);
        }

        /// <summary>An exception that nobody looks at would be told to the whole process.</summary>
        private static void LookAfter(Task left) =>
            left.ContinueWith(late => late.Exception, TaskContinuationOptions.OnlyOnFaulted);
    }
}
