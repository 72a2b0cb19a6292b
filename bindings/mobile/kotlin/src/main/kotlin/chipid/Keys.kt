package chipid

import java.nio.ByteBuffer
import chipid.ffi.Keys as NativeKeys

/**
 * What opens a chip, never more than five keys to try, with what came along (QR code, zone, number), which is compared with the
 * signed data.
 *
 * Keys enter as bytes (UTF-8), so that the caller can wipe its own: `bytes.fill(0)`. chipid's copy is wiped when this is closed.
 */
public class Keys private constructor(native: NativeKeys) : AutoCloseable {
    internal val handle = Handle(native)

    /** Wipes them. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    /** Shows nothing of them. */
    override fun toString(): String = "Keys"

    public companion object {
        /** The card access number: six digits. Those of a Vietnamese card are the last six of its number. */
        @JvmStatic
        public fun can(digits: ByteArray): Keys = of(digits) { NativeKeys.can(it) }

        /** The holder's PIN, four to twelve digits. A few wrong ones block it. */
        @JvmStatic
        public fun pin(digits: ByteArray): Keys = of(digits) { NativeKeys.pin(it) }

        /** The number that unblocks the PIN, eight to twelve digits. */
        @JvmStatic
        public fun puk(digits: ByteArray): Keys = of(digits) { NativeKeys.puk(it) }

        /** The text of a machine readable zone. What a camera confused is put right where check digits prove it. */
        @JvmStatic
        public fun mrz(zone: ByteArray): Keys = of(zone) { NativeKeys.mrz(it) }

        /** The QR code of a Vietnamese card: its text in any encoding, or a picture of it (JPEG, PNG). */
        @JvmStatic
        public fun qr(code: ByteArray): Keys = of(code) { NativeKeys.qr(it) }

        /** The personal number of a Vietnamese card, twelve digits. It opens chips that have PACE. */
        @JvmStatic
        public fun number(digits: ByteArray): Keys = of(digits) { NativeKeys.number(it) }

        /** Document number, birth and last day of validity as the zone has them, the days as `YYMMDD`. */
        @JvmStatic
        public fun document(number: ByteArray, birth: ByteArray, expiry: ByteArray): Keys =
            lending(number) { lentNumber ->
                lending(birth) { lentBirth -> of(expiry) { NativeKeys.document(lentNumber, lentBirth, it) } }
            }

        /**
         * The personal number with the days of birth and issue as `YYYYMMDD` in a number (19990315): for chips without PACE,
         * whose day of expiry is reckoned from them.
         */
        @JvmStatic
        public fun numberAndDays(digits: ByteArray, birth: Int, issued: Int): Keys =
            of(digits) { NativeKeys.numberAndDays(it, birth.toUInt(), issued.toUInt()) }

        private fun of(bytes: ByteArray, make: (ByteBuffer) -> NativeKeys): Keys =
            Keys(translating { lending(bytes, make) })
    }
}
