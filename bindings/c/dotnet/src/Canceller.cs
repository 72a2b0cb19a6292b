using System;
using System.Threading.Tasks;

namespace Chipid
{
    /// <summary>Stops a reading on a reader.</summary>
    internal sealed class Canceller : IDisposable
    {
        internal readonly CancelHandle Handle;

        internal Canceller()
        {
            var code = Native.chipid_cancel_new(out Handle, out var error);
            ChipidException.ThrowIf(code, error);
            AppDomain.CurrentDomain.ProcessExit += End;
        }

        /// <summary>
        /// Does not wait: the library's call returns when a wait for a card has ended, and whoever cancels may be drawing a window.
        /// </summary>
        internal void Cancel() => Task.Run(() => Now());

        private void Now()
        {
            try
            {
                Native.chipid_cancel_cancel(Handle);
            }
            catch (ObjectDisposedException)
            {
                // What was to be stopped has ended by itself.
            }
        }

        public void Dispose()
        {
            AppDomain.CurrentDomain.ProcessExit -= End;
            Handle.Dispose();
        }

        /// <summary>Mono ends no process while a thread is within a native call, however long that waits for a card.</summary>
        private void End(object sender, EventArgs ending) => Now();
    }
}
