package chipid.java;

import com.sun.jna.Pointer;

/** By what a document and a face are judged. */
public final class Policy extends NativeHandle {
    private Policy(Pointer policy) {
        super(policy, Lib::chipid_policy_free);
    }

    /**
     * A built-in policy.
     *
     * @param name counter, transfer, one-stop, document-only, data-cleaning, reading-only or demo
     * @return the policy, to be closed
     */
    public static Policy builtIn(String name) {
        try (Scope scope = new Scope()) {
            Scope.Piece text = scope.text(name);
            scope.check(Lib.chipid_policy_built_in(text.at, text.length, scope.out(), scope.error()));
            return new Policy(scope.made());
        }
    }

    /**
     * A policy of one's own.
     *
     * @param toml its text
     * @return the policy, to be closed
     */
    public static Policy fromToml(String toml) {
        try (Scope scope = new Scope()) {
            return of(scope, scope.text(toml));
        }
    }

    /**
     * A policy of one's own, as a file has it.
     *
     * @param toml its text in UTF-8
     * @return the policy, to be closed
     */
    public static Policy fromToml(byte[] toml) {
        try (Scope scope = new Scope()) {
            return of(scope, scope.bytes(toml));
        }
    }

    private static Policy of(Scope scope, Scope.Piece toml) {
        scope.check(Lib.chipid_policy_from_toml(toml.at, toml.length, scope.out(), scope.error()));
        return new Policy(scope.made());
    }

    /**
     * Decides. The assessment may be closed afterwards; it cannot be changed while the verdict lives.
     *
     * @param assessment what is known of a document and a person
     * @return the verdict, to be closed
     */
    public Verdict decide(Assessment assessment) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_policy_decide(
                    scope.use(this), scope.use(assessment), scope.out(), scope.error()));
            return new Verdict(scope.made());
        }
    }
}
