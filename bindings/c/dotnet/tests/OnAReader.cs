using System;
using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>Readings behind a pcscd with one virtual reader, with a card on it: scripts/behind_pcscd.py.</summary>
    public static class OnAReader
    {
        private const string Nobodys = "a reader that nobody has";
        private static readonly string Reader = Environment.GetEnvironmentVariable("CHIPID_TEST_READER");
        /// <summary>The second slot of vpcd has no card.</summary>
        internal static string Empty => Reader.Replace("00 00", "00 01");
        private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

        public static async Task ACardIsReadAndToldOf()
        {
            Expect.That(CardReader.List().Count > 0, "there is a reader");
            using (var reading = Opened())
            {
                var heard = 0;
                using (var document = await reading.ReadOnReaderAsync(Reader, Wait, new Heard(progress => Interlocked.Increment(ref heard))))
                    Expect.That(document.DangerUnverifiedFile(0x0102) != null, "DG2 was read");
                Expect.That(heard > 5, "progress was told");
            }
        }

        public static void AListenerThatThrowsStopsIt()
        {
            var own = new InvalidOperationException("of the listener");
            using (var reading = Opened())
            {
                var thrown = Expect.Throws<ChipidException>(
                    () => { reading.ReadOnReader(Reader, Wait, new Heard(progress => throw own)); });
                Expect.Same<Exception>(own, thrown.InnerException);
                Expect.That(!thrown.Message.Contains(own.Message), "what the listener says is in no message of ours");
                using (reading.ReadOnReader(Reader, Wait)) { }
            }
        }

        public static void AWaitIsCancelled()
        {
            using (var cancel = new CancellationTokenSource(300))
            using (var reading = Opened())
            {
                var clock = Stopwatch.StartNew();
                Expect.Throws<OperationCanceledException>(() => reading.ReadOnReaderAsync(Empty, Timeout.InfiniteTimeSpan, null, cancel.Token));
                Expect.That(clock.Elapsed < TimeSpan.FromSeconds(10), "it ended soon");
                Expect.Throws<OperationCanceledException>(
                    () => { reading.ReadOnReader(Reader, Wait, null, new CancellationToken(true)); });
            }
        }

        public static void TwoAtOnceOnOneReading()
        {
            using (var reading = Opened())
            {
                ChipidException refused = null;
                using (reading.ReadOnReader(Reader, Wait, new Heard(progress =>
                {
                    if (refused == null)
                        refused = Expect.Code(8903, () => { reading.ReadOnReader(Reader, Wait); });
                }))) { }
                Expect.That(refused != null, "it was asked");
            }
        }

        public static void AReaderThatIsNotThere()
        {
            using (var reading = Opened())
                Expect.Code(1003, () => { reading.ReadOnReader(Nobodys, TimeSpan.Zero); });
        }

        public static void DisposingWhileItWaits()
        {
            var reading = Opened();
            using (var cancel = new CancellationTokenSource())
            {
                var waits = reading.ReadOnReaderAsync(Empty, TimeSpan.FromSeconds(50), null, cancel.Token);
                Thread.Sleep(200);
                // The call under way keeps the handle, and is the last one to.
                reading.Dispose();
                Expect.Code(8903, () => reading.Only(1));
                cancel.Cancel();
                Expect.Throws<OperationCanceledException>(() => waits);
                Expect.Throws<ObjectDisposedException>(() => reading.Only(1));
            }
        }

        public static void AProcessEndsWhileItWaits() => EndingTests.Ends("exit-while-a-reader-waits");

        internal static Reading Opened()
        {
            using (var keys = Keys.FromCan(Encoding.ASCII.GetBytes(Environment.GetEnvironmentVariable("CHIPID_TEST_CAN"))))
                return new Reading(keys);
        }
    }
}
