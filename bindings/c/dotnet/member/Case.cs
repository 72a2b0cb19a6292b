using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Chipid.Wire;

namespace Chipid.Member
{
    /// <summary>Carries out one case, in the order of bindings/conformance/README.md.</summary>
    internal sealed class Case : IDisposable
    {
        private static readonly string[] Known =
        {
            "id", "card", "folder", "only", "challenge", "limits", "resumes", "throw_at", "cancel_after", "save", "challenged_with", "at",
            "typed.name", "typed.number", "typed.birth", "models", "models_bytes", "capture", "live", "frame", "liveness", "vendor_comparison", "confirmation",
            "attempts", "policy", "policy_file", "fields",
        };
        private static readonly string[] KnownBeginnings = { "key.", "file.", "fail.", "trust.", "compare." };

        private readonly Block given;
        private readonly Block result = new Block();
        private readonly Stack<IDisposable> owned = new Stack<IDisposable>();
        private FatedCard card;

        private Case(Block given) { this.given = given; }

        internal static Block Carried(Block given, int port, Models models)
        {
            using (var work = new Case(given))
            {
                try
                {
                    if (work.Unknown() is string unknown)
                        work.result.Add("unsupported", unknown);
                    else
                        work.Run(port, models);
                }
                catch (ChipidException error)
                {
                    Results.Error(work.result, error);
                }
                catch (OperationCanceledException cancelled) when (cancelled.InnerException is ChipidException error)
                {
                    Results.Error(work.result, error);
                }
                catch (Exception other)
                {
                    work.result.Lines.Clear();
                    work.result.Add("unsupported", other.GetType().Name + ": " + other.Message);
                }
                work.result.Lines.Insert(0, new KeyValuePair<string, string>("id", given.First("id")));
                return work.result;
            }
        }

        public void Dispose()
        {
            while (owned.Count != 0)
                owned.Pop().Dispose();
        }

        private string Unknown() => given.Lines.Select(line => line.Key).FirstOrDefault(
            key => !Known.Contains(key) && !KnownBeginnings.Any(start => key.StartsWith(start, StringComparison.Ordinal)));

        private void Run(int port, Models models)
        {
            var made = "nothing";
            Keys keys = null;
            foreach (var line in given.Beginning("key."))
                (keys, made) = (Own(Given.Keys(line.Key, line.Value)), "keys");
            var document = Saved(TheDocument(keys, port));
            if (document != null)
                made = "document";
            if (given.First("challenged_with") is string challenge)
                document.ChallengedWith(Hex.Bytes(challenge));
            var assessment = TheAssessment(document);
            foreach (var line in given.Beginning("compare."))
                assessment.CompareKeys(Own(Given.Keys(line.Key, line.Value)));
            string name = given.First("typed.name"), number = given.First("typed.number");
            var birth = given.First("typed.birth") is string digits
                ? DateTime.ParseExact(digits, "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)
                : (DateTime?)null;
            if (name != null || number != null || birth != null)
                assessment.CompareTyped(Bytes(name), Bytes(number), birth);
            Faces faces = null;
            if (given.First("models") is string folder)
                (faces, made) = (models.Load(folder, given.First("models_bytes") == "1"), "models");
            var images = TheImages();
            if (images != null && Shown.Any())
                made = "images";
            if (faces != null && assessment != null)
                assessment.CompareFace(faces, images);
            if (given.First("liveness") is string liveness)
                assessment.AddLiveness(Given.Liveness(liveness, images));
            if (given.First("vendor_comparison") is string compared)
                assessment.AddVendorComparison(Given.Compared(compared, assessment, images));
            if (given.First("confirmation") is string confirmation)
            {
                var request = Own(new ConfirmationRequest(assessment));
                assessment.AddConfirmation(request, Given.Confirmation(confirmation, request));
            }
            if (given.First("attempts") is string attempts)
            {
                var parts = attempts.Split(',');
                assessment.SetAttempts(int.Parse(parts[0]), int.Parse(parts[1]), TimeSpan.FromSeconds(double.Parse(parts[2])));
            }
            Tell(assessment, images, document == null, made);
        }

        private Document TheDocument(Keys keys, int port)
        {
            if (given.First("card") != null)
                return Read(keys, port);
            if (given.First("folder") is string folder)
                return Own(Document.Load(folder));
            Document document = null;
            foreach (var line in given.Beginning("file."))
            {
                document = document ?? Own(new Document());
                document.Add(Convert.ToInt32(line.Key, 16), File.ReadAllBytes(line.Value));
            }
            return document;
        }

        private Document Read(Keys keys, int port)
        {
            var cancel = Own(new CancellationTokenSource());
            card = Own(new FatedCard(port, given, cancel));
            var reading = Own(new Reading(keys));
            Given.Restrict(reading, given);
            for (var resumes = int.Parse(given.First("resumes") ?? "0");; resumes--)
            {
                try
                {
                    return Own(reading.ReadAsync(card, null, cancel.Token).GetAwaiter().GetResult());
                }
                catch (ChipidException lost) when (lost.Transport != null && resumes > 0)
                {
                    // The same reading goes on where it stopped.
                }
            }
        }

        private Document Saved(Document document)
        {
            if (given.First("save") != "1")
                return document;
            var folder = Path.Combine(Path.GetTempPath(), "chipid-" + Path.GetRandomFileName());
            try
            {
                document.Save(folder);
                return Own(Document.Load(folder));
            }
            finally
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder, true);
            }
        }

        private Assessment TheAssessment(Document document)
        {
            var judged = given.First("policy") != null || given.First("policy_file") != null || given.Beginning("trust.").Any();
            if (document == null || !judged)
                return null;
            var trust = Own(new Trust());
            foreach (var line in given.Beginning("trust."))
                trust.Add(File.ReadAllBytes(line.Value), line.Value, Given.Anchor(line.Key));
            var at = given.First("at") is string seconds ? Given.Time(seconds) : (DateTimeOffset?)null;
            return Own(new Assessment(document, trust, at));
        }

        private LiveImages TheImages()
        {
            if (!Shown.Any() && given.First("models") == null)
                return null;
            var images = Own(new LiveImages(Given.Capture(given.First("capture") ?? "file")));
            foreach (var line in Shown)
            {
                if (line.Key == "live")
                    images.AddFile(File.ReadAllBytes(line.Value));
                else
                    images.AddFrame(Given.Frame(line.Value));
            }
            return images;
        }

        private IEnumerable<KeyValuePair<string, string>> Shown =>
            given.Lines.Where(line => line.Key == "live" || line.Key == "frame");

        private void Tell(Assessment assessment, LiveImages images, bool nothingRead, string made)
        {
            var policy = ThePolicy();
            if (policy != null && assessment != null)
                Judge(assessment, policy);
            else
            {
                if (images != null && nothingRead && Shown.Any())
                    foreach (var digest in images.Digests())
                        result.Add("image", Hex.Text(digest));
                result.Add(assessment != null ? "assessment" : policy != null ? "policy" : made, "ok");
            }
            if (assessment != null)
                result.Add("portrait.length", (assessment.Portrait()?.Length ?? 0).ToString());
            if (card != null)
                result.Add("apdus", card.Asked.ToString());
        }

        private Policy ThePolicy()
        {
            if (given.First("policy") is string name)
                return Own(Policy.BuiltIn(name));
            return given.First("policy_file") is string file ? Own(Policy.FromToml(File.ReadAllBytes(file))) : null;
        }

        private void Judge(Assessment assessment, Policy policy)
        {
            var verdict = Own(policy.Decide(assessment));
            var fields = given.First("fields")?.Split(',') ?? new string[0];
            Results.Verdict(result, verdict, Own(verdict.Report(fields)));
        }

        private T Own<T>(T made) where T : IDisposable
        {
            owned.Push(made);
            return made;
        }

        private static byte[] Bytes(string text) => text == null ? null : Encoding.UTF8.GetBytes(text);
    }
}
