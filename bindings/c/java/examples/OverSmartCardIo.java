import chipid.java.*;
import java.nio.file.*;
import javax.smartcardio.*;

/** The ten lines once more, for a program that has its card from javax.smartcardio. */
class OverSmartCardIo {
    public static void main(String[] arguments) throws Exception {
        try (Keys keys = Keys.can(System.getenv("CHIPID_TEST_CAN").toCharArray());
                Reading reading = new Reading(keys);
                Document document = reading.read(new SmartCardTransport(card().getBasicChannel()));
                Trust trust = new Trust().add(Paths.get(System.getenv("CHIPID_TEST_CSCA")), Trust.Anchor.IDENTITY_CARDS);
                Assessment assessment = new Assessment(document, trust);
                Policy policy = Policy.builtIn("document-only");
                Verdict verdict = policy.decide(assessment)) {
            System.out.println(verdict.answer() + " " + verdict.grounds());
        }
    }

    private static Card card() throws CardException {
        for (CardTerminal terminal : TerminalFactory.getDefault().terminals().list()) {
            if (terminal.getName().contains(System.getenv("CHIPID_TEST_READER"))) {
                return terminal.connect("*");
            }
        }
        throw new CardException("no such reader");
    }
}
