// What a case gives, made of its text.
package chipid.conformance

import chipid.Assessment
import chipid.Capture
import chipid.ConfirmationAnswer
import chipid.ConfirmationRequest
import chipid.Frame
import chipid.Keys
import chipid.LiveImages
import chipid.Liveness
import chipid.LivenessResult
import chipid.Plane
import chipid.Rotation
import chipid.Unreachable
import chipid.VendorComparison
import chipid.VendorMatch
import java.io.File
import java.nio.ByteBuffer

fun keysOf(kind: String, value: String): Keys {
    val bytes = value.encodeToByteArray()
    val parts = value.split(',')
    return when (kind) {
        "can" -> Keys.can(bytes)
        "pin" -> Keys.pin(bytes)
        "puk" -> Keys.puk(bytes)
        "mrz" -> Keys.mrz(bytes)
        "qr" -> Keys.qr(bytes)
        "qr_file" -> Keys.qr(File(value).readBytes())
        "number" -> Keys.number(bytes)
        "document" -> parts.map(String::encodeToByteArray).let { (number, birth, expiry) -> Keys.document(number, birth, expiry) }
        "number_and_days" -> Keys.numberAndDays(parts[0].encodeToByteArray(), parts[1].toInt(), parts[2].toInt())
        else -> throw UnsupportedOperationException("key.$kind")
    }
}

fun Block.capture(): Capture = Capture.valueOf((first("capture") ?: "file").uppercase())

/** The live images of a case; `null` where it has none. */
suspend fun images(case: Block): LiveImages? {
    if (case.first("live") == null && case.first("frame") == null) return null
    val images = LiveImages(case.capture())
    for ((key, value) in case.lines) when (key) {
        "live" -> images.add(File(value).readBytes())
        "frame" -> images.add(frameOf(value))
    }
    return images
}

private fun frameOf(value: String): Frame {
    val (format, columns, rows, degrees, path) = value.split(',', limit = 5)
    val (width, height, rotation) = Triple(columns.toInt(), rows.toInt(), Rotation.ofDegrees(degrees.toInt()))
    val bytes = File(path).readBytes()
    val (luminance, chrominance) = width * height to width * height / 4
    fun plane(from: Int, length: Int, row: Int, pixel: Int) =
        from.coerceAtMost(bytes.size).let { Plane(ByteBuffer.wrap(bytes, it, length.coerceAtMost(bytes.size - it)), row, pixel) }
    val y = { plane(0, luminance, width, 1) }
    return when (format) {
        "rgb" -> Frame.rgb(width, height, plane(0, bytes.size, width * 3, 3), rotation)
        "bgra" -> Frame.bgra(width, height, plane(0, bytes.size, width * 4, 4), rotation)
        "nv21" -> Frame.nv21(width, height, y(), plane(luminance, 2 * chrominance, width, 2), rotation)
        "yuv420" -> Frame.yuv420(
            width, height, y(),
            plane(luminance, chrominance, width / 2, 1),
            plane(luminance + chrominance, chrominance, width / 2, 1),
            rotation,
        )
        else -> throw UnsupportedOperationException("frame $format")
    }
}

suspend fun livenessOf(value: String, images: LiveImages): Liveness {
    val (result, capture, at, which) = value.split(',')
    return Liveness(
        LivenessResult.valueOf(result.uppercase()), Capture.valueOf(capture.uppercase()), at.toLong(),
        vendor = "Invented", version = "1.0", basis = "invented report 1",
        images = if (which == "same") images.digests() else listOf(ByteArray(32)),
    )
}

suspend fun vendorComparisonOf(value: String, assessment: Assessment, images: LiveImages): VendorComparison {
    val (result, capture, at, whose, which) = value.split(',')
    return VendorComparison(
        VendorMatch.valueOf(result.uppercase()), Capture.valueOf(capture.uppercase()), at.toLong(),
        vendor = "Invented Vendor", version = "4.1", certificate = "invented report 7",
        portrait = assessment.portraitDigest()?.takeIf { whose == "own" } ?: ByteArray(32),
        images = if (which == "same") images.digests() else listOf(ByteArray(32)),
    )
}

/** Asks nobody, and answers as the case says. */
fun confirm(value: String, assessment: Assessment): Unit = ConfirmationRequest.of(assessment).use { request ->
    val parts = value.split(',')
    if (parts.size == 1) return assessment.addNoConfirmation(request, Unreachable.valueOf(value.uppercase()))
    val (outcome, at, bound) = parts
    val answer = ConfirmationAnswer(
        confirmed = outcome == "confirmed",
        service = "Invented Service",
        number = if (bound == "number") "000000000000" else request.number.decodeToString(),
        signerSha256 = request.signerSha256?.takeIf { bound != "signer" } ?: ByteArray(32),
        nonce = if (bound == "nonce") ByteArray(16) else request.nonce,
        answeredAt = at.toLong(),
    )
    assessment.addConfirmation(request, answer)
}
