// One case of the conformance run, through the public surface alone: see bindings/conformance/README.md.
package chipid.conformance

import chipid.Anchor
import chipid.Assessment
import chipid.ChipidException
import chipid.Document
import chipid.Faces
import chipid.Keys
import chipid.LiveImages
import chipid.Policy
import chipid.Reading
import chipid.TransportFault
import chipid.TrustStore
import java.io.File
import java.nio.file.Files
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope

/** A member of the run on the card server's [port]. Models are loaded once for all cases. */
class Member(private val port: Int) : AutoCloseable {
    private val loaded = HashMap<String, Faces>()

    override fun close() = loaded.values.forEach(Faces::close)

    /** The lines of a case's result. */
    suspend fun result(case: Block): List<Pair<String, String>> {
        val told = try {
            refuseUnknown(case)
            carrying(case, port).use { card -> carryOut(case, card) }
        } catch (error: ChipidException) {
            linesOf(error)
        } catch (_: CancellationException) {
            listOf("error.code" to TransportFault.CANCELLED.code.toString())
        } catch (unsupported: UnsupportedOperationException) {
            listOf("unsupported" to (unsupported.message ?: "?"))
        } catch (trouble: Exception) {
            listOf("unsupported" to trouble.toString())
        }
        return listOf("id" to case.first("id").orEmpty()) + told
    }

    private suspend fun carryOut(case: Block, card: Carrying): List<Pair<String, String>> = Owned().use { owned ->
        val out = mutableListOf<Pair<String, String>>()
        var last: String? = null
        val keys = case.beginning("key.").firstOrNull()?.let { (kind, value) -> owned + keysOf(kind, value) }
        if (keys != null) last = "keys"
        val document = document(case, keys, card)?.let { owned + it }
        if (document != null) last = "document"
        val assessment = document?.takeIf { case.wantsAssessment() }?.let { owned + assess(case, it) }
        val faces = case.first("models")?.let { faces(it, case.first("models_bytes") == "1") }
        if (faces != null) last = "models"
        val images = images(case)?.let { owned + it }
        if (images != null) last = "images"
        if (images != null && document == null) {
            for (digest in images.digests()) out += "image" to digest.toHexString()
        }
        if (assessment != null) {
            last = "assessment"
            addTo(assessment, case, faces, images, owned)
            out += "portrait.length" to (assessment.portrait()?.size ?: 0).toString()
        }
        val policy = policy(case)?.let { owned + it }
        if (policy != null && assessment != null) {
            tell(case, owned + policy.decide(assessment), out)
        } else {
            (if (policy != null) "policy" else last)?.let { out += it to "ok" }
        }
        if (case.first("card") != null) out += "apdus" to card.asked.toString()
        out
    }

    private suspend fun document(case: Block, keys: Keys?, card: Carrying): Document? {
        val found = when {
            case.first("card") != null -> read(case, requireNotNull(keys), card)
            case.first("folder") != null -> Document.load(File(case.first("folder")!!))
            else -> {
                val files = case.beginning("file.").ifEmpty { return null }
                files.fold(Document()) { made, (id, path) -> made.add(id.toInt(16), File(path).readBytes()) }
            }
        }
        val kept = if (case.first("save") == "1") found.use { savedAndLoaded(it) } else found
        case.first("challenged_with")?.let { kept.challengedWith(it.hexToByteArray()) }
        return kept
    }

    private suspend fun read(case: Block, keys: Keys, card: Carrying): Document {
        val only = case.first("only")?.split(',')?.map(String::toInt)?.toSet()
        val challenge = case.first("challenge")?.hexToByteArray()
        Reading(keys, only, challenge).use { reading ->
            var left = case.first("resumes")?.toInt() ?: 0
            while (true) {
                try {
                    return cancellable(card) { reading.read(card) }
                } catch (error: ChipidException) {
                    if (error.fault == null || left == 0) throw error
                    left -= 1
                }
            }
        }
    }

    /** Runs [work] so that the case can cancel it, and nothing else. */
    private suspend fun <T> cancellable(card: Carrying, work: suspend () -> T): T = supervisorScope {
        val running = async { work() }
        card.cancel = running::cancel
        if (card.cancelAfter == 0) running.cancel()
        running.await()
    }

    private suspend fun savedAndLoaded(document: Document): Document {
        val folder = Files.createTempDirectory("chipid-kotlin").toFile()
        try {
            val place = folder.resolve("document")
            document.save(place)
            return Document.load(place)
        } finally {
            folder.deleteRecursively()
        }
    }

    private suspend fun assess(case: Block, document: Document): Assessment = TrustStore().use { trust ->
        for ((kind, path) in case.beginning("trust.")) {
            trust.add(File(path).readBytes(), path, Anchor.valueOf(kind.uppercase()))
        }
        Assessment.of(document, trust, case.first("at")?.toLong())
    }

    private suspend fun addTo(assessment: Assessment, case: Block, faces: Faces?, images: LiveImages?, owned: Owned) {
        for ((kind, value) in case.beginning("compare.")) keysOf(kind, value).use(assessment::compareKeys)
        val (name, number) = case.first("typed.name") to case.first("typed.number")
        val birth = case.first("typed.birth")?.toInt()
        if (name != null || number != null || birth != null) assessment.compareTyped(name, number, birth)
        val live = images ?: owned + LiveImages(case.capture())
        if (faces != null) assessment.compareFace(faces, live)
        case.first("liveness")?.let { assessment.addLiveness(livenessOf(it, live)) }
        case.first("vendor_comparison")?.let { assessment.addVendorComparison(vendorComparisonOf(it, assessment, live)) }
        case.first("confirmation")?.let { confirm(it, assessment) }
        case.first("attempts")?.split(',')?.let { (made, failed, seconds) ->
            assessment.setAttempts(made.toInt(), failed.toInt(), seconds.toLong())
        }
    }

    private suspend fun faces(folder: String, fromBytes: Boolean): Faces = loaded.getOrPut("$fromBytes $folder") {
        if (!fromBytes) return@getOrPut Faces.load(File(folder))
        Faces.load(File(folder, DETECTOR).readBytes(), File(folder, RECOGNISER).readBytes())
    }

    private companion object {
        const val DETECTOR = "face_detection_yunet_2023mar.onnx"
        const val RECOGNISER = "face_recognition_sface_2021dec_int8bq.onnx"
    }
}

/** What a case made, closed when it has ended. */
private class Owned : AutoCloseable {
    private val made = ArrayList<AutoCloseable>()

    operator fun <T : AutoCloseable> plus(value: T): T = value.also(made::add)

    override fun close() = made.asReversed().forEach(AutoCloseable::close)
}

private val KNOWN = setOf(
    "id", "card", "folder", "only", "challenge", "limits", "resumes", "cancel_after", "throw_at", "save", "challenged_with", "at",
    "models", "models_bytes", "capture", "live", "frame", "liveness", "vendor_comparison", "confirmation", "attempts", "policy", "policy_file", "fields",
    "typed.name", "typed.number", "typed.birth",
)
private val KNOWN_BEGINNINGS = setOf("key", "file", "fail", "trust", "compare")

private fun refuseUnknown(case: Block) {
    val unknown = case.lines.map { it.first }.firstOrNull { it !in KNOWN && it.substringBefore('.') !in KNOWN_BEGINNINGS }
    if (unknown != null) throw UnsupportedOperationException(unknown)
}

private fun Block.wantsAssessment() =
    first("policy") != null || first("policy_file") != null || beginning("trust.").isNotEmpty()

private fun policy(case: Block): Policy? =
    case.first("policy")?.let(Policy::builtIn) ?: case.first("policy_file")?.let { Policy.fromToml(File(it).readBytes()) }
