package chipid.java;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import chipid.java.conformance.SocketCard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A card is read, saved and judged. */
public class ReadingTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aGenuineCardIsAccepted() throws Exception {
        try (Document document = Cards.read("vn");
                Trust trust = Cards.trust("vn");
                Assessment assessment = new Assessment(document, trust);
                Verdict verdict = Cards.decided(assessment, "data-cleaning")) {
            assertEquals(verdict.grounds().toString(), Answer.ACCEPT, verdict.answer());
            for (Ground ground : verdict.grounds()) {
                assertEquals(Ground.Severity.NOTE, ground.severity());
            }
            assertEquals(CheckResult.Status.PASSED, verdict.checks().get("chip_genuine").status());
            assertEquals(Optional.of("not_requested"), verdict.checks().get("face").reason());
            assertEquals(Optional.of("pace"), verdict.value("/checks/access/protocol"));
            Holder holder = verdict.holder("personal_number", "spouse").get();
            assertEquals(Holder.DataTrust.ISSUER_VERIFIED, holder.trust());
            assertEquals(new String(Cards.text("vn", "number")), holder.field("personal_number").get());
            assertEquals(Optional.empty(), holder.field("name"));
            assertEquals(1, holder.missing().size() + (holder.field("spouse").isPresent() ? 1 : 0));
            assertTrue(verdict.holder().get().field("name").isPresent());
            assertTrue(new String(verdict.json("name"), StandardCharsets.UTF_8).contains("\"chipid/verify/1\""));
            assertFalse(verdict.faceSimilarity().isPresent());
            assertTrue(assessment.portrait().isPresent());
        }
    }

    @Test
    public void aCopyOnABlankChipIsRejected() throws Exception {
        try (Document document = Cards.read("vn-clone");
                Trust trust = Cards.trust("vn-clone");
                Assessment assessment = new Assessment(document, trust);
                Verdict verdict = Cards.decided(assessment, "data-cleaning")) {
            assertEquals(Answer.REJECT, verdict.answer());
            assertEquals(Ground.Severity.FATAL, verdict.grounds().get(0).severity());
            assertEquals(CheckResult.Status.FAILED, verdict.checks().get("chip_genuine").status());
        }
    }

    @Test
    public void aReadingGoesOnWhereItWasLost() throws Exception {
        String id = Cards.ownFate("vn-lost");
        try (Reading reading = Cards.reading("vn-lost")) {
            try (SocketCard card = Cards.connect(id)) {
                ChipidException lost = Refused.with(ErrorCode.CARD_REMOVED, () -> reading.read(card));
                assertEquals(Optional.of(TransportError.CARD_REMOVED), lost.transportError());
                assertNotNull(lost.getCause());
            }
            try (SocketCard card = Cards.connect(id);
                    Document document = reading.read(card, new CancelToken())) {
                assertTrue(document.dangerUnverifiedFile(0x010D).isPresent());
            }
        }
    }

    @Test
    public void progressIsTold() throws Exception {
        List<Progress> told = new ArrayList<>();
        try (Reading reading = Cards.reading("vn").only(1).limits(261, 258).onProgress(told::add);
                SocketCard card = Cards.connect("vn");
                Document document = reading.read(card)) {
            assertEquals(Progress.Phase.ACCESS, told.get(0).phase());
            Progress last = told.get(told.size() - 1);
            assertEquals(Progress.Phase.DONE, last.phase());
            assertTrue(last.bytesDone() > 0 && last.bytesDone() <= last.bytesKnown());
            assertTrue(told.stream().anyMatch(each -> each.fileName().equals(Optional.of("DG1"))));
            assertFalse("it was not asked for", document.dangerUnverifiedFile(0x0102).isPresent());
            int before = told.size();
            reading.onProgress(null);
            assertEquals(before, told.size());
        }
    }

    @Test
    public void everyKeyOpens() throws Exception {
        String[] document = new String(Cards.text("vn", "document")).split(",");
        String[] days = new String(Cards.text("vn", "number_and_days")).split(",");
        Keys[] all = {
            Keys.mrz(Cards.text("vn", "mrz")),
            Keys.number(Cards.text("vn", "number")),
            Keys.qr(new String(Cards.text("vn", "qr")).getBytes(StandardCharsets.UTF_8)),
            Keys.document(document[0].toCharArray(), document[1].toCharArray(), document[2].toCharArray()),
            Keys.numberAndDays(days[0].toCharArray(), Integer.parseInt(days[1]), Integer.parseInt(days[2]))
        };
        for (Keys keys : all) {
            try (Reading reading = new Reading(keys).only(1);
                    SocketCard card = Cards.connect("vn");
                    Document read = reading.read(card)) {
                assertTrue(read.dangerUnverifiedFile(0x0101).isPresent());
            }
            keys.close();
        }
        try (Keys pin = Keys.pin("1234".toCharArray());
                Keys puk = Keys.puk("12345678".toCharArray())) {
            assertFalse(pin.isClosed() || puk.isClosed());
        }
    }

    @Test
    public void theWrongKeyIsTold() throws Exception {
        try (Keys keys = Keys.can("999999".toCharArray());
                Reading reading = new Reading(keys);
                SocketCard card = Cards.connect("vn")) {
            ChipidException wrong = Refused.with(ErrorCode.WRONG_KEY, () -> reading.read(card));
            assertFalse(wrong.transportError().isPresent());
        }
    }

    @Test
    public void aDocumentIsSavedLoadedAndPutTogether() throws Exception {
        Path place = folder.getRoot().toPath().resolve("Thử Nghiệm");
        byte[] sod;
        byte[] zone;
        try (Document document = Cards.read("vn")) {
            document.save(place);
            Refused.with(ErrorCode.FOLDER_TAKEN, () -> document.save(place));
            sod = document.dangerUnverifiedFile(0x011D).get();
            zone = document.dangerUnverifiedFile(0x0101).get();
            Refused.with(ErrorCode.FOREIGN_HANDLE, () -> document.add(0x0101, new byte[1]));
        }
        try (Document loaded = Document.load(place).challengedWith(new byte[8]);
                Document made = new Document().add(0x011D, sod).add(0x0101, zone);
                Trust trust = Cards.trust("vn");
                Assessment assessment = new Assessment(made, trust);
                Verdict verdict = Cards.decided(assessment, "reading-only")) {
            assertArrayEquals(sod, loaded.dangerUnverifiedFile(0x011D).get());
            assertEquals(CheckResult.Status.PASSED, verdict.checks().get("passive_authentication").status());
        }
        Path nothing = folder.newFolder().toPath();
        Refused.with(ErrorCode.NO_DOCUMENT_FILES, () -> Document.load(nothing));
        assertTrue(Files.isDirectory(nothing));
    }

    @Test
    public void whatWasTypedIsCompared() throws Exception {
        try (Assessment assessment = Cards.assessed("vn");
                Keys other = Keys.qr(new String(Cards.text("vn-other", "qr")).getBytes(StandardCharsets.UTF_8))) {
            assessment.compareTyped("Ai Đó", null).compareKeys(other).setAttempts(2, 1, Duration.ofMinutes(3));
            try (Verdict verdict = Cards.decided(assessment, "data-cleaning")) {
                assertFalse(verdict.answer() == Answer.ACCEPT);
                List<Difference> differences = verdict.differences("name", "personal_number");
                Difference name = differences.stream()
                        .filter(each -> each.between().stream().anyMatch(side -> side.source().equals("typed")))
                        .findFirst()
                        .get();
                assertEquals("name", name.subject());
                assertTrue(name.between().stream().anyMatch(side -> side.value().equals(Optional.of("Ai Đó"))));
                assertFalse(differences.toString(), differences.toString().contains("Ai Đó"));
            }
        }
    }

    @Test
    public void aPolicyOfOnesOwnJudges() throws Exception {
        try (Assessment assessment = Cards.assessed("vn");
                Policy lenient = Policy.fromToml(own("\"passive_authentication\""));
                Policy strict = Policy.fromToml(own("\"passive_authentication\", \"face\""))) {
            try (Verdict verdict = lenient.decide(assessment)) {
                assertEquals(verdict.grounds().toString(), Answer.ACCEPT, verdict.answer());
                assertEquals("own", verdict.value("/policy/name").get());
            }
            try (Verdict verdict = strict.decide(assessment)) {
                assertEquals(Answer.UNDECIDED, verdict.answer());
                assertTrue(verdict.grounds().toString(), verdict.grounds().stream()
                        .anyMatch(ground -> ground.code().equals("required_check_missing")));
            }
        }
        Refused.with(ErrorCode.POLICY_UNKNOWN, () -> Policy.builtIn("none"));
        Refused.with(ErrorCode.POLICY_MALFORMED, () -> Policy.fromToml("= = ="));
        Refused.with(ErrorCode.NOT_TEXT, () -> Policy.fromToml(new byte[] {(byte) 0xFF}));
    }

    /** A policy that requires these checks, and takes a saved document. */
    private static String own(String requires) {
        return "name = \"own\"\nrequires = [" + requires + "]\n[severity]\n"
                + "chip_not_proven = \"note\"\nclone_protection_absent = \"note\"\nchip_proof_not_fresh = \"note\"\n";
    }

    @Test
    public void thereIsNoReaderOfThatName() throws Exception {
        int expected = ErrorCode.NO_READER;
        try {
            assertNotNull(CardReader.list());
        } catch (ChipidException service) {
            assertEquals(ErrorCode.SERVICE_UNAVAILABLE, service.code());
            expected = service.code();
        }
        int code = expected;
        try (Reading reading = Cards.reading("vn")) {
            for (CancelToken token : new CancelToken[] {null, new CancelToken()}) {
                Duration wait = Duration.ofMillis(50);
                Refused.with(code, () -> reading.readOn("no reader is called so", wait, token));
            }
        }
    }

    @Test
    public void theVersionIsThatOfTheLibrary() {
        assertTrue(Chipid.version().matches("\\d+\\.\\d+\\.\\d+.*"));
    }
}
