package chipid.java;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The chip's portrait beside a face before a camera. */
public class FacesTest {
    private static final Path MODELS = Paths.get(System.getProperty("chipid.test.models"));
    private static Faces faces;

    @BeforeClass
    public static void load() {
        faces = Faces.load(MODELS);
    }

    @AfterClass
    public static void close() {
        faces.close();
    }

    @Test
    public void theHolderIsLikeThePortraitAndAnotherIsNot() throws Exception {
        assertTrue(similarity(photograph("obama2.jpg")) > 0.5);
        assertTrue(similarity(photograph("biden.jpg")) < 0.3);
    }

    @Test
    public void aFrameIsWhatTheFileIs() throws Exception {
        double ofFile = similarity(photograph("obama2.jpg"));
        BufferedImage image = ImageIO.read(MODELS.resolve("obama2.jpg").toFile());
        int width = image.getWidth() & ~1;
        int height = image.getHeight() & ~1;
        byte[] rgb = new byte[3 * width * height];
        ByteBuffer bgra = ByteBuffer.allocateDirect(4 * width * height);
        byte[] turned = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pixel = image.getRGB(x, y);
                byte[] samples = {(byte) (pixel >> 16), (byte) (pixel >> 8), (byte) pixel};
                System.arraycopy(samples, 0, rgb, 3 * (y * width + x), 3);
                bgra.putInt(4 * (y * width + x), pixel << 24 | (pixel & 0xFF00) << 8 | pixel >> 8 & 0xFF00 | 0xFF);
                // Lies on its side, so that it must be turned by a quarter clockwise.
                System.arraycopy(samples, 0, turned, 3 * ((width - 1 - x) * height + y), 3);
            }
        }
        Frame[] frames = {
            Frame.packed(Frame.Format.RGB, width, height, rgb),
            Frame.bgra(width, height, new Plane(bgra, 4 * width, 4)),
            Frame.packed(Frame.Format.RGB, height, width, turned).rotated(90)
        };
        byte[] digest = null;
        for (Frame frame : frames) {
            try (LiveImages images = new LiveImages(Capture.CAMERA).addFrame(frame)) {
                assertEquals(ofFile, similarity(images), 0.05);
                byte[] of = images.digests().get(0);
                assertArrayEquals(digest == null ? of : digest, of);
                digest = of;
            }
        }
    }

    @Test
    public void framesOfACameraAreTaken() throws Exception {
        byte[] grey = new byte[64 * 48 * 3 / 2];
        java.util.Arrays.fill(grey, (byte) 128);
        ByteBuffer direct = ByteBuffer.allocateDirect(grey.length);
        direct.put(grey).rewind();
        Plane y = new Plane(direct.slice(), 64, 1);
        direct.position(64 * 48);
        ByteBuffer chroma = direct.slice();
        Plane half = new Plane(chroma, 32, 1);
        Frame[] frames = {
            Frame.packed(Frame.Format.NV21, 64, 48, grey),
            Frame.packed(Frame.Format.YUV420, 64, 48, grey),
            Frame.nv21(64, 48, y, new Plane(chroma, 64, 2)),
            Frame.yuv420(64, 48, y, half, half)
        };
        for (Frame frame : frames) {
            try (LiveImages images = new LiveImages(Capture.CAMERA)) {
                List<byte[]> digests = images.addFrame(frame).digests();
                assertEquals(32, digests.get(0).length);
            }
        }
        try (LiveImages images = new LiveImages(Capture.CAMERA)) {
            Refused.with(
                    ErrorCode.WRONG_PIXEL_COUNT,
                    () -> images.addFrame(Frame.packed(Frame.Format.YUV420, 640, 480, grey)));
            Refused.with(
                    ErrorCode.UNKNOWN_VALUE,
                    () -> images.addFrame(Frame.packed(Frame.Format.NV21, 64, 48, grey).rotated(45)));
            Refused.with(
                    ErrorCode.FRAME_TOO_LARGE,
                    () -> images.addFrame(Frame.packed(Frame.Format.RGB, -1, 48, grey)));
            Refused.with(ErrorCode.NOT_AN_IMAGE, () -> images.addFile(grey));
        }
    }

    @Test
    public void aLivenessCheckCountsForTheImagesThatItLookedAt() throws Exception {
        try (LiveImages images = photograph("obama2.jpg")) {
            try (Verdict verdict = withLiveness(images, images.digests())) {
                assertEquals("Invented", verdict.value("/checks/liveness/vendor").get());
                assertEquals("passed", verdict.value("/checks/liveness/status").get());
                assertEquals(CheckResult.Status.PASSED, verdict.checks().get("liveness").status());
                assertFalse(grounds(verdict).contains("liveness_unbound"));
            }
            try (Verdict verdict = withLiveness(images, Collections.singletonList(new byte[32]))) {
                assertEquals(CheckResult.Status.NOT_PERFORMED, verdict.checks().get("liveness").status());
                assertTrue(grounds(verdict).toString(), grounds(verdict).contains("liveness_unbound"));
            }
        }
    }

    /** The verdict where a check says that it saw a living person in images with these digests. */
    private static Verdict withLiveness(LiveImages compared, List<byte[]> lookedAt) throws Exception {
        try (Assessment assessment = Cards.assessed("face").compareFace(faces, compared)) {
            assessment.addLiveness(new Liveness(
                    Liveness.Result.PASSED,
                    Capture.STATION,
                    Instant.now(),
                    "Invented",
                    "1.0",
                    "invented report 1",
                    lookedAt));
            return Cards.decided(assessment, "counter");
        }
    }

    private static List<String> grounds(Verdict verdict) {
        return verdict.grounds().stream().map(Ground::code).collect(Collectors.toList());
    }

    @Test
    public void modelsFromBytesAreTheSame() throws Exception {
        byte[] detector = Files.readAllBytes(MODELS.resolve("face_detection_yunet_2023mar.onnx"));
        byte[] recogniser = Files.readAllBytes(MODELS.resolve("face_recognition_sface_2021dec_int8bq.onnx"));
        Faces.load(detector, recogniser).close();
        Refused.with(ErrorCode.MODEL_REPLACED, () -> Faces.load(recogniser, detector));
        Refused.with(ErrorCode.MODEL_MISSING, () -> Faces.load(Cards.FOLDER));
    }

    private static LiveImages photograph(String name) throws Exception {
        return new LiveImages(Capture.STATION).addFile(Files.readAllBytes(MODELS.resolve(name)));
    }

    private static double similarity(LiveImages images) throws Exception {
        try (Assessment assessment = Cards.assessed("face").compareFace(faces, images);
                Verdict verdict = Cards.decided(assessment, "counter")) {
            return verdict.faceSimilarity().getAsDouble();
        }
    }
}
