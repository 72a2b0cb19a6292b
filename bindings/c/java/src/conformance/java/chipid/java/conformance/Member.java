package chipid.java.conformance;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/** The member of the conformance run for Java: carries out every case, or measures. */
public final class Member {
    private Member() {}

    /** Reads cases, writes results. */
    public static void main(String[] arguments) throws Exception {
        Path cases = Paths.get(given("CHIPID_CONFORMANCE_CASES"));
        Path results = Paths.get(given("CHIPID_CONFORMANCE_RESULTS"));
        boolean overhead = "overhead".equals(System.getenv("CHIPID_CONFORMANCE_MODE"));
        int port = overhead ? 0 : Integer.parseInt(given("CHIPID_CONFORMANCE_PORT"));
        List<Block> written = new ArrayList<>();
        for (Block block : Block.load(cases)) {
            written.add(overhead ? Overhead.measured(block) : CaseRun.result(block, port));
        }
        Block.save(written, results);
    }

    private static String given(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }
}
