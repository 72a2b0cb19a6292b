package chipid.java;

import org.junit.internal.TextListener;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Runs all tests. One that was left out is a failure. */
final class Suite {
    private Suite() {}

    public static void main(String[] arguments) {
        JUnitCore core = new JUnitCore();
        core.addListener(new TextListener(System.out));
        Result result = core.run(
                ReadingTest.class, FacesTest.class, MisuseTest.class, TransportTest.class, OthersTest.class, ThreadsTest.class, ProcessTest.class);
        boolean well = result.wasSuccessful() && result.getIgnoreCount() == 0 && result.getRunCount() > 0;
        System.out.println("tests " + (result.getRunCount() - result.getFailureCount()));
        System.exit(well ? 0 : 1);
    }
}
