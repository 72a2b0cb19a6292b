package chipid.conformance;

import chipid.Assessment;
import chipid.CancelToken;
import chipid.Capture;
import chipid.ChipidException;
import chipid.Document;
import chipid.Faces;
import chipid.Frame;
import chipid.Keys;
import chipid.LiveImages;
import chipid.Liveness;
import chipid.Policy;
import chipid.Reading;
import chipid.Trust;
import chipid.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** One case, carried out through the public surface. */
final class CaseRun implements AutoCloseable {
    private static final String DETECTOR = "face_detection_yunet_2023mar.onnx";
    private static final String RECOGNISER = "face_recognition_sface_2021dec_int8bq.onnx";

    private final Block block;
    private final int port;
    private final Block result = new Block();
    /** What is closed at the end, the last first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private CaseRun(Block block, int port) {
        this.block = block;
        this.port = port;
        result.put("id", block.text("id"));
    }

    /** The result of a case. */
    static Block result(Block block, int port) throws Exception {
        try (CaseRun run = new CaseRun(block, port)) {
            try {
                run.carryOut();
            } catch (ChipidException error) {
                Results.error(error, run.result);
            } catch (RuntimeException | IOException unexpected) {
                run.result.put("unsupported", unexpected);
            }
            return run.result;
        }
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private void carryOut() throws IOException {
        Document document = document();
        if (document == null) {
            return;
        }
        if (block.find("save").isPresent()) {
            document = savedAndLoaded(document);
        }
        if (block.find("challenged_with").isPresent()) {
            document.challengedWith(Hex.bytes(block.text("challenged_with")));
        }
        Assessment assessment = assessed(document);
        for (String[] keys : block.beginning("compare.")) {
            assessment.compareKeys(open(GivenKeys.of(keys[0], keys[1])));
        }
        if (!block.beginning("typed.").isEmpty()) {
            assessment.compareTyped(block.find("typed.name").orElse(null), block.find("typed.number").orElse(null));
        }
        face(assessment);
        if (block.find("attempts").isPresent()) {
            String[] parts = block.text("attempts").split(",");
            Duration session = Duration.ofSeconds(Long.parseLong(parts[2]));
            assessment.setAttempts(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), session);
        }
        result.put("portrait.length", assessment.portrait().map(image -> image.length).orElse(0));
        if (block.find("policy").isPresent() || block.find("policy_file").isPresent()) {
            Policy policy = open(policy());
            Verdict verdict = open(policy.decide(assessment));
            String[] fields = block.find("fields").map(names -> names.split(",")).orElse(new String[0]);
            Results.verdict(verdict, fields, result);
        }
    }

    /** The document that a case speaks of, or null where it speaks of keys alone. */
    private Document document() throws IOException {
        Keys keys = null;
        for (String[] key : block.beginning("key.")) {
            keys = open(GivenKeys.of(key[0], key[1]));
            result.put("keys", "ok");
        }
        if (block.find("folder").isPresent()) {
            return open(Document.load(Paths.get(block.text("folder"))));
        }
        List<String[]> files = block.beginning("file.");
        if (!files.isEmpty()) {
            Document document = open(new Document());
            for (String[] file : files) {
                document.add(Integer.parseInt(file[0], 16), Files.readAllBytes(Paths.get(file[1])));
            }
            return document;
        }
        return block.find("card").isPresent() ? read(keys) : null;
    }

    private Document read(Keys keys) throws IOException {
        Reading reading = open(new Reading(keys));
        if (block.find("only").isPresent()) {
            reading.only(numbers(block.text("only")));
        }
        if (block.find("challenge").isPresent()) {
            reading.challenge(Hex.bytes(block.text("challenge")));
        }
        if (block.find("limits").isPresent()) {
            int[] limits = numbers(block.text("limits"));
            reading.limits(limits[0], limits[1]);
        }
        CancelToken cancel = block.find("cancel_after").isPresent() ? new CancelToken() : null;
        int resumes = block.number("resumes", 0);
        CountedCard card = open(new CountedCard(block, port, cancel));
        try {
            while (true) {
                try {
                    return open(reading.read(card, cancel));
                } catch (ChipidException error) {
                    if (!error.transportError().isPresent() || resumes == 0) {
                        throw error;
                    }
                    resumes--;
                    card.close();
                }
            }
        } finally {
            result.put("apdus", card.asked());
        }
    }

    private Document savedAndLoaded(Document document) throws IOException {
        Path folder = Files.createTempDirectory("chipid-conformance");
        opened.push(() -> delete(folder));
        document.save(folder);
        return open(Document.load(folder));
    }

    private Assessment assessed(Document document) throws IOException {
        Trust trust = open(new Trust());
        for (String[] anchor : block.beginning("trust.")) {
            Path file = Paths.get(anchor[1]);
            Trust.Anchor kind = Trust.Anchor.valueOf(anchor[0].toUpperCase(Locale.ROOT));
            trust.add(Files.readAllBytes(file), file.getFileName().toString(), kind);
        }
        Assessment assessment = block.find("at").isPresent()
                ? new Assessment(document, trust, Instant.ofEpochSecond(Long.parseLong(block.text("at"))))
                : new Assessment(document, trust);
        return open(assessment);
    }

    private void face(Assessment assessment) throws IOException {
        if (!block.find("capture").isPresent()) {
            return;
        }
        Capture capture = Capture.valueOf(block.text("capture").toUpperCase(Locale.ROOT));
        LiveImages images = open(new LiveImages(capture));
        for (String file : block.all("live")) {
            images.addFile(Files.readAllBytes(Paths.get(file)));
        }
        for (String frame : block.all("frame")) {
            String[] parts = frame.split(",", 5);
            Frame.Format format = Frame.Format.valueOf(parts[0].toUpperCase(Locale.ROOT));
            byte[] samples = Files.readAllBytes(Paths.get(parts[4]));
            images.addFrame(Frame.packed(format, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), samples)
                    .rotated(Integer.parseInt(parts[3])));
        }
        if (block.find("models").isPresent()) {
            assessment.compareFace(open(faces(Paths.get(block.text("models")))), images);
        }
        if (block.find("liveness").isPresent()) {
            assessment.addLiveness(liveness(block.text("liveness").split(","), images));
        }
    }

    private Faces faces(Path folder) throws IOException {
        return block.find("models_bytes").isPresent()
                ? Faces.load(
                        Files.readAllBytes(folder.resolve(DETECTOR)), Files.readAllBytes(folder.resolve(RECOGNISER)))
                : Faces.load(folder);
    }

    private static Liveness liveness(String[] parts, LiveImages images) {
        List<byte[]> digests = images.digests();
        if (parts[3].equals("other")) {
            digests = new ArrayList<>();
            digests.add(new byte[32]);
        }
        return new Liveness(
                Liveness.Result.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                Capture.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                "Invented",
                "1.0",
                "invented report 1",
                digests);
    }

    private Policy policy() throws IOException {
        if (block.find("policy").isPresent()) {
            return Policy.builtIn(block.text("policy"));
        }
        byte[] toml = Files.readAllBytes(Paths.get(block.text("policy_file")));
        return Policy.fromToml(new String(toml, StandardCharsets.UTF_8));
    }

    private <T extends AutoCloseable> T open(T made) {
        opened.push(made);
        return made;
    }

    private static int[] numbers(String text) {
        String[] parts = text.isEmpty() ? new String[0] : text.split(",");
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Integer.parseInt(parts[i]);
        }
        return numbers;
    }

    private static void delete(Path folder) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
