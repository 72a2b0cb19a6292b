package chipid.java;

import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Why a call could not be done: a permanent numeric code, what is known beside it, and nothing of the holder. What is wrong with a
 * document is no exception but a {@link Ground} of the verdict.
 *
 * <p>It is unchecked: nearly every call can end so, what a program does about it hangs on the code and not on the type, and a verdict that
 * an exception kept from being made accepts nobody. After a transport's error ({@link #transportError()}) the same {@link Reading} can be run
 * again.
 *
 * <p>{@link ErrorCode} names the codes. Where a transport ended it, the codes are those of {@link TransportError}.
 */
public final class ChipidException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The permanent code. */
    private final int code;

    /** The file's number, or 0. */
    private final int file;

    /** Bytes, or -1. */
    private final long offset;

    /** The status word, or -1. */
    private final int statusWord;

    /** The tries, or -1. */
    private final int triesLeft;

    private ChipidException(
            int code, String message, Throwable cause, int file, long offset, int statusWord, int triesLeft) {
        super(message, cause);
        this.code = code;
        this.file = file;
        this.offset = offset;
        this.statusWord = statusWord;
        this.triesLeft = triesLeft;
    }

    /**
     * The permanent code.
     *
     * @return a number between 1000 and 9999
     */
    public int code() {
        return code;
    }

    /**
     * The transport's error, where it is one: the card moved, the reader is gone, somebody cancelled.
     *
     * @return which, or none where it is another's error
     */
    public Optional<TransportError> transportError() {
        return TransportError.of(code);
    }

    /**
     * The file that it is about, by its number: 0x0101 for DG1.
     *
     * @return the number, or none where it is about none
     */
    public OptionalInt file() {
        return file > 0 ? OptionalInt.of(file) : OptionalInt.empty();
    }

    /**
     * The same by its name: DG1, EF_SOD.
     *
     * @return the name, or none where it is about no file
     */
    public Optional<String> fileName() {
        return file > 0 ? Optional.ofNullable(Lib.chipid_file_name(file)) : Optional.empty();
    }

    /**
     * Where in the file the trouble is.
     *
     * @return bytes from its beginning, or none where that is not known
     */
    public OptionalLong offset() {
        return offset >= 0 ? OptionalLong.of(offset) : OptionalLong.empty();
    }

    /**
     * What the chip answered: 0x6982.
     *
     * @return the status word, or none where it is not the chip's error
     */
    public OptionalInt statusWord() {
        return statusWord >= 0 ? OptionalInt.of(statusWord) : OptionalInt.empty();
    }

    /**
     * How many tries of the key the chip says are left.
     *
     * @return the tries, or none where it says nothing of it
     */
    public OptionalInt triesLeft() {
        return triesLeft >= 0 ? OptionalInt.of(triesLeft) : OptionalInt.empty();
    }

    /** Of a misuse that Java's side found. */
    static ChipidException misuse(int code, String message) {
        return new ChipidException(code, message, null, 0, -1, -1, -1);
    }

    /** Of a transport that ended otherwise than by a response. */
    static ChipidException transport(TransportError error, Throwable cause) {
        return new ChipidException(error.code(), error.sentence(), cause, 0, -1, -1, -1);
    }

    /** Of a call that returned this code; the error that it wrote at a place is freed. */
    static ChipidException taken(int code, Pointer place) {
        Pointer error = place.getPointer(0);
        if (error == null) {
            return misuse(code, "error " + code);
        }
        try {
            return new ChipidException(
                    code,
                    Lib.chipid_error_message(error).getString(0, "UTF-8"),
                    null,
                    Lib.chipid_error_file(error),
                    Lib.chipid_error_offset(error),
                    Lib.chipid_error_status_word(error),
                    Lib.chipid_error_tries_left(error));
        } finally {
            Lib.chipid_error_free(place);
        }
    }

    /** The same, brought about by what a transport or a listener threw. */
    ChipidException because(Throwable cause) {
        return new ChipidException(code, getMessage(), cause, file, offset, statusWord, triesLeft);
    }
}
