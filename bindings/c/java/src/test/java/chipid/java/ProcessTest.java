package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What needs a process of its own: its end during a reading, and memory over many readings. */
public class ProcessTest {
    private static final String[] NO_OPTIONS = {};
    /** What Java itself takes of memory outside of its heap stays the same: no compiler, a heap that does not grow. */
    private static final String[] QUIET = {"-Xint", "-Xms64m", "-Xmx64m", "-XX:+UseSerialGC"};

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theProcessMayEndDuringAReading() throws Exception {
        for (String how : new String[] {"hanging", "hanging-beside", "carrying", "comparing"}) {
            assertEquals(how, EndDuringReading.CODE, run(NO_OPTIONS, EndDuringReading.class, how));
        }
    }

    @Test
    public void manyReadingsLeaveNothingBehind() throws Exception {
        assertEquals(0, run(QUIET, ManyReadings.class));
    }

    /** Runs a class of the tests in a process of its own; no virtual machine may have crashed. */
    private int run(String[] options, Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        Collections.addAll(command, options);
        for (String property : new String[] {"jna.library.path", "chipid.test.models"}) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        Collections.addAll(command, arguments);
        Path said = folder.newFile().toPath();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.getRoot())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        // One arena: glibc counts what is in the main one.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        try (Stream<Path> left = Files.list(folder.getRoot().toPath())) {
            List<String> crashes = left.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("hs_err") || name.startsWith("core"))
                    .collect(Collectors.toList());
            assertTrue(crashes.toString(), crashes.isEmpty());
        }
        System.out.print(new String(Files.readAllBytes(said)));
        return process.exitValue();
    }
}
