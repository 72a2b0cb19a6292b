/* conformance callback|steps: a member of the conformance run (bindings/conformance/README.md), in C over chipid.h. */
#include "carry_out.h"
#include "overhead.h"
#include <stdlib.h>
#include <string.h>

static const char *environment(const char *name) {
    const char *value = getenv(name);
    if (!value) {
        fprintf(stderr, "%s is not set\n", name);
        exit(2);
    }
    return value;
}

int main(int argc, char **argv) {
    way how = argc == 2 && strcmp(argv[1], "steps") == 0 ? IN_STEPS : BY_CALLBACK;
    const char *mode = getenv("CHIPID_CONFORMANCE_MODE");
    blocks cases = blocks_read(environment("CHIPID_CONFORMANCE_CASES"));
    FILE *results = fopen(environment("CHIPID_CONFORMANCE_RESULTS"), "w");
    models kept = {0};
    if (!results) {
        perror("results");
        return 2;
    }
    for (size_t i = 0; i < cases.count; i++) {
        if (mode && strcmp(mode, "overhead") == 0)
            overhead(&cases.blocks[i], how, results);
        else
            carry_out(&cases.blocks[i], how, environment("CHIPID_CONFORMANCE_PORT"), &kept, results);
    }
    models_free(&kept);
    blocks_free(&cases);
    return fclose(results) != 0;
}
