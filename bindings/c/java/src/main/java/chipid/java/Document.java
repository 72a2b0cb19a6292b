package chipid.java;

import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Optional;

/** A document's files, unverified: an {@link Assessment} says what they are worth. */
public final class Document extends NativeHandle {
    /** A document without files, to be filled with {@link #add}. */
    public Document() {
        this(made());
    }

    /** Takes a native document over. */
    Document(Pointer document) {
        super(document, Lib::chipid_document_free);
    }

    private static Pointer made() {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_document_new(scope.out(), scope.error()));
            return scope.made();
        }
    }

    /**
     * A document from a folder that {@link #save} or the program wrote.
     *
     * @param folder the folder
     * @return the document, to be closed
     */
    public static Document load(Path folder) {
        try (Scope scope = new Scope()) {
            Scope.Piece text = scope.text(Scope.present(folder).toString());
            scope.check(Lib.chipid_document_load(text.at, text.length, scope.out(), scope.error()));
            return new Document(scope.made());
        }
    }

    /**
     * Adds a saved file, or puts it in the place of an earlier one. Only to a document that was made without files.
     *
     * @param file its number: 0x0101 for DG1, 0x011D for EF.SOD
     * @param data the whole file
     * @return this document
     */
    public Document add(int file, byte[] data) {
        try (Scope scope = new Scope()) {
            Scope.Piece bytes = scope.bytes(data);
            scope.check(Lib.chipid_document_add(scope.use(this), file, bytes.at, bytes.length, scope.error()));
        }
        return this;
    }

    /**
     * Adds what Active Authentication gave when the files were read. Only to a document that was made without files.
     *
     * @param challenge the challenge, eight bytes
     * @param signature the chip's answer
     * @return this document
     */
    public Document addActiveAuthentication(byte[] challenge, byte[] signature) {
        try (Scope scope = new Scope()) {
            Scope.Piece first = scope.bytes(challenge);
            Scope.Piece second = scope.bytes(signature);
            scope.check(Lib.chipid_document_add_active_authentication(
                    scope.use(this), first.at, first.length, second.at, second.length, scope.error()));
        }
        return this;
    }

    /**
     * What Active Authentication gave, for keeping it.
     *
     * @return challenge and answer; none where it was not done
     */
    public Optional<ActiveAuthentication> activeAuthentication() {
        try (Scope scope = new Scope()) {
            Pointer signature = scope.room(Scope.BYTES);
            scope.check(Lib.chipid_document_active_authentication(
                    scope.use(this), scope.out(), signature, scope.error()));
            byte[] challenge = scope.given();
            byte[] answer = Scope.taken(signature);
            return challenge == null || answer == null
                    ? Optional.empty()
                    : Optional.of(new ActiveAuthentication(challenge, answer));
        }
    }

    /**
     * Says which challenge the caller itself chose for the Active Authentication whose answer was saved with the document. Without it such an
     * answer may be of any day, and is doubted.
     *
     * @param challenge eight bytes
     * @return this document
     */
    public Document challengedWith(byte[] challenge) {
        try (Scope scope = new Scope()) {
            Scope.Piece bytes = scope.bytes(challenge);
            scope.check(Lib.chipid_document_challenged_with(scope.use(this), bytes.at, bytes.length, scope.error()));
        }
        return this;
    }

    /**
     * A raw file, believed by nobody: for keeping it.
     *
     * @param file its number: 0x0101 for DG1
     * @return the file, which is the caller's to wipe; none where the document has none of that number
     */
    public Optional<byte[]> dangerUnverifiedFile(int file) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_document_danger_unverified_file(scope.use(this), file, scope.out(), scope.error()));
            return Optional.ofNullable(scope.given());
        }
    }

    /**
     * Saves the raw files, readable by their owner alone.
     *
     * @param folder a folder that is made, or holds no document yet
     */
    public void save(Path folder) {
        try (Scope scope = new Scope()) {
            Scope.Piece text = scope.text(Scope.present(folder).toString());
            scope.check(Lib.chipid_document_save(scope.use(this), text.at, text.length, scope.error()));
        }
    }
}
