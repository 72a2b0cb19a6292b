using System.Diagnostics;
using System.Reflection;

namespace Chipid.Tests
{
    /// <summary>A process that ends during a reading ends as it wants to.</summary>
    public static class EndingTests
    {
        public static void ReturningFromMain() => Ends("return-from-main");

        public static void ExitingBesideAReading() => Ends("exit-beside");

        public static void ExitingWithinATransmit() => Ends("exit-within-transmit");

        public static void ExitingWhileThreadsAreWithinTheLibrary() => Ends("exit-while-others-work");

        internal static void Ends(string how)
        {
            var clock = Stopwatch.StartNew();
            var program = Assembly.GetExecutingAssembly().Location;
            var start = new ProcessStartInfo("mono", "\"" + program + "\" " + how)
            {
                UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
            };
            using (var process = Process.Start(start))
            {
                var said = process.StandardError.ReadToEndAsync();
                if (!process.WaitForExit(30000))
                {
                    process.Kill();
                    Expect.That(false, how + " ends");
                }
                Expect.Same("", said.GetAwaiter().GetResult());
                Expect.Same(Ending.Code, process.ExitCode);
                Expect.That(clock.Elapsed.TotalSeconds < 15, how + " ends soon");
            }
        }
    }
}
