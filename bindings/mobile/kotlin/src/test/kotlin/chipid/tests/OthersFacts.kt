package chipid.tests

import chipid.Answer
import chipid.Assessment
import chipid.Capture
import chipid.Check
import chipid.ChipidException
import chipid.ConfirmationAnswer
import chipid.ConfirmationRequest
import chipid.DocumentFile
import chipid.Frame
import chipid.LiveImages
import chipid.Plane
import chipid.Policy
import chipid.TrustStore
import chipid.Unreachable
import chipid.VendorComparison
import chipid.VendorMatch
import java.nio.ByteBuffer

/** What others say: another maker's engine, a confirmation service. */
fun Suite.othersFacts() {
    fact("another maker's engine counts where the policy names it, for this portrait and these images") {
        same(Answer.ACCEPT, byVendor(VendorMatch.MATCH) { it })
        same(Answer.REJECT, byVendor(VendorMatch.MISMATCH) { it })
        holds(byVendor(VendorMatch.MATCH) { ByteArray(32) } != Answer.ACCEPT, "another portrait")
    }
    fact("a confirmation answers the question that was asked, once") {
        val confirmed = asked { request -> answer(request, confirmed = true) }
        same(Check.Passed, confirmed.first)
        holds(asked { request -> answer(request, confirmed = true, nonce = ByteArray(16)) }.first !is Check.Passed, "another nonce")
        holds(asked { request -> answer(request, confirmed = false) }.first !is Check.Passed, "denied")
        holds(asked { null }.first !is Check.Passed, "no answer")
    }
    fact("a request says what a service may ask for, and is gone with its answer") {
        read().use { document ->
            Assessment.of(document, Cards.trust()).use { assessment ->
                val request = ConfirmationRequest.of(assessment, nonce = ByteArray(16) { 5 }, consent = "consent-1")
                holds(request.nonce.all { it == 5.toByte() }, "the nonce that was kept")
                same(Cards.text("vn", "number"), request.number.decodeToString())
                holds(request.digests.any { it.dataGroup == 1 && it.status == "match" }, "${request.digests.map { it.status }}")
                holds(request.file(DocumentFile.SOD) != null && request.digestAlgorithm != null, "EF.SOD and its digests")
                holds(request.documentSignerPem!!.startsWith("-----BEGIN"), "PEM")
                same(8, request.activeAuthentication?.challenge?.size)
                holds(request.madeAt > 1_700_000_000, "it was made now")
                holds(Cards.text("vn", "number") !in "$request", "nothing is shown")
                assessment.addNoConfirmation(request, Unreachable.TIMED_OUT)
                same(8902, thrown<ChipidException> { request.nonce }.code)
                request.close()
                same(false, ConfirmationAnswer.isSignedBy(Cards.file("vn", "csca").readBytes(), ByteArray(3), ByteArray(64)))
            }
            Assessment.of(document, TrustStore()).use { ConfirmationRequest.of(it).close() }
        }
        read("vn-wrong-data").use { document ->
            Assessment.of(document, Cards.trust("vn-wrong-data")).use { assessment ->
                same(8204, thrown<ChipidException> { ConfirmationRequest.of(assessment) }.code)
            }
        }
    }
}

private suspend fun byVendor(result: VendorMatch, portrait: (ByteArray) -> ByteArray): Answer = read().use { document ->
    Assessment.of(document, Cards.trust()).use { assessment ->
        LiveImages(Capture.CAMERA).use { images ->
            images.add(Frame.rgb(8, 8, Plane(ByteBuffer.allocate(192), 24, 3)))
            assessment.addVendorComparison(
                VendorComparison(
                    result, Capture.CAMERA, System.currentTimeMillis() / 1000, "Invented Vendor", "4.1", "invented report 7",
                    portrait(assessment.portraitDigest()!!), images.digests(),
                ),
            )
        }
        Policy.fromToml(TAKES).use { policy -> policy.decide(assessment).use { it.answer } }
    }
}

/** The check and the answer under a policy that asks for a confirmation. */
private suspend fun asked(answer: (ConfirmationRequest) -> ConfirmationAnswer?): Pair<Check?, Answer> = read().use { document ->
    Assessment.of(document, Cards.trust()).use { assessment ->
        ConfirmationRequest.of(assessment).use { request ->
            val said = answer(request)
            if (said == null) assessment.addNoConfirmation(request, Unreachable.NO_CONNECTION)
            else assessment.addConfirmation(request, said)
        }
        Policy.fromToml(ASKS).use { policy -> policy.decide(assessment).use { it.checks["online"] to it.answer } }
    }
}

private fun answer(request: ConfirmationRequest, confirmed: Boolean, nonce: ByteArray = request.nonce) = ConfirmationAnswer(
    confirmed, "Invented Service", request.number.decodeToString(), request.signerSha256!!, nonce,
    System.currentTimeMillis() / 1000,
)

private val TAKES = """
    name = "own"
    requires = ["passive_authentication", "face"]
    [[face.vendors]]
    vendor = "Invented Vendor"
    certificate = "invented report 7"
""".trimIndent()

private val ASKS = """
    name = "asks"
    requires = ["passive_authentication", "online"]
""".trimIndent()
