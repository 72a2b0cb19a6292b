package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.fail;

/** Calls that end with a code. */
final class Refused {
    private Refused() {}

    interface Call {
        void run() throws Exception;
    }

    /** Runs what must end with this code; the exception tells more. */
    static ChipidException with(int code, Call call) throws Exception {
        try {
            call.run();
        } catch (ChipidException refused) {
            assertEquals(refused.toString(), code, refused.code());
            return refused;
        }
        fail("expected " + code + ", and it went well");
        throw new AssertionError();
    }
}
