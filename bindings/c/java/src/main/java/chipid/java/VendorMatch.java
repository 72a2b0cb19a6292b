package chipid.java;

/** What another maker's face engine said. */
public enum VendorMatch {
    /** It could not say. */
    UNCERTAIN,
    /** One person, by the vendor's own threshold. */
    MATCH,
    /** Two persons. */
    MISMATCH
}
