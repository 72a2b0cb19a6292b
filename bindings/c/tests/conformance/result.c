#include "result.h"
#include "blocks.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void put_error(FILE *results, int32_t code, const chipid_error *error) {
    const char *file = chipid_file_name(chipid_error_file(error));
    put_as(results, "error.code", "%d", (int)code);
    if (file)
        put(results, "error.file", file);
    if (chipid_error_offset(error) >= 0)
        put_as(results, "error.offset", "%lld", (long long)chipid_error_offset(error));
    if (chipid_error_status_word(error) >= 0)
        put_as(results, "error.status_word", "%04X", (unsigned)chipid_error_status_word(error));
    if (chipid_error_tries_left(error) >= 0)
        put_as(results, "error.tries_left", "%d", (int)chipid_error_tries_left(error));
}

/* The text at a place, as printf makes it; the caller frees it. None where there is none. */
static chipid_bytes at(const chipid_report *report, const char *format, ...) {
    char place[512];
    chipid_bytes value = {0};
    va_list values;
    va_start(values, format);
    vsnprintf(place, sizeof place, format, values);
    va_end(values);
    chipid_report_value(report, place, strlen(place), &value, NULL);
    return value;
}

static const char *or_dash(chipid_bytes value) {
    return value.data ? (const char *)value.data : "-";
}

/* Calls `with` for every name beneath a place. */
static void each(const chipid_report *report, const char *place, void (*with)(FILE *, const chipid_report *, const char *), FILE *results) {
    chipid_bytes names = {0};
    if (chipid_report_names(report, place, strlen(place), &names, NULL) == 0 && names.length > 0) {
        char *parts[256];
        size_t count = cut((char *)names.data, parts, 256);
        for (size_t i = 0; i < count; i++)
            with(results, report, parts[i]);
    }
    chipid_bytes_free(&names);
}

static void ground(FILE *results, const chipid_report *report, const char *place) {
    chipid_bytes code = at(report, "/grounds/%s/code", place), severity = at(report, "/grounds/%s/severity", place),
                 file = at(report, "/grounds/%s/file", place);
    put_as(results, "ground", "%s|%s|%s", or_dash(code), or_dash(severity), or_dash(file));
    chipid_bytes_free(&code), chipid_bytes_free(&severity), chipid_bytes_free(&file);
}

static void check(FILE *results, const chipid_report *report, const char *name) {
    char key[128];
    chipid_bytes status = at(report, "/checks/%s/status", name), reason = at(report, "/checks/%s/reason", name);
    snprintf(key, sizeof key, "check.%s", name);
    put_as(results, key, "%s|%s", or_dash(status), or_dash(reason));
    chipid_bytes_free(&status), chipid_bytes_free(&reason);
}

static void put_where(FILE *results, const char *prefix, const char *name, chipid_bytes value) {
    char key[128];
    snprintf(key, sizeof key, "%s%s", prefix, name);
    if (value.data)
        put(results, key, (const char *)value.data);
    chipid_bytes_free(&value);
}

static void holder(FILE *results, const chipid_report *report, const char *name) {
    if (strcmp(name, "missing") != 0 && strcmp(name, "derived") != 0)
        put_where(results, "holder.", name, at(report, "/holder/%s", name));
}

static void missing(FILE *results, const chipid_report *report, const char *name) {
    put_where(results, "holder.missing.", name, at(report, "/holder/missing/%s", name));
}

static void difference(FILE *results, const chipid_report *report, const char *place) {
    chipid_bytes subject = at(report, "/differences/%s/subject", place), code = at(report, "/differences/%s/code", place);
    put_as(results, "difference", "%s|%s", or_dash(subject), or_dash(code));
    chipid_bytes_free(&subject), chipid_bytes_free(&code);
}

void put_verdict(FILE *results, const chipid_verdict *verdict, const chipid_report *report) {
    chipid_bytes similarity = at(report, "/checks/face/similarity");
    put(results, "verdict", chipid_answer_name(chipid_verdict_answer(verdict)));
    each(report, "/grounds", ground, results);
    each(report, "/checks", check, results);
    each(report, "/holder", holder, results);
    each(report, "/holder/missing", missing, results);
    each(report, "/differences", difference, results);
    if (similarity.data)
        put_as(results, "face.similarity", "%.9g", strtod((const char *)similarity.data, NULL));
    chipid_bytes_free(&similarity);
}
