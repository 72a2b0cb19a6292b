package chipid.java;

import chipid.java.conformance.SocketCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Many readings, well and badly ended: neither handles nor memory grow. */
final class ManyReadings {
    private static final int ROUNDS = 150;
    private static final long BOUND_KIB = 24 * 1024;

    private ManyReadings() {}

    public static void main(String[] arguments) throws Exception {
        // What is loaded and compiled once is not a leak.
        rounds(ROUNDS);
        int handles = NativeHandle.living();
        long before = resident();
        rounds(2 * ROUNDS);
        long grown = resident() - before;
        System.out.println("many readings: " + grown + " KiB more after " + 2 * ROUNDS + " rounds, "
                + (NativeHandle.living() - handles) + " handles more");
        System.exit(grown < BOUND_KIB && NativeHandle.living() == handles ? 0 : 1);
    }

    private static void rounds(int count) throws IOException {
        try (Trust trust = Cards.trust("vn");
                Policy policy = Policy.builtIn("data-cleaning")) {
            for (int i = 0; i < count; i++) {
                CancelToken token = i % 2 == 0 ? null : new CancelToken();
                try (Reading reading = Cards.reading("vn").onProgress(progress -> {});
                        SocketCard card = Cards.connect("vn")) {
                    refusals(reading, token);
                    try (Document document = reading.read(card, token);
                            Assessment assessment = new Assessment(document, trust);
                            Verdict verdict = policy.decide(assessment)) {
                        verdict.holder();
                        verdict.json();
                    }
                }
            }
        }
        System.gc();
    }

    private static void refusals(Reading reading, CancelToken token) {
        for (int i = 0; i < 20; i++) {
            try {
                reading.read(
                        command -> {
                            throw new IOException();
                        },
                        token);
            } catch (ChipidException failed) {
                // As it must.
            }
            try {
                Keys.can("x".toCharArray());
            } catch (ChipidException refused) {
                // As it must.
            }
        }
    }

    private static long resident() throws IOException {
        Path status = Paths.get("/proc/self/status");
        for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS");
    }
}
