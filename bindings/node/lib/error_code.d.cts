// Made by scripts/make_error_codes.py: change the table, and sdk/emrtd/src/card_transport.rs for the words.

/** The permanent codes of errors (docs/reference/error-codes.md). */
export declare const ErrorCode: {
  /** transport */
  readonly CARD_REMOVED: 1001
  /** transport */
  readonly READER_REMOVED: 1002
  /** transport */
  readonly NO_READER: 1003
  /** transport */
  readonly NO_CARD: 1004
  /** transport */
  readonly SERVICE_UNAVAILABLE: 1005
  /** transport */
  readonly ACCESS_DENIED: 1006
  /** transport */
  readonly SHARING_VIOLATION: 1007
  /** transport */
  readonly CARD_RESET: 1008
  /** transport */
  readonly CARD_MUTE: 1009
  /** transport */
  readonly TIMEOUT: 1010
  /** transport */
  readonly CANCELLED: 1011
  /** transport */
  readonly APDU_TOO_LONG: 1012
  /** transport */
  readonly RESPONSE_MALFORMED: 1013
  /** transport */
  readonly REPLAY_DIVERGED: 1014
  /** transport */
  readonly EXCHANGE_PENDING: 1015
  /** transport */
  readonly TRANSPORT_FAILED: 1016
  /** access */
  readonly NOT_AN_EMRTD: 2001
  /** access */
  readonly WRONG_KEY: 2002
  /** access */
  readonly TRIES_NEARLY_EXHAUSTED: 2003
  /** access */
  readonly TRY_BUDGET_SPENT: 2004
  /** access */
  readonly NO_USABLE_KEY: 2005
  /** access */
  readonly ACCESS_REFUSED: 2006
  /** access */
  readonly ANOTHER_CARD: 2007
  /** chip */
  readonly CHIP_REFUSED: 3001
  /** chip */
  readonly SHORT_ANSWER: 3002
  /** chip */
  readonly PROTOCOL_BROKEN: 3003
  /** chip */
  readonly TOKEN_MISMATCH: 3004
  /** chip */
  readonly REFLECTED_KEY: 3005
  /** secure messaging */
  readonly CHANNEL_ENDED: 4001
  /** secure messaging */
  readonly CHANNEL_DROPPED: 4002
  /** secure messaging */
  readonly MAC_MISMATCH: 4003
  /** secure messaging */
  readonly SECURED_RESPONSE_MALFORMED: 4004
  /** secure messaging */
  readonly STATUS_MISMATCH: 4005
  /** secure messaging */
  readonly PADDING_WRONG: 4006
  /** parse */
  readonly TRUNCATED: 5001
  /** parse */
  readonly UNEXPECTED_TAG: 5002
  /** parse */
  readonly LENGTH_WRONG: 5003
  /** parse */
  readonly VALUE_WRONG: 5004
  /** parse */
  readonly CHECK_DIGIT_WRONG: 5005
  /** parse */
  readonly CERTIFICATE_MALFORMED: 5101
  /** parse */
  readonly DG13_OUTER_FORM: 5130
  /** parse */
  readonly DG13_BODY_FORM: 5131
  /** parse */
  readonly DG13_FIELDS_FORM: 5132
  /** parse */
  readonly DG13_TOO_MANY_FIELDS: 5133
  /** limit */
  readonly FILE_TOO_LARGE: 6001
  /** limit */
  readonly RESPONSE_TOO_LARGE: 6002
  /** limit */
  readonly COMMAND_TOO_LARGE: 6003
  /** limit */
  readonly ANCHOR_TOO_LARGE: 6101
  /** unsupported */
  readonly ACCESS_PROTOCOL_UNSUPPORTED: 7001
  /** unsupported */
  readonly DOMAIN_PARAMETERS_UNSUPPORTED: 7002
  /** unsupported */
  readonly ALGORITHM_UNSUPPORTED: 7003
  /** unsupported */
  readonly RANDOMNESS_UNAVAILABLE: 7201
  /** unsupported */
  readonly LOG_RANDOMNESS_UNAVAILABLE: 7202
  /** input */
  readonly ALREADY_STARTED: 8001
  /** input */
  readonly NOT_STARTED: 8002
  /** input */
  readonly READING_FINISHED: 8003
  /** input */
  readonly READING_STALLED: 8004
  /** input */
  readonly CAN_MALFORMED: 8011
  /** input */
  readonly MRZ_MALFORMED: 8012
  /** input */
  readonly DOCUMENT_NUMBER_MALFORMED: 8013
  /** input */
  readonly DATE_MALFORMED: 8014
  /** input */
  readonly NO_KEY_GIVEN: 8015
  /** input */
  readonly PIN_MALFORMED: 8016
  /** input */
  readonly PUK_MALFORMED: 8017
  /** input */
  readonly ANCHOR_UNRECOGNISED: 8101
  /** input */
  readonly ROOT_NOT_CERTIFICATE: 8102
  /** input */
  readonly MASTER_LIST_REFUSED: 8103
  /** input */
  readonly SCOPE_ON_LIST: 8104
  /** input */
  readonly QR_TOO_LONG: 8130
  /** input */
  readonly QR_TOO_FEW_FIELDS: 8131
  /** input */
  readonly QR_NUMBER: 8132
  /** input */
  readonly QR_NAME_MISSING: 8133
  /** input */
  readonly QR_BIRTH: 8134
  /** input */
  readonly QR_SEX: 8135
  /** input */
  readonly QR_ISSUE: 8136
  /** input */
  readonly NUMBER_WRONG_LENGTH: 8140
  /** input */
  readonly NUMBER_NOT_A_DIGIT: 8141
  /** input */
  readonly RECORDING_UNKNOWN_LINE: 8151
  /** input */
  readonly RECORDING_NOT_HEX: 8152
  /** input */
  readonly RECORDING_COMMAND_MISSING: 8153
  /** input */
  readonly RECORDING_RESPONSE_MISSING: 8154
  /** input */
  readonly PICTURE_WITHOUT_CODE: 8160
  /** input */
  readonly PICTURE_OF_OTHER_CODES: 8161
  /** input */
  readonly PICTURE_OF_SEVERAL_CARDS: 8162
  /** input */
  readonly PICTURE_TOO_BUSY: 8163
  /** input */
  readonly ZONE_TOO_LONG: 8170
  /** input */
  readonly ZONE_LENGTH: 8171
  /** input */
  readonly ZONE_NOT_PROVEN: 8172
  /** input */
  readonly ZONE_AMBIGUOUS: 8173
  /** input */
  readonly ZONE_TOO_DAMAGED: 8174
  /** input */
  readonly FILE_UNREADABLE: 8201
  /** input */
  readonly NO_DOCUMENT_FILES: 8202
  /** input */
  readonly FOLDER_TAKEN: 8203
  /** input */
  readonly DOCUMENT_NOT_PROVEN: 8204
  /** input */
  readonly CONSENT_ID_MALFORMED: 8205
  /** input */
  readonly POLICY_MALFORMED: 8301
  /** input */
  readonly POLICY_UNKNOWN: 8302
  /** input */
  readonly POLICY_UNKNOWN_CODE: 8303
  /** input */
  readonly POLICY_FATAL_LOWERED: 8304
  /** input */
  readonly POLICY_TEST_ISSUER_LOWERED: 8305
  /** input */
  readonly POLICY_WITHOUT_PASSIVE_AUTHENTICATION: 8306
  /** input */
  readonly POLICY_THRESHOLDS: 8307
  /** input */
  readonly POLICY_NAME_TAKEN: 8308
  /** input */
  readonly POLICY_FILE_CAPTURE: 8309
  /** input */
  readonly POLICY_AGE_UNBOUNDED: 8310
  /** input */
  readonly POLICY_VENDOR_UNNAMED: 8311
  /** input */
  readonly PURPOSE_UNKNOWN: 8601
  /** input */
  readonly LABEL_EMPTY: 8602
  /** input */
  readonly LABEL_TOO_LONG: 8603
  /** input */
  readonly LABEL_CHARACTER: 8604
  /** input */
  readonly LABEL_NUMBER: 8605
  /** input */
  readonly LOG_FAILED: 8606
  /** input */
  readonly NULL_ARGUMENT: 8901
  /** input */
  readonly FOREIGN_HANDLE: 8902
  /** input */
  readonly BUSY: 8903
  /** input */
  readonly NOT_TEXT: 8904
  /** input */
  readonly UNKNOWN_VALUE: 8905
  /** face */
  readonly NOT_AN_IMAGE: 9001
  /** face */
  readonly IMAGE_DAMAGED: 9002
  /** face */
  readonly IMAGE_TOO_LARGE: 9003
  /** face */
  readonly IMAGE_UNSUPPORTED: 9004
  /** face */
  readonly WRONG_PIXEL_COUNT: 9005
  /** face */
  readonly MODEL_MISSING: 9006
  /** face */
  readonly MODEL_UNREADABLE: 9007
  /** face */
  readonly MODEL_REPLACED: 9008
  /** face */
  readonly MODEL_REFUSED: 9009
  /** face */
  readonly ENGINE_FAILED: 9010
  /** face */
  readonly THRESHOLDS_INVALID: 9011
  /** face */
  readonly SIMILARITY_INVALID: 9012
  /** face */
  readonly FRAME_TOO_LARGE: 9013
  /** face */
  readonly ENGINE_ABSENT: 9014
  /** library */
  readonly PANIC: 9999
}

/** A kind of trouble on the way to the card. */
export type TransportErrorKind =
  /** The card left the reader's field or slot. */
  | 'card_removed'
  /** The reader itself was unplugged. */
  | 'reader_removed'
  /** There is no reader. */
  | 'no_reader'
  /** There is a reader, but no card on it. */
  | 'no_card'
  /** The smart card service (pcscd, SCardSvr) does not run or does not answer. */
  | 'service_unavailable'
  /** The system does not let this user talk to the reader (on Linux: polkit). */
  | 'access_denied'
  /** Another program holds the reader or the card. */
  | 'sharing_violation'
  /** Another program reset the card. */
  | 'card_reset'
  /** The card is there and does not answer. */
  | 'card_mute'
  /** No answer within the time allowed. */
  | 'timeout'
  /** The caller cancelled. */
  | 'cancelled'
  /** The reader cannot carry an APDU of this length. */
  | 'apdu_too_long'
  /** The answer is not a response APDU (shorter than a status word). */
  | 'response_malformed'
  /** A replayed recording met a command that it does not hold. */
  | 'replay_diverged'
  /** A blocking driver met a transport that is not ready at once. */
  | 'exchange_pending'
  /** The transport failed in a way that it cannot name. */
  | 'transport_failed'
