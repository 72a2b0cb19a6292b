package chipid

import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import chipid.ffi.Document as NativeDocument

/** A document's files, unverified: [Assessment.of] says what they are worth. */
public class Document private constructor(native: NativeDocument) : AutoCloseable {
    internal val handle = Handle(native)

    /** A document without files, to be filled with [add]. */
    public constructor() : this(translating { NativeDocument() })

    /**
     * Adds a saved file by its identifier ([DocumentFile]), or puts it in the place of an earlier one. Only to a document that
     * was made without files: what a chip or a folder gave is not added to (8902).
     */
    public fun add(file: Int, bytes: ByteArray): Document = apply { lending(bytes) { lent -> handle { it.add(file.toUInt(), lent) } } }

    /** A raw file, believed by nobody: for keeping it, or sending it to whoever verifies. `null` where there is none. */
    public fun dangerUnverifiedFile(file: Int): ByteArray? = handle { it.dangerUnverifiedFile(file.toUInt()) }

    /**
     * Says which challenge of eight bytes the caller itself chose for the Active Authentication whose answer was saved with the
     * document. Without it such an answer may be of any day, and is doubted.
     */
    public fun challengedWith(challenge: ByteArray): Document = apply { lending(challenge) { lent -> handle { it.challengedWith(lent) } } }

    /**
     * What the chip answered to Active Authentication, believed by nobody: it goes with the files to whoever verifies. `null` where it
     * was not done.
     */
    public val activeAuthentication: ActiveAuthentication?
        get() = handle { it.activeAuthentication() }?.let { ActiveAuthentication(it.challenge, it.signature) }

    /**
     * Adds what [activeAuthentication] gave where the files were read. Only to a document that was made without files (8902); a
     * challenge has eight bytes (8905). Whether it is the caller's own says [challengedWith].
     */
    public fun add(evidence: ActiveAuthentication): Document = apply {
        lending(evidence.challenge) { challenge ->
            lending(evidence.signature) { signature -> handle { it.addActiveAuthentication(challenge, signature) } }
        }
    }

    /** Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet. */
    public suspend fun save(folder: File): Unit = withContext(Dispatchers.IO) { handle { it.save(folder.path) } }

    /** Wipes it. Any number of times, from any thread. */
    override fun close(): Unit = handle.close()

    /** Shows nothing of it. */
    override fun toString(): String = "Document"

    public companion object {
        /** A document from a folder that [save] or the program wrote. */
        public suspend fun load(folder: File): Document =
            making(Dispatchers.IO) { Document(translating { NativeDocument.load(folder.path) }) }

        internal fun of(native: NativeDocument) = Document(native)
    }
}

/** Identifiers of a document's files (Doc 9303, part 10, section 4). */
public object DocumentFile {
    /** EF.COM. */
    public const val COM: Int = 0x011E

    /** EF.SOD. */
    public const val SOD: Int = 0x011D

    /**
     * DG1 to DG16.
     *
     * @throws ChipidException (8905) for any other number.
     */
    @JvmStatic
    public fun dataGroup(number: Int): Int {
        if (number !in 1..16) throw unknownValue("data groups are numbered from 1 to 16")
        return 0x0100 + number
    }
}
