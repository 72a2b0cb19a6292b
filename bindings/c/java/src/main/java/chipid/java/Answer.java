package chipid.java;

/** The answer. Whatever is not clearly another one is {@link #UNDECIDED}. */
public enum Answer {
    /** Nobody can say: a person decides, or something is done and asked again. */
    UNDECIDED,
    /** Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder. */
    ACCEPT,
    /** Not. */
    REJECT;

    /** The answer of a number of the library's. */
    static Answer of(int number) {
        switch (number) {
            case 1:
                return ACCEPT;
            case 2:
                return REJECT;
            default:
                return UNDECIDED;
        }
    }
}
