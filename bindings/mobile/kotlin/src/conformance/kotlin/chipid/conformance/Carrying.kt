package chipid.conformance

import chipid.CardTransport
import chipid.TransportException
import chipid.TransportFault
import chipid.TransportLimits

/** What a case wants to happen on the road: faults, a throw, a cancellation, and a count of what was asked for. */
class Carrying(
    private val connect: () -> ServedCard,
    private val faults: Map<Int, TransportFault>,
    private val throwAt: Int?,
    val cancelAfter: Int?,
    override val limits: TransportLimits,
) : CardTransport, AutoCloseable {
    /** Commands that this was asked to carry, over the whole case. */
    var asked: Int = 0
        private set

    /** Called once as many commands were carried as the case says. */
    var cancel: () -> Unit = {}

    private var card: ServedCard? = null
    private var carried = 0

    override suspend fun transmit(command: ByteArray): ByteArray {
        asked += 1
        faults[asked]?.let { throw TransportException(it) }
        if (asked == throwAt) throw IllegalStateException("thrown as the case asks for")
        val response = try {
            (card ?: connect().also { card = it }).transmit(command)
        } catch (gone: TransportException) {
            close()
            throw gone
        }
        carried += 1
        if (carried == cancelAfter) cancel()
        return response
    }

    /** Lets the card go; the next command connects anew. */
    override fun close() {
        card?.close()
        card = null
    }
}
