/* signed CERTIFICATE ANSWER SIGNATURE: whether the answer is signed by the certificate's key. */
#include "over_a_pipe.h"

int main(int argc, char **argv) {
    size_t lengths[3] = {0};
    uint8_t *files[3];
    if (argc != 4)
        return 4;
    for (int i = 0; i < 3; i++)
        files[i] = file_bytes(argv[i + 1], &lengths[i]);
    int32_t is_signed = 0;
    chipid_error *error = NULL;
    must(chipid_confirmation_is_signed_by(files[0], lengths[0], files[1], lengths[1], files[2], lengths[2], &is_signed, &error), &error);
    printf("signed %d\n", (int)is_signed);
    for (int i = 0; i < 3; i++)
        free(files[i]);
    return 0;
}
