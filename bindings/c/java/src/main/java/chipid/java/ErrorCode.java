// Made by scripts/make_error_codes.py: change the table.
package chipid.java;

/** The permanent codes of errors (docs/reference/error-codes.md). */
public final class ErrorCode {
    private ErrorCode() {}

    /** transport. */
    public static final int CARD_REMOVED = 1001;
    /** transport. */
    public static final int READER_REMOVED = 1002;
    /** transport. */
    public static final int NO_READER = 1003;
    /** transport. */
    public static final int NO_CARD = 1004;
    /** transport. */
    public static final int SERVICE_UNAVAILABLE = 1005;
    /** transport. */
    public static final int ACCESS_DENIED = 1006;
    /** transport. */
    public static final int SHARING_VIOLATION = 1007;
    /** transport. */
    public static final int CARD_RESET = 1008;
    /** transport. */
    public static final int CARD_MUTE = 1009;
    /** transport. */
    public static final int TIMEOUT = 1010;
    /** transport. */
    public static final int CANCELLED = 1011;
    /** transport. */
    public static final int APDU_TOO_LONG = 1012;
    /** transport. */
    public static final int RESPONSE_MALFORMED = 1013;
    /** transport. */
    public static final int REPLAY_DIVERGED = 1014;
    /** transport. */
    public static final int EXCHANGE_PENDING = 1015;
    /** transport. */
    public static final int TRANSPORT_FAILED = 1016;
    /** access. */
    public static final int NOT_AN_EMRTD = 2001;
    /** access. */
    public static final int WRONG_KEY = 2002;
    /** access. */
    public static final int TRIES_NEARLY_EXHAUSTED = 2003;
    /** access. */
    public static final int TRY_BUDGET_SPENT = 2004;
    /** access. */
    public static final int NO_USABLE_KEY = 2005;
    /** access. */
    public static final int ACCESS_REFUSED = 2006;
    /** access. */
    public static final int ANOTHER_CARD = 2007;
    /** chip. */
    public static final int CHIP_REFUSED = 3001;
    /** chip. */
    public static final int SHORT_ANSWER = 3002;
    /** chip. */
    public static final int PROTOCOL_BROKEN = 3003;
    /** chip. */
    public static final int TOKEN_MISMATCH = 3004;
    /** chip. */
    public static final int REFLECTED_KEY = 3005;
    /** secure messaging. */
    public static final int CHANNEL_ENDED = 4001;
    /** secure messaging. */
    public static final int CHANNEL_DROPPED = 4002;
    /** secure messaging. */
    public static final int MAC_MISMATCH = 4003;
    /** secure messaging. */
    public static final int SECURED_RESPONSE_MALFORMED = 4004;
    /** secure messaging. */
    public static final int STATUS_MISMATCH = 4005;
    /** secure messaging. */
    public static final int PADDING_WRONG = 4006;
    /** parse. */
    public static final int TRUNCATED = 5001;
    /** parse. */
    public static final int UNEXPECTED_TAG = 5002;
    /** parse. */
    public static final int LENGTH_WRONG = 5003;
    /** parse. */
    public static final int VALUE_WRONG = 5004;
    /** parse. */
    public static final int CHECK_DIGIT_WRONG = 5005;
    /** parse. */
    public static final int CERTIFICATE_MALFORMED = 5101;
    /** parse. */
    public static final int DG13_OUTER_FORM = 5130;
    /** parse. */
    public static final int DG13_BODY_FORM = 5131;
    /** parse. */
    public static final int DG13_FIELDS_FORM = 5132;
    /** parse. */
    public static final int DG13_TOO_MANY_FIELDS = 5133;
    /** limit. */
    public static final int FILE_TOO_LARGE = 6001;
    /** limit. */
    public static final int RESPONSE_TOO_LARGE = 6002;
    /** limit. */
    public static final int COMMAND_TOO_LARGE = 6003;
    /** limit. */
    public static final int ANCHOR_TOO_LARGE = 6101;
    /** unsupported. */
    public static final int ACCESS_PROTOCOL_UNSUPPORTED = 7001;
    /** unsupported. */
    public static final int DOMAIN_PARAMETERS_UNSUPPORTED = 7002;
    /** unsupported. */
    public static final int ALGORITHM_UNSUPPORTED = 7003;
    /** unsupported. */
    public static final int RANDOMNESS_UNAVAILABLE = 7201;
    /** unsupported. */
    public static final int LOG_RANDOMNESS_UNAVAILABLE = 7202;
    /** input. */
    public static final int ALREADY_STARTED = 8001;
    /** input. */
    public static final int NOT_STARTED = 8002;
    /** input. */
    public static final int READING_FINISHED = 8003;
    /** input. */
    public static final int READING_STALLED = 8004;
    /** input. */
    public static final int CAN_MALFORMED = 8011;
    /** input. */
    public static final int MRZ_MALFORMED = 8012;
    /** input. */
    public static final int DOCUMENT_NUMBER_MALFORMED = 8013;
    /** input. */
    public static final int DATE_MALFORMED = 8014;
    /** input. */
    public static final int NO_KEY_GIVEN = 8015;
    /** input. */
    public static final int PIN_MALFORMED = 8016;
    /** input. */
    public static final int PUK_MALFORMED = 8017;
    /** input. */
    public static final int ANCHOR_UNRECOGNISED = 8101;
    /** input. */
    public static final int ROOT_NOT_CERTIFICATE = 8102;
    /** input. */
    public static final int MASTER_LIST_REFUSED = 8103;
    /** input. */
    public static final int SCOPE_ON_LIST = 8104;
    /** input. */
    public static final int QR_TOO_LONG = 8130;
    /** input. */
    public static final int QR_TOO_FEW_FIELDS = 8131;
    /** input. */
    public static final int QR_NUMBER = 8132;
    /** input. */
    public static final int QR_NAME_MISSING = 8133;
    /** input. */
    public static final int QR_BIRTH = 8134;
    /** input. */
    public static final int QR_SEX = 8135;
    /** input. */
    public static final int QR_ISSUE = 8136;
    /** input. */
    public static final int NUMBER_WRONG_LENGTH = 8140;
    /** input. */
    public static final int NUMBER_NOT_A_DIGIT = 8141;
    /** input. */
    public static final int RECORDING_UNKNOWN_LINE = 8151;
    /** input. */
    public static final int RECORDING_NOT_HEX = 8152;
    /** input. */
    public static final int RECORDING_COMMAND_MISSING = 8153;
    /** input. */
    public static final int RECORDING_RESPONSE_MISSING = 8154;
    /** input. */
    public static final int PICTURE_WITHOUT_CODE = 8160;
    /** input. */
    public static final int PICTURE_OF_OTHER_CODES = 8161;
    /** input. */
    public static final int PICTURE_OF_SEVERAL_CARDS = 8162;
    /** input. */
    public static final int PICTURE_TOO_BUSY = 8163;
    /** input. */
    public static final int ZONE_TOO_LONG = 8170;
    /** input. */
    public static final int ZONE_LENGTH = 8171;
    /** input. */
    public static final int ZONE_NOT_PROVEN = 8172;
    /** input. */
    public static final int ZONE_AMBIGUOUS = 8173;
    /** input. */
    public static final int ZONE_TOO_DAMAGED = 8174;
    /** input. */
    public static final int FILE_UNREADABLE = 8201;
    /** input. */
    public static final int NO_DOCUMENT_FILES = 8202;
    /** input. */
    public static final int FOLDER_TAKEN = 8203;
    /** input. */
    public static final int DOCUMENT_NOT_PROVEN = 8204;
    /** input. */
    public static final int CONSENT_ID_MALFORMED = 8205;
    /** input. */
    public static final int POLICY_MALFORMED = 8301;
    /** input. */
    public static final int POLICY_UNKNOWN = 8302;
    /** input. */
    public static final int POLICY_UNKNOWN_CODE = 8303;
    /** input. */
    public static final int POLICY_FATAL_LOWERED = 8304;
    /** input. */
    public static final int POLICY_TEST_ISSUER_LOWERED = 8305;
    /** input. */
    public static final int POLICY_WITHOUT_PASSIVE_AUTHENTICATION = 8306;
    /** input. */
    public static final int POLICY_THRESHOLDS = 8307;
    /** input. */
    public static final int POLICY_NAME_TAKEN = 8308;
    /** input. */
    public static final int POLICY_FILE_CAPTURE = 8309;
    /** input. */
    public static final int POLICY_AGE_UNBOUNDED = 8310;
    /** input. */
    public static final int POLICY_VENDOR_UNNAMED = 8311;
    /** input. */
    public static final int PURPOSE_UNKNOWN = 8601;
    /** input. */
    public static final int LABEL_EMPTY = 8602;
    /** input. */
    public static final int LABEL_TOO_LONG = 8603;
    /** input. */
    public static final int LABEL_CHARACTER = 8604;
    /** input. */
    public static final int LABEL_NUMBER = 8605;
    /** input. */
    public static final int LOG_FAILED = 8606;
    /** input. */
    public static final int NULL_ARGUMENT = 8901;
    /** input. */
    public static final int FOREIGN_HANDLE = 8902;
    /** input. */
    public static final int BUSY = 8903;
    /** input. */
    public static final int NOT_TEXT = 8904;
    /** input. */
    public static final int UNKNOWN_VALUE = 8905;
    /** face. */
    public static final int NOT_AN_IMAGE = 9001;
    /** face. */
    public static final int IMAGE_DAMAGED = 9002;
    /** face. */
    public static final int IMAGE_TOO_LARGE = 9003;
    /** face. */
    public static final int IMAGE_UNSUPPORTED = 9004;
    /** face. */
    public static final int WRONG_PIXEL_COUNT = 9005;
    /** face. */
    public static final int MODEL_MISSING = 9006;
    /** face. */
    public static final int MODEL_UNREADABLE = 9007;
    /** face. */
    public static final int MODEL_REPLACED = 9008;
    /** face. */
    public static final int MODEL_REFUSED = 9009;
    /** face. */
    public static final int ENGINE_FAILED = 9010;
    /** face. */
    public static final int THRESHOLDS_INVALID = 9011;
    /** face. */
    public static final int SIMILARITY_INVALID = 9012;
    /** face. */
    public static final int FRAME_TOO_LARGE = 9013;
    /** face. */
    public static final int ENGINE_ABSENT = 9014;
    /** library. */
    public static final int PANIC = 9999;
}
