package chipid.java;

import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * Both models, loaded, for any number of threads at once. Loading takes a quarter of a second and some 100 MB: do it once. No package of
 * chipid has them: {@code chipid models fetch} gets them.
 */
public final class Faces extends NativeHandle {
    private Faces(Pointer faces) {
        super(faces, Lib::chipid_faces_free);
    }

    /**
     * Loads both models from a folder, after checking their digests.
     *
     * @param folder the folder
     * @return the models, to be closed
     */
    public static Faces load(Path folder) {
        try (Scope scope = new Scope()) {
            Scope.Piece text = scope.text(Scope.present(folder).toString());
            scope.check(Lib.chipid_faces_load(text.at, text.length, scope.out(), scope.error()));
            return new Faces(scope.made());
        }
    }

    /**
     * The same from bytes.
     *
     * @param detector the detector's file
     * @param recogniser the recogniser's file
     * @return the models, to be closed
     */
    public static Faces load(byte[] detector, byte[] recogniser) {
        try (Scope scope = new Scope()) {
            Scope.Piece first = scope.bytes(detector);
            Scope.Piece second = scope.bytes(recogniser);
            scope.check(Lib.chipid_faces_load_bytes(
                    first.at, first.length, second.at, second.length, scope.out(), scope.error()));
            return new Faces(scope.made());
        }
    }
}
