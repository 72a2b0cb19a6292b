package chipid.java;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Live images of one person, decoded; wiped when closed. */
public final class LiveImages extends NativeHandle {
    private static final int DIGEST_BYTES = 32;

    /**
     * No image yet.
     *
     * @param capture where the images come from
     */
    public LiveImages(Capture capture) {
        this(made(Scope.present(capture)));
    }

    private LiveImages(Pointer images) {
        super(images, Lib::chipid_live_images_free);
    }

    private static Pointer made(Capture capture) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_live_images_new(capture.ordinal(), scope.out(), scope.error()));
            return scope.made();
        }
    }

    /**
     * Adds an image as a file's bytes.
     *
     * @param image a JPEG, PNG or JPEG 2000 file
     * @return these images
     */
    public LiveImages addFile(byte[] image) {
        try (Scope scope = new Scope()) {
            Scope.Piece bytes = scope.bytes(image);
            scope.check(Lib.chipid_live_images_add_file(scope.use(this), bytes.at, bytes.length, scope.error()));
        }
        return this;
    }

    /**
     * Adds a camera's frame.
     *
     * @param frame the frame
     * @return these images
     */
    public LiveImages addFrame(Frame frame) {
        try (Scope scope = new Scope()) {
            Pointer written = Scope.present(frame).write(scope);
            scope.check(Lib.chipid_live_images_add_frame(scope.use(this), written, scope.error()));
        }
        return this;
    }

    /**
     * What ties a liveness result to these images: SHA-256 over a file's bytes as they were given; over a frame's upright pixels, after width
     * and height (32 bits each, big-endian).
     *
     * @return 32 bytes for each image, in the order in which they were added
     */
    public List<byte[]> digests() {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_live_images_digests(scope.use(this), scope.out(), scope.error()));
            byte[] all = scope.given();
            List<byte[]> digests = new ArrayList<>();
            for (int at = 0; all != null && at < all.length; at += DIGEST_BYTES) {
                digests.add(Arrays.copyOfRange(all, at, at + DIGEST_BYTES));
            }
            return digests;
        }
    }
}
