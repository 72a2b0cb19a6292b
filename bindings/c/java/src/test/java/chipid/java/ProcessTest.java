package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What needs a process of its own: its end during a reading, and memory over many readings. */
public class ProcessTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theProcessMayEndDuringAReading() throws Exception {
        for (String how : new String[] {"hanging", "hanging-beside", "carrying", "comparing"}) {
            assertEquals(how, EndDuringReading.CODE, run(EndDuringReading.class, how));
        }
    }

    @Test
    public void manyReadingsLeaveNothingBehind() throws Exception {
        assertEquals(0, run(ManyReadings.class));
    }

    /** Runs a class of the tests in a process of its own; no virtual machine may have crashed. */
    private int run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        // A heap that hardly grows, so that memory outside of it shows.
        command.add("-Xms64m");
        command.add("-Xmx64m");
        command.add("-XX:+UseSerialGC");
        for (String property : new String[] {"jna.library.path", "chipid.test.models"}) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        java.util.Collections.addAll(command, arguments);
        Path said = folder.newFile().toPath();
        Process process = new ProcessBuilder(command)
                .directory(folder.getRoot())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
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
