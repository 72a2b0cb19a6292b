package chipid.java;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A reader of this machine, through PC/SC. {@link Reading#readOn} reads the card on it. */
public final class CardReader {
    private final String name;
    private final boolean card;

    private CardReader(Report report, String at) {
        name = report.text(at + "/name");
        card = "true".equals(report.value(at + "/card"));
    }

    /**
     * The readers of this machine.
     *
     * @return the readers
     */
    public static List<CardReader> list() {
        PcSc.need();
        try (Report report = new Report(PcSc::chipid_readers_report)) {
            List<CardReader> readers = new ArrayList<>();
            for (String at : report.names("/readers")) {
                readers.add(new CardReader(report, "/readers/" + at));
            }
            return Collections.unmodifiableList(readers);
        }
    }

    /**
     * Its name, as the smart card service has it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Whether a card lies on it.
     *
     * @return whether
     */
    public boolean hasCard() {
        return card;
    }

    @Override
    public String toString() {
        return name;
    }

    /** The functions for readers, which a library that was built without PC/SC has not. */
    static final class PcSc {
        private static final boolean PRESENT = register();

        private PcSc() {}

        private static boolean register() {
            try {
                Native.register(PcSc.class, Lib.LIBRARY);
                return true;
            } catch (UnsatisfiedLinkError absent) {
                return false;
            }
        }

        static void need() {
            if (!PRESENT) {
                throw ChipidException.transport(TransportError.SERVICE_UNAVAILABLE, null);
            }
        }

        static native int chipid_readers_report(Pointer out, Pointer error);

        static native int chipid_reading_run_on_reader(
                Pointer reading, Pointer name, long length, int waitMs, Pointer cancel, Pointer out, Pointer error);
    }
}
