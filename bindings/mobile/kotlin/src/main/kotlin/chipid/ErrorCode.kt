// Made by scripts/make_error_codes.py: change the table.
package chipid

/** The permanent codes of errors (docs/reference/error-codes.md). */
public object ErrorCode {
    /** transport */
    public const val CARD_REMOVED: Int = 1001
    /** transport */
    public const val READER_REMOVED: Int = 1002
    /** transport */
    public const val NO_READER: Int = 1003
    /** transport */
    public const val NO_CARD: Int = 1004
    /** transport */
    public const val SERVICE_UNAVAILABLE: Int = 1005
    /** transport */
    public const val ACCESS_DENIED: Int = 1006
    /** transport */
    public const val SHARING_VIOLATION: Int = 1007
    /** transport */
    public const val CARD_RESET: Int = 1008
    /** transport */
    public const val CARD_MUTE: Int = 1009
    /** transport */
    public const val TIMEOUT: Int = 1010
    /** transport */
    public const val CANCELLED: Int = 1011
    /** transport */
    public const val APDU_TOO_LONG: Int = 1012
    /** transport */
    public const val RESPONSE_MALFORMED: Int = 1013
    /** transport */
    public const val REPLAY_DIVERGED: Int = 1014
    /** transport */
    public const val EXCHANGE_PENDING: Int = 1015
    /** transport */
    public const val TRANSPORT_FAILED: Int = 1016
    /** access */
    public const val NOT_AN_EMRTD: Int = 2001
    /** access */
    public const val WRONG_KEY: Int = 2002
    /** access */
    public const val TRIES_NEARLY_EXHAUSTED: Int = 2003
    /** access */
    public const val TRY_BUDGET_SPENT: Int = 2004
    /** access */
    public const val NO_USABLE_KEY: Int = 2005
    /** access */
    public const val ACCESS_REFUSED: Int = 2006
    /** access */
    public const val ANOTHER_CARD: Int = 2007
    /** chip */
    public const val CHIP_REFUSED: Int = 3001
    /** chip */
    public const val SHORT_ANSWER: Int = 3002
    /** chip */
    public const val PROTOCOL_BROKEN: Int = 3003
    /** chip */
    public const val TOKEN_MISMATCH: Int = 3004
    /** chip */
    public const val REFLECTED_KEY: Int = 3005
    /** secure messaging */
    public const val CHANNEL_ENDED: Int = 4001
    /** secure messaging */
    public const val CHANNEL_DROPPED: Int = 4002
    /** secure messaging */
    public const val MAC_MISMATCH: Int = 4003
    /** secure messaging */
    public const val SECURED_RESPONSE_MALFORMED: Int = 4004
    /** secure messaging */
    public const val STATUS_MISMATCH: Int = 4005
    /** secure messaging */
    public const val PADDING_WRONG: Int = 4006
    /** parse */
    public const val TRUNCATED: Int = 5001
    /** parse */
    public const val UNEXPECTED_TAG: Int = 5002
    /** parse */
    public const val LENGTH_WRONG: Int = 5003
    /** parse */
    public const val VALUE_WRONG: Int = 5004
    /** parse */
    public const val CHECK_DIGIT_WRONG: Int = 5005
    /** parse */
    public const val CERTIFICATE_MALFORMED: Int = 5101
    /** parse */
    public const val DG13_OUTER_FORM: Int = 5130
    /** parse */
    public const val DG13_BODY_FORM: Int = 5131
    /** parse */
    public const val DG13_FIELDS_FORM: Int = 5132
    /** parse */
    public const val DG13_TOO_MANY_FIELDS: Int = 5133
    /** limit */
    public const val FILE_TOO_LARGE: Int = 6001
    /** limit */
    public const val RESPONSE_TOO_LARGE: Int = 6002
    /** limit */
    public const val COMMAND_TOO_LARGE: Int = 6003
    /** limit */
    public const val ANCHOR_TOO_LARGE: Int = 6101
    /** unsupported */
    public const val ACCESS_PROTOCOL_UNSUPPORTED: Int = 7001
    /** unsupported */
    public const val DOMAIN_PARAMETERS_UNSUPPORTED: Int = 7002
    /** unsupported */
    public const val ALGORITHM_UNSUPPORTED: Int = 7003
    /** unsupported */
    public const val RANDOMNESS_UNAVAILABLE: Int = 7201
    /** unsupported */
    public const val LOG_RANDOMNESS_UNAVAILABLE: Int = 7202
    /** input */
    public const val ALREADY_STARTED: Int = 8001
    /** input */
    public const val NOT_STARTED: Int = 8002
    /** input */
    public const val READING_FINISHED: Int = 8003
    /** input */
    public const val READING_STALLED: Int = 8004
    /** input */
    public const val CAN_MALFORMED: Int = 8011
    /** input */
    public const val MRZ_MALFORMED: Int = 8012
    /** input */
    public const val DOCUMENT_NUMBER_MALFORMED: Int = 8013
    /** input */
    public const val DATE_MALFORMED: Int = 8014
    /** input */
    public const val NO_KEY_GIVEN: Int = 8015
    /** input */
    public const val PIN_MALFORMED: Int = 8016
    /** input */
    public const val PUK_MALFORMED: Int = 8017
    /** input */
    public const val ANCHOR_UNRECOGNISED: Int = 8101
    /** input */
    public const val ROOT_NOT_CERTIFICATE: Int = 8102
    /** input */
    public const val MASTER_LIST_REFUSED: Int = 8103
    /** input */
    public const val SCOPE_ON_LIST: Int = 8104
    /** input */
    public const val QR_TOO_LONG: Int = 8130
    /** input */
    public const val QR_TOO_FEW_FIELDS: Int = 8131
    /** input */
    public const val QR_NUMBER: Int = 8132
    /** input */
    public const val QR_NAME_MISSING: Int = 8133
    /** input */
    public const val QR_BIRTH: Int = 8134
    /** input */
    public const val QR_SEX: Int = 8135
    /** input */
    public const val QR_ISSUE: Int = 8136
    /** input */
    public const val NUMBER_WRONG_LENGTH: Int = 8140
    /** input */
    public const val NUMBER_NOT_A_DIGIT: Int = 8141
    /** input */
    public const val RECORDING_UNKNOWN_LINE: Int = 8151
    /** input */
    public const val RECORDING_NOT_HEX: Int = 8152
    /** input */
    public const val RECORDING_COMMAND_MISSING: Int = 8153
    /** input */
    public const val RECORDING_RESPONSE_MISSING: Int = 8154
    /** input */
    public const val PICTURE_WITHOUT_CODE: Int = 8160
    /** input */
    public const val PICTURE_OF_OTHER_CODES: Int = 8161
    /** input */
    public const val PICTURE_OF_SEVERAL_CARDS: Int = 8162
    /** input */
    public const val PICTURE_TOO_BUSY: Int = 8163
    /** input */
    public const val ZONE_TOO_LONG: Int = 8170
    /** input */
    public const val ZONE_LENGTH: Int = 8171
    /** input */
    public const val ZONE_NOT_PROVEN: Int = 8172
    /** input */
    public const val ZONE_AMBIGUOUS: Int = 8173
    /** input */
    public const val ZONE_TOO_DAMAGED: Int = 8174
    /** input */
    public const val FILE_UNREADABLE: Int = 8201
    /** input */
    public const val NO_DOCUMENT_FILES: Int = 8202
    /** input */
    public const val FOLDER_TAKEN: Int = 8203
    /** input */
    public const val DOCUMENT_NOT_PROVEN: Int = 8204
    /** input */
    public const val CONSENT_ID_MALFORMED: Int = 8205
    /** input */
    public const val POLICY_MALFORMED: Int = 8301
    /** input */
    public const val POLICY_UNKNOWN: Int = 8302
    /** input */
    public const val POLICY_UNKNOWN_CODE: Int = 8303
    /** input */
    public const val POLICY_FATAL_LOWERED: Int = 8304
    /** input */
    public const val POLICY_TEST_ISSUER_LOWERED: Int = 8305
    /** input */
    public const val POLICY_WITHOUT_PASSIVE_AUTHENTICATION: Int = 8306
    /** input */
    public const val POLICY_THRESHOLDS: Int = 8307
    /** input */
    public const val POLICY_NAME_TAKEN: Int = 8308
    /** input */
    public const val POLICY_FILE_CAPTURE: Int = 8309
    /** input */
    public const val POLICY_AGE_UNBOUNDED: Int = 8310
    /** input */
    public const val POLICY_VENDOR_UNNAMED: Int = 8311
    /** input */
    public const val PURPOSE_UNKNOWN: Int = 8601
    /** input */
    public const val LABEL_EMPTY: Int = 8602
    /** input */
    public const val LABEL_TOO_LONG: Int = 8603
    /** input */
    public const val LABEL_CHARACTER: Int = 8604
    /** input */
    public const val LABEL_NUMBER: Int = 8605
    /** input */
    public const val LOG_FAILED: Int = 8606
    /** input */
    public const val NULL_ARGUMENT: Int = 8901
    /** input */
    public const val FOREIGN_HANDLE: Int = 8902
    /** input */
    public const val BUSY: Int = 8903
    /** input */
    public const val NOT_TEXT: Int = 8904
    /** input */
    public const val UNKNOWN_VALUE: Int = 8905
    /** face */
    public const val NOT_AN_IMAGE: Int = 9001
    /** face */
    public const val IMAGE_DAMAGED: Int = 9002
    /** face */
    public const val IMAGE_TOO_LARGE: Int = 9003
    /** face */
    public const val IMAGE_UNSUPPORTED: Int = 9004
    /** face */
    public const val WRONG_PIXEL_COUNT: Int = 9005
    /** face */
    public const val MODEL_MISSING: Int = 9006
    /** face */
    public const val MODEL_UNREADABLE: Int = 9007
    /** face */
    public const val MODEL_REPLACED: Int = 9008
    /** face */
    public const val MODEL_REFUSED: Int = 9009
    /** face */
    public const val ENGINE_FAILED: Int = 9010
    /** face */
    public const val THRESHOLDS_INVALID: Int = 9011
    /** face */
    public const val SIMILARITY_INVALID: Int = 9012
    /** face */
    public const val FRAME_TOO_LARGE: Int = 9013
    /** face */
    public const val ENGINE_ABSENT: Int = 9014
    /** library */
    public const val PANIC: Int = 9999
}
