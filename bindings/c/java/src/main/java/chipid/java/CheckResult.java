package chipid.java;

import java.util.Optional;

/** What one check came to. */
public final class CheckResult {
    /** What a check came to. */
    public enum Status {
        /** It holds. */
        PASSED,
        /** It does not. */
        FAILED,
        /** It was not made, or could not be. */
        NOT_PERFORMED;

        static Status of(String name) {
            switch (name) {
                case "passed":
                    return PASSED;
                case "failed":
                    return FAILED;
                default:
                    return NOT_PERFORMED;
            }
        }
    }

    private final Status status;
    private final String reason;

    CheckResult(Report report, String at) {
        status = Status.of(report.text(at + "/status"));
        reason = report.value(at + "/reason");
    }

    /**
     * What it came to.
     *
     * @return the status
     */
    public Status status() {
        return status;
    }

    /**
     * Why it did not pass, by a permanent name.
     *
     * @return the name, or none where it passed
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public String toString() {
        return status + (reason == null ? "" : " " + reason);
    }
}
