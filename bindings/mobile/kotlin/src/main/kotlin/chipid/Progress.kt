package chipid

/**
 * What a reading is doing.
 *
 * @property phase the step.
 * @property file the file's identifier (0x0101 for DG1); `null` where it is about none.
 * @property bytesDone bytes of files read so far.
 * @property bytesKnown bytes of all files whose length is known so far.
 */
public data class Progress(
    public val phase: Phase,
    public val file: Int?,
    public val bytesDone: Long,
    public val bytesKnown: Long,
)

/** The steps of a reading. */
public enum class Phase {
    /** Opening the chip. */
    ACCESS,

    /** Reading a file. */
    FILE,

    /** Chip Authentication. */
    CHIP_AUTHENTICATION,

    /** Active Authentication. */
    ACTIVE_AUTHENTICATION,

    /** Done. */
    DONE,

    /** One that this version does not know. */
    OTHER,
}
