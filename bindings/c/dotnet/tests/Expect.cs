using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Chipid.Tests
{
    /// <summary>A test that cannot be run here; the message says why.</summary>
    internal sealed class Skipped : Exception
    {
        internal Skipped(string why) : base(why) { }
    }

    /// <summary>What must be.</summary>
    internal static class Expect
    {
        internal static void That(bool holds, string what)
        {
            if (!holds)
                throw new Exception("does not hold: " + what);
        }

        internal static void Same<T>(T expected, T found)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, found))
                throw new Exception("expected " + expected + ", found " + found);
        }

        internal static T Throws<T>(Action work) where T : Exception
        {
            try
            {
                work();
            }
            catch (T thrown) when (thrown.GetType() == typeof(T))
            {
                return thrown;
            }
            throw new Exception("nothing was thrown, expected " + typeof(T).Name);
        }

        internal static T Throws<T>(Func<Task> work) where T : Exception =>
            Throws<T>(() => work().GetAwaiter().GetResult());

        internal static ChipidException Code(int code, Action work)
        {
            var thrown = Throws<ChipidException>(work);
            Same((ErrorCode)code, thrown.Code);
            That(!string.IsNullOrEmpty(thrown.Message), "an error has a message");
            return thrown;
        }

        internal static ChipidException Code(int code, Func<Task> work) => Code(code, () => work().GetAwaiter().GetResult());
    }
}
