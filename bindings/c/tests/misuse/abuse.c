/* abuse WAY CARD CAN FOLDER CSCA: what a program does that it should not, against a card of the card server (CHIPID_CONFORMANCE_PORT).
 * Each way ends with "refused" and 0, or says what was not as it should be. */
#define _POSIX_C_SOURCE 200809L
#include "../conformance/card.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int failures = 0;
static const char *port, *card_name, *can, *folder, *csca;

static void expect(const char *what, int32_t code, int32_t expected) {
    if (code != expected) {
        printf("%s: %d, expected %d\n", what, (int)code, (int)expected);
        failures++;
    }
}

static card laid_down(void) {
    static const block nothing_said = {0};
    card one = {0};
    one.port = port, one.name = card_name, one.said = &nothing_said, one.connection = -1;
    return one;
}

static chipid_reading *new_reading(void) {
    chipid_keys *keys = NULL;
    chipid_reading *reading = NULL;
    expect("keys", chipid_keys_can(can, strlen(can), &keys, NULL), 0);
    expect("reading", chipid_reading_new(keys, &reading, NULL), 0);
    chipid_keys_free(&keys);
    return reading;
}

/* Two threads meet: each waits for the other. */
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int stage;
} meeting;

#define MEETING {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0}

static void reach(meeting *place, int stage) {
    pthread_mutex_lock(&place->lock);
    if (place->stage < stage)
        place->stage = stage;
    pthread_cond_broadcast(&place->changed);
    pthread_mutex_unlock(&place->lock);
}

static void await(meeting *place, int stage) {
    pthread_mutex_lock(&place->lock);
    while (place->stage < stage)
        pthread_cond_wait(&place->changed, &place->lock);
    pthread_mutex_unlock(&place->lock);
}

/* A reading that one thread runs, and that waits within its third command. */
typedef struct {
    card card;
    chipid_reading *reading;
    chipid_cancel *cancel;
    chipid_document *document;
    meeting met;
    int32_t code;
    int hangs;
} run;

static int32_t hangs(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *response_length) {
    run *one = (run *)user;
    int32_t code = card_transmit(&one->card, command, command_length, response, response_length);
    if (one->hangs && one->card.carried == 3) {
        one->hangs = 0;
        reach(&one->met, 1);
        await(&one->met, 2);
    }
    return code;
}

static void *run_it(void *user) {
    run *one = (run *)user;
    one->code = chipid_reading_run(one->reading, hangs, one, one->cancel, &one->document, NULL);
    return NULL;
}

/* Another thread's calls while one reading runs: refused, and the reading is not disturbed. Made here, run there, freed here. */
static void used_by_two(void) {
    run one = {laid_down(), new_reading(), NULL, NULL, MEETING, 0, 1};
    pthread_t other;
    chipid_document *document = NULL;
    chipid_step step;
    pthread_create(&other, NULL, run_it, &one);
    await(&one.met, 1);
    expect("a second run", chipid_reading_run(one.reading, hangs, &one, NULL, &document, NULL), CHIPID_ERROR_BUSY);
    expect("a step beside it", chipid_reading_begin(one.reading, &step, NULL), CHIPID_ERROR_BUSY);
    expect("stop beside it", chipid_reading_stop(one.reading), CHIPID_ERROR_BUSY);
    expect("limits beside it", chipid_reading_set_limits(one.reading, 261, 258, NULL), CHIPID_ERROR_BUSY);
    chipid_reading *still = one.reading;
    chipid_reading_free(&still);
    expect("not freed while it runs", still == one.reading, 1);
    reach(&one.met, 2);
    pthread_join(other, NULL);
    expect("the reading beside all that", one.code, 0);
    expect("its document", one.document != NULL, 1);
    chipid_document_free(&one.document);
    chipid_reading_free(&one.reading);
    card_away(&one.card);
}

/* A callback that hangs, and a thread that cancels: the call ends when the callback returns, and goes on afterwards. */
static void cancelled_while_it_hangs(void) {
    run one = {laid_down(), new_reading(), NULL, NULL, MEETING, 0, 1};
    pthread_t other;
    expect("canceller", chipid_cancel_new(&one.cancel, NULL), 0);
    pthread_create(&other, NULL, run_it, &one);
    await(&one.met, 1);
    expect("nobody has cancelled", chipid_cancel_is_cancelled(one.cancel), 0);
    expect("cancel", chipid_cancel_cancel(one.cancel), 0);
    expect("somebody has", chipid_cancel_is_cancelled(one.cancel), 1);
    reach(&one.met, 2);
    pthread_join(other, NULL);
    expect("cancelled", one.code, CHIPID_ERROR_CANCELLED);
    expect("no document", one.document == NULL, 1);
    expect("no command after that", (int32_t)one.card.carried, 3);
    chipid_cancel_free(&one.cancel);
    run_it(&one);
    expect("the same reading again", one.code, 0);
    chipid_document_free(&one.document);
    chipid_reading_free(&one.reading);
    card_away(&one.card);
}

static void *read_whole(void *user) {
    run *one = (run *)user;
    one->reading = new_reading();
    run_it(one);
    chipid_document_free(&one->document);
    chipid_reading_free(&one->reading);
    card_away(&one->card);
    return NULL;
}

/* Readings beside each other, each with a card of its own. */
static void many_at_once(void) {
    enum { THREADS = 6 };
    run all[THREADS];
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        run one = {laid_down(), NULL, NULL, NULL, MEETING, -1, 0};
        all[i] = one;
        pthread_create(&threads[i], NULL, read_whole, &all[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        expect("one of many", all[i].code, 0);
    }
}

/* A callback that answers in every wrong way there is; the reading is of use after each. */
typedef struct {
    card card;
    unsigned at, way;
} wrong;

static int32_t answers_wrongly(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *response_length) {
    wrong *one = (wrong *)user;
    size_t room = *response_length;
    if (++one->at % 5 != 4)
        return card_transmit(&one->card, command, command_length, response, response_length);
    switch (one->way) {
    case 0: return 0; /* nothing set */
    case 1: *response_length = 0; return 0;
    case 2: *response_length = 1; return 0;
    case 3: *response_length = 2; return 0; /* status word 0000 */
    case 4: *response_length = room; return 0;
    case 5: *response_length = (size_t)-1; return 0;
    case 6: memset(response, 0xA5, room); *response_length = room - 1; return 0;
    case 7: memset(response, 0x90, 2); *response_length = 300; return 0;
    case 8: return -1;
    case 9: return INT32_MAX;
    case 10: return INT32_MIN;
    default: return 2002; /* a code, but no transport's */
    }
}

static void garbage(void) {
    for (unsigned way = 0; way < 12; way++) {
        wrong one = {laid_down(), 0, way};
        chipid_reading *reading = new_reading();
        chipid_document *document = NULL;
        chipid_error *error = NULL;
        for (int runs = 0; runs < 3; runs++) {
            int32_t code = chipid_reading_run(reading, answers_wrongly, &one, NULL, &document, &error);
            expect("an error of its own", code != 0 && code != CHIPID_ERROR_PANIC && code == chipid_error_code(error), 1);
            expect("no document of garbage", document == NULL, 1);
            if (way >= 8)
                expect("no code of a transport", code, CHIPID_ERROR_TRANSPORT_FAILED);
            chipid_error_free(&error);
        }
        chipid_reading_free(&reading);
        card_away(&one.card);
    }
}

/* Left half-way in every place: stopped, freed, never answered. */
static void left_half_way(void) {
    for (unsigned commands = 0; commands < 12; commands++) {
        card one = laid_down();
        chipid_reading *reading = new_reading();
        chipid_step step;
        static uint8_t response[RESPONSE_ROOM];
        expect("begin", chipid_reading_begin(reading, &step, NULL), 0);
        for (unsigned i = 0; i < commands && step.command.data; i++) {
            size_t length = sizeof response;
            int32_t trouble = card_transmit(&one, step.command.data, step.command.length, response, &length);
            chipid_bytes_free(&step.command);
            expect("next", chipid_reading_next(reading, response, trouble ? 0 : length, trouble, &step, NULL), 0);
        }
        chipid_bytes_free(&step.command);
        if (commands % 3 == 1)
            expect("stop", chipid_reading_stop(reading), 0);
        if (commands % 3 == 2)
            expect("stop before free", chipid_reading_next(reading, NULL, 0, CHIPID_ERROR_CARD_REMOVED, &step, NULL) != 0, 1);
        chipid_reading_free(&reading);
        card_away(&one);
    }
}

/* One assessment, changed and judged by several threads: each call is done or refused, none is mixed. */
static chipid_assessment *shared;

static void *judges(void *user) {
    const chipid_policy *policy = (const chipid_policy *)user;
    for (int i = 0; i < 50; i++) {
        chipid_verdict *verdict = NULL;
        int32_t typed = chipid_assessment_compare_typed(shared, "Somebody Else", 13, NULL, 0, 0, NULL);
        int32_t decided = chipid_policy_decide(policy, shared, &verdict, NULL);
        if ((typed != 0 && typed != CHIPID_ERROR_BUSY) || (decided != 0 && decided != CHIPID_ERROR_BUSY) || (decided == 0) != (verdict != NULL))
            return user;
        chipid_verdict_free(&verdict);
    }
    return NULL;
}

static void judged_by_many(void) {
    enum { THREADS = 4 };
    chipid_document *document = NULL;
    chipid_trust *trust = NULL;
    chipid_policy *policy = NULL;
    pthread_t threads[THREADS];
    expect("load", chipid_document_load(folder, strlen(folder), &document, NULL), 0);
    expect("trust", chipid_trust_new(&trust, NULL), 0);
    expect("anchor", chipid_trust_add_file(trust, csca, strlen(csca), CHIPID_ANCHOR_IDENTITY_CARDS, NULL), 0);
    expect("assessment", chipid_assessment_new(document, trust, CHIPID_NOW, &shared, NULL), 0);
    expect("policy", chipid_policy_built_in("counter", 7, &policy, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, judges, policy);
    for (int i = 0; i < THREADS; i++) {
        void *trouble = NULL;
        pthread_join(threads[i], &trouble);
        expect("done or refused", trouble == NULL, 1);
    }
    chipid_policy_free(&policy);
    chipid_assessment_free(&shared);
    chipid_trust_free(&trust);
    chipid_document_free(&document);
}

/* Two threads free one handle by the places that they have of it. */
static chipid_policy *freed_twice[2];

static void *frees(void *user) {
    chipid_policy_free((chipid_policy **)user);
    return NULL;
}

static void freed_by_two(void) {
    pthread_t threads[2];
    for (int round = 0; round < 20; round++) {
        /* Under one lock each: the second comes after the first, by its own place that the first set to null. */
        expect("policy", chipid_policy_built_in("counter", 7, &freed_twice[0], NULL), 0);
        for (int i = 0; i < 2; i++) {
            pthread_create(&threads[i], NULL, frees, &freed_twice[0]);
            pthread_join(threads[i], NULL);
        }
        expect("freed", freed_twice[0] == NULL, 1);
    }
}

/* The process ends within the callback. */
static int32_t exits(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *response_length) {
    card *one = (card *)user;
    int32_t code = card_transmit(one, command, command_length, response, response_length);
    if (one->carried == 5) {
        printf("refused\n");
        exit(0);
    }
    return code;
}

static void exit_within(void) {
    static card one;
    static chipid_document *document;
    one = laid_down();
    expect("never", chipid_reading_run(new_reading(), exits, &one, NULL, &document, NULL), -1);
}

/* The process ends while another thread reads. */
static void *reads_for_ever(void *user) {
    for (;;) {
        run one = {laid_down(), NULL, NULL, NULL, MEETING, 0, 0};
        read_whole(&one);
        reach((meeting *)user, 1);
    }
    return NULL;
}

static void exit_beside(void) {
    static meeting met = MEETING;
    pthread_t other;
    pthread_create(&other, NULL, reads_for_ever, &met);
    await(&met, 1);
    struct timespec a_while = {0, 3000000};
    nanosleep(&a_while, NULL);
    printf("refused\n");
    exit(0);
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*way)(void);
    } WAYS[] = {
        {"used_by_two", used_by_two},     {"cancelled_while_it_hangs", cancelled_while_it_hangs},
        {"many_at_once", many_at_once},   {"garbage", garbage},
        {"left_half_way", left_half_way}, {"judged_by_many", judged_by_many},
        {"freed_by_two", freed_by_two},   {"exit_within", exit_within},
        {"exit_beside", exit_beside},
    };
    port = getenv("CHIPID_CONFORMANCE_PORT");
    if (argc != 6 || !port)
        return 4;
    card_name = argv[2], can = argv[3], folder = argv[4], csca = argv[5];
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        if (strcmp(argv[1], WAYS[i].name) != 0)
            continue;
        WAYS[i].way();
        printf(failures ? "misused\n" : "refused\n");
        return failures != 0;
    }
    return 5;
}
