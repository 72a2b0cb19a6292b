using System;
using System.Collections.Generic;
using System.Globalization;

namespace Chipid
{
    /// <summary>
    /// What is known of a document and its holder, at one moment, value by value. It is wiped when disposed of; texts that were taken from it
    /// are the runtime's, which wipes nothing: ask for bytes (<see cref="Utf8"/>, <see cref="Holder.Utf8"/>) where that matters.
    /// </summary>
    public sealed class Report : IDisposable
    {
        internal readonly ReportHandle Handle;

        internal Report(ReportHandle handle) { Handle = handle; }

        /// <summary>The answer; undecided where no policy was asked.</summary>
        public Answer Answer
        {
            get
            {
                switch (Text("/verdict"))
                {
                    case "accept": return Answer.Accept;
                    case "reject": return Answer.Reject;
                    default: return Answer.Undecided;
                }
            }
        }

        /// <summary>Why, the worst first.</summary>
        public IReadOnlyList<Ground> Grounds => Each("/grounds", place => new Ground(this, place));

        /// <summary>What was checked, by name.</summary>
        public Checks Checks => new Checks(Each("/checks", place => new Check(this, place)));

        /// <summary>How alike the faces are, in [-1, 1]; null where none were compared.</summary>
        public double? FaceSimilarity => Number("/checks/face/similarity");

        /// <summary>What the chip says of its holder; null where digests and signature do not prove it.</summary>
        public Holder Holder => Names("/holder") == null ? null : new Holder(this);

        /// <summary>Where two sources contradict each other; values only of fields that are shown.</summary>
        public IReadOnlyList<Difference> Differences => Each("/differences", place => new Difference(this, place));

        /// <summary>
        /// The value at a place, as a JSON pointer names it (RFC 6901): <c>/policy/name</c>. Text as it is, a number in digits, <c>true</c> or
        /// <c>false</c>; an object or a list as JSON. Null where there is null or nothing.
        /// </summary>
        /// <param name="pointer">The place.</param>
        public string Text(string pointer) => Chipid.Utf8.Taken(Utf8(pointer));

        /// <summary>The same as UTF-8 bytes, which the caller can clear.</summary>
        /// <param name="pointer">The place.</param>
        public byte[] Utf8(string pointer)
        {
            Given.Be(pointer, nameof(pointer));
            var place = Chipid.Utf8.Bytes(pointer);
            var code = Native.chipid_report_value(Handle, place, place.Size(), out var value, out var error);
            ChipidException.ThrowIf(code, error);
            return value.Take();
        }

        /// <summary>
        /// What stands beneath a place: the keys of an object in their order, the places of a list. Null where there is neither.
        /// </summary>
        /// <param name="pointer">The place.</param>
        public IReadOnlyList<string> Names(string pointer)
        {
            Given.Be(pointer, nameof(pointer));
            var place = Chipid.Utf8.Bytes(pointer);
            var code = Native.chipid_report_names(Handle, place, place.Size(), out var names, out var error);
            ChipidException.ThrowIf(code, error);
            return Chipid.Utf8.Taken(names.Take())?.Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries);
        }

        /// <summary>The whole report as JSON, UTF-8 (test-vectors/schemas/verify.schema.json).</summary>
        public byte[] Json()
        {
            var code = Native.chipid_report_json(Handle, out var json, out var error);
            ChipidException.ThrowIf(code, error);
            return json.Take();
        }

        /// <summary>Wipes and frees it.</summary>
        public void Dispose() => Handle.Dispose();

        /// <summary>The fields' names as the library takes them.</summary>
        internal static byte[] Asked(string[] fields)
        {
            Given.Be(fields, nameof(fields));
            return Chipid.Utf8.Bytes(string.Join(",", fields));
        }

        internal double? Number(string pointer)
        {
            var text = Text(pointer);
            return text == null ? (double?)null : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        internal IReadOnlyList<T> Each<T>(string pointer, Func<string, T> make)
        {
            var all = new List<T>();
            foreach (var name in Names(pointer) ?? new string[0])
                all.Add(make(pointer + "/" + name));
            return all.AsReadOnly();
        }
    }
}
