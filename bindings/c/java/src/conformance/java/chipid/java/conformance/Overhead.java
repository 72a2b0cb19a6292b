package chipid.java.conformance;

import chipid.java.Assessment;
import chipid.java.Capture;
import chipid.java.CardTransport;
import chipid.java.Document;
import chipid.java.Faces;
import chipid.java.Keys;
import chipid.java.LiveImages;
import chipid.java.Reading;
import chipid.java.TransportError;
import chipid.java.TransportException;
import chipid.java.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long a whole reading and a comparison take through the public surface, without a card's time. */
final class Overhead {
    /** The specimen of Doc 9303-4: the card asks for no key. */
    private static final String ZONE =
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

    private Overhead() {}

    static Block measured(Block block) throws IOException {
        List<byte[][]> exchanges = new ArrayList<>();
        for (String line : Files.readAllLines(Paths.get(block.text("replay")), StandardCharsets.UTF_8)) {
            String[] parts = line.trim().split(" ");
            if (parts.length == 2) {
                exchanges.add(new byte[][] {Hex.bytes(parts[0]), Hex.bytes(parts[1])});
            }
        }
        int runs = block.number("runs", 100);
        Block result = new Block();
        reading(block.find("key.mrz").orElse(ZONE).toCharArray(), exchanges, runs, result);
        if (block.find("models").isPresent()) {
            comparison(block, runs, result);
        }
        return result;
    }

    private static void reading(char[] zone, List<byte[][]> exchanges, int runs, Block result) {
        int[] apdus = new int[1];
        CardTransport card = command -> {
            byte[][] exchange = apdus[0] < exchanges.size() ? exchanges.get(apdus[0]) : null;
            apdus[0]++;
            if (exchange == null || !Arrays.equals(exchange[0], command)) {
                throw new TransportException(TransportError.REPLAY_DIVERGED);
            }
            return exchange[1];
        };
        long median = median(runs, () -> {
            apdus[0] = 0;
            long before = System.nanoTime();
            try (Keys keys = Keys.mrz(zone);
                    Reading reading = new Reading(keys);
                    Document document = reading.read(card)) {
                return System.nanoTime() - before;
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
        measured.nanoseconds();
        long[] times = new long[Math.max(runs, 1)];
        for (int i = 0; i < times.length; i++) {
            times[i] = measured.nanoseconds();
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
