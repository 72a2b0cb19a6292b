using System;

namespace Chipid
{
    /// <summary>Looks at arguments.</summary>
    internal static class Given
    {
        internal static void Be(object argument, string name)
        {
            if (argument == null)
                throw new ArgumentNullException(name);
        }

        internal static byte[] Long(int length, byte[] bytes, string name) =>
            bytes?.Length == length ? bytes : throw new ArgumentException("it has " + length + " bytes", name);

        internal static uint Unsigned(int value, string name) =>
            value < 0 ? throw new ArgumentOutOfRangeException(name) : (uint)value;
    }
}
