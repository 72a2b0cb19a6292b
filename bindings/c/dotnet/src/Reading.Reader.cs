using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid
{
    public sealed partial class Reading
    {
        /// <summary>
        /// Waits for a card on a reader of this machine (PC/SC) and reads it. What the reader carries is asked of it, so that
        /// <see cref="SetLimits"/> does not count here.
        /// </summary>
        /// <param name="reader">The reader's name, or a part that only it has; empty for any contactless reader.</param>
        /// <param name="wait">How long to wait for a card; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits on.</param>
        /// <param name="progress">Is told how far it has come, on the thread that reads; null for nobody.</param>
        /// <param name="cancellation">Ends the wait and the reading.</param>
        /// <exception cref="ChipidException">It could not be done.</exception>
        /// <exception cref="OperationCanceledException">It was cancelled.</exception>
        public Document ReadOnReader(
            string reader,
            TimeSpan wait,
            IProgress<ReadingProgress> progress = null,
            CancellationToken cancellation = default(CancellationToken))
        {
            Given.Be(reader, nameof(reader));
            var name = Utf8.Bytes(reader);
            var milliseconds = Milliseconds(wait);
            Enter();
            try
            {
                using (var stop = new Canceller())
                {
                    listener.Listen(progress, stop);
                    using (cancellation.Register(stop.Cancel))
                    {
                        var code = Native.chipid_reading_run_on_reader(
                            Handle, name, name.Size(), milliseconds, stop.Handle, out var document, out var error);
                        return Ended(ChipidException.Take(code, error, listener.Thrown), document, cancellation);
                    }
                }
            }
            catch (EntryPointNotFoundException missing)
            {
                throw ChipidException.WithoutReaders(missing);
            }
            finally
            {
                Leave();
            }
        }

        /// <summary>The same, with a thread of its own that waits for the card.</summary>
        /// <param name="reader">The reader's name, or a part that only it has; empty for any contactless reader.</param>
        /// <param name="wait">How long to wait for a card; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits on.</param>
        /// <param name="progress">Is told how far it has come, on the thread that reads; null for nobody.</param>
        /// <param name="cancellation">Ends the wait and the reading.</param>
        public Task<Document> ReadOnReaderAsync(
            string reader,
            TimeSpan wait,
            IProgress<ReadingProgress> progress = null,
            CancellationToken cancellation = default(CancellationToken))
        {
            Given.Be(reader, nameof(reader));
            return Task.Factory.StartNew(
                () => ReadOnReader(reader, wait, progress, cancellation), CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }

        private static uint Milliseconds(TimeSpan wait)
        {
            // The longest that the library waits is 49 days, and nobody's card comes after that.
            if (wait == Timeout.InfiniteTimeSpan)
                return uint.MaxValue;
            if (wait < TimeSpan.Zero || wait.TotalMilliseconds > uint.MaxValue)
                throw new ArgumentOutOfRangeException(nameof(wait), "a wait is from nought to 49 days, or Timeout.InfiniteTimeSpan");
            return (uint)wait.TotalMilliseconds;
        }

        private Document Ended(ChipidException failed, DocumentHandle document, CancellationToken cancellation)
        {
            if (failed == null && listener.Thrown == null)
                return new Document(document);
            document?.Dispose();
            if (failed != null && failed.Transport == TransportError.Cancelled && cancellation.IsCancellationRequested)
                throw ChipidException.Cancelled(failed.InnerException, cancellation);
            throw failed ?? ChipidException.OfListener(TransportError.TransportFailed, listener.Thrown);
        }
    }
}
