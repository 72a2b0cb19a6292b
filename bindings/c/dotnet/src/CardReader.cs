using System;
using System.Collections.Generic;

namespace Chipid
{
    /// <summary>A reader of this machine.</summary>
    public sealed class CardReader
    {
        internal CardReader(Report report, string place)
        {
            Name = report.Text(place + "/name");
            HasCard = report.Text(place + "/card") == "true";
        }

        /// <summary>Its name, as the smart card service has it.</summary>
        public string Name { get; }

        /// <summary>Whether a card lies on it.</summary>
        public bool HasCard { get; }

        /// <summary>The readers of this machine, through PC/SC.</summary>
        /// <exception cref="ChipidException">
        /// <see cref="ErrorCode.ServiceUnavailable"/> where there is no smart card service, or a native library that was built without readers.
        /// </exception>
        public static IReadOnlyList<CardReader> List()
        {
            Library.MustFit();
            try
            {
                var code = Native.chipid_readers_report(out var handle, out var error);
                ChipidException.ThrowIf(code, error);
                using (var report = new Report(handle))
                    return report.Each("/readers", place => new CardReader(report, place));
            }
            catch (EntryPointNotFoundException missing)
            {
                throw ChipidException.WithoutReaders(missing);
            }
        }

        /// <summary>Its name.</summary>
        public override string ToString() => Name;
    }
}
