package chipid.tests

import chipid.ActiveAuthentication
import chipid.Anchor
import chipid.Answer
import chipid.Assessment
import chipid.Check
import chipid.ChipidException
import chipid.Document
import chipid.DocumentFile
import chipid.ErrorCode
import chipid.IssuerTrust
import chipid.Keys
import chipid.Phase
import chipid.Policy
import chipid.Progress
import chipid.Reading
import chipid.Severity
import chipid.TransportException
import chipid.TransportFault
import chipid.TransportLimits
import chipid.TrustStore
import chipid.conformance.ServedCard
import chipid.CardTransport
import java.io.File
import java.nio.file.Files
import java.util.concurrent.ConcurrentLinkedQueue
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.launch
import kotlinx.coroutines.coroutineScope

/** From the chip to the verdict. */
fun Suite.readingFacts() {
    fact("a card is read and accepted") {
        read().use { document ->
            Assessment.of(document, Cards.trust()).use { assessment ->
                val verdict = Policy.builtIn("data-cleaning").decide(assessment)
                same(Answer.ACCEPT, verdict.answer)
                same(Check.Passed, verdict.checks["passive_authentication"])
                same(Check.Passed, verdict.checks["chip_genuine"])
                same(Check.NotPerformed("not_requested"), verdict.checks["face"])
                holds(verdict.grounds.all { it.severity == Severity.NOTE }, "${verdict.grounds}")
                same(null, verdict.similarity)
                val holder = verdict.holder(listOf("name", "personal_number"))!!
                same(IssuerTrust.ISSUER_VERIFIED, holder.trust)
                same(Cards.text("vn", "number"), holder.fields["personal_number"])
                holds(verdict.json().startsWith("{"), "the report is JSON")
                holds("\"verdict\"" !in assessment.json() && "\"checks\"" in assessment.json(), "a report without a verdict")
                holds(assessment.portrait()!!.size > 1000, "the portrait of a proven issuer is given")
            }
        }
    }
    fact("a portrait whose issuer nobody vouches for is not given") {
        read().use { document ->
            Assessment.of(document, TrustStore()).use { assessment ->
                same(null, assessment.portrait())
                val verdict = Policy.builtIn("counter").decide(assessment)
                holds(verdict.answer != Answer.ACCEPT, "it is not accepted")
                same(IssuerTrust.SIGNATURE_ONLY, verdict.holder()?.trust)
            }
        }
    }
    fact("a card whose data were changed is rejected") {
        read("vn-wrong-data").use { document ->
            Assessment.of(document, Cards.trust("vn-wrong-data")).use { assessment ->
                val verdict = Policy.builtIn("data-cleaning").decide(assessment)
                same(Answer.REJECT, verdict.answer)
                same(null, verdict.holder())
                holds(verdict.checks["passive_authentication"] is Check.Failed, "${verdict.checks}")
            }
        }
    }
    fact("every kind of key opens its card") {
        fun keys(kind: String): Keys = when (kind) {
            "mrz" -> Keys.mrz(Cards.bytes("vn", "mrz"))
            "qr" -> Keys.qr(Cards.bytes("vn", "qr"))
            "number" -> Keys.number(Cards.bytes("vn", "number"))
            else -> Cards.text("vn", "document").split(',').map(String::encodeToByteArray)
                .let { (number, birth, expiry) -> Keys.document(number, birth, expiry) }
        }
        for (kind in listOf("mrz", "qr", "number", "document")) {
            keys(kind).use { keys -> Reading(keys).use { reading -> Cards.lay("vn").use { reading.read(it).close() } } }
        }
    }
    fact("progress goes from access to the end") {
        val seen = ConcurrentLinkedQueue<Progress>()
        Cards.can().use { keys ->
            Reading(keys).use { reading ->
                same(null, reading.progress.value)
                coroutineScope {
                    val watching = launch { reading.progress.filterNotNull().collect(seen::add) }
                    Cards.lay("vn").use { reading.read(it).close() }
                    same(Phase.DONE, reading.progress.value?.phase)
                    watching.cancel()
                }
            }
        }
        val bytes = seen.map { it.bytesDone }
        same(bytes.sorted(), bytes, "what is done grows")
        holds(seen.any { it.phase == Phase.FILE && it.file == DocumentFile.dataGroup(2) }, "DG2 is read: $seen")
    }
    fact("a card that was lifted goes on where it was") {
        Cards.can("vn-lost").use { keys ->
            Reading(keys).use { reading ->
                val name = "vn-lost/kotlin-resumed"
                val lost = thrown<ChipidException> { ServedCard(Cards.port, name).use { reading.read(it).close() } }
                same(TransportFault.CARD_REMOVED, lost.fault)
                holds(lost.cause is TransportException, "what the transport threw is the cause")
                val before = reading.progress.value!!.bytesDone
                holds(before > 0, "something was read before")
                ServedCard(Cards.port, name).use { reading.read(it).close() }
                holds(reading.progress.value!!.bytesDone > before, "it went on")
            }
        }
    }
    fact("going on with another card is refused") {
        Cards.can("vn-swapped").use { keys ->
            Reading(keys).use { reading ->
                val name = "vn-swapped/kotlin"
                thrown<ChipidException> { ServedCard(Cards.port, name).use { reading.read(it).close() } }
                val other = thrown<ChipidException> { ServedCard(Cards.port, name).use { reading.read(it).close() } }
                same(2007, other.code)
                same(null, other.fault)
            }
        }
    }
    fact("only what is asked for is read, within what the road carries") {
        var longest = 0
        Cards.can().use { keys ->
            Reading(keys, only = setOf(1), challenge = ByteArray(8) { 7 }).use { reading ->
                Cards.lay("vn").use { card ->
                    val narrow = object : CardTransport {
                        override val limits = TransportLimits(command = 261, response = 100)

                        override suspend fun transmit(command: ByteArray) =
                            card.transmit(command).also { longest = maxOf(longest, it.size) }
                    }
                    reading.read(narrow).use { document ->
                        holds(document.dangerUnverifiedFile(DocumentFile.dataGroup(1)) != null, "DG1 was read")
                        same(null, document.dangerUnverifiedFile(DocumentFile.dataGroup(2)))
                    }
                }
            }
        }
        holds(longest in 1..300, "files came in short pieces: $longest")
    }
    fact("what the chip answered to a challenge goes with the files to a server") {
        val challenge = ByteArray(8) { 7 }
        val files = listOf(1, 2, 13, 14, 15).map(DocumentFile::dataGroup) + DocumentFile.SOD
        Cards.can().use { keys -> Reading(keys, challenge = challenge).use { reading -> Cards.lay("vn").use { reading.read(it) } } }.use { read ->
            val evidence = read.activeAuthentication!!
            same(challenge.toList(), evidence.challenge.toList())
            holds(evidence.signature.size in 32..512, "a signature")
            holds(evidence.signature.toList().toString() !in "$evidence", "nothing is shown")
            same(8902, thrown<ChipidException> { read.add(evidence) }.code)
            suspend fun judged(with: (Document) -> Unit): String = Document().use { made ->
                for (file in files) read.dangerUnverifiedFile(file)?.let { made.add(file, it) }
                with(made)
                Assessment.of(made, Cards.trust()).use { assessment ->
                    Policy.builtIn("data-cleaning").use { policy ->
                        policy.decide(assessment).use { verdict -> "${verdict.checks["chip_genuine"]} ${verdict.grounds}" }
                    }
                }
            }
            val without = judged { same(null, it.activeAuthentication) }
            val own = judged { it.add(evidence).challengedWith(challenge) }
            val forged = judged { it.add(ActiveAuthentication(challenge, ByteArray(evidence.signature.size))).challengedWith(challenge) }
            holds(own.startsWith("Passed"), "the server's own challenge: $own")
            holds(!without.startsWith("Passed") && !forged.startsWith("Passed"), "$without; $forged")
            Document().use { same(8905, thrown<ChipidException> { it.add(ActiveAuthentication(ByteArray(7), ByteArray(64))) }.code) }
        }
    }
    fact("a document is saved, loaded, and put together by hand") {
        val folder = Files.createTempDirectory("chipid-kotlin").toFile()
        try {
            read().use { document ->
                document.save(File(folder, "saved"))
                same(8203, thrown<ChipidException> { document.save(File(folder, "saved")) }.code)
                val files = listOf(1, 2, 13).map(DocumentFile::dataGroup) + DocumentFile.SOD
                Document().use { made ->
                    for (file in files) made.add(file, document.dangerUnverifiedFile(file)!!)
                    Assessment.of(made, Cards.trust()).use { holds(it.portrait() != null, "its portrait is proven") }
                }
                same(8902, thrown<ChipidException> { document.add(DocumentFile.dataGroup(1), ByteArray(3)) }.code)
            }
            Document.load(File(folder, "saved")).use { loaded ->
                loaded.challengedWith(ByteArray(8))
                Assessment.of(loaded, Cards.trust(), at = 1_795_305_600).close()
            }
        } finally {
            folder.deleteRecursively()
        }
    }
    fact("what was typed and another's keys are compared with the signed data") {
        read().use { document ->
            Assessment.of(document, Cards.trust()).use { assessment ->
                same(ErrorCode.NULL_ARGUMENT, thrown<ChipidException> { assessment.compareTyped() }.code)
                assessment.compareTyped(name = "NOBODY AT ALL", number = Cards.text("vn", "number"))
                Keys.qr(Cards.bytes("vn-other", "qr")).use(assessment::compareKeys)
                val verdict = Policy.builtIn("data-cleaning").decide(assessment)
                holds(verdict.answer != Answer.ACCEPT, "${verdict.grounds}")
                val differences = verdict.differences(listOf("name"))
                holds(differences.any { it.subject == "name" && it.second.value != null }, "$differences")
                holds(verdict.differences().all { "NOBODY" !in it.toString() }, "no value is in a toString")
            }
        }
    }
    fact("a wrong key is told with what the chip says") {
        Keys.can("000000".encodeToByteArray()).use { keys ->
            Reading(keys).use { reading ->
                val wrong = thrown<ChipidException> { Cards.lay("vn").use { reading.read(it).close() } }
                same(ErrorCode.WRONG_KEY, wrong.code)
                same(null, wrong.fault)
            }
        }
    }
    fact("a passport is read by its zone, old ones too") {
        for (name in listOf("passport", "passport-bac")) {
            Keys.mrz(Cards.bytes(name, "mrz")).use { keys ->
                Reading(keys).use { reading ->
                    Cards.lay(name).use { reading.read(it) }.use { document ->
                        Assessment.of(document, Cards.trust(name, Anchor.ANY)).use { assessment ->
                            val verdict = Policy.fromToml(POLICY).decide(assessment)
                            same("P", verdict.holder(listOf("document_type"))?.fields?.get("document_type")?.take(1))
                        }
                    }
                }
            }
        }
    }
}

private val POLICY = """
    name = "mine"
    purpose.en = "A test's own."
    purpose.vi = "Của bài kiểm tra."
    requires = ["passive_authentication"]
""".trimIndent()
