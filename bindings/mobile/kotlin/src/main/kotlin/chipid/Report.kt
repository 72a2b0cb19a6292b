package chipid

import chipid.ffi.CheckResult as NativeCheck
import chipid.ffi.Difference as NativeDifference
import chipid.ffi.Ground as NativeGround
import chipid.ffi.Holder as NativeHolder
import chipid.ffi.Statement as NativeStatement

/** What a ground does under the policy. */
public enum class Severity {
    /** It is told. */
    NOTE,

    /** Nobody is accepted while it stands: undecided. */
    DOUBT,

    /** It is rejected. */
    FATAL,
}

/**
 * One reason of a verdict. Nothing of the holder.
 *
 * @property code what was noticed, as a permanent word (docs/reference).
 * @property severity what it does under the policy.
 * @property file the file that it is about, as `DG1`; `null` where it is about none.
 * @property detail more of it, as a permanent word.
 */
public data class Ground(
    public val code: String,
    public val severity: Severity,
    public val file: String?,
    public val detail: String?,
)

/** What a check came to. */
public sealed interface Check {
    /** It holds. */
    public data object Passed : Check

    /**
     * It does not hold.
     *
     * @property reason why, as a permanent word.
     */
    public data class Failed(public val reason: String) : Check

    /**
     * It was not made.
     *
     * @property reason why, as a permanent word.
     */
    public data class NotPerformed(public val reason: String) : Check
}

/** Who vouches for what is said of the holder. */
public enum class IssuerTrust {
    /** The state that issued the document, by an anchor of the caller's. */
    ISSUER_VERIFIED,

    /** Whoever signed it: nobody says that this is a state. */
    SIGNATURE_ONLY,
}

/**
 * What the signed data say of the holder, as far as it was asked for. It is text that the virtual machine keeps until it pleases:
 * ask for no more than is needed.
 *
 * @property trust who vouches for it.
 * @property fields what is said, by the permanent names of the fields, verbatim; days as `YYYY-MM-DD`.
 * @property missing why a field has no value, as a permanent word.
 */
public class Holder internal constructor(
    public val trust: IssuerTrust,
    public val fields: Map<String, String>,
    public val missing: Map<String, String>,
) {
    /** The names of the fields alone. */
    override fun toString(): String = "Holder(${fields.keys.joinToString()})"
}

/**
 * Two sources that contradict each other.
 *
 * @property subject what they speak of, as a permanent word.
 * @property code the code of the finding that stands for it.
 * @property first the source that is believed more.
 * @property second the other one.
 */
public class Difference internal constructor(
    public val subject: String,
    public val code: String,
    public val first: Statement,
    public val second: Statement,
) {
    /** Without what they say. */
    override fun toString(): String = "Difference($subject, $code)"
}

/**
 * What one source says.
 *
 * @property source who says it, as a permanent word.
 * @property value what it says; `null` where the field that it speaks of was not asked for.
 */
public class Statement internal constructor(public val source: String, public val value: String?) {
    /** Without what it says. */
    override fun toString(): String = "Statement($source)"
}

internal fun NativeGround.ours(): Ground = Ground(
    code,
    when (severity) {
        "note" -> Severity.NOTE
        "fatal" -> Severity.FATAL
        else -> Severity.DOUBT
    },
    file,
    detail,
)

internal fun NativeCheck.ours(): Check = when (status) {
    "passed" -> Check.Passed
    "failed" -> Check.Failed(reason.orEmpty())
    else -> Check.NotPerformed(reason.orEmpty())
}

internal fun NativeHolder.ours(): Holder = Holder(
    if (trust == "issuer_verified") IssuerTrust.ISSUER_VERIFIED else IssuerTrust.SIGNATURE_ONLY,
    fields.mapNotNull { field -> field.value?.let { field.name to it } }.toMap(),
    fields.mapNotNull { field -> field.missing?.let { field.name to it } }.toMap(),
)

internal fun NativeDifference.ours(): Difference = Difference(subject, code, first.ours(), second.ours())

private fun NativeStatement.ours(): Statement = Statement(source, value)
