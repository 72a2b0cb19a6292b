package chipid.java;

/** The answer. Whatever is not clearly another one is {@link #UNDECIDED}. */
public enum Answer {
    /** Nobody can say: a person decides, or something is done and asked again. */
    UNDECIDED,
    /** The genuine card, and its holder. */
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
