package chipid.java.conformance;

import chipid.java.ChipidException;
import chipid.java.Difference;
import chipid.java.Ground;
import chipid.java.Verdict;
import java.math.BigDecimal;
import java.util.Locale;

/** What came of a case, as the conformance program compares it. */
final class Results {
    private Results() {}

    static Block error(String id, ChipidException error) {
        Block result = new Block().put("id", id);
        result.put("error.code", error.code());
        error.fileName().ifPresent(file -> result.put("error.file", file));
        error.offset().ifPresent(offset -> result.put("error.offset", offset));
        error.statusWord().ifPresent(word -> result.put("error.status_word", String.format("%04X", word)));
        error.triesLeft().ifPresent(tries -> result.put("error.tries_left", tries));
        return result;
    }

    static void verdict(Verdict verdict, String[] fields, Block result) {
        result.put("verdict", name(verdict.answer()));
        for (Ground ground : verdict.grounds()) {
            result.put("ground", ground.code() + "|" + name(ground.severity()) + "|" + ground.file().orElse("-"));
        }
        verdict.checks().forEach((check, came) ->
                result.put("check." + check, name(came.status()) + "|" + came.reason().orElse("-")));
        verdict.holder(fields).ifPresent(holder -> {
            result.put("holder.trust", name(holder.trust()));
            holder.fields().forEach((field, value) -> result.put("holder." + field, value));
            holder.missing().forEach((field, why) -> result.put("holder.missing." + field, why));
        });
        for (Difference difference : verdict.differences(fields)) {
            result.put("difference", difference.subject() + "|" + difference.code());
        }
        verdict.faceSimilarity().ifPresent(similarity ->
                result.put("face.similarity", BigDecimal.valueOf(similarity).stripTrailingZeros().toPlainString()));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
