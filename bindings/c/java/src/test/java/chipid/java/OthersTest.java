package chipid.java;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import chipid.java.conformance.SocketCard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.junit.Test;

/** What others say of a document or a person: a confirmation service, another maker's engine, the chip of an earlier day. */
public class OthersTest {
    @Test
    public void aConfirmationIsBoundToItsRequest() throws Exception {
        byte[] nonce = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        try (Assessment assessment = Cards.assessed("vn");
                ConfirmationRequest request = new ConfirmationRequest(assessment, nonce, "consent-1")) {
            String number = new String(request.number(), StandardCharsets.UTF_8);
            assertEquals(new String(Cards.text("vn", "number")), number);
            assertArrayEquals(nonce, request.nonce());
            assertEquals(Optional.of("consent-1"), request.consent());
            assertTrue(request.signer().get().length > 100);
            assertTrue(request.file(0x011D).isPresent() && request.digest(0x0101).isPresent());
            assertFalse(request.file(0x0103).isPresent());
            assertTrue(Duration.between(request.madeAt(), Instant.now()).abs().getSeconds() < 60);
            assertFalse(request.toString(), request.toString().contains(number));
            assessment.addConfirmation(request, ConfirmationAnswer.of(
                    true,
                    "Invented Service",
                    "T-1",
                    Instant.now(),
                    number,
                    request.signerSha256().get(),
                    request.nonce()));
            Refused.with(
                    ErrorCode.FOREIGN_HANDLE,
                    () -> assessment.addConfirmation(
                            request, ConfirmationAnswer.none(ConfirmationAnswer.NoAnswer.TIMED_OUT)));
            Refused.with(ErrorCode.FOREIGN_HANDLE, request::nonce);
            try (Verdict verdict = Cards.decided(assessment, "counter")) {
                assertEquals(CheckResult.Status.PASSED, verdict.checks().get("online").status());
                assertEquals(Optional.of("Invented Service"), verdict.value("/checks/online/service"));
                assertEquals(Optional.of("T-1"), verdict.value("/checks/online/transaction"));
            }
        }
    }

    @Test
    public void anAnswerToAnotherQuestionAndNoneDoNotConfirm() throws Exception {
        for (ConfirmationAnswer.NoAnswer why : ConfirmationAnswer.NoAnswer.values()) {
            try (Assessment assessment = Cards.assessed("vn");
                    ConfirmationRequest request = new ConfirmationRequest(assessment)) {
                assertEquals(16, request.nonce().length);
                assessment.addConfirmation(request, ConfirmationAnswer.none(why));
                assertFalse(online(assessment) == CheckResult.Status.PASSED);
            }
        }
        try (Assessment assessment = Cards.assessed("vn");
                ConfirmationRequest request = new ConfirmationRequest(assessment)) {
            assessment.addConfirmation(request, ConfirmationAnswer.of(
                    true,
                    "Invented Service",
                    null,
                    Instant.now(),
                    "000000000000",
                    request.signerSha256().get(),
                    request.nonce()));
            assertFalse(online(assessment) == CheckResult.Status.PASSED);
        }
        Refused.with(
                ErrorCode.UNKNOWN_VALUE,
                () -> ConfirmationAnswer.of(true, "x", null, Instant.now(), "1", new byte[31], new byte[16]));
        Refused.with(
                ErrorCode.UNKNOWN_VALUE,
                () -> ConfirmationAnswer.of(true, "x", null, Instant.now(), "1", new byte[32], new byte[15]));
        assertFalse(ConfirmationAnswer.isSignedBy(new byte[3], new byte[3], new byte[3]));
        try (Assessment changed = Cards.assessed("vn-wrong-data")) {
            Refused.with(ErrorCode.DOCUMENT_NOT_PROVEN, () -> new ConfirmationRequest(changed));
        }
    }

    private static CheckResult.Status online(Assessment assessment) {
        try (Verdict verdict = Cards.decided(assessment, "counter")) {
            return verdict.checks().get("online").status();
        }
    }

    @Test
    public void anotherMakersComparisonIsTakenDown() throws Exception {
        try (Assessment assessment = Cards.assessed("vn")) {
            byte[] portrait = assessment.portraitDigest().get();
            assertEquals(32, portrait.length);
            assessment.addVendorComparison(new VendorComparison(
                    VendorMatch.MATCH,
                    Capture.STATION,
                    Instant.now(),
                    "Invented Vendor",
                    "4.1",
                    "invented report 7",
                    portrait,
                    Collections.singletonList(new byte[32])));
            try (Verdict verdict = Cards.decided(assessment, "counter")) {
                assertFalse("the built-in policies name no vendor", verdict.answer() == Answer.ACCEPT);
                assertTrue(verdict.grounds().toString(), verdict.grounds().stream()
                        .anyMatch(ground -> ground.code().equals("face_vendor_not_accepted")));
            }
        }
        Refused.with(ErrorCode.UNKNOWN_VALUE, () -> new VendorComparison(
                VendorMatch.MATCH,
                Capture.STATION,
                Instant.now(),
                "x",
                "x",
                "x",
                new byte[31],
                Collections.emptyList()));
    }

    @Test
    public void evidenceOfTheChipIsKept() throws Exception {
        byte[] challenge = {1, 2, 3, 4, 5, 6, 7, 8};
        ActiveAuthentication kept;
        try (Reading reading = Cards.reading("vn").challenge(challenge);
                SocketCard card = Cards.connect("vn");
                Document document = reading.read(card)) {
            kept = document.activeAuthentication().get();
            assertArrayEquals(challenge, kept.challenge());
            Refused.with(
                    ErrorCode.FOREIGN_HANDLE,
                    () -> document.addActiveAuthentication(challenge, kept.signature()));
            try (Document made = new Document();
                    Trust trust = new Trust()
                            .add(Paths.get(Cards.told("vn").text("csca")), Trust.Anchor.IDENTITY_CARDS)) {
                for (int file : new int[] {0x011E, 0x011D, 0x0101, 0x0102, 0x010D, 0x010E, 0x010F}) {
                    document.dangerUnverifiedFile(file).ifPresent(bytes -> made.add(file, bytes));
                }
                assertFalse(made.activeAuthentication().isPresent());
                made.addActiveAuthentication(kept.challenge(), kept.signature()).challengedWith(challenge);
                try (Assessment assessment = new Assessment(made, trust)) {
                    assertEquals(
                            CheckResult.Status.PASSED,
                            assessment.checks().get("chip_genuine").status());
                    assertTrue(assessment.holder("name").get().field("name").isPresent());
                    String json = new String(assessment.json("name"), StandardCharsets.UTF_8);
                    assertFalse(json, json.contains("\"verdict\""));
                }
            }
        }
        assertFalse(Arrays.equals(kept.challenge(), kept.signature()));
    }
}
