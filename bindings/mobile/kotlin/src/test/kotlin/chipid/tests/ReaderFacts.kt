package chipid.tests

import chipid.Anchor
import chipid.Assessment
import chipid.ChipidException
import chipid.Keys
import chipid.Policy
import chipid.Reader
import chipid.ReaderTransport
import chipid.Reading
import chipid.TransportFault
import chipid.TrustStore
import java.io.File
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.withTimeoutOrNull

/** On a reader of a real pcscd: see scripts/behind_pcscd.py. */
fun Suite.readerFacts() {
    val name = System.getenv("CHIPID_TEST_READER")
    val empty = name.removeSuffix("0") + "1"
    val can = System.getenv("CHIPID_TEST_CAN").encodeToByteArray()
    fact("readers are listed, with what lies on them") {
        val readers = Reader.all()
        same(true, readers.firstOrNull { it.name == name }?.hasCard, "$readers")
        same(false, readers.firstOrNull { it.name == empty }?.hasCard, "$readers")
    }
    fact("a card on a reader is read, by a part of the reader's name") {
        val trust = TrustStore().add(File(System.getenv("CHIPID_TEST_CSCA")).readBytes(), "csca", Anchor.IDENTITY_CARDS)
        val card = ReaderTransport.connect(name)
        val document = Reading(Keys.can(can)).use { reading -> card.use { reading.read(it) } }
        Assessment.of(document, trust).use { assessment ->
            val answer = Policy.builtIn("data-cleaning").use { policy -> policy.decide(assessment).use { it.answer } }
            same(System.getenv("CHIPID_TEST_VERDICT"), answer.name.lowercase())
        }
        card.close()
        same(8902, thrown<ChipidException> { card.transmit(byteArrayOf(0, -92, 0, 0)) }.code)
    }
    fact("a reader that is not there, and a card that does not come, are told") {
        same(TransportFault.NO_READER, thrown<ChipidException> { ReaderTransport.connect("nobody's", 0) }.fault)
        val took = measureTime {
            val fault = thrown<ChipidException> { ReaderTransport.connect(empty, 300) }.fault
            holds(fault == TransportFault.NO_CARD || fault == TransportFault.TIMEOUT, "$fault")
        }
        holds(took < 3.seconds, "it took $took")
        same(8905, thrown<ChipidException> { ReaderTransport.connect(empty, -1) }.code)
    }
    fact("cancelling ends the wait for a card") {
        val took = measureTime { same(null, withTimeoutOrNull(300.milliseconds) { ReaderTransport.connect(empty, 60_000) }) }
        holds(took < 3.seconds, "it took $took")
    }
    fact("cancelled while it reads on a reader, the same reading goes on there") {
        Keys.can(can).use { keys ->
            Reading(keys).use { reading ->
                val ended = withTimeoutOrNull(40.milliseconds) { ReaderTransport.connect(name).use { reading.read(it) } }
                (ended ?: ReaderTransport.connect(name).use { reading.read(it) }).close()
            }
        }
    }
}
