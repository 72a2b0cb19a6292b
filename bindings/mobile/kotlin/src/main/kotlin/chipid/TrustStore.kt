package chipid

import java.nio.ByteBuffer
import chipid.ffi.Trust as NativeTrust

/** What an anchor is taken for. */
public enum class Anchor {
    /** A CSCA certificate, a master list or a revocation list, DER or PEM. */
    ANY,

    /** A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for. */
    IDENTITY_CARDS,

    /** A certificate that may vouch for the signers of master lists, and for nothing else. */
    LIST_ROOT,
}

/**
 * Trust anchors. It is filled first, and used then, by as many threads as like: after its first use nothing can be added.
 *
 * What only shows when all is together (a list whose signer nobody vouches for) is an error of the first [Assessment.of].
 */
public class TrustStore : AutoCloseable {
    internal val handle = Handle(translating { NativeTrust() })

    /**
     * Adds an anchor or a list.
     *
     * @param name where it is from, for the report.
     * @throws ChipidException after which the store is of no more use.
     */
    public fun add(bytes: ByteArray, name: String, anchor: Anchor = Anchor.ANY): TrustStore = apply {
        try {
            lending(bytes) { lent -> handle { it.add(lent, name, anchor.toNative()) } }
        } catch (failure: Throwable) {
            spoil()
            throw failure
        }
    }

    /**
     * Has the library know of what failed here, before it was asked: else the store would go on without what was to be added. No bytes are
     * no anchor, and a store that refused something is of no more use; one that was used already stays as it is.
     */
    private fun spoil() {
        try {
            handle { it.add(ByteBuffer.allocateDirect(0), "", Anchor.ANY.toNative()) }
        } catch (_: ChipidException) {
            // It has refused it.
        }
    }

    /** Frees it. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()
}
