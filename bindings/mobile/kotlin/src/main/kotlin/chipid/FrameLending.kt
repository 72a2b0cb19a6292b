package chipid

import java.lang.ref.Reference
import java.nio.ByteBuffer
import chipid.ffi.LiveImages as NativeLiveImages

/**
 * Hands a frame to the library, which reads the planes where they lie and turns them upright as it goes: the one copy that is
 * made. Planes in the memory of the virtual machine are copied before.
 */
internal fun NativeLiveImages.add(frame: Frame) {
    val lent = frame.planes.map { it.data.direct() }
    try {
        add(frame, lent)
    } finally {
        // The library has their addresses only: nobody may free them before it is done.
        lent.forEach(Reference<Any>::reachabilityFence)
    }
}

private fun NativeLiveImages.add(frame: Frame, lent: List<ByteBuffer>) {
    // A negative number is a very large one here, and refused as that.
    val (width, height, rotation) = Triple(frame.width.toUInt(), frame.height.toUInt(), frame.rotation.degrees.toUInt())
    fun row(plane: Int) = frame.planes[plane].rowStride.toUInt()
    fun pixel(plane: Int) = frame.planes[plane].pixelStride.toUInt()
    when (frame.format) {
        PixelFormat.RGB -> addRgb(width, height, rotation, lent[0], row(0), pixel(0))
        PixelFormat.BGRA -> addBgra(width, height, rotation, lent[0], row(0), pixel(0))
        PixelFormat.NV21 -> addNv21(width, height, rotation, lent[0], row(0), lent[1], row(1))
        PixelFormat.YUV420 -> addYuv420(
            width, height, rotation,
            lent[0], row(0), pixel(0),
            lent[1], row(1), pixel(1),
            lent[2], row(2), pixel(2),
        )
    }
}

/** The rest of a buffer as one whose address is that of its first byte. */
private fun ByteBuffer.direct(): ByteBuffer {
    if (isDirect) return slice()
    val copy = ByteBuffer.allocateDirect(remaining())
    copy.put(duplicate())
    copy.flip()
    return copy
}
