package chipid.java;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What everything of chipid has in common that holds memory outside of Java's: it is closed, and wiped with that.
 *
 * <p>Closing is idempotent and may happen on any thread: what another thread is at work on is freed when that work is done. Whatever is
 * called after that ends with {@link ChipidException} of code {@link ErrorCode#FOREIGN_HANDLE}. What was never closed is freed some time
 * after the collector found that nobody holds it, when the next object of chipid is made. Rely on {@code try} with resources: until then
 * keys and documents stay in memory.
 */
public abstract class NativeHandle implements AutoCloseable {
    private static final ReferenceQueue<NativeHandle> FORGOTTEN = new ReferenceQueue<>();
    private static final Set<Net> NETS = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private final Net net;

    NativeHandle(Pointer pointer, Freeing freeing) {
        freeForgotten();
        net = new Net(this, pointer, freeing);
        NETS.add(net);
    }

    /** Wipes and frees it. A second time does nothing. */
    @Override
    public void close() {
        net.close();
    }

    /**
     * Whether it was closed.
     *
     * @return whether
     */
    public final boolean isClosed() {
        return net.isClosed();
    }

    /** Its kind, and nothing of what is in it. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + (isClosed() ? " (closed)" : "");
    }

    /** What is behind it, to be used until {@link Net#leave}. */
    final Net enter() {
        net.enter();
        return net;
    }

    /** How many are neither closed nor freed: for tests. */
    static int living() {
        freeForgotten();
        return NETS.size();
    }

    private static void freeForgotten() {
        for (Reference<?> found = FORGOTTEN.poll(); found != null; found = FORGOTTEN.poll()) {
            ((Net) found).close();
        }
    }

    /** The function that frees what stands at a place. */
    interface Freeing {
        void free(Pointer place);
    }

    /** Outlives its owner, so that it can be freed after it. */
    static final class Net extends PhantomReference<NativeHandle> {
        private final Freeing freeing;
        private Pointer pointer;
        private int users;
        private boolean closed;

        Net(NativeHandle owner, Pointer pointer, Freeing freeing) {
            super(owner, FORGOTTEN);
            this.pointer = pointer;
            this.freeing = freeing;
        }

        /** The native handle; only between {@link #enter} and {@link #leave}. */
        Pointer pointer() {
            return pointer;
        }

        synchronized boolean isClosed() {
            return closed;
        }

        synchronized void enter() {
            if (closed) {
                throw ChipidException.misuse(ErrorCode.FOREIGN_HANDLE, "it was closed");
            }
            users++;
        }

        synchronized void leave() {
            users--;
            freeUnused();
        }

        synchronized void close() {
            closed = true;
            freeUnused();
        }

        private void freeUnused() {
            if (!closed || users > 0 || pointer == null) {
                return;
            }
            Pointer place = new Pointer(Native.malloc(8));
            place.setPointer(0, pointer);
            pointer = null;
            freeing.free(place);
            Native.free(Pointer.nativeValue(place));
            NETS.remove(this);
        }
    }
}
