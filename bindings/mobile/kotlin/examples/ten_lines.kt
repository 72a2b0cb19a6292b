import chipid.*
import java.io.File

suspend fun main() {
    val (reader, can, csca) = listOf("READER", "CAN", "CSCA").map { System.getenv("CHIPID_TEST_$it") }
    val trust = TrustStore().add(File(csca).readBytes(), "csca", Anchor.IDENTITY_CARDS)
    val reading = Reading(Keys.can(can.encodeToByteArray()))
    val document = ReaderTransport.connect(reader).use { card -> reading.read(card) }
    println(Policy.builtIn("document-only").decide(Assessment.of(document, trust)).answer.name.lowercase())
}
