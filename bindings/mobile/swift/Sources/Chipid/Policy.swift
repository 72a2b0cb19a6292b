import ChipidMobile
import Foundation

/// By what a document and a face are judged, for any number of tasks at once.
public final class Policy: Sendable {
    private let native: ChipidMobile.Policy

    private init(_ native: ChipidMobile.Policy) {
        self.native = native
    }

    /// A built-in policy: `counter`, `transfer`, `one-stop`, `document-only`, `data-cleaning`, `reading-only`, `demo`.
    public static func builtIn(_ name: String) throws -> Policy {
        try Policy(translating { try ChipidMobile.Policy.builtIn(name: name) })
    }

    /// A policy of one's own, as TOML.
    public static func fromToml(_ toml: String) throws -> Policy {
        try Policy(translating { try ChipidMobile.Policy.fromToml(toml: toml) })
    }

    /// Decides. The assessment cannot be changed (8903) while the verdict lives.
    public func decide(_ assessment: Assessment) throws -> Verdict {
        try Verdict(translating { try native.decide(assessment: assessment.native) })
    }
}
