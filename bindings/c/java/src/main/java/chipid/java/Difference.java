package chipid.java;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where two sources contradict each other. */
public final class Difference {
    /** What one source has. */
    public static final class Side {
        private final String source;
        private final String value;

        Side(Report report, String at) {
            source = report.text(at + "/source");
            value = report.value(at + "/value");
        }

        /**
         * Which source: dg1, dg13, chip, number_digits, qr, typed.
         *
         * @return its permanent name
         */
        public String source() {
            return source;
        }

        /**
         * What it has.
         *
         * @return the value, only where its field is given
         */
        public Optional<String> value() {
            return Optional.ofNullable(value);
        }

        /** Without the value, which is the holder's. */
        @Override
        public String toString() {
            return source;
        }
    }

    private final String subject;
    private final String code;
    private final List<Side> between;

    Difference(Report report, String at) {
        subject = report.text(at + "/subject");
        code = report.text(at + "/code");
        List<Side> sides = new ArrayList<>();
        for (String name : report.names(at + "/between")) {
            sides.add(new Side(report, at + "/between/" + name));
        }
        between = Collections.unmodifiableList(sides);
    }

    /**
     * What it is about: number, name, birth and the like.
     *
     * @return its permanent name
     */
    public String subject() {
        return subject;
    }

    /**
     * The ground that comes of it.
     *
     * @return its permanent name
     */
    public String code() {
        return code;
    }

    /**
     * The sources that contradict each other.
     *
     * @return the sources
     */
    public List<Side> between() {
        return between;
    }

    /** Without values, which are the holder's. */
    @Override
    public String toString() {
        return subject + " " + code + " " + between;
    }
}
