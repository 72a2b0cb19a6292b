using System;
using System.Collections.Generic;
using System.IO;

namespace Chipid.Member
{
    /// <summary>Models that were loaded, kept from one case to the next.</summary>
    internal sealed class Models : IDisposable
    {
        private readonly Dictionary<string, Faces> loaded = new Dictionary<string, Faces>();

        internal Faces Load(string folder, bool asBytes)
        {
            var name = folder + (asBytes ? " as bytes" : "");
            if (!loaded.TryGetValue(name, out var faces))
                loaded[name] = faces = asBytes ? OfBytes(folder) : Faces.Load(folder);
            return faces;
        }

        public void Dispose()
        {
            foreach (var faces in loaded.Values)
                faces.Dispose();
        }

        private static Faces OfBytes(string folder) => Faces.Load(
            File.ReadAllBytes(Path.Combine(folder, "face_detection_yunet_2023mar.onnx")),
            File.ReadAllBytes(Path.Combine(folder, "face_recognition_sface_2021dec_int8bq.onnx")));
    }
}
