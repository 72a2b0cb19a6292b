using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid
{
    /// <summary>
    /// One reading of one card. After an exception or a cancellation it goes on where it stopped when it is run again, on the same card and
    /// no other. One run at a time: a second one is refused (8903), and so is one while the transport of a cancelled run is still at its command.
    /// </summary>
    public sealed partial class Reading : IDisposable
    {
        internal readonly ReadingHandle Handle;
        private readonly ProgressListener listener;
        private int running;
        /// <summary>A transport that was left alone by a run that was cancelled: it would take the response of the next command.</summary>
        private Task left;

        /// <summary>A reading with these keys, which may be disposed of afterwards.</summary>
        /// <param name="keys">What opens the chip.</param>
        public Reading(Keys keys)
        {
            Given.Be(keys, nameof(keys));
            var code = Native.chipid_reading_new(keys.Handle, out Handle, out var error);
            ChipidException.ThrowIf(code, error);
            listener = new ProgressListener(Handle);
        }

        /// <summary>Reads only these data groups (and EF.COM, EF.SOD, DG14, DG15).</summary>
        /// <param name="dataGroups">Their numbers, 1 to 16.</param>
        public void Only(params int[] dataGroups)
        {
            Given.Be(dataGroups, nameof(dataGroups));
            // What no byte holds is no data group, and 0 is none for the library to refuse.
            var groups = Array.ConvertAll(dataGroups, group => group < 0 || group > 255 ? (byte)0 : (byte)group);
            var code = Native.chipid_reading_only(Handle, groups, groups.Size(), out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>A challenge for Active Authentication, where a server chose it.</summary>
        /// <param name="challenge">Eight bytes.</param>
        public void SetChallenge(byte[] challenge)
        {
            Given.Be(challenge, nameof(challenge));
            var code = Native.chipid_reading_set_challenge(Handle, challenge, challenge.Size(), out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>Says what the way to the card is known to carry, in bytes of a whole APDU; 0 where it is not known. With commands of less than 46
        /// bytes or responses of less than 52 no chip can be read: 8905.</summary>
        /// <param name="command">The longest command.</param>
        /// <param name="response">The longest response, status word included.</param>
        public void SetLimits(int command, int response)
        {
            var code = Native.chipid_reading_set_limits(
                Handle,
                new UIntPtr(Given.Unsigned(command, nameof(command))),
                new UIntPtr(Given.Unsigned(response, nameof(response))),
                out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>
        /// Reads the document. No thread waits for the card, and nothing calls back out of the library: each command is asked for,
        /// carried, and its response handed over.
        /// </summary>
        /// <param name="transport">Carries the commands.</param>
        /// <param name="progress">Is told how far it has come; null for nobody.</param>
        /// <param name="cancellation">Ends it between two commands, and while the transport is at one. Where that
        /// does not come back, it is left alone, and the reading refuses to run (8903) until it has: drop the link.</param>
        /// <exception cref="ChipidException">
        /// It could not be done; what a transport threw is its <see cref="Exception.InnerException"/>.
        /// </exception>
        /// <exception cref="OperationCanceledException">It was cancelled.</exception>
        public Task<Document> ReadAsync(
            ICardTransport transport,
            IProgress<ReadingProgress> progress = null,
            CancellationToken cancellation = default(CancellationToken))
        {
            Given.Be(transport, nameof(transport));
            return RunAsync(command => Carry.Async(transport, command, cancellation), progress, cancellation);
        }

        /// <summary>The same on the calling thread.</summary>
        /// <param name="transmit">Carries a command.</param>
        /// <param name="progress">Is told how far it has come; null for nobody.</param>
        /// <param name="cancellation">Ends it between two commands.</param>
        /// <exception cref="ChipidException">It could not be done.</exception>
        /// <exception cref="OperationCanceledException">It was cancelled.</exception>
        public Document Read(
            CardTransmit transmit,
            IProgress<ReadingProgress> progress = null,
            CancellationToken cancellation = default(CancellationToken))
        {
            Given.Be(transmit, nameof(transmit));
            // Every step is done when it is asked for, so that the task is done when it is given.
            return RunAsync(command => Carry.Now(transmit, command, cancellation), progress, cancellation).GetAwaiter().GetResult();
        }

        /// <summary>
        /// Wipes and frees it. A run under way ends with an <see cref="ObjectDisposedException"/> at its next step.
        /// </summary>
        public void Dispose() => Handle.Dispose();

        private async Task<Document> RunAsync(
            Func<byte[], Task<Carried>> carry, IProgress<ReadingProgress> progress, CancellationToken cancellation)
        {
            Enter();
            var rests = true;
            try
            {
                listener.Listen(progress);
                cancellation.ThrowIfCancellationRequested();
                rests = false;
                var step = Begin();
                while (step.Command != null)
                {
                    var carried = listener.Tell() ?? await carry(step.Command).ConfigureAwait(false);
                    left = carried.StillAtWork;
                    // A response that came is handed over all the same: the reading goes on behind it later.
                    if (carried.Response == null && cancellation.IsCancellationRequested)
                        throw new OperationCanceledException(cancellation);
                    step = Next(carried);
                }
                rests = true;
                return Told(step.Document);
            }
            catch (ChipidException)
            {
                // The library has ended this run.
                rests = true;
                throw;
            }
            catch (OperationCanceledException)
            {
                throw ChipidException.Cancelled(null, cancellation);
            }
            finally
            {
                if (!rests && !Handle.IsClosed)
                    StopQuietly();
                Leave();
            }
        }

        /// <summary>Tells the last of it. A listener that throws then has not got the document.</summary>
        private Document Told(Document document)
        {
            var trouble = listener.Tell();
            if (trouble == null)
                return document;
            document.Dispose();
            throw ChipidException.OfListener(trouble.Trouble, trouble.Cause);
        }

        private void Enter()
        {
            if (Interlocked.CompareExchange(ref running, 1, 0) != 0)
                throw ChipidException.Busy("the handle is in use by another call");
            if (left == null || left.IsCompleted)
                return;
            Leave();
            throw ChipidException.Busy("the transport of the run that was cancelled is still at its command");
        }

        private void Leave() => Volatile.Write(ref running, 0);

        private Step Begin()
        {
            var code = Native.chipid_reading_begin(Handle, out var step, out var error);
            ChipidException.ThrowIf(code, error);
            return new Step(step);
        }

        private Step Next(Carried carried)
        {
            var response = carried.Response;
            var code = Native.chipid_reading_next(
                Handle, response, response.Size(), (int)carried.Trouble, out var step, out var error);
            ChipidException.ThrowIf(code, error, carried.Cause);
            return new Step(step);
        }

        /// <summary>Gives up the command that waits for its response, so that the reading can begin again from there.</summary>
        private void StopQuietly()
        {
            try
            {
                Native.chipid_reading_stop(Handle);
            }
            catch (ObjectDisposedException)
            {
                // Somebody disposed of it meanwhile: there is nothing to stop.
            }
        }

        private struct Step
        {
            internal readonly byte[] Command;
            internal readonly Document Document;

            internal Step(NativeStep native)
            {
                Document = native.Document == IntPtr.Zero ? null : new Document(new DocumentHandle(native.Document));
                Command = native.Command.Take();
            }
        }
    }
}
