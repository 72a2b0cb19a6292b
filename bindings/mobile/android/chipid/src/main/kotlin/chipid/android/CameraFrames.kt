// android.media.Image, format YUV_420_888, as camera2 and CameraX give it. Never run on a phone by chipid's makers.
package chipid.android

import android.graphics.ImageFormat
import android.media.Image
import chipid.Frame
import chipid.LiveImages
import chipid.Plane
import chipid.Rotation

/**
 * Adds a camera's image. Its planes are read where they lie: close the image when this has returned, and not before.
 *
 * @param rotationDegrees by how much it must be turned clockwise to stand upright: CameraX calls it
 *   `imageInfo.rotationDegrees`.
 * @throws IllegalArgumentException where the image is not YUV_420_888.
 * @throws chipid.ChipidException (8905) where the angle is none of 0, 90, 180, 270.
 */
public suspend fun LiveImages.add(image: Image, rotationDegrees: Int) {
    require(image.format == ImageFormat.YUV_420_888) { "YUV_420_888 is asked for" }
    val planes = image.planes.map { plane -> Plane(plane.buffer, plane.rowStride, plane.pixelStride) }
    val (y, u, v) = planes
    add(Frame.yuv420(image.width, image.height, y, u, v, Rotation.ofDegrees(rotationDegrees)))
}
