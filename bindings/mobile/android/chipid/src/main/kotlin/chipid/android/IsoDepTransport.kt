// ISO/IEC 14443-4 through android.nfc.tech.IsoDep. Never run on a phone by chipid's makers.
package chipid.android

import android.nfc.Tag
import android.nfc.TagLostException
import android.nfc.tech.IsoDep
import chipid.CardTransport
import chipid.TransportException
import chipid.TransportFault
import chipid.TransportLimits
import java.io.IOException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext

/** A card on the phone's back. Made by [connect]; closing it lets the card go. */
public class IsoDepTransport private constructor(private val card: IsoDep) : CardTransport, AutoCloseable {
    /**
     * What the phone carries: 261 bytes where extended lengths are not supported, 65279 where they are. Whether the chip takes
     * them too, chipid finds out.
     */
    override val limits: TransportLimits = card.limits()

    /**
     * Sends [command]. Cancelling ends it at once, by closing the connection: the person lays the card down anew, and the reading
     * goes on.
     */
    override suspend fun transmit(command: ByteArray): ByteArray {
        if (command.size > (limits.command ?: Int.MAX_VALUE)) throw TransportException(TransportFault.TOO_LONG)
        return blocking { card.transceive(command) }
    }

    /** Lets the card go. Any number of times, from any thread; a command under way ends with an exception. */
    override fun close(): Unit = card.closeQuietly()

    /** `transceive` cannot be interrupted; closing the connection from another thread is what ends it. */
    private suspend fun <T> blocking(work: () -> T): T = coroutineScope {
        val answer = async(Dispatchers.IO) {
            try {
                Result.success(work())
            } catch (trouble: IOException) {
                Result.failure(trouble.asFault(card))
            } catch (trouble: RuntimeException) {
                // SecurityException: the tag is out of date (Android 13 and later); IllegalStateException: not connected.
                Result.failure(TransportException(TransportFault.CARD_REMOVED, trouble))
            }
        }
        try {
            answer.await()
        } catch (cancelled: CancellationException) {
            card.closeQuietly()
            throw cancelled
        }.getOrThrow()
    }

    public companion object {
        /**
         * Some steps of a chip take seconds, and phones begin with as little as 618 ms; a command that runs out of time looks
         * like a lost tag.
         */
        public const val TIMEOUT_MILLIS: Int = 5_000

        /**
         * Connects to the chip behind [tag]; `null` where it does not speak ISO/IEC 14443-4, which every document does.
         *
         * @throws TransportException where the card is gone already.
         */
        public suspend fun connect(tag: Tag, timeoutMillis: Int = TIMEOUT_MILLIS): IsoDepTransport? {
            val card = IsoDep.get(tag) ?: return null
            try {
                return withContext(Dispatchers.IO) { connected(card, timeoutMillis) }
            } catch (lost: Throwable) {
                // A coroutine that was cancelled on the way back has lost the transport.
                card.closeQuietly()
                throw lost
            }
        }

        private fun connected(card: IsoDep, timeoutMillis: Int): IsoDepTransport = try {
            card.connect()
            card.timeout = timeoutMillis
            IsoDepTransport(card)
        } catch (trouble: IOException) {
            throw TransportException(TransportFault.CARD_REMOVED, trouble)
        } catch (trouble: RuntimeException) {
            // SecurityException: the tag is out of date.
            throw TransportException(TransportFault.CARD_REMOVED, trouble)
        }
    }
}

/** Short commands end at 261 bytes, short responses at 258 (ISO/IEC 7816-4, 5.1). */
private fun IsoDep.limits(): TransportLimits {
    val longest = maxTransceiveLength
    return if (isExtendedLengthApduSupported) {
        TransportLimits(command = longest, response = longest)
    } else {
        TransportLimits(command = minOf(longest, 261), response = minOf(longest, 258))
    }
}

private fun IOException.asFault(card: IsoDep): TransportException = TransportException(
    when {
        this is TagLostException -> TransportFault.CARD_REMOVED
        // A stack that failed and still holds the card: run again on the same one.
        runCatching { card.isConnected }.getOrDefault(false) -> TransportFault.FAILED
        else -> TransportFault.CARD_REMOVED
    },
    this,
)

private fun IsoDep.closeQuietly() {
    try {
        close()
    } catch (_: IOException) {
        // The card is gone, which is what closing is for.
    } catch (_: RuntimeException) {
        // As above, told in another way (a tag that is out of date).
    }
}
