// Which frame the sample compares, over an analyzer that holds back like CameraX with STRATEGY_KEEP_ONLY_LATEST.
package chipid.sample

import android.graphics.Bitmap
import android.media.Image
import androidx.camera.core.ImageInfo
import androidx.camera.core.ImageProxy
import chipid.tests.Suite
import chipid.tests.holds
import chipid.tests.same
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope

fun Suite.sampleFacts() {
    fact("the frame that is compared was taken after it was asked for") {
        val camera = HoldingBack()
        repeat(5) { camera.shoot() }
        same(0, camera.open, "nobody waits, and none is held")
        coroutineScope {
            // One that lay in the pipeline when the button was pressed.
            val before = camera.clock
            camera.clock += 500
            val asked = async(start = CoroutineStart.UNDISPATCHED) { camera.frames.next() }
            camera.shoot(taken = before)
            holds(!asked.isCompleted, "an old frame is let go")
            camera.shoot()
            asked.await().use { holds(it.imageInfo.timestamp + HoldingBack.OFFSET > before + 500, "a new one") }
            camera.released()
        }
        same(0, camera.open)
    }
    fact("a frame that was kept while another was looked at is not given") {
        val camera = HoldingBack()
        camera.shoot()
        coroutineScope {
            val first = async(start = CoroutineStart.UNDISPATCHED) { camera.frames.next() }
            camera.shoot()
            val held = first.await()
            camera.shoot()
            val kept = camera.clock
            camera.clock += 10_000
            val second = async(start = CoroutineStart.UNDISPATCHED) { camera.frames.next() }
            held.close()
            camera.released()
            holds(!second.isCompleted, "what was kept is old")
            camera.shoot()
            second.await().use { holds(it.imageInfo.timestamp + HoldingBack.OFFSET > kept + 10_000, "a new one") }
            val nobody = async(start = CoroutineStart.UNDISPATCHED) { camera.frames.next() }
            nobody.cancelAndJoin()
            camera.released()
            camera.shoot()
        }
        same(0, camera.open)
    }
}

/** Delivers one frame, and keeps the newest of those that come before that one is closed. */
private class HoldingBack {
    var clock = 1_000_000L
    var open = 0
    val frames = Frames { clock }
    private var delivered: Shot? = null
    private var kept: Shot? = null

    fun shoot(taken: Long? = null) {
        clock += 33
        val shot = Shot((taken ?: (clock - 5)) - OFFSET)
        open += 1
        if (delivered?.closed == false) {
            kept?.close()
            kept = shot
        } else {
            deliver(shot)
        }
    }

    /** What CameraX does when the frame was closed. */
    fun released() {
        val next = kept ?: return
        if (delivered?.closed == false) return
        kept = null
        deliver(next)
    }

    private fun deliver(shot: Shot) {
        delivered = shot
        frames.take(shot)
    }

    private inner class Shot(private val taken: Long) : ImageProxy {
        var closed = false

        override fun close() {
            if (!closed) open -= 1
            closed = true
        }

        override fun getImage(): Image? = null

        override fun toBitmap(): Bitmap = throw UnsupportedOperationException()

        override fun getImageInfo(): ImageInfo = object : ImageInfo {
            override fun getRotationDegrees() = 0

            override fun getTimestamp() = taken
        }
    }

    companion object {
        /** A camera's clock begins when it likes. */
        const val OFFSET = 700_000L
    }
}
