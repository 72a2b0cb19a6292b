using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chipid.Wire;

namespace Chipid.Member
{
    /// <summary>What the language costs: a reading of a replayed chip, and a comparison of faces, through the public surface.</summary>
    internal static class Overhead
    {
        /// <summary>A chip without access control looks at no key.</summary>
        private const string AnyZone =
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

        internal static Block Measured(Block given, Models models)
        {
            var result = new Block();
            var runs = int.Parse(given.First("runs"));
            var card = new Replay(given.First("replay"));
            using (var keys = Keys.FromMrz(Encoding.ASCII.GetBytes(AnyZone)))
            {
                var reading = Median(runs, () => { }, () => Read(keys, card));
                result.Add("reading_us", Number(reading));
                result.Add("apdus", card.Carried.ToString());
            }
            if (given.First("models") is string folder)
                result.Add("comparison_us", Number(Comparison(given, runs, models.Load(folder, false))));
            return result;
        }

        private static void Read(Keys keys, Replay card)
        {
            card.Carried = 0;
            using (var reading = new Reading(keys))
            using (reading.ReadAsync(card).GetAwaiter().GetResult())
            {
            }
        }

        private static double Comparison(Block given, int runs, Faces faces)
        {
            using (var trust = new Trust())
            using (var document = Document.Load(given.First("folder")))
            using (var images = new LiveImages(Capture.File))
            {
                trust.Add(File.ReadAllBytes(given.First("trust.any")), "csca");
                images.AddFile(File.ReadAllBytes(given.First("live")));
                Assessment assessment = null;
                var median = Median(
                    runs,
                    () =>
                    {
                        assessment?.Dispose();
                        assessment = new Assessment(document, trust);
                    },
                    () => assessment.CompareFace(faces, images));
                assessment.Dispose();
                return median;
            }
        }

        /// <summary>Microseconds; one run before them does not count.</summary>
        private static double Median(int runs, Action prepare, Action run)
        {
            var times = new List<double>();
            for (var number = 0; number <= runs; number++)
            {
                prepare();
                var clock = Stopwatch.StartNew();
                run();
                if (number != 0)
                    times.Add(clock.Elapsed.TotalMilliseconds * 1000);
            }
            times.Sort();
            return times[times.Count / 2];
        }

        private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

        private sealed class Replay : ICardTransport
        {
            private readonly Dictionary<string, byte[]> responses = new Dictionary<string, byte[]>();
            internal int Carried;

            internal Replay(string file)
            {
                foreach (var line in File.ReadAllLines(file).Where(line => line.Length != 0))
                    responses[Key(Hex.Bytes(line.Split(' ')[0]))] = Hex.Bytes(line.Split(' ')[1]);
            }

            public Task<byte[]> TransmitAsync(byte[] command, CancellationToken cancellation)
            {
                Carried++;
                return responses.TryGetValue(Key(command), out var response)
                    ? Task.FromResult(response)
                    : throw new TransportException(TransportError.ReplayDiverged);
            }

            private static string Key(byte[] command) => Convert.ToBase64String(command);
        }
    }
}
