package chipid.tests

import chipid.Answer
import chipid.Assessment
import chipid.Capture
import chipid.CardTransport
import chipid.ChipidException
import chipid.Document
import chipid.ErrorCode
import chipid.Keys
import chipid.LiveImages
import chipid.Policy
import chipid.Reading
import chipid.TransportException
import chipid.TransportFault
import chipid.TrustStore
import java.io.File
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull

/** What nobody should do, and what then happens. */
fun Suite.misuseFacts() {
    closing()
    transports()
    fact("two readings at once on one object: the second is refused, the first goes on") {
        reading { reading ->
            val second = CompletableDeferred<ChipidException>()
            Cards.lay("vn").use { card ->
                val first = At(5, card) { command ->
                    Cards.lay("vn").use { other -> second.complete(thrown { reading.read(other).close() }) }
                    card.transmit(command)
                }
                reading.read(first).close()
            }
            same(ErrorCode.BUSY, second.await().code)
        }
    }
    fact("many readings at once, each on its own object, do not disturb each other") {
        supervisorScope {
            List(16) { async(Dispatchers.Default) { read().use { holds(it.dangerUnverifiedFile(0x0101) != null, "DG1") } } }.awaitAll()
        }
    }
    fact("a trust store takes nothing after its first use, and an assessment under a verdict is not changed") {
        read().use { document ->
            val trust = Cards.trust()
            Assessment.of(document, trust).use { assessment ->
                same(ErrorCode.BUSY, thrown<ChipidException> { trust.add(ByteArray(3), "late") }.code)
                val verdict = Policy.builtIn("data-cleaning").decide(assessment)
                same(ErrorCode.BUSY, thrown<ChipidException> { assessment.compareTyped(name = "X") }.code)
                verdict.close()
                assessment.compareTyped(name = "X")
            }
        }
    }
    fact("a trust store that refused something is of no more use, also where the library was not asked") {
        read().use { document ->
            val csca = Cards.file("vn", "csca").readBytes()
            val tries = listOf<(TrustStore) -> Unit>(
                { it.add(ByteArray(0), "nothing") },
                { it.add("no certificate".encodeToByteArray(), "nonsense") },
                { it.add(csca, "half a character \uD800") },
            )
            for (add in tries) {
                Cards.trust().use { trust ->
                    thrown<Exception> { add(trust) }
                    same(ErrorCode.FOREIGN_HANDLE, thrown<ChipidException> { Assessment.of(document, trust).close() }.code)
                    same(ErrorCode.FOREIGN_HANDLE, thrown<ChipidException> { trust.add(csca, "csca") }.code)
                }
            }
            Cards.trust().use { used ->
                repeat(2) {
                    Assessment.of(document, used).use { assessment ->
                        Policy.builtIn("data-cleaning").decide(assessment).use { same(Answer.ACCEPT, it.answer) }
                    }
                    thrown<Exception> { used.add(csca, "\uD800") }
                }
            }
        }
    }
    fact("what is no value is refused before anything is done") {
        val code = { work: () -> Unit -> thrown<ChipidException>(work).code }
        same(8011, code { Keys.can("12345".encodeToByteArray()) })
        same(8904, code { Keys.can(byteArrayOf(-1, -1, -1, -1, -1, -1)) })
        code { Keys.can(ByteArray(0)) }
        code { Keys.mrz(ByteArray(100_000) { '<'.code.toByte() }) }
        code { Keys.qr(ByteArray(10)) }
        code { Policy.builtIn("nobody's") }
        code { Policy.fromToml("=") }
        code { TrustStore().add(ByteArray(0), "nothing") }
        code { Keys.numberAndDays(Cards.bytes("vn", "number"), -1, 0) }
        same(8905, code { Document().add(-1, ByteArray(1)) })
        code { Document().challengedWith(ByteArray(7)) }
        same(8202, thrown<ChipidException> { Document.load(File("/")) }.code)
        for (group in listOf(0, 17, 257, -1)) same(8905, thrown<ChipidException> { Cards.can().use { Reading(it, only = setOf(group)) } }.code)
        same(8904, code { Policy.fromToml(byteArrayOf(-1)) })
        Cards.can().use { keys -> thrown<ChipidException> { Reading(keys, challenge = ByteArray(9)) } }
    }
    fact("no secret is in an exception or a toString") {
        val number = Cards.text("vn", "number")
        val told = StringBuilder()
        told.append(thrown<ChipidException> { Keys.number((number + "1").encodeToByteArray()) }.stackTraceToString())
        told.append(thrown<ChipidException> { Document.load(File("/nowhere/$number")) }.stackTraceToString())
        reading { reading -> told.append(reading) }
        read().use { document ->
            Assessment.of(document, Cards.trust()).use { assessment ->
                Policy.builtIn("data-cleaning").decide(assessment).use { verdict ->
                    told.append(document).append(assessment).append(verdict).append(verdict.holder(listOf("personal_number", "name")))
                    told.append(verdict.grounds).append(verdict.checks)
                }
            }
        }
        holds(number !in told && Cards.text("vn", "can") !in told, "a secret was told")
    }
}

private fun Suite.closing() {
    fact("closing twice is nothing, and use after it is 8902") {
        val keys = Cards.can()
        val reading = Reading(keys)
        val document = read()
        val trust = Cards.trust()
        val assessment = Assessment.of(document, trust)
        val policy = Policy.builtIn("data-cleaning")
        val verdict = policy.decide(assessment)
        val images = LiveImages(Capture.CAMERA)
        for (owned in listOf(keys, reading, document, trust, assessment, policy, verdict, images)) {
            owned.close()
            owned.close()
        }
        val uses = listOf<suspend () -> Unit>(
            { Reading(keys) },
            { Cards.lay("vn").use { reading.read(it) } },
            { document.dangerUnverifiedFile(0x0101) },
            { trust.add(ByteArray(1), "x") },
            { Assessment.of(document, Cards.trust()) },
            { Assessment.of(read(), trust) },
            { assessment.compareTyped(name = "x") },
            { assessment.portrait() },
            { policy.decide(Assessment.of(read(), Cards.trust())) },
            { verdict.json() },
            { verdict.holder() },
            { images.add(ByteArray(3)) },
        )
        for (use in uses) same(8902, thrown<ChipidException> { use() }.code)
        same(Answer.UNDECIDED, verdict.answer, "a verdict that was closed accepts nobody:")
    }
    fact("closing from many threads while others work is a defined end") {
        repeat(50) {
            val document = Document().add(0x0101, ByteArray(1000))
            coroutineScope {
                repeat(4) {
                    launch(Dispatchers.Default) {
                        try {
                            repeat(100) { document.dangerUnverifiedFile(0x0101) }
                        } catch (closed: ChipidException) {
                            same(8902, closed.code)
                        }
                    }
                    launch(Dispatchers.Default) { document.close() }
                }
            }
        }
    }
    fact("a reading that is closed while it reads ends with 8902") {
        val reading = Cards.can().use { Reading(it) }
        Cards.lay("vn").use { card ->
            val closing = At(6, card) { command ->
                reading.close()
                card.transmit(command)
            }
            same(8902, thrown<ChipidException> { reading.read(closing).close() }.code)
        }
    }
}

private fun Suite.transports() {
    fact("a transmit that throws is a failed transport, with what it threw as the cause; the reading goes on") {
        reading { reading ->
            val own = IllegalStateException("the caller's own")
            Cards.lay("vn").use { card ->
                val failed = thrown<ChipidException> { reading.read(At(9, card) { throw own }).close() }
                same(TransportFault.FAILED, failed.fault)
                holds(failed.cause === own, "the cause is ${failed.cause}")
            }
            Cards.lay("vn").use { reading.read(it).close() }
        }
    }
    fact("each fault comes through as its code") {
        // One that is too long is tried again in shorter pieces.
        for (fault in TransportFault.entries - TransportFault.TOO_LONG) reading { reading ->
            Cards.lay("vn").use { card ->
                val failed = thrown<ChipidException> { reading.read(At(2, card) { throw TransportException(fault) }).close() }
                same(fault.code, failed.code)
            }
        }
    }
    fact("garbage and nothing are errors of the transport or of the chip") {
        val answers = listOf(ByteArray(0), byteArrayOf(0x90.toByte()), ByteArray(70_000) { 7 }, byteArrayOf(0x6F, 0), ByteArray(258) { -1 })
        for (answer in answers) for (place in listOf(1, 2, 4, 8)) reading { reading ->
            Cards.lay("vn").use { card ->
                try {
                    withTimeout(20.seconds) { reading.read(At(place, card) { answer }).close() }
                } catch (failed: ChipidException) {
                    holds(failed.code in 1000..6999, "$failed")
                }
            }
            Cards.lay("vn").use { reading.read(it).close() }
        }
    }
    fact("a transport that answers the same for ever comes to an end") {
        for (answer in listOf("9000", "61FF", "6C00", "6282", "00009000")) reading { reading ->
            val asked = AtomicInteger()
            val parrot = CardTransport {
                asked.incrementAndGet()
                answer.hexToByteArray()
            }
            val ended = withTimeoutOrNull(20.seconds) {
                try {
                    reading.read(parrot).close()
                } catch (failed: ChipidException) {
                    holds(failed.code in 1000..6999, "$failed")
                }
            }
            holds(ended != null && asked.get() < 10_000, "$answer: it asked $asked times")
        }
    }
    fact("cancelling ends a transmit that hangs, and the reading goes on from there") {
        reading { reading ->
            val began = CompletableDeferred<Unit>()
            coroutineScope {
                Cards.lay("vn").use { card ->
                    val running = async {
                        reading.read(At(12, card) {
                            began.complete(Unit)
                            awaitCancellation()
                        })
                    }
                    began.await()
                    val took = measureTime {
                        running.cancel()
                        running.join()
                    }
                    holds(took < 2.seconds, "it took $took")
                }
            }
            val before = reading.progress.value!!.bytesDone
            Cards.lay("vn").use { reading.read(it).close() }
            holds(reading.progress.value!!.bytesDone > before, "it went on")
        }
    }
    fact("cancelling ends a transmit that blocks its thread interruptibly") {
        reading { reading ->
            val ended = withTimeoutOrNull(500.milliseconds) {
                reading.read { runInterruptible(Dispatchers.IO) { Thread.sleep(100_000) }.let { ByteArray(0) } }
            }
            same(null, ended)
        }
    }
    fact("cancelling ends a transmit that waits for a peer that never answers, where it closes the socket") {
        ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { silent ->
            Socket(silent.inetAddress, silent.localPort).use { socket ->
                val began = System.nanoTime()
                reading { reading ->
                    val ended = withTimeoutOrNull(500.milliseconds) {
                        reading.read {
                            suspendCancellableCoroutine { waiting ->
                                waiting.invokeOnCancellation { socket.close() }
                                Dispatchers.IO.asExecutor().execute {
                                    waiting.resumeWith(runCatching { byteArrayOf(socket.getInputStream().read().toByte()) })
                                }
                            }
                        }
                    }
                    same(null, ended)
                }
                holds(socket.isClosed && System.nanoTime() - began < 5_000_000_000, "it was ended")
            }
        }
    }
    fact("cancelled at every command, the reading comes to its end nevertheless") {
        reading { reading ->
            var rounds = 0
            var document: Document? = null
            while (document == null) {
                rounds += 1
                Cards.lay("vn").use { card ->
                    supervisorScope {
                        val running = async { var asked = 0; reading.read { if (++asked > 16) awaitCancellation() else card.transmit(it) } }
                        val watcher = launch { delay(250); running.cancel() }
                        try {
                            document = running.await()
                            watcher.cancel()
                        } catch (_: CancellationException) {
                            holds(rounds < 40, "it does not come on")
                        }
                    }
                }
            }
            document.close()
        }
    }
    fact("a withTimeout of the transport's own is a timeout, and no cancellation") {
        reading { reading ->
            val late = thrown<ChipidException> { reading.read { withTimeout(20.milliseconds) { awaitCancellation() } }.close() }
            same(TransportFault.TIMEOUT, late.fault)
        }
    }
    fact("a transmit may use other objects, and wait for another reading") {
        reading { reading ->
            Cards.lay("vn").use { card ->
                reading.read(At(3, card) { command ->
                    runBlocking { read("vn-other").close() }
                    card.transmit(command)
                }).close()
            }
        }
    }
    fact("it is carried off the caller's thread") {
        val thread = Thread.currentThread()
        val carriedOn = ConcurrentHashMap.newKeySet<Thread>()
        runBlocking {
            same(thread, Thread.currentThread())
            reading { reading ->
                Cards.lay("vn").use { card ->
                    reading.read {
                        carriedOn += Thread.currentThread()
                        card.transmit(it)
                    }.close()
                }
            }
        }
        holds(carriedOn.isNotEmpty() && thread !in carriedOn, "carried on the caller's thread")
    }
}

private suspend fun reading(work: suspend (Reading) -> Unit) =
    Cards.can().use { keys -> Reading(keys).use { work(it) } }
