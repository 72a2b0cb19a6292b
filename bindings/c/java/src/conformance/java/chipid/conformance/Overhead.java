package chipid.conformance;

import chipid.Assessment;
import chipid.Capture;
import chipid.CardTransport;
import chipid.Document;
import chipid.Faces;
import chipid.Keys;
import chipid.LiveImages;
import chipid.Reading;
import chipid.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** How long a whole reading and a comparison take through the public surface, without a card's time. */
final class Overhead {
    private Overhead() {}

    static Block measured(Block block) throws IOException {
        Map<String, byte[]> answers = new HashMap<>();
        for (String line : Files.readAllLines(Paths.get(block.text("replay")), StandardCharsets.UTF_8)) {
            String[] parts = line.trim().split("\\s+");
            if (parts.length == 2) {
                answers.put(new String(Hex.bytes(parts[0]), StandardCharsets.ISO_8859_1), Hex.bytes(parts[1]));
            }
        }
        int runs = block.number("runs", 100);
        Block result = new Block();
        reading(answers, runs, result);
        comparison(block, runs, result);
        return result;
    }

    private static void reading(Map<String, byte[]> answers, int runs, Block result) {
        int[] apdus = new int[1];
        CardTransport card = command -> {
            apdus[0]++;
            return answers.get(new String(command, StandardCharsets.ISO_8859_1));
        };
        long median = median(runs, () -> {
            apdus[0] = 0;
            // The card asks for no key.
            try (Keys keys = Keys.can("000000".toCharArray());
                    Reading reading = new Reading(keys)) {
                long before = System.nanoTime();
                Document document = reading.read(card);
                long after = System.nanoTime();
                document.close();
                return after - before;
            }
        });
        result.put("reading_us", median / 1000.0).put("apdus", apdus[0]);
    }

    private static void comparison(Block block, int runs, Block result) throws IOException {
        Path csca = Paths.get(block.text("trust.any"));
        try (Document document = Document.load(Paths.get(block.text("folder")));
                Trust trust = new Trust().add(Files.readAllBytes(csca), "csca", Trust.Anchor.ANY);
                Faces faces = Faces.load(Paths.get(block.text("models")));
                LiveImages images =
                        new LiveImages(Capture.STATION).addFile(Files.readAllBytes(Paths.get(block.text("live"))))) {
            long median = median(runs, () -> {
                try (Assessment assessment = new Assessment(document, trust)) {
                    long before = System.nanoTime();
                    assessment.compareFace(faces, images);
                    return System.nanoTime() - before;
                }
            });
            result.put("comparison_us", median / 1000.0);
        }
    }

    private interface Measured {
        long nanoseconds();
    }

    private static long median(int runs, Measured measured) {
        // Java compiles what it has run often: that is part of warming up.
        for (int i = 0; i < runs; i++) {
            measured.nanoseconds();
        }
        long[] times = new long[Math.max(runs, 1)];
        for (int i = 0; i < times.length; i++) {
            times[i] = measured.nanoseconds();
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
