import chipid.java.*;
import java.nio.file.*;
import java.time.Duration;

class TenLines {
    public static void main(String[] arguments) throws Exception {
        try (Keys keys = Keys.can(System.getenv("CHIPID_TEST_CAN").toCharArray());
                Document document = new Reading(keys).readOn(System.getenv("CHIPID_TEST_READER"), Duration.ofSeconds(30));
                Trust trust = new Trust().add(Files.readAllBytes(Paths.get(System.getenv("CHIPID_TEST_CSCA"))), "csca", Trust.Anchor.IDENTITY_CARDS);
                Verdict verdict = Policy.builtIn("data-cleaning").decide(new Assessment(document, trust))) {
            System.out.println(verdict.answer() + " " + verdict.grounds());
        }
    }
}
