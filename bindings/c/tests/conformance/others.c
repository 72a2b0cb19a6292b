#include "work.h"
#include <stdlib.h>
#include <string.h>

static const uint8_t NOTHING[32] = {0};

/* The images that somebody else looked at. */
typedef struct {
    chipid_bytes digests;
    const uint8_t *first;
    size_t count;
} seen;

static seen seen_by(const work *now, const char *which) {
    seen images = {{0}, NOTHING, 1};
    if (strcmp(which, "same") == 0 && chipid_live_images_digests(now->images, &images.digests, NULL) == 0) {
        images.first = images.digests.data;
        images.count = images.digests.length / 32;
    }
    return images;
}

/* RESULT,CAPTURE,AT,same|other */
static int32_t add_liveness(work *now, char **parts) {
    seen images = seen_by(now, parts[3]);
    chipid_liveness liveness = {0};
    liveness.size = sizeof liveness;
    liveness.result = strcmp(parts[0], "passed") == 0 ? CHIPID_LIVENESS_PASSED
                      : strcmp(parts[0], "failed") == 0 ? CHIPID_LIVENESS_FAILED
                                                        : CHIPID_LIVENESS_UNCERTAIN;
    liveness.capture = capture_of(parts[1]);
    liveness.at = (int64_t)strtoll(parts[2], NULL, 10);
    liveness.vendor = "Invented", liveness.vendor_length = 8;
    liveness.version = "1.0", liveness.version_length = 3;
    liveness.basis = "invented report 1", liveness.basis_length = 17;
    liveness.images = images.first, liveness.image_count = images.count;
    int32_t code = chipid_assessment_add_liveness(now->assessment, &liveness, &now->error);
    chipid_bytes_free(&images.digests);
    return code;
}

/* RESULT,CAPTURE,AT,own|other,same|other */
static int32_t add_vendor_comparison(work *now, char **parts) {
    seen images = seen_by(now, parts[4]);
    chipid_bytes portrait = {0};
    chipid_vendor_comparison comparison = {0};
    comparison.size = sizeof comparison;
    comparison.result = strcmp(parts[0], "match") == 0      ? CHIPID_VENDOR_MATCH
                        : strcmp(parts[0], "mismatch") == 0 ? CHIPID_VENDOR_MISMATCH
                                                            : CHIPID_VENDOR_UNCERTAIN;
    comparison.capture = capture_of(parts[1]);
    comparison.at = (int64_t)strtoll(parts[2], NULL, 10);
    comparison.vendor = "Invented Vendor", comparison.vendor_length = 15;
    comparison.version = "4.1", comparison.version_length = 3;
    comparison.certificate = "invented report 7", comparison.certificate_length = 17;
    comparison.images = images.first, comparison.image_count = images.count;
    int32_t code = chipid_assessment_portrait_digest(now->assessment, &portrait, &now->error);
    if (!code) {
        if (strcmp(parts[3], "own") == 0 && portrait.length == 32)
            memcpy(comparison.portrait, portrait.data, 32);
        code = chipid_assessment_add_vendor_comparison(now->assessment, &comparison, &now->error);
    }
    chipid_bytes_free(&portrait);
    chipid_bytes_free(&images.digests);
    return code;
}

static uint32_t outcome_of(const char *name) {
    static const char *const NAMES[] = {"unreadable", "confirmed", "denied", "no_connection", "timed_out", "refused", "not_authentic"};
    for (uint32_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(name, NAMES[i]) == 0)
            return i;
    return UINT32_MAX;
}

/* OUTCOME[,AT,own|number|signer|nonce] */
static int32_t add_confirmation(work *now, char **parts, size_t count) {
    chipid_confirmation *confirmation = NULL;
    chipid_bytes number = {0}, nonce = {0}, signer = {0};
    chipid_confirmation_answer answer = {0};
    answer.size = sizeof answer;
    answer.outcome = outcome_of(parts[0]);
    TRY(chipid_confirmation_new(now->assessment, NULL, 0, NULL, 0, &confirmation, &now->error));
    chipid_confirmation_part_of(confirmation, CHIPID_CONFIRMATION_NUMBER, &number, NULL);
    chipid_confirmation_part_of(confirmation, CHIPID_CONFIRMATION_NONCE, &nonce, NULL);
    chipid_confirmation_part_of(confirmation, CHIPID_CONFIRMATION_SIGNER_SHA256, &signer, NULL);
    if (count == 3) {
        int another_number = strcmp(parts[2], "number") == 0;
        answer.number = another_number ? "000000000000" : (const char *)number.data;
        answer.number_length = another_number ? 12 : number.length;
        answer.service = "Invented Service", answer.service_length = 16;
        answer.answered_at = (int64_t)strtoll(parts[1], NULL, 10);
        if (strcmp(parts[2], "signer") != 0 && signer.length == 32)
            memcpy(answer.signer_sha256, signer.data, 32);
        if (strcmp(parts[2], "nonce") != 0 && nonce.length == 16)
            memcpy(answer.nonce, nonce.data, 16);
    }
    int32_t code = chipid_assessment_add_confirmation(now->assessment, confirmation, &answer, &now->error);
    chipid_bytes_free(&number);
    chipid_bytes_free(&nonce);
    chipid_bytes_free(&signer);
    chipid_confirmation_free(&confirmation);
    return code;
}

int32_t add_answers(work *now) {
    static const struct {
        const char *key;
        size_t least;
    } ANSWERS[] = {{"liveness", 4}, {"vendor_comparison", 5}, {"confirmation", 1}};
    for (size_t i = 0; i < sizeof ANSWERS / sizeof *ANSWERS; i++) {
        const char *value = said(now, ANSWERS[i].key);
        if (!value)
            continue;
        char *copy = copy_of(value), *parts[5];
        size_t count = cut(copy, parts, 5);
        int32_t code = -1;
        if (count >= ANSWERS[i].least && now->assessment)
            code = i == 0 ? add_liveness(now, parts) : i == 1 ? add_vendor_comparison(now, parts) : add_confirmation(now, parts, count);
        free(copy);
        TRY(code);
    }
    return 0;
}
