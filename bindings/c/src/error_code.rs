//! The permanent codes of errors (docs/reference/error-codes.md). Made by scripts/make_error_codes.py: change the table.

/// The permanent codes of errors, each with whose fault it is.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_code {
    /// transport
    CHIPID_ERROR_CARD_REMOVED = 1001,
    /// transport
    CHIPID_ERROR_READER_REMOVED = 1002,
    /// transport
    CHIPID_ERROR_NO_READER = 1003,
    /// transport
    CHIPID_ERROR_NO_CARD = 1004,
    /// transport
    CHIPID_ERROR_SERVICE_UNAVAILABLE = 1005,
    /// transport
    CHIPID_ERROR_ACCESS_DENIED = 1006,
    /// transport
    CHIPID_ERROR_SHARING_VIOLATION = 1007,
    /// transport
    CHIPID_ERROR_CARD_RESET = 1008,
    /// transport
    CHIPID_ERROR_CARD_MUTE = 1009,
    /// transport
    CHIPID_ERROR_TIMEOUT = 1010,
    /// transport
    CHIPID_ERROR_CANCELLED = 1011,
    /// transport
    CHIPID_ERROR_APDU_TOO_LONG = 1012,
    /// transport
    CHIPID_ERROR_RESPONSE_MALFORMED = 1013,
    /// transport
    CHIPID_ERROR_REPLAY_DIVERGED = 1014,
    /// transport
    CHIPID_ERROR_EXCHANGE_PENDING = 1015,
    /// transport
    CHIPID_ERROR_TRANSPORT_FAILED = 1016,
    /// access
    CHIPID_ERROR_NOT_AN_EMRTD = 2001,
    /// access
    CHIPID_ERROR_WRONG_KEY = 2002,
    /// access
    CHIPID_ERROR_TRIES_NEARLY_EXHAUSTED = 2003,
    /// access
    CHIPID_ERROR_TRY_BUDGET_SPENT = 2004,
    /// access
    CHIPID_ERROR_NO_USABLE_KEY = 2005,
    /// access
    CHIPID_ERROR_ACCESS_REFUSED = 2006,
    /// access
    CHIPID_ERROR_ANOTHER_CARD = 2007,
    /// chip
    CHIPID_ERROR_CHIP_REFUSED = 3001,
    /// chip
    CHIPID_ERROR_SHORT_ANSWER = 3002,
    /// chip
    CHIPID_ERROR_PROTOCOL_BROKEN = 3003,
    /// chip
    CHIPID_ERROR_TOKEN_MISMATCH = 3004,
    /// chip
    CHIPID_ERROR_REFLECTED_KEY = 3005,
    /// secure messaging
    CHIPID_ERROR_CHANNEL_ENDED = 4001,
    /// secure messaging
    CHIPID_ERROR_CHANNEL_DROPPED = 4002,
    /// secure messaging
    CHIPID_ERROR_MAC_MISMATCH = 4003,
    /// secure messaging
    CHIPID_ERROR_SECURED_RESPONSE_MALFORMED = 4004,
    /// secure messaging
    CHIPID_ERROR_STATUS_MISMATCH = 4005,
    /// secure messaging
    CHIPID_ERROR_PADDING_WRONG = 4006,
    /// parse
    CHIPID_ERROR_TRUNCATED = 5001,
    /// parse
    CHIPID_ERROR_UNEXPECTED_TAG = 5002,
    /// parse
    CHIPID_ERROR_LENGTH_WRONG = 5003,
    /// parse
    CHIPID_ERROR_VALUE_WRONG = 5004,
    /// parse
    CHIPID_ERROR_CHECK_DIGIT_WRONG = 5005,
    /// parse
    CHIPID_ERROR_CERTIFICATE_MALFORMED = 5101,
    /// parse
    CHIPID_ERROR_DG13_OUTER_FORM = 5130,
    /// parse
    CHIPID_ERROR_DG13_BODY_FORM = 5131,
    /// parse
    CHIPID_ERROR_DG13_FIELDS_FORM = 5132,
    /// parse
    CHIPID_ERROR_DG13_TOO_MANY_FIELDS = 5133,
    /// limit
    CHIPID_ERROR_FILE_TOO_LARGE = 6001,
    /// limit
    CHIPID_ERROR_RESPONSE_TOO_LARGE = 6002,
    /// limit
    CHIPID_ERROR_COMMAND_TOO_LARGE = 6003,
    /// limit
    CHIPID_ERROR_ANCHOR_TOO_LARGE = 6101,
    /// unsupported
    CHIPID_ERROR_ACCESS_PROTOCOL_UNSUPPORTED = 7001,
    /// unsupported
    CHIPID_ERROR_DOMAIN_PARAMETERS_UNSUPPORTED = 7002,
    /// unsupported
    CHIPID_ERROR_ALGORITHM_UNSUPPORTED = 7003,
    /// unsupported
    CHIPID_ERROR_RANDOMNESS_UNAVAILABLE = 7201,
    /// unsupported
    CHIPID_ERROR_LOG_RANDOMNESS_UNAVAILABLE = 7202,
    /// input
    CHIPID_ERROR_ALREADY_STARTED = 8001,
    /// input
    CHIPID_ERROR_NOT_STARTED = 8002,
    /// input
    CHIPID_ERROR_READING_FINISHED = 8003,
    /// input
    CHIPID_ERROR_READING_STALLED = 8004,
    /// input
    CHIPID_ERROR_CAN_MALFORMED = 8011,
    /// input
    CHIPID_ERROR_MRZ_MALFORMED = 8012,
    /// input
    CHIPID_ERROR_DOCUMENT_NUMBER_MALFORMED = 8013,
    /// input
    CHIPID_ERROR_DATE_MALFORMED = 8014,
    /// input
    CHIPID_ERROR_NO_KEY_GIVEN = 8015,
    /// input
    CHIPID_ERROR_PIN_MALFORMED = 8016,
    /// input
    CHIPID_ERROR_PUK_MALFORMED = 8017,
    /// input
    CHIPID_ERROR_ANCHOR_UNRECOGNISED = 8101,
    /// input
    CHIPID_ERROR_ROOT_NOT_CERTIFICATE = 8102,
    /// input
    CHIPID_ERROR_MASTER_LIST_REFUSED = 8103,
    /// input
    CHIPID_ERROR_SCOPE_ON_LIST = 8104,
    /// input
    CHIPID_ERROR_QR_TOO_LONG = 8130,
    /// input
    CHIPID_ERROR_QR_TOO_FEW_FIELDS = 8131,
    /// input
    CHIPID_ERROR_QR_NUMBER = 8132,
    /// input
    CHIPID_ERROR_QR_NAME_MISSING = 8133,
    /// input
    CHIPID_ERROR_QR_BIRTH = 8134,
    /// input
    CHIPID_ERROR_QR_SEX = 8135,
    /// input
    CHIPID_ERROR_QR_ISSUE = 8136,
    /// input
    CHIPID_ERROR_NUMBER_WRONG_LENGTH = 8140,
    /// input
    CHIPID_ERROR_NUMBER_NOT_A_DIGIT = 8141,
    /// input
    CHIPID_ERROR_RECORDING_UNKNOWN_LINE = 8151,
    /// input
    CHIPID_ERROR_RECORDING_NOT_HEX = 8152,
    /// input
    CHIPID_ERROR_RECORDING_COMMAND_MISSING = 8153,
    /// input
    CHIPID_ERROR_RECORDING_RESPONSE_MISSING = 8154,
    /// input
    CHIPID_ERROR_PICTURE_WITHOUT_CODE = 8160,
    /// input
    CHIPID_ERROR_PICTURE_OF_OTHER_CODES = 8161,
    /// input
    CHIPID_ERROR_PICTURE_OF_SEVERAL_CARDS = 8162,
    /// input
    CHIPID_ERROR_PICTURE_TOO_BUSY = 8163,
    /// input
    CHIPID_ERROR_ZONE_TOO_LONG = 8170,
    /// input
    CHIPID_ERROR_ZONE_LENGTH = 8171,
    /// input
    CHIPID_ERROR_ZONE_NOT_PROVEN = 8172,
    /// input
    CHIPID_ERROR_ZONE_AMBIGUOUS = 8173,
    /// input
    CHIPID_ERROR_ZONE_TOO_DAMAGED = 8174,
    /// input
    CHIPID_ERROR_FILE_UNREADABLE = 8201,
    /// input
    CHIPID_ERROR_NO_DOCUMENT_FILES = 8202,
    /// input
    CHIPID_ERROR_FOLDER_TAKEN = 8203,
    /// input
    CHIPID_ERROR_DOCUMENT_NOT_PROVEN = 8204,
    /// input
    CHIPID_ERROR_CONSENT_ID_MALFORMED = 8205,
    /// input
    CHIPID_ERROR_POLICY_MALFORMED = 8301,
    /// input
    CHIPID_ERROR_POLICY_UNKNOWN = 8302,
    /// input
    CHIPID_ERROR_POLICY_UNKNOWN_CODE = 8303,
    /// input
    CHIPID_ERROR_POLICY_FATAL_LOWERED = 8304,
    /// input
    CHIPID_ERROR_POLICY_TEST_ISSUER_LOWERED = 8305,
    /// input
    CHIPID_ERROR_POLICY_WITHOUT_PASSIVE_AUTHENTICATION = 8306,
    /// input
    CHIPID_ERROR_POLICY_THRESHOLDS = 8307,
    /// input
    CHIPID_ERROR_POLICY_NAME_TAKEN = 8308,
    /// input
    CHIPID_ERROR_POLICY_FILE_CAPTURE = 8309,
    /// input
    CHIPID_ERROR_POLICY_AGE_UNBOUNDED = 8310,
    /// input
    CHIPID_ERROR_POLICY_VENDOR_UNNAMED = 8311,
    /// input
    CHIPID_ERROR_PURPOSE_UNKNOWN = 8601,
    /// input
    CHIPID_ERROR_LABEL_EMPTY = 8602,
    /// input
    CHIPID_ERROR_LABEL_TOO_LONG = 8603,
    /// input
    CHIPID_ERROR_LABEL_CHARACTER = 8604,
    /// input
    CHIPID_ERROR_LABEL_NUMBER = 8605,
    /// input
    CHIPID_ERROR_LOG_FAILED = 8606,
    /// input
    CHIPID_ERROR_NULL_ARGUMENT = 8901,
    /// input
    CHIPID_ERROR_FOREIGN_HANDLE = 8902,
    /// input
    CHIPID_ERROR_BUSY = 8903,
    /// input
    CHIPID_ERROR_NOT_TEXT = 8904,
    /// input
    CHIPID_ERROR_UNKNOWN_VALUE = 8905,
    /// face
    CHIPID_ERROR_NOT_AN_IMAGE = 9001,
    /// face
    CHIPID_ERROR_IMAGE_DAMAGED = 9002,
    /// face
    CHIPID_ERROR_IMAGE_TOO_LARGE = 9003,
    /// face
    CHIPID_ERROR_IMAGE_UNSUPPORTED = 9004,
    /// face
    CHIPID_ERROR_WRONG_PIXEL_COUNT = 9005,
    /// face
    CHIPID_ERROR_MODEL_MISSING = 9006,
    /// face
    CHIPID_ERROR_MODEL_UNREADABLE = 9007,
    /// face
    CHIPID_ERROR_MODEL_REPLACED = 9008,
    /// face
    CHIPID_ERROR_MODEL_REFUSED = 9009,
    /// face
    CHIPID_ERROR_ENGINE_FAILED = 9010,
    /// face
    CHIPID_ERROR_THRESHOLDS_INVALID = 9011,
    /// face
    CHIPID_ERROR_SIMILARITY_INVALID = 9012,
    /// face
    CHIPID_ERROR_FRAME_TOO_LARGE = 9013,
    /// face
    CHIPID_ERROR_ENGINE_ABSENT = 9014,
    /// library
    CHIPID_ERROR_PANIC = 9999,
}
