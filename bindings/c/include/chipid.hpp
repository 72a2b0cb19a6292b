/* chipid for C++17, over chipid.h: what C cannot have, and no more. Handles and bytes that free themselves, errors that are thrown, and
 * callables that may throw where C has functions that must not. Everything else is called as the C header has it. Header only. */

#ifndef CHIPID_HPP
#define CHIPID_HPP

#include <chipid.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace chipid {

namespace detail {
inline void free_at(chipid_assessment **place) noexcept { chipid_assessment_free(place); }
inline void free_at(chipid_cancel **place) noexcept { chipid_cancel_free(place); }
inline void free_at(chipid_confirmation **place) noexcept { chipid_confirmation_free(place); }
inline void free_at(chipid_document **place) noexcept { chipid_document_free(place); }
inline void free_at(chipid_error **place) noexcept { chipid_error_free(place); }
inline void free_at(chipid_faces **place) noexcept { chipid_faces_free(place); }
inline void free_at(chipid_keys **place) noexcept { chipid_keys_free(place); }
inline void free_at(chipid_live_images **place) noexcept { chipid_live_images_free(place); }
inline void free_at(chipid_policy **place) noexcept { chipid_policy_free(place); }
inline void free_at(chipid_reading **place) noexcept { chipid_reading_free(place); }
inline void free_at(chipid_report **place) noexcept { chipid_report_free(place); }
inline void free_at(chipid_trust **place) noexcept { chipid_trust_free(place); }
inline void free_at(chipid_verdict **place) noexcept { chipid_verdict_free(place); }
} // namespace detail

/* Owns a handle (`owner<chipid_keys>`), or none, and frees it: once, and never more. The library leaves a handle that is in use by another
 * call as it is; such a one must not lose its owner. */
template <typename Handle>
class owner {
public:
    owner() noexcept = default;
    /* Takes over what the library gave. */
    explicit owner(Handle *given) noexcept : held_(given) {}
    owner(owner &&other) noexcept : held_(other.release()) {}
    owner &operator=(owner &&other) noexcept {
        reset(other.release());
        return *this;
    }
    ~owner() { detail::free_at(&held_); }

    Handle *get() const noexcept { return held_; }
    explicit operator bool() const noexcept { return held_ != nullptr; }

    /* The place where a function of the library puts what it makes; what was held before is freed. */
    Handle **out() noexcept {
        reset();
        return &held_;
    }

    /* Gives it away: whoever takes it frees it. */
    [[nodiscard]] Handle *release() noexcept { return std::exchange(held_, nullptr); }

    /* Frees what is held, and takes this over. */
    void reset(Handle *given = nullptr) noexcept {
        if (given == held_ && given != nullptr)
            return;
        detail::free_at(&held_);
        held_ = given;
    }

private:
    Handle *held_ = nullptr;
};

/* Owns bytes that the library gave: wipes and frees them. Text among them is UTF-8, with a NUL behind it. */
class bytes {
public:
    bytes() noexcept = default;
    /* Takes over what the library gave. */
    explicit bytes(chipid_bytes given) noexcept : held_(given) {}
    bytes(bytes &&other) noexcept : held_(std::exchange(other.held_, chipid_bytes{nullptr, 0})) {}
    bytes &operator=(bytes &&other) noexcept {
        if (this != &other) {
            chipid_bytes_free(&held_);
            held_ = std::exchange(other.held_, chipid_bytes{nullptr, 0});
        }
        return *this;
    }
    ~bytes() { chipid_bytes_free(&held_); }

    const std::uint8_t *data() const noexcept { return held_.data; }
    std::size_t size() const noexcept { return held_.length; }
    /* Whether there was something to give; an empty text is something. */
    explicit operator bool() const noexcept { return held_.data != nullptr; }
    /* For as long as these bytes are held: a copy of it is the caller's to wipe. */
    std::string_view text() const noexcept { return {reinterpret_cast<const char *>(held_.data), held_.length}; }

    /* The place where a function of the library puts bytes; what was held before is freed. */
    chipid_bytes *out() noexcept {
        chipid_bytes_free(&held_);
        return &held_;
    }

private:
    chipid_bytes held_{nullptr, 0};
};

/* A call that could not be done: the permanent code, a sentence in English for a developer, and what else is known. Nothing of the holder. */
class failure : public std::runtime_error {
public:
    explicit failure(std::int32_t code, const chipid_error *told = nullptr)
        : std::runtime_error(sentence(code, told)), code_(code), file_(chipid_error_file(told)), offset_(chipid_error_offset(told)),
          status_word_(chipid_error_status_word(told)), tries_left_(chipid_error_tries_left(told)) {}

    std::int32_t code() const noexcept { return code_; }
    /* As the functions of chipid_error say it: 0 for no file, -1 for what is not known. */
    std::uint32_t file() const noexcept { return file_; }
    std::int64_t offset() const noexcept { return offset_; }
    std::int32_t status_word() const noexcept { return status_word_; }
    std::int32_t tries_left() const noexcept { return tries_left_; }

private:
    static std::string sentence(std::int32_t code, const chipid_error *told) {
        return told ? chipid_error_message(told) : "chipid: error " + std::to_string(code);
    }

    std::int32_t code_;
    std::uint32_t file_;
    std::int64_t offset_;
    std::int32_t status_word_;
    std::int32_t tries_left_;
};

/* What a callable throws that carries commands, where it knows what is wrong: CHIPID_ERROR_CARD_REMOVED, CHIPID_ERROR_TIMEOUT and so on. */
class transport_error : public failure {
public:
    explicit transport_error(std::int32_t code) : failure(code) {}
};

/* Throws what a code tells, where it tells something. */
inline void must(std::int32_t code, const owner<chipid_error> &error = owner<chipid_error>()) {
    if (code != 0)
        throw failure(code, error.get());
}

/* Calls a function of the library, which wants a place for its error last: that place is given here, and the error thrown as a failure.
 *
 *     chipid::owner<chipid_keys> keys;
 *     chipid::call(chipid_keys_can, "123456", 6u, keys.out()); */
template <typename... Parameters, typename... Arguments>
void call(std::int32_t (*function)(Parameters...), Arguments &&...arguments) {
    owner<chipid_error> error;
    const std::int32_t code = function(std::forward<Arguments>(arguments)..., error.out());
    must(code, error);
}

/* A command APDU, for as long as the call lasts. */
struct command {
    const std::uint8_t *data;
    std::size_t size;
};

/* Room for a response APDU, more than any is long. */
struct room {
    std::uint8_t *data;
    std::size_t size;
};

/* Is told of progress and does nothing. */
struct nobody {
    void operator()(const chipid_progress &) const noexcept {}
};

namespace detail {
/* A run's callables, with their types forgotten, and what one of them threw. After that none is called any more. */
struct edge {
    void *transmit = nullptr;
    std::size_t (*carry)(void *, command, room) = nullptr;
    void *progress = nullptr;
    void (*tell)(void *, const chipid_progress &) = nullptr;
    /* What stops a run on a reader, where there is no next command to refuse. */
    const chipid_cancel *stops = nullptr;
    std::exception_ptr thrown;
};

/* Nothing is thrown across the library: what a callable throws stays in the edge until the run has returned. */
extern "C" inline std::int32_t chipid_hpp_transmit(
    void *user, const std::uint8_t *data, std::size_t size, std::uint8_t *response, std::size_t *response_length) noexcept {
    edge &to = *static_cast<edge *>(user);
    if (to.thrown)
        return CHIPID_ERROR_TRANSPORT_FAILED;
    try {
        *response_length = to.carry(to.transmit, command{data, size}, room{response, *response_length});
        return 0;
    } catch (const transport_error &told) {
        to.thrown = std::current_exception();
        return told.code() != 0 ? told.code() : static_cast<std::int32_t>(CHIPID_ERROR_TRANSPORT_FAILED);
    } catch (...) {
        to.thrown = std::current_exception();
        return CHIPID_ERROR_TRANSPORT_FAILED;
    }
}

extern "C" inline void chipid_hpp_progress(void *user, const chipid_progress *now) noexcept {
    edge &to = *static_cast<edge *>(user);
    if (to.thrown)
        return;
    try {
        to.tell(to.progress, *now);
    } catch (...) {
        to.thrown = std::current_exception();
        if (to.stops != nullptr)
            chipid_cancel_cancel(to.stops);
    }
}

/* Has a reading tell an edge of its progress, for as long as a run lasts. */
class listening {
public:
    listening(const chipid_reading *reading, edge &to) : reading_(reading) { call(chipid_reading_on_progress, reading_, chipid_hpp_progress, &to); }
    ~listening() { chipid_reading_on_progress(reading_, nullptr, nullptr, nullptr); }
    listening(const listening &) = delete;
    listening &operator=(const listening &) = delete;

private:
    const chipid_reading *reading_;
};

/* Runs a reading by `how`, and throws what a callable threw rather than the library's word on it. */
template <typename Progress, typename How>
owner<chipid_document> ran(const chipid_reading *reading, edge &to, Progress &progress, How how) {
    owner<chipid_document> document;
    owner<chipid_error> error;
    std::int32_t code = 0;
    {
        auto tell = [&progress](const chipid_progress &now) { progress(now); };
        using Tell = decltype(tell);
        to.progress = &tell;
        to.tell = [](void *told, const chipid_progress &now) { (*static_cast<Tell *>(told))(now); };
        std::optional<listening> listens;
        if constexpr (!std::is_same_v<std::remove_cv_t<Progress>, nobody>)
            listens.emplace(reading, to);
        code = how(document.out(), error.out());
    }
    if (to.thrown)
        std::rethrow_exception(to.thrown);
    must(code, error);
    return document;
}
} // namespace detail

/* Reads the document, with `transmit` to carry each command: `std::size_t transmit(chipid::command, chipid::room)` puts the chip's answer into
 * the room and returns its length. It throws a transport_error for what went wrong on the way, or whatever else it likes, which counts as 1016:
 * nothing more is carried then, and what was thrown comes out of here, as it was. So does what `progress` throws
 * (`void progress(const chipid_progress &)`). Both are called on this thread, and may call anything but this same reading (8903). Run again,
 * the reading goes on where it stopped. `cancel` may be null. */
template <typename Transmit, typename Progress = nobody>
owner<chipid_document> run(
    const owner<chipid_reading> &reading, Transmit &&transmit, Progress &&progress = {}, const chipid_cancel *cancel = nullptr) {
    auto carry = [&transmit](command one, room response) -> std::size_t { return transmit(one, response); };
    using Carry = decltype(carry);
    detail::edge to;
    to.transmit = &carry;
    to.carry = [](void *carries, command one, room response) { return (*static_cast<Carry *>(carries))(one, response); };
    return detail::ran(reading.get(), to, progress, [&](chipid_document **out, chipid_error **error) {
        return chipid_reading_run(reading.get(), detail::chipid_hpp_transmit, &to, cancel, out, error);
    });
}

#if defined(CHIPID_PCSC)
/* The same on a reader (chipid_reading_run_on_reader). What `progress` throws stops the reading by `cancel`, which is used up then; where that is
 * null, by one of its own. */
template <typename Progress = nobody>
owner<chipid_document> run_on_reader(
    const owner<chipid_reading> &reading, std::string_view name, std::chrono::milliseconds wait, Progress &&progress = {},
    const chipid_cancel *cancel = nullptr) {
    owner<chipid_cancel> own;
    if (cancel == nullptr)
        call(chipid_cancel_new, own.out());
    detail::edge to;
    to.stops = cancel != nullptr ? cancel : own.get();
    const auto whole = static_cast<std::uint32_t>(std::clamp<std::int64_t>(wait.count(), 0, UINT32_MAX));
    return detail::ran(reading.get(), to, progress, [&](chipid_document **out, chipid_error **error) {
        return chipid_reading_run_on_reader(reading.get(), name.data(), name.size(), whole, to.stops, out, error);
    });
}
#endif

} // namespace chipid

#endif /* CHIPID_HPP */
