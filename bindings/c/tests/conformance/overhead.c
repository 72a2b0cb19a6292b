#define _POSIX_C_SOURCE 200809L
#include "overhead.h"
#include "card.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A command and what the card answered to it. */
typedef struct {
    uint8_t *command, *response;
    size_t command_length, response_length;
} exchange;

/* Exchanges in their order, and how many of them were asked for. */
typedef struct {
    exchange *all;
    size_t count;
    size_t asked;
} replay;

static void must(int32_t code, chipid_error **error) {
    if (code == 0)
        return;
    fprintf(stderr, "overhead: %d %s\n", (int)code, chipid_error_message(*error));
    exit(2);
}

static int32_t replayed(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *response_length) {
    replay *exchanges = (replay *)user;
    if (exchanges->asked >= exchanges->count)
        return CHIPID_ERROR_REPLAY_DIVERGED;
    const exchange *next = &exchanges->all[exchanges->asked++];
    if (next->command_length != command_length || memcmp(next->command, command, command_length) != 0 || next->response_length > *response_length)
        return CHIPID_ERROR_REPLAY_DIVERGED;
    memcpy(response, next->response, next->response_length);
    *response_length = next->response_length;
    return 0;
}

static uint8_t *bytes_of(const char *digits, size_t *length) {
    uint8_t *bytes = malloc(strlen(digits) / 2 + 1);
    if (!bytes)
        exit(2);
    *length = unhex(digits, bytes, strlen(digits) / 2);
    return bytes;
}

static replay replay_of(const char *path) {
    size_t length = 0, lines = 1;
    uint8_t *text = file_bytes(path, &length);
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    replay read = {calloc(lines, sizeof(exchange)), 0, 0};
    char *copy = malloc(length + 1);
    if (!read.all || !copy)
        exit(2);
    memcpy(copy, text, length);
    copy[length] = 0;
    free(text);
    for (char *at = strtok(copy, "\n"); at; at = strtok(NULL, "\n")) {
        char *blank = strchr(at, ' ');
        if (!blank)
            continue;
        *blank = 0;
        exchange *next = &read.all[read.count++];
        next->command = bytes_of(at, &next->command_length);
        next->response = bytes_of(blank + 1, &next->response_length);
    }
    free(copy);
    return read;
}

static double now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, by_size);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static double one_reading(replay *all, way way) {
    static const char zone[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    chipid_error *error = NULL;
    chipid_keys *keys = NULL;
    chipid_reading *reading = NULL;
    chipid_document *document = NULL;
    must(chipid_keys_mrz(zone, sizeof zone - 1, &keys, &error), &error);
    all->asked = 0;
    double begun = now_us();
    must(chipid_reading_new(keys, &reading, &error), &error);
    if (way == BY_CALLBACK) {
        must(chipid_reading_run(reading, replayed, all, NULL, &document, &error), &error);
    } else {
        static uint8_t response[RESPONSE_ROOM];
        chipid_step step;
        must(chipid_reading_begin(reading, &step, &error), &error);
        while (!step.document) {
            size_t length = sizeof response;
            int32_t trouble = replayed(all, step.command.data, step.command.length, response, &length);
            chipid_bytes_free(&step.command);
            must(chipid_reading_next(reading, response, trouble ? 0 : length, trouble, &step, &error), &error);
        }
        document = step.document;
    }
    double took = now_us() - begun;
    chipid_document_free(&document);
    chipid_reading_free(&reading);
    chipid_keys_free(&keys);
    return took;
}

static double one_comparison(const chipid_document *document, const chipid_trust *trust, const chipid_faces *faces, const chipid_live_images *live) {
    chipid_error *error = NULL;
    chipid_assessment *assessment = NULL;
    must(chipid_assessment_new(document, trust, CHIPID_NOW, &assessment, &error), &error);
    double begun = now_us();
    must(chipid_assessment_compare_face(assessment, faces, live, &error), &error);
    double took = now_us() - begun;
    chipid_assessment_free(&assessment);
    return took;
}

static void comparisons(const block *said, double *times, size_t runs, FILE *results) {
    const char *folder = block_value(said, "folder"), *live_path = block_value(said, "live"), *anchor = block_value(said, "trust.any");
    chipid_error *error = NULL;
    chipid_document *document = NULL;
    chipid_trust *trust = NULL;
    chipid_live_images *live = NULL;
    models kept = {0};
    if (!folder || !live_path || !anchor)
        return;
    size_t length = 0;
    uint8_t *picture = file_bytes(live_path, &length);
    must(models_load(&kept, block_value(said, "models"), 0, &error), &error);
    must(chipid_document_load(folder, strlen(folder), &document, &error), &error);
    must(chipid_trust_new(&trust, &error), &error);
    must(chipid_trust_add_file(trust, anchor, strlen(anchor), CHIPID_ANCHOR_ANY, &error), &error);
    must(chipid_live_images_new(CHIPID_CAPTURE_FILE, &live, &error), &error);
    must(chipid_live_images_add_file(live, picture, length, &error), &error);
    free(picture);
    one_comparison(document, trust, kept.faces, live);
    for (size_t i = 0; i < runs; i++)
        times[i] = one_comparison(document, trust, kept.faces, live);
    put_as(results, "comparison_us", "%.3f", median(times, runs));
    chipid_live_images_free(&live);
    chipid_trust_free(&trust);
    chipid_document_free(&document);
    models_free(&kept);
}

void overhead(const block *said, way way, FILE *results) {
    const char *path = block_value(said, "replay"), *says = block_value(said, "runs");
    size_t runs = says ? strtoul(says, NULL, 10) : 0;
    double *times = calloc(runs ? runs : 1, sizeof *times);
    if (!path || !times || runs == 0)
        exit(2);
    replay all = replay_of(path);
    one_reading(&all, way);
    for (size_t i = 0; i < runs; i++)
        times[i] = one_reading(&all, way);
    put_as(results, "reading_us", "%.3f", median(times, runs));
    put_as(results, "apdus", "%zu", all.asked);
    if (block_value(said, "models"))
        comparisons(said, times, runs, results);
    for (size_t i = 0; i < all.count; i++) {
        free(all.all[i].command);
        free(all.all[i].response);
    }
    free(all.all);
    free(times);
}
