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
        }
        return this;
    }
}
