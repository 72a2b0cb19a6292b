// An exception leaves a callback of C's: the process ends, with a word on why, and nothing goes on in a state that nobody knows. chipid.hpp is for those
// who throw.
#include <chipid.h>
#include <stdexcept>

static int32_t throws(void *, const uint8_t *, size_t, uint8_t *, size_t *) {
    throw std::runtime_error("of the application");
}

int main() {
    chipid_keys *keys = nullptr;
    chipid_reading *reading = nullptr;
    chipid_document *document = nullptr;
    if (chipid_keys_can("123456", 6, &keys, nullptr) || chipid_reading_new(keys, &reading, nullptr))
        return 2;
    chipid_reading_run(reading, throws, nullptr, nullptr, &document, nullptr);
    return 0;
}
