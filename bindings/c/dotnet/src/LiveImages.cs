using System;
using System.Collections.Generic;

namespace Chipid
{
    /// <summary>Where live images come from; policies ask for it. It is the application's word.</summary>
    public enum Capture
    {
        /// <summary>A file: it may show anybody at any time.</summary>
        File = 0,
        /// <summary>A camera that the program controls.</summary>
        Camera = 1,
        /// <summary>A station that is trusted as a whole.</summary>
        Station = 2,
        /// <summary>Another vendor's capture, by its word.</summary>
        External = 3,
    }

    /// <summary>Live images of one person at one moment, decoded; wiped when disposed of.</summary>
    public sealed class LiveImages : IDisposable
    {
        internal readonly LiveImagesHandle Handle;

        /// <summary>No image yet.</summary>
        /// <param name="capture">Where the images come from.</param>
        public LiveImages(Capture capture)
        {
            Library.MustFit();
            var code = Native.chipid_live_images_new(unchecked((uint)capture), out Handle, out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>Adds a JPEG, PNG or JPEG 2000 file.</summary>
        /// <param name="data">The file's bytes.</param>
        public void AddFile(byte[] data)
        {
            Given.Be(data, nameof(data));
            var code = Native.chipid_live_images_add_file(Handle, data, data.Size(), out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>Adds a camera's frame.</summary>
        /// <param name="frame">The frame; it is not looked at any more when this returns.</param>
        public void AddFrame(Frame frame)
        {
            Given.Be(frame, nameof(frame));
            frame.Use(native =>
            {
                var code = Native.chipid_live_images_add_frame(Handle, ref native, out var error);
                ChipidException.ThrowIf(code, error);
            });
        }

        /// <summary>
        /// What ties a liveness result to these images: SHA-256 for each in the order in which they were added, over a file's bytes as they
        /// were given; over a frame's upright pixels, after width and height (32 bits each, big-endian).
        /// </summary>
        public IReadOnlyList<byte[]> Digests()
        {
            var code = Native.chipid_live_images_digests(Handle, out var bytes, out var error);
            ChipidException.ThrowIf(code, error);
            return Digest.Apart(bytes.Take() ?? new byte[0]);
        }

        /// <summary>Wipes and frees them.</summary>
        public void Dispose() => Handle.Dispose();
    }
}
