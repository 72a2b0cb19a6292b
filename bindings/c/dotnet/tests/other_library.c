/* A library of this name that is not the assembly's: of another VERSION, or, where that is the assembly's, built without readers. It makes
 * handles and does nothing with them. */
#include <chipid.h>

static int made;

const char *chipid_version(void) { return VERSION; }

int32_t chipid_keys_can(const char *digits, size_t length, chipid_keys **keys, chipid_error **error) {
    (void)digits, (void)length;
    *error = 0, *keys = (chipid_keys *)&made;
    return 0;
}

int32_t chipid_reading_new(const chipid_keys *keys, chipid_reading **reading, chipid_error **error) {
    (void)keys;
    *error = 0, *reading = (chipid_reading *)&made;
    return 0;
}

int32_t chipid_cancel_new(chipid_cancel **cancel, chipid_error **error) {
    *error = 0, *cancel = (chipid_cancel *)&made;
    return 0;
}

void chipid_keys_free(chipid_keys **keys) { *keys = 0; }
void chipid_reading_free(chipid_reading **reading) { *reading = 0; }
void chipid_cancel_free(chipid_cancel **cancel) { *cancel = 0; }
void chipid_error_free(chipid_error **error) { *error = 0; }
