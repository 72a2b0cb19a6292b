using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>Programs that end while a reading is under way. Each is run in a process of its own, by <see cref="EndingTests"/>.</summary>
    internal static class Ending
    {
        internal const int Code = 7;

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
                case "exit-while-others-read":
                    for (var number = 0; number < 4; number++)
                        new Thread(ReadOnAndOn) { IsBackground = true }.Start();
                    Thread.Sleep(200);
                    Environment.Exit(Code);
                    return 1;
                default:
                    return 2;
            }
        }

        private static void ReadOnAndOn()
        {
            while (true)
                using (var reading = Shelf.Reading())
                using (var card = Shelf.Card("vn"))
                using (reading.ReadAsync(card).GetAwaiter().GetResult()) { }
        }

        private static Transport Hanging(ManualResetEventSlim begun) => new Transport((command, cancellation) =>
        {
            begun.Set();
            return new TaskCompletionSource<byte[]>().Task;
        });

        private static void Left(Task task) => task.ContinueWith(done => done.Exception);
    }
}
