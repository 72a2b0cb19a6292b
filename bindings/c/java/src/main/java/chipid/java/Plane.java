package chipid.java;

import java.nio.ByteBuffer;

/** One plane of samples: the sample at (x, y) lies at {@code y * rowStride + x * pixelStride}. */
public final class Plane {
    final ByteBuffer samples;
    final int rowStride;
    final int pixelStride;

    /**
     * A plane between the position and the limit of a buffer. A direct buffer, as cameras give them, is read in its place; another is copied once,
     * and the copy is wiped.
     *
     * @param samples the samples, with whatever padding lies between
     * @param rowStride bytes from one row to the next
     * @param pixelStride bytes from one sample to the next
     */
    public Plane(ByteBuffer samples, int rowStride, int pixelStride) {
        this.samples = Scope.present(samples);
        this.rowStride = rowStride;
        this.pixelStride = pixelStride;
    }
}
