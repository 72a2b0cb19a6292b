// A card behind a port of this machine: frames of four bytes of length, big-endian, and as many bytes.
package chipid.conformance

import chipid.CardTransport
import chipid.TransportException
import chipid.TransportFault
import java.io.DataInputStream
import java.io.IOException
import java.net.InetAddress
import java.net.Socket
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runInterruptible

/** One connection: a card that lies there until the server closes. */
class ServedCard(port: Int, card: String) : CardTransport, AutoCloseable {
    private val socket = Socket(InetAddress.getLoopbackAddress(), port).apply { tcpNoDelay = true }
    private val input = DataInputStream(socket.getInputStream().buffered())

    init {
        send(card.encodeToByteArray())
    }

    override suspend fun transmit(command: ByteArray): ByteArray = runInterruptible(Dispatchers.IO) {
        try {
            send(command)
            ByteArray(input.readInt()).also(input::readFully)
        } catch (gone: IOException) {
            throw TransportException(TransportFault.CARD_REMOVED, gone)
        }
    }

    override fun close() = socket.close()

    private fun send(bytes: ByteArray) {
        val length = bytes.size
        val header = byteArrayOf((length shr 24).toByte(), (length shr 16).toByte(), (length shr 8).toByte(), length.toByte())
        socket.getOutputStream().write(header + bytes)
    }
}
