#define _POSIX_C_SOURCE 200809L
#include "card.h"
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CARD_REMOVED 1001
#define TOO_LONG 1012
/* No code of the library's: what a callback returns that is not written well. */
#define UNKNOWN_CODE 1

static int all_sent(int to, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return 0;
        bytes += sent;
        length -= (size_t)sent;
    }
    return 1;
}

static int all_received(int from, uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t received = recv(from, bytes, length, 0);
        if (received <= 0)
            return 0;
        bytes += received;
        length -= (size_t)received;
    }
    return 1;
}

static int send_frame(int to, const void *bytes, size_t length) {
    uint8_t frame[4 + RESPONSE_ROOM];
    if (length > RESPONSE_ROOM)
        return 0;
    for (int i = 0; i < 4; i++)
        frame[i] = (uint8_t)(length >> (24 - 8 * i));
    memcpy(frame + 4, bytes, length);
    return all_sent(to, frame, 4 + length);
}

static int receive_frame(int from, uint8_t *bytes, size_t *length) {
    uint8_t header[4];
    if (!all_received(from, header, 4))
        return 0;
    size_t says = (size_t)header[0] << 24 | (size_t)header[1] << 16 | (size_t)header[2] << 8 | header[3];
    if (says > *length)
        return 0;
    *length = says;
    return all_received(from, bytes, says);
}

static int connected(card *one) {
    struct addrinfo hints = {0}, *found = NULL;
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo("127.0.0.1", one->port, &hints, &found) != 0)
        return 0;
    int made = socket(found->ai_family, found->ai_socktype, found->ai_protocol), at_once = 1;
    if (made >= 0 && connect(made, found->ai_addr, found->ai_addrlen) == 0
        && setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once) == 0
        && send_frame(made, one->name, strlen(one->name)))
        one->connection = made;
    else if (made >= 0)
        close(made);
    freeaddrinfo(found);
    return one->connection >= 0;
}

void card_away(card *one) {
    if (one->connection >= 0)
        close(one->connection);
    one->connection = -1;
}

/* What the case says of the command that is asked for now: 0, or what is returned instead of carrying it. */
static int32_t goes_wrong(const card *one) {
    for (size_t i = 0; i < one->said->count; i++) {
        const line *line = &one->said->lines[i];
        const char *at = line_after(line, "fail.");
        if (at && strtoul(at, NULL, 10) == one->asked)
            return (int32_t)strtol(line->value, NULL, 10);
        if (strcmp(line->key, "throw_at") == 0 && strtoul(line->value, NULL, 10) == one->asked)
            return UNKNOWN_CODE;
    }
    return 0;
}

int32_t card_transmit(void *user, const uint8_t *command, size_t command_length, uint8_t *response, size_t *response_length) {
    card *one = (card *)user;
    one->asked++;
    int32_t wrong = goes_wrong(one);
    if (wrong)
        return wrong;
    if (one->connection < 0 && !connected(one))
        return CARD_REMOVED;
    if (command_length > RESPONSE_ROOM)
        return TOO_LONG;
    if (!send_frame(one->connection, command, command_length) || !receive_frame(one->connection, response, response_length)) {
        card_away(one);
        return CARD_REMOVED;
    }
    one->carried++;
    const char *most = block_value(one->said, "cancel_after");
    if (most && one->carried == strtoul(most, NULL, 10))
        chipid_cancel_cancel(one->cancel);
    return 0;
}
