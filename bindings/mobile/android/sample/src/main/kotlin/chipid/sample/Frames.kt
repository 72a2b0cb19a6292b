package chipid.sample

import androidx.camera.core.ImageProxy
import java.util.concurrent.atomic.AtomicReference
import kotlinx.coroutines.channels.Channel

/**
 * Gives the frame that is taken after it was asked for, and never an older one: whoever stood before the camera earlier is not
 * compared.
 *
 * CameraX delivers no frame while one is not closed, and keeps another one for then. So every frame that nobody waits for is closed at
 * once, and one that was kept is let go when it comes late.
 */
internal class Frames(private val now: () -> Long = System::nanoTime) {
    private class Wish(val since: Long, val come: Channel<ImageProxy>)

    private val wish = AtomicReference<Wish?>()

    // From the camera's clock, whose beginning is its own, to this one's: never less than the truth, and with each frame closer to it.
    private var ahead: Long? = null

    /** Takes a frame from the analyzer. */
    @Synchronized
    fun take(image: ImageProxy) {
        val taken = image.imageInfo.timestamp
        val between = now() - taken
        val closest = ahead?.coerceAtMost(between) ?: between
        ahead = closest
        val wish = wish.get()
        val wanted = wish != null && taken + closest > wish.since
        if (!wanted || wish.come.trySend(image).isFailure) image.close()
    }

    /** Waits for a frame that is taken from now on; whoever gets it closes it. */
    suspend fun next(): ImageProxy {
        val mine = Wish(now(), Channel(1, onUndeliveredElement = ImageProxy::close))
        wish.set(mine)
        try {
            return mine.come.receive()
        } finally {
            wish.compareAndSet(mine, null)
            mine.come.cancel()
        }
    }
}
