using System; using System.IO; using System.Text; using Chipid;
class TenLines {
    static void Main() {
        using (var keys = Keys.FromCan(Encoding.ASCII.GetBytes(Environment.GetEnvironmentVariable("CHIPID_TEST_CAN"))))
        using (var reading = new Reading(keys))
        using (var document = reading.ReadOnReader(Environment.GetEnvironmentVariable("CHIPID_TEST_READER"), TimeSpan.FromSeconds(30)))
        using (var trust = new Trust()) {
            trust.Add(File.ReadAllBytes(Environment.GetEnvironmentVariable("CHIPID_TEST_CSCA")), "csca", Anchor.IdentityCards);
            using (var assessment = new Assessment(document, trust)) using (var policy = Policy.BuiltIn("document-only"))
                using (var verdict = policy.Decide(assessment)) Console.WriteLine(verdict.Answer); } } }
