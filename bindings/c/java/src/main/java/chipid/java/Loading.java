package chipid.java;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.util.Collections;

/**
 * Finds the library: in a folder of {@code jna.library.path}, where somebody said so; else in the jar, that it be the one that these classes
 * were tested with, whatever else the machine has; and where the jar has none for this machine, where the system looks. It must be of the
 * version of these classes: what they know of its structures holds for no other.
 */
final class Loading {
    /** The version of these classes: the one of {@code pom.xml}. */
    static final String VERSION = "0.1.0";

    private static final String NAME = "chipid_c";
    private static final String FILE = System.mapLibraryName(NAME);

    private Loading() {}

    static NativeLibrary library() {
        if (Native.SIZE_T_SIZE != 8 || Native.POINTER_SIZE != 8) {
            throw new UnsatisfiedLinkError("chipid needs a 64-bit Java");
        }
        File named = named();
        if (named != null) {
            return ofThisVersion(opened(named.getAbsolutePath()));
        }
        ClassLoader classes = Lib.class.getClassLoader();
        boolean packed = classes.getResource(Platform.RESOURCE_PREFIX + "/" + FILE) != null;
        return ofThisVersion(packed ? unpacked(classes) : opened(NAME));
    }

    private static File named() {
        for (String folder : System.getProperty("jna.library.path", "").split(File.pathSeparator)) {
            File file = new File(folder, FILE);
            if (!folder.isEmpty() && file.isFile()) {
                return file;
            }
        }
        return null;
    }

    private static NativeLibrary unpacked(ClassLoader classes) {
        File file;
        try {
            file = Native.extractFromResourcePath(NAME, classes);
        } catch (IOException full) {
            UnsatisfiedLinkError error =
                    new UnsatisfiedLinkError("chipid's library could not be unpacked: " + full.getMessage());
            error.initCause(full);
            throw error;
        }
        try {
            return opened(file.getAbsolutePath());
        } finally {
            // Classes in a folder have it beside them; out of a jar it is a file that only this process needs.
            if (file.getName().startsWith("jna") && !file.delete()) {
                deletedNextTime(file);
            }
        }
    }

    /** A file that is in use (Windows): JNA deletes what is marked so when it starts. */
    private static void deletedNextTime(File file) {
        try {
            new File(file.getPath() + ".x").createNewFile();
        } catch (IOException full) {
            file.deleteOnExit();
        }
    }

    private static NativeLibrary opened(String nameOrPath) {
        return NativeLibrary.getInstance(
                nameOrPath, Collections.singletonMap(Library.OPTION_CLASSLOADER, Lib.class.getClassLoader()));
    }

    private static NativeLibrary ofThisVersion(NativeLibrary library) {
        Object version;
        try {
            version = library.getFunction("chipid_version").invoke(String.class, new Object[0]);
        } catch (UnsatisfiedLinkError another) {
            version = "of no version";
        }
        if (!VERSION.equals(version)) {
            throw new UnsatisfiedLinkError(
                    "chipid " + VERSION + " needs its library of the same version, and " + library.getFile() + " is " + version);
        }
        return library;
    }
}
