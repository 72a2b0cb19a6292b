using System;
using System.Collections.Generic;

namespace Chipid
{
    /// <summary>SHA-256 digests, one behind the other as C has them.</summary>
    internal static class Digest
    {
        internal const int Length = 32;

        internal static byte[] Together(IReadOnlyList<byte[]> digests, string name)
        {
            Given.Be(digests, name);
            var together = new byte[digests.Count * Length];
            for (var place = 0; place < digests.Count; place++)
                Buffer.BlockCopy(Given.Long(Length, digests[place], name), 0, together, place * Length, Length);
            return together;
        }

        internal static IReadOnlyList<byte[]> Apart(byte[] together)
        {
            var digests = new byte[together.Length / Length][];
            for (var place = 0; place < digests.Length; place++)
            {
                digests[place] = new byte[Length];
                Buffer.BlockCopy(together, place * Length, digests[place], 0, Length);
            }
            return digests;
        }
    }
}
