using System;

namespace Chipid
{
    /// <summary>What a reading is doing. More may come: treat a number that has no name here as work under way.</summary>
    public enum ReadingPhase
    {
        /// <summary>Opening the chip.</summary>
        Access = 0,
        /// <summary>Reading a file.</summary>
        File = 1,
        /// <summary>Chip Authentication.</summary>
        ChipAuthentication = 2,
        /// <summary>Active Authentication.</summary>
        ActiveAuthentication = 3,
        /// <summary>Done.</summary>
        Done = 4,
    }

    /// <summary>How far a reading has come.</summary>
    public struct ReadingProgress
    {
        internal ReadingProgress(NativeProgress native)
        {
            Phase = (ReadingPhase)native.Phase;
            File = native.File == 0 ? (int?)null : unchecked((int)native.File);
            FileName = Utf8.Text(Native.chipid_file_name(native.File));
            BytesDone = checked((long)native.BytesDone.ToUInt64());
            BytesKnown = checked((long)native.BytesKnown.ToUInt64());
        }

        /// <summary>What it is doing.</summary>
        public ReadingPhase Phase { get; }

        /// <summary>The file that it is about (0x0101 for DG1).</summary>
        public int? File { get; }

        /// <summary>The short name of that file.</summary>
        public string FileName { get; }

        /// <summary>Bytes of files read so far.</summary>
        public long BytesDone { get; }

        /// <summary>Bytes of all files whose length is known so far.</summary>
        public long BytesKnown { get; }
    }
}
