import ChipidMobile

/// What a ground does under the policy.
public enum Severity: Sendable {
    /// It is told.
    case note
    /// Nobody is accepted while it stands: undecided.
    case doubt
    /// It is rejected.
    case fatal
}

/// One reason of a verdict. Nothing of the holder.
public struct Ground: Sendable, Equatable {
    /// What was noticed, as a permanent word.
    public let code: String
    /// What it does under the policy.
    public let severity: Severity
    /// The file that it is about, as `DG1`; nil where it is about none.
    public let file: String?
    /// More of it, as a permanent word.
    public let detail: String?

    init(_ native: ChipidMobile.Ground) {
        code = native.code
        switch native.severity {
        case "note": severity = .note
        case "fatal": severity = .fatal
        default: severity = .doubt
        }
        file = native.file
        detail = native.detail
    }
}

/// One check of a report.
public struct Check: Sendable, Equatable {
    /// What a check came to, with why it did not pass, as a permanent word.
    public enum Result: Sendable, Equatable {
        /// It holds.
        case passed
        /// It does not hold.
        case failed(reason: String)
        /// It was not made.
        case notPerformed(reason: String)
    }

    /// Which: `access`, `passive_authentication`, `chip_genuine` …
    public let name: String
    /// What it came to.
    public let result: Result

    init(_ native: ChipidMobile.CheckResult) {
        name = native.name
        switch native.status {
        case "passed": result = .passed
        case "failed": result = .failed(reason: native.reason ?? "")
        default: result = .notPerformed(reason: native.reason ?? "")
        }
    }
}

/// Who vouches for what is said of the holder.
public enum IssuerTrust: Sendable {
    /// The state that issued the document, by an anchor of the caller's.
    case issuerVerified
    /// Whoever signed it: nobody says that this is a state.
    case signatureOnly
}

/// What the signed data say of the holder, as far as it was asked for. Swift wipes no text: ask for no more than is needed.
public struct Holder: Sendable, CustomStringConvertible {
    /// Who vouches for it.
    public let trust: IssuerTrust
    /// What is said, by the permanent names of the fields, verbatim; days as `YYYY-MM-DD`.
    public let fields: [String: String]
    /// Why a field has no value, as a permanent word.
    public let missing: [String: String]

    /// The names of the fields alone.
    public var description: String { "Holder(\(fields.keys.sorted().joined(separator: ", ")))" }

    init(_ native: ChipidMobile.Holder) {
        trust = native.trust == "issuer_verified" ? .issuerVerified : .signatureOnly
        var said: [String: String] = [:]
        var lacking: [String: String] = [:]
        for field in native.fields {
            said[field.name] = field.value
            lacking[field.name] = field.missing
        }
        fields = said
        missing = lacking
    }
}

/// Two sources that contradict each other.
public struct Difference: Sendable, CustomStringConvertible {
    /// What they speak of, as a permanent word.
    public let subject: String
    /// The code of the finding that stands for it.
    public let code: String
    /// The source that is believed more.
    public let first: Statement
    /// The other one.
    public let second: Statement

    /// Without what they say.
    public var description: String { "Difference(\(subject), \(code))" }

    init(_ native: ChipidMobile.Difference) {
        subject = native.subject
        code = native.code
        first = Statement(native.first)
        second = Statement(native.second)
    }
}

/// What one source says.
public struct Statement: Sendable, CustomStringConvertible {
    /// Who says it, as a permanent word.
    public let source: String
    /// What it says; nil where the field that it speaks of was not asked for.
    public let value: String?

    /// Without what it says.
    public var description: String { "Statement(\(source))" }

    init(_ native: ChipidMobile.Statement) {
        source = native.source
        value = native.value
    }
}
