using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chipid.Wire;

namespace Chipid.Tests
{
    /// <summary>The cards that the conformance program serves for tests: bindings/conformance/README.md.</summary>
    internal static class Shelf
    {
        private static readonly int Port = int.Parse(Environment.GetEnvironmentVariable("CHIPID_CONFORMANCE_PORT"));
        private static readonly List<Block> Told =
            Block.Load(Path.Combine(Environment.GetEnvironmentVariable("CHIPID_CONFORMANCE_FOLDER"), "cards"));
        private static int taken;

        /// <summary>Whether it is there: cards with photographs are where those were fetched.</summary>
        internal static bool Has(string card) => Told.Any(block => block.First("id") == card);

        internal static string Of(string card, string attribute) =>
            Told.Single(block => block.First("id") == card).First(attribute)
            ?? throw new InvalidDataException(card + " has no " + attribute);

        internal static byte[] Bytes(string card, string attribute) => Encoding.UTF8.GetBytes(Of(card, attribute));

        /// <summary>A card of this kind that nobody has touched.</summary>
        internal static ServedCard Card(string card) =>
            new ServedCard(Port, card + "/dotnet-" + Interlocked.Increment(ref taken) + "-" + System.Diagnostics.Process.GetCurrentProcess().Id);

        internal static Reading Reading(string card = "vn")
        {
            using (var keys = Keys.FromCan(Bytes(card, "can")))
                return new Reading(keys);
        }

        internal static Trust Trust(string card = "vn", Anchor anchor = Anchor.IdentityCards)
        {
            var trust = new Trust();
            trust.Add(File.ReadAllBytes(Of(card, "csca")), "csca", anchor);
            return trust;
        }

        internal static Document Saved(string card = "vn") => Document.Load(Of(card, "folder"));

        internal static Assessment Assessment(string card = "vn")
        {
            using (var document = Saved(card))
            using (var trust = Trust(card))
                return new Assessment(document, trust);
        }

        internal static Verdict Verdict(Assessment assessment, string policy = "data-cleaning")
        {
            using (var named = Policy.BuiltIn(policy))
                return named.Decide(assessment);
        }
    }

    /// <summary>A transport that a test makes up.</summary>
    internal sealed class Transport : ICardTransport
    {
        private readonly Func<byte[], CancellationToken, Task<byte[]>> carry;

        internal Transport(Func<byte[], CancellationToken, Task<byte[]>> carry) { this.carry = carry; }

        public Task<byte[]> TransmitAsync(byte[] command, CancellationToken cancellation) => carry(command, cancellation);
    }

    /// <summary>Hears of progress on the thread that tells it.</summary>
    internal sealed class Heard : IProgress<ReadingProgress>
    {
        private readonly Action<ReadingProgress> hear;

        internal Heard(Action<ReadingProgress> hear) { this.hear = hear; }

        public void Report(ReadingProgress value) => hear(value);
    }
}
