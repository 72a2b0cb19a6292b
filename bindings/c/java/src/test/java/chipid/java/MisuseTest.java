package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import chipid.java.conformance.SocketCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.Test;

/** Nulls, closed twice, used after that, of another state: each is a code, and none a crash. */
public class MisuseTest {
    @Test
    public void nullIsRefused() throws Exception {
        Reading reading = Cards.reading("vn");
        Assessment assessment = Cards.assessed("vn");
        Document document = new Document();
        Trust trust = new Trust();
        LiveImages images = new LiveImages(Capture.FILE);
        Policy policy = Policy.builtIn("demo");
        Refused.Call[] calls = {
            () -> Keys.can(null),
            () -> Keys.qr(null),
            () -> Keys.document("1".toCharArray(), null, null),
            () -> Keys.numberAndDays(null, 1, 1),
            () -> new Reading(null),
            () -> reading.read(null),
            () -> reading.read(null, new CancelToken()),
            () -> reading.readOn(null, Duration.ZERO),
            () -> reading.readOn("", null),
            () -> reading.only((int[]) null),
            () -> reading.challenge(null),
            () -> trust.add(null, "x", Trust.Anchor.ANY),
            () -> trust.add(new byte[1], null, Trust.Anchor.ANY),
            () -> trust.add(new byte[1], "x", null),
            () -> Document.load(null),
            () -> document.save(null),
            () -> document.add(0x0101, null),
            () -> document.challengedWith(null),
            () -> new Assessment(null, trust),
            () -> new Assessment(document, null),
            () -> new Assessment(document, trust, null),
            () -> assessment.compareKeys(null),
            () -> assessment.compareTyped(null, null),
            () -> assessment.compareTyped(null, null, null),
            () -> assessment.compareFace(null, images),
            () -> assessment.addLiveness(null),
            () -> assessment.setAttempts(1, 0, null),
            () -> new LiveImages(null),
            () -> images.addFile(null),
            () -> images.addFrame(null),
            () -> new Plane(null, 1, 1),
            () -> Frame.rgb(1, 1, null),
            () -> new Liveness(null, Capture.FILE, java.time.Instant.EPOCH, "", "", "", Collections.emptyList()),
            () -> Faces.load((java.nio.file.Path) null),
            () -> Faces.load(null, null),
            () -> Policy.builtIn(null),
            () -> Policy.fromToml((String) null),
            () -> Policy.fromToml((byte[]) null),
            () -> policy.decide(null),
            () -> new TransportException(null),
        };
        for (Refused.Call call : calls) {
            Refused.with(ErrorCode.NULL_ARGUMENT, call);
        }
        for (NativeHandle each : new NativeHandle[] {reading, assessment, document, trust, images, policy}) {
            each.close();
        }
    }

    @Test
    public void whatWasClosedIsRefused() throws Exception {
        Keys keys = Keys.can("123456".toCharArray());
        Reading reading = new Reading(keys);
        Document document = Cards.saved("vn");
        Trust trust = Cards.trust("vn");
        Assessment assessment = new Assessment(document, trust);
        Policy policy = Policy.builtIn("data-cleaning");
        Verdict verdict = policy.decide(assessment);
        LiveImages images = new LiveImages(Capture.FILE);
        assertEquals(Answer.ACCEPT, verdict.answer());
        NativeHandle[] all = {keys, reading, document, trust, assessment, policy, verdict, images};
        for (int i = 0; i < 2; i++) {
            for (NativeHandle each : all) {
                each.close();
                assertTrue(each.isClosed());
            }
        }
        Refused.Call[] calls = {
            () -> new Reading(keys),
            () -> reading.only(1),
            () -> reading.limits(0, 0),
            () -> reading.onProgress(null),
            () -> reading.read(command -> null),
            () -> document.dangerUnverifiedFile(0x0101),
            () -> document.save(Cards.FOLDER),
            () -> trust.add(new byte[1], "x", Trust.Anchor.ANY),
            () -> new Assessment(document, trust),
            () -> assessment.portrait(),
            () -> assessment.compareTyped("x", "y"),
            () -> policy.decide(assessment),
            () -> verdict.grounds(),
            () -> verdict.json(),
            () -> verdict.value("/verdict"),
            () -> images.digests(),
        };
        for (Refused.Call call : calls) {
            Refused.with(ErrorCode.FOREIGN_HANDLE, call);
        }
        assertEquals("a closed verdict accepts nobody", Answer.UNDECIDED, verdict.answer());
    }

    @Test
    public void everyNumberButTwoIsUndecided() {
        for (int number : new int[] {0, -1, 3, 8902, Integer.MIN_VALUE}) {
            assertEquals(Answer.UNDECIDED, Answer.of(number));
        }
        assertEquals(Answer.ACCEPT, Answer.of(1));
        assertEquals(Answer.REJECT, Answer.of(2));
    }

    @Test
    public void wrongValuesAreRefused() throws Exception {
        Refused.with(ErrorCode.CAN_MALFORMED, () -> Keys.can(new char[0]));
        Refused.with(ErrorCode.NOT_TEXT, () -> Keys.can(new char[] {'\uD800'}));
        Refused.with(ErrorCode.UNKNOWN_VALUE, () -> Keys.numberAndDays("001099000017".toCharArray(), 19993103, 1));
        try (Reading reading = Cards.reading("vn");
                Document document = new Document();
                Trust trust = new Trust();
                Assessment assessment = Cards.assessed("vn")) {
            for (int group : new int[] {0, 17, -1, 257}) {
                Refused.with(ErrorCode.UNKNOWN_VALUE, () -> reading.only(group));
            }
            Refused.with(ErrorCode.UNKNOWN_VALUE, () -> reading.challenge(new byte[7]));
            Refused.with(ErrorCode.UNKNOWN_VALUE, () -> reading.limits(-1, 0));
            Refused.with(ErrorCode.UNKNOWN_VALUE, () -> reading.readOn("", Duration.ofNanos(-1)));
            assertEquals(0, Reading.milliseconds(Duration.ofNanos(1)));
            assertEquals(0xFFFF_FFFEL, Integer.toUnsignedLong(Reading.milliseconds(Duration.ofMillis(0xFFFF_FFFEL))));
            assertEquals(0xFFFF_FFFFL, Integer.toUnsignedLong(Reading.milliseconds(ChronoUnit.FOREVER.getDuration())));
            assessment.setAttempts(1, 0, ChronoUnit.FOREVER.getDuration());
            Refused.with(ErrorCode.UNKNOWN_VALUE, () -> document.add(0x9999, new byte[0]));
            Refused.with(ErrorCode.UNKNOWN_VALUE, () -> assessment.setAttempts(-1, 0, Duration.ZERO));
            try (Verdict verdict = Cards.decided(assessment, "data-cleaning")) {
                Refused.with(ErrorCode.UNKNOWN_VALUE, () -> verdict.holder("no such field"));
                Refused.with(ErrorCode.NULL_ARGUMENT, () -> verdict.json((String) null));
                Refused.with(ErrorCode.BUSY, () -> assessment.compareTyped("x", null));
            }
            assessment.compareTyped("x", null);
            try (Assessment used = new Assessment(document, trust)) {
                Refused.with(ErrorCode.BUSY, () -> trust.add(new byte[1], "x", Trust.Anchor.ANY));
                assertFalse(used.portrait().isPresent());
            }
        }
    }

    @Test
    public void aStoreThatRefusedSomethingIsOfNoMoreUse() throws Exception {
        Path csca = Paths.get(Cards.told("vn").text("csca"));
        byte[] bytes = Files.readAllBytes(csca);
        List<Consumer<Trust>> tries = Arrays.asList(
                trust -> trust.add(csca.resolveSibling("no-such.crl"), Trust.Anchor.ANY),
                trust -> trust.add((Path) null, Trust.Anchor.ANY),
                trust -> trust.add(csca, null),
                trust -> trust.add(null, "null", Trust.Anchor.ANY),
                trust -> trust.add(bytes, null, Trust.Anchor.ANY),
                trust -> trust.add(bytes, "half a character \uD800", Trust.Anchor.ANY),
                trust -> trust.add(bytes, "no such anchor", null),
                trust -> trust.add(new byte[0], "nothing", Trust.Anchor.ANY),
                trust -> trust.add(new byte[] {1, 2, 3}, "no certificate", Trust.Anchor.ANY));
        try (Document document = Cards.saved("vn");
                Trust used = Cards.trust("vn")) {
            for (Consumer<Trust> add : tries) {
                try (Trust trust = Cards.trust("vn")) {
                    assertThrows(ChipidException.class, () -> add.accept(trust));
                    Refused.with(ErrorCode.FOREIGN_HANDLE, () -> new Assessment(document, trust));
                    Refused.with(ErrorCode.FOREIGN_HANDLE, () -> trust.add(csca, Trust.Anchor.ANY));
                }
            }
            for (int i = 0; i < 2; i++) {
                try (Assessment assessment = new Assessment(document, used);
                        Verdict verdict = Cards.decided(assessment, "data-cleaning")) {
                    assertEquals("one in use stays as it is", Answer.ACCEPT, verdict.answer());
                }
                Refused.with(ErrorCode.NULL_ARGUMENT, () -> used.add((Path) null, Trust.Anchor.ANY));
            }
        }
    }

    @Test
    public void aHookThatThrowsKeepsNoOtherFromRunning() {
        CancelToken token = new CancelToken();
        boolean[] ran = new boolean[1];
        IllegalStateException fault = new IllegalStateException("of a hook");
        token.onCancel(() -> {
            throw fault;
        });
        token.onCancel(() -> ran[0] = true);
        try {
            token.cancel();
            throw new AssertionError("the fault was lost");
        } catch (IllegalStateException thrown) {
            assertSame(fault, thrown);
        }
        assertTrue(ran[0] && token.isCancelled());
        assertFalse(token.onCancel(() -> ran[0] = false));
    }

    @Test
    public void nothingSecretIsShown() throws Exception {
        String can = new String(Cards.text("vn", "can"));
        String number = new String(Cards.text("vn", "number"));
        StringBuilder shown = new StringBuilder();
        try (Keys keys = Keys.number(number.toCharArray());
                Reading reading = new Reading(keys).onProgress(shown::append);
                SocketCard card = Cards.connect("vn");
                Document document = reading.read(card);
                Trust trust = Cards.trust("vn");
                Assessment assessment = new Assessment(document, trust).compareTyped("Ai Đó", "001099999999");
                Verdict verdict = Cards.decided(assessment, "data-cleaning")) {
            shown.append(keys).append(reading).append(document).append(trust).append(assessment).append(verdict);
            shown.append(verdict.holder()).append(verdict.grounds()).append(verdict.checks());
            shown.append(verdict.differences("name", "personal_number"));
        }
        shown.append(Refused.with(ErrorCode.NUMBER_WRONG_LENGTH, () -> Keys.number((number + "1").toCharArray())));
        assertTrue(shown.toString(), shown.toString().contains("passive_authentication"));
        for (String secret : new String[] {can, number, "0010999", "Ai Đó", "Nghiệm", "NGHIEM", "1990"}) {
            assertFalse(shown.toString(), shown.toString().contains(secret));
        }
    }

    @Test
    public void whatNobodyClosedIsFreedAtLast() throws Exception {
        int before = NativeHandle.living();
        for (int i = 0; i < 500; i++) {
            Keys.can("123456".toCharArray());
        }
        assertTrue(NativeHandle.living() > before);
        for (int i = 0; i < 100 && NativeHandle.living() > before; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertTrue(NativeHandle.living() + " of " + before, NativeHandle.living() <= before);
    }
}
