// The member of the conformance run: bindings/conformance/README.md says what it is given and what it writes.
using System;
using System.Linq;
using Chipid.Wire;

namespace Chipid.Member
{
    internal static class Program
    {
        private static int Main()
        {
            var port = int.Parse(Environment.GetEnvironmentVariable("CHIPID_CONFORMANCE_PORT") ?? "0");
            var cases = Block.Load(Environment.GetEnvironmentVariable("CHIPID_CONFORMANCE_CASES"));
            var results = Environment.GetEnvironmentVariable("CHIPID_CONFORMANCE_RESULTS");
            using (var models = new Models())
            {
                if (Environment.GetEnvironmentVariable("CHIPID_CONFORMANCE_MODE") == "overhead")
                    Block.Save(results, new[] { Overhead.Measured(cases.Single(), models) });
                else
                    Block.Save(results, cases.Select(given => Case.Carried(given, port, models)).ToList());
            }
            return 0;
        }
    }
}
