package chipid.java.conformance;

import chipid.java.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;

/** Keys as a case names them. */
final class GivenKeys {
    private GivenKeys() {}

    static Keys of(String kind, String value) throws IOException {
        char[] text = value.toCharArray();
        switch (kind) {
            case "can":
                return Keys.can(text);
            case "pin":
                return Keys.pin(text);
            case "puk":
                return Keys.puk(text);
            case "mrz":
                return Keys.mrz(text);
            case "qr":
                return Keys.qr(value.getBytes(StandardCharsets.UTF_8));
            case "qr_file":
                return Keys.qr(Files.readAllBytes(Paths.get(value)));
            case "number":
                return Keys.number(text);
            case "document":
                String[] parts = value.split(",", -1);
                return Keys.document(parts[0].toCharArray(), parts[1].toCharArray(), parts[2].toCharArray());
            case "number_and_days":
                String[] days = value.split(",", -1);
                return Keys.numberAndDays(days[0].toCharArray(), Integer.parseInt(days[1]), Integer.parseInt(days[2]));
            default:
                throw new IllegalArgumentException("key." + kind);
        }
    }
}
