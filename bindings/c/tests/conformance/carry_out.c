#define _POSIX_C_SOURCE 200809L
#include "carry_out.h"
#include "card.h"
#include "result.h"
#include <stdlib.h>
#include <string.h>

/* A case under way. */
typedef struct {
    const block *said;
    way way;
    models *models;
    card card;
    chipid_error *error;
    chipid_keys *keys;
    chipid_document *document;
    chipid_trust *trust;
    chipid_assessment *assessment;
    chipid_live_images *images;
    chipid_policy *policy;
    chipid_verdict *verdict;
    /* The last thing that was made. */
    const char *made;
} work;

/* What a program that met a key that it does not know would leave undone. */
static const char *const KNOWN[] = {
    "id", "card", "only", "challenge", "limits", "resumes", "throw_at", "cancel_after", "folder", "save", "challenged_with", "at",
    "typed.name", "typed.number", "models", "models_bytes", "capture", "live", "frame", "liveness", "engine", "confirmation", "attempts",
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

static const char *said(const work *now, const char *key) {
    return block_value(now->said, key);
}

/* Gives up with the code of a call that failed. */
#define TRY(call)                                                                                                                \
    do {                                                                                                                         \
        int32_t code_of_call = (call);                                                                                           \
        if (code_of_call)                                                                                                        \
            return code_of_call;                                                                                                 \
    } while (0)

/* What a key of this kind is made of. */
static int32_t make_keys(const char *kind, const char *value, chipid_keys **keys, chipid_error **error) {
    char *copy = copy_of(value), *parts[3];
    size_t length = strlen(value), count = cut(copy, parts, 3);
    int32_t code = -1;
    if (strcmp(kind, "can") == 0)
        code = chipid_keys_can(value, length, keys, error);
    else if (strcmp(kind, "pin") == 0)
        code = chipid_keys_pin(value, length, keys, error);
    else if (strcmp(kind, "puk") == 0)
        code = chipid_keys_puk(value, length, keys, error);
    else if (strcmp(kind, "mrz") == 0)
        code = chipid_keys_mrz(value, length, keys, error);
    else if (strcmp(kind, "number") == 0)
        code = chipid_keys_number(value, length, keys, error);
    else if (strcmp(kind, "qr") == 0)
        code = chipid_keys_qr((const uint8_t *)value, length, keys, error);
    else if (strcmp(kind, "qr_file") == 0) {
        uint8_t *picture = file_bytes(value, &length);
        code = chipid_keys_qr(picture, length, keys, error);
        free(picture);
    } else if (strcmp(kind, "document") == 0 && count == 3)
        code = chipid_keys_document(parts[0], strlen(parts[0]), parts[1], strlen(parts[1]), parts[2], strlen(parts[2]), keys, error);
    else if (strcmp(kind, "number_and_days") == 0 && count == 3)
        code = chipid_keys_number_and_days(parts[0], strlen(parts[0]), (uint32_t)strtoul(parts[1], NULL, 10),
                                           (uint32_t)strtoul(parts[2], NULL, 10), keys, error);
    free(copy);
    return code;
}

static int32_t prepare(const work *now, chipid_reading *reading, chipid_error **error) {
    const char *only = said(now, "only"), *challenge = said(now, "challenge"), *limits = said(now, "limits");
    if (only) {
        uint8_t groups[16];
        char *copy = copy_of(only), *parts[16];
        size_t count = cut(copy, parts, 16);
        for (size_t i = 0; i < count; i++)
            groups[i] = (uint8_t)strtoul(parts[i], NULL, 10);
        int32_t code = chipid_reading_only(reading, groups, count, error);
        free(copy);
        TRY(code);
    }
    if (challenge) {
        uint8_t bytes[16];
        TRY(chipid_reading_set_challenge(reading, bytes, unhex(challenge, bytes, sizeof bytes), error));
    }
    if (limits) {
        char *response = NULL;
        size_t command = strtoul(limits, &response, 10);
        TRY(chipid_reading_set_limits(reading, command, strtoul(response + (*response == ','), NULL, 10), error));
    }
    return 0;
}

/* One run of a reading without any call back. */
static int32_t in_steps(card *one, const char *cancel_after, chipid_reading *reading, chipid_document **document, chipid_error **error) {
    static uint8_t response[RESPONSE_ROOM];
    chipid_step step;
    TRY(chipid_reading_begin(reading, &step, error));
    while (!step.document) {
        size_t length = sizeof response;
        int32_t trouble = 1011;
        if (!cancel_after || one->carried < strtoul(cancel_after, NULL, 10))
            trouble = card_transmit(one, step.command.data, step.command.length, response, &length);
        chipid_bytes_free(&step.command);
        TRY(chipid_reading_next(reading, response, trouble ? 0 : length, trouble, &step, error));
    }
    *document = step.document;
    return 0;
}

static int32_t read_card(work *now) {
    chipid_reading *reading = NULL;
    const char *resumes = said(now, "resumes"), *cancel_after = said(now, "cancel_after");
    unsigned long left = resumes ? strtoul(resumes, NULL, 10) : 0;
    TRY(chipid_reading_new(now->keys, &reading, &now->error));
    int32_t code = prepare(now, reading, &now->error);
    if (!code)
        code = chipid_cancel_new(&now->card.cancel, &now->error);
    for (int again = !code; again;) {
        chipid_error_free(&now->error);
        if (now->way == IN_STEPS)
            code = in_steps(&now->card, cancel_after, reading, &now->document, &now->error);
        else
            code = chipid_reading_run(reading, card_transmit, &now->card, now->card.cancel, &now->document, &now->error);
        again = code >= 1000 && code < 2000 && code != 1011 && left-- > 0;
    }
    chipid_reading_free(&reading);
    chipid_cancel_free(&now->card.cancel);
    return code;
}

static int32_t saved_and_loaded(work *now) {
    char folder[] = "/tmp/chipid-c-XXXXXX", path[64];
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/document", folder);
    TRY(chipid_document_save(now->document, path, strlen(path), &now->error));
    chipid_document_free(&now->document);
    int32_t code = chipid_document_load(path, strlen(path), &now->document, &now->error);
    char remove_all[128];
    snprintf(remove_all, sizeof remove_all, "rm -rf %s", folder);
    return system(remove_all) ? -1 : code;
}

/* The document, from wherever the case has it. */
static int32_t have_document(work *now) {
    const char *folder = said(now, "folder"), *challenge = said(now, "challenged_with");
    if (said(now, "card"))
        TRY(read_card(now));
    else if (folder)
        TRY(chipid_document_load(folder, strlen(folder), &now->document, &now->error));
    for (size_t i = 0; i < now->said->count; i++) {
        const char *file = line_after(&now->said->lines[i], "file.");
        if (!file)
            continue;
        if (!now->document)
            TRY(chipid_document_new(&now->document, &now->error));
        size_t length = 0;
        uint8_t *bytes = file_bytes(now->said->lines[i].value, &length);
        int32_t code = chipid_document_add(now->document, (uint32_t)strtoul(file, NULL, 16), bytes, length, &now->error);
        free(bytes);
        TRY(code);
    }
    if (!now->document)
        return 0;
    now->made = "document";
    if (said(now, "save"))
        TRY(saved_and_loaded(now));
    if (challenge) {
        uint8_t bytes[16];
        TRY(chipid_document_challenged_with(now->document, bytes, unhex(challenge, bytes, sizeof bytes), &now->error));
    }
    return 0;
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
    const char *at = said(now, "at"), *name = said(now, "typed.name"), *number = said(now, "typed.number");
    int64_t time = at ? (int64_t)strtoll(at, NULL, 10) : CHIPID_NOW;
    TRY(chipid_assessment_new(now->document, now->trust, time, &now->assessment, &now->error));
    now->made = "assessment";
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
    if (name || number)
        TRY(chipid_assessment_compare_typed(now->assessment, name, name ? strlen(name) : 0, number, number ? strlen(number) : 0,
                                            &now->error));
    return 0;
}

static uint32_t capture_of(const char *name) {
    return !name || strcmp(name, "file") == 0      ? CHIPID_CAPTURE_FILE
           : strcmp(name, "camera") == 0           ? CHIPID_CAPTURE_CAMERA
           : strcmp(name, "station") == 0          ? CHIPID_CAPTURE_STATION
           : strcmp(name, "external") == 0         ? CHIPID_CAPTURE_EXTERNAL
                                                   : UINT32_MAX;
}

/* FORMAT,WIDTH,HEIGHT,ROTATION,PATH: the planes one behind the other, tight. */
static int32_t add_frame(work *now, const char *value) {
    char *copy = copy_of(value), *parts[5];
    chipid_frame frame = {0};
    if (cut(copy, parts, 5) != 5) {
        free(copy);
        return -1;
    }
    size_t length = 0, w = strtoul(parts[1], NULL, 10), h = strtoul(parts[2], NULL, 10), luminance = w * h;
    uint8_t *samples = file_bytes(parts[4], &length);
    frame.size = sizeof frame;
    frame.width = (uint32_t)w, frame.height = (uint32_t)h;
    frame.rotation = (uint32_t)strtoul(parts[3], NULL, 10);
    frame.planes[0] = (chipid_plane){samples, length, w, 1};
    if (strcmp(parts[0], "rgb") == 0) {
        frame.format = CHIPID_PIXELS_RGB;
        frame.planes[0].row_stride = 3 * w, frame.planes[0].pixel_stride = 3;
    } else if (strcmp(parts[0], "bgra") == 0) {
        frame.format = CHIPID_PIXELS_BGRA;
        frame.planes[0].row_stride = 4 * w, frame.planes[0].pixel_stride = 4;
    } else if (length >= luminance + luminance / 2) {
        int nv21 = strcmp(parts[0], "nv21") == 0;
        frame.format = nv21 ? CHIPID_PIXELS_NV21 : CHIPID_PIXELS_YUV420;
        frame.planes[0].length = luminance;
        frame.planes[1] = (chipid_plane){samples + luminance, luminance / (nv21 ? 2 : 4), nv21 ? w : w / 2, nv21 ? 2 : 1};
        frame.planes[2] = (chipid_plane){samples + luminance + luminance / 4, luminance / 4, w / 2, 1};
    }
    int32_t code = chipid_live_images_add_frame(now->images, &frame, &now->error);
    free(samples);
    free(copy);
    return code;
}

static int32_t have_images(work *now) {
    for (size_t i = 0; i < now->said->count; i++) {
        const line *line = &now->said->lines[i];
        if (strcmp(line->key, "live") == 0) {
            size_t length = 0;
            uint8_t *bytes = file_bytes(line->value, &length);
            int32_t code = chipid_live_images_add_file(now->images, bytes, length, &now->error);
            free(bytes);
            TRY(code);
        } else if (strcmp(line->key, "frame") == 0) {
            TRY(add_frame(now, line->value));
        }
    }
    return 0;
}

/* RESULT,CAPTURE,AT,same|other */
static int32_t add_liveness(work *now, const char *value) {
    static const uint8_t others[32] = {0};
    char *copy = copy_of(value), *parts[4];
    chipid_bytes digests = {0};
    int32_t code = -1;
    if (cut(copy, parts, 4) == 4 && chipid_live_images_digests(now->images, &digests, NULL) == 0) {
        int same = strcmp(parts[3], "same") == 0;
        chipid_liveness liveness = {0};
        liveness.size = sizeof liveness;
        liveness.result = strcmp(parts[0], "passed") == 0 ? 0 : strcmp(parts[0], "failed") == 0 ? 1 : 2;
        liveness.capture = capture_of(parts[1]);
        liveness.at = (int64_t)strtoll(parts[2], NULL, 10);
        liveness.vendor = "Invented", liveness.vendor_length = 8;
        liveness.version = "1.0", liveness.version_length = 3;
        liveness.basis = "invented report 1", liveness.basis_length = 17;
        liveness.images = same ? digests.data : others;
        liveness.image_count = same ? digests.length / 32 : 1;
        code = chipid_assessment_add_liveness(now->assessment, &liveness, &now->error);
    }
    chipid_bytes_free(&digests);
    free(copy);
    return code;
}

static int32_t compare_faces(work *now) {
    const char *folder = said(now, "models"), *liveness = said(now, "liveness");
    int images = said(now, "live") || said(now, "frame") || said(now, "capture");
    if (folder) {
        TRY(models_load(now->models, folder, said(now, "models_bytes") != NULL, &now->error));
        now->made = now->made && strcmp(now->made, "assessment") == 0 ? now->made : "models";
    }
    if (folder || images || liveness) {
        TRY(chipid_live_images_new(capture_of(said(now, "capture")), &now->images, &now->error));
        TRY(have_images(now));
    }
    if (images && !(now->made && strcmp(now->made, "assessment") == 0))
        now->made = "images";
    if (folder && now->assessment)
        TRY(chipid_assessment_compare_face(now->assessment, now->models->faces, now->images, &now->error));
    if (liveness)
        TRY(add_liveness(now, liveness));
    return 0;
}

static int32_t decide(work *now) {
    const char *attempts = said(now, "attempts"), *name = said(now, "policy"), *file = said(now, "policy_file");
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
    if (now->policy && now->assessment)
        TRY(chipid_policy_decide(now->policy, now->assessment, &now->verdict, &now->error));
    return 0;
}

static int32_t all_of_it(work *now) {
    int trusts = 0;
    for (size_t i = 0; i < now->said->count; i++) {
        const char *kind = line_after(&now->said->lines[i], "key.");
        if (kind) {
            TRY(make_keys(kind, now->said->lines[i].value, &now->keys, &now->error));
            now->made = "keys";
        }
    }
    TRY(have_document(now));
    TRY(have_trust(now, &trusts));
    if (now->document && (trusts || said(now, "policy") || said(now, "policy_file")))
        TRY(assess(now));
    TRY(compare_faces(now));
    return decide(now);
}

static void put_result(work *now, FILE *results) {
    const char *fields = said(now, "fields");
    chipid_bytes portrait = {0}, digests = {0};
    if (now->verdict) {
        int32_t code = put_verdict(results, now->verdict, fields ? fields : "");
        if (code)
            put_as(results, "error.code", "%d", (int)code);
    }
    if (now->assessment && chipid_assessment_portrait(now->assessment, &portrait, NULL) == 0)
        put_as(results, "portrait.length", "%zu", portrait.length);
    chipid_bytes_free(&portrait);
    if (said(now, "card"))
        put_as(results, "apdus", "%u", now->card.asked);
    if (now->verdict)
        return;
    if (now->images && !now->document && chipid_live_images_digests(now->images, &digests, NULL) == 0) {
        for (size_t i = 0; i + 32 <= digests.length; i += 32) {
            char hex[65];
            for (size_t k = 0; k < 32; k++)
                snprintf(hex + 2 * k, 3, "%02x", digests.data[i + k]);
            put(results, "image", hex);
        }
    }
    chipid_bytes_free(&digests);
    if (now->made)
        put(results, now->made, "ok");
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

void models_free(models *kept) {
    chipid_faces_free(&kept->faces);
    free(kept->folder);
    kept->folder = NULL;
}

int32_t models_load(models *kept, const char *folder, int as_bytes, chipid_error **error) {
    if (kept->faces && strcmp(kept->folder, folder) == 0 && kept->as_bytes == as_bytes)
        return 0;
    models_free(kept);
    int32_t code;
    if (as_bytes) {
        char path[4096];
        size_t detector_length = 0, recogniser_length = 0;
        snprintf(path, sizeof path, "%s/face_detection_yunet_2023mar.onnx", folder);
        uint8_t *detector = file_bytes(path, &detector_length);
        snprintf(path, sizeof path, "%s/face_recognition_sface_2021dec_int8bq.onnx", folder);
        uint8_t *recogniser = file_bytes(path, &recogniser_length);
        code = chipid_faces_load_bytes(detector, detector_length, recogniser, recogniser_length, &kept->faces, error);
        free(detector);
        free(recogniser);
    } else {
        code = chipid_faces_load(folder, strlen(folder), &kept->faces, error);
    }
    kept->folder = copy_of(folder);
    kept->as_bytes = as_bytes;
    return code;
}
