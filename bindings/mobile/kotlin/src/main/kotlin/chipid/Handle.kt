package chipid

import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import chipid.ffi.Disposable

/**
 * Holds an object of the library. Closing is nothing when it is done again, and waits for the calls that are under way: what
 * they use is freed when the last of them has ended. A call after that is an error (8902), and never reaches the library.
 */
internal class Handle<T : Disposable>(private val native: T) : AutoCloseable {
    /** One for the owner, one for each call. */
    private val users = AtomicInteger(1)
    private val closed = AtomicBoolean(false)

    val isClosed: Boolean
        get() = closed.get()

    operator fun <R> invoke(call: (T) -> R): R {
        do {
            val now = users.get()
            if (now == 0 || isClosed) throw ChipidException(ErrorCode.FOREIGN_HANDLE, "it was closed before")
        } while (!users.compareAndSet(now, now + 1))
        try {
            return translating { call(native) }
        } finally {
            leave()
        }
    }

    override fun close() {
        if (closed.compareAndSet(false, true)) leave()
    }

    private fun leave() {
        if (users.decrementAndGet() == 0) native.destroy()
    }
}
