// Made by scripts/make_error_codes.py: change the table.

/// The permanent codes of errors (docs/reference/error-codes.md).
public enum ErrorCode {
    /// transport
    public static let cardRemoved = 1001
    /// transport
    public static let readerRemoved = 1002
    /// transport
    public static let noReader = 1003
    /// transport
    public static let noCard = 1004
    /// transport
    public static let serviceUnavailable = 1005
    /// transport
    public static let accessDenied = 1006
    /// transport
    public static let sharingViolation = 1007
    /// transport
    public static let cardReset = 1008
    /// transport
    public static let cardMute = 1009
    /// transport
    public static let timeout = 1010
    /// transport
    public static let cancelled = 1011
    /// transport
    public static let apduTooLong = 1012
    /// transport
    public static let responseMalformed = 1013
    /// transport
    public static let replayDiverged = 1014
    /// transport
    public static let exchangePending = 1015
    /// transport
    public static let transportFailed = 1016
    /// access
    public static let notAnEmrtd = 2001
    /// access
    public static let wrongKey = 2002
    /// access
    public static let triesNearlyExhausted = 2003
    /// access
    public static let tryBudgetSpent = 2004
    /// access
    public static let noUsableKey = 2005
    /// access
    public static let accessRefused = 2006
    /// access
    public static let anotherCard = 2007
    /// chip
    public static let chipRefused = 3001
    /// chip
    public static let shortAnswer = 3002
    /// chip
    public static let protocolBroken = 3003
    /// chip
    public static let tokenMismatch = 3004
    /// chip
    public static let reflectedKey = 3005
    /// secure messaging
    public static let channelEnded = 4001
    /// secure messaging
    public static let channelDropped = 4002
    /// secure messaging
    public static let macMismatch = 4003
    /// secure messaging
    public static let securedResponseMalformed = 4004
    /// secure messaging
    public static let statusMismatch = 4005
    /// secure messaging
    public static let paddingWrong = 4006
    /// parse
    public static let truncated = 5001
    /// parse
    public static let unexpectedTag = 5002
    /// parse
    public static let lengthWrong = 5003
    /// parse
    public static let valueWrong = 5004
    /// parse
    public static let checkDigitWrong = 5005
    /// parse
    public static let certificateMalformed = 5101
    /// parse
    public static let dg13OuterForm = 5130
    /// parse
    public static let dg13BodyForm = 5131
    /// parse
    public static let dg13FieldsForm = 5132
    /// parse
    public static let dg13TooManyFields = 5133
    /// limit
    public static let fileTooLarge = 6001
    /// limit
    public static let responseTooLarge = 6002
    /// limit
    public static let commandTooLarge = 6003
    /// limit
    public static let anchorTooLarge = 6101
    /// unsupported
    public static let accessProtocolUnsupported = 7001
    /// unsupported
    public static let domainParametersUnsupported = 7002
    /// unsupported
    public static let algorithmUnsupported = 7003
    /// unsupported
    public static let randomnessUnavailable = 7201
    /// unsupported
    public static let logRandomnessUnavailable = 7202
    /// input
    public static let alreadyStarted = 8001
    /// input
    public static let notStarted = 8002
    /// input
    public static let readingFinished = 8003
    /// input
    public static let readingStalled = 8004
    /// input
    public static let canMalformed = 8011
    /// input
    public static let mrzMalformed = 8012
    /// input
    public static let documentNumberMalformed = 8013
    /// input
    public static let dateMalformed = 8014
    /// input
    public static let noKeyGiven = 8015
    /// input
    public static let pinMalformed = 8016
    /// input
    public static let pukMalformed = 8017
    /// input
    public static let anchorUnrecognised = 8101
    /// input
    public static let rootNotCertificate = 8102
    /// input
    public static let masterListRefused = 8103
    /// input
    public static let scopeOnList = 8104
    /// input
    public static let qrTooLong = 8130
    /// input
    public static let qrTooFewFields = 8131
    /// input
    public static let qrNumber = 8132
    /// input
    public static let qrNameMissing = 8133
    /// input
    public static let qrBirth = 8134
    /// input
    public static let qrSex = 8135
    /// input
    public static let qrIssue = 8136
    /// input
    public static let numberWrongLength = 8140
    /// input
    public static let numberNotADigit = 8141
    /// input
    public static let recordingUnknownLine = 8151
    /// input
    public static let recordingNotHex = 8152
    /// input
    public static let recordingCommandMissing = 8153
    /// input
    public static let recordingResponseMissing = 8154
    /// input
    public static let pictureWithoutCode = 8160
    /// input
    public static let pictureOfOtherCodes = 8161
    /// input
    public static let pictureOfSeveralCards = 8162
    /// input
    public static let pictureTooBusy = 8163
    /// input
    public static let zoneTooLong = 8170
    /// input
    public static let zoneLength = 8171
    /// input
    public static let zoneNotProven = 8172
    /// input
    public static let zoneAmbiguous = 8173
    /// input
    public static let zoneTooDamaged = 8174
    /// input
    public static let fileUnreadable = 8201
    /// input
    public static let noDocumentFiles = 8202
    /// input
    public static let folderTaken = 8203
    /// input
    public static let documentNotProven = 8204
    /// input
    public static let consentIdMalformed = 8205
    /// input
    public static let policyMalformed = 8301
    /// input
    public static let policyUnknown = 8302
    /// input
    public static let policyUnknownCode = 8303
    /// input
    public static let policyFatalLowered = 8304
    /// input
    public static let policyTestIssuerLowered = 8305
    /// input
    public static let policyWithoutPassiveAuthentication = 8306
    /// input
    public static let policyThresholds = 8307
    /// input
    public static let policyNameTaken = 8308
    /// input
    public static let policyFileCapture = 8309
    /// input
    public static let policyAgeUnbounded = 8310
    /// input
    public static let policyVendorUnnamed = 8311
    /// input
    public static let purposeUnknown = 8601
    /// input
    public static let labelEmpty = 8602
    /// input
    public static let labelTooLong = 8603
    /// input
    public static let labelCharacter = 8604
    /// input
    public static let labelNumber = 8605
    /// input
    public static let logFailed = 8606
    /// input
    public static let nullArgument = 8901
    /// input
    public static let foreignHandle = 8902
    /// input
    public static let busy = 8903
    /// input
    public static let notText = 8904
    /// input
    public static let unknownValue = 8905
    /// face
    public static let notAnImage = 9001
    /// face
    public static let imageDamaged = 9002
    /// face
    public static let imageTooLarge = 9003
    /// face
    public static let imageUnsupported = 9004
    /// face
    public static let wrongPixelCount = 9005
    /// face
    public static let modelMissing = 9006
    /// face
    public static let modelUnreadable = 9007
    /// face
    public static let modelReplaced = 9008
    /// face
    public static let modelRefused = 9009
    /// face
    public static let engineFailed = 9010
    /// face
    public static let thresholdsInvalid = 9011
    /// face
    public static let similarityInvalid = 9012
    /// face
    public static let frameTooLarge = 9013
    /// face
    public static let engineAbsent = 9014
    /// library
    public static let panic = 9999
}
