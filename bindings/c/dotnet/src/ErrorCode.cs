// Made by scripts/make_error_codes.py: change the table.
namespace Chipid
{
    /// <summary>The permanent codes of errors (docs/reference/error-codes.md).</summary>
    public enum ErrorCode
    {
        /// <summary>transport</summary>
        CardRemoved = 1001,
        /// <summary>transport</summary>
        ReaderRemoved = 1002,
        /// <summary>transport</summary>
        NoReader = 1003,
        /// <summary>transport</summary>
        NoCard = 1004,
        /// <summary>transport</summary>
        ServiceUnavailable = 1005,
        /// <summary>transport</summary>
        AccessDenied = 1006,
        /// <summary>transport</summary>
        SharingViolation = 1007,
        /// <summary>transport</summary>
        CardReset = 1008,
        /// <summary>transport</summary>
        CardMute = 1009,
        /// <summary>transport</summary>
        Timeout = 1010,
        /// <summary>transport</summary>
        Cancelled = 1011,
        /// <summary>transport</summary>
        ApduTooLong = 1012,
        /// <summary>transport</summary>
        ResponseMalformed = 1013,
        /// <summary>transport</summary>
        ReplayDiverged = 1014,
        /// <summary>transport</summary>
        ExchangePending = 1015,
        /// <summary>transport</summary>
        TransportFailed = 1016,
        /// <summary>access</summary>
        NotAnEmrtd = 2001,
        /// <summary>access</summary>
        WrongKey = 2002,
        /// <summary>access</summary>
        TriesNearlyExhausted = 2003,
        /// <summary>access</summary>
        TryBudgetSpent = 2004,
        /// <summary>access</summary>
        NoUsableKey = 2005,
        /// <summary>access</summary>
        AccessRefused = 2006,
        /// <summary>access</summary>
        AnotherCard = 2007,
        /// <summary>chip</summary>
        ChipRefused = 3001,
        /// <summary>chip</summary>
        ShortAnswer = 3002,
        /// <summary>chip</summary>
        ProtocolBroken = 3003,
        /// <summary>chip</summary>
        TokenMismatch = 3004,
        /// <summary>chip</summary>
        ReflectedKey = 3005,
        /// <summary>secure messaging</summary>
        ChannelEnded = 4001,
        /// <summary>secure messaging</summary>
        ChannelDropped = 4002,
        /// <summary>secure messaging</summary>
        MacMismatch = 4003,
        /// <summary>secure messaging</summary>
        SecuredResponseMalformed = 4004,
        /// <summary>secure messaging</summary>
        StatusMismatch = 4005,
        /// <summary>secure messaging</summary>
        PaddingWrong = 4006,
        /// <summary>parse</summary>
        Truncated = 5001,
        /// <summary>parse</summary>
        UnexpectedTag = 5002,
        /// <summary>parse</summary>
        LengthWrong = 5003,
        /// <summary>parse</summary>
        ValueWrong = 5004,
        /// <summary>parse</summary>
        CheckDigitWrong = 5005,
        /// <summary>parse</summary>
        CertificateMalformed = 5101,
        /// <summary>parse</summary>
        Dg13OuterForm = 5130,
        /// <summary>parse</summary>
        Dg13BodyForm = 5131,
        /// <summary>parse</summary>
        Dg13FieldsForm = 5132,
        /// <summary>parse</summary>
        Dg13TooManyFields = 5133,
        /// <summary>limit</summary>
        FileTooLarge = 6001,
        /// <summary>limit</summary>
        ResponseTooLarge = 6002,
        /// <summary>limit</summary>
        CommandTooLarge = 6003,
        /// <summary>limit</summary>
        AnchorTooLarge = 6101,
        /// <summary>unsupported</summary>
        AccessProtocolUnsupported = 7001,
        /// <summary>unsupported</summary>
        DomainParametersUnsupported = 7002,
        /// <summary>unsupported</summary>
        AlgorithmUnsupported = 7003,
        /// <summary>unsupported</summary>
        RandomnessUnavailable = 7201,
        /// <summary>unsupported</summary>
        LogRandomnessUnavailable = 7202,
        /// <summary>input</summary>
        AlreadyStarted = 8001,
        /// <summary>input</summary>
        NotStarted = 8002,
        /// <summary>input</summary>
        ReadingFinished = 8003,
        /// <summary>input</summary>
        ReadingStalled = 8004,
        /// <summary>input</summary>
        CanMalformed = 8011,
        /// <summary>input</summary>
        MrzMalformed = 8012,
        /// <summary>input</summary>
        DocumentNumberMalformed = 8013,
        /// <summary>input</summary>
        DateMalformed = 8014,
        /// <summary>input</summary>
        NoKeyGiven = 8015,
        /// <summary>input</summary>
        PinMalformed = 8016,
        /// <summary>input</summary>
        PukMalformed = 8017,
        /// <summary>input</summary>
        AnchorUnrecognised = 8101,
        /// <summary>input</summary>
        RootNotCertificate = 8102,
        /// <summary>input</summary>
        MasterListRefused = 8103,
        /// <summary>input</summary>
        ScopeOnList = 8104,
        /// <summary>input</summary>
        QrTooLong = 8130,
        /// <summary>input</summary>
        QrTooFewFields = 8131,
        /// <summary>input</summary>
        QrNumber = 8132,
        /// <summary>input</summary>
        QrNameMissing = 8133,
        /// <summary>input</summary>
        QrBirth = 8134,
        /// <summary>input</summary>
        QrSex = 8135,
        /// <summary>input</summary>
        QrIssue = 8136,
        /// <summary>input</summary>
        NumberWrongLength = 8140,
        /// <summary>input</summary>
        NumberNotADigit = 8141,
        /// <summary>input</summary>
        RecordingUnknownLine = 8151,
        /// <summary>input</summary>
        RecordingNotHex = 8152,
        /// <summary>input</summary>
        RecordingCommandMissing = 8153,
        /// <summary>input</summary>
        RecordingResponseMissing = 8154,
        /// <summary>input</summary>
        PictureWithoutCode = 8160,
        /// <summary>input</summary>
        PictureOfOtherCodes = 8161,
        /// <summary>input</summary>
        PictureOfSeveralCards = 8162,
        /// <summary>input</summary>
        PictureTooBusy = 8163,
        /// <summary>input</summary>
        ZoneTooLong = 8170,
        /// <summary>input</summary>
        ZoneLength = 8171,
        /// <summary>input</summary>
        ZoneNotProven = 8172,
        /// <summary>input</summary>
        ZoneAmbiguous = 8173,
        /// <summary>input</summary>
        ZoneTooDamaged = 8174,
        /// <summary>input</summary>
        FileUnreadable = 8201,
        /// <summary>input</summary>
        NoDocumentFiles = 8202,
        /// <summary>input</summary>
        FolderTaken = 8203,
        /// <summary>input</summary>
        DocumentNotProven = 8204,
        /// <summary>input</summary>
        ConsentIdMalformed = 8205,
        /// <summary>input</summary>
        PolicyMalformed = 8301,
        /// <summary>input</summary>
        PolicyUnknown = 8302,
        /// <summary>input</summary>
        PolicyUnknownCode = 8303,
        /// <summary>input</summary>
        PolicyFatalLowered = 8304,
        /// <summary>input</summary>
        PolicyTestIssuerLowered = 8305,
        /// <summary>input</summary>
        PolicyWithoutPassiveAuthentication = 8306,
        /// <summary>input</summary>
        PolicyThresholds = 8307,
        /// <summary>input</summary>
        PolicyNameTaken = 8308,
        /// <summary>input</summary>
        PolicyFileCapture = 8309,
        /// <summary>input</summary>
        PolicyAgeUnbounded = 8310,
        /// <summary>input</summary>
        PolicyVendorUnnamed = 8311,
        /// <summary>input</summary>
        PurposeUnknown = 8601,
        /// <summary>input</summary>
        LabelEmpty = 8602,
        /// <summary>input</summary>
        LabelTooLong = 8603,
        /// <summary>input</summary>
        LabelCharacter = 8604,
        /// <summary>input</summary>
        LabelNumber = 8605,
        /// <summary>input</summary>
        LogFailed = 8606,
        /// <summary>input</summary>
        NullArgument = 8901,
        /// <summary>input</summary>
        ForeignHandle = 8902,
        /// <summary>input</summary>
        Busy = 8903,
        /// <summary>input</summary>
        NotText = 8904,
        /// <summary>input</summary>
        UnknownValue = 8905,
        /// <summary>face</summary>
        NotAnImage = 9001,
        /// <summary>face</summary>
        ImageDamaged = 9002,
        /// <summary>face</summary>
        ImageTooLarge = 9003,
        /// <summary>face</summary>
        ImageUnsupported = 9004,
        /// <summary>face</summary>
        WrongPixelCount = 9005,
        /// <summary>face</summary>
        ModelMissing = 9006,
        /// <summary>face</summary>
        ModelUnreadable = 9007,
        /// <summary>face</summary>
        ModelReplaced = 9008,
        /// <summary>face</summary>
        ModelRefused = 9009,
        /// <summary>face</summary>
        EngineFailed = 9010,
        /// <summary>face</summary>
        ThresholdsInvalid = 9011,
        /// <summary>face</summary>
        SimilarityInvalid = 9012,
        /// <summary>face</summary>
        FrameTooLarge = 9013,
        /// <summary>face</summary>
        EngineAbsent = 9014,
        /// <summary>library</summary>
        Panic = 9999,
    }
}
