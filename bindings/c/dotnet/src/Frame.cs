using System;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>
    /// A frame as a camera gives it; nothing of it is copied before the library does. Luminance and chrominance are taken as JFIF has them
    /// (BT.601, full range).
    /// </summary>
    public sealed class Frame
    {
        private readonly Plane[] planes;
        private readonly uint format;

        private Frame(uint format, int width, int height, int rotation, params Plane[] planes)
        {
            foreach (var plane in planes)
                Given.Be(plane, nameof(planes));
            this.format = format;
            this.planes = planes;
            Width = width;
            Height = height;
            Rotation = rotation;
        }

        /// <summary>Width in pixels, as the sensor has it.</summary>
        public int Width { get; }

        /// <summary>Height in pixels.</summary>
        public int Height { get; }

        /// <summary>By how much it must be turned clockwise to stand upright: 0, 90, 180 or 270.</summary>
        public int Rotation { get; }

        /// <summary>Red, green, blue by turns.</summary>
        /// <param name="pixels">The one plane; its pixel stride is 3.</param>
        /// <param name="width">Width in pixels.</param>
        /// <param name="height">Height in pixels.</param>
        /// <param name="rotation">0, 90, 180 or 270.</param>
        public static Frame Rgb(Plane pixels, int width, int height, int rotation = 0) =>
            new Frame(0, width, height, rotation, pixels);

        /// <summary>Blue, green, red, alpha by turns.</summary>
        /// <param name="pixels">The one plane; its pixel stride is 4.</param>
        /// <param name="width">Width in pixels.</param>
        /// <param name="height">Height in pixels.</param>
        /// <param name="rotation">0, 90, 180 or 270.</param>
        public static Frame Bgra(Plane pixels, int width, int height, int rotation = 0) =>
            new Frame(1, width, height, rotation, pixels);

        /// <summary>Luminance, then V and U by turns at half the size.</summary>
        /// <param name="luminance">Its pixel stride is 1.</param>
        /// <param name="vu">Its pixel stride is 2.</param>
        /// <param name="width">Width in pixels.</param>
        /// <param name="height">Height in pixels.</param>
        /// <param name="rotation">0, 90, 180 or 270.</param>
        public static Frame Nv21(Plane luminance, Plane vu, int width, int height, int rotation = 0) =>
            new Frame(2, width, height, rotation, luminance, vu);

        /// <summary>
        /// Luminance, U and V, the latter two at half the size. NV12 is this too: U from the first, V from the second byte of its second
        /// plane, with a pixel stride of 2.
        /// </summary>
        /// <param name="luminance">Its pixel stride is 1.</param>
        /// <param name="u">Its pixel stride is 1 or 2.</param>
        /// <param name="v">Its pixel stride is 1 or 2.</param>
        /// <param name="width">Width in pixels.</param>
        /// <param name="height">Height in pixels.</param>
        /// <param name="rotation">0, 90, 180 or 270.</param>
        public static Frame Yuv420(Plane luminance, Plane u, Plane v, int width, int height, int rotation = 0) =>
            new Frame(3, width, height, rotation, luminance, u, v);

        /// <summary>Holds the planes where they are while <paramref name="use"/> looks at them.</summary>
        internal void Use(Action<NativeFrame> use)
        {
            using (var pins = new Pins())
            {
                use(new NativeFrame
                {
                    Size = new UIntPtr((uint)Marshal.SizeOf(typeof(NativeFrame))),
                    Width = Given.Unsigned(Width, nameof(Width)),
                    Height = Given.Unsigned(Height, nameof(Height)),
                    Format = format,
                    Rotation = Given.Unsigned(Rotation, nameof(Rotation)),
                    First = planes[0].Pin(pins),
                    Second = planes.Length > 1 ? planes[1].Pin(pins) : default(NativePlane),
                    Third = planes.Length > 2 ? planes[2].Pin(pins) : default(NativePlane),
                });
            }
        }
    }

    /// <summary>One plane of samples: an array or a part of one, or memory that something else owns.</summary>
    public sealed class Plane
    {
        private readonly ArraySegment<byte> samples;
        private readonly IntPtr data;
        private readonly int length;
        private readonly int rowStride;
        private readonly int pixelStride;

        /// <summary>Samples in an array or a part of one.</summary>
        /// <param name="samples">The samples, with whatever padding lies between.</param>
        /// <param name="rowStride">Bytes from one row to the next.</param>
        /// <param name="pixelStride">Bytes from one sample to the next.</param>
        public Plane(ArraySegment<byte> samples, int rowStride, int pixelStride)
            : this(IntPtr.Zero, samples.Count, rowStride, pixelStride)
        {
            Given.Be(samples.Array, nameof(samples));
            this.samples = samples;
        }

        /// <summary>Samples in an array.</summary>
        /// <param name="samples">The samples, with whatever padding lies between.</param>
        /// <param name="rowStride">Bytes from one row to the next.</param>
        /// <param name="pixelStride">Bytes from one sample to the next.</param>
        public Plane(byte[] samples, int rowStride, int pixelStride) : this(Whole(samples), rowStride, pixelStride) { }

        /// <summary>Samples in memory that stays where it is for as long as the frame is added.</summary>
        /// <param name="data">The first byte.</param>
        /// <param name="length">How many bytes.</param>
        /// <param name="rowStride">Bytes from one row to the next.</param>
        /// <param name="pixelStride">Bytes from one sample to the next.</param>
        public Plane(IntPtr data, int length, int rowStride, int pixelStride)
        {
            Given.Unsigned(length, nameof(length));
            Given.Unsigned(rowStride, nameof(rowStride));
            Given.Unsigned(pixelStride, nameof(pixelStride));
            this.data = data;
            this.length = length;
            this.rowStride = rowStride;
            this.pixelStride = pixelStride;
        }

        internal NativePlane Pin(Pins pins)
        {
            var place = samples.Array == null ? data : IntPtr.Add(pins.At(samples.Array), samples.Offset);
            return new NativePlane
            {
                Data = place,
                Length = new UIntPtr((uint)length),
                RowStride = new UIntPtr((uint)rowStride),
                PixelStride = new UIntPtr((uint)pixelStride),
            };
        }

        private static ArraySegment<byte> Whole(byte[] samples)
        {
            Given.Be(samples, nameof(samples));
            return new ArraySegment<byte>(samples);
        }
    }
}
