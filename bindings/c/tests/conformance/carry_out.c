#include "carry_out.h"
#include "result.h"
#include "work.h"
#include <stdlib.h>
#include <string.h>

/* What a program that met a key that it does not know would leave undone. */
static const char *const KNOWN[] = {
    "id", "card", "only", "challenge", "limits", "resumes", "throw_at", "cancel_after", "folder", "save", "challenged_with", "at",
    "typed.name", "typed.number", "typed.birth", "models", "models_bytes", "capture", "live", "frame", "liveness", "vendor_comparison", "confirmation", "attempts",
    "policy", "policy_file", "fields",
};
static const char *const KNOWN_PREFIXES[] = {"key.", "fail.", "file.", "trust.", "compare."};

static const char *unknown(const block *said) {
    for (size_t i = 0; i < said->count; i++) {
        int known = 0;
        for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++)
            known |= strcmp(said->lines[i].key, KNOWN[k]) == 0;
        for (size_t k = 0; k < sizeof KNOWN_PREFIXES / sizeof *KNOWN_PREFIXES; k++)
            known |= line_after(&said->lines[i], KNOWN_PREFIXES[k]) != NULL;
        if (!known)
            return said->lines[i].key;
    }
    return NULL;
}

static int32_t have_trust(work *now, int *any) {
    TRY(chipid_trust_new(&now->trust, &now->error));
    for (size_t i = 0; i < now->said->count; i++) {
        const line *line = &now->said->lines[i];
        const char *kind = line_after(line, "trust.");
        if (!kind)
            continue;
        uint32_t anchor = strcmp(kind, "identity_cards") == 0 ? CHIPID_ANCHOR_IDENTITY_CARDS
                          : strcmp(kind, "list_root") == 0    ? CHIPID_ANCHOR_LIST_ROOT
                                                              : CHIPID_ANCHOR_ANY;
        size_t length = 0;
        uint8_t *bytes = file_bytes(line->value, &length);
        int32_t code = chipid_trust_add(now->trust, bytes, length, line->value, strlen(line->value), anchor, &now->error);
        free(bytes);
        TRY(code);
        *any = 1;
    }
    return 0;
}

static int32_t assess(work *now) {
    const char *at = said(now, "at"), *name = said(now, "typed.name"), *number = said(now, "typed.number"),
               *birth = said(now, "typed.birth");
    int64_t time = at ? (int64_t)strtoll(at, NULL, 10) : CHIPID_NOW;
    TRY(chipid_assessment_new(now->document, now->trust, time, &now->assessment, &now->error));
    for (size_t i = 0; i < now->said->count; i++) {
        const char *kind = line_after(&now->said->lines[i], "compare.");
        chipid_keys *keys = NULL;
        if (!kind)
            continue;
        TRY(make_keys(kind, now->said->lines[i].value, &keys, &now->error));
        int32_t code = chipid_assessment_compare_keys(now->assessment, keys, &now->error);
        chipid_keys_free(&keys);
        TRY(code);
    }
    if (name || number || birth)
        TRY(chipid_assessment_compare_typed(now->assessment, name, name ? strlen(name) : 0, number, number ? strlen(number) : 0,
                                            birth ? (uint32_t)strtoul(birth, NULL, 10) : 0, &now->error));
    return 0;
}

static int32_t decide(work *now) {
    const char *attempts = said(now, "attempts"), *name = said(now, "policy"), *file = said(now, "policy_file"), *fields = said(now, "fields");
    if (attempts) {
        char *copy = copy_of(attempts), *parts[3] = {copy, copy, copy};
        cut(copy, parts, 3);
        int32_t code = chipid_assessment_set_attempts(now->assessment, (uint32_t)strtoul(parts[0], NULL, 10),
                                                      (uint32_t)strtoul(parts[1], NULL, 10), strtoull(parts[2], NULL, 10), &now->error);
        free(copy);
        TRY(code);
    }
    if (name)
        TRY(chipid_policy_built_in(name, strlen(name), &now->policy, &now->error));
    if (file) {
        size_t length = 0;
        uint8_t *toml = file_bytes(file, &length);
        int32_t code = chipid_policy_from_toml((const char *)toml, length, &now->policy, &now->error);
        free(toml);
        TRY(code);
    }
    if (!now->policy || !now->assessment)
        return 0;
    TRY(chipid_policy_decide(now->policy, now->assessment, &now->verdict, &now->error));
    return chipid_report_new(now->verdict, fields, fields ? strlen(fields) : 0, &now->report, &now->error);
}

static int32_t all_of_it(work *now) {
    int trusts = 0;
    for (size_t i = 0; i < now->said->count; i++) {
        const char *kind = line_after(&now->said->lines[i], "key.");
        if (kind)
            TRY(make_keys(kind, now->said->lines[i].value, &now->keys, &now->error));
    }
    TRY(have_document(now));
    TRY(have_trust(now, &trusts));
    if (now->document && (trusts || said(now, "policy") || said(now, "policy_file")))
        TRY(assess(now));
    TRY(compare_faces(now));
    TRY(add_answers(now));
    return decide(now);
}

static void put_result(work *now, FILE *results) {
    chipid_bytes portrait = {0}, digests = {0};
    if (now->report)
        put_verdict(results, now->verdict, now->report);
    if (now->assessment && chipid_assessment_portrait(now->assessment, &portrait, NULL) == 0)
        put_as(results, "portrait.length", "%zu", portrait.length);
    chipid_bytes_free(&portrait);
    if (said(now, "card"))
        put_as(results, "apdus", "%u", now->card.asked);
    if (now->report)
        return;
    if (chipid_live_images_digests(now->images, &digests, NULL) == 0 && !now->document)
        for (size_t i = 0; i + 32 <= digests.length; i += 32)
            put_hex(results, "image", digests.data + i, 32);
    const char *made = now->assessment        ? "assessment"
                       : now->policy          ? "policy"
                       : digests.length > 0   ? "images"
                       : said(now, "models")  ? "models"
                       : now->document        ? "document"
                       : now->keys            ? "keys"
                                              : NULL;
    chipid_bytes_free(&digests);
    if (made)
        put(results, made, "ok");
}

void carry_out(const block *said, way way, const char *port, models *kept, FILE *results) {
    work now = {0};
    const char *id = block_value(said, "id"), *stranger = unknown(said);
    now.said = said, now.way = way, now.models = kept;
    now.card.port = port, now.card.name = block_value(said, "card"), now.card.said = said, now.card.connection = -1;
    put(results, "id", id ? id : "");
    int32_t code = stranger ? 0 : all_of_it(&now);
    if (stranger)
        put(results, "unsupported", stranger);
    else if (code < 0)
        put(results, "unsupported", "the case is not written as this program knows it");
    else if (code)
        put_error(results, code, now.error);
    else
        put_result(&now, results);
    fputc('\n', results);
    chipid_report_free(&now.report);
    chipid_verdict_free(&now.verdict);
    chipid_policy_free(&now.policy);
    chipid_assessment_free(&now.assessment);
    chipid_live_images_free(&now.images);
    chipid_trust_free(&now.trust);
    chipid_document_free(&now.document);
    chipid_keys_free(&now.keys);
    chipid_error_free(&now.error);
    card_away(&now.card);
}
