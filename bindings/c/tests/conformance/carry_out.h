/* Carries out one case through chipid.h, and writes its result. */
#ifndef CARRY_OUT_H
#define CARRY_OUT_H

#include "blocks.h"
#include "chipid.h"

/* How a card is read. */
typedef enum { BY_CALLBACK, IN_STEPS } way;

/* Models stay loaded from one case to the next. */
typedef struct {
    chipid_faces *faces;
    char *folder;
    int as_bytes;
} models;

void models_free(models *kept);
int32_t models_load(models *kept, const char *folder, int as_bytes, chipid_error **error);

void carry_out(const block *said, way way, const char *port, models *kept, FILE *results);

#endif
