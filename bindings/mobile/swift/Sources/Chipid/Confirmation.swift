// Asking the issuer, or whoever may ask it, whether a document is theirs. The application asks; this says what to ask for, and takes
// the answer.
import ChipidMobile
import Foundation

/// What a confirmation service may ask for. It holds a person's data: send it to whom the person agreed to, and keep nothing of it.
/// The answer takes it (``Assessment/addConfirmation(_:_:)``): one question has one answer, and a call after that is an error (8902).
public final class ConfirmationRequest: Sendable, CustomStringConvertible {
    let native: ChipidMobile.ConfirmationRequest

    /// Of a document whose digests and signature hold (else 8204).
    ///
    /// - Parameters:
    ///   - nonce: sixteen bytes that were drawn and kept for this question; nil for fresh ones.
    ///   - consent: the identifier of the person's consent; nil for none.
    public init(of assessment: Assessment, nonce: Data? = nil, consent: String? = nil) throws {
        native = try translating {
            try ChipidMobile.ConfirmationRequest.of(
                assessment: assessment.native, nonce: nonce ?? Data(), consent: Data((consent ?? "").utf8)
            )
        }
    }

    /// Shows nothing of it.
    public var description: String { "ConfirmationRequest" }

    /// The nonce that the answer must come back with.
    public func nonce() throws -> Data {
        try translating { try native.nonce() }
    }

    /// The number that is asked about, UTF-8.
    public func number() throws -> Data {
        try translating { try native.number() }
    }

    /// When it was made.
    public func madeAt() throws -> Date {
        try translating { Date(timeIntervalSince1970: TimeInterval(try native.madeAt())) }
    }

    /// The algorithm of the digests.
    public func digestAlgorithm() throws -> String? {
        try translating { try native.digestAlgorithm() }
    }

    /// The digests of the data groups among the files.
    public func digests() throws -> [DataGroupDigest] {
        try translating { try native.digests() }.map {
            DataGroupDigest(dataGroup: $0.dataGroup, value: $0.value, status: $0.status)
        }
    }

    /// The certificate of the document signer, PEM.
    public func documentSignerPem() throws -> String? {
        try translating { try native.documentSignerPem() }
    }

    /// SHA-256 over the certificate of the document signer: an answer has to say the same.
    public func signerSha256() throws -> Data? {
        try translating { try native.signerSha256() }
    }

    /// What the chip answered to a challenge, where it was asked.
    public func activeAuthentication() throws -> ActiveAuthentication? {
        try translating { try native.activeAuthentication() }.map {
            ActiveAuthentication(challenge: $0.challenge, signature: $0.signature)
        }
    }

    /// A file as the chip gave it, where services want it: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15.
    public func file(_ file: DocumentFile) throws -> Data? {
        try translating { try native.file(file: file.number) }
    }
}

/// A data group's digest, by the algorithm of EF.SOD.
public struct DataGroupDigest: Sendable {
    /// The number of the data group.
    public let dataGroup: UInt8
    /// The digest over what was read.
    public let value: Data
    /// Whether it is the one that was signed, as a permanent word.
    public let status: String
}

/// What the chip answered to a challenge.
public struct ActiveAuthentication: Sendable {
    /// Eight bytes.
    public let challenge: Data
    /// The chip's signature.
    public let signature: Data

    /// Evidence that was kept, or that came from elsewhere.
    public init(challenge: Data, signature: Data) {
        self.challenge = challenge
        self.signature = signature
    }
}

/// What a service said, with what binds it to its question: number, signer, nonce and time are what the service says, never copied from
/// the request. Whether the answer is the service's own is for the application to know (``isSigned(answer:by:signature:)``).
public struct ConfirmationAnswer: Sendable, CustomStringConvertible {
    /// Whether the document is confirmed; else it is denied.
    public var confirmed: Bool
    /// Who answered.
    public var service: String
    /// The service's own number for its answer.
    public var transaction: String?
    /// The number that it speaks of.
    public var number: String
    /// SHA-256 over the certificate of the document signer that it speaks of.
    public var signerSha256: Data
    /// The nonce that it was asked with.
    public var nonce: Data
    /// When it answered, by its clock.
    public var answeredAt: Date

    /// An answer.
    public init(
        confirmed: Bool, service: String, transaction: String? = nil, number: String, signerSha256: Data, nonce: Data, answeredAt: Date
    ) {
        self.confirmed = confirmed
        self.service = service
        self.transaction = transaction
        self.number = number
        self.signerSha256 = signerSha256
        self.nonce = nonce
        self.answeredAt = answeredAt
    }

    /// Nothing of the person.
    public var description: String { "ConfirmationAnswer(\(confirmed ? "confirmed" : "denied"))" }

    /// Whether `signature` signs `answer` under the key of the service's certificate (DER or PEM): ECDSA, or RSA with PKCS#1 v1.5,
    /// over SHA-256. Whether that certificate is the service's is the caller's to know.
    public static func isSigned(answer: Data, by certificate: Data, signature: Data) throws -> Bool {
        try translating { try ChipidMobile.isSignedBy(certificate: certificate, answer: answer, signature: signature) }
    }

    var native: ChipidMobile.ConfirmationAnswer {
        get throws {
            let seconds = try unixSeconds(answeredAt)
            return ChipidMobile.ConfirmationAnswer(
                confirmed: confirmed, service: service, transaction: transaction, number: number, signerSha256: signerSha256,
                nonce: nonce, answeredAt: seconds
            )
        }
    }
}

/// Why there is no answer.
public enum Unreachable: Sendable {
    /// No connection came about.
    case noConnection
    /// No answer came in time.
    case timedOut
    /// The service refuses to answer.
    case refused
    /// The answer is not understood.
    case unreadable
    /// The answer is not proven to be the service's.
    case notAuthentic

    var native: ChipidMobile.Unreachable {
        switch self {
        case .noConnection: return .noConnection
        case .timedOut: return .timedOut
        case .refused: return .refused
        case .unreadable: return .unreadable
        case .notAuthentic: return .notAuthentic
        }
    }
}
