using System;
using System.IO;
using System.Linq;
using System.Text;

namespace Chipid.Tests
{
    /// <summary>What others say: a confirmation service, another maker's face engine, evidence that was kept.</summary>
    public static class OthersWordTests
    {
        public static void AConfirmationIsBoundToItsRequest()
        {
            using (var assessment = Shelf.Assessment())
            using (var request = new ConfirmationRequest(assessment, null, "consent-1"))
            {
                Expect.Same(Shelf.Of("vn", "number"), Encoding.UTF8.GetString(request.Number()));
                Expect.Same(16, request.Nonce().Length);
                Expect.Same(32, request.SignerSha256().Length);
                Expect.Same("consent-1", request.Consent());
                Expect.That(Math.Abs((request.MadeAt() - DateTimeOffset.UtcNow).TotalSeconds) < 60, "it was made now");
                Expect.That(request.Signer().Length > 100 && request.File(0x011D).Length > 100, "signer and EF.SOD are in it");
                Expect.Same(null, request.File(0x0103));
                Expect.That(request.FileDigest(0x0101).Length >= 20, "the digest of DG1 is in it");
                assessment.AddConfirmation(request, new ConfirmationAnswer
                {
                    Outcome = ConfirmationOutcome.Confirmed, AnsweredAt = DateTimeOffset.UtcNow, Number = request.Number(),
                    SignerSha256 = request.SignerSha256(), Nonce = request.Nonce(), Service = "Invented Service",
                });
                Expect.Code(8902, () => request.Nonce());
                using (var verdict = Shelf.Verdict(assessment))
                using (var report = verdict.Report())
                {
                    Expect.Same(CheckStatus.Passed, verdict.Checks.Online.Status);
                    Expect.Same("Invented Service", report.Text("/checks/online/service"));
                }
            }
        }

        public static void AnAnswerToAnotherQuestionIsDoubted()
        {
            using (var assessment = Shelf.Assessment())
            using (var request = new ConfirmationRequest(assessment, new byte[16]))
            {
                Expect.That(request.Nonce().All(octet => octet == 0), "the caller's nonce is in it");
                var answer = new ConfirmationAnswer { Outcome = ConfirmationOutcome.Confirmed, Number = request.Number() };
                Expect.Throws<ArgumentException>(() => assessment.AddConfirmation(request, answer));
                answer.SignerSha256 = request.SignerSha256();
                answer.Nonce = Enumerable.Repeat((byte)1, 16).ToArray();
                answer.AnsweredAt = DateTimeOffset.UtcNow;
                assessment.AddConfirmation(request, answer);
                using (var verdict = Shelf.Verdict(assessment))
                    Expect.That(verdict.Grounds.Any(ground => ground.Code == "unbound_confirmation"), "it is not bound");
            }
        }

        public static void AServiceOutOfReachAndNobodysAnswer()
        {
            using (var assessment = Shelf.Assessment())
            using (var request = new ConfirmationRequest(assessment))
            {
                assessment.AddConfirmation(request, new ConfirmationAnswer { Outcome = ConfirmationOutcome.TimedOut });
                using (var verdict = Shelf.Verdict(assessment))
                {
                    Expect.That(verdict.Grounds.Any(ground => ground.Code == "online_unreachable"), "it did not answer");
                    Expect.That(verdict.Checks.Online.Status != CheckStatus.Passed, "nothing is confirmed");
                }
            }
            Expect.Same(ConfirmationOutcome.Unreadable, new ConfirmationAnswer().Outcome);
            using (var assessment = Shelf.Assessment("vn-wrong-data"))
                Expect.Code(8204, () => new ConfirmationRequest(assessment).Dispose());
            Expect.That(!ConfirmationAnswer.IsSignedBy(new byte[3], new byte[3], new byte[3]), "garbage signs nothing");
        }

        public static void AnotherMakersEngineCountsWhereThePolicyNamesIt()
        {
            var builtIn = File.ReadAllText(Environment.GetEnvironmentVariable("CHIPID_POLICIES") + "/counter.toml");
            var policy = builtIn.Replace("name = \"counter\"", "name = \"our-counter\"")
                + "\n[[face.vendors]]\nvendor = \"Invented Vendor\"\ncertificate = \"invented report 7\"\n";
            using (var named = Policy.FromToml(policy))
            using (var images = new LiveImages(Capture.Camera))
            {
                images.AddFile(File.ReadAllBytes(Shelf.Of("vn", "portrait")));
                foreach (var match in new[] { VendorMatch.Match, VendorMatch.Mismatch })
                    using (var assessment = Shelf.Assessment())
                    {
                        assessment.AddVendorComparison(new VendorComparison
                        {
                            Result = match, Capture = Capture.Camera, At = DateTimeOffset.UtcNow, Vendor = "Invented Vendor", Version = "4.1",
                            Certificate = "invented report 7", Portrait = assessment.PortraitDigest(), Images = images.Digests(),
                        });
                        using (var verdict = named.Decide(assessment))
                            Expect.Same(match == VendorMatch.Match ? CheckStatus.Passed : CheckStatus.Failed, verdict.Checks.Face.Status);
                    }
                using (var assessment = Shelf.Assessment())
                    Expect.Throws<ArgumentException>(() => assessment.AddVendorComparison(new VendorComparison { Portrait = new byte[3] }));
            }
            using (var assessment = Shelf.Assessment("vn-wrong-data"))
                Expect.Same(null, assessment.PortraitDigest());
        }

        public static void WhatActiveAuthenticationGaveIsKept()
        {
            byte[] challenge, signature;
            using (var saved = Shelf.Saved())
                Expect.That(saved.ActiveAuthentication(out challenge, out signature), "the card was challenged");
            Expect.Same(8, challenge.Length);
            using (var put = new Document())
            {
                byte[] none, nothing;
                Expect.That(!put.ActiveAuthentication(out none, out nothing), "nobody was challenged");
                put.AddActiveAuthentication(challenge, signature);
                Expect.That(put.ActiveAuthentication(out none, out nothing) && nothing.SequenceEqual(signature), "it is there");
                Expect.Code(8905, () => put.AddActiveAuthentication(new byte[7], signature));
            }
        }
    }
}
