// The cards that the conformance program serves, and how this suite reads them.
package chipid.tests

import chipid.Anchor
import chipid.CardTransport
import chipid.Document
import chipid.Keys
import chipid.Reading
import chipid.TrustStore
import chipid.conformance.Block
import chipid.conformance.ServedCard
import chipid.conformance.blocksOf
import java.io.File
import java.util.concurrent.atomic.AtomicInteger

object Cards {
    val port: Int = needed("PORT").toInt()
    private val shown = blocksOf(File(needed("FOLDER"), "cards").readText())
    private val connected = AtomicInteger()

    /** What is told of a card. */
    fun of(name: String): Block = shownOf(name) ?: error("no card $name is served")

    /** The same, where the machine has it: cards with photographs are only there where those were fetched. */
    fun shownOf(name: String): Block? = shown.firstOrNull { it.first("id") == name }

    fun text(name: String, attribute: String): String = of(name).first(attribute) ?: error("$name has no $attribute")

    fun bytes(name: String, attribute: String): ByteArray = text(name, attribute).encodeToByteArray()

    fun file(name: String, attribute: String): File = File(text(name, attribute))

    /** A connection with a fate of its own. */
    fun lay(name: String): ServedCard = ServedCard(port, "$name/kotlin-${connected.incrementAndGet()}")

    fun can(name: String = "vn"): Keys = Keys.can(bytes(name, "can"))

    /** The authority of a card. */
    fun trust(name: String = "vn", anchor: Anchor = Anchor.IDENTITY_CARDS): TrustStore =
        TrustStore().add(file(name, "csca").readBytes(), "csca", anchor)

    private fun needed(name: String) =
        System.getenv("CHIPID_CONFORMANCE_$name") ?: error("run by chipid-conformance serve: see bindings/conformance")
}

/** Reads a card with its CAN. */
suspend fun read(name: String = "vn"): Document =
    Cards.can(name).use { keys -> Reading(keys).use { reading -> Cards.lay(name).use { reading.read(it) } } }

/** A transport that does something else at one command. */
class At(private val place: Int, private val card: CardTransport, private val instead: suspend (ByteArray) -> ByteArray) :
    CardTransport {
    private var asked = 0

    override suspend fun transmit(command: ByteArray): ByteArray {
        asked += 1
        return if (asked == place) instead(command) else card.transmit(command)
    }
}
