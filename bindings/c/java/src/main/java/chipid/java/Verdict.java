package chipid.java;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The answer, with its grounds. While it lives, its assessment cannot be changed. */
public final class Verdict extends NativeHandle {
    Verdict(Pointer verdict) {
        super(verdict, Lib::chipid_verdict_free);
    }

    /**
     * The answer.
     *
     * @return the answer; {@link Answer#UNDECIDED} where the verdict was closed
     */
    public Answer answer() {
        if (isClosed()) {
            return Answer.UNDECIDED;
        }
        try (Scope scope = new Scope()) {
            return Answer.of(Lib.chipid_verdict_answer(scope.use(this)));
        }
    }

    /**
     * What it stands on, the worst first.
     *
     * @return the grounds
     */
    public List<Ground> grounds() {
        try (Report report = report()) {
            List<Ground> grounds = new ArrayList<>();
            for (String name : report.names("/grounds")) {
                grounds.add(new Ground(report, "/grounds/" + name));
            }
            return Collections.unmodifiableList(grounds);
        }
    }

    /**
     * Every check by its permanent name: access, passive_authentication, chip_genuine, document_validity, consistency, face, capture,
     * liveness, online.
     *
     * @return the checks
     */
    public Map<String, CheckResult> checks() {
        try (Report report = report()) {
            return report.checks();
        }
    }

    /**
     * What the signed data say of the holder.
     *
     * @param fields the permanent names of what is asked for; none for what is given unasked
     * @return the holder, or none where digests or signature do not hold
     */
    public Optional<Holder> holder(String... fields) {
        try (Report report = report(fields)) {
            return report.holder();
        }
    }

    /**
     * Where two sources contradict each other.
     *
     * @param fields the permanent names of fields whose values are asked for; none for those that are given unasked
     * @return the differences
     */
    public List<Difference> differences(String... fields) {
        try (Report report = report(fields)) {
            List<Difference> differences = new ArrayList<>();
            for (String name : report.names("/differences")) {
                differences.add(new Difference(report, "/differences/" + name));
            }
            return Collections.unmodifiableList(differences);
        }
    }

    /**
     * How alike the faces are.
     *
     * @return the similarity in [-1, 1], or none where no faces were compared
     */
    public OptionalDouble faceSimilarity() {
        Optional<String> similarity = value("/checks/face/similarity");
        return similarity.isPresent()
                ? OptionalDouble.of(Double.parseDouble(similarity.get()))
                : OptionalDouble.empty();
    }

    /**
     * Any value of the report, as a JSON pointer names it (RFC 6901): {@code /checks/access/protocol}. A text as it is, a number in digits; an
     * object or a list as JSON.
     *
     * @param pointer the place
     * @return the value, or none where there is null or nothing
     */
    public Optional<String> value(String pointer) {
        try (Report report = report()) {
            return Optional.ofNullable(report.value(pointer));
        }
    }

    /**
     * The whole report, the same from every language ({@code test-vectors/schemas/verify.schema.json}).
     *
     * @param fields the permanent names of what is asked of the holder; none for what is given unasked
     * @return JSON in UTF-8, which is the caller's to wipe
     */
    public byte[] json(String... fields) {
        try (Report report = report(fields)) {
            return report.json();
        }
    }

    private Report report(String... fields) {
        return Report.of(this, Lib::chipid_report_new, fields);
    }
}
