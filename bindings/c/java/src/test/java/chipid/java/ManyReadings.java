package chipid.java;

import chipid.java.conformance.SocketCard;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import java.io.IOException;

/** Many readings, well and badly ended: neither handles nor memory grow. */
public final class ManyReadings {
    private static final int ROUNDS = 100;
    /** What Java itself takes on the way. Commands that are not freed are 1600. */
    private static final long BOUND_KIB = 400;

    private ManyReadings() {}

    public static void main(String[] arguments) throws Exception {
        // What is loaded and compiled once is not a leak.
        rounds(ROUNDS);
        int handles = NativeHandle.living();
        long before = allocated();
        rounds(2 * ROUNDS);
        long grown = allocated() - before;
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

    /** What malloc has given and not got back. */
    private static long allocated() {
        Allocations now = C.mallinfo2();
        return (now.fields[7] + now.fields[5]) / 1024;
    }

    /** glibc; with MALLOC_ARENA_MAX=1 it counts every thread's. */
    public interface Glibc extends Library {
        Allocations mallinfo2();
    }

    private static final Glibc C = Native.load("c", Glibc.class);

    /** {@code struct mallinfo2}: hblkhd is the sixth, uordblks the eighth. */
    @Structure.FieldOrder("fields")
    public static final class Allocations extends Structure implements Structure.ByValue {
        public long[] fields = new long[10];
    }
}
