using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Chipid
{
    /// <summary>What came of a check. Nought is that it was not performed.</summary>
    public enum CheckStatus
    {
        /// <summary>It was not performed.</summary>
        NotPerformed = 0,
        /// <summary>It passed.</summary>
        Passed = 1,
        /// <summary>It failed.</summary>
        Failed = 2,
    }

    /// <summary>One check.</summary>
    public sealed class Check
    {
        internal Check(Report report, string place)
        {
            Name = place.Substring(place.LastIndexOf('/') + 1);
            Reason = report.Text(place + "/reason");
            switch (report.Text(place + "/status"))
            {
                case "passed": Status = CheckStatus.Passed; break;
                case "failed": Status = CheckStatus.Failed; break;
            }
        }

        internal Check(string name) { Name = name; }

        /// <summary>Its name: <c>passive_authentication</c>.</summary>
        public string Name { get; }

        /// <summary>What came of it.</summary>
        public CheckStatus Status { get; }

        /// <summary>Why it did not pass; null where it did.</summary>
        public string Reason { get; }

        /// <summary>Name and status.</summary>
        public override string ToString() => Name + ": " + Status;
    }

    /// <summary>The checks, in their order and by name.</summary>
    public sealed class Checks : IReadOnlyList<Check>
    {
        private readonly IReadOnlyList<Check> all;

        internal Checks(IReadOnlyList<Check> all) { this.all = all; }

        /// <summary>Whether the chip opened: <c>access</c>.</summary>
        public Check Access => this["access"];

        /// <summary>Digests, signature and issuer: <c>passive_authentication</c>.</summary>
        public Check PassiveAuthentication => this["passive_authentication"];

        /// <summary>Whether the chip is no copy: <c>chip_genuine</c>.</summary>
        public Check ChipGenuine => this["chip_genuine"];

        /// <summary>Whether it has not expired: <c>document_validity</c>.</summary>
        public Check DocumentValidity => this["document_validity"];

        /// <summary>Whether the sources agree: <c>consistency</c>.</summary>
        public Check Consistency => this["consistency"];

        /// <summary>Whether the faces are one person's: <c>face</c>.</summary>
        public Check Face => this["face"];

        /// <summary>Whether the policy takes where the live image is from: <c>capture</c>.</summary>
        public Check Capture => this["capture"];

        /// <summary>The caller's liveness check: <c>liveness</c>.</summary>
        public Check Liveness => this["liveness"];

        /// <summary>What the issuer answered: <c>online</c>.</summary>
        public Check Online => this["online"];

        /// <summary>How many there are.</summary>
        public int Count => all.Count;

        /// <summary>The check in this place.</summary>
        /// <param name="index">The place, from 0.</param>
        public Check this[int index] => all[index];

        /// <summary>The check of this name; one that is not there was not performed.</summary>
        /// <param name="name">Its name.</param>
        public Check this[string name] => all.FirstOrDefault(check => check.Name == name) ?? new Check(name);

        /// <summary>Goes through them.</summary>
        public IEnumerator<Check> GetEnumerator() => all.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
