namespace Chipid
{
    /// <summary>What a ground does to an answer.</summary>
    public enum Severity
    {
        /// <summary>Not known to this library.</summary>
        Unknown = 0,
        /// <summary>Changes nothing.</summary>
        Note = 1,
        /// <summary>Makes it undecided.</summary>
        Doubt = 2,
        /// <summary>Rejects.</summary>
        Fatal = 3,
    }

    /// <summary>One reason for an answer. Nothing of the holder stands in it.</summary>
    public sealed class Ground
    {
        internal Ground(Report report, string place)
        {
            Code = report.Text(place + "/code");
            File = report.Text(place + "/file");
            Detail = report.Text(place + "/detail");
            switch (report.Text(place + "/severity"))
            {
                case "fatal": Severity = Severity.Fatal; break;
                case "doubt": Severity = Severity.Doubt; break;
                case "note": Severity = Severity.Note; break;
            }
        }

        /// <summary>The permanent code (docs/verdict.md): <c>face_mismatch</c>.</summary>
        public string Code { get; }

        /// <summary>What it does.</summary>
        public Severity Severity { get; }

        /// <summary>The file that it is about (<c>DG1</c>, <c>EF_SOD</c>), or null.</summary>
        public string File { get; }

        /// <summary>What more is to be said, or null.</summary>
        public string Detail { get; }

        /// <summary>The code.</summary>
        public override string ToString() => Code;
    }
}
