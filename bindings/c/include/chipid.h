/* chipid for C and C++. Made from bindings/c/src by `make header`: change that.
 *
 * Every function returns 0, or the permanent code of an error (docs/reference/error-codes.md). Handles are freed by the function that
 * bears their name, which takes their address and sets it to null. Null, a handle that was freed, one of another kind and what is no handle are
 * refused (8901, 8902) wherever one is wanted, and are nothing to free. CHIPID_PCSC: the library was built with readers, as chipid.pc and the
 * CMake package say. docs/guides/c.md shows whole programs. */

#ifndef CHIPID_H
#define CHIPID_H

#include <stddef.h>
#include <stdint.h>

// Where the functions are. CHIPID_STATIC: linked in, and not a DLL's.
#if !defined(CHIPID_API)
#  if defined(_WIN32) && !defined(CHIPID_STATIC)
#    define CHIPID_API __declspec(dllimport)
#  elif defined(__GNUC__)
#    define CHIPID_API __attribute__((visibility("default")))
#  else
#    define CHIPID_API
#  endif
#endif

// Stands for the system's clock.
#define CHIPID_NOW INT64_MIN

// What an anchor is taken for.
typedef enum {
    // A CSCA certificate, a master list or a revocation list, DER or PEM.
    CHIPID_ANCHOR_ANY = 0,
    // A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for.
    CHIPID_ANCHOR_IDENTITY_CARDS = 1,
    // A certificate that may vouch for the signers of master lists, and for nothing else.
    CHIPID_ANCHOR_LIST_ROOT = 2,
} chipid_anchor;

// The answer. Nought is *undecided*, so that a variable that nobody set accepts nobody. These are not the exit codes of the
// program.
typedef enum {
    // Nobody can say: a person decides, or something is done and asked again.
    CHIPID_UNDECIDED = 0,
    // Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder.
    CHIPID_ACCEPT = 1,
    // Not.
    CHIPID_REJECT = 2,
} chipid_answer;

// Where live images come from; policies ask for it. It is the application's word.
typedef enum {
    // A file: it may show anybody at any time.
    CHIPID_CAPTURE_FILE = 0,
    // A camera that the program controls.
    CHIPID_CAPTURE_CAMERA = 1,
    // A station that is trusted as a whole.
    CHIPID_CAPTURE_STATION = 2,
    // Another vendor's capture, by its word.
    CHIPID_CAPTURE_EXTERNAL = 3,
} chipid_capture;

// What became of asking. Nought is no answer, so that a structure that nobody filled confirms nobody.
typedef enum {
    // What came back is no answer.
    CHIPID_CONFIRMATION_UNREADABLE = 0,
    // The issuer issued it.
    CHIPID_CONFIRMATION_CONFIRMED = 1,
    // The issuer did not, or took it back.
    CHIPID_CONFIRMATION_DENIED = 2,
    // No way to the service.
    CHIPID_CONFIRMATION_NO_CONNECTION = 3,
    // It did not answer in time.
    CHIPID_CONFIRMATION_TIMED_OUT = 4,
    // It would not answer: contract, quota, maintenance.
    CHIPID_CONFIRMATION_REFUSED = 5,
    // What came back is not signed by the service. Not a service out of reach: the answer is doubted.
    CHIPID_CONFIRMATION_NOT_AUTHENTIC = 6,
} chipid_confirmation_outcome;

// A part of a request, beside the files.
typedef enum {
    // The personal number; on documents without one the document number. The answer must come back with it.
    CHIPID_CONFIRMATION_NUMBER = 0,
    // Sixteen bytes. The answer must come back with them.
    CHIPID_CONFIRMATION_NONCE = 1,
    // The document signer's certificate, DER.
    CHIPID_CONFIRMATION_SIGNER = 2,
    // SHA-256 over it. The answer must come back with it.
    CHIPID_CONFIRMATION_SIGNER_SHA256 = 3,
    // The challenge of Active Authentication, eight bytes; none where there was none.
    CHIPID_CONFIRMATION_CHALLENGE = 4,
    // The chip's signature over it.
    CHIPID_CONFIRMATION_SIGNATURE = 5,
    // The caller's name for the holder's consent.
    CHIPID_CONFIRMATION_CONSENT = 6,
    // When it was made: seconds since 1970, in digits.
    CHIPID_CONFIRMATION_MADE_AT = 7,
} chipid_confirmation_part;

// The permanent codes of errors, each with whose fault it is.
typedef enum {
    // transport
    CHIPID_ERROR_CARD_REMOVED = 1001,
    // transport
    CHIPID_ERROR_READER_REMOVED = 1002,
    // transport
    CHIPID_ERROR_NO_READER = 1003,
    // transport
    CHIPID_ERROR_NO_CARD = 1004,
    // transport
    CHIPID_ERROR_SERVICE_UNAVAILABLE = 1005,
    // transport
    CHIPID_ERROR_ACCESS_DENIED = 1006,
    // transport
    CHIPID_ERROR_SHARING_VIOLATION = 1007,
    // transport
    CHIPID_ERROR_CARD_RESET = 1008,
    // transport
    CHIPID_ERROR_CARD_MUTE = 1009,
    // transport
    CHIPID_ERROR_TIMEOUT = 1010,
    // transport
    CHIPID_ERROR_CANCELLED = 1011,
    // transport
    CHIPID_ERROR_APDU_TOO_LONG = 1012,
    // transport
    CHIPID_ERROR_RESPONSE_MALFORMED = 1013,
    // transport
    CHIPID_ERROR_REPLAY_DIVERGED = 1014,
    // transport
    CHIPID_ERROR_EXCHANGE_PENDING = 1015,
    // transport
    CHIPID_ERROR_TRANSPORT_FAILED = 1016,
    // access
    CHIPID_ERROR_NOT_AN_EMRTD = 2001,
    // access
    CHIPID_ERROR_WRONG_KEY = 2002,
    // access
    CHIPID_ERROR_TRIES_NEARLY_EXHAUSTED = 2003,
    // access
    CHIPID_ERROR_TRY_BUDGET_SPENT = 2004,
    // access
    CHIPID_ERROR_NO_USABLE_KEY = 2005,
    // access
    CHIPID_ERROR_ACCESS_REFUSED = 2006,
    // access
    CHIPID_ERROR_ANOTHER_CARD = 2007,
    // chip
    CHIPID_ERROR_CHIP_REFUSED = 3001,
    // chip
    CHIPID_ERROR_SHORT_ANSWER = 3002,
    // chip
    CHIPID_ERROR_PROTOCOL_BROKEN = 3003,
    // chip
    CHIPID_ERROR_TOKEN_MISMATCH = 3004,
    // chip
    CHIPID_ERROR_REFLECTED_KEY = 3005,
    // secure messaging
    CHIPID_ERROR_CHANNEL_ENDED = 4001,
    // secure messaging
    CHIPID_ERROR_CHANNEL_DROPPED = 4002,
    // secure messaging
    CHIPID_ERROR_MAC_MISMATCH = 4003,
    // secure messaging
    CHIPID_ERROR_SECURED_RESPONSE_MALFORMED = 4004,
    // secure messaging
    CHIPID_ERROR_STATUS_MISMATCH = 4005,
    // secure messaging
    CHIPID_ERROR_PADDING_WRONG = 4006,
    // parse
    CHIPID_ERROR_TRUNCATED = 5001,
    // parse
    CHIPID_ERROR_UNEXPECTED_TAG = 5002,
    // parse
    CHIPID_ERROR_LENGTH_WRONG = 5003,
    // parse
    CHIPID_ERROR_VALUE_WRONG = 5004,
    // parse
    CHIPID_ERROR_CHECK_DIGIT_WRONG = 5005,
    // parse
    CHIPID_ERROR_CERTIFICATE_MALFORMED = 5101,
    // parse
    CHIPID_ERROR_DG13_OUTER_FORM = 5130,
    // parse
    CHIPID_ERROR_DG13_BODY_FORM = 5131,
    // parse
    CHIPID_ERROR_DG13_FIELDS_FORM = 5132,
    // parse
    CHIPID_ERROR_DG13_TOO_MANY_FIELDS = 5133,
    // limit
    CHIPID_ERROR_FILE_TOO_LARGE = 6001,
    // limit
    CHIPID_ERROR_RESPONSE_TOO_LARGE = 6002,
    // limit
    CHIPID_ERROR_COMMAND_TOO_LARGE = 6003,
    // limit
    CHIPID_ERROR_ANCHOR_TOO_LARGE = 6101,
    // unsupported
    CHIPID_ERROR_ACCESS_PROTOCOL_UNSUPPORTED = 7001,
    // unsupported
    CHIPID_ERROR_DOMAIN_PARAMETERS_UNSUPPORTED = 7002,
    // unsupported
    CHIPID_ERROR_ALGORITHM_UNSUPPORTED = 7003,
    // unsupported
    CHIPID_ERROR_RANDOMNESS_UNAVAILABLE = 7201,
    // unsupported
    CHIPID_ERROR_LOG_RANDOMNESS_UNAVAILABLE = 7202,
    // input
    CHIPID_ERROR_ALREADY_STARTED = 8001,
    // input
    CHIPID_ERROR_NOT_STARTED = 8002,
    // input
    CHIPID_ERROR_READING_FINISHED = 8003,
    // input
    CHIPID_ERROR_READING_STALLED = 8004,
    // input
    CHIPID_ERROR_CAN_MALFORMED = 8011,
    // input
    CHIPID_ERROR_MRZ_MALFORMED = 8012,
    // input
    CHIPID_ERROR_DOCUMENT_NUMBER_MALFORMED = 8013,
    // input
    CHIPID_ERROR_DATE_MALFORMED = 8014,
    // input
    CHIPID_ERROR_NO_KEY_GIVEN = 8015,
    // input
    CHIPID_ERROR_PIN_MALFORMED = 8016,
    // input
    CHIPID_ERROR_PUK_MALFORMED = 8017,
    // input
    CHIPID_ERROR_ANCHOR_UNRECOGNISED = 8101,
    // input
    CHIPID_ERROR_ROOT_NOT_CERTIFICATE = 8102,
    // input
    CHIPID_ERROR_MASTER_LIST_REFUSED = 8103,
    // input
    CHIPID_ERROR_SCOPE_ON_LIST = 8104,
    // input
    CHIPID_ERROR_QR_TOO_LONG = 8130,
    // input
    CHIPID_ERROR_QR_TOO_FEW_FIELDS = 8131,
    // input
    CHIPID_ERROR_QR_NUMBER = 8132,
    // input
    CHIPID_ERROR_QR_NAME_MISSING = 8133,
    // input
    CHIPID_ERROR_QR_BIRTH = 8134,
    // input
    CHIPID_ERROR_QR_SEX = 8135,
    // input
    CHIPID_ERROR_QR_ISSUE = 8136,
    // input
    CHIPID_ERROR_NUMBER_WRONG_LENGTH = 8140,
    // input
    CHIPID_ERROR_NUMBER_NOT_A_DIGIT = 8141,
    // input
    CHIPID_ERROR_RECORDING_UNKNOWN_LINE = 8151,
    // input
    CHIPID_ERROR_RECORDING_NOT_HEX = 8152,
    // input
    CHIPID_ERROR_RECORDING_COMMAND_MISSING = 8153,
    // input
    CHIPID_ERROR_RECORDING_RESPONSE_MISSING = 8154,
    // input
    CHIPID_ERROR_PICTURE_WITHOUT_CODE = 8160,
    // input
    CHIPID_ERROR_PICTURE_OF_OTHER_CODES = 8161,
    // input
    CHIPID_ERROR_PICTURE_OF_SEVERAL_CARDS = 8162,
    // input
    CHIPID_ERROR_PICTURE_TOO_BUSY = 8163,
    // input
    CHIPID_ERROR_ZONE_TOO_LONG = 8170,
    // input
    CHIPID_ERROR_ZONE_LENGTH = 8171,
    // input
    CHIPID_ERROR_ZONE_NOT_PROVEN = 8172,
    // input
    CHIPID_ERROR_ZONE_AMBIGUOUS = 8173,
    // input
    CHIPID_ERROR_ZONE_TOO_DAMAGED = 8174,
    // input
    CHIPID_ERROR_FILE_UNREADABLE = 8201,
    // input
    CHIPID_ERROR_NO_DOCUMENT_FILES = 8202,
    // input
    CHIPID_ERROR_FOLDER_TAKEN = 8203,
    // input
    CHIPID_ERROR_DOCUMENT_NOT_PROVEN = 8204,
    // input
    CHIPID_ERROR_CONSENT_ID_MALFORMED = 8205,
    // input
    CHIPID_ERROR_POLICY_MALFORMED = 8301,
    // input
    CHIPID_ERROR_POLICY_UNKNOWN = 8302,
    // input
    CHIPID_ERROR_POLICY_UNKNOWN_CODE = 8303,
    // input
    CHIPID_ERROR_POLICY_FATAL_LOWERED = 8304,
    // input
    CHIPID_ERROR_POLICY_TEST_ISSUER_LOWERED = 8305,
    // input
    CHIPID_ERROR_POLICY_WITHOUT_PASSIVE_AUTHENTICATION = 8306,
    // input
    CHIPID_ERROR_POLICY_THRESHOLDS = 8307,
    // input
    CHIPID_ERROR_POLICY_NAME_TAKEN = 8308,
    // input
    CHIPID_ERROR_POLICY_FILE_CAPTURE = 8309,
    // input
    CHIPID_ERROR_POLICY_AGE_UNBOUNDED = 8310,
    // input
    CHIPID_ERROR_POLICY_VENDOR_UNNAMED = 8311,
    // input
    CHIPID_ERROR_PURPOSE_UNKNOWN = 8601,
    // input
    CHIPID_ERROR_LABEL_EMPTY = 8602,
    // input
    CHIPID_ERROR_LABEL_TOO_LONG = 8603,
    // input
    CHIPID_ERROR_LABEL_CHARACTER = 8604,
    // input
    CHIPID_ERROR_LABEL_NUMBER = 8605,
    // input
    CHIPID_ERROR_LOG_FAILED = 8606,
    // input
    CHIPID_ERROR_NULL_ARGUMENT = 8901,
    // input
    CHIPID_ERROR_FOREIGN_HANDLE = 8902,
    // input
    CHIPID_ERROR_BUSY = 8903,
    // input
    CHIPID_ERROR_NOT_TEXT = 8904,
    // input
    CHIPID_ERROR_UNKNOWN_VALUE = 8905,
    // face
    CHIPID_ERROR_NOT_AN_IMAGE = 9001,
    // face
    CHIPID_ERROR_IMAGE_DAMAGED = 9002,
    // face
    CHIPID_ERROR_IMAGE_TOO_LARGE = 9003,
    // face
    CHIPID_ERROR_IMAGE_UNSUPPORTED = 9004,
    // face
    CHIPID_ERROR_WRONG_PIXEL_COUNT = 9005,
    // face
    CHIPID_ERROR_MODEL_MISSING = 9006,
    // face
    CHIPID_ERROR_MODEL_UNREADABLE = 9007,
    // face
    CHIPID_ERROR_MODEL_REPLACED = 9008,
    // face
    CHIPID_ERROR_MODEL_REFUSED = 9009,
    // face
    CHIPID_ERROR_ENGINE_FAILED = 9010,
    // face
    CHIPID_ERROR_THRESHOLDS_INVALID = 9011,
    // face
    CHIPID_ERROR_SIMILARITY_INVALID = 9012,
    // face
    CHIPID_ERROR_FRAME_TOO_LARGE = 9013,
    // face
    CHIPID_ERROR_ENGINE_ABSENT = 9014,
    // library
    CHIPID_ERROR_PANIC = 9999,
} chipid_code;

// What a liveness check came to. Nought is *uncertain*, so that a structure that nobody filled passes nobody.
typedef enum {
    // It could not say.
    CHIPID_LIVENESS_UNCERTAIN = 0,
    // A living person.
    CHIPID_LIVENESS_PASSED = 1,
    // A picture, a screen, a mask.
    CHIPID_LIVENESS_FAILED = 2,
} chipid_liveness_result;

// The order of samples in a frame.
typedef enum {
    // Red, green, blue in the first plane.
    CHIPID_PIXELS_RGB = 0,
    // Blue, green, red, alpha in the first plane.
    CHIPID_PIXELS_BGRA = 1,
    // Luminance, then V and U by turns at half the size.
    CHIPID_PIXELS_NV21 = 2,
    // Luminance, U and V, the latter two at half the size (YUV_420_888). NV12 is this too: U from the first, V from the second byte
    // of its second plane, `pixel_stride` 2.
    CHIPID_PIXELS_YUV420 = 3,
} chipid_pixel_format;

// What a vendor's engine said. Nought is *uncertain*, so that a structure that nobody filled matches nobody.
typedef enum {
    // It could not say.
    CHIPID_VENDOR_UNCERTAIN = 0,
    // One person, by the vendor's own threshold.
    CHIPID_VENDOR_MATCH = 1,
    // Two persons.
    CHIPID_VENDOR_MISMATCH = 2,
} chipid_vendor_match;

// Everything that is known of one document and one person.
typedef struct chipid_assessment chipid_assessment;

// Stops what runs under it, once and for all. The one handle that a second thread uses while the first one is at work.
typedef struct chipid_cancel chipid_cancel;

// What is sent to a confirmation service, part by part. One question has one answer: what took it is used up.
typedef struct chipid_confirmation chipid_confirmation;

// A document's files, unverified: chipid_assessment_new says what they are worth.
typedef struct chipid_document chipid_document;

// Why a call could not be done.
typedef struct chipid_error chipid_error;

// Both models, loaded, for any number of threads at once. Loading takes a quarter of a second and some 100 MB: do it once.
typedef struct chipid_faces chipid_faces;

// Keys to try, never more than five, with what came along (QR code, zone, number), which is compared with the signed data.
typedef struct chipid_keys chipid_keys;

// Live images of one person, decoded; wiped when freed.
typedef struct chipid_live_images chipid_live_images;

// By what a document and a face are judged.
typedef struct chipid_policy chipid_policy;

// One reading of one card. After an error it goes on where it stopped, when it is run again.
typedef struct chipid_reading chipid_reading;

// What is known of a document and its holder, at one moment: the same as the JSON, to be asked for by place.
typedef struct chipid_report chipid_report;

// Trust anchors. It is filled first, and used then, by as many threads as like: after its first use nothing can be added.
typedef struct chipid_trust chipid_trust;

// The answer, with its grounds.
typedef struct chipid_verdict chipid_verdict;

// A liveness check of the caller's, another maker's: chipid has none.
typedef struct {
    // sizeof(chipid_liveness). Another size is refused (8905).
    size_t size;
    // One of chipid_liveness_result.
    uint32_t result;
    // One of chipid_capture; it must be that of the images that were compared.
    uint32_t capture;
    // When it was made, in seconds since 1970.
    int64_t at;
    // Who made the check, UTF-8.
    const char *vendor;
    // Its length.
    size_t vendor_length;
    // Which version of theirs.
    const char *version;
    // Its length.
    size_t version_length;
    // By what it is known to work: certificate or test report.
    const char *basis;
    // Its length.
    size_t basis_length;
    // The images that the check looked at: 32 bytes for each, as chipid_live_images_digests gives them. A result counts only where
    // every image that was compared is among them.
    const uint8_t *images;
    // How many images.
    size_t image_count;
} chipid_liveness;

// Bytes of the library's. Text among them is UTF-8 and has a NUL behind it that `length` does not count.
typedef struct {
    // The first byte; null where there is nothing to give (no such file, no proven portrait).
    uint8_t *data;
    // How many.
    size_t length;
} chipid_bytes;

// What a service answered. Where it did not (every outcome but confirmed and denied), nothing but `size` and `outcome` is looked at.
// What binds it to its question must be what the service says, never what was asked.
typedef struct {
    // sizeof(chipid_confirmation_answer). Another size is refused (8905).
    size_t size;
    // One of chipid_confirmation_outcome.
    uint32_t outcome;
    // SHA-256 over the document signer's certificate that the service says it was asked about.
    uint8_t signer_sha256[32];
    // The nonce that the service says it was asked with.
    uint8_t nonce[16];
    // When it answered, by its clock, in seconds since 1970.
    int64_t answered_at;
    // The number that the service says it was asked about, UTF-8.
    const char *number;
    // Its length.
    size_t number_length;
    // Who says so.
    const char *service;
    // Its length.
    size_t service_length;
    // The service's own number for its answer; null where it gives none.
    const char *transaction;
    // Its length.
    size_t transaction_length;
} chipid_confirmation_answer;

// One plane of samples.
typedef struct {
    // The samples, with whatever padding lies between.
    const uint8_t *data;
    // How many bytes.
    size_t length;
    // Bytes from one row to the next.
    size_t row_stride;
    // Bytes from one sample to the next.
    size_t pixel_stride;
} chipid_plane;

// A frame as a camera gives it. Luminance and chrominance are taken as JFIF has them (BT.601, full range).
typedef struct {
    // sizeof(chipid_frame). Another size is refused (8905).
    size_t size;
    // Width in pixels, as the sensor has it.
    uint32_t width;
    // Height in pixels.
    uint32_t height;
    // One of chipid_pixel_format.
    uint32_t format;
    // By how much it must be turned clockwise to stand upright: 0, 90, 180 or 270.
    uint32_t rotation;
    // As many planes as the format has; the others are not looked at.
    chipid_plane planes[3];
} chipid_frame;

// What a reading is doing.
typedef struct {
    // 0 opening the chip, 1 reading a file, 2 Chip Authentication, 3 Active Authentication, 4 done; more may come.
    uint32_t phase;
    // The file by its number (0x0101 for DG1; chipid_file_name says its name), 0 where it is about none.
    uint32_t file;
    // Bytes of files read so far.
    size_t bytes_done;
    // Bytes of all files whose length is known so far.
    size_t bytes_known;
} chipid_progress;

// Is told of progress, on the thread that runs the reading. It returns: an exception of C++ that leaves it ends the program.
typedef void (*chipid_on_progress)(void *user, const chipid_progress *progress);

// Sends the command APDU to the chip and puts its response at `response`. `*response_length` holds how many bytes there is room
// for (more than any response), and takes how many there are. Returns 0, or the code of a transport's error (1001 card removed, 1010 timeout, and so on).
// It is called on the thread that runs the reading, and must not call anything for the same reading. It returns: an exception of C++ that leaves it
// ends the program.
typedef int32_t (*chipid_transmit)(void *user,
                                   const uint8_t *command,
                                   size_t command_length,
                                   uint8_t *response,
                                   size_t *response_length);

// What [`chipid_reading_begin`] and [`chipid_reading_next`] want next.
typedef struct {
    // The command APDU to carry to the chip; the caller frees it. None where the reading has ended.
    chipid_bytes command;
    // The document, where the reading has ended well; the caller frees it.
    chipid_document *document;
} chipid_step;

// A comparison by another maker's engine: who made it, of what, when, and what came out. It counts where the policy names vendor and
// certificate (`[[face.vendors]]`), and the built-in policies name nobody.
typedef struct {
    // sizeof(chipid_vendor_comparison). Another size is refused (8905).
    size_t size;
    // One of chipid_vendor_match.
    uint32_t result;
    // One of chipid_capture: where the live images came from.
    uint32_t capture;
    // When it was made, in seconds since 1970.
    int64_t at;
    // Whose engine, UTF-8.
    const char *vendor;
    // Its length.
    size_t vendor_length;
    // Which version of theirs.
    const char *version;
    // Its length.
    size_t version_length;
    // By what it is known to work: certificate or test report.
    const char *certificate;
    // Its length.
    size_t certificate_length;
    // The portrait that was compared, as chipid_assessment_portrait_digest gives it.
    uint8_t portrait[32];
    // The images that it looked at: 32 bytes for each, as chipid_live_images_digests gives them.
    const uint8_t *images;
    // How many images.
    size_t image_count;
} chipid_vendor_comparison;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the library, as `0.1.0`; lives as long as the program.
CHIPID_API const char *chipid_version(void);

// Verifies a document at a time (seconds since 1970, or CHIPID_NOW), and compares what came with its key with the signed data.
// The document may be freed afterwards.
//
// # Safety
// `document` and `trust` are null or live; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_assessment_new(const chipid_document *document,
                              const chipid_trust *trust,
                              int64_t time,
                              chipid_assessment **out,
                              chipid_error **error);

// Compares what came with a key (QR code, zone, number) with the signed data: for a document that was not opened with that key.
// What opened a document is compared without this call.
//
// # Safety
// `assessment` and `keys` are null or live; `error` is null or can be written.
CHIPID_API
int32_t chipid_assessment_compare_keys(const chipid_assessment *assessment,
                                       const chipid_keys *keys,
                                       chipid_error **error);

// Compares what was typed or is in a record with the signed data. A null text is not compared; one that is not null and empty agrees with
// nobody's. `birth` is `YYYYMMDD` in a number (19990315), 0 where it is not compared. A call with none of the three is refused (8901).
//
// # Safety
// `assessment` is null or lives; the texts are null or point to as many bytes as their lengths say; `error` is null or can be
// written.
CHIPID_API
int32_t chipid_assessment_compare_typed(const chipid_assessment *assessment,
                                        const char *name,
                                        size_t name_length,
                                        const char *number,
                                        size_t number_length,
                                        uint32_t birth,
                                        chipid_error **error);

// Compares the chip's portrait, where it is proven, with live images. Several images of one moment belong into one call: every
// further call counts as another attempt of a person who did not match. Refused (8903) while a verdict over this assessment
// lives.
//
// # Safety
// `assessment`, `faces` and `images` are null or live; `error` is null or can be written.
CHIPID_API
int32_t chipid_assessment_compare_face(const chipid_assessment *assessment,
                                       const chipid_faces *faces,
                                       const chipid_live_images *images,
                                       chipid_error **error);

// Takes the caller's liveness check, another maker's: chipid has none. It counts only for the images that it looked at.
//
// # Safety
// `assessment` is null or lives; `liveness` is null or can be read, and its texts point to as many bytes as their lengths say;
// `error` is null or can be written.
CHIPID_API
int32_t chipid_assessment_add_liveness(const chipid_assessment *assessment,
                                       const chipid_liveness *liveness,
                                       chipid_error **error);

// Says how many comparisons this session has seen, this one included, how many of those before it did not match, and how many
// seconds ago the session began. Policies bound them. Said before the first comparison on this handle, `made` has that one in it
// already; said later, the last that was made. Every further comparison on this handle is added to both, and numbers only grow: without
// this call the comparisons on this handle alone are counted.
//
// # Safety
// `assessment` is null or lives; `error` is null or can be written.
CHIPID_API
int32_t chipid_assessment_set_attempts(const chipid_assessment *assessment,
                                       uint32_t made,
                                       uint32_t failed_before,
                                       uint64_t session_seconds,
                                       chipid_error **error);

// The portrait as the chip has it (JPEG or JPEG 2000). Null where its issuer is not verified: anybody can sign a portrait.
//
// # Safety
// `assessment` is null or lives; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_assessment_portrait(const chipid_assessment *assessment,
                                   chipid_bytes *out,
                                   chipid_error **error);

// Wipes and frees it and sets its place to null.
//
// # Safety
// `assessment` is null or the place of an assessment that lives, or of null.
CHIPID_API void chipid_assessment_free(chipid_assessment **assessment);

// Wipes and frees bytes that the library gave, and sets them to none.
//
// # Safety
// `bytes` is null, or holds what the library wrote there, unchanged, or none.
CHIPID_API void chipid_bytes_free(chipid_bytes *bytes);

// A canceller that nobody has used.
//
// # Safety
// `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_cancel_new(chipid_cancel **out, chipid_error **error);

// Stops what runs under it: that call ends with 1011. Returns when a wait for a card has ended, after two seconds at most.
//
// # Safety
// `cancel` is null or lives.
CHIPID_API
int32_t chipid_cancel_cancel(const chipid_cancel *cancel);

// Whether somebody has cancelled: 1 or 0. For a function that carries APDUs and waits: nothing stops it from outside.
//
// # Safety
// `cancel` is null or lives.
CHIPID_API int32_t chipid_cancel_is_cancelled(const chipid_cancel *cancel);

// Frees it and sets its place to null.
//
// # Safety
// `cancel` is null or the place of a canceller that lives, or of null.
CHIPID_API void chipid_cancel_free(chipid_cancel **cancel);

// Gathers what a confirmation service may ask for, where the document's digests and signature hold (else 8204). `nonce` is sixteen bytes
// that the service gave or the caller made and keeps; with length 0 new ones are made. `consent` is the caller's name for the holder's
// consent; with length 0 there is none.
//
// # Safety
// `assessment` is null or lives; `nonce` and `consent` point to as many bytes as their lengths say; `out` and `error` are null or can
// be written.
CHIPID_API
int32_t chipid_confirmation_new(const chipid_assessment *assessment,
                                const uint8_t *nonce,
                                size_t nonce_length,
                                const char *consent,
                                size_t consent_length,
                                chipid_confirmation **out,
                                chipid_error **error);

// A part of the request. None where the document has none.
//
// # Safety
// `confirmation` is null or lives; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_confirmation_part_of(const chipid_confirmation *confirmation,
                                    uint32_t part,
                                    chipid_bytes *out,
                                    chipid_error **error);

// A file of the request, verbatim: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15, as far as they were read; none for every other.
//
// # Safety
// As [`chipid_confirmation_part_of`].
CHIPID_API
int32_t chipid_confirmation_file(const chipid_confirmation *confirmation,
                                 uint32_t file,
                                 chipid_bytes *out,
                                 chipid_error **error);

// The digest of a data group of the request, by the algorithm of EF.SOD; none for what is no data group of it.
//
// # Safety
// As [`chipid_confirmation_part_of`].
CHIPID_API
int32_t chipid_confirmation_digest(const chipid_confirmation *confirmation,
                                   uint32_t file,
                                   chipid_bytes *out,
                                   chipid_error **error);

// Hands over what the service answered, or that it did not, as of now. It counts where it is bound to this document's number, to its
// signer, to the request's nonce and to the time. The request is used up: it is still to be freed, and everything else with it is
// refused (8902). While a verdict over the assessment lives this is refused (8903), and the request is as it was.
//
// # Safety
// `assessment` and `confirmation` are null or live; `answer` is null or can be read, and its texts point to as many bytes as their
// lengths say; `error` is null or can be written.
CHIPID_API
int32_t chipid_assessment_add_confirmation(const chipid_assessment *assessment,
                                           const chipid_confirmation *confirmation,
                                           const chipid_confirmation_answer *answer,
                                           chipid_error **error);

// Finds out whether `signature` signs `answer` under the key of the service's certificate (DER or PEM), over SHA-256: `signed` becomes 1, or 0.
// Whether that certificate is the service's is the caller's to know.
//
// # Safety
// The arguments point to as many bytes as their lengths say; `signed` and `error` are null or can be written.
CHIPID_API
int32_t chipid_confirmation_is_signed_by(const uint8_t *certificate,
                                         size_t certificate_length,
                                         const uint8_t *answer,
                                         size_t answer_length,
                                         const uint8_t *signature,
                                         size_t signature_length,
                                         int32_t *signed_,
                                         chipid_error **error);

// Wipes and frees it and sets its place to null.
//
// # Safety
// `confirmation` is null or the place of a request that lives, or of null.
CHIPID_API void chipid_confirmation_free(chipid_confirmation **confirmation);

// A document from a folder that chipid_document_save or the program wrote. `folder` is UTF-8.
//
// # Safety
// `folder` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_document_load(const char *folder, size_t length, chipid_document **out, chipid_error **error);

// A document without files, to be filled with chipid_document_add.
//
// # Safety
// `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_document_new(chipid_document **out, chipid_error **error);

// Adds a saved file by its identifier (0x0101 for DG1, 0x011E for EF.COM, 0x011D for EF.SOD, 0x3F00011D for EF.CardSecurity), or puts it
// in the place of an earlier one. Only to a document of chipid_document_new: what a chip or a folder gave is not added to (8902).
//
// # Safety
// `document` is null or lives; `data` points to `length` bytes; `error` is null or can be written.
CHIPID_API
int32_t chipid_document_add(const chipid_document *document,
                            uint32_t file,
                            const uint8_t *data,
                            size_t length,
                            chipid_error **error);

// Adds what Active Authentication gave when the files were read: the challenge of eight bytes, and the chip's answer. Only to a document
// of chipid_document_new.
//
// # Safety
// `document` is null or lives; `challenge` and `signature` point to as many bytes as their lengths say; `error` is null or can be
// written.
CHIPID_API
int32_t chipid_document_add_active_authentication(const chipid_document *document,
                                                  const uint8_t *challenge,
                                                  size_t challenge_length,
                                                  const uint8_t *signature,
                                                  size_t signature_length,
                                                  chipid_error **error);

// What Active Authentication gave, for keeping it: the challenge, and the chip's answer. Both none where it was not done.
//
// # Safety
// `document` is null or lives; `challenge`, `signature` and `error` are null or can be written.
CHIPID_API
int32_t chipid_document_active_authentication(const chipid_document *document,
                                              chipid_bytes *challenge,
                                              chipid_bytes *signature,
                                              chipid_error **error);

// Says which challenge of eight bytes the caller itself chose for the Active Authentication whose answer was saved with the
// document. Without it such an answer may be of any day, and is doubted. Say it after the last file was added: adding one forgets it.
//
// # Safety
// `document` is null or lives; `challenge` points to `length` bytes; `error` is null or can be written.
CHIPID_API
int32_t chipid_document_challenged_with(const chipid_document *document,
                                        const uint8_t *challenge,
                                        size_t length,
                                        chipid_error **error);

// A raw file, believed by nobody: for keeping it. Null where the document has none of that identifier.
//
// # Safety
// `document` is null or lives; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_document_danger_unverified_file(const chipid_document *document,
                                               uint32_t file,
                                               chipid_bytes *out,
                                               chipid_error **error);

// Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet. `folder` is UTF-8.
//
// # Safety
// `document` is null or lives; `folder` points to `length` bytes; `error` is null or can be written.
CHIPID_API
int32_t chipid_document_save(const chipid_document *document,
                             const char *folder,
                             size_t length,
                             chipid_error **error);

// Wipes and frees it and sets its place to null.
//
// # Safety
// `document` is null or the place of a document that lives, or of null.
CHIPID_API void chipid_document_free(chipid_document **document);

// The permanent code (docs/reference/error-codes.md); 0 for null.
//
// # Safety
// `error` is null or lives.
CHIPID_API int32_t chipid_error_code(const chipid_error *error);

// What happened, in English, for a developer: UTF-8 with a NUL, for as long as the error lives. An empty text for null.
//
// # Safety
// `error` is null or lives.
CHIPID_API const char *chipid_error_message(const chipid_error *error);

// The file that it is about, by its number (0x0101 for DG1; chipid_file_name says its name). 0 where it is about none.
//
// # Safety
// `error` is null or lives.
CHIPID_API uint32_t chipid_error_file(const chipid_error *error);

// Where in the file the trouble is, in bytes from its beginning. -1 where that is not known.
//
// # Safety
// `error` is null or lives.
CHIPID_API int64_t chipid_error_offset(const chipid_error *error);

// What the chip answered (0x6982). -1 where it is not the chip's error.
//
// # Safety
// `error` is null or lives.
CHIPID_API int32_t chipid_error_status_word(const chipid_error *error);

// How many tries of the key the chip says are left. -1 where it says nothing of it.
//
// # Safety
// `error` is null or lives.
CHIPID_API int32_t chipid_error_tries_left(const chipid_error *error);

// The error as JSON: `code`, `message`, and `file`, `offset`, `status_word`, `tries_left` where they are known, else null.
// Returns 0, or 8901, 8902 where there is no error to speak of.
//
// # Safety
// `error` is null or lives; `out` is null or can be written.
CHIPID_API
int32_t chipid_error_json(const chipid_error *error,
                          chipid_bytes *out);

// Frees an error and sets its place to null.
//
// # Safety
// `error` is null or the place of an error that lives, or of null.
CHIPID_API void chipid_error_free(chipid_error **error);

// Loads both models from a folder (UTF-8), after checking their digests. No package of chipid has them: `chipid models fetch`.
//
// # Safety
// `folder` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_faces_load(const char *folder,
                          size_t length,
                          chipid_faces **out,
                          chipid_error **error);

// The same from bytes: the detector's file and the recogniser's.
//
// # Safety
// `detector` and `recogniser` point to as many bytes as their lengths say; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_faces_load_bytes(const uint8_t *detector,
                                size_t detector_length,
                                const uint8_t *recogniser,
                                size_t recogniser_length,
                                chipid_faces **out,
                                chipid_error **error);

// Frees them and sets their place to null.
//
// # Safety
// `faces` is null or the place of models that live, or of null.
CHIPID_API void chipid_faces_free(chipid_faces **faces);

// No image yet. `capture` is one of chipid_capture.
//
// # Safety
// `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_live_images_new(uint32_t capture, chipid_live_images **out, chipid_error **error);

// Adds a JPEG, PNG or JPEG 2000 file's bytes.
//
// # Safety
// `images` is null or lives; `data` points to `length` bytes; `error` is null or can be written.
CHIPID_API
int32_t chipid_live_images_add_file(const chipid_live_images *images,
                                    const uint8_t *data,
                                    size_t length,
                                    chipid_error **error);

// Adds a camera's frame.
//
// # Safety
// `images` is null or lives; `frame` is null or can be read, and its planes point to as many bytes as their lengths say; `error`
// is null or can be written.
CHIPID_API
int32_t chipid_live_images_add_frame(const chipid_live_images *images,
                                     const chipid_frame *frame,
                                     chipid_error **error);

// What ties a liveness result to these images: SHA-256, 32 bytes for each in the order in which they were added, over a file's bytes
// as they were given; over a frame's upright pixels, after width and height (32 bits each, big-endian).
//
// # Safety
// `images` is null or lives; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_live_images_digests(const chipid_live_images *images,
                                   chipid_bytes *out,
                                   chipid_error **error);

// Wipes and frees them and sets their place to null.
//
// # Safety
// `images` is null or the place of images that live, or of null.
CHIPID_API void chipid_live_images_free(chipid_live_images **images);

// The short name of a file, as reports have it: `DG1`, `EF_SOD`. Null for a number that stands for none.
CHIPID_API const char *chipid_file_name(uint32_t file);

// The card access number: six digits. Those of a Vietnamese card are the last six of its number.
//
// # Safety
// `digits` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_keys_can(const char *digits, size_t length, chipid_keys **out, chipid_error **error);

// The holder's PIN, four to twelve digits. A few wrong ones block it.
//
// # Safety
// `digits` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_keys_pin(const char *digits, size_t length, chipid_keys **out, chipid_error **error);

// The number that unblocks the PIN, eight to twelve digits.
//
// # Safety
// `digits` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_keys_puk(const char *digits, size_t length, chipid_keys **out, chipid_error **error);

// The text of a machine readable zone. What a camera confused is put right where check digits prove it.
//
// # Safety
// `zone` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_keys_mrz(const char *zone, size_t length, chipid_keys **out, chipid_error **error);

// The QR code of a Vietnamese card: its text in any encoding, or a picture of it (JPEG, PNG).
//
// # Safety
// `code` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_keys_qr(const uint8_t *code, size_t length, chipid_keys **out, chipid_error **error);

// The personal number of a Vietnamese card, twelve digits. It opens chips that have PACE.
//
// # Safety
// `digits` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_keys_number(const char *digits, size_t length, chipid_keys **out, chipid_error **error);

// Document number, birth and last day of validity as the zone has them, the days as `YYMMDD`.
//
// # Safety
// The texts point to as many bytes as their lengths say; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_keys_document(const char *number,
                             size_t number_length,
                             const char *birth,
                             size_t birth_length,
                             const char *expiry,
                             size_t expiry_length,
                             chipid_keys **out,
                             chipid_error **error);

// The personal number with the days of birth and issue as `YYYYMMDD` in a number (19990315): for chips without PACE, whose
// day of expiry is reckoned from them.
//
// # Safety
// `digits` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_keys_number_and_days(const char *digits,
                                    size_t length,
                                    uint32_t birth,
                                    uint32_t issued,
                                    chipid_keys **out,
                                    chipid_error **error);

// Wipes and frees them and sets their place to null.
//
// # Safety
// `keys` is null or the place of keys that live, or of null.
CHIPID_API void chipid_keys_free(chipid_keys **keys);

// A built-in policy: counter, transfer, one-stop, document-only, data-cleaning, reading-only, demo.
//
// # Safety
// `name` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_policy_built_in(const char *name, size_t length, chipid_policy **out, chipid_error **error);

// A policy of one's own, as TOML.
//
// # Safety
// `toml` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_policy_from_toml(const char *toml, size_t length, chipid_policy **out, chipid_error **error);

// Frees it and sets its place to null.
//
// # Safety
// `policy` is null or the place of a policy that lives, or of null.
CHIPID_API void chipid_policy_free(chipid_policy **policy);

// Decides. The assessment may be freed afterwards; it cannot be changed while the verdict lives.
//
// # Safety
// `policy` and `assessment` are null or live; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_policy_decide(const chipid_policy *policy,
                             const chipid_assessment *assessment,
                             chipid_verdict **out,
                             chipid_error **error);

// The answer, one of chipid_answer. Of null, or of a handle of another kind, it is undecided.
//
// # Safety
// `verdict` is null or lives.
CHIPID_API int32_t chipid_verdict_answer(const chipid_verdict *verdict);

// Its name: `accept`, `reject`, `undecided`. Every number that is none of chipid_answer is undecided.
CHIPID_API const char *chipid_answer_name(int32_t answer);

// The whole report as JSON (test-vectors/schemas/verify.schema.json). `fields` names what of the holder is given, with commas
// between; empty for what is given unasked.
//
// # Safety
// `verdict` is null or lives; `fields` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_verdict_json(const chipid_verdict *verdict,
                            const char *fields,
                            size_t length,
                            chipid_bytes *out,
                            chipid_error **error);

// Wipes and frees it and sets its place to null.
//
// # Safety
// `verdict` is null or the place of a verdict that lives, or of null.
CHIPID_API void chipid_verdict_free(chipid_verdict **verdict);

#if defined(CHIPID_PCSC)
// Waits for a card on the reader of that name, or of the only one with it in its name (empty: on any contactless reader), and reads
// it. `wait_ms` 0 does not wait. What the reader carries is asked of it, so that chipid_reading_set_limits does not count here.
//
// # Safety
// `reading` and `cancel` are null or live; `name` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_reading_run_on_reader(const chipid_reading *reading,
                                     const char *name,
                                     size_t length,
                                     uint32_t wait_ms,
                                     const chipid_cancel *cancel,
                                     chipid_document **out,
                                     chipid_error **error);
#endif

#if defined(CHIPID_PCSC)
// The readers of this machine, as JSON: a list of objects with `name`, and `card`, whether one lies on it.
//
// # Safety
// `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_readers_json(chipid_bytes *out, chipid_error **error);
#endif

#if defined(CHIPID_PCSC)
// The same, to be asked for value by value: `/readers/0/name`, `/readers/0/card`.
//
// # Safety
// `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_readers_report(chipid_report **out, chipid_error **error);
#endif

// A reading with these keys, which may be freed afterwards.
//
// # Safety
// `keys` is null or lives; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_reading_new(const chipid_keys *keys, chipid_reading **out, chipid_error **error);

// Says what the way to the card is known to carry, in bytes of a whole APDU; 0 where it is not known. With commands of less than 46
// bytes or responses of less than 52 no chip can be read: 8905.
//
// # Safety
// `reading` is null or lives; `error` is null or can be written.
CHIPID_API
int32_t chipid_reading_set_limits(const chipid_reading *reading,
                                  size_t command,
                                  size_t response,
                                  chipid_error **error);

// Reads only these data groups (and EF.COM, EF.SOD, DG14, DG15): their numbers, a byte each.
//
// # Safety
// `reading` is null or lives; `groups` points to `count` bytes; `error` is null or can be written.
CHIPID_API
int32_t chipid_reading_only(const chipid_reading *reading,
                            const uint8_t *groups,
                            size_t count,
                            chipid_error **error);

// A challenge of eight bytes for Active Authentication, where a server chose it.
//
// # Safety
// `reading` is null or lives; `challenge` points to `length` bytes; `error` is null or can be written.
CHIPID_API
int32_t chipid_reading_set_challenge(const chipid_reading *reading,
                                     const uint8_t *challenge,
                                     size_t length,
                                     chipid_error **error);

// Has `listener` called whenever something was done; null for nobody.
//
// # Safety
// `reading` is null or lives; `listener` may be called with `user` for as long as the reading lives; `error` is null or can be
// written.
CHIPID_API
int32_t chipid_reading_on_progress(const chipid_reading *reading,
                                   chipid_on_progress listener,
                                   void *user,
                                   chipid_error **error);

// Reads the document, with `transmit` to carry each APDU. `cancel` may be null. Run again after an error, it goes on where it
// stopped, on the same card.
//
// # Safety
// `reading` and `cancel` are null or live; `transmit` may be called with `user`; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_reading_run(const chipid_reading *reading,
                           chipid_transmit transmit,
                           void *user,
                           const chipid_cancel *cancel,
                           chipid_document **out,
                           chipid_error **error);

// Begins the reading, or goes on with it after an error, and says which command is to be carried first.
//
// # Safety
// `reading` is null or lives; `step` and `error` are null or can be written.
CHIPID_API int32_t chipid_reading_begin(const chipid_reading *reading, chipid_step *step, chipid_error **error);

// Hands the chip's response over, or with `transport_error` not 0 why there is none, and says what is wanted next.
//
// # Safety
// As [`chipid_reading_begin`]; `response` points to `length` bytes.
CHIPID_API
int32_t chipid_reading_next(const chipid_reading *reading,
                            const uint8_t *response,
                            size_t length,
                            int32_t transport_error,
                            chipid_step *step,
                            chipid_error **error);

// Gives up the command that waits for its response; the reading can begin again from there.
//
// # Safety
// `reading` is null or lives.
CHIPID_API int32_t chipid_reading_stop(const chipid_reading *reading);

// Wipes and frees it and sets its place to null.
//
// # Safety
// `reading` is null or the place of a reading that lives, or of null.
CHIPID_API void chipid_reading_free(chipid_reading **reading);

// The report of a verdict. `fields` names what of the holder is given, with commas between; empty for what is given unasked. The
// verdict may be freed afterwards.
//
// # Safety
// `verdict` is null or lives; `fields` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_report_new(const chipid_verdict *verdict,
                          const char *fields,
                          size_t length,
                          chipid_report **out,
                          chipid_error **error);

// The same of an assessment that nobody judges: without verdict, grounds and what a policy makes of the face.
//
// # Safety
// `assessment` is null or lives; `fields` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_report_of_assessment(const chipid_assessment *assessment,
                                    const char *fields,
                                    size_t length,
                                    chipid_report **out,
                                    chipid_error **error);

// The value at a place, as a JSON pointer names it (RFC 6901): `/verdict`, `/grounds/0/code`, `/holder/name`. Text as it is, a number
// in digits, `true` or `false`; an object or a list as JSON. None (null data) where there is null or nothing at that place, which
// an empty text is not.
//
// # Safety
// `report` is null or lives; `pointer` points to `length` bytes; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_report_value(const chipid_report *report,
                            const char *pointer,
                            size_t length,
                            chipid_bytes *out,
                            chipid_error **error);

// What stands beneath a place, with commas between: the keys of an object in their order, the places of a list (`0,1,2`). Empty
// where nothing stands in it; none (null data) where there is no object and no list. Keys are words of the contract: no comma is in
// one.
//
// # Safety
// As [`chipid_report_value`].
CHIPID_API
int32_t chipid_report_names(const chipid_report *report,
                            const char *pointer,
                            size_t length,
                            chipid_bytes *out,
                            chipid_error **error);

// The whole report as JSON (test-vectors/schemas/verify.schema.json).
//
// # Safety
// `report` is null or lives; `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_report_json(const chipid_report *report, chipid_bytes *out, chipid_error **error);

// Wipes and frees it and sets its place to null.
//
// # Safety
// `report` is null or the place of a report that lives, or of null.
CHIPID_API void chipid_report_free(chipid_report **report);

// An empty store.
//
// # Safety
// `out` and `error` are null or can be written.
CHIPID_API int32_t chipid_trust_new(chipid_trust **out, chipid_error **error);

// Adds an anchor or a list. `name` says where it is from, for the report. `anchor` is one of chipid_anchor. After an error the
// store is of no more use. What only shows when all is together (a list whose signer nobody vouches for) is an error of the first
// chipid_assessment_new.
//
// # Safety
// `trust` is null or lives; `data` and `name` point to as many bytes as their lengths say; `error` is null or can be written.
CHIPID_API
int32_t chipid_trust_add(const chipid_trust *trust,
                         const uint8_t *data,
                         size_t length,
                         const char *name,
                         size_t name_length,
                         uint32_t anchor,
                         chipid_error **error);

// As chipid_trust_add, of a file. `path` is UTF-8; the report has the file's name, not where it lies.
//
// # Safety
// `trust` is null or lives; `path` points to `length` bytes; `error` is null or can be written.
CHIPID_API
int32_t chipid_trust_add_file(const chipid_trust *trust,
                              const char *path,
                              size_t length,
                              uint32_t anchor,
                              chipid_error **error);

// Frees it and sets its place to null.
//
// # Safety
// `trust` is null or the place of a store that lives, or of null.
CHIPID_API void chipid_trust_free(chipid_trust **trust);

// Takes a comparison by another maker's engine, as of now. Refused (8903) while a verdict over this assessment lives.
//
// # Safety
// `assessment` is null or lives; `comparison` is null or can be read, and its texts and images are as long as it says; `error` is
// null or can be written.
CHIPID_API
int32_t chipid_assessment_add_vendor_comparison(const chipid_assessment *assessment,
                                                const chipid_vendor_comparison *comparison,
                                                chipid_error **error);

// What ties a vendor's comparison to this document's portrait: 32 bytes. None where no portrait is proven.
//
// # Safety
// `assessment` is null or lives; `out` and `error` are null or can be written.
CHIPID_API
int32_t chipid_assessment_portrait_digest(const chipid_assessment *assessment,
                                          chipid_bytes *out,
                                          chipid_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CHIPID_H */
