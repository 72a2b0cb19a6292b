#define _POSIX_C_SOURCE 200809L
#include "work.h"
#include <stdlib.h>
#include <string.h>

static int32_t prepare(const work *now, chipid_reading *reading, chipid_error **error) {
    const char *only = said(now, "only"), *challenge = said(now, "challenge"), *limits = said(now, "limits");
    if (only) {
        uint8_t groups[16];
        char *copy = copy_of(only), *parts[16];
        size_t count = cut(copy, parts, 16);
        for (size_t i = 0; i < count; i++)
            groups[i] = (uint8_t)strtoul(parts[i], NULL, 10);
        int32_t code = chipid_reading_only(reading, groups, count, error);
        free(copy);
        TRY(code);
    }
    if (challenge) {
        uint8_t bytes[16];
        TRY(chipid_reading_set_challenge(reading, bytes, unhex(challenge, bytes, sizeof bytes), error));
    }
    if (limits) {
        char *response = NULL;
        size_t command = strtoul(limits, &response, 10);
        TRY(chipid_reading_set_limits(reading, command, strtoul(response + (*response == ','), NULL, 10), error));
    }
    return 0;
}

/* One run of a reading without any call back. */
static int32_t in_steps(card *one, const char *cancel_after, chipid_reading *reading, chipid_document **document, chipid_error **error) {
    static uint8_t response[RESPONSE_ROOM];
    chipid_step step;
    TRY(chipid_reading_begin(reading, &step, error));
    while (!step.document) {
        size_t length = sizeof response;
        int32_t trouble = 1011;
        if (!cancel_after || one->carried < strtoul(cancel_after, NULL, 10))
            trouble = card_transmit(one, step.command.data, step.command.length, response, &length);
        chipid_bytes_free(&step.command);
        TRY(chipid_reading_next(reading, response, trouble ? 0 : length, trouble, &step, error));
    }
    *document = step.document;
    return 0;
}

static int32_t read_card(work *now) {
    chipid_reading *reading = NULL;
    const char *resumes = said(now, "resumes"), *cancel_after = said(now, "cancel_after");
    unsigned long left = resumes ? strtoul(resumes, NULL, 10) : 0;
    TRY(chipid_reading_new(now->keys, &reading, &now->error));
    int32_t code = prepare(now, reading, &now->error);
    if (!code)
        code = chipid_cancel_new(&now->card.cancel, &now->error);
    if (!code && cancel_after && strtoul(cancel_after, NULL, 10) == 0)
        code = chipid_cancel_cancel(now->card.cancel);
    for (int again = !code; again;) {
        chipid_error_free(&now->error);
        if (now->way == IN_STEPS)
            code = in_steps(&now->card, cancel_after, reading, &now->document, &now->error);
        else
            code = chipid_reading_run(reading, card_transmit, &now->card, now->card.cancel, &now->document, &now->error);
        again = code >= 1000 && code < 2000 && code != 1011 && left-- > 0;
    }
    chipid_reading_free(&reading);
    chipid_cancel_free(&now->card.cancel);
    return code;
}

static int32_t saved_and_loaded(work *now) {
    char folder[] = "/tmp/chipid-c-XXXXXX", path[64];
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/document", folder);
    TRY(chipid_document_save(now->document, path, strlen(path), &now->error));
    chipid_document_free(&now->document);
    int32_t code = chipid_document_load(path, strlen(path), &now->document, &now->error);
    char remove_all[128];
    snprintf(remove_all, sizeof remove_all, "rm -rf %s", folder);
    return system(remove_all) ? -1 : code;
}

int32_t have_document(work *now) {
    const char *folder = said(now, "folder"), *challenge = said(now, "challenged_with");
    if (said(now, "card"))
        TRY(read_card(now));
    else if (folder)
        TRY(chipid_document_load(folder, strlen(folder), &now->document, &now->error));
    for (size_t i = 0; i < now->said->count; i++) {
        const char *file = line_after(&now->said->lines[i], "file.");
        if (!file)
            continue;
        if (!now->document)
            TRY(chipid_document_new(&now->document, &now->error));
        size_t length = 0;
        uint8_t *bytes = file_bytes(now->said->lines[i].value, &length);
        int32_t code = chipid_document_add(now->document, (uint32_t)strtoul(file, NULL, 16), bytes, length, &now->error);
        free(bytes);
        TRY(code);
    }
    if (!now->document)
        return 0;
    if (said(now, "save"))
        TRY(saved_and_loaded(now));
    if (challenge) {
        uint8_t bytes[16];
        TRY(chipid_document_challenged_with(now->document, bytes, unhex(challenge, bytes, sizeof bytes), &now->error));
    }
    return 0;
}
