package chipid.java;

import com.sun.jna.Pointer;
import java.nio.file.Path;


/**
 * Trust anchors. It is filled first, and used then, by as many threads as like: after its first use nothing can be added.
 */
public final class Trust extends NativeHandle {
    /** What an anchor is taken for. */
    public enum Anchor {
        /** A CSCA certificate, a master list or a revocation list, DER or PEM. */
        ANY,
        /** A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for. */
        IDENTITY_CARDS,
        /** A certificate that may vouch for the signers of master lists, and for nothing else. */
        LIST_ROOT
    }

    private static final int NO_KIND = -1;

    /** An empty store. */
    public Trust() {
        this(made());
    }

    private Trust(Pointer made) {
        super(made, Lib::chipid_trust_free);
    }

    private static Pointer made() {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_trust_new(scope.out(), scope.error()));
            return scope.made();
        }
    }

    /**
     * Adds an anchor or a list. After an error the store is of no more use. What only shows when all is together (a list whose signer nobody
     * vouches for) is an error of the first {@link Assessment}.
     *
     * @param data the certificate or list
     * @param name where it is from, for the report
     * @param anchor what it is taken for
     * @return this store
     */
    public Trust add(byte[] data, String name, Anchor anchor) {
        try (Scope scope = new Scope()) {
            Scope.Piece bytes = scope.bytes(data);
            Scope.Piece text = scope.text(name);
            int kind = Scope.present(anchor).ordinal();
            scope.check(Lib.chipid_trust_add(
                    scope.use(this), bytes.at, bytes.length, text.at, text.length, kind, scope.error()));
        } catch (RuntimeException | Error failure) {
            spoil();
            throw failure;
        }
        return this;
    }

    /**
     * The same of a file; the report has its name, not where it lies.
     *
     * @param file the certificate or list
     * @param anchor what it is taken for
     * @return this store
     */
    public Trust add(Path file, Anchor anchor) {
        try (Scope scope = new Scope()) {
            Scope.Piece path = scope.text(Scope.present(file).toString());
            int kind = Scope.present(anchor).ordinal();
            scope.check(Lib.chipid_trust_add_file(scope.use(this), path.at, path.length, kind, scope.error()));
        } catch (RuntimeException | Error failure) {
            spoil();
            throw failure;
        }
        return this;
    }

    /**
     * Has the library know of what failed here, before it was asked: else the store would go on without what was to be added. An anchor of
     * no kind is refused, and a store that refused something is of no more use; one that was used already stays as it is.
     */
    private void spoil() {
        if (isClosed()) {
            return;
        }
        Net net = enter();
        try {
            Lib.chipid_trust_add(net.pointer(), Pointer.NULL, 0, Pointer.NULL, 0, NO_KIND, Pointer.NULL);
        } finally {
            net.leave();
        }
    }
}
