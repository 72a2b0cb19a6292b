using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>Readings that somebody stops.</summary>
    public static class CancellationTests
    {
        public static async Task HalfWayAndThenOn()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            using (var cancel = new CancellationTokenSource())
            {
                var carried = 0;
                var transport = new Transport(async (command, cancellation) =>
                {
                    var response = await card.TransmitAsync(command, CancellationToken.None);
                    if (++carried == 12)
                        cancel.Cancel();
                    return response;
                });
                var thrown = Expect.Throws<OperationCanceledException>(() => reading.ReadAsync(transport, null, cancel.Token));
                Expect.Same(cancel.Token, thrown.CancellationToken);
                Expect.Same(ErrorCode.Cancelled, ((ChipidException)thrown.InnerException).Code);
                Expect.Same(12, carried);
                using (var document = await reading.ReadAsync(transport))
                    Expect.That(document.DangerUnverifiedFile(0x0102) != null, "the rest was read");
            }
        }

        public static void BeforeItBegins()
        {
            using (var reading = Shelf.Reading())
            {
                var nobody = new Transport((command, cancellation) => throw new Exception("asked for a command"));
                Expect.Throws<OperationCanceledException>(() => reading.ReadAsync(nobody, null, new CancellationToken(true)));
                Expect.Throws<OperationCanceledException>(
                    () => { reading.Read(command => throw new Exception("asked"), null, new CancellationToken(true)); });
            }
        }

        public static async Task ATransportThatHangsIsLeftAlone()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            using (var cancel = new CancellationTokenSource(100))
            {
                var hangs = new TaskCompletionSource<byte[]>();
                var unobserved = 0;
                TaskScheduler.UnobservedTaskException += (sender, trouble) => unobserved++;
                Expect.Throws<OperationCanceledException>(
                    () => reading.ReadAsync(new Transport((command, cancellation) => hangs.Task), null, cancel.Token));
                // It gives up long afterwards, when nobody listens.
                hangs.SetException(new InvalidOperationException("late"));
                hangs = null;
                using (await reading.ReadAsync(card)) { }
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Expect.Same(0, unobserved);
            }
        }

        public static async Task ALinkWithAnAnswerOutstandingIsNotUsedAgain()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            using (var cancel = new CancellationTokenSource())
            {
                var carried = 0;
                var gate = new TaskCompletionSource<bool>();
                Task<byte[]> slow = null;
                // One link, which never looks at its token: the twelfth response comes long after the cancellation.
                Func<byte[], Task<byte[]>> carry = async command =>
                {
                    var number = ++carried;
                    var response = await card.TransmitAsync(command, CancellationToken.None);
                    if (number == 12)
                    {
                        cancel.Cancel();
                        await gate.Task;
                    }
                    return response;
                };
                var link = new Transport((command, cancellation) => slow = carry(command));
                Expect.Throws<OperationCanceledException>(() => reading.ReadAsync(link, null, cancel.Token));
                Expect.That(!slow.IsCompleted, "the response is outstanding");
                Expect.Code(8903, () => reading.ReadAsync(link));
                Expect.Code(8903, () => { reading.Read(command => throw new Exception("asked for a command")); });
                Expect.Same(12, carried);
                gate.SetResult(true);
                await slow;
                using (var document = await reading.ReadAsync(link))
                    Expect.That(document.DangerUnverifiedFile(0x0102) != null, "the rest was read");
                Expect.That(carried > 12, "over the same link");
            }
        }

        public static async Task ATransportThatHeedsItsTokenIsFreeAtOnce()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            using (var cancel = new CancellationTokenSource(100))
            {
                var heeds = new Transport(async (command, cancellation) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    return null;
                });
                Expect.Throws<OperationCanceledException>(() => reading.ReadAsync(heeds, null, cancel.Token));
                using (await reading.ReadAsync(card)) { }
            }
        }

        public static void ATransportThatCancelsOfItself()
        {
            using (var reading = Shelf.Reading())
            {
                var thrown = Expect.Code(1011, () => reading.ReadAsync(
                    new Transport((command, cancellation) => throw new OperationCanceledException())));
                Expect.That(thrown.InnerException is OperationCanceledException, "what it threw is within");
            }
        }
    }
}
