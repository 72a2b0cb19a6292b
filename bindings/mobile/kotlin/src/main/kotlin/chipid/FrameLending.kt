package chipid

import java.lang.ref.Reference
import java.nio.ByteBuffer
import chipid.ffi.Frame as NativeFrame
import chipid.ffi.LiveImages as NativeLiveImages
import chipid.ffi.PixelFormat as NativePixelFormat
import chipid.ffi.Strides

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
    fun plane(number: Int) = lent.getOrElse(number) { ByteBuffer.allocateDirect(0) }
    addFrame(frame.toNative(), plane(0), plane(1), plane(2))
}

/** A negative number is a very large one here, and refused as that. */
private fun Frame.toNative() = NativeFrame(
    when (format) {
        PixelFormat.RGB -> NativePixelFormat.RGB
        PixelFormat.BGRA -> NativePixelFormat.BGRA
        PixelFormat.NV21 -> NativePixelFormat.NV21
        PixelFormat.YUV420 -> NativePixelFormat.YUV420
    },
    width.toUInt(), height.toUInt(), rotation.degrees.toUInt(),
    planes.mapIndexed { number, plane -> Strides(plane.rowStride.toUInt(), format.stride(plane, number).toUInt()) },
)

/** NV21 has its own, whatever a plane says. */
private fun PixelFormat.stride(plane: Plane, number: Int): Int = if (this == PixelFormat.NV21) number + 1 else plane.pixelStride

/** The rest of a buffer as one whose address is that of its first byte. */
private fun ByteBuffer.direct(): ByteBuffer {
    if (isDirect) return slice()
    val copy = ByteBuffer.allocateDirect(remaining())
    copy.put(duplicate())
    copy.flip()
    return copy
}
