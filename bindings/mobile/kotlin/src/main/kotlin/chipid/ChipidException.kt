package chipid

/**
 * Work that could not be done. What is wrong with a document is never an exception: see [Verdict].
 *
 * Nothing of the holder is in it: no key, no number, no name, no path.
 *
 * @property code the permanent code (docs/reference/error-codes.md).
 * @property file the file of the chip that it is about, as `DG1` or `EF_SOD`; `null` where it is about none.
 * @property offset the place of the trouble in that file, in bytes.
 * @property statusWord the chip's answer.
 * @property triesLeft how many tries the chip says are left.
 */
public class ChipidException internal constructor(
    public val code: Int,
    message: String,
    public val file: String? = null,
    public val offset: Long? = null,
    public val statusWord: Int? = null,
    public val triesLeft: Int? = null,
    cause: Throwable? = null,
) : Exception(message, cause) {
    /** The transport's part, where it is the transport's: run the same reading again, and it goes on where it was. */
    public val fault: TransportFault?
        get() = TransportFault.of(code)
}
