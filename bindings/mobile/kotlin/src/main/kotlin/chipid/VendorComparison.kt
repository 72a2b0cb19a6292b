package chipid

/** What another maker's engine said, by its own threshold. */
public enum class VendorMatch {
    /** One person. */
    MATCH,

    /** Two persons. */
    MISMATCH,

    /** It could not say. */
    UNCERTAIN,
}

/**
 * A comparison by another maker's face engine: one with a certificate, say, that a supervisor asks for. It counts where the
 * policy names vendor and certificate, for this document's portrait and for the images that all else speaks of.
 *
 * @property result what came out.
 * @property capture where the images came from.
 * @property at when it was made, in seconds since 1970.
 * @property vendor whose engine.
 * @property version which version of theirs.
 * @property certificate by what it is known to work: certificate or test report.
 * @property portrait the portrait that was compared: [Assessment.portraitDigest].
 * @property images the images that it looked at, as [LiveImages.digests] gives them.
 */
public class VendorComparison(
    public val result: VendorMatch,
    public val capture: Capture,
    public val at: Long,
    public val vendor: String,
    public val version: String,
    public val certificate: String,
    public val portrait: ByteArray,
    public val images: List<ByteArray>,
)
