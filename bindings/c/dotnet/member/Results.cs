using System.Globalization;
using Chipid.Wire;

namespace Chipid.Member
{
    /// <summary>Writes down what came of a case.</summary>
    internal static class Results
    {
        internal static void Error(Block result, ChipidException error)
        {
            result.Lines.Clear();
            result.Add("error.code", ((int)error.Code).ToString());
            if (error.FileName != null)
                result.Add("error.file", error.FileName);
            if (error.Offset is long offset)
                result.Add("error.offset", offset.ToString());
            if (error.StatusWord is int status)
                result.Add("error.status_word", status.ToString("X4"));
            if (error.TriesLeft is int tries)
                result.Add("error.tries_left", tries.ToString());
        }

        internal static void Verdict(Block result, Verdict verdict, Report report)
        {
            result.Add("verdict", verdict.Answer.ToString().ToLowerInvariant());
            foreach (var ground in report.Grounds)
                result.Add("ground", ground.Code + "|" + ground.Severity.ToString().ToLowerInvariant() + "|" + (ground.File ?? "-"));
            foreach (var check in report.Checks)
                result.Add("check." + check.Name, Status(check.Status) + "|" + (check.Reason ?? "-"));
            Holder(result, report.Holder);
            foreach (var difference in report.Differences)
                result.Add("difference", difference.Subject + "|" + difference.Code);
            if (report.FaceSimilarity is double similarity)
                result.Add("face.similarity", similarity.ToString("R", CultureInfo.InvariantCulture));
        }

        private static void Holder(Block result, Holder holder)
        {
            if (holder == null)
                return;
            result.Add("holder.trust", holder.Trust == HolderTrust.IssuerVerified ? "issuer_verified" : "signature_only");
            foreach (var field in holder.Fields)
                if (holder[field] is string value)
                    result.Add("holder." + field, value);
            foreach (var missing in holder.Missing)
                result.Add("holder.missing." + missing.Key, missing.Value);
        }

        private static string Status(CheckStatus status)
        {
            switch (status)
            {
                case CheckStatus.Passed: return "passed";
                case CheckStatus.Failed: return "failed";
                default: return "not_performed";
            }
        }
    }
}
