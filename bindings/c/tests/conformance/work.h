/* A case under way, for the files that carry it out. */
#ifndef WORK_H
#define WORK_H

#include "blocks.h"
#include "card.h"
#include "carry_out.h"

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
    chipid_report *report;
} work;

/* Gives up with the code of a call that failed. */
#define TRY(call)                                                                                                                \
    do {                                                                                                                         \
        int32_t code_of_call = (call);                                                                                           \
        if (code_of_call)                                                                                                        \
            return code_of_call;                                                                                                 \
    } while (0)

static inline const char *said(const work *now, const char *key) {
    return block_value(now->said, key);
}

/* What a key of this kind is made of. Less than 0: the case is not written as this program knows it. */
int32_t make_keys(const char *kind, const char *value, chipid_keys **keys, chipid_error **error);

/* One of chipid_capture, or a number that is none. */
uint32_t capture_of(const char *name);

/* The document, from wherever the case has it. */
int32_t have_document(work *now);

/* Models and images, and the comparison where there is an assessment. */
int32_t compare_faces(work *now);

/* What others found: a liveness check, a face engine, a confirmation service. */
int32_t add_answers(work *now);

#endif
