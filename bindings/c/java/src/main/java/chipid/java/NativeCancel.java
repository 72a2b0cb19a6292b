package chipid.java;

import com.sun.jna.Pointer;

/** What stops a call that waits within the library, tied to a token. */
final class NativeCancel extends NativeHandle {
    private final CancelToken token;
    private final Runnable hook = this::cancelBeside;

    NativeCancel(CancelToken token) {
        super(made(), Lib::chipid_cancel_free);
        this.token = token;
        if (token != null && !token.onCancel(hook)) {
            // Nothing waits yet.
            cancel();
        }
    }

    private static Pointer made() {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_cancel_new(scope.out(), scope.error()));
            return scope.made();
        }
    }

    @Override
    public void close() {
        if (token != null) {
            token.forget(hook);
        }
        super.close();
    }

    /** On a thread of its own: the library comes back when the wait for a card has ended, which may take two seconds. */
    private void cancelBeside() {
        Thread thread = new Thread(this::cancel, "chipid-cancel");
        thread.setDaemon(true);
        thread.start();
    }

    private void cancel() {
        if (isClosed()) {
            return;
        }
        try (Scope scope = new Scope()) {
            Lib.chipid_cancel_cancel(scope.use(this));
        } catch (ChipidException closed) {
            // The call has ended by itself.
        }
    }
}
