/**
 * Reads the chip of an identity document, proves it genuine, compares the face, and decides.
 *
 * <p>{@link chipid.java.Keys} open a chip for a {@link chipid.java.Reading}, which gives a {@link chipid.java.Document}; with {@link chipid.java.Trust} it becomes an
 * {@link chipid.java.Assessment}, and by a {@link chipid.java.Policy} a {@link chipid.java.Verdict}.
 */
package chipid.java;
