// What the Android module does with a phone, over a phone that is none: see stubs.
package chipid.android.tests

import android.nfc.Tag
import android.nfc.TagLostException
import android.nfc.tech.IsoDep
import chipid.ChipidException
import chipid.Reading
import chipid.TransportException
import chipid.TransportFault
import chipid.TransportLimits
import chipid.android.IsoDepTransport
import chipid.android.readFrom
import chipid.sample.sampleFacts
import chipid.tests.Cards
import chipid.tests.Suite
import chipid.tests.holds
import chipid.tests.same
import chipid.tests.thrown
import java.io.IOException
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull

fun main(): Unit = with(Suite()) {
    fact("five seconds are set, and what the phone carries is told") {
        IsoDep.behaves = IsoDep.Behaviour { it }
        same(TransportLimits(65279, 65279), connected { it.limits })
        same(5000, IsoDep.timeout)
        IsoDep.extended = false
        same(TransportLimits(261, 258), connected { it.limits })
        IsoDep.longest = 253
        same(TransportLimits(253, 253), connected { it.limits })
        same(TransportFault.TOO_LONG, thrown<TransportException> { connected { it.transmit(ByteArray(254)) } }.fault)
        IsoDep.longest = 65279
        IsoDep.extended = true
        IsoDep.behaves = null
        same(null, IsoDepTransport.connect(Tag()))
    }
    fact("what the phone says becomes a fault") {
        val said = mapOf(
            TagLostException() to TransportFault.CARD_REMOVED,
            IOException("Transceive failed") to TransportFault.FAILED,
            SecurityException("Permission Denial: Tag is out of date") to TransportFault.CARD_REMOVED,
        )
        for ((trouble, fault) in said) {
            IsoDep.behaves = IsoDep.Behaviour { throw trouble }
            val lost = thrown<TransportException> { connected { it.transmit(byteArrayOf(0)) } }
            same(fault to trouble, lost.fault to lost.cause)
        }
        IsoDep.behaves = IsoDep.Behaviour { it }
        val closed = IsoDepTransport.connect(Tag())!!
        closed.close()
        closed.close()
        same(TransportFault.CARD_REMOVED, thrown<TransportException> { closed.transmit(byteArrayOf(0)) }.fault)
    }
    fact("cancelling closes the connection, which ends a command that hangs") {
        IsoDep.behaves = IsoDep.Behaviour { IsoDep.hangs() }
        val took = measureTime { same(null, withTimeoutOrNull(200.milliseconds) { connected { it.transmit(byteArrayOf(0)) } }) }
        holds(took < 2.seconds, "it took $took")
    }
    fact("a card that was lifted goes on where it was, with the next tag; a wrong key does not") {
        val lifted = ArrayList<TransportFault>()
        var asked = 0
        var card = Cards.lay("vn")
        IsoDep.behaves = IsoDep.Behaviour { command ->
            asked += 1
            if (asked == 15 || asked == 33) throw TagLostException()
            runBlocking { card.transmit(command) }
        }
        val tags = flow {
            repeat(5) {
                card = Cards.lay("vn")
                emit(Tag())
            }
        }
        Cards.can().use { keys -> Reading(keys).use { reading -> reading.readFrom(tags) { lifted += it }.close() } }
        same(listOf(TransportFault.CARD_REMOVED, TransportFault.CARD_REMOVED), lifted)
        chipid.Keys.can("000000".encodeToByteArray()).use { keys ->
            Reading(keys).use { reading ->
                card = Cards.lay("vn")
                same(2002, thrown<ChipidException> { reading.readFrom(flowOf(Tag())).close() }.code)
            }
        }
    }
    sampleFacts()
    run()
}

private suspend fun <T> connected(work: suspend (IsoDepTransport) -> T): T = IsoDepTransport.connect(Tag())!!.use { work(it) }
