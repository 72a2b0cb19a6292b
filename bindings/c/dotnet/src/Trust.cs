using System;

namespace Chipid
{
    /// <summary>What an anchor is taken for.</summary>
    public enum Anchor
    {
        /// <summary>A CSCA certificate, a master list or a revocation list, DER or PEM.</summary>
        Any = 0,
        /// <summary>A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for.</summary>
        IdentityCards = 1,
        /// <summary>A certificate that may vouch for the signers of master lists, and for nothing else.</summary>
        ListRoot = 2,
    }

    /// <summary>
    /// Trust anchors. It is filled first, and used then, by as many threads as like: after its first use nothing can be added.
    /// </summary>
    public sealed class Trust : IDisposable
    {
        internal readonly TrustHandle Handle;

        /// <summary>An empty store.</summary>
        public Trust()
        {
            Library.MustFit();
            var code = Native.chipid_trust_new(out Handle, out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>
        /// Adds an anchor or a list. After an exception the store is of no more use. What only shows when all is together (a list whose
        /// signer nobody vouches for) is an exception of the first <see cref="Assessment"/>.
        /// </summary>
        /// <param name="data">DER or PEM.</param>
        /// <param name="name">Says where it is from, for the report.</param>
        /// <param name="anchor">What it is taken for.</param>
        public void Add(byte[] data, string name, Anchor anchor = Anchor.Any)
        {
            var asked = false;
            try
            {
                Given.Be(data, nameof(data));
                Given.Be(name, nameof(name));
                var utf8 = Utf8.Bytes(name);
                var code = Native.chipid_trust_add(
                    Handle, data, data.Size(), utf8, utf8.Size(), unchecked((uint)anchor), out var error);
                asked = true;
                ChipidException.ThrowIf(code, error);
            }
            finally
            {
                if (!asked && !Handle.IsClosed)
                    Spoil();
            }
        }

        /// <summary>
        /// Has the library know of what failed here, before it was asked: else the store would go on without what was to be added. An anchor of no
        /// kind is refused, and a store that refused something is of no more use; one that was used already stays as it is.
        /// </summary>
        private void Spoil()
        {
            Native.chipid_trust_add(Handle, null, UIntPtr.Zero, null, UIntPtr.Zero, uint.MaxValue, out var error);
            Native.chipid_error_free(ref error);
        }

        /// <summary>Frees it.</summary>
        public void Dispose() => Handle.Dispose();
    }
}
