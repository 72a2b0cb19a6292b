package chipid.java;

import com.sun.jna.Pointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a liveness check of the caller's came to: another vendor's, for chipid has none. */
public final class Liveness {
    /** What a check came to. */
    public enum Result {
        /** The check could not tell. */
        UNCERTAIN(0),
        /** A living person. */
        PASSED(1),
        /** None. */
        FAILED(2);

        private final int number;

        Result(int number) {
            this.number = number;
        }
    }

    private static final int BYTES = 88;

    private final Result result;
    private final Capture capture;
    private final Instant at;
    private final String vendor;
    private final String version;
    private final String basis;
    private final List<byte[]> images;

    /**
     * The result of a check.
     *
     * @param result what it came to
     * @param capture where its images came from; it must be that of the images that were compared
     * @param at when it was made
     * @param vendor who made it
     * @param version which version of theirs
     * @param basis by what it is known to work: certificate or test report
     * @param images the images that the check looked at, as {@link LiveImages#digests} gives them: a result counts only where every image that
     *     was compared is among them
     */
    public Liveness(
            Result result,
            Capture capture,
            Instant at,
            String vendor,
            String version,
            String basis,
            List<byte[]> images) {
        this.result = Scope.present(result);
        this.capture = Scope.present(capture);
        this.at = Scope.present(at);
        this.vendor = Scope.present(vendor);
        this.version = Scope.present(version);
        this.basis = Scope.present(basis);
        this.images = new ArrayList<>(Scope.present(images));
    }

    /** Writes a {@code chipid_liveness}. */
    Pointer write(Scope scope) {
        return new Struct(scope, BYTES)
                .number(8, result.number)
                .number(12, capture.ordinal())
                .time(16, at)
                .text(24, vendor)
                .text(40, version)
                .text(56, basis)
                .digests(72, images)
                .pointer();
    }
}
