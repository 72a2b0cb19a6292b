/* Nulls, handles of other kinds, handles freed twice, calls within calls: each is a code, and none a crash. */
#include "over_a_pipe.h"

static int failures = 0;

static void expect(const char *what, int32_t code, int32_t expected) {
    if (code != expected) {
        printf("%s: %d, expected %d\n", what, (int)code, (int)expected);
        failures++;
    }
}

struct inside {
    chipid_reading *reading;
    int calls;
};

static int32_t reenters(void *user, const uint8_t *command, size_t command_length, uint8_t *response,
                        size_t *response_length) {
    struct inside *inside = (struct inside *)user;
    chipid_document *document = NULL;
    chipid_step step;
    (void)command, (void)command_length, (void)response, (void)response_length;
    inside->calls++;
    expect("run within run", chipid_reading_run(inside->reading, reenters, user, NULL, &document, NULL), 8903);
    expect("begin within run", chipid_reading_begin(inside->reading, &step, NULL), 8903);
    expect("stop within run", chipid_reading_stop(inside->reading), 8903);
    /* In use: left as it is. */
    chipid_reading *still = inside->reading;
    chipid_reading_free(&still);
    if (!still) {
        printf("a reading was freed while it ran\n");
        failures++;
    }
    return 1001;
}

static int32_t says_too_much(void *user, const uint8_t *command, size_t command_length, uint8_t *response,
                             size_t *response_length) {
    (void)user, (void)command, (void)command_length, (void)response;
    *response_length = (size_t)-1;
    return 0;
}

static int32_t says_nothing(void *user, const uint8_t *command, size_t command_length, uint8_t *response,
                            size_t *response_length) {
    (void)user, (void)command, (void)command_length, (void)response, (void)response_length;
    return 0;
}

static int32_t unknown_code(void *user, const uint8_t *command, size_t command_length, uint8_t *response,
                            size_t *response_length) {
    (void)user, (void)command, (void)command_length, (void)response, (void)response_length;
    return -7;
}

/* What others say: nulls, structures of another library, numbers that stand for nothing. */
static void others(const chipid_assessment *unproven) {
    chipid_confirmation *confirmation = NULL;
    chipid_bytes bytes = {0};
    chipid_vendor_comparison comparison = {0};
    chipid_confirmation_answer answer = {0};
    chipid_liveness liveness = {0};
    expect("a request of null", chipid_confirmation_new(NULL, NULL, 0, NULL, 0, &confirmation, NULL), 8901);
    expect("a request of nothing proven", chipid_confirmation_new(unproven, NULL, 0, NULL, 0, &confirmation, NULL), 8204);
    expect("a short nonce", chipid_confirmation_new(unproven, (const uint8_t *)"12345678", 8, NULL, 0, &confirmation, NULL), 8905);
    expect("no request", confirmation == NULL, 1);
    expect("a part of null", chipid_confirmation_part_of(NULL, 0, &bytes, NULL), 8901);
    expect("a file of null", chipid_confirmation_file(NULL, 0x0101, &bytes, NULL), 8901);
    expect("a digest of another kind", chipid_confirmation_digest((const chipid_confirmation *)(const void *)unproven, 0x0101, &bytes, NULL), 8902);
    expect("an answer to null", chipid_assessment_add_confirmation(unproven, NULL, &answer, NULL), 8901);
    expect("no answer", chipid_assessment_add_confirmation(unproven, confirmation, NULL, NULL), 8901);
    expect("no comparison", chipid_assessment_add_vendor_comparison(unproven, NULL, NULL), 8901);
    expect("a comparison without size", chipid_assessment_add_vendor_comparison(unproven, &comparison, NULL), 8905);
    comparison.size = sizeof comparison;
    comparison.image_count = (size_t)-1;
    expect("images without end", chipid_assessment_add_vendor_comparison(unproven, &comparison, NULL), 8905);
    comparison.image_count = 1;
    expect("images of null", chipid_assessment_add_vendor_comparison(unproven, &comparison, NULL), 8901);
    expect("liveness without size", chipid_assessment_add_liveness(unproven, &liveness, NULL), 8905);
    expect("no portrait to speak of", chipid_assessment_portrait_digest(unproven, &bytes, NULL), 0);
    int32_t is_signed = 1;
    expect("nothing signed", chipid_confirmation_is_signed_by(NULL, 3, NULL, 0, (const uint8_t *)"x", 1, &is_signed, NULL), 8901);
    expect("nothing is signed then", is_signed, 0);
    expect("nowhere to say it", chipid_confirmation_is_signed_by(NULL, 0, NULL, 0, NULL, 0, NULL, NULL), 8901);
    expect("nobody's signature",
           chipid_confirmation_is_signed_by((const uint8_t *)"x", 1, (const uint8_t *)"y", 1, (const uint8_t *)"z", 1, &is_signed, NULL), 0);
    expect("is none", is_signed, 0);
    expect("evidence of null", chipid_document_active_authentication(NULL, &bytes, &bytes, NULL), 8901);
    expect("cancelled by nobody", chipid_cancel_is_cancelled(NULL), 0);
    chipid_confirmation_free(&confirmation);
    chipid_confirmation_free(NULL);
    if (bytes.data) {
        printf("something came of nothing\n");
        failures++;
    }
}

/* What an earlier call left is not there after a failure. */
static void stale(void) {
    chipid_keys *keys = (chipid_keys *)(void *)"of an earlier person";
    chipid_document *document = (chipid_document *)(void *)keys;
    chipid_bytes bytes = {(uint8_t *)(void *)keys, 7};
    chipid_step step = {{(uint8_t *)(void *)keys, 7}, document};
    expect("keys", chipid_keys_can("12345", 5, &keys, NULL), 8011);
    expect("document", chipid_document_load(NULL, 7, &document, NULL), 8901);
    expect("bytes", chipid_document_danger_unverified_file(NULL, 0x0101, &bytes, NULL), 8901);
    expect("step", chipid_reading_begin(NULL, &step, NULL), 8901);
    if (keys || document || bytes.data || bytes.length || step.command.data || step.document) {
        printf("something of an earlier call is still there\n");
        failures++;
    }
}

int main(void) {
    chipid_error *error = NULL;
    chipid_keys *keys = NULL;
    chipid_reading *reading = NULL;
    chipid_document *document = NULL;
    chipid_trust *trust = NULL;
    chipid_assessment *assessment = NULL;
    chipid_policy *policy = NULL;
    chipid_verdict *verdict = NULL;
    chipid_live_images *live = NULL;
    chipid_step step;
    chipid_bytes bytes = {0};

    expect("null out", chipid_keys_can("123456", 6, NULL, NULL), 8901);
    expect("null text", chipid_keys_can(NULL, 6, &keys, NULL), 8901);
    expect("wild length", chipid_keys_can("123456", (size_t)-1, &keys, NULL), 8905);
    expect("no text", chipid_keys_can(NULL, 0, &keys, NULL), 8011);
    expect("not UTF-8", chipid_keys_can("\xFF\xFE", 2, &keys, NULL), 8904);
    expect("bad CAN", chipid_keys_can("12345", 5, &keys, &error), 8011);
    expect("the error's code", chipid_error_code(error), 8011);
    expect("no file", (int32_t)chipid_error_file(error), 0);
    expect("no offset", (int32_t)chipid_error_offset(error), -1);
    expect("no status word", chipid_error_status_word(error), -1);
    expect("no tries", chipid_error_tries_left(error), -1);
    expect("a sentence", strlen(chipid_error_message(error)) > 10, 1);
    chipid_error_free(&error);
    chipid_error_free(&error);
    expect("a freed error's code", chipid_error_code(error), 0);
    expect("a freed error's sentence", (int32_t)strlen(chipid_error_message(error)), 0);
    expect("a freed error's offset", (int32_t)chipid_error_offset(error), -1);
    expect("DG1 by its number", strcmp(chipid_file_name(0x0101), "DG1"), 0);
    expect("nobody's number", chipid_file_name(0x0111) == NULL, 1);
    expect("day", chipid_keys_number_and_days("001099000017", 12, 19993103, 20210510, &keys, NULL), 8905);
    if (keys)
        return 5;
    expect("CAN", chipid_keys_can("123456", 6, &keys, NULL), 0);

    expect("reading of null", chipid_reading_new(NULL, &reading, NULL), 8901);
    expect("reading of another kind", chipid_reading_new((const chipid_keys *)(const void *)"not a handle at all....", &reading, NULL), 8902);
    expect("reading", chipid_reading_new(keys, &reading, NULL), 0);
    expect("keys as a reading", chipid_reading_stop((const chipid_reading *)(const void *)keys), 8902);
    chipid_policy *mistaken = (chipid_policy *)(void *)keys;
    chipid_policy_free(&mistaken);
    if (!mistaken)
        return 6;
    chipid_keys_free(&keys);
    chipid_keys_free(&keys);
    chipid_keys_free(NULL);

    expect("no callback", chipid_reading_run(reading, NULL, NULL, NULL, &document, NULL), 8901);
    struct inside inside = {reading, 0};
    expect("a callback that calls", chipid_reading_run(reading, reenters, &inside, NULL, &document, NULL), 1001);
    if (inside.calls == 0)
        return 7;
    expect("a length beyond the room", chipid_reading_run(reading, says_too_much, NULL, NULL, &document, NULL), 1013);
    expect("a length that nobody set", chipid_reading_run(reading, says_nothing, NULL, NULL, &document, NULL), 1013);
    expect("a code of nobody's", chipid_reading_run(reading, unknown_code, NULL, NULL, &document, NULL), 1016);
    chipid_cancel *cancel = NULL;
    expect("canceller", chipid_cancel_new(&cancel, NULL), 0);
    expect("cancelled", chipid_cancel_cancel(cancel), 0);
    expect("a cancelled run", chipid_reading_run(reading, says_too_much, NULL, cancel, &document, NULL), 1011);
    chipid_cancel_free(&cancel);
    expect("cancel of null", chipid_cancel_cancel(cancel), 8901);

    expect("next before begin", chipid_reading_next(reading, NULL, 0, 0, &step, NULL), 8002);
    expect("begin", chipid_reading_begin(reading, &step, NULL), 0);
    chipid_bytes_free(&step.command);
    chipid_bytes_free(&step.command);
    expect("begin twice", chipid_reading_begin(reading, &step, NULL), 8001);
    expect("challenge under way", chipid_reading_set_challenge(reading, (const uint8_t *)"12345678", 8, NULL), 8903);
    expect("stop", chipid_reading_stop(reading), 0);
    expect("challenge", chipid_reading_set_challenge(reading, (const uint8_t *)"12345678", 8, NULL), 0);
    expect("short challenge", chipid_reading_set_challenge(reading, (const uint8_t *)"1234567", 7, NULL), 8905);
    expect("group 17", chipid_reading_only(reading, (const uint8_t *)"\x01\x11", 2, NULL), 8905);
    chipid_reading_free(&reading);

    expect("trust", chipid_trust_new(&trust, NULL), 0);
    expect("no anchor kind", chipid_trust_add(trust, NULL, 0, "x", 1, 9, NULL), 8905);
    expect("a store that refused something", chipid_trust_add(trust, NULL, 0, "x", 1, 0, NULL), 8902);
    chipid_trust_free(&trust);
    expect("another", chipid_trust_new(&trust, NULL), 0);
    expect("document", chipid_document_new(&document, NULL), 0);
    expect("no such file", chipid_document_add(document, 0x9999, NULL, 0, NULL), 8905);
    expect("no such file either", chipid_document_add(document, 0x3F000101, NULL, 0, NULL), 8905);
    expect("a challenge of seven", chipid_document_add_active_authentication(document, (const uint8_t *)"1234567", 7, (const uint8_t *)"x", 1, NULL), 8905);
    expect("no evidence", chipid_document_active_authentication(document, &bytes, NULL, NULL), 8901);
    expect("EF.CardSecurity", chipid_document_add(document, 0x3F00011D, (const uint8_t *)"other", 5, NULL), 0);
    expect("garbage", chipid_document_add(document, 0x011D, (const uint8_t *)"garbage", 7, NULL), 0);
    expect("EF.SOD is not EF.CardSecurity", chipid_document_danger_unverified_file(document, 0x011D, &bytes, NULL), 0);
    expect("what was added", bytes.length == 7 && memcmp(bytes.data, "garbage", 7) == 0, 1);
    chipid_bytes_free(&bytes);
    expect("no such file of trust", chipid_trust_add_file(trust, "no-such-file", 12, 0, NULL), 8201);
    expect("a store without what was not there", chipid_assessment_new(document, trust, 0, &assessment, NULL), 8902);
    chipid_trust_free(&trust);
    expect("a third", chipid_trust_new(&trust, NULL), 0);
    expect("assessment", chipid_assessment_new(document, trust, 0, &assessment, NULL), 0);
    expect("nothing typed", chipid_assessment_compare_typed(assessment, NULL, 0, NULL, 0, 0, NULL), 8901);
    others(assessment);
    expect("trust is filled", chipid_trust_add(trust, NULL, 0, "x", 1, 0, NULL), 8903);
    chipid_document_free(&document);
    chipid_trust_free(&trust);
    expect("no such policy", chipid_policy_built_in("none", 4, &policy, &error), 8302);
    chipid_error_free(&error);
    expect("policy", chipid_policy_built_in("counter", 7, &policy, NULL), 0);
    expect("verdict", chipid_policy_decide(policy, assessment, &verdict, NULL), 0);
    expect("attempts under a verdict", chipid_assessment_set_attempts(assessment, 1, 0, 0, NULL), 8903);
    if (chipid_verdict_answer(verdict) == CHIPID_ACCEPT)
        return 8;
    expect("no verdict", chipid_verdict_answer(NULL), CHIPID_UNDECIDED);
    chipid_bytes report = {0};
    expect("no such field", chipid_verdict_json(verdict, "shoe_size", 9, &report, NULL), 8905);
    chipid_report *values = NULL;
    chipid_bytes value = {0};
    expect("a report with no such field", chipid_report_new(verdict, "shoe_size", 9, &values, NULL), 8905);
    expect("readers for nobody", chipid_readers_report(NULL, NULL), 8901);
    expect("a report of null", chipid_report_new(NULL, "", 0, &values, NULL), 8901);
    expect("a report of another kind", chipid_report_of_assessment((const chipid_assessment *)(const void *)verdict, "", 0, &values, NULL), 8902);
    expect("a report of an assessment", chipid_report_of_assessment(assessment, "", 0, &values, NULL), 0);
    expect("no verdict in it", chipid_report_value(values, "/verdict", 8, &value, NULL), 0);
    if (value.data)
        return 9;
    chipid_report_free(&values);
    expect("report", chipid_report_new(verdict, "", 0, &values, NULL), 0);
    chipid_verdict_free(&verdict);
    expect("a place that is none", chipid_report_value(values, "verdict", 7, &value, NULL), 0);
    expect("a place far away", chipid_report_value(values, "/grounds/99999999999999999999", 29, &value, NULL), 0);
    if (value.data)
        return 10;
    expect("names of a text", chipid_report_names(values, "/verdict", 8, &value, NULL), 0);
    if (value.data)
        return 11;
    expect("a null place", chipid_report_value(values, NULL, 8, &value, NULL), 8901);
    expect("the answer", chipid_report_value(values, "/verdict", 8, &value, NULL), 0);
    expect("not accept", value.data && strcmp((const char *)value.data, "accept") != 0, 1);
    chipid_bytes_free(&value);
    chipid_report_free(&values);
    chipid_report_free(&values);
    expect("a freed report", chipid_report_json(values, &value, NULL), 8901);
    expect("attempts", chipid_assessment_set_attempts(assessment, 1, 0, 0, NULL), 0);
    chipid_policy_free(&policy);
    chipid_assessment_free(&assessment);

    expect("capture", chipid_live_images_new(7, &live, NULL), 8905);
    expect("images", chipid_live_images_new(CHIPID_CAPTURE_CAMERA, &live, NULL), 0);
    expect("no picture", chipid_live_images_add_file(live, (const uint8_t *)"GIF89a", 6, NULL), 9001);
    expect("no frame", chipid_live_images_add_frame(live, NULL, NULL), 8901);
    static const uint8_t samples[12] = {0};
    chipid_frame frame = {sizeof(chipid_frame), 2, 2, CHIPID_PIXELS_RGB, 0, {{samples, sizeof samples, 6, 3}, {0}, {0}}};
    expect("frame", chipid_live_images_add_frame(live, &frame, NULL), 0);
    frame.width = 3;
    expect("too short a plane", chipid_live_images_add_frame(live, &frame, NULL), 9005);
    frame.size = 8;
    expect("a frame of another library", chipid_live_images_add_frame(live, &frame, NULL), 8905);
    frame.size = sizeof frame;
    frame.rotation = 45;
    expect("askew", chipid_live_images_add_frame(live, &frame, NULL), 8905);
    expect("digests", chipid_live_images_digests(live, &report, NULL), 0);
    expect("one image's digest", (int32_t)report.length, 32);
    chipid_bytes_free(&report);
    chipid_live_images_free(&live);
    stale();
    printf(failures ? "misused\n" : "refused\n");
    return failures != 0;
}
