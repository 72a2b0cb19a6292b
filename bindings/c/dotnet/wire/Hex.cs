using System;
using System.Linq;

namespace Chipid.Wire
{
    /// <summary>Hexadecimal digits.</summary>
    internal static class Hex
    {
        internal static byte[] Bytes(string digits) =>
            Enumerable.Range(0, digits.Length / 2).Select(place => Convert.ToByte(digits.Substring(2 * place, 2), 16)).ToArray();

        internal static string Text(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();
    }
}
