/* verify callback|steps CAN CSCA POLICY [MODELS LIVE [another]]: reads the card behind the pipe, and prints the report. */
#include "over_a_pipe.h"
#include <time.h>

static int32_t transmit(void *user, const uint8_t *command, size_t command_length, uint8_t *response,
                        size_t *response_length) {
    *(unsigned *)user += 1;
    say_apdu(command, command_length);
    return hear_response(response, response_length);
}

static void progress(void *user, const chipid_progress *now) {
    unsigned *phases = (unsigned *)user;
    if (now->phase < 5)
        phases[now->phase] += 1;
}

static void in_steps(chipid_reading *reading, chipid_document **document, chipid_error **error) {
    static uint8_t response[ROOM];
    chipid_step step;
    must(chipid_reading_begin(reading, &step, error), error);
    while (!step.document) {
        say_apdu(step.command.data, step.command.length);
        chipid_bytes_free(&step.command);
        size_t length = sizeof response;
        int32_t trouble = hear_response(response, &length);
        must(chipid_reading_next(reading, response, trouble ? 0 : length, trouble, &step, error), error);
    }
    *document = step.document;
}

/* Prints every value of a report with its place. */
static void walk(const chipid_report *report, const char *at) {
    chipid_error *error = NULL;
    chipid_bytes names = {0}, value = {0};
    must(chipid_report_names(report, at, strlen(at), &names, &error), &error);
    if (!names.data) {
        must(chipid_report_value(report, at, strlen(at), &value, &error), &error);
        printf("at %s %s\n", at, value.data ? (const char *)value.data : "(none)");
        chipid_bytes_free(&value);
        return;
    }
    for (char *name = (char *)names.data; *name;) {
        char beneath[256];
        size_t length = strcspn(name, ",");
        snprintf(beneath, sizeof beneath, "%s/%.*s", at, (int)length, name);
        walk(report, beneath);
        name += length + (name[length] == ',');
    }
    chipid_bytes_free(&names);
}

int main(int argc, char **argv) {
    if (argc < 5)
        return 4;
    const char *can = argv[2], *policy_name = argv[4];
    chipid_error *error = NULL;
    chipid_keys *keys = NULL;
    chipid_reading *reading = NULL;
    chipid_document *document = NULL;
    chipid_trust *trust = NULL;
    chipid_assessment *assessment = NULL;
    chipid_policy *policy = NULL;
    chipid_verdict *verdict = NULL;
    unsigned carried = 0, phases[5] = {0};

    must(chipid_keys_can(can, strlen(can), &keys, &error), &error);
    must(chipid_reading_new(keys, &reading, &error), &error);
    chipid_keys_free(&keys);
    must(chipid_reading_on_progress(reading, progress, phases, &error), &error);
    if (strcmp(argv[1], "steps") == 0)
        in_steps(reading, &document, &error);
    else
        must(chipid_reading_run(reading, transmit, &carried, NULL, &document, &error), &error);
    chipid_reading_free(&reading);

    size_t length = 0;
    uint8_t *csca = file_bytes(argv[3], &length);
    must(chipid_trust_new(&trust, &error), &error);
    must(chipid_trust_add(trust, csca, length, "csca", 4, CHIPID_ANCHOR_IDENTITY_CARDS, &error), &error);
    free(csca);
    must(chipid_assessment_new(document, trust, CHIPID_NOW, &assessment, &error), &error);
    chipid_document_free(&document);
    chipid_trust_free(&trust);

    if (argc > 6) {
        chipid_faces *faces = NULL;
        chipid_live_images *live = NULL;
        uint8_t *picture = file_bytes(argv[6], &length);
        must(chipid_faces_load(argv[5], strlen(argv[5]), &faces, &error), &error);
        must(chipid_live_images_new(CHIPID_CAPTURE_FILE, &live, &error), &error);
        must(chipid_live_images_add_file(live, picture, length, &error), &error);
        free(picture);
        must(chipid_assessment_compare_face(assessment, faces, live, &error), &error);
        chipid_bytes digests = {0};
        must(chipid_live_images_digests(live, &digests, &error), &error);
        if (argc > 7)
            digests.data[0] ^= 1; /* a check of another picture */
        chipid_liveness liveness = {0};
        liveness.size = sizeof liveness;
        liveness.result = CHIPID_LIVENESS_PASSED;
        liveness.capture = CHIPID_CAPTURE_FILE;
        liveness.at = (int64_t)time(NULL);
        liveness.vendor = liveness.version = liveness.basis = "a test";
        liveness.vendor_length = liveness.version_length = liveness.basis_length = 6;
        liveness.images = digests.data;
        liveness.image_count = digests.length / 32;
        must(chipid_assessment_add_liveness(assessment, &liveness, &error), &error);
        chipid_bytes_free(&digests);
        chipid_live_images_free(&live);
        chipid_faces_free(&faces);
    }

    chipid_bytes portrait = {0};
    must(chipid_assessment_portrait(assessment, &portrait, &error), &error);
    printf("portrait %d\n", portrait.length > 1000);
    chipid_bytes_free(&portrait);
    if (argc == 5)
        must(chipid_assessment_compare_typed(assessment, "Somebody Else", 13, NULL, 0, 0, &error), &error);

    must(chipid_policy_built_in(policy_name, strlen(policy_name), &policy, &error), &error);
    must(chipid_policy_decide(policy, assessment, &verdict, &error), &error);
    chipid_report *values = NULL;
    must(chipid_report_new(verdict, "", 0, &values, &error), &error);
    walk(values, "");
    chipid_report_free(&values);
    chipid_bytes report = {0};
    must(chipid_verdict_json(verdict, "", 0, &report, &error), &error);
    int32_t answer = chipid_verdict_answer(verdict);
    printf("named %s\n", chipid_answer_name(answer));
    printf("phases %u %u %u\nanswer %d\nreport\n%s\n", phases[0] > 0, phases[1] > 0, phases[4], (int)answer,
           (const char *)report.data);
    chipid_bytes_free(&report);
    chipid_verdict_free(&verdict);
    chipid_policy_free(&policy);
    chipid_assessment_free(&assessment);
    return 0;
}
