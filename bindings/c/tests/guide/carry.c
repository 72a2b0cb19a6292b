/* What the guide leaves to its reader: the way to the chip, here to a card of the card server. */
#include "card.h"
#include <stdlib.h>

int32_t carry(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *length);

int32_t carry(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *length) {
    static const block nothing_said = {0};
    static card one;
    (void)user;
    if (!one.said) {
        one.port = getenv("CHIPID_CONFORMANCE_PORT"), one.name = getenv("CHIPID_TEST_CARD");
        one.said = &nothing_said, one.connection = -1;
    }
    return card_transmit(&one, command, command_length, response, length);
}
