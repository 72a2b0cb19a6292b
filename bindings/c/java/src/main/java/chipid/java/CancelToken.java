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

    /**
     * Stops what runs under it. A second time does nothing. Where a card is waited for on a reader, it returns when that wait has ended, after two
     * seconds at most.
     */
    public void cancel() {
        Runnable[] told;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = hooks.toArray(new Runnable[0]);
        }
        for (Runnable hook : told) {
            hook.run();
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

    /** Has something done when it is cancelled, or at once where it was. */
    void onCancel(Runnable hook) {
        synchronized (this) {
            if (!cancelled) {
                hooks.add(hook);
                return;
            }
        }
        hook.run();
    }

    synchronized void forget(Runnable hook) {
        hooks.remove(hook);
    }
}
