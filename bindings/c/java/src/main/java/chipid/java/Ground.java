package chipid.java;

import java.util.Optional;

/** What a verdict stands on. */
public final class Ground {
    /** How much a ground weighs. */
    public enum Severity {
        /** It rejects. */
        FATAL,
        /** It leaves undecided. */
        DOUBT,
        /** It is told. */
        NOTE;

        /** What a later library calls otherwise is a doubt. */
        static Severity of(String name) {
            switch (name) {
                case "fatal":
                    return FATAL;
                case "note":
                    return NOTE;
                default:
                    return DOUBT;
            }
        }
    }

    private final String code;
    private final Severity severity;
    private final String file;
    private final String detail;

    Ground(Report report, String at) {
        code = report.text(at + "/code");
        severity = Severity.of(report.text(at + "/severity"));
        file = report.value(at + "/file");
        detail = report.value(at + "/detail");
    }

    /**
     * Its permanent name in snake_case.
     *
     * @return the name
     */
    public String code() {
        return code;
    }

    /**
     * How much it weighs.
     *
     * @return the severity
     */
    public Severity severity() {
        return severity;
    }

    /**
     * The file that it is about.
     *
     * @return DG1, EF_SOD, or none
     */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }

    /**
     * What more is known of it, by a permanent name.
     *
     * @return the name, or none
     */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    @Override
    public String toString() {
        return code + " " + severity + (file == null ? "" : " " + file) + (detail == null ? "" : " " + detail);
    }
}
