package chipid

import chipid.ffi.Policy as NativePolicy

/** By what a document and a face are judged. Used by as many threads as like. */
public class Policy private constructor(native: NativePolicy) : AutoCloseable {
    internal val handle = Handle(native)

    /** Decides. The assessment may be closed afterwards; it cannot be changed (8903) while the verdict is open. */
    public fun decide(assessment: Assessment): Verdict = Verdict(handle { policy -> assessment.handle { policy.decide(it) } })

    /** Frees it. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    public companion object {
        /** A built-in policy: `counter`, `transfer`, `one-stop`, `document-only`, `data-cleaning`, `reading-only`, `demo`. */
        @JvmStatic
        public fun builtIn(name: String): Policy = Policy(translating { NativePolicy.builtIn(name) })

        /** A policy of one's own, as TOML. */
        @JvmStatic
        public fun fromToml(toml: String): Policy = Policy(translating { NativePolicy.fromToml(toml) })

        /** The same from a file's bytes; what is no UTF-8 is refused (8904). */
        @JvmStatic
        public fun fromToml(toml: ByteArray): Policy {
            val text = try {
                toml.decodeToString(throwOnInvalidSequence = true)
            } catch (wrong: CharacterCodingException) {
                throw ChipidException(ErrorCode.NOT_TEXT, "a policy is text in UTF-8", cause = wrong)
            }
            return fromToml(text)
        }
    }
}
