// What other makers' checks come to: liveness, a face engine.
import ChipidMobile
import Foundation

/// What a liveness check came to.
public enum LivenessResult: Sendable {
    /// A living person.
    case passed
    /// A picture, a screen, a mask.
    case failed
    /// It could not say.
    case uncertain
}

/// What a liveness check of the caller's came to (another vendor's: chipid has none).
public struct Liveness: Sendable {
    /// What came out.
    public var result: LivenessResult
    /// Where the images came from; it must be that of the images that were compared.
    public var capture: Capture
    /// When it was made.
    public var at: Date
    /// Who made the check.
    public var vendor: String
    /// Which version of theirs.
    public var version: String
    /// By what it is known to work: certificate or test report.
    public var basis: String
    /// The images that the check looked at, as ``LiveImages/digests()`` gives them.
    public var images: [Data]

    /// A check's result.
    public init(_ result: LivenessResult, capture: Capture, at: Date, vendor: String, version: String, basis: String, images: [Data]) {
        self.result = result
        self.capture = capture
        self.at = at
        self.vendor = vendor
        self.version = version
        self.basis = basis
        self.images = images
    }

    var native: ChipidMobile.Liveness {
        get throws {
            let came: ChipidMobile.LivenessResult
            switch result {
            case .passed: came = .passed
            case .failed: came = .failed
            case .uncertain: came = .uncertain
            }
            return try ChipidMobile.Liveness(
                result: came, capture: capture.native, at: unixSeconds(at),
                vendor: vendor, version: version, basis: basis, images: images
            )
        }
    }
}

/// What another maker's engine said, by its own threshold.
public enum VendorMatch: Sendable {
    /// One person.
    case match
    /// Two persons.
    case mismatch
    /// It could not say.
    case uncertain
}

/// A comparison by another maker's face engine. It counts where the policy names vendor and certificate, for this document's portrait
/// and for the images that all else speaks of.
public struct VendorComparison: Sendable {
    /// What came out.
    public var result: VendorMatch
    /// Where the images came from.
    public var capture: Capture
    /// When it was made.
    public var at: Date
    /// Whose engine.
    public var vendor: String
    /// Which version of theirs.
    public var version: String
    /// By what it is known to work: certificate or test report.
    public var certificate: String
    /// The portrait that was compared: ``Assessment/portraitDigest()``.
    public var portrait: Data
    /// The images that it looked at, as ``LiveImages/digests()`` gives them.
    public var images: [Data]

    /// A comparison's result.
    public init(
        _ result: VendorMatch, capture: Capture, at: Date, vendor: String, version: String, certificate: String,
        portrait: Data, images: [Data]
    ) {
        self.result = result
        self.capture = capture
        self.at = at
        self.vendor = vendor
        self.version = version
        self.certificate = certificate
        self.portrait = portrait
        self.images = images
    }

    var native: ChipidMobile.VendorComparison {
        get throws {
            let came: ChipidMobile.VendorMatch
            switch result {
            case .match: came = .match
            case .mismatch: came = .mismatch
            case .uncertain: came = .uncertain
            }
            return try ChipidMobile.VendorComparison(
                result: came, vendor: vendor, version: version, certificate: certificate, capture: capture.native,
                at: unixSeconds(at), portrait: portrait, images: images
            )
        }
    }
}
