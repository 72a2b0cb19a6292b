/* forgets FOLDER CSCA [CARD CAN]: after everything is freed, the holder's name, number and zone are nowhere in what this process may write
 * to. They are remembered here behind a mask, and searched for so. The files come from the folder, or from a card of the card server. */
#include "../conformance/card.h"
#include <stdlib.h>
#include <string.h>

#define MASK 0x5A

typedef struct {
    uint8_t masked[256];
    size_t length;
} secret;

static chipid_error *error = NULL;

static void must(int32_t code, chipid_error **told) {
    if (code == 0)
        return;
    printf("%d %s\n", (int)code, chipid_error_message(*told));
    exit(3);
}

static chipid_document *read_card(const char *name, const char *can) {
    static const block nothing_said = {0};
    chipid_keys *keys = NULL;
    chipid_reading *reading = NULL;
    chipid_document *document = NULL;
    card one = {0};
    one.port = getenv("CHIPID_CONFORMANCE_PORT"), one.name = name, one.said = &nothing_said, one.connection = -1;
    must(chipid_keys_can(can, strlen(can), &keys, &error), &error);
    must(chipid_reading_new(keys, &reading, &error), &error);
    must(chipid_reading_run(reading, card_transmit, &one, NULL, &document, &error), &error);
    chipid_reading_free(&reading);
    chipid_keys_free(&keys);
    card_away(&one);
    return document;
}

static secret masked(chipid_bytes *value, size_t from) {
    secret kept = {{0}, 0};
    for (; from + kept.length < value->length && kept.length < sizeof kept.masked; kept.length++)
        kept.masked[kept.length] = value->data[from + kept.length] ^ MASK;
    chipid_bytes_free(value);
    return kept;
}

static secret remembered(const chipid_report *report, const char *place) {
    chipid_bytes value = {0};
    must(chipid_report_value(report, place, strlen(place), &value, &error), &error);
    return masked(&value, 0);
}

/* The lines of the zone, behind the tags of DG1. */
static secret remembered_zone(const chipid_document *document) {
    chipid_bytes value = {0};
    must(chipid_document_danger_unverified_file(document, 0x0101, &value, &error), &error);
    return masked(&value, 8);
}

/* How often it stands in memory that can be written. */
static unsigned found(const secret *kept) {
    FILE *maps = fopen("/proc/self/maps", "r"), *memory = fopen("/proc/self/mem", "rb");
    static uint8_t page[1 << 16];
    char line[512];
    unsigned times = 0;
    if (!maps || !memory)
        exit(4);
    setvbuf(memory, NULL, _IONBF, 0);
    while (fgets(line, sizeof line, maps)) {
        unsigned long long from, to;
        char rights[5];
        if (sscanf(line, "%llx-%llx %4s", &from, &to, rights) != 3 || rights[0] != 'r' || rights[1] != 'w' || strstr(line, "[v"))
            continue;
        for (unsigned long long at = from; at < to; at += sizeof page - sizeof kept->masked) {
            size_t most = to - at < sizeof page ? (size_t)(to - at) : sizeof page;
            if (fseek(memory, (long)at, SEEK_SET) != 0)
                break;
            size_t length = fread(page, 1, most, memory);
            for (size_t i = 0; i + kept->length <= length; i++) {
                size_t same = 0;
                while (same < kept->length && (uint8_t)(page[i + same] ^ MASK) == kept->masked[same])
                    same++;
                /* What was read here is not found here again. */
                if (same == kept->length && !(at + i >= (uintptr_t)page && at + i < (uintptr_t)page + sizeof page))
                    times++;
            }
        }
    }
    memset(page, 0, sizeof page);
    fclose(maps);
    fclose(memory);
    return times;
}

int main(int argc, char **argv) {
    chipid_document *document = NULL;
    chipid_trust *trust = NULL;
    chipid_assessment *assessment = NULL;
    chipid_policy *policy = NULL;
    chipid_verdict *verdict = NULL;
    chipid_report *report = NULL;
    chipid_bytes json = {0};
    static const char fields[] = "name,personal_number";
    if (argc != 3 && argc != 5)
        return 4;
    if (argc == 5)
        document = read_card(argv[3], argv[4]);
    else
        must(chipid_document_load(argv[1], strlen(argv[1]), &document, &error), &error);
    must(chipid_trust_new(&trust, &error), &error);
    must(chipid_trust_add_file(trust, argv[2], strlen(argv[2]), CHIPID_ANCHOR_IDENTITY_CARDS, &error), &error);
    must(chipid_assessment_new(document, trust, CHIPID_NOW, &assessment, &error), &error);
    must(chipid_policy_built_in("data-cleaning", 13, &policy, &error), &error);
    must(chipid_policy_decide(policy, assessment, &verdict, &error), &error);
    must(chipid_report_new(verdict, fields, sizeof fields - 1, &report, &error), &error);
    must(chipid_report_json(report, &json, &error), &error);
    secret name = remembered(report, "/holder/name"), number = remembered(report, "/holder/personal_number");
    secret zone = remembered_zone(document);
    if (name.length < 8 || number.length != 12 || zone.length < 60)
        return 5;
    unsigned before = found(&name) && found(&number) && found(&zone);
    chipid_bytes_free(&json);
    chipid_report_free(&report);
    chipid_verdict_free(&verdict);
    chipid_policy_free(&policy);
    chipid_assessment_free(&assessment);
    chipid_trust_free(&trust);
    chipid_document_free(&document);
    printf("known before %u, name %u, number %u, zone %u\n", before, found(&name), found(&number), found(&zone));
    return 0;
}
