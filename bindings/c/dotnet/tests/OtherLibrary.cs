using System;
using System.Text;

namespace Chipid.Tests
{
    /// <summary>What happens where the native library beside the assembly is another one: tests/other_library.c, in a process of its own.</summary>
    internal static class OtherLibrary
    {
        internal static int OfAnotherVersion()
        {
            Expect.Same("9.9.9", Library.Version);
            var makers = new Action[]
            {
                () => new Trust(), () => new Document(), () => Document.Load("x"), () => Faces.Load("x"), () => Faces.Load(new byte[1], new byte[1]),
                () => new LiveImages(Capture.File), () => Policy.BuiltIn("demo"), () => Policy.FromToml("x"), () => CardReader.List(),
                () => Keys.FromCan(new byte[6]), () => Keys.FromDocument(new byte[1], new byte[1], new byte[1]),
                () => Keys.FromNumberAndDays(new byte[1], 1, 1), () => ConfirmationAnswer.IsSignedBy(new byte[1], new byte[1], new byte[1]),
            };
            foreach (var maker in makers)
            {
                var refused = Expect.Throws<DllNotFoundException>(maker);
                Expect.That(refused.Message.Contains("9.9.9") && refused.Message.Contains("0.1.0"), "both versions are named");
            }
            Console.WriteLine("dotnet: 1 tests");
            return 0;
        }

        internal static int WithoutReaders()
        {
            Expect.Code(1005, () => { CardReader.List(); });
            using (var keys = Keys.FromCan(Encoding.ASCII.GetBytes("123456")))
            using (var reading = new Reading(keys))
            {
                Expect.Code(1005, () => { reading.ReadOnReader("", TimeSpan.Zero); });
                Expect.Code(1005, () => reading.ReadOnReaderAsync("", TimeSpan.Zero));
            }
            Console.WriteLine("dotnet: 1 tests");
            return 0;
        }
    }
}
