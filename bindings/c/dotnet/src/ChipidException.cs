using System;
using System.Threading;

namespace Chipid
{
    /// <summary>
    /// Work that could not be done. What is wrong with a document is never an exception: see <see cref="Verdict.Grounds"/>. Neither the
    /// message nor anything else here says who the holder is.
    /// </summary>
    public sealed class ChipidException : Exception
    {
        private ChipidException(ErrorCode code, string message, Exception cause) : base(message, cause) { Code = code; }

        /// <summary>The permanent code of the error; a later library may know more of them.</summary>
        public ErrorCode Code { get; }

        /// <summary>The file that the error is about (0x0101 for DG1), where it is about one; <see cref="FileName"/> says its name.</summary>
        public int? File { get; private set; }

        /// <summary>The short name of that file: <c>DG1</c>, <c>EF_SOD</c>.</summary>
        public string FileName { get; private set; }

        /// <summary>Where in the file the trouble is, in bytes.</summary>
        public long? Offset { get; private set; }

        /// <summary>What the chip answered: SW1 and SW2.</summary>
        public int? StatusWord { get; private set; }

        /// <summary>How many tries of the key the chip says are left.</summary>
        public int? TriesLeft { get; private set; }

        /// <summary>What went wrong on the way to the card, where it is that: then the same reading can be run again.</summary>
        public TransportError? Transport => Enum.IsDefined(typeof(TransportError), (int)Code) ? (TransportError)Code : (TransportError?)null;

        /// <summary>Frees the library's error, and throws where there is one.</summary>
        internal static void ThrowIf(int code, IntPtr error, Exception cause = null)
        {
            var thrown = Take(code, error, cause);
            if (thrown != null)
                throw thrown;
        }

        /// <summary>Frees the library's error; null where all is well.</summary>
        internal static ChipidException Take(int code, IntPtr error, Exception cause)
        {
            try
            {
                if (code == 0)
                    return null;
                var file = Native.chipid_error_file(error);
                return new ChipidException((ErrorCode)code, Utf8.Text(Native.chipid_error_message(error)), cause)
                {
                    File = file == 0 ? (int?)null : unchecked((int)file),
                    FileName = Utf8.Text(Native.chipid_file_name(file)),
                    Offset = Known(Native.chipid_error_offset(error)),
                    StatusWord = (int?)Known(Native.chipid_error_status_word(error)),
                    TriesLeft = (int?)Known(Native.chipid_error_tries_left(error)),
                };
            }
            finally
            {
                Native.chipid_error_free(ref error);
            }
        }

        /// <summary>What this side of the edge finds out before it asks the library.</summary>
        internal static ChipidException Busy(string why) => new ChipidException(ErrorCode.Busy, why, null);

        /// <summary>
        /// What a progress listener threw and the library does not come to hear of. What it says is the caller's, and not for a message here.
        /// </summary>
        internal static ChipidException OfListener(TransportError error, Exception cause) =>
            new ChipidException((ErrorCode)error, "the progress listener threw", cause);

        /// <summary>A library that was built without PC/SC has none of the functions of readers.</summary>
        internal static ChipidException WithoutReaders(EntryPointNotFoundException missing) =>
            new ChipidException(ErrorCode.ServiceUnavailable, "the native library was built without readers (PC/SC)", missing);

        internal static OperationCanceledException Cancelled(Exception cause, CancellationToken cancellation) =>
            new OperationCanceledException(
                "the reading was cancelled",
                new ChipidException(ErrorCode.Cancelled, "cancelled", cause),
                cancellation);

        private static long? Known(long value) => value < 0 ? (long?)null : value;
    }
}
