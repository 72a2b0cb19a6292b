package chipid.conformance;

import chipid.ChipidException;
import chipid.Difference;
import chipid.Ground;
import chipid.Verdict;
import java.util.Locale;

/** What came of a case, as the conformance program compares it. */
final class Results {
    private Results() {}

    static void error(ChipidException error, Block result) {
        result.put("error.code", error.code());
        error.fileName().ifPresent(file -> result.put("error.file", file));
        error.offset().ifPresent(offset -> result.put("error.offset", offset));
        error.statusWord().ifPresent(word -> result.put("error.status_word", String.format("%04X", word)));
        error.triesLeft().ifPresent(tries -> result.put("error.tries_left", tries));
    }

    static void verdict(Verdict verdict, String[] fields, Block result) {
        result.put("verdict", name(verdict.answer()));
        for (Ground ground : verdict.grounds()) {
            result.put("ground", ground.code() + "|" + name(ground.severity()) + "|" + ground.file().orElse("-") + "|"
                    + ground.detail().orElse("-"));
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
        verdict.faceSimilarity().ifPresent(similarity -> result.put("face.similarity", similarity));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
