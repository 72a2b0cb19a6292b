package chipid.sample

import android.graphics.Bitmap
import android.graphics.Matrix
import android.media.Image
import androidx.activity.ComponentActivity
import androidx.annotation.OptIn
import androidx.camera.core.CameraSelector
import androidx.camera.core.ExperimentalGetImage
import androidx.camera.core.ImageAnalysis
import androidx.camera.core.ImageProxy
import androidx.camera.core.Preview
import androidx.camera.lifecycle.ProcessCameraProvider
import androidx.camera.view.PreviewView
import androidx.core.content.ContextCompat
import chipid.ChipidException
import chipid.Keys
import java.io.ByteArrayOutputStream
import java.util.concurrent.Executors
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext

/** The camera: one frame at a time, taken after it was asked for. */
internal class Camera(private val activity: ComponentActivity, private val preview: PreviewView) : AutoCloseable {
    private val thread = Executors.newSingleThreadExecutor()

    /** Has frames come for as long as [work] runs. */
    suspend fun <T> facing(side: CameraSelector, work: suspend () -> T): T {
        val provider = provider()
        val shown = Preview.Builder().build().apply { setSurfaceProvider(preview.surfaceProvider) }
        val arriving = Frames()
        val analysis = ImageAnalysis.Builder().setBackpressureStrategy(ImageAnalysis.STRATEGY_KEEP_ONLY_LATEST).build()
        analysis.setAnalyzer(thread, arriving::take)
        preview.visibility = PreviewView.VISIBLE
        try {
            provider.bindToLifecycle(activity, side, shown, analysis)
            frames = arriving
            return work()
        } finally {
            frames = null
            analysis.clearAnalyzer()
            provider.unbindAll()
            preview.visibility = PreviewView.GONE
        }
    }

    /** A frame that is taken from now on, which is let go when [use] has ended. */
    suspend fun <T> frame(use: suspend (CameraFrame) -> T): T {
        val image = checkNotNull(frames) { "only while the camera faces something" }.next()
        return image.use { use(CameraFrame(it)) }
    }

    /** Ends its thread. */
    override fun close(): Unit = thread.shutdown()

    private var frames: Frames? = null

    private suspend fun provider(): ProcessCameraProvider {
        val coming = ProcessCameraProvider.getInstance(activity)
        return suspendCancellableCoroutine { waiting ->
            coming.addListener({ waiting.resumeWith(runCatching { coming.get() }) }, ContextCompat.getMainExecutor(activity))
        }
    }

    companion object {
        /** The side on which the person is. */
        val PERSON: CameraSelector = CameraSelector.DEFAULT_FRONT_CAMERA

        /** The side on which the card is. */
        val CARD: CameraSelector = CameraSelector.DEFAULT_BACK_CAMERA
    }
}

/** A frame of the camera's. */
internal class CameraFrame(private val proxy: ImageProxy) {
    /** The planes as the camera has them. */
    val image: Image
        @OptIn(ExperimentalGetImage::class)
        get() = checkNotNull(proxy.image) { "CameraX frames have an image" }

    /** By how much it must be turned clockwise to stand upright. */
    val rotationDegrees: Int
        get() = proxy.imageInfo.rotationDegrees

    /** The frame as a person sees it. */
    fun upright(): Bitmap {
        val bitmap = proxy.toBitmap()
        val turn = Matrix().apply { postRotate(rotationDegrees.toFloat()) }
        return Bitmap.createBitmap(bitmap, 0, 0, bitmap.width, bitmap.height, turn, true)
    }
}

/** Waits for a QR code that is a Vietnamese card's before the camera. */
internal suspend fun scanned(camera: Camera): Keys = camera.facing(Camera.CARD) {
    var keys = camera.keys()
    while (keys == null) {
        delay(PAUSE_MILLIS)
        keys = camera.keys()
    }
    keys
}

private suspend fun Camera.keys(): Keys? {
    var found: Keys? = null
    try {
        return frame { frame -> withContext(Dispatchers.Default) { keysIn(frame.upright()).also { found = it } } }
    } catch (lost: Throwable) {
        // Cancelled on the way back: nobody else would close them.
        found?.close()
        throw lost
    }
}

private fun keysIn(picture: Bitmap): Keys? {
    val jpeg = ByteArrayOutputStream().also { picture.compress(Bitmap.CompressFormat.JPEG, JPEG_QUALITY, it) }
    return try {
        Keys.qr(jpeg.toByteArray())
    } catch (_: ChipidException) {
        // No code in this frame, or none of a card's: the next one may have it.
        null
    }
}

private const val PAUSE_MILLIS = 100L
private const val JPEG_QUALITY = 90
