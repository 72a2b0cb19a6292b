#include "blocks.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void *need(void *memory) {
    if (!memory) {
        fprintf(stderr, "no memory\n");
        exit(2);
    }
    return memory;
}

/* Line feeds and backslashes, in place: the text only becomes shorter. */
static void unescape(char *value) {
    char *to = value;
    for (const char *from = value; *from; from++) {
        if (*from == '\\' && from[1]) {
            from++;
            *to++ = *from == 'n' ? '\n' : *from;
        } else {
            *to++ = *from;
        }
    }
    *to = 0;
}

static void add(blocks *all, char *key, char *value) {
    block *last = &all->blocks[all->count - 1];
    unescape(value);
    last->lines = need(realloc(last->lines, (last->count + 1) * sizeof *last->lines));
    last->lines[last->count++] = (line){key, value};
}

blocks blocks_read(const char *path) {
    size_t length = 0;
    blocks all = {0};
    uint8_t *bytes = file_bytes(path, &length);
    all.text = need(realloc(bytes, length + 1));
    all.text[length] = 0;
    int open = 0;
    for (char *at = all.text; *at;) {
        char *end = at + strcspn(at, "\n"), *next = *end ? end + 1 : end;
        *end = 0;
        char *equals = strchr(at, '=');
        if (equals) {
            *equals = 0;
            if (!open) {
                all.blocks = need(realloc(all.blocks, (all.count + 1) * sizeof *all.blocks));
                all.blocks[all.count++] = (block){0};
            }
            add(&all, at, equals + 1);
        }
        open = equals != NULL;
        at = next;
    }
    return all;
}

void blocks_free(blocks *all) {
    for (size_t i = 0; i < all->count; i++)
        free(all->blocks[i].lines);
    free(all->blocks);
    free(all->text);
}

const char *block_value(const block *all, const char *key) {
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->lines[i].key, key) == 0)
            return all->lines[i].value;
    return NULL;
}

const char *line_after(const line *one, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(one->key, prefix, length) == 0 ? one->key + length : NULL;
}

void put(FILE *to, const char *key, const char *value) {
    fprintf(to, "%s=", key);
    for (; *value; value++) {
        if (*value == '\n' || *value == '\\')
            fputc('\\', to);
        fputc(*value == '\n' ? 'n' : *value, to);
    }
    fputc('\n', to);
}

void put_as(FILE *to, const char *key, const char *format, ...) {
    char value[4096];
    va_list values;
    va_start(values, format);
    vsnprintf(value, sizeof value, format, values);
    va_end(values);
    put(to, key, value);
}

void put_hex(FILE *to, const char *key, const uint8_t *bytes, size_t length) {
    fprintf(to, "%s=", key);
    for (size_t i = 0; i < length; i++)
        fprintf(to, "%02x", bytes[i]);
    fputc('\n', to);
}

uint8_t *file_bytes(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    uint8_t *bytes = NULL;
    size_t room = 0;
    *length = 0;
    do {
        room = room ? 2 * room : 65536;
        bytes = need(realloc(bytes, room));
        *length += fread(bytes + *length, 1, room - *length, file);
    } while (*length == room);
    fclose(file);
    return bytes;
}

size_t unhex(const char *digits, uint8_t *to, size_t room) {
    size_t count = 0;
    for (unsigned byte; count < room && digits[0] && digits[1] && sscanf(digits, "%2x", &byte) == 1; digits += 2)
        to[count++] = (uint8_t)byte;
    return count;
}

size_t cut(char *text, char **parts, size_t most) {
    size_t count = 0;
    for (char *at = text; at && count < most; count++) {
        parts[count] = at;
        at = count + 1 < most ? strchr(at, ',') : NULL;
        if (at)
            *at++ = 0;
    }
    return count;
}

char *copy_of(const char *text) {
    size_t length = strlen(text) + 1;
    return memcpy(need(malloc(length)), text, length);
}
