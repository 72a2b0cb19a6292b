package chipid.java;

import com.sun.jna.Pointer;

/** What stops a call that waits within the library, tied to a token. */
final class NativeCancel extends NativeHandle {
    private final CancelToken token;
    private final Runnable hook = this::cancel;

    NativeCancel(CancelToken token) {
        super(made(), Lib::chipid_cancel_free);
        this.token = token;
        if (token != null) {
            token.onCancel(hook);
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
