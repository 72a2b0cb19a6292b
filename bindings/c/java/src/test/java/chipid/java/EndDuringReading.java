package chipid.java;

import chipid.java.conformance.SocketCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.CountDownLatch;

/** Another thread ends the process while a card is read, or a face compared. */
final class EndDuringReading {
    static final int CODE = 7;

    private EndDuringReading() {}

    public static void main(String[] arguments) throws Exception {
        CountDownLatch within = new CountDownLatch(1);
        new Thread(() -> {
                    Wait.on(within);
                    System.exit(CODE);
                })
                .start();
        switch (arguments[0]) {
            case "hanging":
            case "hanging-beside":
                CancelToken token = arguments[0].equals("hanging") ? null : new CancelToken();
                Cards.reading("vn")
                        .read(
                                command -> {
                                    within.countDown();
                                    Wait.on(new CountDownLatch(1));
                                    return null;
                                },
                                token);
                break;
            case "carrying":
                while (true) {
                    try (Reading reading = Cards.reading("vn");
                            SocketCard card = Cards.connect("vn")) {
                        reading.read(card).close();
                    }
                    within.countDown();
                }
            default:
                Path models = Paths.get(System.getProperty("chipid.test.models"));
                byte[] photograph = Files.readAllBytes(models.resolve("obama2.jpg"));
                try (Faces faces = Faces.load(models);
                        LiveImages images = new LiveImages(Capture.FILE).addFile(photograph)) {
                    within.countDown();
                    while (true) {
                        Cards.assessed("face").compareFace(faces, images).close();
                    }
                }
        }
    }
}
