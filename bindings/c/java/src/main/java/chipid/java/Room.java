package chipid.java;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Room for responses, one at a time: an unprotected card's hold its holder's data, so that it is wiped. */
final class Room {
    private long size;
    private long used;
    private Pointer at;

    /** The response in native memory, until the next one comes. */
    Pointer of(byte[] response) {
        if (at == null || size < response.length) {
            free();
            size = Math.max(4096, response.length);
            long address = Native.malloc(size);
            if (address == 0) {
                throw new OutOfMemoryError("native memory");
            }
            at = new Pointer(address);
        }
        at.write(0, response, 0, response.length);
        used = Math.max(used, response.length);
        return at;
    }

    void free() {
        if (at != null) {
            at.clear(used);
            Native.free(Pointer.nativeValue(at));
        }
        at = null;
        used = 0;
    }
}
