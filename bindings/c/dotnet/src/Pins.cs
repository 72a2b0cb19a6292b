using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>Holds arrays where they are, for a structure that points to them.</summary>
    internal sealed class Pins : IDisposable
    {
        private readonly List<GCHandle> pins = new List<GCHandle>();

        internal IntPtr At(byte[] bytes)
        {
            var pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            pins.Add(pin);
            return pin.AddrOfPinnedObject();
        }

        public void Dispose()
        {
            foreach (var pin in pins)
                pin.Free();
            pins.Clear();
        }
    }
}
