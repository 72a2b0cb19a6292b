using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>What nobody disposed of is freed all the same, and nothing is freed under a call.</summary>
    public static class LeakTests
    {
        private const int Megabyte = 1 << 20;

        public static void WhatNobodyDisposedOfIsFreed()
        {
            var file = new byte[Megabyte / 5];
            Action<int> leave = count =>
            {
                for (var number = 0; number < count; number++)
                    new Document().Add(0x0102, file);
                Settle();
            };
            leave(100);
            var before = Resident();
            for (var round = 0; round < 10; round++)
                leave(100);
            // 200 MB went by.
            Expect.That(Resident() - before < 60 * Megabyte, "documents that nobody holds are gone");
        }

        public static void ReadingsThatEndBadlyLeaveNothing()
        {
            Action<int> fail = count =>
            {
                for (var number = 0; number < count; number++)
                {
                    var carried = 0;
                    using (var cancel = new CancellationTokenSource())
                    using (var reading = Shelf.Reading())
                    using (var card = Shelf.Card("vn"))
                    {
                        var transport = new Transport((command, cancellation) =>
                        {
                            carried++;
                            if (carried == 2 + number % 18 && number % 3 == 0)
                                cancel.Cancel();
                            if (carried == 2 + number % 18 && number % 3 == 1)
                                throw new InvalidOperationException();
                            if (carried == 2 + number % 18)
                                return Task.FromResult(new byte[] { 0x69, 0x88 });
                            return card.TransmitAsync(command, CancellationToken.None);
                        });
                        try
                        {
                            reading.ReadAsync(transport, new Heard(progress => { }), cancel.Token).GetAwaiter().GetResult().Dispose();
                        }
                        catch (Exception expected) when (expected is ChipidException || expected is OperationCanceledException)
                        {
                        }
                    }
                }
                Settle();
            };
            fail(60);
            var before = Resident();
            fail(300);
            Expect.That(Resident() - before < 3 * Megabyte, "nothing of 300 readings is left");
        }

        /// <summary>Many, so that some hundred bytes of each would show.</summary>
        public static void ErrorsAndCommandsLeaveNothing()
        {
            var commands = 0;
            var endings = new Func<Task<byte[]>>[]
            {
                () => Task.FromResult<byte[]>(null), () => Task.FromResult(new byte[] { 0x69, 0x88 }),
                () => throw new InvalidOperationException(), () => throw new TransportException(TransportError.CardRemoved),
            };
            Action<int> fail = count =>
            {
                for (var number = 0; number < count; number++)
                    using (var reading = Shelf.Reading())
                    {
                        var first = true;
                        var transport = new Transport((command, cancellation) =>
                        {
                            commands++;
                            if (!first)
                                return endings[number % endings.Length]();
                            first = false;
                            return Task.FromResult(new byte[] { 0x6A, 0x82 });
                        });
                        Expect.Throws<ChipidException>(() => reading.ReadAsync(transport, new Heard(progress => { })));
                    }
                Settle();
            };
            fail(4000);
            var before = Resident();
            fail(20000);
            Expect.That(commands >= 48000, "two commands at least");
            Expect.That(Resident() - before < 3 * Megabyte, "nothing of 20000 readings is left, but " + (Resident() - before));
        }

        public static async Task NothingIsFreedUnderACall()
        {
            using (var over = new CancellationTokenSource())
            {
                var collecting = Task.Run(() =>
                {
                    while (!over.IsCancellationRequested)
                    {
                        GC.Collect();
                        GC.WaitForPendingFinalizers();
                    }
                });
                for (var round = 0; round < 10; round++)
                {
                    var heard = 0;
                    // Nobody holds the reading but its run, and nobody disposes of it.
                    var document = await Shelf.Reading().ReadAsync(Shelf.Card("vn"), new Heard(progress => heard++));
                    Expect.That(heard > 5, "it was told of progress");
                    var answer = Shelf.Verdict(new Assessment(document, Shelf.Trust())).Answer;
                    Expect.Same(Answer.Accept, answer);
                }
                over.Cancel();
                await collecting;
            }
        }

        private static void Settle()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        /// <summary>Bytes of this process that are in memory.</summary>
        private static long Resident()
        {
            var line = File.ReadLines("/proc/self/status").Single(told => told.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(new[] { ' ', '\t' }, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
    }
}
