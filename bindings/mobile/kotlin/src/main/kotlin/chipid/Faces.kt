package chipid

import java.io.File
import kotlinx.coroutines.Dispatchers
import chipid.ffi.Faces as NativeFaces

/**
 * Both models, loaded, for any number of threads at once. Loading takes a quarter of a second and some 100 MB: do it once.
 *
 * No package of chipid has them: `chipid models fetch` gets them.
 */
public class Faces private constructor(native: NativeFaces) : AutoCloseable {
    internal val handle = Handle(native)

    /** Frees them. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    public companion object {
        /** Loads both models from a folder, after checking their digests. */
        public suspend fun load(folder: File): Faces =
            making(Dispatchers.Default) { Faces(translating { NativeFaces.load(folder.path) }) }

        /** The same from the bytes of the detector's file and the recogniser's (an app's assets). */
        public suspend fun load(detector: ByteArray, recogniser: ByteArray): Faces =
            making(Dispatchers.Default) {
                lending(detector) { first ->
                    lending(recogniser) { second -> Faces(translating { NativeFaces.loadBytes(first, second) }) }
                }
            }
    }
}
