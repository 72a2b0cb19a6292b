using System;

namespace Chipid
{
    /// <summary>By what a document and a face are judged; for any number of threads at once.</summary>
    public sealed class Policy : IDisposable
    {
        internal readonly PolicyHandle Handle;

        private Policy(PolicyHandle handle) { Handle = handle; }

        /// <summary>A built-in policy.</summary>
        /// <param name="name">counter, transfer, one-stop, document-only, data-cleaning, reading-only or demo.</param>
        public static Policy BuiltIn(string name)
        {
            Given.Be(name, nameof(name));
            var utf8 = Utf8.Bytes(name);
            Library.MustFit();
            var code = Native.chipid_policy_built_in(utf8, utf8.Size(), out var policy, out var error);
            ChipidException.ThrowIf(code, error);
            return new Policy(policy);
        }

        /// <summary>A policy of one's own.</summary>
        /// <param name="toml">The text of the policy's file.</param>
        public static Policy FromToml(string toml)
        {
            Given.Be(toml, nameof(toml));
            return FromToml(Utf8.Bytes(toml));
        }

        /// <summary>A policy of one's own.</summary>
        /// <param name="toml">The bytes of the policy's file, UTF-8.</param>
        public static Policy FromToml(byte[] toml)
        {
            Given.Be(toml, nameof(toml));
            Library.MustFit();
            var code = Native.chipid_policy_from_toml(toml, toml.Size(), out var policy, out var error);
            ChipidException.ThrowIf(code, error);
            return new Policy(policy);
        }

        /// <summary>Decides. The assessment may be disposed of afterwards; it cannot be changed while the verdict lives.</summary>
        /// <param name="assessment">What is known.</param>
        public Verdict Decide(Assessment assessment)
        {
            Given.Be(assessment, nameof(assessment));
            var code = Native.chipid_policy_decide(Handle, assessment.Handle, out var verdict, out var error);
            ChipidException.ThrowIf(code, error);
            return new Verdict(verdict);
        }

        /// <summary>Frees it.</summary>
        public void Dispose() => Handle.Dispose();
    }
}
