package chipid

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext
import chipid.ffi.Cancel as NativeCancel
import chipid.ffi.ReaderCard as NativeReaderCard
import chipid.ffi.readers as nativeReaders

/**
 * A reader of this machine, through PC/SC: not on a phone, where there is none (1005).
 *
 * @property name as PC/SC gives it.
 * @property hasCard whether a card lies on it.
 */
public data class Reader(public val name: String, public val hasCard: Boolean) {
    public companion object {
        /** The readers of this machine. */
        @JvmStatic
        public fun all(): List<Reader> = translating { nativeReaders() }.map { Reader(it.name, it.card) }
    }
}

/** A card on a reader, in one transaction until this is closed. Made by [connect]. */
public class ReaderTransport private constructor(native: NativeReaderCard, private val cancel: Handle<NativeCancel>) :
    CardTransport, AutoCloseable {
    private val handle = Handle(native)

    override val limits: TransportLimits = handle { it.limits() }.let { known ->
        TransportLimits(known.command.toInt().takeIf { it > 0 }, known.response.toInt().takeIf { it > 0 })
    }

    /** Sends [command]. One that was begun runs to its end, also where the coroutine is cancelled; none follows it. */
    override suspend fun transmit(command: ByteArray): ByteArray = stoppable(cancel) {
        try {
            lending(command) { lent -> handle { it.transmit(lent) } }
        } catch (trouble: ChipidException) {
            throw TransportException(trouble.fault ?: throw trouble, trouble)
        }
    }

    /** Resets the card and lets others have it. Any number of times, from any thread. */
    override fun close() {
        if (handle.isClosed) return
        try {
            handle { it.disconnect() }
        } catch (_: ChipidException) {
            // A command is under way: the card is let go when that has ended.
        }
        handle.close()
        cancel.close()
    }

    public companion object {
        /**
         * Waits for a card on a reader, and connects to it.
         *
         * @param name the reader's, or a part of it that no other one has; empty for any contactless reader.
         * @param waitMillis how long to wait; 0 does not wait. Cancelling the coroutine ends it, within two seconds.
         */
        public suspend fun connect(name: String = "", waitMillis: Int = 60_000): ReaderTransport {
            if (waitMillis < 0) throw unknownValue("nobody waits for less than nothing")
            val cancel = Handle(NativeCancel())
            return try {
                making(Dispatchers.IO) {
                    val card = stoppable(cancel) { cancel { NativeReaderCard.connect(name, waitMillis.toUInt(), it) } }
                    ReaderTransport(card, cancel)
                }
            } catch (trouble: Throwable) {
                cancel.close()
                throw trouble
            }
        }
    }
}

/** Does what blocks its thread on another one; cancelling the coroutine stops it there. */
private suspend fun <T> stoppable(cancel: Handle<NativeCancel>, work: () -> T): T = coroutineScope {
    val working = async(Dispatchers.IO) { runCatching(work) }
    try {
        working.await()
    } catch (cancelled: CancellationException) {
        // It returns when the wait has ended, which may take a moment: on no thread that draws.
        withContext(NonCancellable + Dispatchers.IO) { stop(cancel) }
        throw cancelled
    }.getOrThrow()
}

private fun stop(cancel: Handle<NativeCancel>) {
    try {
        cancel { it.cancel() }
    } catch (_: ChipidException) {
        // It was closed meanwhile: nothing runs under it any more.
    }
}
