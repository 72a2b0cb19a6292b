using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>Readings that end well, or go on.</summary>
    public static class ReadingTests
    {
        public static async Task ACardIsReadAndAccepted()
        {
            var heard = new List<ReadingProgress>();
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            using (var document = await reading.ReadAsync(card, new Heard(heard.Add)))
            using (var trust = Shelf.Trust())
            using (var assessment = new Assessment(document, trust))
            using (var verdict = Shelf.Verdict(assessment))
            using (var report = verdict.Report("name", "personal_number"))
            {
                Expect.Same(Answer.Accept, verdict.Answer);
                Expect.Same(Answer.Accept, report.Answer);
                Expect.That(verdict.Grounds.All(ground => ground.Severity == Severity.Note), "only notes");
                Expect.Same(CheckStatus.Passed, verdict.Checks.PassiveAuthentication.Status);
                Expect.Same(CheckStatus.Passed, verdict.Checks["chip_genuine"].Status);
                Expect.Same(null, verdict.Checks.Access.Reason);
                Expect.Same("not_requested", verdict.Checks.Face.Reason);
                Expect.Same(null, verdict.FaceSimilarity);
                Expect.Same("data-cleaning", report.Text("/policy/name"));
                Expect.Same(HolderTrust.IssuerVerified, report.Holder.Trust);
                Expect.Same("name,personal_number", string.Join(",", report.Holder.Fields.OrderBy(name => name)));
                Expect.Same(Shelf.Of("vn", "number"), report.Holder["personal_number"]);
                Expect.Same(Shelf.Of("vn", "number"), Encoding.UTF8.GetString(report.Holder.Utf8("personal_number")));
                Expect.That(assessment.Portrait().Length > 1000, "the portrait is proven");
            }
            Expect.Same(ReadingPhase.Access, heard.First().Phase);
            Expect.Same(ReadingPhase.Done, heard.Last().Phase);
            Expect.That(heard.Any(progress => progress.Phase == ReadingPhase.File && progress.FileName == "DG2" && progress.File == 0x0102),
                "DG2 is told of");
            Expect.Same(heard.Last().BytesKnown, heard.Last().BytesDone);
        }

        public static void TheSameOnTheCallingThread()
        {
            var here = Thread.CurrentThread.ManagedThreadId;
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            {
                CardTransmit carry = command =>
                {
                    Expect.Same(here, Thread.CurrentThread.ManagedThreadId);
                    return card.TransmitAsync(command, CancellationToken.None).GetAwaiter().GetResult();
                };
                using (var document = reading.Read(carry))
                    Expect.That(document.DangerUnverifiedFile(0x011D).Length > 100, "EF.SOD was read");
            }
        }

        public static async Task OnlyWhatIsAskedForIsRead()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn"))
            {
                reading.Only(1);
                reading.SetLimits(261, 258);
                reading.SetChallenge(new byte[8]);
                using (var document = await reading.ReadAsync(card))
                {
                    Expect.That(document.DangerUnverifiedFile(0x0101) != null, "DG1 was asked for");
                    Expect.That(document.DangerUnverifiedFile(0x0102) == null, "DG2 was not");
                }
            }
        }

        public static async Task ALostCardIsReadOn()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn-lost"))
            {
                var lost = Expect.Code(1001, () => reading.ReadAsync(card));
                Expect.Same(TransportError.CardRemoved, lost.Transport.Value);
                Expect.That(lost.InnerException is TransportException, "what the transport threw is within");
                using (var document = await reading.ReadAsync(card))
                    Expect.That(document.DangerUnverifiedFile(0x0102) != null, "the rest was read");
            }
        }

        public static void AnotherCardIsNotReadOn()
        {
            using (var reading = Shelf.Reading())
            using (var card = Shelf.Card("vn-swapped"))
            {
                Expect.Code(1001, () => reading.ReadAsync(card));
                Expect.Same(null, Expect.Code(2007, () => reading.ReadAsync(card)).Transport);
            }
        }

        public static void AWrongKeyIsToldWithWhatTheChipSays()
        {
            using (var keys = Keys.FromCan(Encoding.ASCII.GetBytes("999999")))
            using (var reading = new Reading(keys))
            using (var card = Shelf.Card("vn"))
                Expect.Code(2002, () => reading.ReadAsync(card));
        }

        public static async Task EveryKeyOpensItsCard()
        {
            string[] document = Shelf.Of("passport", "document").Split(',');
            Func<string, byte[]> ascii = Encoding.ASCII.GetBytes;
            string[] days = Shelf.Of("vn", "number_and_days").Split(',');
            var birth = DateTime.ParseExact(days[1], "yyyyMMdd", CultureInfo.InvariantCulture);
            var issued = DateTime.ParseExact(days[2], "yyyyMMdd", CultureInfo.InvariantCulture);
            var made = new Dictionary<string, Keys[]>
            {
                ["vn"] = new[]
                {
                    Keys.FromNumber(Shelf.Bytes("vn", "number")), Keys.FromQr(Shelf.Bytes("vn", "qr")),
                    Keys.FromMrz(Shelf.Bytes("vn", "mrz")), Keys.FromNumberAndDays(ascii(days[0]), birth, issued),
                },
                ["passport"] = new[] { Keys.FromDocument(ascii(document[0]), ascii(document[1]), ascii(document[2])) },
                ["passport-bac"] = new[] { Keys.FromMrz(Shelf.Bytes("passport-bac", "mrz")) },
            };
            foreach (var card in made)
                foreach (var keys in card.Value)
                {
                    using (keys)
                    using (var reading = new Reading(keys))
                    using (var served = Shelf.Card(card.Key))
                    {
                        reading.Only(1);
                        using (await reading.ReadAsync(served)) { }
                    }
                }
        }
    }
}
