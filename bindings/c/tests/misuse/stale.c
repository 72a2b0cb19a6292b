/* stale WAY FOLDER CSCA: handles that were copied before they were freed, and what is no handle at all. Each use is a code, and never answers
 * for what was made meanwhile. Each way ends with "refused" and 0, or says what was not as it should be. */
#define _POSIX_C_SOURCE 200809L
#include <chipid.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int failures = 0;
static const char *folder, *csca;

static void expect(const char *what, int32_t code, int32_t expected) {
    if (code != expected) {
        printf("%s: %d, expected %d\n", what, (int)code, (int)expected);
        failures++;
    }
}

static chipid_document *document_with(const char *text) {
    chipid_document *document = NULL;
    expect("document", chipid_document_new(&document, NULL), 0);
    expect("its file", chipid_document_add(document, 0x0101, (const uint8_t *)text, strlen(text), NULL), 0);
    return document;
}

/* Freed by one place, and again by a copy: the second time nothing is freed, whatever was made between. */
static void freed_twice(void) {
    chipid_document *first = document_with("of an earlier person"), *copy = first;
    chipid_document_free(&first);
    chipid_document_free(&copy);
    expect("left as it is", copy != NULL, 1);
    chipid_document *second = document_with("of a later one"), *again = copy;
    expect("another handle", second != copy, 1);
    chipid_document_free(&again);
    chipid_bytes bytes = {NULL, 0};
    expect("the second document lives", chipid_document_danger_unverified_file(second, 0x0101, &bytes, NULL), 0);
    expect("with what is its own", bytes.data && strcmp((const char *)bytes.data, "of a later one") == 0, 1);
    chipid_bytes_free(&bytes);
    chipid_document_free(&second);
}

/* Used after it was freed, and after others were made where it was: many times over, so that every front goes through its lives. */
static void used_after_free(void) {
    enum { ROUNDS = 1200 };
    static chipid_document *kept[ROUNDS];
    chipid_error *error = NULL;
    for (int round = 0; round < ROUNDS; round++) {
        chipid_document *document = document_with("of one of many");
        kept[round] = document;
        chipid_document_free(&document);
    }
    chipid_document *living = document_with("of a living one");
    for (int round = 0; round < ROUNDS; round++) {
        chipid_bytes bytes = {NULL, 0};
        expect("another one's", kept[round] != living, 1);
        expect("used after it was freed", chipid_document_danger_unverified_file(kept[round], 0x0101, &bytes, &error), CHIPID_ERROR_FOREIGN_HANDLE);
        expect("and said so", chipid_error_code(error), CHIPID_ERROR_FOREIGN_HANDLE);
        expect("nothing of another one", bytes.data == NULL, 1);
        chipid_error *copy = error;
        chipid_error_free(&error);
        expect("a freed error's code", chipid_error_code(copy), 0);
        expect("a freed error's sentence", (int32_t)strlen(chipid_error_message(copy)), 0);
    }
    chipid_document_free(&living);
}

/* One of each kind, freed: each function that takes one refuses the copy, with a new one of each kind beside it. */
typedef struct {
    chipid_keys *keys;
    chipid_reading *reading;
    chipid_document *document;
    chipid_trust *trust;
    chipid_assessment *assessment;
    chipid_policy *policy;
    chipid_verdict *verdict;
    chipid_report *report;
    chipid_cancel *cancel;
    chipid_live_images *images;
    chipid_confirmation *confirmation;
} all;

static all one_of_each(void) {
    all made;
    expect("keys", chipid_keys_can("123456", 6, &made.keys, NULL), 0);
    expect("reading", chipid_reading_new(made.keys, &made.reading, NULL), 0);
    expect("document", chipid_document_load(folder, strlen(folder), &made.document, NULL), 0);
    expect("trust", chipid_trust_new(&made.trust, NULL), 0);
    expect("anchor", chipid_trust_add_file(made.trust, csca, strlen(csca), CHIPID_ANCHOR_IDENTITY_CARDS, NULL), 0);
    expect("assessment", chipid_assessment_new(made.document, made.trust, CHIPID_NOW, &made.assessment, NULL), 0);
    expect("policy", chipid_policy_built_in("data-cleaning", 13, &made.policy, NULL), 0);
    expect("verdict", chipid_policy_decide(made.policy, made.assessment, &made.verdict, NULL), 0);
    expect("report", chipid_report_new(made.verdict, "", 0, &made.report, NULL), 0);
    expect("cancel", chipid_cancel_new(&made.cancel, NULL), 0);
    expect("images", chipid_live_images_new(CHIPID_CAPTURE_FILE, &made.images, NULL), 0);
    expect("request", chipid_confirmation_new(made.assessment, NULL, 0, NULL, 0, &made.confirmation, NULL), 0);
    return made;
}

static void all_free(all *made) {
    chipid_confirmation_free(&made->confirmation);
    chipid_live_images_free(&made->images);
    chipid_cancel_free(&made->cancel);
    chipid_report_free(&made->report);
    chipid_verdict_free(&made->verdict);
    chipid_policy_free(&made->policy);
    chipid_assessment_free(&made->assessment);
    chipid_trust_free(&made->trust);
    chipid_document_free(&made->document);
    chipid_reading_free(&made->reading);
    chipid_keys_free(&made->keys);
}

static int32_t never(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *response_length) {
    (void)user, (void)command, (void)command_length, (void)response, (void)response_length;
    expect("nothing is carried", 1, 0);
    return CHIPID_ERROR_CARD_REMOVED;
}

/* What `old` names is refused wherever it is wanted, with everything else from `now`. */
static void refused(const all *old, const all *now) {
    const int32_t no = CHIPID_ERROR_FOREIGN_HANDLE;
    chipid_reading *reading;
    chipid_document *document;
    chipid_assessment *assessment;
    chipid_verdict *verdict;
    chipid_report *report;
    chipid_confirmation *confirmation;
    chipid_confirmation_answer answer = {0};
    chipid_bytes bytes;
    chipid_step step;
    answer.size = sizeof answer;
    expect("reading of keys", chipid_reading_new(old->keys, &reading, NULL), no);
    expect("comparison of keys", chipid_assessment_compare_keys(now->assessment, old->keys, NULL), no);
    expect("run", chipid_reading_run(old->reading, never, NULL, NULL, &document, NULL), no);
    expect("run with a canceller", chipid_reading_run(now->reading, never, NULL, old->cancel, &document, NULL), no);
    expect("begin", chipid_reading_begin(old->reading, &step, NULL), no);
    expect("stop", chipid_reading_stop(old->reading), no);
    expect("file", chipid_document_danger_unverified_file(old->document, 0x0101, &bytes, NULL), no);
    expect("assessment of a document", chipid_assessment_new(old->document, now->trust, CHIPID_NOW, &assessment, NULL), no);
    expect("assessment by trust", chipid_assessment_new(now->document, old->trust, CHIPID_NOW, &assessment, NULL), no);
    expect("portrait", chipid_assessment_portrait(old->assessment, &bytes, NULL), no);
    expect("verdict by a policy", chipid_policy_decide(old->policy, now->assessment, &verdict, NULL), no);
    expect("verdict over an assessment", chipid_policy_decide(now->policy, old->assessment, &verdict, NULL), no);
    expect("the answer of a verdict", chipid_verdict_answer(old->verdict), CHIPID_UNDECIDED);
    expect("report of a verdict", chipid_report_new(old->verdict, "", 0, &report, NULL), no);
    expect("report of an assessment", chipid_report_of_assessment(old->assessment, "", 0, &report, NULL), no);
    expect("value of a report", chipid_report_value(old->report, "/verdict", 8, &bytes, NULL), no);
    expect("cancel", chipid_cancel_cancel(old->cancel), no);
    expect("is cancelled", chipid_cancel_is_cancelled(old->cancel), 0);
    expect("digests", chipid_live_images_digests(old->images, &bytes, NULL), no);
    expect("request", chipid_confirmation_new(old->assessment, NULL, 0, NULL, 0, &confirmation, NULL), no);
    expect("part", chipid_confirmation_part_of(old->confirmation, CHIPID_CONFIRMATION_NONCE, &bytes, NULL), no);
    expect("answer to a request", chipid_assessment_add_confirmation(now->assessment, old->confirmation, &answer, NULL), no);
    expect("nothing was made", !reading && !document && !assessment && !verdict && !report && !confirmation && !bytes.data && !step.document, 1);
}

static void every_kind(void) {
    all made = one_of_each(), old = made;
    all_free(&made);
    made = one_of_each();
    refused(&old, &made);
    all twice = old;
    all_free(&twice);
    expect("the new ones are of use", chipid_verdict_answer(made.verdict) != CHIPID_UNDECIDED, 1);
    expect("all of them", chipid_reading_stop(made.reading), 0);
    all_free(&made);
}

/* Handles of other kinds, numbers, and addresses of the program's own. */
static void no_handles(void) {
    all made = one_of_each();
    char own[64] = "not a handle at all";
    char *heap = malloc(512);
    void *const others[] = {(void *)1, (void *)(uintptr_t)-1, (void *)(uintptr_t)0x8000000000000000, own, own + 1, heap, heap + 256,
                            (char *)(void *)made.keys + 1, (char *)(void *)made.keys - 1, (char *)(void *)made.keys + 256, made.assessment, made.images};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        all old = made;
        old.keys = (chipid_keys *)others[i], old.reading = (chipid_reading *)others[i], old.document = (chipid_document *)others[i];
        old.trust = (chipid_trust *)others[i], old.policy = (chipid_policy *)others[i], old.verdict = (chipid_verdict *)others[i];
        old.report = (chipid_report *)others[i], old.cancel = (chipid_cancel *)others[i], old.confirmation = (chipid_confirmation *)others[i];
        old.assessment = (chipid_assessment *)(void *)made.keys, old.images = (chipid_live_images *)(void *)made.keys;
        refused(&old, &made);
        old.assessment = NULL, old.images = NULL;
        all_free(&old);
    }
    expect("the living ones are of use", chipid_reading_stop(made.reading), 0);
    free(heap);
    all_free(&made);
}

/* One thread makes and frees, others use and free copies at the same time: each is done or refused, and each sees its own alone. */
static _Atomic(chipid_document *) shown;
static atomic_int over;

static void *uses_and_frees(void *user) {
    while (!atomic_load(&over)) {
        chipid_document *copy = atomic_load(&shown);
        chipid_bytes bytes;
        int32_t code = chipid_document_danger_unverified_file(copy, 0x0101, &bytes, NULL);
        if (code != 0 && code != CHIPID_ERROR_NULL_ARGUMENT && code != CHIPID_ERROR_FOREIGN_HANDLE && code != CHIPID_ERROR_BUSY)
            return user;
        if ((bytes.data != NULL) != (code == 0))
            return user;
        chipid_bytes_free(&bytes);
        if (user == &over)
            chipid_document_free(&copy);
    }
    return NULL;
}

static void at_once(void) {
    enum { ROUNDS = 3000 };
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, uses_and_frees, i < 2 ? (void *)&over : (void *)&shown);
    for (int round = 0; round < ROUNDS; round++) {
        chipid_document *document = document_with("of one of many");
        atomic_store(&shown, document);
        /* Whoever reads it just now keeps it from being freed: that one is done soon, or has freed it. */
        for (chipid_bytes bytes = {NULL, 0}; document;) {
            chipid_document_free(&document);
            if (document && chipid_document_danger_unverified_file(document, 0x0101, &bytes, NULL) == CHIPID_ERROR_FOREIGN_HANDLE)
                document = NULL;
            chipid_bytes_free(&bytes);
        }
    }
    atomic_store(&over, 1);
    for (int i = 0; i < 3; i++) {
        void *trouble = NULL;
        pthread_join(threads[i], &trouble);
        expect("done or refused", trouble == NULL, 1);
    }
}

/* What a call costs: nanoseconds for each, of the cheapest there is. */
static double nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void cost(void) {
    enum { CALLS = 2000000, BESIDE = 1000 };
    chipid_cancel *cancel = NULL, *beside[BESIDE];
    for (int i = 0; i < BESIDE; i++)
        expect("one beside it", chipid_cancel_new(&beside[i], NULL), 0);
    expect("cancel", chipid_cancel_new(&cancel, NULL), 0);
    double began = nanoseconds();
    for (int i = 0; i < CALLS; i++)
        failures += chipid_cancel_is_cancelled(cancel);
    double used = nanoseconds();
    for (int i = 0; i < CALLS; i++) {
        chipid_cancel_free(&cancel);
        failures += chipid_cancel_new(&cancel, NULL) != 0;
    }
    double made = nanoseconds();
    printf("a use %.0f ns, freeing and making one %.0f ns\n", (used - began) / CALLS, (made - used) / CALLS);
    chipid_cancel_free(&cancel);
    for (int i = 0; i < BESIDE; i++)
        chipid_cancel_free(&beside[i]);
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*way)(void);
    } WAYS[] = {
        {"freed_twice", freed_twice}, {"used_after_free", used_after_free}, {"every_kind", every_kind},
        {"no_handles", no_handles},   {"at_once", at_once},                 {"cost", cost},
    };
    if (argc != 4)
        return 4;
    folder = argv[2], csca = argv[3];
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        if (strcmp(argv[1], WAYS[i].name) != 0)
            continue;
        WAYS[i].way();
        puts(failures ? "misused" : "refused");
        return failures != 0;
    }
    return 5;
}
