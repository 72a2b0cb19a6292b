// What the language costs: a whole reading of a replayed card, and a comparison of faces.
package chipid.conformance

import chipid.Anchor
import chipid.Assessment
import chipid.Capture
import chipid.CardTransport
import chipid.Document
import chipid.Faces
import chipid.Keys
import chipid.LiveImages
import chipid.Reading
import chipid.TransportException
import chipid.TransportFault
import chipid.TrustStore
import java.io.File

/** Medians over `runs`, in microseconds, after one run that does not count. */
suspend fun overhead(case: Block): List<Pair<String, String>> {
    val runs = case.first("runs")?.toInt() ?: 20
    val exchanges = File(case.first("replay")!!).readLines().filter(String::isNotBlank).map { line ->
        val (command, response) = line.trim().split(' ')
        command.hexToByteArray() to response.hexToByteArray()
    }
    var at = 0
    val card = CardTransport { command ->
        val (expected, response) = exchanges.getOrNull(at++) ?: throw TransportException(TransportFault.REPLAY_DIVERGED)
        if (command.contentEquals(expected)) response else throw TransportException(TransportFault.REPLAY_DIVERGED)
    }
    val reading = Keys.mrz(case.first("key.mrz")!!.encodeToByteArray()).use { keys ->
        median(runs, {}) {
            at = 0
            Reading(keys).use { it.read(card).close() }
        }
    }
    val told = listOf("reading_us" to reading.toString(), "apdus" to at.toString())
    return if (case.first("models") == null) told else told + ("comparison_us" to comparison(case, runs).toString())
}

private suspend fun comparison(case: Block, runs: Int): Double {
    val trust = TrustStore().add(File(case.first("trust.any")!!).readBytes(), "csca", Anchor.ANY)
    val document = Document.load(File(case.first("folder")!!))
    val images = LiveImages(Capture.CAMERA).apply { add(File(case.first("live")!!).readBytes()) }
    val faces = Faces.load(File(case.first("models")!!))
    try {
        val at = case.first("at")?.toLong()
        return median(runs, { Assessment.of(document, trust, at) }) { it.compareFace(faces, images) }
    } finally {
        listOf(faces, images, document, trust).forEach(AutoCloseable::close)
    }
}

/** Only [work] is measured. */
private suspend fun <T> median(runs: Int, prepare: suspend () -> T, work: suspend (T) -> Unit): Double {
    val times = List(runs + 1) {
        val prepared = prepare()
        val begun = System.nanoTime()
        work(prepared)
        val took = System.nanoTime() - begun
        (prepared as? AutoCloseable)?.close()
        took
    }.drop(1)
    return times.sorted()[times.size / 2] / 1000.0
}
