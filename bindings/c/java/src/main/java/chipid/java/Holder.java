package chipid.java;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the signed data say of the holder: only what was asked for, or is given unasked. The texts are Java's, which cannot be wiped:
 * {@link Verdict#json} gives bytes that can.
 */
public final class Holder {
    /** Who vouches for the data. */
    public enum DataTrust {
        /** The issuer, by a trusted anchor. */
        ISSUER_VERIFIED,
        /** Somebody: a signature that holds, by nobody knows whom. */
        SIGNATURE_ONLY
    }

    private final DataTrust trust;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    Holder(Report report, String at) {
        trust = "issuer_verified".equals(report.value(at + "/trust"))
                ? DataTrust.ISSUER_VERIFIED
                : DataTrust.SIGNATURE_ONLY;
        for (String name : report.names(at)) {
            boolean field = !name.equals("trust") && !name.equals("missing") && !name.equals("derived");
            String value = field ? report.value(at + "/" + name) : null;
            if (value != null) {
                fields.put(name, value);
            }
        }
        for (String name : report.names(at + "/missing")) {
            missing.put(name, report.text(at + "/missing/" + name));
        }
    }

    /**
     * Who vouches for the data.
     *
     * @return who
     */
    public DataTrust trust() {
        return trust;
    }

    /**
     * A field by its permanent name: name, personal_number, birth, sex, expiry and the like.
     *
     * @param name the name
     * @return its value, where it was given and has one
     */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(Scope.present(name)));
    }

    /**
     * All fields that have a value.
     *
     * @return values by their permanent names
     */
    public Map<String, String> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /**
     * Fields that were asked for and have no value.
     *
     * @return why, by their permanent names: empty, absent, not_on_this_generation, unreadable, not_on_this_document
     */
    public Map<String, String> missing() {
        return Collections.unmodifiableMap(missing);
    }

    /** Nothing of the holder. */
    @Override
    public String toString() {
        return "Holder (" + trust + ")";
    }
}
