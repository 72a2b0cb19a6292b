using System;
using System.Collections.Generic;

namespace Chipid
{
    /// <summary>
    /// Stands between the library and the caller's listener. In a reading step by step, what the library tells is kept until the step has
    /// returned, so that nobody's code runs within the library. On a reader, where one call reads it all, it is passed on at once; what the
    /// listener throws stays here and stops the reading.
    /// </summary>
    internal sealed class ProgressListener
    {
        private readonly ReadingHandle reading;
        /// <summary>Held here for as long as the library may call it.</summary>
        private readonly Native.OnProgress callback;
        private readonly List<NativeProgress> told = new List<NativeProgress>();
        private IProgress<ReadingProgress> progress;
        private Canceller stop;
        private bool listens;

        internal ProgressListener(ReadingHandle reading)
        {
            this.reading = reading;
            callback = Take;
        }

        /// <summary>What the listener threw while a call was under way, or null.</summary>
        internal Exception Thrown { get; private set; }

        /// <summary>Tells this one from now on, or nobody: at once where there is something to stop, else when asked to.</summary>
        internal void Listen(IProgress<ReadingProgress> listener, Canceller atOnce = null)
        {
            told.Clear();
            Thrown = null;
            stop = atOnce;
            progress = listener;
            if (listener == null || listens)
                return;
            var code = Native.chipid_reading_on_progress(reading, callback, IntPtr.Zero, out var error);
            ChipidException.ThrowIf(code, error);
            listens = true;
        }

        /// <summary>Passes on what was told since; what the listener threw, as a trouble on the way to the card, or null.</summary>
        internal Carried Tell()
        {
            try
            {
                foreach (var native in told)
                    progress.Report(new ReadingProgress(native));
                return null;
            }
            catch (Exception thrown)
            {
                return Carried.Failed(thrown);
            }
            finally
            {
                told.Clear();
            }
        }

        /// <summary>Called by the library: nothing may be thrown from here.</summary>
        private void Take(IntPtr user, ref NativeProgress native)
        {
            try
            {
                if (progress == null || Thrown != null)
                    return;
                if (stop == null)
                    told.Add(native);
                else
                    progress.Report(new ReadingProgress(native));
            }
            catch (Exception thrown)
            {
                Thrown = thrown;
                stop?.Cancel();
            }
        }
    }
}
