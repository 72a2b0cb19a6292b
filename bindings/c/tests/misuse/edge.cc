// edge CARD CAN: what C++ does at the edge that C cannot: callables that throw, owners that move. The card is one of the card server's
// (CHIPID_CONFORMANCE_PORT). That nothing unwinds through the library needs no test of its own: it would end the process (throws.cc).
#include <chipid.hpp>

extern "C" {
#include "../conformance/card.h"
}
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>

static_assert(noexcept(chipid::detail::chipid_hpp_transmit(nullptr, nullptr, 0, nullptr, nullptr)), "nothing is thrown into the library");
static_assert(noexcept(chipid::detail::chipid_hpp_progress(nullptr, nullptr)), "nothing is thrown into the library");
static_assert(!std::is_copy_constructible_v<chipid::owner<chipid_keys>> && !std::is_copy_assignable_v<chipid::owner<chipid_keys>>);
static_assert(std::is_nothrow_move_constructible_v<chipid::owner<chipid_keys>> && std::is_nothrow_move_assignable_v<chipid::owner<chipid_keys>>);
static_assert(!std::is_copy_constructible_v<chipid::bytes> && std::is_nothrow_move_assignable_v<chipid::bytes>);

static int failures = 0;
static std::string card_name, can;

static void expect(const char *what, long long is, long long expected) {
    if (is != expected) {
        std::printf("%s: %lld, expected %lld\n", what, is, expected);
        failures++;
    }
}

/// A card that lies on the reader of the server; each name is another card.
class laid_down {
public:
    explicit laid_down(const char *what) : name_(card_name + "-" + what) {
        card_.port = std::getenv("CHIPID_CONFORMANCE_PORT"), card_.name = name_.c_str();
        card_.said = &nothing_said, card_.connection = -1;
    }
    ~laid_down() { card_away(&card_); }
    laid_down(const laid_down &) = delete;
    laid_down &operator=(const laid_down &) = delete;

    std::size_t operator()(chipid::command command, chipid::room response) {
        std::size_t length = response.size;
        const std::int32_t code = card_transmit(&card_, command.data, command.size, response.data, &length);
        if (code != 0)
            throw chipid::transport_error(code);
        return length;
    }
    unsigned carried() const { return card_.carried; }

private:
    static constexpr block nothing_said{};
    std::string name_;
    card card_{};
};

static chipid::owner<chipid_reading> new_reading() {
    chipid::owner<chipid_keys> keys;
    chipid::owner<chipid_reading> reading;
    chipid::call(chipid_keys_can, can.data(), can.size(), keys.out());
    chipid::call(chipid_reading_new, keys.get(), reading.out());
    return reading;
}

/// What comes out of `work`: an exception of that type, or none.
template <typename Thrown, typename Work>
static bool throws(Work work) {
    try {
        work();
        return false;
    } catch (const Thrown &) {
        return true;
    } catch (...) {
        return false;
    }
}

struct of_the_application : std::runtime_error {
    explicit of_the_application(int at) : std::runtime_error("of the application"), at(at) {}
    int at;
};

/// At a run's first command, at the next one's second, and so on: an exception of its own type comes out, nothing is carried after it, and the
/// next run goes on where that one stopped, until one ends before it comes to that.
static void thrown_at_every_command() {
    laid_down card("every");
    auto reading = new_reading();
    chipid::owner<chipid_document> document;
    int asked = 0, thrown = 0;
    auto carry = [&](chipid::command command, chipid::room response) {
        if (++asked > thrown)
            throw of_the_application(asked);
        return card(command, response);
    };
    while (!document && thrown < 500) {
        asked = 0;
        try {
            document = chipid::run(reading, carry);
        } catch (const of_the_application &caught) {
            expect("the last that was asked for", asked, caught.at);
            thrown++;
        }
    }
    expect("read in the end", document ? 1 : 0, 1);
    expect("thrown often", thrown > 20, 1);
}

static void thrown_things() {
    auto reading = new_reading();
    const auto with = [&](auto carry) { return [&reading, carry] { chipid::run(reading, carry); }; };
    using chipid::command, chipid::room;
    expect("an exception", throws<std::runtime_error>(with([](command, room) -> std::size_t { throw std::runtime_error("of the application"); })), 1);
    expect("an int", throws<int>(with([](command, room) -> std::size_t { throw 7; })), 1);
    expect("a null", throws<std::nullptr_t>(with([](command, room) -> std::size_t { throw nullptr; })), 1);
    expect("no function at all", throws<std::bad_function_call>(with(std::function<std::size_t(command, room)>())), 1);
    expect("an exception within one", throws<std::nested_exception>(with([](command, room) -> std::size_t {
        try {
            throw 7;
        } catch (int) {
            std::throw_with_nested(std::runtime_error("of the application"));
        }
    })), 1);
    const std::int32_t codes[] = {CHIPID_ERROR_CARD_REMOVED, CHIPID_ERROR_TIMEOUT, 0, 2002, -1};
    for (const std::int32_t code : codes) {
        try {
            chipid::run(reading, [code](command, room) -> std::size_t { throw chipid::transport_error(code); });
            expect("a transport's error", 0, 1);
        } catch (const chipid::transport_error &caught) {
            expect("as it was thrown", caught.code(), code);
        }
    }
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{70000}, SIZE_MAX}) {
        try {
            chipid::run(reading, [length](command, room) { return length; });
            expect("garbage", 0, 1);
        } catch (const chipid::failure &caught) {
            expect("a malformed response", caught.code(), CHIPID_ERROR_RESPONSE_MALFORMED);
            expect("in words", std::string(caught.what()).size() > 10, 1);
        }
    }
}

/// The library's own word on an exception: what the other languages show, and C++ keeps back for what was thrown.
static void the_code_beneath() {
    auto reading = new_reading();
    chipid::detail::edge to;
    to.carry = [](void *, chipid::command, chipid::room) -> std::size_t { throw 7; };
    chipid::owner<chipid_document> document;
    chipid::owner<chipid_error> error;
    const auto code = chipid_reading_run(reading.get(), chipid::detail::chipid_hpp_transmit, &to, nullptr, document.out(), error.out());
    expect("1016", code, CHIPID_ERROR_TRANSPORT_FAILED);
    expect("no document", document ? 1 : 0, 0);
    expect("kept", to.thrown != nullptr, 1);
}

static void callables() {
    laid_down first("lambda"), second("function"), third("plain"), fourth("only-moves");
    chipid::run(new_reading(), [&](chipid::command command, chipid::room response) { return first(command, response); });
    std::function<std::size_t(chipid::command, chipid::room)> held = std::ref(second);
    std::function<void(const chipid_progress &)> told = [](const chipid_progress &) {};
    chipid::run(new_reading(), held, told);
    static laid_down *plain_card;
    plain_card = &third;
    struct plain {
        static std::size_t carry(chipid::command command, chipid::room response) { return (*plain_card)(command, response); }
        static void tell(const chipid_progress &) {}
    };
    chipid::run(new_reading(), plain::carry, plain::tell);
    chipid::run(new_reading(), [&fourth, alone = std::make_unique<int>(1)](chipid::command command, chipid::room response) mutable {
        ++*alone;
        return fourth(command, response);
    });
    expect("all read the same", first.carried() == second.carried() && third.carried() == fourth.carried() && first.carried() == third.carried(), 1);
}

/// A listener that throws, at the first it is told, half-way and at the very last; a reading whose listener is gone tells nobody.
static void listeners() {
    laid_down card("progress");
    auto reading = new_reading();
    int told = 0, last = 0;
    auto throws_at = [&](int at) {
        return [&, at](const chipid_progress &) {
            if (++told == at)
                throw of_the_application(at);
        };
    };
    for (int at : {1, 5}) {
        told = 0;
        expect("a listener that throws", throws<of_the_application>([&] { chipid::run(reading, std::ref(card), throws_at(at)); }), 1);
        expect("is told no more", told, at);
    }
    told = 0;
    expect("the rest", chipid::run(reading, std::ref(card), throws_at(-1)) ? 1 : 0, 1);
    last = told;
    expect("told often", last > 10, 1);
    chipid::run(reading, std::ref(card));
    expect("told nothing where nobody listens", told, last);
    auto tells_done = [](const chipid_progress &now) {
        if (now.phase == 4)
            throw of_the_application(0);
    };
    expect("the last of all", throws<of_the_application>([&] { chipid::run(reading, std::ref(card), tells_done); }), 1);
    expect("and once more", chipid::run(reading, std::ref(card)) ? 1 : 0, 1);
}

static void re_entered() {
    laid_down card("re-enters"), inner("within");
    auto reading = new_reading();
    int refused = 0, told = 0, read = 0;
    auto within = [&](chipid::command command, chipid::room response) {
        if (card.carried() == 3) {
            try {
                chipid::run(reading, std::ref(inner), [&](const chipid_progress &) { told = -1000; });
            } catch (const chipid::failure &caught) {
                refused += caught.code() == CHIPID_ERROR_BUSY;
            }
            read += chipid::run(new_reading(), std::ref(inner)) ? 1 : 0;
        }
        return card(command, response);
    };
    expect("beside all that", chipid::run(reading, within, [&](const chipid_progress &) { told++; }) ? 1 : 0, 1);
    expect("the same reading is refused", refused, 1);
    expect("another one is read", read, 1);
    expect("the listener is still the first", told > 10, 1);
    expect("what is refused within comes out where nobody catches it", throws<chipid::failure>([&] {
        chipid::run(reading, [&](chipid::command, chipid::room) -> std::size_t {
            chipid::run(reading, std::ref(inner));
            return 0;
        });
    }), 1);
}

static void cancelled() {
    laid_down card("cancelled");
    auto reading = new_reading();
    chipid::owner<chipid_cancel> cancel;
    chipid::call(chipid_cancel_new, cancel.out());
    auto carry = [&](chipid::command command, chipid::room response) {
        if (card.carried() == 3)
            std::thread([&] { chipid_cancel_cancel(cancel.get()); }).join();
        return card(command, response);
    };
    try {
        chipid::run(reading, carry, {}, cancel.get());
        expect("a run that was cancelled", 0, 1);
    } catch (const chipid::failure &caught) {
        expect("cancelled", caught.code(), CHIPID_ERROR_CANCELLED);
    }
    expect("the same reading again", chipid::run(reading, std::ref(card)) ? 1 : 0, 1);
}

/// Under AddressSanitizer and valgrind: what is freed twice or never ends the program.
static void owners() {
    chipid::owner<chipid_keys> first, second;
    chipid::call(chipid_keys_can, "123456", 6u, first.out());
    chipid_keys *const kept = first.get();
    second = std::move(first);
    expect("moved", second.get() == kept && !first, 1);
    chipid::owner<chipid_keys> third(std::move(second));
    expect("moved again", third.get() == kept && !second, 1);
    chipid::owner<chipid_keys> &same = third;
    third = std::move(same);
    third.reset(third.get());
    expect("moved to itself", third.get() == kept, 1);
    chipid::call(chipid_keys_can, "654321", 6u, third.out());
    chipid::call(chipid_keys_can, "123456", 6u, second.out());
    second = std::move(third);
    expect("what was there is freed, and the other one of use", chipid::owner<chipid_reading>() ? 1 : 0, 0);
    chipid::owner<chipid_reading> reading;
    chipid::call(chipid_reading_new, second.get(), reading.out());
    chipid_keys *given = second.release();
    expect("given away", !second && given != nullptr, 1);
    chipid_keys_free(&given);
    try {
        chipid::call(chipid_keys_can, "12345", 5u, second.out());
        expect("a CAN of five", 0, 1);
    } catch (const chipid::failure &caught) {
        expect("is none", caught.code(), CHIPID_ERROR_CAN_MALFORMED);
        expect("no file, no offset, no word, no tries", caught.file() == 0 && caught.offset() == -1 && caught.status_word() == -1 && caught.tries_left() == -1, 1);
        expect("and no keys", second ? 1 : 0, 0);
    }
    expect("a code alone", throws<chipid::failure>([] { chipid::must(chipid_cancel_cancel(nullptr)); }), 1);

    chipid::owner<chipid_document> document;
    chipid::bytes got, other;
    chipid::call(chipid_document_new, document.out());
    chipid::call(chipid_document_add, document.get(), 0x011Du, reinterpret_cast<const std::uint8_t *>("some"), 4u);
    for (int twice = 0; twice < 2; twice++)
        chipid::call(chipid_document_danger_unverified_file, document.get(), 0x011Du, got.out());
    other = std::move(got);
    chipid::bytes &same_bytes = other;
    other = std::move(same_bytes);
    expect("bytes moved", other.text() == "some" && other.size() == 4 && !got, 1);
    chipid::call(chipid_document_danger_unverified_file, document.get(), 0x0101u, other.out());
    expect("no such file", other ? 1 : 0, 0);
}

#if defined(CHIPID_PCSC)
/// Without a reader: what can be said of the call itself.
static void on_no_reader() {
    auto reading = new_reading();
    int told = 0;
    expect("no such reader", throws<chipid::failure>([&] {
        chipid::run_on_reader(reading, "No Such Reader", std::chrono::milliseconds(-5), [&](const chipid_progress &) { told++; });
    }), 1);
    expect("nothing to tell", told, 0);
}
#endif

int main(int argc, char **argv) {
    if (argc != 3 || std::getenv("CHIPID_CONFORMANCE_PORT") == nullptr)
        return 4;
    card_name = argv[1], can = argv[2];
    try {
        thrown_at_every_command();
        thrown_things();
        the_code_beneath();
        callables();
        listeners();
        re_entered();
        cancelled();
        owners();
#if defined(CHIPID_PCSC)
        on_no_reader();
#endif
    } catch (const std::exception &caught) {
        std::printf("not caught where it should be: %s\n", caught.what());
        failures++;
    }
    std::puts(failures != 0 ? "misused" : "refused");
    return failures != 0;
}
