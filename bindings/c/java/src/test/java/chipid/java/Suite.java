package chipid.java;

import org.junit.internal.TextListener;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Runs the tests: those with served cards, or, where there is a reader, those with that. One that was left out is a failure. */
final class Suite {
    private Suite() {}

    public static void main(String[] arguments) {
        Class<?>[] tests = {
            ReadingTest.class,
            FacesTest.class,
            MisuseTest.class,
            TransportTest.class,
            OthersTest.class,
            ThreadsTest.class,
            ProcessTest.class,
            LoadingTest.class
        };
        boolean reader = System.getenv("CHIPID_TEST_READER") != null;
        JUnitCore core = new JUnitCore();
        core.addListener(new TextListener(System.out));
        Result result = reader ? core.run(ReaderTest.class) : core.run(tests);
        boolean well = result.wasSuccessful() && result.getIgnoreCount() == 0 && result.getRunCount() > 0;
        System.out.println("tests " + (result.getRunCount() - result.getFailureCount()));
        System.exit(well ? 0 : 1);
    }
}
