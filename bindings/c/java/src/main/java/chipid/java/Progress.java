package chipid.java;

import java.util.Optional;
import java.util.OptionalInt;

/** What a reading is doing. */
public final class Progress {
    /** The part of a reading. */
    public enum Phase {
        /** Opening the chip with a key. */
        ACCESS,
        /** Reading a file. */
        FILE,
        /** Chip Authentication. */
        CHIP_AUTHENTICATION,
        /** Active Authentication. */
        ACTIVE_AUTHENTICATION,
        /** All is read. */
        DONE,
        /** Something that a later library does. */
        OTHER
    }

    private final Phase phase;
    private final int file;
    private final long bytesDone;
    private final long bytesKnown;

    Progress(int phase, int file, long bytesDone, long bytesKnown) {
        Phase[] known = Phase.values();
        this.phase = phase >= 0 && phase < known.length ? known[phase] : Phase.OTHER;
        this.file = file;
        this.bytesDone = bytesDone;
        this.bytesKnown = bytesKnown;
    }

    /**
     * The part of the reading.
     *
     * @return which
     */
    public Phase phase() {
        return phase;
    }

    /**
     * The file that is read, by its number: 0x0101 for DG1.
     *
     * @return the number, or none where it is about none
     */
    public OptionalInt file() {
        return file == 0 ? OptionalInt.empty() : OptionalInt.of(file);
    }

    /**
     * The file that is read, by its name: DG1, EF_SOD.
     *
     * @return the name, or none where it is about none
     */
    public Optional<String> fileName() {
        return file == 0 ? Optional.empty() : Optional.ofNullable(Lib.chipid_file_name(file));
    }

    /**
     * How much of the files was read so far.
     *
     * @return bytes
     */
    public long bytesDone() {
        return bytesDone;
    }

    /**
     * How long all files are whose length is known so far.
     *
     * @return bytes
     */
    public long bytesKnown() {
        return bytesKnown;
    }

    @Override
    public String toString() {
        return phase + fileName().map(name -> " " + name).orElse("") + " " + bytesDone + "/" + bytesKnown;
    }
}
