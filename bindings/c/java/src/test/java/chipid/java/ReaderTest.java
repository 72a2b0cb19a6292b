package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.nio.file.Paths;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.Test;

/** A virtual card on a reader, behind a pcscd ({@code scripts/behind_pcscd.py}). */
public class ReaderTest {
    private static final String READER = System.getenv("CHIPID_TEST_READER");
    private static final Duration WAIT = Duration.ofSeconds(20);

    private static Reading reading() {
        try (Keys keys = Keys.can(System.getenv("CHIPID_TEST_CAN").toCharArray())) {
            return new Reading(keys);
        }
    }

    @Test
    public void theCardOnAReaderIsReadAndJudged() {
        List<Progress.Phase> phases = new ArrayList<>();
        for (CancelToken token : new CancelToken[] {null, new CancelToken()}) {
            try (Reading reading = reading().onProgress(progress -> phases.add(progress.phase()));
                    Document document = reading.readOn(READER, WAIT, token);
                    Trust trust = new Trust()
                            .add(Paths.get(System.getenv("CHIPID_TEST_CSCA")), Trust.Anchor.IDENTITY_CARDS);
                    Assessment assessment = new Assessment(document, trust);
                    Policy policy = Policy.builtIn("data-cleaning");
                    Verdict verdict = policy.decide(assessment)) {
                String expected = System.getenv("CHIPID_TEST_VERDICT").toUpperCase(Locale.ROOT);
                assertEquals(Answer.valueOf(expected), verdict.answer());
            }
        }
        assertTrue(phases.contains(Progress.Phase.CHIP_AUTHENTICATION) && phases.contains(Progress.Phase.DONE));
    }

    @Test
    public void theReaderIsListedWithItsCard() {
        assertTrue(CardReader.list().stream().anyMatch(each -> each.name().contains(READER) && each.hasCard()));
    }

    @Test
    public void anotherReaderIsNotThere() throws Exception {
        try (Reading reading = reading()) {
            Refused.with(ErrorCode.NO_READER, () -> reading.readOn("no reader is called so", Duration.ofMillis(50)));
        }
    }

    @Test
    public void oneMayWaitForEver() {
        try (Reading reading = reading()) {
            reading.readOn(READER, ChronoUnit.FOREVER.getDuration()).close();
        }
    }

    @Test
    public void aListenerThatThrowsOrCallsBackEndsWell() throws Exception {
        try (Reading reading = reading()) {
            IllegalStateException fault = new IllegalStateException("of the listener");
            reading.onProgress(progress -> {
                throw fault;
            });
            assertSame(fault, Refused.with(ErrorCode.CANCELLED, () -> reading.readOn(READER, WAIT)).getCause());
            reading.onProgress(progress -> {
                try {
                    Refused.with(ErrorCode.BUSY, () -> reading.readOn(READER, WAIT));
                    Refused.with(ErrorCode.BUSY, () -> reading.read(command -> null));
                } catch (Exception unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            });
            reading.readOn(READER, WAIT).close();
        }
    }

    @Test
    public void itIsCancelledBeforeWhileItWaitsAndHalfWay() throws Exception {
        CancelToken before = new CancelToken();
        before.cancel();
        try (Reading reading = reading()) {
            Refused.with(ErrorCode.CANCELLED, () -> reading.readOn(READER, WAIT, before));
            CancelToken halfWay = new CancelToken();
            reading.onProgress(progress -> {
                if (progress.bytesDone() > 0) {
                    halfWay.cancel();
                }
            });
            Refused.with(ErrorCode.CANCELLED, () -> reading.readOn(READER, WAIT, halfWay));
            reading.onProgress(null).readOn(READER, WAIT).close();
        }
    }
}
