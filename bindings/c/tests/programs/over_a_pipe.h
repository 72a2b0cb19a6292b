/* What the programs of the tests share: APDUs cross as lines of hexadecimal digits on standard output and standard input. */
#ifndef OVER_A_PIPE_H
#define OVER_A_PIPE_H

#include "chipid.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 65538

/* Ends the program with the error's JSON where a call failed. */
static inline void must(int32_t code, chipid_error **error) {
    if (code == 0)
        return;
    chipid_bytes json = {0};
    if (error && *error && chipid_error_json(*error, &json) == 0)
        printf("error %s\n", (const char *)json.data);
    chipid_bytes_free(&json);
    chipid_error_free(error);
    exit(3);
}

static inline void say_apdu(const uint8_t *command, size_t length) {
    printf("apdu ");
    for (size_t i = 0; i < length; i++)
        printf("%02x", command[i]);
    printf("\n");
    fflush(stdout);
}

/* A line of hexadecimal digits, or the code of a transport's error as "!1001". */
static inline int32_t hear_response(uint8_t *response, size_t *length) {
    static char line[2 * ROOM + 3];
    if (!fgets(line, sizeof line, stdin))
        return 1001;
    if (line[0] == '!')
        return (int32_t)strtol(line + 1, NULL, 10);
    size_t digits = strcspn(line, "\r\n"), room = *length;
    if (digits / 2 > room)
        return 1013;
    for (size_t i = 0; i < digits / 2; i++) {
        unsigned byte;
        if (sscanf(line + 2 * i, "%2x", &byte) != 1)
            return 1013;
        response[i] = (uint8_t)byte;
    }
    *length = digits / 2;
    return 0;
}

/* A whole file. */
static inline uint8_t *file_bytes(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        exit(4);
    long size = ftell(file);
    uint8_t *bytes = (uint8_t *)malloc(size > 0 ? (size_t)size : 1);
    rewind(file);
    if (size < 0 || !bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        exit(4);
    fclose(file);
    *length = (size_t)size;
    return bytes;
}

#endif
