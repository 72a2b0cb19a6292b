// Asking the issuer, or whoever may ask it, whether a document is theirs. The application asks; this says what to ask for, and
// takes the answer.
package chipid

import chipid.ffi.ConfirmationRequest as NativeRequest
import chipid.ffi.isSignedBy as nativeIsSignedBy

/**
 * What a confirmation service may ask for. It holds a person's data: send it to whom the person agreed to, and keep nothing of it.
 *
 * The answer takes it ([Assessment.addConfirmation]): one question has one answer, and a call after that is an error (8902).
 */
public class ConfirmationRequest private constructor(native: NativeRequest) : AutoCloseable {
    internal val handle = Handle(native)

    /** The nonce that the answer must come back with, sixteen bytes. */
    public val nonce: ByteArray
        get() = handle { it.nonce() }

    /** The number that is asked about, UTF-8. */
    public val number: ByteArray
        get() = handle { it.number() }

    /** When it was made, in seconds since 1970. */
    public val madeAt: Long
        get() = handle { it.madeAt() }

    /** The algorithm of the digests; `null` where there are none. */
    public val digestAlgorithm: String?
        get() = handle { it.digestAlgorithm() }

    /** The digests of the data groups among the files. */
    public val digests: List<DataGroupDigest>
        get() = handle { it.digests() }.map { DataGroupDigest(it.dataGroup.toInt(), it.value, it.status) }

    /** The certificate of the document signer, PEM. */
    public val documentSignerPem: String?
        get() = handle { it.documentSignerPem() }

    /** SHA-256 over the certificate of the document signer: an answer has to say the same. */
    public val signerSha256: ByteArray?
        get() = handle { it.signerSha256() }

    /** What the chip answered to a challenge, where it was asked. */
    public val activeAuthentication: ActiveAuthentication?
        get() = handle { it.activeAuthentication() }?.let { ActiveAuthentication(it.challenge, it.signature) }

    /** A file as the chip gave it, where services want it: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15. */
    public fun file(file: Int): ByteArray? = handle { it.file(file.toUInt()) }

    /** Wipes it. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    /** Shows nothing of it. */
    override fun toString(): String = "ConfirmationRequest"

    public companion object {
        /**
         * Of a document whose digests and signature hold (else 8204).
         *
         * @param nonce sixteen bytes that were drawn and kept for this question; `null` for fresh ones.
         * @param consent the identifier of the person's consent; `null` for none.
         */
        @JvmStatic
        @JvmOverloads
        public fun of(assessment: Assessment, nonce: ByteArray? = null, consent: String? = null): ConfirmationRequest =
            lending(nonce ?: ByteArray(0)) { lentNonce ->
                lending(consent.orEmpty().encodeToByteArray()) { lentConsent ->
                    ConfirmationRequest(assessment.handle { NativeRequest.of(it, lentNonce, lentConsent) })
                }
            }
    }
}

/**
 * A data group's digest, by the algorithm of EF.SOD.
 *
 * @property dataGroup the number of the data group.
 * @property value the digest over what was read.
 * @property status whether it is the one that was signed, as a permanent word.
 */
public class DataGroupDigest internal constructor(
    public val dataGroup: Int,
    public val value: ByteArray,
    public val status: String,
)

/**
 * What the chip answered to a challenge.
 *
 * @property challenge eight bytes.
 * @property signature the chip's.
 */
public class ActiveAuthentication(public val challenge: ByteArray, public val signature: ByteArray)

/**
 * What a service said, with what binds it to its question: number, signer, nonce and time are what the service says, never copied
 * from the request. Whether the answer is the service's own is for the application to know ([isSignedBy]).
 *
 * @property confirmed whether the document is confirmed; else it is denied.
 * @property service who answered.
 * @property number the number that it speaks of.
 * @property signerSha256 SHA-256 over the certificate of the document signer that it speaks of.
 * @property nonce the nonce that it was asked with.
 * @property answeredAt when it answered, in seconds since 1970, by its clock.
 * @property transaction the service's own number for its answer.
 */
public class ConfirmationAnswer @JvmOverloads constructor(
    public val confirmed: Boolean,
    public val service: String,
    public val number: String,
    public val signerSha256: ByteArray,
    public val nonce: ByteArray,
    public val answeredAt: Long,
    public val transaction: String? = null,
) {
    /** Nothing of the person. */
    override fun toString(): String = "ConfirmationAnswer(${if (confirmed) "confirmed" else "denied"})"

    public companion object {
        /**
         * Whether [signature] signs [answer] under the key of the service's certificate (DER or PEM): ECDSA, or RSA with
         * PKCS#1 v1.5, over SHA-256. Whether that certificate is the service's is the caller's to know.
         */
        @JvmStatic
        public fun isSignedBy(certificate: ByteArray, answer: ByteArray, signature: ByteArray): Boolean =
            lending(certificate) { key ->
                lending(answer) { said -> lending(signature) { translating { nativeIsSignedBy(key, said, it) } } }
            }
    }
}

/** Why there is no answer. */
public enum class Unreachable {
    /** No connection came about. */
    NO_CONNECTION,

    /** No answer came in time. */
    TIMED_OUT,

    /** The service refuses to answer. */
    REFUSED,

    /** The answer is not understood. */
    UNREADABLE,

    /** The answer is not proven to be the service's. */
    NOT_AUTHENTIC,
}
