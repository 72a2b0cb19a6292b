// Runs the tests: public static methods without parameters of classes whose name ends in Tests, or of the class OnAReader where a reader is
// named in the environment. Each has a minute.
using System;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    internal static class Program
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        private static int skipped;

        private static int Main(string[] arguments)
        {
            switch (arguments.FirstOrDefault())
            {
                case null: return All();
                case "structures": return Structures.Print();
                case "another-version": return OtherLibrary.OfAnotherVersion();
                case "without-readers": return OtherLibrary.WithoutReaders();
                default: return Ending.Run(arguments[0]);
            }
        }

        private static int All()
        {
            var classes = Environment.GetEnvironmentVariable("CHIPID_TEST_READER") == null ? "Tests" : "OnAReader";
            var tests = typeof(Program).Assembly.GetTypes()
                .Where(type => type.Name.EndsWith(classes, StringComparison.Ordinal))
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .OrderBy(test => test.DeclaringType.Name).ThenBy(test => test.Name).ToList();
            var failed = tests.Count(test => !Passes(test));
            var ran = tests.Count - skipped;
            if (failed != 0)
            {
                Console.WriteLine("{0} of {1} tests failed", failed, tests.Count);
                return 1;
            }
            Console.WriteLine("dotnet: {0} tests", ran);
            return 0;
        }

        private static bool Passes(MethodInfo test)
        {
            var name = test.DeclaringType.Name + "." + test.Name;
            var run = Task.Run(() => test.Invoke(null, null) as Task ?? Task.CompletedTask);
            try
            {
                if (run.Wait(Patience))
                    return true;
                Console.WriteLine("FAILED {0}: it hangs", name);
            }
            catch (AggregateException trouble)
            {
                var cause = trouble.GetBaseException();
                var left = (cause as TargetInvocationException)?.InnerException ?? cause;
                if (left is Skipped)
                {
                    Console.WriteLine("SKIPPED {0}: {1}", name, left.Message);
                    skipped++;
                    return true;
                }
                Console.WriteLine("FAILED {0}: {1}", name, left);
            }
            return false;
        }
    }
}
