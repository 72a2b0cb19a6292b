#include "work.h"
#include <stdlib.h>
#include <string.h>

int32_t make_keys(const char *kind, const char *value, chipid_keys **keys, chipid_error **error) {
    char *copy = copy_of(value), *parts[3];
    size_t length = strlen(value), count = cut(copy, parts, 3);
    int32_t code = -1;
    if (strcmp(kind, "can") == 0)
        code = chipid_keys_can(value, length, keys, error);
    else if (strcmp(kind, "pin") == 0)
        code = chipid_keys_pin(value, length, keys, error);
    else if (strcmp(kind, "puk") == 0)
        code = chipid_keys_puk(value, length, keys, error);
    else if (strcmp(kind, "mrz") == 0)
        code = chipid_keys_mrz(value, length, keys, error);
    else if (strcmp(kind, "number") == 0)
        code = chipid_keys_number(value, length, keys, error);
    else if (strcmp(kind, "qr") == 0)
        code = chipid_keys_qr((const uint8_t *)value, length, keys, error);
    else if (strcmp(kind, "qr_file") == 0) {
        uint8_t *picture = file_bytes(value, &length);
        code = chipid_keys_qr(picture, length, keys, error);
        free(picture);
    } else if (strcmp(kind, "document") == 0 && count == 3)
        code = chipid_keys_document(parts[0], strlen(parts[0]), parts[1], strlen(parts[1]), parts[2], strlen(parts[2]), keys, error);
    else if (strcmp(kind, "number_and_days") == 0 && count == 3)
        code = chipid_keys_number_and_days(parts[0], strlen(parts[0]), (uint32_t)strtoul(parts[1], NULL, 10),
                                           (uint32_t)strtoul(parts[2], NULL, 10), keys, error);
    free(copy);
    return code;
}

uint32_t capture_of(const char *name) {
    return !name || strcmp(name, "file") == 0      ? CHIPID_CAPTURE_FILE
           : strcmp(name, "camera") == 0           ? CHIPID_CAPTURE_CAMERA
           : strcmp(name, "station") == 0          ? CHIPID_CAPTURE_STATION
           : strcmp(name, "external") == 0         ? CHIPID_CAPTURE_EXTERNAL
                                                   : UINT32_MAX;
}
