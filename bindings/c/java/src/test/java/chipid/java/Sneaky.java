package chipid.java;

import java.io.IOException;

/** Throws what it was given, whatever its kind. */
final class Sneaky {
    private Sneaky() {}

    static RuntimeException thrown(Exception given) throws IOException {
        if (given instanceof IOException) {
            throw (IOException) given;
        }
        throw (RuntimeException) given;
    }
}
