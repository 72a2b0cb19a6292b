package chipid.java;

import chipid.java.conformance.Block;
import chipid.java.conformance.SocketCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.atomic.AtomicInteger;

/** The cards of the card server, which runs around the tests. */
final class Cards {
    static final Path FOLDER = Paths.get(System.getenv("CHIPID_CONFORMANCE_FOLDER"));
    static final int PORT = Integer.parseInt(System.getenv("CHIPID_CONFORMANCE_PORT"));
    private static final AtomicInteger FATES = new AtomicInteger();

    private Cards() {}

    /** What is told of a card. */
    static Block told(String id) throws IOException {
        for (Block card : Block.load(FOLDER.resolve("cards"))) {
            if (card.text("id").equals(id)) {
                return card;
            }
        }
        throw new IllegalStateException("there is no card " + id + ": were models and photographs fetched?");
    }

    /** A connection to a card. */
    static SocketCard connect(String id) throws IOException {
        return new SocketCard(PORT, id);
    }

    /** The name of a card with a fate of its own. */
    static String ownFate(String id) {
        return id + "/java-" + FATES.incrementAndGet();
    }

    static char[] text(String id, String attribute) throws IOException {
        return told(id).text(attribute).toCharArray();
    }

    static Reading reading(String id) throws IOException {
        try (Keys keys = Keys.can(text(id, "can"))) {
            return new Reading(keys);
        }
    }

    /** The card, read. */
    static Document read(String id) throws IOException {
        try (Reading reading = reading(id);
                SocketCard card = connect(id)) {
            return reading.read(card);
        }
    }

    /** The card as it was saved. */
    static Document saved(String id) throws IOException {
        return Document.load(Paths.get(told(id).text("folder")));
    }

    static Trust trust(String id) throws IOException {
        byte[] csca = Files.readAllBytes(Paths.get(told(id).text("csca")));
        return new Trust().add(csca, "csca", Trust.Anchor.IDENTITY_CARDS);
    }

    /** An assessment of the card as it was saved. */
    static Assessment assessed(String id) throws IOException {
        try (Document document = saved(id);
                Trust trust = trust(id)) {
            return new Assessment(document, trust);
        }
    }

    static Verdict decided(Assessment assessment, String policy) {
        try (Policy by = Policy.builtIn(policy)) {
            return by.decide(assessment);
        }
    }
}
