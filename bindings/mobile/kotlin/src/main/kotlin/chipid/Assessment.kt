package chipid

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import chipid.ffi.Assessment as NativeAssessment
import chipid.ffi.Typed

/**
 * Everything that is known of one document and one person. One call at a time changes it; a second one is refused (8903).
 */
public class Assessment private constructor(native: NativeAssessment) : AutoCloseable {
    internal val handle = Handle(native)

    /**
     * Compares what came with [keys] (QR code, zone, number) with the signed data: for a document that was not opened with
     * them. What opened a document is compared without this call.
     */
    public fun compareKeys(keys: Keys): Unit = handle { own -> keys.handle { own.compareKeys(it) } }

    /**
     * Compares what was typed or is in a record with the signed data; `null` is not compared, and what is empty agrees with nobody's. [birth] is
     * `YYYYMMDD` in a number (19900315). A call with nothing is refused (8901).
     */
    public fun compareTyped(name: String? = null, number: String? = null, birth: Int? = null) {
        val given = Typed(name != null, number != null, birth?.toUInt())
        lending(name.orEmpty().encodeToByteArray()) { lentName ->
            lending(number.orEmpty().encodeToByteArray()) { lentNumber -> handle { it.compareTyped(lentName, lentNumber, given) } }
        }
    }

    /**
     * Compares the chip's portrait, where it is proven, with live images, on [Dispatchers.Default]. Several images of one moment
     * belong into one call: every further call counts as another attempt of a person who did not match.
     *
     * A comparison that has begun runs to its end, some hundred milliseconds, also where the coroutine is cancelled.
     */
    public suspend fun compareFace(faces: Faces, images: LiveImages): Unit = withContext(Dispatchers.Default) {
        handle { own -> faces.handle { models -> images.handle { own.compareFace(models, it) } } }
    }

    /** Takes the caller's liveness check, another maker's: chipid has none. It counts only for the images it looked at. */
    public fun addLiveness(liveness: Liveness): Unit = handle { it.addLiveness(liveness.toNative()) }

    /** Takes a comparison by another maker's face engine. It counts where the policy names vendor and certificate. */
    public fun addVendorComparison(comparison: VendorComparison): Unit = handle { it.addVendorComparison(comparison.toNative()) }

    /** What ties a [VendorComparison] to the portrait of this document: SHA-256 over DG2. `null` where no portrait is proven. */
    public fun portraitDigest(): ByteArray? = handle { it.portraitDigest() }

    /** Takes what a confirmation service answered, and the request with it. */
    public fun addConfirmation(request: ConfirmationRequest, answer: ConfirmationAnswer): Unit =
        handle { own -> request.handle { own.addConfirmation(it, answer.toNative()) } }

    /** Takes that a confirmation service was asked, and why there is no answer; and the request with it. */
    public fun addNoConfirmation(request: ConfirmationRequest, why: Unreachable): Unit =
        handle { own -> request.handle { own.addNoConfirmation(it, why.toNative()) } }

    /**
     * Says how many comparisons this session has seen, this one included, how many of those before it did not match, and how
     * old the session is. Policies bound them; without this call only the comparisons here are counted. "This one" is the first that will
     * be made here or, where there was one, the last; every further one here is added to both numbers, and they only grow.
     */
    public fun setAttempts(made: Int, failedBefore: Int, sessionSeconds: Long): Unit =
        handle { it.setAttempts(made.toUInt(), failedBefore.toUInt(), sessionSeconds.toULong()) }

    /** The portrait as the chip has it (JPEG or JPEG 2000). `null` where its issuer is not verified: anybody can sign one. */
    public fun portrait(): ByteArray? = handle { it.portrait() }

    /**
     * The report as JSON without a verdict: what was found, before anybody judges. [fields] names what of the holder is given, empty
     * for what is given unasked.
     */
    @JvmOverloads
    public fun json(fields: List<String> = emptyList()): String = handle { it.json(fields) }

    /** Wipes it. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    /** Shows nothing of it. */
    override fun toString(): String = "Assessment"

    public companion object {
        /**
         * Verifies a document, and compares what came with its key with the signed data. The document may be closed afterwards.
         *
         * @param at the time of the check in seconds since 1970; `null` for the system's clock.
         */
        public suspend fun of(document: Document, trust: TrustStore, at: Long? = null): Assessment =
            making(Dispatchers.Default) {
                Assessment(document.handle { files -> trust.handle { anchors -> NativeAssessment(files, anchors, at) } })
            }
    }
}

/** What a liveness check came to. */
public enum class LivenessResult {
    /** A living person. */
    PASSED,

    /** A picture, a screen, a mask. */
    FAILED,

    /** It could not say. */
    UNCERTAIN,
}

/**
 * What a liveness check of the caller's came to (another vendor's: chipid has none).
 *
 * @property result what came out.
 * @property capture where the images came from; it must be that of the images that were compared.
 * @property at when it was made, in seconds since 1970.
 * @property vendor who made the check.
 * @property version which version of theirs.
 * @property basis by what it is known to work: certificate or test report.
 * @property images the images that the check looked at, as [LiveImages.digests] gives them: it counts only where every image that
 *   was compared is among them.
 */
public class Liveness(
    public val result: LivenessResult,
    public val capture: Capture,
    public val at: Long,
    public val vendor: String,
    public val version: String,
    public val basis: String,
    public val images: List<ByteArray>,
)
