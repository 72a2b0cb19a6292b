package chipid.java;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Memory and handles for one call: wiped, freed and let go of at its end, whatever came of it.
 *
 * <p>JNA copies arrays into memory that it does not wipe. Secrets are therefore written here.
 */
final class Scope implements AutoCloseable {
    /** Of a {@code chipid_bytes}: address and length. */
    static final int BYTES = 16;

    /** What a function wrote where its {@code out} was. */
    private final Pointer out;

    private final Pointer error;
    private final List<Piece> pieces = new ArrayList<>(4);
    private final List<NativeHandle.Net> used = new ArrayList<>(3);
    /** Direct buffers, which live as long as somebody holds them. */
    private final List<ByteBuffer> kept = new ArrayList<>(0);

    Scope() {
        // A handle or bytes, and then an error.
        out = room(BYTES + 8);
        error = out.share(BYTES);
    }

    /** Bytes of the caller's, or of a text of its. */
    static final class Piece {
        final Pointer at;
        final long length;

        Piece(Pointer at, long length) {
            this.at = at;
            this.length = length;
        }
    }

    /** The native handle behind an object, which stays alive until the end. */
    Pointer use(NativeHandle handle) {
        NativeHandle.Net net = present(handle).enter();
        used.add(net);
        return net.pointer();
    }

    Piece bytes(byte[] given) {
        present(given);
        Pointer at = memory(Math.max(given.length, 1));
        at.write(0, given, 0, given.length);
        return new Piece(at, given.length);
    }

    /** What is between position and limit; a direct buffer is used in its place. */
    Piece bytes(ByteBuffer given) {
        ByteBuffer view = present(given).slice();
        int length = view.remaining();
        if (view.isDirect()) {
            kept.add(view);
            return new Piece(Native.getDirectBufferPointer(view), length);
        }
        Pointer at = memory(Math.max(length, 1));
        at.getByteBuffer(0, Math.max(length, 1)).put(view);
        return new Piece(at, length);
    }

    /** A secret as UTF-8. */
    Piece text(char[] given) {
        return text(CharBuffer.wrap(present(given)));
    }

    /** A text as UTF-8, or nothing at all. */
    Piece given(CharSequence text) {
        return text == null ? new Piece(Pointer.NULL, 0) : text(text);
    }

    /** A text as UTF-8; what was encoded on the way is wiped. */
    Piece text(CharSequence given) {
        // Room for all there may be: an encoder that must grow leaves a copy behind.
        ByteBuffer encoded = ByteBuffer.allocate(3 * present(given).length());
        CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(given), encoded, true);
        try {
            if (result.isError()) {
                throw ChipidException.misuse(ErrorCode.NOT_TEXT, "a text has half a character");
            }
            encoded.flip();
            return bytes(encoded);
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }

    /** Room of so many bytes, all nought. */
    Pointer room(long bytes) {
        Pointer at = memory(bytes);
        at.clear(bytes);
        return at;
    }

    Pointer out() {
        return out;
    }

    Pointer error() {
        return error;
    }

    /** Throws where a function did not return 0. */
    void check(int code) {
        if (code != 0) {
            throw ChipidException.taken(code, error);
        }
    }

    /** The handle that was made. */
    Pointer made() {
        return out.getPointer(0);
    }

    /** The bytes that were given, or null; the library's are wiped. */
    byte[] given() {
        return taken(out);
    }

    /** The text that was given, or null; all but the text itself is wiped. */
    String text() {
        byte[] bytes = given();
        if (bytes == null) {
            return null;
        }
        try {
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Takes the bytes (address, length) at a place, and has the library wipe and free its own. */
    static byte[] taken(Pointer place) {
        Pointer data = place.getPointer(0);
        if (data == null) {
            return null;
        }
        byte[] bytes = data.getByteArray(0, (int) place.getLong(8));
        Lib.chipid_bytes_free(place);
        return bytes;
    }

    static <T> T present(T given) {
        if (given == null) {
            throw ChipidException.misuse(ErrorCode.NULL_ARGUMENT, "an argument is null");
        }
        return given;
    }

    @Override
    public void close() {
        for (Piece piece : pieces) {
            piece.at.clear(piece.length);
            Native.free(Pointer.nativeValue(piece.at));
        }
        pieces.clear();
        for (NativeHandle.Net net : used) {
            net.leave();
        }
        used.clear();
        kept.clear();
    }

    private Pointer memory(long bytes) {
        long at = Native.malloc(bytes);
        if (at == 0) {
            throw new OutOfMemoryError("native memory");
        }
        Pointer pointer = new Pointer(at);
        pieces.add(new Piece(pointer, bytes));
        return pointer;
    }
}
