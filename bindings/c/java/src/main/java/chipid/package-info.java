/**
 * Reads the chip of an identity document, proves it genuine, compares the face, and decides.
 *
 * <p>{@link chipid.Keys} open a chip for a {@link chipid.Reading}, which gives a {@link chipid.Document}; with {@link chipid.Trust} it becomes an
 * {@link chipid.Assessment}, and by a {@link chipid.Policy} a {@link chipid.Verdict}.
 */
package chipid;
