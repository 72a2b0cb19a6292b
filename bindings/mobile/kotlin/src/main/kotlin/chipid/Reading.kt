package chipid

import java.util.concurrent.atomic.AtomicBoolean
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import chipid.ffi.Failure
import chipid.ffi.Reading as NativeReading
import chipid.ffi.Step

/**
 * One reading of one card. After an error or a cancellation [read] goes on where it stopped, on the same card and no other.
 *
 * @param keys what opens the chip; they may be closed afterwards.
 * @param only the data groups to read, by their numbers (and EF.COM, EF.SOD, DG14, DG15); `null` for all.
 * @param challenge eight bytes for Active Authentication, where a server chose them.
 */
public class Reading @JvmOverloads constructor(
    keys: Keys,
    only: Set<Int>? = null,
    challenge: ByteArray? = null,
) : AutoCloseable {
    private val handle = Handle(keys.handle { NativeReading(it) })
    private val running = AtomicBoolean(false)
    private val told = MutableStateFlow<Progress?>(null)

    init {
        try {
            if (only != null) lending(only.groups()) { groups -> handle { it.only(groups) } }
            if (challenge != null) lending(challenge) { lent -> handle { it.challenge(lent) } }
        } catch (trouble: Throwable) {
            handle.close()
            throw trouble
        }
    }

    /** What it is doing, the newest alone; `null` before it has begun. */
    public val progress: StateFlow<Progress?> = told.asStateFlow()

    /**
     * Reads the document, with [card] to carry each command. It works on [Dispatchers.Default], whatever the caller's thread is;
     * cancelling the coroutine ends it, a [CardTransport.transmit] that hangs included.
     *
     * @throws ChipidException whose [ChipidException.fault] is not `null` where the transport failed: lay the card down anew and
     *   call this again. 8903 where this reading is being read already.
     */
    public suspend fun read(card: CardTransport): Document = making(Dispatchers.Default) {
        if (!running.compareAndSet(false, true)) throw ChipidException(ErrorCode.BUSY, "this reading is under way")
        try {
            carryAll(card)
        } finally {
            running.set(false)
        }
    }

    /** Wipes it. Any number of times, from any thread; a read that is under way ends with 8902 at its next command. */
    override fun close(): Unit = handle.close()

    /** Shows nothing of it. */
    override fun toString(): String = "Reading"

    private suspend fun carryAll(card: CardTransport): Document {
        val limits = card.limits
        var step = handle {
            it.setLimits(limits.command.known(), limits.response.known())
            it.begin()
        }
        var waiting = true
        val room = Lent(SHORT_RESPONSE)
        try {
            while (true) {
                step.progress.forEach { told.value = it.ours() }
                val command = step.command
                if (command == null) {
                    waiting = false
                    return Document.of(step.document ?: throw ChipidException(ErrorCode.PANIC, "neither command nor document"))
                }
                // A reading that was cancelled while the library worked carries no further command.
                currentCoroutineContext().ensureActive()
                val answer = answer(card, command)
                waiting = false
                step = next(answer, room)
                waiting = true
            }
        } finally {
            if (waiting) stop()
        }
    }

    private fun next(answer: Answered, room: Lent): Step = handle { native ->
        try {
            when (answer) {
                is Answered.Response -> room.lend(answer.bytes) { native.next(it) }
                is Answered.Nothing -> native.fail(answer.fault.code.toUShort())
            }
        } catch (failure: Failure) {
            throw failure.translated((answer as? Answered.Nothing)?.cause)
        }
    }

    /** Gives up the command that waits, so that the reading can go on from there. */
    private fun stop() {
        try {
            handle { it.stop() }
        } catch (_: ChipidException) {
            // It was closed meanwhile: then nothing waits any more.
        }
    }
}

/** Longer responses get more room when they come. */
private const val SHORT_RESPONSE = 258

/** What came of one command. */
private sealed interface Answered {
    class Response(val bytes: ByteArray) : Answered

    class Nothing(val fault: TransportFault, val cause: Throwable) : Answered
}

/** Carries one command. What the caller's code throws is a fault of the transport, except where the coroutine is cancelled. */
private suspend fun answer(card: CardTransport, command: ByteArray): Answered = try {
    Answered.Response(card.transmit(command))
} catch (lost: TransportException) {
    Answered.Nothing(lost.fault, lost)
} catch (cancelled: CancellationException) {
    currentCoroutineContext().ensureActive()
    // Nobody cancelled this reading: a `withTimeout` within, or a scope of the transport's own.
    val fault = if (cancelled is TimeoutCancellationException) TransportFault.TIMEOUT else TransportFault.CANCELLED
    Answered.Nothing(fault, cancelled)
} catch (trouble: Exception) {
    Answered.Nothing(TransportFault.FAILED, trouble)
}

private fun Int?.known(): UInt = this?.takeIf { it > 0 }?.toUInt() ?: 0u

private fun Set<Int>.groups(): ByteArray {
    if (!all { it in 1..16 }) throw unknownValue("data groups are numbered from 1 to 16")
    return sorted().map(Int::toByte).toByteArray()
}
