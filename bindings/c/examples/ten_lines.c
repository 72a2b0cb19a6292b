/* Reads the card on a reader and says what it is worth: ten lines. Every call returns 0 or the code of its error. */
#include <chipid.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    const char *can = getenv("CHIPID_TEST_CAN"), *csca = getenv("CHIPID_TEST_CSCA"), *reader = getenv("CHIPID_TEST_READER");
    chipid_keys *keys; chipid_reading *reading; chipid_document *document; chipid_error *error;
    chipid_trust *trust; chipid_assessment *assessment; chipid_policy *policy; chipid_verdict *verdict;
    if (!can || !csca || !reader || chipid_keys_can(can, strlen(can), &keys, &error) || chipid_reading_new(keys, &reading, &error)
        || chipid_reading_run_on_reader(reading, reader, strlen(reader), 5000, NULL, &document, &error)
        || chipid_trust_new(&trust, &error) || chipid_trust_add_file(trust, csca, strlen(csca), CHIPID_ANCHOR_IDENTITY_CARDS, &error)
        || chipid_assessment_new(document, trust, CHIPID_NOW, &assessment, &error)
        || chipid_policy_built_in("document-only", 13, &policy, &error) || chipid_policy_decide(policy, assessment, &verdict, &error))
        return fprintf(stderr, "not read: %s\n", can && csca && reader ? chipid_error_message(error) : "CHIPID_TEST_CAN, _CSCA, _READER"), 2;
    return puts(chipid_answer_name(chipid_verdict_answer(verdict))) < 0;
}
