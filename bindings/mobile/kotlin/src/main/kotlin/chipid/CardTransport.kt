package chipid

/**
 * The road to a chip: a command APDU goes out, a response APDU comes back (ISO/IEC 7816-3, clause 12).
 *
 * The caller owns it: `IsoDep` of a phone (the Android module has it ready), a reader, a connection to somewhere else.
 */
public fun interface CardTransport {
    /**
     * Sends [command] and waits for the response, SW1 SW2 included. Called on [kotlinx.coroutines.Dispatchers.Default].
     *
     * Throw a [TransportException] where there is no response; anything else that is thrown counts as
     * [TransportFault.FAILED], and is the cause of the error that comes of it. Cancelling the reading cancels this call: one
     * that blocks its thread has to be woken then. What heeds an interrupt belongs into [kotlinx.coroutines.runInterruptible];
     * a blocked read of a socket heeds none, and is ended by closing the socket (`invokeOnCancellation`).
     *
     * Whatever happened, the state of the chip is unknown after a throw.
     */
    public suspend fun transmit(command: ByteArray): ByteArray

    /**
     * What the road is known to carry; asked once, when a reading begins. With commands of less than 46 bytes or responses of less than 52 no
     * chip can be read: 8905.
     */
    public val limits: TransportLimits
        get() = TransportLimits()
}

/**
 * The longest APDUs that a transport is known to carry, in bytes.
 *
 * @property command the longest command; `null` where it is not known.
 * @property response the longest response, status word included; `null` where it is not known.
 */
public data class TransportLimits(public val command: Int? = null, public val response: Int? = null)

/**
 * Thrown by a [CardTransport] where there is no response.
 *
 * @property fault why there is none.
 */
public class TransportException @JvmOverloads constructor(
    public val fault: TransportFault,
    cause: Throwable? = null,
) : Exception("no response: ${fault.name}", cause)
