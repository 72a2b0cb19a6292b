import chipid.java.*;
import java.nio.file.Paths;
import java.time.Duration;

class TenLines {
    public static void main(String[] arguments) {
        try (Keys keys = Keys.can(System.getenv("CHIPID_TEST_CAN").toCharArray());
                Reading reading = new Reading(keys);
                Document document = reading.readOn(System.getenv("CHIPID_TEST_READER"), Duration.ofSeconds(30));
                Trust trust = new Trust().add(Paths.get(System.getenv("CHIPID_TEST_CSCA")), Trust.Anchor.IDENTITY_CARDS);
                Assessment assessment = new Assessment(document, trust);
                Policy policy = Policy.builtIn("document-only");
                Verdict verdict = policy.decide(assessment)) {
            System.out.println(verdict.answer() + " " + verdict.grounds());
        }
    }
}
