package chipid.sample

import android.content.res.AssetManager
import chipid.Anchor
import chipid.Faces
import chipid.TrustStore

/**
 * What whoever builds the app puts into its assets: `trust/identity-cards` (certificates that vouch for identity cards alone),
 * `trust/any` (others, master lists), `models` (both models).
 */
internal class Bundled(private val assets: AssetManager) : AutoCloseable {
    private var trust: TrustStore? = null
    private var faces: Faces? = null

    /** The anchors; `null` where the build has none. */
    fun trust(): TrustStore? {
        trust?.let { return it }
        val anchors = mapOf("identity-cards" to Anchor.IDENTITY_CARDS, "any" to Anchor.ANY)
            .flatMap { (folder, anchor) -> assets.list("trust/$folder").orEmpty().map { "trust/$folder/$it" to anchor } }
        if (anchors.isEmpty()) return null
        val store = TrustStore()
        for ((path, anchor) in anchors) store.add(bytes(path), path, anchor)
        trust = store
        return store
    }

    /** The models; `null` where the build has none. */
    suspend fun faces(): Faces? {
        faces?.let { return it }
        val names = assets.list("models").orEmpty()
        val detector = names.firstOrNull { it.startsWith("face_detection_") } ?: return null
        val recogniser = names.firstOrNull { it.startsWith("face_recognition_") } ?: return null
        return Faces.load(bytes("models/$detector"), bytes("models/$recogniser")).also { faces = it }
    }

    override fun close() {
        trust?.close()
        faces?.close()
    }

    private fun bytes(path: String): ByteArray = assets.open(path).use { it.readBytes() }
}
