import ChipidMobile
import Foundation

/// Everything that is known of one document and one person. One call at a time changes it; a second one is refused (8903). Wiped
/// when nobody holds it any more.
public final class Assessment: Sendable, CustomStringConvertible {
    let native: ChipidMobile.Assessment

    private init(_ native: ChipidMobile.Assessment) {
        self.native = native
    }

    /// Verifies a document at a time (nil: now, by the system's clock; 8905 where it is no time), and compares what came with its key with the signed data.
    public static func of(_ document: Document, trust: TrustStore, at time: Date? = nil) async throws -> Assessment {
        let seconds = try time.map { try unixSeconds($0) }
        return try await aside {
            try Assessment(ChipidMobile.Assessment(document: document.native, trust: trust.native, at: seconds))
        }
    }

    /// Shows nothing of it.
    public var description: String { "Assessment" }

    /// Compares what came with keys (QR code, zone, number) with the signed data: for a document that was not opened with them. What
    /// opened a document is compared without this call.
    public func compareKeys(_ keys: Keys) throws {
        try translating { try native.compareKeys(keys: keys.native) }
    }

    /// Compares what was typed or is in a record with the signed data; nil is not compared, and what is empty agrees with nobody's. The birth is
    /// `YYYYMMDD` in a number (19900315). A call with nothing is refused (8901).
    public func compareTyped(name: String? = nil, number: String? = nil, birth: Int? = nil) throws {
        let given = Typed(name: name != nil, number: number != nil, birth: birth.map { UInt32(clamping: $0) })
        try translating { try native.compareTyped(name: Data((name ?? "").utf8), number: Data((number ?? "").utf8), given: given) }
    }

    /// Compares the chip's portrait, where it is proven, with live images, off the caller's thread. Several images of one moment belong
    /// into one call: every further call counts as another attempt of a person who did not match.
    ///
    /// A comparison that has begun runs to its end, some hundred milliseconds, also where the task is cancelled.
    public func compareFace(_ faces: Faces, _ images: LiveImages) async throws {
        try await aside { [native] in try native.compareFace(faces: faces.native, images: images.native) }
    }

    /// Takes the caller's liveness check, another maker's: chipid has none. It counts only for the images that it looked at.
    public func addLiveness(_ liveness: Liveness) throws {
        try translating { try native.addLiveness(liveness: liveness.native) }
    }

    /// Takes a comparison by another maker's face engine. It counts where the policy names vendor and certificate.
    public func addVendorComparison(_ comparison: VendorComparison) throws {
        try translating { try native.addVendorComparison(comparison: comparison.native) }
    }

    /// What ties a ``VendorComparison`` to the portrait of this document: SHA-256 over DG2. Nil where no portrait is proven.
    public func portraitDigest() throws -> Data? {
        try translating { try native.portraitDigest() }
    }

    /// Takes what a confirmation service answered, and the request with it.
    public func addConfirmation(_ request: ConfirmationRequest, _ answer: ConfirmationAnswer) throws {
        try translating { try native.addConfirmation(request: request.native, answer: answer.native) }
    }

    /// Takes that a confirmation service was asked, and why there is no answer; and the request with it.
    public func addNoConfirmation(_ request: ConfirmationRequest, _ why: Unreachable) throws {
        try translating { try native.addNoConfirmation(request: request.native, why: why.native) }
    }

    /// Says how many comparisons this session has seen, this one included, how many of those before it did not match, and how many
    /// seconds ago the session began. Policies bound them; without this call only the comparisons here are counted. "This one" is the first
    /// that will be made here or, where there was one, the last; every further one here is added to both numbers, and they only grow.
    public func setAttempts(made: UInt32, failedBefore: UInt32, sessionSeconds: UInt64) throws {
        try translating { try native.setAttempts(made: made, failedBefore: failedBefore, sessionSeconds: sessionSeconds) }
    }

    /// The report as JSON without a verdict: what was found, before anybody judges. `fields` names what of the holder is given, empty for
    /// what is given unasked.
    public func json(_ fields: [String] = []) throws -> String {
        try translating { try native.json(fields: fields) }
    }

    /// The portrait as the chip has it (JPEG or JPEG 2000). Nil where its issuer is not verified: anybody can sign a portrait.
    public func portrait() throws -> Data? {
        try translating { try native.portrait() }
    }
}
