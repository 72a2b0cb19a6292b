package chipid.java;

import com.sun.jna.Pointer;
import java.time.Instant;
import java.util.List;

/** A structure of the header that begins with its own size, written field by field at its offsets. */
final class Struct {
    private static final int DIGEST_BYTES = 32;

    private final Scope scope;
    private final Pointer at;

    Struct(Scope scope, int bytes) {
        this.scope = scope;
        at = scope.room(bytes);
        at.setLong(0, bytes);
    }

    Pointer pointer() {
        return at;
    }

    Struct number(long offset, int value) {
        at.setInt(offset, value);
        return this;
    }

    Struct time(long offset, Instant time) {
        at.setLong(offset, time.getEpochSecond());
        return this;
    }

    /** A text and its length behind it; null is none. */
    Struct text(long offset, CharSequence text) {
        if (text != null) {
            Scope.Piece piece = scope.text(text);
            at.setPointer(offset, piece.at);
            at.setLong(offset + 8, piece.length);
        }
        return this;
    }

    /** Bytes that stand within the structure. */
    Struct bytes(long offset, byte[] bytes) {
        at.write(offset, bytes, 0, bytes.length);
        return this;
    }

    /** Digests of images, and how many. */
    Struct digests(long offset, List<byte[]> digests) {
        Pointer all = scope.room(Math.max(1, (long) DIGEST_BYTES * digests.size()));
        for (int i = 0; i < digests.size(); i++) {
            all.write((long) DIGEST_BYTES * i, digest(digests.get(i)), 0, DIGEST_BYTES);
        }
        at.setPointer(offset, all);
        at.setLong(offset + 8, digests.size());
        return this;
    }

    /** A digest, or a refusal. */
    static byte[] digest(byte[] given) {
        return ofLength(given, DIGEST_BYTES);
    }

    static byte[] ofLength(byte[] given, int length) {
        if (Scope.present(given).length != length) {
            throw ChipidException.misuse(ErrorCode.UNKNOWN_VALUE, "bytes of another length than " + length);
        }
        return given;
    }
}
