package chipid.java;

/** The library behind it all. */
public final class Chipid {
    private Chipid() {}

    /**
     * The version of the native library.
     *
     * @return as 0.1.0
     */
    public static String version() {
        return Lib.chipid_version();
    }
}
