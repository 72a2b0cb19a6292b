/* others FOLDER CSCA: what others say of a saved document - a confirmation service, another maker's face engine - and the evidence of
 * Active Authentication, put in by hand. Prints "status SUBJECT STATUS REASON" for each. */
#include "over_a_pipe.h"
#include <time.h>

static chipid_error *error = NULL;

static chipid_policy *policy_of(const char *toml) {
    chipid_policy *policy = NULL;
    must(chipid_policy_from_toml(toml, strlen(toml), &policy, &error), &error);
    return policy;
}

static chipid_assessment *assessed(const chipid_document *document, const chipid_trust *trust) {
    chipid_assessment *assessment = NULL;
    must(chipid_assessment_new(document, trust, CHIPID_NOW, &assessment, &error), &error);
    return assessment;
}

/* Decides, prints how a check was judged, and frees the assessment. */
static void judge(const char *subject, const chipid_policy *policy, chipid_assessment **assessment, const char *check) {
    chipid_verdict *verdict = NULL;
    chipid_report *report = NULL;
    char place[64];
    chipid_bytes status = {0}, reason = {0};
    must(chipid_policy_decide(policy, *assessment, &verdict, &error), &error);
    must(chipid_report_new(verdict, "", 0, &report, &error), &error);
    snprintf(place, sizeof place, "/checks/%s/status", check);
    must(chipid_report_value(report, place, strlen(place), &status, &error), &error);
    snprintf(place, sizeof place, "/checks/%s/reason", check);
    must(chipid_report_value(report, place, strlen(place), &reason, &error), &error);
    printf("status %s %s %s\n", subject, (const char *)status.data, reason.data ? (const char *)reason.data : "-");
    chipid_bytes_free(&status);
    chipid_bytes_free(&reason);
    chipid_report_free(&report);
    chipid_verdict_free(&verdict);
    chipid_assessment_free(assessment);
}

static chipid_bytes part(const chipid_confirmation *confirmation, uint32_t which) {
    chipid_bytes value = {0};
    must(chipid_confirmation_part_of(confirmation, which, &value, &error), &error);
    return value;
}

/* Asks, and answers as a service would that says `outcome` of the nonce that it was given, changed where that is said. */
static void confirm(const char *subject, const chipid_document *document, const chipid_trust *trust, uint32_t outcome, int other_nonce) {
    static const char toml[] = "name = \"own\"\nrequires = [\"passive_authentication\", \"online\"]\n";
    chipid_assessment *assessment = assessed(document, trust);
    chipid_policy *policy = policy_of(toml);
    chipid_confirmation *confirmation = NULL;
    must(chipid_confirmation_new(assessment, NULL, 0, "consent-1", 9, &confirmation, &error), &error);
    chipid_bytes number = part(confirmation, CHIPID_CONFIRMATION_NUMBER), nonce = part(confirmation, CHIPID_CONFIRMATION_NONCE);
    chipid_bytes signer = part(confirmation, CHIPID_CONFIRMATION_SIGNER_SHA256), consent = part(confirmation, CHIPID_CONFIRMATION_CONSENT);
    chipid_bytes sod = {0}, digest = {0}, fingers = {0}, der = part(confirmation, CHIPID_CONFIRMATION_SIGNER);
    must(chipid_confirmation_file(confirmation, 0x011D, &sod, &error), &error);
    must(chipid_confirmation_file(confirmation, 0x0103, &fingers, &error), &error);
    must(chipid_confirmation_digest(confirmation, 0x0101, &digest, &error), &error);
    if (nonce.length != 16 || signer.length != 32 || sod.length < 100 || digest.length < 20 || fingers.data || der.length < 100
        || strcmp((const char *)consent.data, "consent-1") != 0)
        exit(5);

    chipid_confirmation_answer answer = {0};
    answer.size = sizeof answer;
    answer.outcome = outcome;
    answer.number = (const char *)number.data, answer.number_length = number.length;
    answer.service = "a test", answer.service_length = 6;
    memcpy(answer.signer_sha256, signer.data, 32);
    memcpy(answer.nonce, nonce.data, 16);
    answer.nonce[0] ^= (uint8_t)other_nonce;
    answer.answered_at = (int64_t)time(NULL);
    must(chipid_assessment_add_confirmation(assessment, confirmation, &answer, &error), &error);
    /* One question, one answer. */
    if (chipid_assessment_add_confirmation(assessment, confirmation, &answer, NULL) != CHIPID_ERROR_FOREIGN_HANDLE
        || chipid_confirmation_file(confirmation, 0x011D, &fingers, NULL) != CHIPID_ERROR_FOREIGN_HANDLE || fingers.data)
        exit(6);
    judge(subject, policy, &assessment, "online");
    chipid_bytes_free(&number), chipid_bytes_free(&nonce), chipid_bytes_free(&signer), chipid_bytes_free(&consent);
    chipid_bytes_free(&sod), chipid_bytes_free(&der), chipid_bytes_free(&digest);
    chipid_confirmation_free(&confirmation);
    chipid_policy_free(&policy);
}

/* What another maker's engine says, of this portrait or of another one. */
static void engine(const char *subject, const chipid_document *document, const chipid_trust *trust, uint32_t result, const char *vendor,
                   int other_portrait) {
    static const char toml[] = "name = \"own\"\nrequires = [\"passive_authentication\", \"face\"]\n[[face.vendors]]\nvendor = \"Invented\"\ncertificate = \"report 7\"\n";
    static const uint8_t image[32] = {1};
    chipid_assessment *assessment = assessed(document, trust);
    chipid_policy *policy = policy_of(toml);
    chipid_bytes portrait = {0};
    must(chipid_assessment_portrait_digest(assessment, &portrait, &error), &error);
    chipid_vendor_comparison comparison = {0};
    comparison.size = sizeof comparison;
    comparison.result = result;
    comparison.capture = CHIPID_CAPTURE_CAMERA;
    comparison.at = (int64_t)time(NULL);
    comparison.vendor = vendor, comparison.vendor_length = strlen(vendor);
    comparison.version = "4.1", comparison.version_length = 3;
    comparison.certificate = "report 7", comparison.certificate_length = 8;
    memcpy(comparison.portrait, portrait.data, 32);
    comparison.portrait[0] ^= (uint8_t)other_portrait;
    comparison.images = image, comparison.image_count = 1;
    must(chipid_assessment_add_vendor_comparison(assessment, &comparison, &error), &error);
    comparison.result = 3;
    if (chipid_assessment_add_vendor_comparison(assessment, &comparison, NULL) != CHIPID_ERROR_UNKNOWN_VALUE)
        exit(7);
    judge(subject, policy, &assessment, "face");
    chipid_bytes_free(&portrait);
    chipid_policy_free(&policy);
}

/* The same document again, file by file, with or without what Active Authentication gave. */
static chipid_document *by_hand(const chipid_document *saved, int with_evidence) {
    chipid_document *document = NULL;
    chipid_bytes challenge = {0}, signature = {0};
    must(chipid_document_new(&document, &error), &error);
    must(chipid_document_active_authentication(saved, &challenge, &signature, &error), &error);
    if (challenge.length != 8 || signature.length < 32)
        exit(8);
    /* Before the files: what was put in stays. */
    if (with_evidence)
        must(chipid_document_add_active_authentication(document, challenge.data, challenge.length, signature.data, signature.length, &error), &error);
    for (uint32_t file = 0x0101; file <= 0x011E; file++) {
        chipid_bytes bytes = {0};
        if (!chipid_file_name(file))
            continue;
        must(chipid_document_danger_unverified_file(saved, file, &bytes, &error), &error);
        if (bytes.data)
            must(chipid_document_add(document, file, bytes.data, bytes.length, &error), &error);
        chipid_bytes_free(&bytes);
    }
    if (with_evidence)
        must(chipid_document_challenged_with(document, challenge.data, challenge.length, &error), &error);
    chipid_bytes_free(&challenge);
    chipid_bytes_free(&signature);
    return document;
}

int main(int argc, char **argv) {
    chipid_document *document = NULL;
    chipid_trust *trust = NULL;
    if (argc != 3)
        return 4;
    must(chipid_document_load(argv[1], strlen(argv[1]), &document, &error), &error);
    must(chipid_trust_new(&trust, &error), &error);
    must(chipid_trust_add_file(trust, argv[2], strlen(argv[2]), CHIPID_ANCHOR_IDENTITY_CARDS, &error), &error);

    confirm("confirmed", document, trust, CHIPID_CONFIRMATION_CONFIRMED, 0);
    confirm("denied", document, trust, CHIPID_CONFIRMATION_DENIED, 0);
    confirm("other-nonce", document, trust, CHIPID_CONFIRMATION_CONFIRMED, 1);
    confirm("timed-out", document, trust, CHIPID_CONFIRMATION_TIMED_OUT, 0);
    confirm("unreadable", document, trust, CHIPID_CONFIRMATION_UNREADABLE, 0);
    engine("match", document, trust, CHIPID_VENDOR_MATCH, "Invented", 0);
    engine("mismatch", document, trust, CHIPID_VENDOR_MISMATCH, "Invented", 0);
    engine("uncertain", document, trust, CHIPID_VENDOR_UNCERTAIN, "Invented", 0);
    engine("other-vendor", document, trust, CHIPID_VENDOR_MATCH, "Nobody", 0);
    engine("other-portrait", document, trust, CHIPID_VENDOR_MATCH, "Invented", 1);

    chipid_policy *policy = NULL;
    must(chipid_policy_built_in("data-cleaning", 13, &policy, &error), &error);
    for (int with_evidence = 0; with_evidence < 2; with_evidence++) {
        chipid_document *again = by_hand(document, with_evidence);
        chipid_assessment *assessment = assessed(again, trust);
        judge(with_evidence ? "evidence" : "no-evidence", policy, &assessment, "chip_genuine");
        chipid_document_free(&again);
    }
    chipid_policy_free(&policy);
    chipid_trust_free(&trust);
    chipid_document_free(&document);
    return 0;
}
