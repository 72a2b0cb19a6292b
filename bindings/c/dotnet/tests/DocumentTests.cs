using System;
using System.IO;
using System.Linq;
using System.Text;
using Chipid.Wire;

namespace Chipid.Tests
{
    /// <summary>Saved documents, and what is made of them.</summary>
    public static class DocumentTests
    {
        public static void ADocumentIsSavedAndLoaded()
        {
            var folder = Path.Combine(Path.GetTempPath(), "chipid-" + Path.GetRandomFileName());
            try
            {
                using (var document = Shelf.Saved())
                {
                    document.Save(folder);
                    Expect.Code(8203, () => document.Save(folder));
                    Expect.Code(8902, () => document.Add(0x0101, new byte[1]));
                    using (var again = Document.Load(folder))
                        Expect.That(
                            again.DangerUnverifiedFile(0x010D).SequenceEqual(document.DangerUnverifiedFile(0x010D)), "DG13 is the same");
                }
            }
            finally
            {
                Directory.Delete(folder, true);
            }
            Expect.Code(8201, () => Document.Load(folder).Dispose());
        }

        public static void ADocumentOfFilesIsTheSame()
        {
            using (var saved = Shelf.Saved())
            using (var put = new Document())
            using (var trust = Shelf.Trust())
            {
                foreach (var file in new[] { 0x0101, 0x0102, 0x010D, 0x010E, 0x011D, 0x011E })
                    put.Add(file, saved.DangerUnverifiedFile(file));
                using (var assessment = new Assessment(put, trust))
                using (var verdict = Shelf.Verdict(assessment, "one-stop"))
                {
                    Expect.Same(CheckStatus.Passed, verdict.Checks.PassiveAuthentication.Status);
                    // Nobody saw the chip.
                    Expect.Same(CheckStatus.NotPerformed, verdict.Checks.ChipGenuine.Status);
                    Expect.Same(Answer.Undecided, verdict.Answer);
                }
            }
        }

        public static void ChangedDataAreRejectedWithTheirGrounds()
        {
            using (var assessment = Shelf.Assessment("vn-wrong-data"))
            using (var verdict = Shelf.Verdict(assessment))
            using (var report = verdict.Report())
            {
                Expect.Same(Answer.Reject, verdict.Answer);
                Expect.Same(Severity.Fatal, verdict.Grounds[0].Severity);
                Expect.That(verdict.Grounds.Any(ground => ground.File == "DG13"), "DG13 is named");
                Expect.Same(CheckStatus.Failed, verdict.Checks.PassiveAuthentication.Status);
                Expect.Same(null, report.Holder);
                Expect.Same(null, assessment.Portrait());
            }
        }

        public static void ATestIssuerIsUndecidedAndNobodysIsUntrusted()
        {
            using (var assessment = Shelf.Assessment("vn-test"))
            using (var verdict = Shelf.Verdict(assessment))
                Expect.Same(Answer.Undecided, verdict.Answer);
            using (var document = Shelf.Saved())
            using (var nobody = new Trust())
            using (var assessment = new Assessment(document, nobody))
            using (var report = assessment.Report())
            {
                Expect.Same(HolderTrust.SignatureOnly, report.Holder.Trust);
                Expect.Same(Answer.Undecided, report.Answer);
                Expect.Same(0, report.Grounds.Count);
                Expect.Same(null, assessment.Portrait());
            }
        }

        public static void WhatWasTypedIsCompared()
        {
            using (var assessment = Shelf.Assessment())
            {
                assessment.CompareTyped(Encoding.UTF8.GetBytes("Somebody Else"), Shelf.Bytes("vn", "number"));
                using (var verdict = Shelf.Verdict(assessment))
                using (var report = verdict.Report("name"))
                {
                    Expect.Same(Answer.Undecided, verdict.Answer);
                    Expect.That(verdict.Grounds.Any(ground => ground.Code == "clerk_input_mismatch"), "the name differs");
                    var difference = report.Differences.Single();
                    Expect.Same("name: clerk_input_mismatch", difference.ToString());
                    Expect.Same("Somebody Else", difference.Between.Single(source => source.Name == "typed").Value);
                }
            }
        }

        public static void KeysOfAnotherAreCompared()
        {
            using (var assessment = Shelf.Assessment())
            using (var mine = Keys.FromQr(Shelf.Bytes("vn", "qr")))
            using (var others = Keys.FromQr(Shelf.Bytes("vn-other", "qr")))
            {
                assessment.CompareKeys(mine);
                using (var verdict = Shelf.Verdict(assessment))
                    Expect.Same(Answer.Accept, verdict.Answer);
                assessment.CompareKeys(others);
                using (var verdict = Shelf.Verdict(assessment))
                    Expect.That(verdict.Grounds.Any(ground => ground.Code == "qr_mismatch"), "the code is another's");
            }
        }

        public static void TheTimeOfTheCheckCounts()
        {
            using (var document = Shelf.Saved())
            using (var trust = Shelf.Trust())
            using (var late = new Assessment(document, trust, DateTimeOffset.UtcNow.AddYears(10)))
            using (var verdict = Shelf.Verdict(late))
            using (var report = verdict.Report())
            {
                Expect.Same(CheckStatus.Failed, verdict.Checks.DocumentValidity.Status);
                Expect.Same("given", report.Text("/time/source"));
            }
        }

        public static void AReportIsAskedByPlace()
        {
            using (var assessment = Shelf.Assessment())
            using (var verdict = Shelf.Verdict(assessment))
            using (var report = verdict.Report("other_name", "name"))
            {
                Expect.Same("chipid/verify/1", report.Text("/schema"));
                Expect.Same(null, report.Text("/apdus"));
                Expect.Same(null, report.Text("/no/such/place"));
                Expect.Same(null, report.Names("/schema"));
                Expect.Same(verdict.Grounds.Count, report.Names("/grounds").Count);
                Expect.Same("absent", report.Holder.Missing["other_name"]);
                Expect.Same(null, report.Holder["other_name"]);
                Expect.Same(report.Holder["name"], report.Text("/holder/name"));
                var json = Encoding.UTF8.GetString(report.Json());
                Expect.That(json.StartsWith("{", StringComparison.Ordinal) && json.Contains(report.Holder["name"]), "it is JSON");
            }
        }

        public static void APolicyOfOnesOwn()
        {
            Expect.Throws<ChipidException>(() => { Policy.FromToml("no = policy"); });
            Expect.Same("0.1.0", Library.Version);
        }

        public static void AChallengeOfOnesOwn()
        {
            using (var document = Shelf.Saved())
            {
                document.ChallengedWith(Hex.Bytes("0102030405060708"));
                Expect.Code(8905, () => document.ChallengedWith(new byte[9]));
            }
        }
    }
}
