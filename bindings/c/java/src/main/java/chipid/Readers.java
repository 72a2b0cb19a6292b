package chipid;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The functions for readers of this machine, which a library built without PC/SC has not. */
final class Readers {
    static {
        Native.register(Readers.class, Lib.LIBRARY);
    }

    private Readers() {}

    static native int chipid_reading_run_on_reader(
            Pointer reading, Pointer name, long length, int waitMs, Pointer cancel, Pointer out, Pointer error);
}
