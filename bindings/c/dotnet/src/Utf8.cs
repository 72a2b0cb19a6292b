using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Chipid
{
    /// <summary>Text and lengths as C has them.</summary>
    internal static class Utf8
    {
        /// <summary>Half a surrogate pair is an error here, and never another character there.</summary>
        private static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);

        internal static byte[] Bytes(string text) => Strict.GetBytes(text);

        internal static string Text(byte[] bytes) => bytes == null ? null : Strict.GetString(bytes);

        /// <summary>Text of bytes that nobody else has: they are wiped, so that only the text is left of them.</summary>
        internal static string Taken(byte[] bytes)
        {
            try
            {
                return Text(bytes);
            }
            finally
            {
                if (bytes != null)
                    Array.Clear(bytes, 0, bytes.Length);
            }
        }

        /// <summary>Text of the library's, with a NUL behind it.</summary>
        internal static string Text(IntPtr text)
        {
            if (text == IntPtr.Zero)
                return null;
            var length = 0;
            while (Marshal.ReadByte(text, length) != 0)
                length++;
            var bytes = new byte[length];
            Marshal.Copy(text, bytes, 0, length);
            return Text(bytes);
        }

        internal static UIntPtr Size(this byte[] bytes) => bytes == null ? UIntPtr.Zero : new UIntPtr((uint)bytes.Length);
    }
}
