/* A card behind the card server: a connection is a card that lies on the reader, and its end a card that was taken away. */
#ifndef CARD_H
#define CARD_H

#include "blocks.h"
#include "chipid.h"

typedef struct {
    const char *port;
    const char *name;
    /* The case, which says at which commands something goes wrong. */
    const block *said;
    int connection;
    unsigned asked;
    unsigned carried;
    /* Called with when `cancel_after` commands were carried. */
    chipid_cancel *cancel;
} card;

#define RESPONSE_ROOM 65544

/* Carries a command as chipid_transmit does; `user` is a card. */
int32_t card_transmit(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *response_length);

void card_away(card *one);

#endif
