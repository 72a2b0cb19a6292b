using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>Programs that end while a reading is under way. Each is run in a process of its own, by <see cref="EndingTests"/>.</summary>
    internal static class Ending
    {
        internal const int Code = 7;
        private static int worked;

        internal static int Run(string how)
        {
            var begun = new ManualResetEventSlim();
            if (how == "exit-while-a-reader-waits")
            {
                Left(OnAReader.Opened().ReadOnReaderAsync(OnAReader.Empty, TimeSpan.FromSeconds(60)));
                Thread.Sleep(500);
                return Code;
            }
            var reading = Shelf.Reading();
            switch (how)
            {
                case "return-from-main":
                    Left(reading.ReadAsync(Hanging(begun)));
                    begun.Wait();
                    return Code;
                case "exit-beside":
                    Left(reading.ReadAsync(Hanging(begun)));
                    begun.Wait();
                    Environment.Exit(Code);
                    return 1;
                case "exit-within-transmit":
                    reading.Read(command => { Environment.Exit(Code); return null; });
                    return 1;
                case "exit-while-others-work":
                    for (var number = 0; number < 4; number++)
                        new Thread(WorkOnAndOn) { IsBackground = true }.Start();
                    while (Volatile.Read(ref worked) < 20)
                        Thread.Sleep(1);
                    Environment.Exit(Code);
                    return 1;
                default:
                    return 2;
            }
        }

        /// <summary>Without sockets: Mono itself hangs where it is to end while they are first used.</summary>
        private static void WorkOnAndOn()
        {
            while (true)
            {
                using (var assessment = Shelf.Assessment())
                using (Shelf.Verdict(assessment)) { }
                using (var reading = Shelf.Reading())
                    try
                    {
                        reading.Read(command => new byte[] { 0x6A, 0x82 });
                    }
                    catch (ChipidException)
                    {
                        // Nothing is on this card.
                    }
                Interlocked.Increment(ref worked);
            }
        }

        private static Transport Hanging(ManualResetEventSlim begun) => new Transport((command, cancellation) =>
        {
            begun.Set();
            return new TaskCompletionSource<byte[]>().Task;
        });

        private static void Left(Task task) => task.ContinueWith(done => done.Exception);
    }
}
