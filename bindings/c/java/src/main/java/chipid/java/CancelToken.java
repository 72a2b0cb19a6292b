package chipid.java;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Stops what runs under it, once and for all: that call ends with {@link TransportError#CANCELLED}. It is the one object that a second thread
 * uses while the first one is at work.
 */
public final class CancelToken {
    private final Set<Runnable> hooks = new LinkedHashSet<>();
    private boolean cancelled;

    /** A token that nobody has used. */
    public CancelToken() {}

    /** Stops what runs under it, and returns at once, though a wait on a reader ends a moment later. A second time does nothing. */
    public void cancel() {
        Runnable[] told;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = hooks.toArray(new Runnable[0]);
        }
        Throwable first = null;
        for (Runnable hook : told) {
            try {
                hook.run();
            } catch (RuntimeException | Error thrown) {
                // The others are to end as well.
                first = first == null ? thrown : first;
            }
        }
        if (first instanceof Error) {
            throw (Error) first;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }

    /**
     * Whether it was cancelled.
     *
     * @return whether
     */
    public boolean isCancelled() {
        synchronized (this) {
            return cancelled;
        }
    }

    /** Has something done when it is cancelled; false where it was, and nothing will be done. */
    synchronized boolean onCancel(Runnable hook) {
        return !cancelled && hooks.add(hook);
    }

    synchronized void forget(Runnable hook) {
        hooks.remove(hook);
    }
}
