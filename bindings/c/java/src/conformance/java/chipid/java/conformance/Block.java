package chipid.java.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block of {@code key=value} lines, as the conformance program writes and reads them. In values a line feed stands as {@code \n}, a backslash
 * as {@code \\}.
 */
public final class Block {
    private final List<String[]> lines = new ArrayList<>();

    /** The blocks of a file. */
    public static List<Block> load(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Block block = new Block();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            int equals = line.indexOf('=');
            if (line.isEmpty()) {
                keep(block, blocks);
                block = new Block();
            } else if (equals > 0) {
                block.lines.add(new String[] {line.substring(0, equals), unescaped(line.substring(equals + 1))});
            } else {
                throw new IOException(file + ": a line without a key");
            }
        }
        keep(block, blocks);
        return blocks;
    }

    /** Writes blocks to a file. */
    public static void save(List<Block> blocks, Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Block block : blocks) {
            for (String[] line : block.lines) {
                String value = line[1].replace("\\", "\\\\").replace("\n", "\\n");
                text.append(line[0]).append('=').append(value).append('\n');
            }
            text.append('\n');
        }
        Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a line. */
    public Block put(String key, Object value) {
        lines.add(new String[] {key, String.valueOf(value)});
        return this;
    }

    /** The first value of a key. */
    public Optional<String> find(String key) {
        return all(key).stream().findFirst();
    }

    /** Whether there is such a key. */
    public boolean has(String key) {
        return find(key).isPresent();
    }

    /** All keys. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String[] line : lines) {
            keys.add(line[0]);
        }
        return keys;
    }

    /** The same where there must be one. */
    public String text(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("no " + key));
    }

    /** The number of a key, or another one where there is none. */
    public int number(String key, int otherwise) {
        return find(key).map(Integer::parseInt).orElse(otherwise);
    }

    /** All values of a key. */
    public List<String> all(String key) {
        List<String> values = new ArrayList<>();
        for (String[] line : lines) {
            if (line[0].equals(key)) {
                values.add(line[1]);
            }
        }
        return values;
    }

    /** Keys that begin so, without that beginning, and their values. */
    public List<String[]> beginning(String prefix) {
        List<String[]> found = new ArrayList<>();
        for (String[] line : lines) {
            if (line[0].startsWith(prefix)) {
                found.add(new String[] {line[0].substring(prefix.length()), line[1]});
            }
        }
        return found;
    }

    private static void keep(Block block, List<Block> blocks) {
        if (!block.lines.isEmpty()) {
            blocks.add(block);
        }
    }

    private static String unescaped(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
            }
            out.append(c);
        }
        return out.toString();
    }
}
