package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import chipid.java.conformance.SocketCard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

/** Many threads at once: what may be shared is, and what may not is refused. */
public class ThreadsTest {
    private static final int THREADS = 4;

    @Test
    public void manyReadAtOnceWithOneStoreAndOnePolicy() throws Exception {
        try (Trust trust = Cards.trust("vn");
                Policy policy = Policy.builtIn("data-cleaning")) {
            together(() -> {
                for (int i = 0; i < 5; i++) {
                    try (Reading reading = Cards.reading("vn");
                            SocketCard card = Cards.connect("vn");
                            Document document = reading.read(card, i % 2 == 0 ? null : new CancelToken());
                            Assessment assessment = new Assessment(document, trust);
                            Verdict verdict = policy.decide(assessment)) {
                        assertEquals(Answer.ACCEPT, verdict.answer());
                    }
                }
            });
        }
    }

    @Test
    public void whatOneThreadClosesNoOtherBreaks() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        for (int round = 0; round < 30; round++) {
            try (Assessment assessment = Cards.assessed("vn");
                    Verdict verdict = Cards.decided(assessment, "data-cleaning");
                    Keys keys = Keys.can("123456".toCharArray());
                    LiveImages images = new LiveImages(Capture.FILE)) {
                NativeHandle[] closing = {verdict, keys, images, assessment};
                AtomicInteger next = new AtomicInteger();
                together(() -> {
                    int own = next.getAndIncrement();
                    for (int i = 0; i < 20; i++) {
                        try {
                            assessment.json();
                            verdict.grounds();
                            new Reading(keys).close();
                            images.digests();
                            assessment.compareTyped("Ai Đó", null);
                        } catch (ChipidException error) {
                            assertTrue(error.toString(), error.code() == ErrorCode.BUSY || error.code() == ErrorCode.FOREIGN_HANDLE);
                            refused.incrementAndGet();
                        }
                        if (i == 10) {
                            closing[own].close();
                            closing[own].close();
                        }
                    }
                });
            }
        }
        assertTrue(refused.get() > 0);
    }

    @Test
    public void theCollectorTakesNothingThatIsAtWork() throws Exception {
        int before = NativeHandle.living();
        AtomicInteger told = new AtomicInteger();
        for (CancelToken token : new CancelToken[] {null, new CancelToken()}) {
            try (SocketCard card = Cards.connect("vn");
                    Document document = Cards.reading("vn").onProgress(progress -> told.incrementAndGet()).read(
                            command -> {
                                System.gc();
                                // Whatever is made frees what nobody holds.
                                Keys.can("123456".toCharArray());
                                return card.transmit(command);
                            },
                            token)) {
                assertTrue(document.dangerUnverifiedFile(0x0101).isPresent());
            }
        }
        assertTrue(told.get() > 20);
        for (int i = 0; i < 100 && NativeHandle.living() > before; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertTrue(NativeHandle.living() <= before);
    }

    /** Work of every thread, and what went wrong in one. */
    private static void together(Refused.Call work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    work.run();
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException wrong) {
            throw new AssertionError(wrong.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
