package chipid

import java.nio.ByteBuffer
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.withContext
import chipid.ffi.Failure
import chipid.ffi.InternalException

internal fun unknownValue(what: String): ChipidException = ChipidException(ErrorCode.UNKNOWN_VALUE, what)

/** Runs a call to the library; what it fails with becomes a [ChipidException]. */
internal inline fun <R> translating(call: () -> R): R = try {
    call()
} catch (failure: Failure) {
    throw failure.translated(null)
} catch (fault: InternalException) {
    throw ChipidException(ErrorCode.PANIC, "chipid has a fault and stopped", cause = fault)
}

internal fun Failure.translated(cause: Throwable?): ChipidException = when (this) {
    is Failure.Failed -> ChipidException(
        code.toInt(), text, file, offset?.toLong(), statusWord?.toInt(), triesLeft?.toInt(), cause,
    )
}

/** Lends bytes to the library for one call, in memory that it can read; wiped afterwards. */
internal inline fun <R> lending(bytes: ByteArray, call: (ByteBuffer) -> R): R = Lent(bytes.size).use { it.lend(bytes, call) }

/** Memory that is lent again and again, and wiped after each time. */
internal class Lent(size: Int) : AutoCloseable {
    private var buffer: ByteBuffer = ByteBuffer.allocateDirect(size)

    inline fun <R> lend(bytes: ByteArray, call: (ByteBuffer) -> R): R {
        val lent = holding(bytes)
        try {
            return call(lent)
        } finally {
            wipe()
        }
    }

    fun holding(bytes: ByteArray): ByteBuffer {
        if (bytes.size > buffer.capacity()) buffer = ByteBuffer.allocateDirect(bytes.size)
        buffer.clear()
        buffer.put(bytes)
        buffer.flip()
        return buffer
    }

    fun wipe() {
        buffer.rewind()
        while (buffer.remaining() >= Long.SIZE_BYTES) buffer.putLong(0)
        while (buffer.hasRemaining()) buffer.put(0)
    }

    override fun close(): Unit = wipe()
}

/**
 * Makes something on another thread. A coroutine that is cancelled on the way back would lose it; here it is closed at once, and
 * does not wait for the garbage collector.
 */
internal suspend fun <T : AutoCloseable> making(context: CoroutineContext, make: suspend () -> T): T {
    var made: T? = null
    try {
        return withContext(context) { make().also { made = it } }
    } catch (lost: Throwable) {
        made?.close()
        throw lost
    }
}
