using System;

namespace Chipid
{
    /// <summary>
    /// Both face models, loaded, for any number of threads at once. Loading takes a quarter of a second and some 100 MB: do it once. No
    /// package of chipid has the models: <c>chipid models fetch</c> gets them.
    /// </summary>
    public sealed class Faces : IDisposable
    {
        internal readonly FacesHandle Handle;

        private Faces(FacesHandle handle) { Handle = handle; }

        /// <summary>Loads both models from a folder, after checking their digests.</summary>
        /// <param name="folder">The folder's path.</param>
        public static Faces Load(string folder)
        {
            Given.Be(folder, nameof(folder));
            var utf8 = Utf8.Bytes(folder);
            Library.MustFit();
            var code = Native.chipid_faces_load(utf8, utf8.Size(), out var faces, out var error);
            ChipidException.ThrowIf(code, error);
            return new Faces(faces);
        }

        /// <summary>The same from bytes.</summary>
        /// <param name="detector">The detector's file.</param>
        /// <param name="recogniser">The recogniser's file.</param>
        public static Faces Load(byte[] detector, byte[] recogniser)
        {
            Given.Be(detector, nameof(detector));
            Given.Be(recogniser, nameof(recogniser));
            Library.MustFit();
            var code = Native.chipid_faces_load_bytes(
                detector, detector.Size(), recogniser, recogniser.Size(), out var faces, out var error);
            ChipidException.ThrowIf(code, error);
            return new Faces(faces);
        }

        /// <summary>Frees them.</summary>
        public void Dispose() => Handle.Dispose();
    }
}
