package chipid

import chipid.ffi.Answer as NativeAnswer
import chipid.ffi.Verdict as NativeVerdict

/** The answer. Whatever is not clearly [ACCEPT] or [REJECT] reads as [UNDECIDED]. */
public enum class Answer {
    /** Nobody can say: a person decides, or something is done and asked again. */
    UNDECIDED,

    /** Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder. */
    ACCEPT,

    /** Not. */
    REJECT,
}

/**
 * The answer, with its grounds. Made by [Policy.decide].
 *
 * On a phone it is the phone's word: whoever holds the phone can change what it says. A server that is to rely on it takes the
 * document's files ([Document.save]) and judges them itself.
 */
public class Verdict internal constructor(native: NativeVerdict) : AutoCloseable {
    private val handle = Handle(native)
    private val decided: Answer = native.ours()

    /** The answer; [Answer.UNDECIDED] once this is closed, so that what is over accepts nobody. */
    public val answer: Answer
        get() = if (handle.isClosed) Answer.UNDECIDED else decided

    /** Why, the worst first, in a fixed order. Nothing of the holder. */
    public val grounds: List<Ground> = handle { it.grounds() }.map { it.ours() }

    /** What was checked, by its name (`passive_authentication`, `chip_genuine`, `face` …), in the order of the report. */
    public val checks: Map<String, Check> = handle { it.checks() }.associate { it.name to it.ours() }

    /** How alike the faces are, in [-1, 1] to four digits; `null` where none were compared. */
    public val similarity: Double? = handle { it.faceSimilarity() }

    /**
     * What the signed data say of the holder; `null` where nothing is proven.
     *
     * @param fields what is given (`name`, `birth`, `personal_number` …); empty for what is given unasked.
     */
    @JvmOverloads
    public fun holder(fields: List<String> = emptyList()): Holder? = handle { it.holder(fields) }?.ours()

    /** Where two sources contradict each other, with both values where the field that they speak of is among [fields]. */
    @JvmOverloads
    public fun differences(fields: List<String> = emptyList()): List<Difference> =
        handle { it.differences(fields) }.map { it.ours() }

    /** The whole report as JSON (test-vectors/schemas/verify.schema.json); [fields] as for [holder]. */
    @JvmOverloads
    public fun json(fields: List<String> = emptyList()): String = handle { it.json(fields) }

    /** Wipes it. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    /** The answer alone. */
    override fun toString(): String = "Verdict($answer)"
}

private fun NativeVerdict.ours(): Answer = when (translating { answer() }) {
    NativeAnswer.ACCEPT -> Answer.ACCEPT
    NativeAnswer.REJECT -> Answer.REJECT
    NativeAnswer.UNDECIDED -> Answer.UNDECIDED
}
