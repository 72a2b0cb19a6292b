using System.Collections.Generic;

namespace Chipid
{
    /// <summary>Two sources that contradict each other.</summary>
    public sealed class Difference
    {
        internal Difference(Report report, string place)
        {
            Subject = report.Text(place + "/subject");
            Code = report.Text(place + "/code");
            Between = report.Each(place + "/between", at => new Source(report, at));
        }

        /// <summary>What they speak of: <c>name</c>, <c>birth</c> …</summary>
        public string Subject { get; }

        /// <summary>The code of the ground that says the same: <c>name_mismatch</c>.</summary>
        public string Code { get; }

        /// <summary>What each of them says.</summary>
        public IReadOnlyList<Source> Between { get; }

        /// <summary>Subject and code, and no value.</summary>
        public override string ToString() => Subject + ": " + Code;

        /// <summary>One of the sources.</summary>
        public sealed class Source
        {
            internal Source(Report report, string place)
            {
                Name = report.Text(place + "/source");
                Value = report.Text(place + "/value");
            }

            /// <summary>Which: <c>dg1</c>, <c>dg13</c>, <c>qr</c>, <c>typed</c> …</summary>
            public string Name { get; }

            /// <summary>What it says; null where the field is not shown.</summary>
            public string Value { get; }

            /// <summary>Its name, and no value.</summary>
            public override string ToString() => Name;
        }
    }
}
