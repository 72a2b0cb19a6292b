/* The text form of the conformance run: blocks of key=value lines, a blank line between blocks; a line feed is \n, a backslash \\. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
    char *key;
    char *value;
} line;

typedef struct {
    line *lines;
    size_t count;
} block;

typedef struct {
    block *blocks;
    size_t count;
    /* What the lines point into. */
    char *text;
} blocks;

/* Reads a file of blocks; ends the program where that cannot be done. */
blocks blocks_read(const char *path);
void blocks_free(blocks *all);

/* The first value of a key, or null. */
const char *block_value(const block *all, const char *key);

/* What follows `prefix` in the key of a line, or null. */
const char *line_after(const line *one, const char *prefix);

/* Writes a line. */
void put(FILE *to, const char *key, const char *value);
/* Writes a line, the value as printf makes it. */
void put_as(FILE *to, const char *key, const char *format, ...);

/* Writes bytes as hexadecimal digits. */
void put_hex(FILE *to, const char *key, const uint8_t *bytes, size_t length);

/* A whole file; ends the program where it cannot be read. */
uint8_t *file_bytes(const char *path, size_t *length);

/* Hexadecimal digits as bytes; how many. */
size_t unhex(const char *digits, uint8_t *to, size_t room);

/* Cuts a text at its commas, in place, into so many parts at most; the last has the rest. How many. */
size_t cut(char *text, char **parts, size_t most);

/* A copy, or the end of the program. */
char *copy_of(const char *text);

#endif
