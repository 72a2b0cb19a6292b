using System.Collections.Generic;
using System.Linq;

namespace Chipid
{
    /// <summary>By whose word the holder's data stand. Nought is the least.</summary>
    public enum HolderTrust
    {
        /// <summary>Signed, and nobody vouches for the signer.</summary>
        SignatureOnly = 0,
        /// <summary>Signed by an issuer that is trusted.</summary>
        IssuerVerified = 1,
    }

    /// <summary>What the chip says of its holder; for as long as the <see cref="Report"/> is not disposed of.</summary>
    public sealed class Holder
    {
        private const string Place = "/holder";
        private static readonly string[] About = { "trust", "missing", "derived" };
        private readonly Report report;

        internal Holder(Report report) { this.report = report; }

        /// <summary>By whose word.</summary>
        public HolderTrust Trust =>
            report.Text(Place + "/trust") == "issuer_verified" ? HolderTrust.IssuerVerified : HolderTrust.SignatureOnly;

        /// <summary>The names of the fields that are given, in their order.</summary>
        public IReadOnlyList<string> Fields => report.Names(Place).Where(name => !About.Contains(name)).ToArray();

        /// <summary>Why a field has no value, by its name: <c>empty</c>, <c>absent</c> …</summary>
        public IReadOnlyDictionary<string, string> Missing
        {
            get
            {
                var names = report.Names(Place + "/missing") ?? new string[0];
                return names.ToDictionary(name => name, name => report.Text(Place + "/missing/" + name));
            }
        }

        /// <summary>Fields that are concluded from others and stand nowhere on the chip.</summary>
        public IReadOnlyList<string> Derived => report.Each(Place + "/derived", report.Text);

        /// <summary>A field's value (<c>name</c>, <c>personal_number</c>); null where it has none.</summary>
        /// <param name="field">Its name.</param>
        public string this[string field] => report.Text(At(field));

        /// <summary>The same as UTF-8 bytes, which the caller can clear.</summary>
        /// <param name="field">Its name.</param>
        public byte[] Utf8(string field) => report.Utf8(At(field));

        /// <summary>Names no value.</summary>
        public override string ToString() => "Holder (" + Trust + ")";

        private static string At(string field)
        {
            Given.Be(field, nameof(field));
            return Place + "/" + field.Replace("~", "~0").Replace("/", "~1");
        }
    }
}
