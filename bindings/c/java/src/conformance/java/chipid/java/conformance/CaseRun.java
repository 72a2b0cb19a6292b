package chipid.java.conformance;

import chipid.java.Assessment;
import chipid.java.CancelToken;
import chipid.java.Capture;
import chipid.java.ChipidException;
import chipid.java.ConfirmationAnswer;
import chipid.java.ConfirmationRequest;
import chipid.java.Document;
import chipid.java.Faces;
import chipid.java.Frame;
import chipid.java.Keys;
import chipid.java.LiveImages;
import chipid.java.Liveness;
import chipid.java.Policy;
import chipid.java.Reading;
import chipid.java.Trust;
import chipid.java.VendorComparison;
import chipid.java.VendorMatch;
import chipid.java.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One case, carried out through the public surface. */
final class CaseRun implements AutoCloseable {
    private static final String DETECTOR = "face_detection_yunet_2023mar.onnx";
    private static final String RECOGNISER = "face_recognition_sface_2021dec_int8bq.onnx";

    private static final Pattern KNOWN = Pattern.compile("id|key\\.[a-z_]+|card|folder|file\\.[0-9A-Fa-f]{4}|only|challenge|limits|resumes"
            + "|cancel_after|fail\\.[0-9]+|throw_at|save|challenged_with|trust\\.(any|identity_cards|list_root)|at|compare\\.[a-z_]+"
            + "|typed\\.(name|number|birth)|models|models_bytes|capture|live|frame|liveness|vendor_comparison|confirmation|attempts"
            + "|policy|policy_file|fields");
    private static final Map<String, Faces> FACES = new HashMap<>();

    private final Block block;
    private final int port;
    private final Block result = new Block();
    /** The last thing that was made. */
    private String last = "keys";

    /** What is closed at the end, the last first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private CaseRun(Block block, int port) {
        this.block = block;
        this.port = port;
        result.put("id", block.text("id"));
    }

    /** The result of a case. */
    static Block result(Block block, int port) throws Exception {
        String id = block.text("id");
        Optional<String> unknown = block.keys().stream().filter(key -> !KNOWN.matcher(key).matches()).findFirst();
        if (unknown.isPresent()) {
            return new Block().put("id", id).put("unsupported", unknown.get());
        }
        try (CaseRun run = new CaseRun(block, port)) {
            run.carryOut();
            return run.result;
        } catch (ChipidException error) {
            return Results.error(id, error);
        } catch (RuntimeException | IOException unexpected) {
            return new Block().put("id", id).put("unsupported", unexpected);
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
        Assessment assessment = null;
        if (document != null) {
            if (block.has("save")) {
                document = savedAndLoaded(document);
            }
            if (block.has("challenged_with")) {
                document.challengedWith(Hex.bytes(block.text("challenged_with")));
            }
            if (!block.beginning("trust.").isEmpty() || block.has("policy") || block.has("policy_file")) {
                assessment = assessed(document);
                last = "assessment";
            }
        }
        if (assessment != null) {
            compare(assessment);
        }
        face(assessment, document != null);
        if (assessment != null) {
            hear(assessment);
            judge(assessment);
            return;
        }
        if (block.has("policy") || block.has("policy_file")) {
            open(policy());
            last = "policy";
        }
        result.put(last, "ok");
    }

    private void compare(Assessment assessment) throws IOException {
        for (String[] keys : block.beginning("compare.")) {
            assessment.compareKeys(open(GivenKeys.of(keys[0], keys[1])));
        }
        if (!block.beginning("typed.").isEmpty()) {
            assessment.compareTyped(
                    block.find("typed.name").orElse(null),
                    block.find("typed.number").orElse(null),
                    block.find("typed.birth").map(birth -> LocalDate.parse(birth, DateTimeFormatter.BASIC_ISO_DATE)).orElse(null));
        }
    }

    /** What others said of the document and the person. */
    private void hear(Assessment assessment) {
        if (block.has("confirmation")) {
            try (ConfirmationRequest request = new ConfirmationRequest(assessment)) {
                assessment.addConfirmation(request, answer(block.text("confirmation").split(","), request));
            }
        }
        if (block.has("attempts")) {
            String[] parts = block.text("attempts").split(",");
            Duration session = Duration.ofSeconds(Long.parseLong(parts[2]));
            assessment.setAttempts(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), session);
        }
    }

    private static ConfirmationAnswer answer(String[] parts, ConfirmationRequest request) {
        boolean confirmed = parts[0].equals("confirmed");
        if (!confirmed && !parts[0].equals("denied")) {
            return ConfirmationAnswer.none(ConfirmationAnswer.NoAnswer.valueOf(parts[0].toUpperCase(Locale.ROOT)));
        }
        String number = new String(request.number(), StandardCharsets.UTF_8);
        return ConfirmationAnswer.of(
                confirmed,
                "Invented Service",
                null,
                Instant.ofEpochSecond(Long.parseLong(parts[1])),
                parts[2].equals("number") ? "000000000000" : number,
                parts[2].equals("signer") ? new byte[32] : request.signerSha256().orElse(new byte[32]),
                parts[2].equals("nonce") ? new byte[16] : request.nonce());
    }

    private void judge(Assessment assessment) throws IOException {
        result.put("portrait.length", assessment.portrait().map(image -> image.length).orElse(0));
        if (!block.has("policy") && !block.has("policy_file")) {
            result.put(last, "ok");
            return;
        }
        Verdict verdict = open(open(policy()).decide(assessment));
        String[] fields = block.find("fields").map(names -> names.split(",")).orElse(new String[0]);
        Results.verdict(verdict, fields, result);
    }

    /** The document that a case speaks of, or null where it speaks of none. */
    private Document document() throws IOException {
        Keys keys = null;
        for (String[] key : block.beginning("key.")) {
            keys = open(GivenKeys.of(key[0], key[1]));
            last = "keys";
        }
        Document document = null;
        List<String[]> files = block.beginning("file.");
        if (block.has("card")) {
            document = read(keys);
        } else if (block.has("folder")) {
            document = open(Document.load(Paths.get(block.text("folder"))));
        } else if (!files.isEmpty()) {
            document = open(new Document());
            for (String[] file : files) {
                document.add(Integer.parseInt(file[0], 16), Files.readAllBytes(Paths.get(file[1])));
            }
        }
        last = document == null ? last : "document";
        return document;
    }

    private Document read(Keys keys) throws IOException {
        Reading reading = open(new Reading(keys));
        if (block.has("only")) {
            reading.only(numbers(block.text("only")));
        }
        if (block.has("challenge")) {
            reading.challenge(Hex.bytes(block.text("challenge")));
        }
        if (block.has("limits")) {
            int[] limits = numbers(block.text("limits"));
            reading.limits(limits[0], limits[1]);
        }
        CancelToken cancel = block.has("cancel_after") ? new CancelToken() : null;
        if (block.number("cancel_after", -1) == 0) {
            cancel.cancel();
        }
        int resumes = block.number("resumes", 0);
        CountedCard card = open(new CountedCard(block, port, cancel));
        try {
            while (true) {
                try {
                    return open(reading.read(card, cancel));
                } catch (ChipidException error) {
                    boolean resumed = error.code() / 1000 == 1 && (cancel == null || !cancel.isCancelled());
                    if (!resumed || resumes == 0) {
                        throw error;
                    }
                    resumes--;
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
            trust.add(Files.readAllBytes(file), anchor[1], kind);
        }
        Assessment assessment = block.has("at")
                ? new Assessment(document, trust, Instant.ofEpochSecond(Long.parseLong(block.text("at"))))
                : new Assessment(document, trust);
        return open(assessment);
    }

    private void face(Assessment assessment, boolean hasDocument) throws IOException {
        Faces faces = block.has("models") ? faces(block.text("models"), block.has("models_bytes")) : null;
        last = faces == null ? last : assessment == null ? "models" : last;
        boolean given = block.has("capture") || block.has("live") || block.has("frame");
        if (!given && faces == null && !block.has("liveness") && !block.has("vendor_comparison")) {
            return;
        }
        LiveImages images = open(new LiveImages(capture(block.find("capture").orElse("file"))));
        for (String[] line : block.beginning("")) {
            if (line[0].equals("live")) {
                images.addFile(Files.readAllBytes(Paths.get(line[1])));
            } else if (line[0].equals("frame")) {
                images.addFrame(frame(line[1].split(",", 5)));
            }
        }
        if (given && assessment == null) {
            last = "images";
            for (byte[] digest : hasDocument ? Collections.<byte[]>emptyList() : images.digests()) {
                result.put("image", Hex.digits(digest));
            }
        }
        if (faces != null && assessment != null) {
            assessment.compareFace(faces, images);
        }
        if (block.has("liveness") && assessment != null) {
            assessment.addLiveness(liveness(block.text("liveness").split(","), images));
        }
        if (block.has("vendor_comparison") && assessment != null) {
            assessment.addVendorComparison(comparison(block.text("vendor_comparison").split(","), assessment, images));
        }
    }

    /** The models, which stay loaded: that takes longer than most cases. */
    private static Faces faces(String folder, boolean fromBytes) throws IOException {
        String key = folder + fromBytes;
        Faces faces = FACES.get(key);
        if (faces == null) {
            Path at = Paths.get(folder);
            faces = fromBytes
                    ? Faces.load(Files.readAllBytes(at.resolve(DETECTOR)), Files.readAllBytes(at.resolve(RECOGNISER)))
                    : Faces.load(at);
            FACES.put(key, faces);
        }
        return faces;
    }

    private static Frame frame(String[] parts) throws IOException {
        Frame.Format format = Frame.Format.valueOf(parts[0].toUpperCase(Locale.ROOT));
        byte[] samples = Files.readAllBytes(Paths.get(parts[4]));
        return Frame.packed(format, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), samples)
                .rotated(Integer.parseInt(parts[3]));
    }

    private static Capture capture(String name) {
        return Capture.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Liveness liveness(String[] parts, LiveImages images) {
        return new Liveness(
                Liveness.Result.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                capture(parts[1]),
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                "Invented",
                "1.0",
                "invented report 1",
                digests(parts[3], images));
    }

    private static VendorComparison comparison(String[] parts, Assessment assessment, LiveImages images) {
        byte[] portrait = assessment.portraitDigest().orElse(new byte[32]);
        return new VendorComparison(
                VendorMatch.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                capture(parts[1]),
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                "Invented Vendor",
                "4.1",
                "invented report 7",
                parts[3].equals("own") ? portrait : new byte[32],
                digests(parts[4], images));
    }

    private static List<byte[]> digests(String which, LiveImages images) {
        return which.equals("same") ? images.digests() : Collections.singletonList(new byte[32]);
    }

    private Policy policy() throws IOException {
        if (block.has("policy")) {
            return Policy.builtIn(block.text("policy"));
        }
        return Policy.fromToml(Files.readAllBytes(Paths.get(block.text("policy_file"))));
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
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
