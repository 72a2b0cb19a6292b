package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import chipid.java.conformance.SocketCard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Transports that throw, give nothing or garbage, hang, or call back; listeners that throw; two readings at once. */
public class TransportTest {
    private Reading reading;

    @Before
    public void open() throws IOException {
        reading = Cards.reading("vn");
    }

    /** Whatever was done to it, the same reading reads the card. */
    @After
    public void stillReads() throws IOException {
        if (!reading.isClosed()) {
            try (SocketCard card = Cards.connect("vn");
                    Document document = reading.read(card)) {
                assertTrue(document.dangerUnverifiedFile(0x0101).isPresent());
            }
        }
        reading.close();
    }

    private static List<CancelToken> withAndWithout() {
        List<CancelToken> tokens = new ArrayList<>();
        tokens.add(null);
        tokens.add(new CancelToken());
        return tokens;
    }

    @Test
    public void whatATransportThrowsIsTheCause() throws Exception {
        Exception[] thrown = {
            new IOException("x"), new IllegalStateException("x"), new TransportException(TransportError.TRANSPORT_FAILED)
        };
        for (CancelToken token : withAndWithout()) {
            for (Exception each : thrown) {
                ChipidException failed = Refused.with(ErrorCode.TRANSPORT_FAILED, () -> reading.read(
                        command -> {
                            throw Sneaky.thrown(each);
                        },
                        token));
                assertSame(each, failed.getCause());
            }
            TransportException mute = new TransportException(TransportError.CARD_MUTE);
            assertSame(mute, Refused.with(ErrorCode.CARD_MUTE, () -> reading.read(
                            command -> {
                                throw mute;
                            },
                            token))
                    .getCause());
        }
    }

    @Test
    public void anErrorOfTheMachineIsThrownOn() throws Exception {
        for (CancelToken token : withAndWithout()) {
            StackOverflowError fault = new StackOverflowError();
            try {
                reading.read(
                        command -> {
                            throw fault;
                        },
                        token);
                throw new IllegalStateException("it was read");
            } catch (StackOverflowError thrown) {
                assertSame(fault, thrown);
            }
        }
    }

    @Test
    public void whatIsNoResponseIsMalformed() throws Exception {
        for (CancelToken token : withAndWithout()) {
            for (byte[] response : new byte[][] {null, {}, {0x6F}, new byte[65_539], new byte[1 << 20]}) {
                Refused.with(ErrorCode.RESPONSE_MALFORMED, () -> reading.read(command -> response, token));
            }
            for (byte[] garbage : new byte[][] {{1, 2}, new byte[300], new byte[65_538], {0x30, (byte) 0xFF, (byte) 0x90, 0}}) {
                try {
                    reading.read(command -> garbage, token).close();
                    throw new IllegalStateException("it was read");
                } catch (ChipidException refused) {
                    assertTrue(refused.toString(), refused.code() >= 1000 && refused.code() < 8000);
                }
            }
        }
    }

    @Test
    public void whoeverCallsTheSameReadingFromWithinIsRefused() throws Exception {
        for (CancelToken token : withAndWithout()) {
            AtomicInteger calls = new AtomicInteger();
            Refused.with(ErrorCode.CARD_REMOVED, () -> reading.read(
                    command -> {
                        try {
                            Refused.with(ErrorCode.BUSY, () -> reading.read(again -> null));
                            Refused.with(ErrorCode.BUSY, () -> reading.read(again -> null, new CancelToken()));
                            Refused.with(ErrorCode.BUSY, () -> reading.only(1));
                            Refused.with(ErrorCode.BUSY, () -> reading.onProgress(null));
                            calls.incrementAndGet();
                        } catch (Exception other) {
                            throw new IllegalStateException(other);
                        }
                        throw new TransportException(TransportError.CARD_REMOVED);
                    },
                    token));
            assertEquals(1, calls.get());
        }
    }

    @Test
    public void ofTwoThreadsOneReads() throws Exception {
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch on = new CountDownLatch(1);
        AtomicReference<Document> read = new AtomicReference<>();
        Thread other = new Thread(() -> {
            try (SocketCard card = Cards.connect("vn")) {
                read.set(reading.read(command -> {
                    within.countDown();
                    Wait.on(on);
                    return card.transmit(command);
                }));
            } catch (IOException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        other.start();
        Wait.on(within);
        Refused.with(ErrorCode.BUSY, () -> reading.read(command -> null));
        on.countDown();
        other.join();
        assertTrue(read.get().dangerUnverifiedFile(0x0101).isPresent());
        read.get().close();
    }

    @Test
    public void aReadingThatIsClosedMeanwhileEnds() throws Exception {
        for (CancelToken token : withAndWithout()) {
            Reading closed = Cards.reading("vn");
            try (SocketCard card = Cards.connect("vn")) {
                AtomicInteger commands = new AtomicInteger();
                Refused.with(ErrorCode.CANCELLED, () -> closed.read(
                        command -> {
                            if (commands.incrementAndGet() == 5) {
                                closed.close();
                            }
                            return card.transmit(command);
                        },
                        token));
                assertEquals(5, commands.get());
            }
            Refused.with(ErrorCode.FOREIGN_HANDLE, () -> closed.read(command -> null));
        }
    }

    @Test
    public void cancelledHalfWayItGoesOnLater() throws Exception {
        CancelToken token = new CancelToken();
        AtomicInteger commands = new AtomicInteger();
        try (SocketCard card = Cards.connect("vn")) {
            Refused.with(ErrorCode.CANCELLED, () -> reading.read(
                    command -> {
                        if (commands.incrementAndGet() == 12) {
                            token.cancel();
                        }
                        return card.transmit(command);
                    },
                    token));
        }
        assertEquals(12, commands.get());
        assertTrue(token.isCancelled());
        Refused.with(ErrorCode.CANCELLED, () -> reading.read(
                command -> {
                    throw new IllegalStateException("nothing is carried under a token that was cancelled");
                },
                token));
    }

    @Test
    public void aTransportThatHangsIsLeftBehind() throws Exception {
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        CancelToken token = new CancelToken();
        Thread canceller = new Thread(() -> {
            Wait.on(within);
            token.cancel();
        });
        canceller.start();
        long before = System.nanoTime();
        Refused.with(ErrorCode.CANCELLED, () -> reading.read(
                command -> {
                    within.countDown();
                    // Deaf to the first interruption.
                    while (never.getCount() > 0) {
                        try {
                            never.await();
                        } catch (InterruptedException told) {
                            interrupted.incrementAndGet();
                        }
                    }
                    return new byte[] {0x6F, 0};
                },
                token));
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before) < 5);
        Refused.with(ErrorCode.BUSY, () -> reading.read(command -> null));
        for (int i = 0; i < 500 && interrupted.get() == 0; i++) {
            Thread.sleep(10);
        }
        never.countDown();
        // Until it has come back.
        for (int i = 0; i < 500; i++) {
            try {
                reading.read(command -> null);
            } catch (ChipidException refused) {
                if (refused.code() == ErrorCode.RESPONSE_MALFORMED) {
                    break;
                }
                Thread.sleep(10);
            }
        }
        canceller.join();
        assertEquals(1, interrupted.get());
    }

    @Test
    public void whoeverInterruptsTheReadingThreadCancels() throws Exception {
        AtomicReference<Thread> carrying = new AtomicReference<>();
        Thread.currentThread().interrupt();
        try {
            Refused.with(ErrorCode.CANCELLED, () -> reading.read(
                    command -> {
                        carrying.set(Thread.currentThread());
                        try {
                            Thread.sleep(60_000);
                        } catch (InterruptedException told) {
                            throw new IOException(told);
                        }
                        return null;
                    },
                    new CancelToken()));
        } finally {
            assertTrue("the flag stays", Thread.interrupted());
        }
        for (int i = 0; i < 100 && carrying.get() == null; i++) {
            Thread.sleep(10);
        }
        assertNotSame(Thread.currentThread(), carrying.get());
        if (carrying.get() != null) {
            assertTrue(carrying.get().isDaemon());
            carrying.get().join(5_000);
            assertFalse(carrying.get().isAlive());
        }
    }

    @Test
    public void aListenerThatThrowsEndsTheReading() throws Exception {
        for (CancelToken token : withAndWithout()) {
            for (Progress.Phase at : new Progress.Phase[] {Progress.Phase.ACCESS, Progress.Phase.FILE, Progress.Phase.DONE}) {
                Error fault = new AssertionError("of the listener");
                AtomicInteger after = new AtomicInteger();
                try (Reading told = Cards.reading("vn");
                        SocketCard card = Cards.connect("vn")) {
                    told.onProgress(progress -> {
                        if (progress.phase() == at) {
                            after.incrementAndGet();
                            throw fault;
                        }
                    });
                    ChipidException ended = Refused.with(ErrorCode.CANCELLED, () -> told.read(card, token));
                    assertSame(fault, ended.getCause());
                    assertEquals("it is not told again", 1, after.get());
                    told.onProgress(null).read(card).close();
                }
            }
        }
    }

    @Test
    public void aListenerThatCallsBackIsRefused() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        reading.onProgress(progress -> {
            try {
                Refused.with(ErrorCode.BUSY, () -> reading.read(command -> null));
                Keys.can("123456".toCharArray()).close();
                Refused.with(ErrorCode.CAN_MALFORMED, () -> Keys.can("x".toCharArray()));
                calls.incrementAndGet();
            } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        try (SocketCard card = Cards.connect("vn");
                Document document = reading.read(card)) {
            assertTrue(calls.get() > 3);
            assertTrue(document.dangerUnverifiedFile(0x0101).isPresent());
        }
    }
}
