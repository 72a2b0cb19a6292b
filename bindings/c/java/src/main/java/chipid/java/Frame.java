package chipid.java;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * A frame as a camera gives it. Luminance and chrominance are taken as JFIF has them (BT.601, full range). It holds on to the caller's
 * buffers and copies nothing.
 */
public final class Frame {
    /** The order of samples. */
    public enum Format {
        /** Red, green, blue in one plane. */
        RGB,
        /** Blue, green, red, alpha in one plane. */
        BGRA,
        /** Luminance, then V and U by turns at half the size. */
        NV21,
        /** Luminance, U and V, the latter two at half the size. */
        YUV420
    }

    private static final int PLANES = 3;
    private static final int PLANE_BYTES = 32;
    private static final int HEAD_BYTES = 24;
    private static final int BYTES = HEAD_BYTES + PLANES * PLANE_BYTES;

    private final Format format;
    private final int width;
    private final int height;
    private final int rotation;
    private final Plane[] planes;

    private Frame(Format format, int width, int height, int rotation, Plane... planes) {
        this.format = format;
        this.width = width;
        this.height = height;
        this.rotation = rotation;
        this.planes = planes;
    }

    /**
     * Red, green, blue.
     *
     * @param width in pixels, as the sensor has it
     * @param height in pixels
     * @param pixels the samples
     * @return the frame
     */
    public static Frame rgb(int width, int height, Plane pixels) {
        return new Frame(Format.RGB, width, height, 0, Scope.present(pixels));
    }

    /**
     * Blue, green, red, alpha.
     *
     * @param width in pixels, as the sensor has it
     * @param height in pixels
     * @param pixels the samples
     * @return the frame
     */
    public static Frame bgra(int width, int height, Plane pixels) {
        return new Frame(Format.BGRA, width, height, 0, Scope.present(pixels));
    }

    /**
     * Luminance, then V and U by turns.
     *
     * @param width in pixels, as the sensor has it
     * @param height in pixels
     * @param y luminance
     * @param vu V and U by turns at half the size, pixel stride 2
     * @return the frame
     */
    public static Frame nv21(int width, int height, Plane y, Plane vu) {
        return new Frame(Format.NV21, width, height, 0, Scope.present(y), Scope.present(vu));
    }

    /**
     * Luminance, U and V, as YUV_420_888 has them. NV12 is this too: U from the first, V from the second byte of its second plane, pixel
     * stride 2.
     *
     * @param width in pixels, as the sensor has it
     * @param height in pixels
     * @param y luminance
     * @param u blue difference at half the size
     * @param v red difference at half the size
     * @return the frame
     */
    public static Frame yuv420(int width, int height, Plane y, Plane u, Plane v) {
        return new Frame(Format.YUV420, width, height, 0, Scope.present(y), Scope.present(u), Scope.present(v));
    }

    /**
     * A frame without padding, its planes one behind the other.
     *
     * @param format the order of samples
     * @param width in pixels, as the sensor has it
     * @param height in pixels
     * @param samples all planes
     * @return the frame
     */
    public static Frame packed(Format format, int width, int height, byte[] samples) {
        ByteBuffer all = ByteBuffer.wrap(Scope.present(samples));
        int halfWidth = width / 2 + width % 2;
        int halfSize = halfWidth * (height / 2 + height % 2);
        switch (Scope.present(format)) {
            case RGB:
                return rgb(width, height, new Plane(all, 3 * width, 3));
            case BGRA:
                return bgra(width, height, new Plane(all, 4 * width, 4));
            case NV21:
                return nv21(
                        width,
                        height,
                        new Plane(next(all, width * height), width, 1),
                        new Plane(next(all, 2 * halfSize), 2 * halfWidth, 2));
            default:
                return yuv420(
                        width,
                        height,
                        new Plane(next(all, width * height), width, 1),
                        new Plane(next(all, halfSize), halfWidth, 1),
                        new Plane(next(all, halfSize), halfWidth, 1));
        }
    }

    /**
     * The same frame, to be turned.
     *
     * @param degrees by how much it must be turned clockwise to stand upright: 0, 90, 180 or 270
     * @return another frame over the same samples
     */
    public Frame rotated(int degrees) {
        return new Frame(format, width, height, degrees, planes);
    }

    /** Writes a {@code chipid_frame}. */
    Pointer write(Scope scope) {
        Pointer frame = scope.room(BYTES);
        frame.setLong(0, BYTES);
        frame.setInt(8, width);
        frame.setInt(12, height);
        frame.setInt(16, format.ordinal());
        frame.setInt(20, rotation);
        for (int i = 0; i < planes.length; i++) {
            Scope.Piece samples = scope.bytes(planes[i].samples);
            long at = HEAD_BYTES + (long) i * PLANE_BYTES;
            frame.setPointer(at, samples.at);
            frame.setLong(at + 8, samples.length);
            frame.setLong(at + 16, planes[i].rowStride);
            frame.setLong(at + 24, planes[i].pixelStride);
        }
        return frame;
    }

    /** The next so many samples, or as many as there are: what is too short is refused by the library. */
    private static ByteBuffer next(ByteBuffer all, int length) {
        ByteBuffer part = all.slice();
        int taken = Math.max(0, Math.min(length, all.remaining()));
        part.limit(taken);
        all.position(all.position() + taken);
        return part;
    }
}
