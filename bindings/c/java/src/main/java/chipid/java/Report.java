package chipid.java;

import com.sun.jna.Pointer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A report of the library's, its values by JSON pointers (RFC 6901). */
final class Report extends NativeHandle {
    Report(Making making) {
        super(made(making), Lib::chipid_report_free);
    }

    /** The report of a verdict or an assessment, with these fields of the holder. */
    static Report of(NativeHandle reported, Telling telling, String... fields) {
        for (String field : Scope.present(fields)) {
            Scope.present(field);
        }
        try (Scope scope = new Scope()) {
            Scope.Piece names = scope.text(String.join(",", fields));
            Pointer of = scope.use(reported);
            return new Report((out, error) -> telling.tell(of, names.at, names.length, out, error));
        }
    }

    /** A function that makes a report of something. */
    interface Telling {
        int tell(Pointer of, Pointer fields, long length, Pointer out, Pointer error);
    }

    /** A function that makes a report. */
    interface Making {
        int make(Pointer out, Pointer error);
    }

    private static Pointer made(Making making) {
        try (Scope scope = new Scope()) {
            scope.check(making.make(scope.out(), scope.error()));
            return scope.made();
        }
    }

    /** The value at a place: a text as it is, a number in digits; null where there is none. */
    String value(String pointer) {
        try (Scope scope = new Scope()) {
            Scope.Piece text = scope.text(pointer);
            scope.check(Lib.chipid_report_value(
                    scope.use(this), text.at, text.length, scope.out(), scope.error()));
            return scope.text();
        }
    }

    /** The same where the contract says that there is one. */
    String text(String pointer) {
        String value = value(pointer);
        return value == null ? "" : value;
    }

    /** What stands beneath a place: the keys of an object, the places of a list. */
    String[] names(String pointer) {
        try (Scope scope = new Scope()) {
            Scope.Piece text = scope.text(pointer);
            scope.check(Lib.chipid_report_names(
                    scope.use(this), text.at, text.length, scope.out(), scope.error()));
            String names = scope.text();
            return names == null || names.isEmpty() ? new String[0] : names.split(",");
        }
    }

    Map<String, CheckResult> checks() {
        Map<String, CheckResult> checks = new LinkedHashMap<>();
        for (String name : names("/checks")) {
            checks.put(name, new CheckResult(this, "/checks/" + name));
        }
        return Collections.unmodifiableMap(checks);
    }

    Optional<Holder> holder() {
        // By its names: the value would be the whole holder, in a text that nobody can wipe.
        return names("/holder").length == 0 ? Optional.empty() : Optional.of(new Holder(this, "/holder"));
    }

    byte[] json() {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_report_json(scope.use(this), scope.out(), scope.error()));
            byte[] json = scope.given();
            return json == null ? new byte[0] : json;
        }
    }
}
