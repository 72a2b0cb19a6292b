using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>Nulls, things disposed of, callbacks that misbehave: each is a defined exception.</summary>
    public static class MisuseTests
    {
        public static void NullsAreRefused()
        {
            var calls = new List<Action>
            {
                () => Keys.FromCan(null), () => Keys.FromPin(null), () => Keys.FromPuk(null), () => Keys.FromMrz(null),
                () => Keys.FromQr(null), () => Keys.FromNumber(null), () => Keys.FromDocument(null, new byte[1], new byte[1]),
                () => Keys.FromDocument(new byte[1], new byte[1], null),
                () => Keys.FromNumberAndDays(null, DateTime.Now, DateTime.Now), () => new Reading(null), () => Document.Load(null),
                () => Faces.Load((string)null), () => Faces.Load(null, new byte[1]), () => Policy.BuiltIn(null),
                () => Policy.FromToml((string)null), () => Policy.FromToml((byte[])null),
                () => new Plane((byte[])null, 1, 1), () => Frame.Rgb(null, 1, 1),
            };
            using (var trust = Shelf.Trust())
            using (var document = Shelf.Saved())
            using (var reading = Shelf.Reading())
            using (var assessment = Shelf.Assessment())
            using (var verdict = Shelf.Verdict(assessment))
            using (var report = verdict.Report())
            using (var policy = Policy.BuiltIn("demo"))
            using (var images = new LiveImages(Capture.File))
            {
                calls.AddRange(new Action[]
                {
                    () => trust.Add(null, "name"), () => trust.Add(new byte[1], null), () => document.Add(0x0101, null),
                    () => document.Save(null), () => document.ChallengedWith(null), () => reading.Only(null),
                    () => reading.SetChallenge(null), () => reading.Read(null), () => reading.ReadAsync(null).Wait(),
                    () => reading.ReadOnReader(null, TimeSpan.Zero), () => reading.ReadOnReaderAsync(null, TimeSpan.Zero).Wait(),
                    () => new Assessment(null, trust), () => new Assessment(document, null), () => assessment.CompareKeys(null),
                    () => assessment.CompareFace(null, images), () => assessment.CompareFaceAsync(null, images).Wait(),
                    () => assessment.AddLiveness(null), () => assessment.Report(null), () => verdict.Report(null),
                    () => report.Text(null), () => report.Names(null), () => policy.Decide(null), () => images.AddFile(null),
                    () => images.AddFrame(null), () => { var _ = report.Holder[null]; },
                });
                foreach (var call in calls)
                    Expect.Throws<ArgumentNullException>(call);
            }
        }

        public static void WhatIsDisposedOfTwiceIsDisposedOf()
        {
            var assessment = Shelf.Assessment();
            var verdict = Shelf.Verdict(assessment);
            var owned = new IDisposable[]
            {
                Keys.FromCan(Encoding.ASCII.GetBytes("123456")), Shelf.Trust(), Shelf.Reading(), Shelf.Saved(), verdict.Report(), verdict,
                assessment, Policy.BuiltIn("demo"), new LiveImages(Capture.File),
            };
            foreach (var thing in owned)
            {
                thing.Dispose();
                thing.Dispose();
            }
        }

        public static void WhatIsDisposedOfIsNotUsed()
        {
            var keys = Keys.FromCan(Encoding.ASCII.GetBytes("123456"));
            Trust trust = Shelf.Trust(), other = Shelf.Trust();
            var reading = Shelf.Reading();
            var document = Shelf.Saved();
            var policy = Policy.BuiltIn("demo");
            var assessment = Shelf.Assessment();
            var living = Shelf.Assessment();
            var verdict = Shelf.Verdict(assessment);
            var report = verdict.Report();
            var holder = report.Holder;
            var images = new LiveImages(Capture.File);
            foreach (var thing in new IDisposable[] { keys, trust, reading, document, policy, assessment, verdict, report, images })
                thing.Dispose();
            var nobody = new Transport((command, cancellation) => throw new Exception("asked for a command"));
            foreach (var call in new Action[]
            {
                () => new Reading(keys), () => living.CompareKeys(keys), () => trust.Add(new byte[1], "name"),
                () => new Assessment(document, other), () => reading.Only(1), () => reading.SetLimits(1, 1),
                () => reading.ReadAsync(nobody).GetAwaiter().GetResult(), () => reading.Read(command => command),
                () => reading.ReadOnReader("", TimeSpan.Zero), () => document.Add(0x0101, new byte[1]),
                () => document.DangerUnverifiedFile(0x0101), () => policy.Decide(living), () => assessment.CompareTyped(null, null),
                () => assessment.Portrait(), () => assessment.SetAttempts(1, 0, TimeSpan.Zero), () => verdict.Report(),
                () => report.Json(), () => report.Text("/verdict"), () => { var _ = holder["name"]; },
                () => images.AddFile(new byte[1]), () => images.Digests(),
            })
                Expect.Throws<ObjectDisposedException>(call);
            Expect.Same(Answer.Undecided, verdict.Answer);
            living.Dispose();
            other.Dispose();
        }

        public static void AnswersThatNobodySetAcceptNobody()
        {
            Expect.Same(Answer.Undecided, default(Answer));
            Expect.Same(CheckStatus.NotPerformed, default(CheckStatus));
            Expect.Same(HolderTrust.SignatureOnly, default(HolderTrust));
            Expect.Same(LivenessResult.Uncertain, default(LivenessResult));
            Expect.Same(LivenessResult.Uncertain, new Liveness().Result);
        }

        public static async Task TwoReadingsAtOnceOnOneHandle()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            {
                var waits = new TaskCompletionSource<bool>();
                var first = reading.ReadAsync(new Transport(async (command, cancellation) =>
                {
                    await waits.Task;
                    return await card.TransmitAsync(command, cancellation);
                }));
                Expect.Code(8903, () => reading.ReadAsync(card));
                Expect.Code(8903, () => reading.Read(command => command));
                Expect.Code(8903, () => reading.ReadOnReader("", TimeSpan.Zero));
                Expect.Code(8903, () => reading.Only(1));
                waits.SetResult(true);
                using (await first) { }
            }
        }

        public static void ManyThreadsAtOnceOnOneHandle()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            {
                int done = 0, busy = 0;
                var gate = new ManualResetEventSlim();
                var card1 = new Transport((command, cancellation) =>
                {
                    gate.Wait();
                    return card.TransmitAsync(command, cancellation);
                });
                var threads = new Thread[8];
                for (var number = 0; number < threads.Length; number++)
                {
                    threads[number] = new Thread(() =>
                    {
                        try
                        {
                            using (reading.ReadAsync(card1).GetAwaiter().GetResult())
                                Interlocked.Increment(ref done);
                        }
                        catch (ChipidException refused) when (refused.Code == ErrorCode.Busy)
                        {
                            if (Interlocked.Increment(ref busy) == threads.Length - 1)
                                gate.Set();
                        }
                    });
                    threads[number].Start();
                }
                foreach (var thread in threads)
                    thread.Join();
                Expect.Same(1, done);
                Expect.Same(threads.Length - 1, busy);
            }
        }

        public static async Task ATransportThatThrows()
        {
            var own = new InvalidOperationException("of the application");
            var calls = new ICardTransport[]
            {
                new Transport((command, cancellation) => throw own),
                new Transport((command, cancellation) => Task.FromException<byte[]>(own)),
                new Transport(async (command, cancellation) => { await Task.Delay(5); throw own; }),
            };
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            {
                foreach (var transport in calls)
                    Expect.Same<Exception>(own, Expect.Code(1016, () => reading.ReadAsync(transport)).InnerException);
                Expect.Same<Exception>(own, Expect.Code(1016, () => { reading.Read(command => throw own); }).InnerException);
                var named = Expect.Code(1010, () => reading.ReadAsync(
                    new Transport((command, cancellation) => throw new TransportException(TransportError.Timeout))));
                Expect.Same(TransportError.Timeout, named.Transport.Value);
                // A number that is no transport's is one that the transport cannot name.
                Expect.Code(1016, () => reading.ReadAsync(
                    new Transport((command, cancellation) => throw new TransportException((TransportError)77))));
                Expect.Code(1016, () => reading.ReadAsync(
                    new Transport((command, cancellation) => throw new TransportException(0))));
                using (await reading.ReadAsync(card)) { }
            }
        }

        public static void ATransportThatGivesNothingOrGarbage()
        {
            var random = new Random(7);
            using (var reading = Shelf.Reading())
            {
                Expect.Code(1016, () => reading.ReadAsync(new Transport((command, cancellation) => null)));
                Expect.Code(1013, () => reading.ReadAsync(new Transport((command, cancellation) => Task.FromResult<byte[]>(null))));
                Expect.Code(1013, () => reading.ReadAsync(new Transport((command, cancellation) => Task.FromResult(new byte[0]))));
                Expect.Code(1013, () => reading.ReadAsync(new Transport((command, cancellation) => Task.FromResult(new byte[1]))));
                Expect.Code(1013, () => { reading.Read(command => null); });
            }
            for (var round = 0; round < 200; round++)
                using (var reading = Shelf.Reading())
                {
                    var garbage = new Transport((command, cancellation) =>
                    {
                        var response = new byte[random.Next(2, 70000)];
                        random.NextBytes(response);
                        if (round % 2 == 0)
                        {
                            response[response.Length - 2] = 0x90;
                            response[response.Length - 1] = 0x00;
                        }
                        return Task.FromResult(response);
                    });
                    try
                    {
                        // A chip that says yes to everything gives a document that proves nothing.
                        using (var document = reading.ReadAsync(garbage).GetAwaiter().GetResult())
                        using (var trust = Shelf.Trust())
                        using (var assessment = new Assessment(document, trust))
                        using (var verdict = Shelf.Verdict(assessment))
                            Expect.That(verdict.Answer != Answer.Accept, "garbage is not accepted");
                    }
                    catch (ChipidException)
                    {
                        // As it should be.
                    }
                }
        }

        public static void ATransportThatReenters()
        {
            using (var reading = Shelf.Reading())
            {
                ChipidException within = null;
                var transport = new Transport(async (command, cancellation) =>
                {
                    within = Expect.Code(8903, () => reading.ReadAsync(new Transport((c, t) => Task.FromResult(c))));
                    Expect.Code(8903, () => { reading.Read(c => c); });
                    await Task.Yield();
                    throw new TransportException(TransportError.CardRemoved);
                });
                Expect.Code(1001, () => reading.ReadAsync(transport));
                Expect.That(within != null, "it was asked");
            }
        }

        public static void ATransportThatDisposesOfItsReading()
        {
            var reading = Shelf.Reading();
            Expect.Throws<ObjectDisposedException>(() => reading.ReadAsync(new Transport((command, cancellation) =>
            {
                reading.Dispose();
                return Task.FromResult(new byte[] { 0x90, 0x00 });
            })));
        }

        public static async Task AListenerThatThrows()
        {
            var own = new InvalidOperationException("of the listener");
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            {
                Expect.Same<Exception>(
                    own, Expect.Code(1016, () => reading.ReadAsync(card, new Heard(progress => throw own))).InnerException);
                var late = Expect.Code(1016, () => reading.ReadAsync(card, new Heard(progress =>
                {
                    if (progress.Phase == ReadingPhase.Done)
                        throw own;
                })));
                Expect.Same<Exception>(own, late.InnerException);
                Expect.That(!late.Message.Contains(own.Message), "what the listener says is in no message of ours");
                using (await reading.ReadAsync(card)) { }
            }
        }

        public static void BytesBehindATextAreWiped()
        {
            var taken = typeof(Library).Assembly.GetType("Chipid.Utf8").GetMethod("Taken", BindingFlags.Static | BindingFlags.NonPublic);
            var bytes = Encoding.UTF8.GetBytes("Nguyễn");
            Expect.Same("Nguyễn", (string)taken.Invoke(null, new object[] { bytes }));
            Expect.That(bytes.All(octet => octet == 0), "the bytes are wiped");
            Expect.Same(null, (string)taken.Invoke(null, new object[] { null }));
        }

        public static void AStoreThatRefusedSomethingIsOfNoMoreUse()
        {
            var csca = File.ReadAllBytes(Shelf.Of("vn", "csca"));
            using (var document = Shelf.Saved())
            using (var used = Shelf.Trust())
            {
                foreach (var refuse in new Action<Trust>[]
                {
                    trust => Expect.Throws<ArgumentNullException>(() => trust.Add(null, "null")),
                    trust => Expect.Throws<ArgumentNullException>(() => trust.Add(csca, null)),
                    trust => Expect.Throws<EncoderFallbackException>(() => trust.Add(csca, "half a pair \ud800")),
                    trust => Expect.Code(8905, () => trust.Add(csca, "no such anchor", (Anchor)9)),
                    trust => Expect.Code(8101, () => trust.Add(new byte[0], "nothing")),
                    trust => Expect.Code(8101, () => trust.Add(new byte[] { 1, 2, 3 }, "no certificate")),
                })
                {
                    using (var trust = Shelf.Trust())
                    {
                        refuse(trust);
                        Expect.Code(8902, () => { new Assessment(document, trust).Dispose(); });
                        Expect.Code(8902, () => trust.Add(csca, "csca"));
                    }
                }
                for (var i = 0; i < 2; i++)
                {
                    using (var assessment = new Assessment(document, used))
                    using (var verdict = Shelf.Verdict(assessment))
                        Expect.Same(Answer.Accept, verdict.Answer);
                    Expect.Throws<ArgumentNullException>(() => used.Add(null, "null"));
                }
            }
        }

        public static void ValuesThatStandForNothing()
        {
            using (var trust = new Trust())
                Expect.Code(8905, () => trust.Add(new byte[1], "name", (Anchor)9));
            using (var reading = Shelf.Reading())
            {
                foreach (var group in new[] { 0, 17, 256 + 1, -1 })
                    Expect.Code(8905, () => reading.Only(group));
                Expect.Code(8905, () => reading.SetChallenge(new byte[7]));
                Expect.Throws<ArgumentOutOfRangeException>(() => reading.SetLimits(-1, 0));
                Expect.Throws<ArgumentOutOfRangeException>(() => { reading.ReadOnReader("", TimeSpan.FromSeconds(-1)); });
            }
            using (var document = new Document())
            {
                Expect.Code(8905, () => document.Add(-1, new byte[1]));
                Expect.Code(8905, () => document.Add(0x0111, new byte[1]));
            }
            Expect.Code(8905, () => new LiveImages((Capture)9).Dispose());
            Expect.Throws<ChipidException>(() => { Policy.BuiltIn("nobody's"); });
            Expect.Throws<EncoderFallbackException>(() => { Policy.BuiltIn("half a pair \ud800"); });
            using (var assessment = Shelf.Assessment())
            {
                Expect.Code(8901, () => assessment.CompareTyped(null, null));
                Expect.Code(8905, () => { assessment.Report("shoe_size"); });
                Expect.Throws<ArgumentOutOfRangeException>(() => assessment.SetAttempts(-1, 0, TimeSpan.Zero));
                using (var verdict = Shelf.Verdict(assessment))
                    Expect.Code(8903, () => assessment.SetAttempts(1, 0, TimeSpan.Zero));
            }
        }

        public static void NothingOfTheHolderIsInATextOfAnException()
        {
            var number = Shelf.Of("vn", "number");
            var folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "of-" + number);
            foreach (var thrown in new[]
            {
                Expect.Throws<ChipidException>(() => { Document.Load(folder); }),
                Expect.Throws<ChipidException>(() => { Keys.FromMrz(Encoding.ASCII.GetBytes(number)); }),
                Expect.Throws<ChipidException>(() => { Keys.FromCan(Encoding.ASCII.GetBytes(number)); }),
                Expect.Throws<ChipidException>(() => { Keys.FromQr(Encoding.ASCII.GetBytes(number + "|x")); }),
            })
                Expect.That(!thrown.ToString().Contains(number), "the number is in no message");
            using (var keys = Keys.FromNumber(Encoding.ASCII.GetBytes(number)))
                Expect.Same("Chipid.Keys", keys.ToString());
            using (var assessment = Shelf.Assessment())
            using (var report = assessment.Report())
                Expect.That(!report.Holder.ToString().Contains(report.Holder["name"]), "a holder's text has no value");
        }
    }
}
