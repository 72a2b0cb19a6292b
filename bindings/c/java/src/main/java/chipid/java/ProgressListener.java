package chipid.java;

/** Is told of progress. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * Something was done. It is called on the thread that runs the reading, and must not call anything of the same reading. Where it throws, the
     * reading ends with {@link TransportError#CANCELLED} and what was thrown as the cause.
     *
     * @param progress what
     */
    void onProgress(Progress progress);
}
