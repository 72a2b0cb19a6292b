package chipid

import java.nio.ByteBuffer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import chipid.ffi.LiveImages as NativeLiveImages

/** Where live images come from; policies ask for it. It is the application's word. */
public enum class Capture {
    /** A file: it may show anybody at any time. */
    FILE,

    /** A camera that the program controls. */
    CAMERA,

    /** A station that is trusted as a whole. */
    STATION,

    /** Another vendor's capture, by its word. */
    EXTERNAL,
}

/** Live images of one person, decoded. */
public class LiveImages(capture: Capture) : AutoCloseable {
    internal val handle = Handle(translating { NativeLiveImages(capture.toNative()) })

    /** Adds a JPEG, PNG or JPEG 2000 file's bytes. */
    public suspend fun add(file: ByteArray): Unit = withContext(Dispatchers.Default) {
        lending(file) { lent -> handle { it.addFile(lent) } }
    }

    /**
     * Adds a camera's frame. Planes in direct buffers, as cameras give them, are read where they lie; others are copied once.
     * The frame can be let go afterwards.
     */
    public suspend fun add(frame: Frame): Unit = withContext(Dispatchers.Default) { handle { it.add(frame) } }

    /**
     * What ties a liveness result to these images: SHA-256, 32 bytes for each in the order in which they were added, over a
     * file's bytes as they were given; over a frame's upright pixels, after width and height (32 bits each, big-endian).
     */
    public suspend fun digests(): List<ByteArray> = withContext(Dispatchers.Default) { handle { it.digests() } }

    /** Wipes them. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    /** Shows nothing of them. */
    override fun toString(): String = "LiveImages"
}

/** By how much a frame must be turned clockwise to stand upright. */
public enum class Rotation(
    /** The angle. */
    public val degrees: Int,
) {
    /** It stands upright. */
    NONE(0),

    /** A quarter. */
    CLOCKWISE_90(90),

    /** Upside down. */
    HALF(180),

    /** Three quarters. */
    CLOCKWISE_270(270),
    ;

    public companion object {
        /**
         * The rotation by that many degrees.
         *
         * @throws ChipidException (8905) where that is none of 0, 90, 180, 270.
         */
        @JvmStatic
        public fun ofDegrees(degrees: Int): Rotation =
            entries.firstOrNull { it.degrees == degrees } ?: throw unknownValue("0, 90, 180 or 270 degrees")
    }
}

/**
 * One plane of samples, from the buffer's position to its limit; neither is moved.
 *
 * @property data the samples, with whatever padding lies between.
 * @property rowStride bytes from one row to the next.
 * @property pixelStride bytes from one sample to the next.
 */
public class Plane(public val data: ByteBuffer, public val rowStride: Int, public val pixelStride: Int = 1)

/** The order of samples in a frame. */
public enum class PixelFormat {
    /** Red, green, blue. */
    RGB,

    /** Blue, green, red, alpha. */
    BGRA,

    /** Luminance, then V and U by turns at half the size. */
    NV21,

    /** Luminance, U and V, the latter two at half the size (YUV_420_888). */
    YUV420,
}

/**
 * A frame as a camera gives it. Luminance and chrominance are taken as JFIF has them (BT.601, full range).
 *
 * @property format the order of samples.
 * @property width in pixels, as the sensor has it.
 * @property height in pixels.
 * @property rotation by how much it must be turned clockwise to stand upright.
 * @property planes as many as the format has.
 */
public class Frame private constructor(
    public val format: PixelFormat,
    public val width: Int,
    public val height: Int,
    public val rotation: Rotation,
    public val planes: List<Plane>,
) {
    public companion object {
        /** Red, green, blue in one plane; its pixel stride is 3, or 4 where a byte lies between. */
        @JvmStatic
        @JvmOverloads
        public fun rgb(width: Int, height: Int, plane: Plane, rotation: Rotation = Rotation.NONE): Frame =
            Frame(PixelFormat.RGB, width, height, rotation, listOf(plane))

        /** Blue, green, red, alpha in one plane. */
        @JvmStatic
        @JvmOverloads
        public fun bgra(width: Int, height: Int, plane: Plane, rotation: Rotation = Rotation.NONE): Frame =
            Frame(PixelFormat.BGRA, width, height, rotation, listOf(plane))

        /** Luminance, then V and U by turns at half the size; the second plane's pixel stride is 2. */
        @JvmStatic
        @JvmOverloads
        public fun nv21(width: Int, height: Int, y: Plane, vu: Plane, rotation: Rotation = Rotation.NONE): Frame =
            Frame(PixelFormat.NV21, width, height, rotation, listOf(y, vu))

        /** Luminance, U and V, the latter two at half the size: YUV_420_888, with the strides that the camera says. */
        @JvmStatic
        @JvmOverloads
        public fun yuv420(
            width: Int,
            height: Int,
            y: Plane,
            u: Plane,
            v: Plane,
            rotation: Rotation = Rotation.NONE,
        ): Frame = Frame(PixelFormat.YUV420, width, height, rotation, listOf(y, u, v))
    }
}
