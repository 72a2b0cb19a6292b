package chipid.tests

import chipid.Answer
import chipid.Assessment
import chipid.Capture
import chipid.Check
import chipid.ChipidException
import chipid.Faces
import chipid.Frame
import chipid.LiveImages
import chipid.Liveness
import chipid.LivenessResult
import chipid.Plane
import chipid.Policy
import chipid.Rotation
import java.io.File
import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.delay
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.newSingleThreadContext
import kotlinx.coroutines.withContext

/** Frames of a camera, with everything that cameras do to them. */
fun Suite.frameFacts() {
    fact("planes with padding, of any memory, give the image that tight ones give") {
        val (width, height) = 6 to 4
        val tight = yuv(width, height, padding = 0, pixel = 1, direct = false)
        for (direct in listOf(false, true)) for (padding in listOf(0, 5)) for (pixel in listOf(1, 2)) {
            same(digest(tight), digest(yuv(width, height, padding, pixel, direct)), "direct $direct, $padding, $pixel:")
        }
    }
    fact("a buffer is taken from its position to its limit, and neither is moved") {
        val bytes = ByteArray(100) { it.toByte() }
        val whole = Frame.rgb(4, 4, Plane(ByteBuffer.wrap(bytes.copyOfRange(10, 58)), 12, 3))
        for (buffer in listOf(ByteBuffer.wrap(bytes), ByteBuffer.allocateDirect(100).apply { put(bytes) })) {
            buffer.position(10).limit(58)
            same(digest(whole), digest(Frame.rgb(4, 4, Plane(buffer, 12, 3))))
            same(10 to 58, buffer.position() to buffer.limit())
        }
    }
    fact("a frame that was turned four times is the frame") {
        val pixels = ByteArray(8 * 6 * 4) { (it * 7).toByte() }
        val at = { rotation: Rotation -> Frame.bgra(8, 6, Plane(ByteBuffer.wrap(pixels), 32, 4), rotation) }
        val digests = Rotation.entries.map { digest(at(it)) }
        same(4, digests.toSet().size)
    }
    fact("planes that are too short, and frames without a size, are refused") {
        LiveImages(Capture.CAMERA).use { images ->
            thrown<ChipidException> { images.add(Frame.rgb(4, 4, Plane(ByteBuffer.allocate(47), 12, 3))) }
            thrown<ChipidException> { images.add(Frame.rgb(1 shl 20, 1 shl 20, Plane(ByteBuffer.allocate(47), 12, 3))) }
            thrown<ChipidException> { images.add(Frame.rgb(0, 4, Plane(ByteBuffer.allocate(48), 12, 3))) }
            thrown<ChipidException> { images.add(Frame.rgb(-4, 4, Plane(ByteBuffer.allocate(48), 12, 3))) }
            thrown<ChipidException> { images.add(Frame.rgb(4, 4, Plane(ByteBuffer.allocate(48), -1, 3))) }
            thrown<ChipidException> { images.add(Frame.rgb(4, 4, Plane(ByteBuffer.allocate(48), 12, -3))) }
            thrown<ChipidException> { images.add(Frame.rgb(4, 4, Plane(ByteBuffer.allocate(0), 0, 0))) }
            thrown<ChipidException> { images.add(ByteArray(10)) }
            same(emptyList(), images.digests())
        }
        same(8905, thrown<ChipidException> { Rotation.ofDegrees(45) }.code)
    }
}

/** Comparing, where models and photographs were fetched. */
fun Suite.faceFacts(models: File) {
    fact("the holder's face is accepted, another one's is not, and the caller's thread is free meanwhile") {
        Faces.load(models).use { faces ->
            same(true, compared(faces, "obama2.jpg"))
            same(false, compared(faces, "biden.jpg"))
        }
    }
    fact("models from bytes are the models from the folder; half of them are refused") {
        val (detector, recogniser) = listOf("face_detection_yunet_2023mar.onnx", "face_recognition_sface_2021dec_int8bq.onnx")
            .map { File(models, it).readBytes() }
        Faces.load(detector, recogniser).use { same(true, compared(it, "obama2.jpg")) }
        thrown<ChipidException> { Faces.load(recogniser, detector).close() }
        thrown<ChipidException> { Faces.load(File("/nowhere")).close() }
    }
    fact("a liveness check counts for the images that it looked at") {
        Faces.load(models).use { faces ->
            for (same in listOf(true, false)) {
                read("face").use { document ->
                    val now = System.currentTimeMillis() / 1000
                    Assessment.of(document, Cards.trust("face")).use { assessment ->
                        LiveImages(Capture.CAMERA).use { images ->
                            images.add(File(models, "obama2.jpg").readBytes())
                            assessment.compareFace(faces, images)
                            val seen = if (same) images.digests() else listOf(ByteArray(32))
                            assessment.addLiveness(
                                Liveness(LivenessResult.PASSED, Capture.CAMERA, now, "Invented", "1.0", "invented report 1", seen),
                            )
                            assessment.setAttempts(1, 0, 20)
                        }
                        Policy.builtIn("transfer").decide(assessment).use { verdict ->
                            same(same, verdict.checks["liveness"] is Check.Passed, "${verdict.checks["liveness"]}")
                        }
                    }
                }
            }
        }
    }
}

private suspend fun compared(faces: Faces, photograph: String): Boolean = read("face").use { document ->
    Assessment.of(document, Cards.trust("face")).use { assessment ->
        LiveImages(Capture.CAMERA).use { images ->
            images.add(File(models(), photograph).readBytes())
            val ticks = AtomicInteger()
            @OptIn(kotlinx.coroutines.DelicateCoroutinesApi::class, kotlinx.coroutines.ExperimentalCoroutinesApi::class)
            newSingleThreadContext("screen").use { screen ->
                withContext(screen) {
                    coroutineScope {
                        val ticking = launch { while (true) { delay(5); ticks.incrementAndGet() } }
                        assessment.compareFace(faces, images)
                        ticking.cancel()
                    }
                }
            }
            holds(ticks.get() > 1, "the thread that draws stood still")
            Policy.builtIn("counter").decide(assessment).use { verdict ->
                holds(verdict.similarity != null, "${verdict.checks["face"]}")
                verdict.checks["face"] is Check.Passed
            }
        }
    }
}

/** The folder of the models and photographs, where they were fetched. */
fun models(): File = File(System.getenv("CHIPID_TEST_MODELS") ?: "models/files")

private suspend fun digest(frame: Frame): String = LiveImages(Capture.CAMERA).use { images ->
    images.add(frame)
    images.digests().single().toHexString()
}

/** The same image whatever lies between its samples. */
private fun yuv(width: Int, height: Int, padding: Int, pixel: Int, direct: Boolean): Frame {
    fun plane(columns: Int, rows: Int, seed: Int): Plane {
        val row = columns * pixel + padding
        val bytes = ByteArray(row * rows) { 99 }
        for (y in 0 until rows) for (x in 0 until columns) bytes[y * row + x * pixel] = (seed + 11 * y + 3 * x).toByte()
        val buffer = if (direct) ByteBuffer.allocateDirect(bytes.size).apply { put(bytes).flip() } else ByteBuffer.wrap(bytes)
        return Plane(buffer, row, pixel)
    }
    val (halfWidth, halfHeight) = width / 2 to height / 2
    return Frame.yuv420(width, height, plane(width, height, 16), plane(halfWidth, halfHeight, 100), plane(halfWidth, halfHeight, 160))
}
