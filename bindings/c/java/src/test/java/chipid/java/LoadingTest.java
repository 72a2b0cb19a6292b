package chipid.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Which library is loaded where there are several, and that one of another version is not. */
public class LoadingTest {
    private static final String FILE = System.mapLibraryName("chipid_c");
    private static final String OWN = System.getProperty("jna.library.path");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theJarsOwnComesBeforeTheSystems() throws Exception {
        Path unpacked = folder.newFolder("unpacked").toPath();
        String said = run(jar(), standIn("9.9.9"), "version", "-Djna.tmpdir=" + unpacked);
        assertEquals("loaded " + Loading.VERSION, said);
        try (Stream<Path> left = Files.list(unpacked)) {
            assertEquals("[]", left.collect(Collectors.toList()).toString());
        }
    }

    @Test
    public void oneThatIsNamedComesBeforeTheJars() throws Exception {
        String said = run(jar(), null, "version", "-Djna.library.path=/nowhere" + File.pathSeparator + standIn("9.9.9"));
        assertRefused(said, "9.9.9");
        String other = standIn(Loading.VERSION);
        assertEquals("loaded " + Loading.VERSION, run(null, null, "version", "-Djna.library.path=" + other));
    }

    @Test
    public void whereTheJarHasNoneTheSystemsMustBeOfThisVersion() throws Exception {
        assertEquals("loaded " + Loading.VERSION, run(null, OWN, "version"));
        assertRefused(run(null, standIn("0.1.00"), "version"), "0.1.00");
        assertRefused(run(null, standIn(null), "version"), "of no version");
    }

    @Test
    public void whoCancelsDoesNotWaitForTheLibrary() throws Exception {
        String said = run(null, null, "cancel", "-Djna.library.path=" + standIn(Loading.VERSION));
        assertTrue(said, said.startsWith("cancelled "));
        assertTrue(said, Integer.parseInt(said.substring("cancelled ".length())) < 1500);
    }

    private static void assertRefused(String said, String version) {
        assertTrue(said, said.contains("UnsatisfiedLinkError"));
        assertTrue(said, said.contains("chipid " + Loading.VERSION + " needs its library of the same version"));
        assertTrue(said, said.contains(FILE + " is " + version));
    }

    /** A jar with the library in it, as `pack` makes it. */
    private String jar() throws Exception {
        Path jar = folder.newFile().toPath();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(file)) {
            packed.setLevel(Deflater.BEST_SPEED);
            packed.putNextEntry(new JarEntry("linux-x86-64/" + FILE));
            Files.copy(Paths.get(OWN, FILE), packed);
            packed.closeEntry();
        }
        return jar.toString();
    }

    /** A folder with a library that has every function, does nothing, takes three seconds to cancel, and is of a version or none. */
    private String standIn(String version) throws Exception {
        StringBuilder source = new StringBuilder("unsigned sleep(unsigned);\n");
        // The class is not to load its library here.
        for (Method each : Class.forName("chipid.java.Lib", false, getClass().getClassLoader()).getDeclaredMethods()) {
            String name = each.getName();
            if (!Modifier.isNative(each.getModifiers())) {
                continue;
            }
            if (!name.equals("chipid_version")) {
                String work = name.equals("chipid_cancel_cancel") ? "sleep(3); " : "";
                source.append("long " + name + "(void) { " + work + "return 0; }\n");
            } else if (version != null) {
                source.append("const char *chipid_version(void) { return \"" + version + "\"; }\n");
            }
        }
        Path made = folder.newFolder().toPath();
        Path file = made.resolve("stand_in.c");
        Files.write(file, source.toString().getBytes(StandardCharsets.US_ASCII));
        Process gcc = new ProcessBuilder("gcc", "-shared", "-fPIC", "-o", made.resolve(FILE).toString(), file.toString())
                .inheritIO()
                .start();
        assertEquals(0, gcc.waitFor());
        return made.toString();
    }

    /** What a process says, with this jar beside the classes, this folder where the system looks, and these options. */
    private String run(String jar, String system, String what, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(Arrays.asList(options));
        command.add("-cp");
        String classes = System.getProperty("java.class.path");
        command.add(jar == null ? classes : classes + File.pathSeparator + jar);
        command.add(Loaded.class.getName());
        command.add(what);
        Path said = folder.newFile().toPath();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().remove("LD_LIBRARY_PATH");
        if (system != null) {
            builder.environment().put("LD_LIBRARY_PATH", system);
        }
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new String(Files.readAllBytes(said), StandardCharsets.UTF_8).trim();
    }
}
