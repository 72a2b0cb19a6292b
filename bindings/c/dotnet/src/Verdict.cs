using System;
using System.Collections.Generic;

namespace Chipid
{
    /// <summary>The answer. Nought is *undecided*, so that a variable that nobody set accepts nobody.</summary>
    public enum Answer
    {
        /// <summary>Nobody can say: a person decides, or something is done and asked again.</summary>
        Undecided = 0,
        /// <summary>Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder.</summary>
        Accept = 1,
        /// <summary>Not.</summary>
        Reject = 2,
    }

    /// <summary>The answer, with its grounds; read by any number of threads at once.</summary>
    public sealed class Verdict : IDisposable
    {
        internal readonly VerdictHandle Handle;
        private readonly Lazy<Stated> stated;

        internal Verdict(VerdictHandle handle)
        {
            Handle = handle;
            stated = new Lazy<Stated>(State);
        }

        /// <summary>The answer. Whatever is not clearly accept or reject is undecided.</summary>
        public Answer Answer
        {
            get
            {
                if (Handle.IsClosed)
                    return Answer.Undecided;
                switch (Native.chipid_verdict_answer(Handle))
                {
                    case (int)Answer.Accept: return Answer.Accept;
                    case (int)Answer.Reject: return Answer.Reject;
                    default: return Answer.Undecided;
                }
            }
        }

        /// <summary>Why, the worst first.</summary>
        public IReadOnlyList<Ground> Grounds => stated.Value.Grounds;

        /// <summary>What was checked, by name.</summary>
        public Checks Checks => stated.Value.Checks;

        /// <summary>How alike the faces are, in [-1, 1]; null where none were compared.</summary>
        public double? FaceSimilarity => stated.Value.FaceSimilarity;

        /// <summary>The whole of it, with what of the holder is asked for.</summary>
        /// <param name="fields">
        /// What of the holder is given (<c>name</c>, <c>personal_number</c>); none for what is given unasked.
        /// </param>
        public Report Report(params string[] fields)
        {
            var names = Chipid.Report.Asked(fields);
            var code = Native.chipid_report_new(Handle, names, names.Size(), out var report, out var error);
            ChipidException.ThrowIf(code, error);
            return new Report(report);
        }

        /// <summary>Wipes and frees it.</summary>
        public void Dispose() => Handle.Dispose();

        private Stated State()
        {
            using (var report = Report())
                return new Stated { Grounds = report.Grounds, Checks = report.Checks, FaceSimilarity = report.FaceSimilarity };
        }

        /// <summary>What says nothing of the holder, kept.</summary>
        private sealed class Stated
        {
            internal IReadOnlyList<Ground> Grounds;
            internal Checks Checks;
            internal double? FaceSimilarity;
        }
    }
}
