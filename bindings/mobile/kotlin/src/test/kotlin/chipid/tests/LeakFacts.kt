package chipid.tests

import chipid.Assessment
import chipid.Capture
import chipid.CardTransport
import chipid.ChipidException
import chipid.LiveImages
import chipid.Policy
import chipid.Reading
import chipid.TransportException
import chipid.TransportFault
import java.io.File
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.supervisorScope

/** Memory outside the virtual machine, which its collector does not see. */
fun Suite.leakFacts() {
    fact("what is closed leaves nothing behind") {
        // Whatever is made once is made by then.
        repeat(100) { everything() }
        val before = resident()
        repeat(ROUNDS) { everything() }
        val grown = resident() - before
        holds(grown < ROUNDS * A_DOCUMENT / 2, "resident memory grew by $grown bytes over $ROUNDS rounds")
    }
    fact("what nobody closes is freed when the collector finds it") {
        val before = resident()
        repeat(40) {
            val images = LiveImages(Capture.FILE)
            images.add(chipid.Frame.rgb(1024, 1024, chipid.Plane(java.nio.ByteBuffer.allocateDirect(3 shl 20), 3 shl 10, 3)))
            if (it % 8 == 7) {
                System.gc()
                Thread.sleep(50)
            }
        }
        System.gc()
        Thread.sleep(200)
        val grown = resident() - before
        holds(grown < 90 shl 20, "120 MB of images left $grown bytes behind")
    }
}

private suspend fun everything() {
    Cards.can().use { keys ->
        Reading(keys).use { reading ->
            Cards.lay("vn").use { card ->
                thrown<ChipidException> { reading.read(At(8, card) { throw TransportException(TransportFault.TIMEOUT) }) }
            }
            Cards.lay("vn").use { card -> cancelled(reading, card) }
            Cards.lay("vn").use { reading.read(it) }.use { document ->
                Assessment.of(document, Cards.trust()).use { assessment ->
                    Policy.builtIn("data-cleaning").use { it.decide(assessment).use { verdict -> verdict.json() } }
                }
            }
        }
    }
}

/** Cancels a reading while a command is under way. */
private suspend fun cancelled(reading: Reading, card: CardTransport): Unit = supervisorScope {
    val hanging = CompletableDeferred<Unit>()
    val running = async {
        reading.read(At(9, card) {
            hanging.complete(Unit)
            awaitCancellation()
        })
    }
    hanging.await()
    running.cancelAndJoin()
}

/** Resident memory of this process, in bytes, after the collector has run. */
private fun resident(): Long {
    repeat(3) {
        System.gc()
        Thread.sleep(50)
    }
    val line = File("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }
    return line.filter(Char::isDigit).toLong() shl 10
}

private const val ROUNDS = 240

/** What the files of the card take, in bytes. */
private const val A_DOCUMENT = 24_000
