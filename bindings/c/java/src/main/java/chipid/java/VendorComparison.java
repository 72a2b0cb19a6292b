package chipid.java;

import com.sun.jna.Pointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison of faces by another maker's engine. It counts where the policy names vendor and certificate ({@code [[face.vendors]]}), and the
 * built-in policies name nobody.
 */
public final class VendorComparison {
    private static final int BYTES = 120;

    private final VendorMatch result;
    private final Capture capture;
    private final Instant at;
    private final String vendor;
    private final String version;
    private final String certificate;
    private final byte[] portrait;
    private final List<byte[]> images;

    /**
     * What an engine said.
     *
     * @param result what
     * @param capture where the live images came from
     * @param at when it was made
     * @param vendor whose engine
     * @param version which version of theirs
     * @param certificate by what it is known to work: certificate or test report
     * @param portrait the portrait that was compared, as {@link Assessment#portraitDigest} gives it
     * @param images the images that it looked at, as {@link LiveImages#digests} gives them
     */
    public VendorComparison(
            VendorMatch result,
            Capture capture,
            Instant at,
            String vendor,
            String version,
            String certificate,
            byte[] portrait,
            List<byte[]> images) {
        this.result = Scope.present(result);
        this.capture = Scope.present(capture);
        this.at = Scope.present(at);
        this.vendor = Scope.present(vendor);
        this.version = Scope.present(version);
        this.certificate = Scope.present(certificate);
        this.portrait = Struct.digest(portrait).clone();
        this.images = new ArrayList<>(Scope.present(images));
    }

    /** Writes a {@code chipid_vendor_comparison}. */
    Pointer write(Scope scope) {
        return new Struct(scope, BYTES)
                .number(8, result.ordinal())
                .number(12, capture.ordinal())
                .time(16, at)
                .text(24, vendor)
                .text(40, version)
                .text(56, certificate)
                .bytes(72, portrait)
                .digests(104, images)
                .pointer();
    }
}
