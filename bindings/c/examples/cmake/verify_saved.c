/* verify_saved FOLDER CSCA: what the saved files of a document are worth, with the grounds and the holder's name, and no JSON. */
#include <chipid.h>
#include <stdio.h>
#include <string.h>

/* One value of the report, printed where there is one. */
static void show(const char *title, const chipid_report *report, const char *place) {
    chipid_bytes value;
    if (chipid_report_value(report, place, strlen(place), &value, NULL) == 0 && value.data)
        printf("%s: %s\n", title, (const char *)value.data);
    chipid_bytes_free(&value);
}

int main(int argc, char **argv) {
    chipid_document *document = NULL;
    chipid_trust *trust = NULL;
    chipid_assessment *assessment = NULL;
    chipid_policy *policy = NULL;
    chipid_verdict *verdict = NULL;
    chipid_report *report = NULL;
    chipid_error *error = NULL;
    int32_t answer = CHIPID_UNDECIDED;

    if (argc != 3)
        return 2;
    if (chipid_document_load(argv[1], strlen(argv[1]), &document, &error)
        || chipid_trust_new(&trust, &error)
        || chipid_trust_add_file(trust, argv[2], strlen(argv[2]), CHIPID_ANCHOR_IDENTITY_CARDS, &error)
        || chipid_assessment_new(document, trust, CHIPID_NOW, &assessment, &error)
        || chipid_policy_built_in("data-cleaning", 13, &policy, &error)
        || chipid_policy_decide(policy, assessment, &verdict, &error)
        || chipid_report_new(verdict, "name", 4, &report, &error)) {
        fprintf(stderr, "%d: %s\n", (int)chipid_error_code(error), chipid_error_message(error));
        chipid_error_free(&error);
    } else {
        answer = chipid_verdict_answer(verdict);
        printf("%s\n", chipid_answer_name(answer));
        show("first ground", report, "/grounds/0/code");
        show("holder", report, "/holder/name");
    }
    /* Freeing null is nothing. */
    chipid_report_free(&report);
    chipid_verdict_free(&verdict);
    chipid_policy_free(&policy);
    chipid_assessment_free(&assessment);
    chipid_trust_free(&trust);
    chipid_document_free(&document);
    return answer == CHIPID_ACCEPT ? 0 : answer == CHIPID_REJECT ? 1 : 3;
}
