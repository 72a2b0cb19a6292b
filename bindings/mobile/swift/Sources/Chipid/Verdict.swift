import ChipidMobile
import Foundation

/// The answer. Whatever is not clearly accept or reject reads as undecided.
public enum Answer: String, Sendable {
    /// Nobody can say: a person decides, or something is done and asked again.
    case undecided
    /// Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder.
    case accept
    /// Not.
    case reject
}

/// The answer, with its grounds. Made by ``Policy/decide(_:)``; wiped when nobody holds it any more.
///
/// On a phone it is the phone's word: whoever holds the phone can change what it says. A server that is to rely on it takes the document's
/// files (``Document/dangerUnverifiedFile(_:)``) and judges them itself.
public final class Verdict: Sendable, CustomStringConvertible {
    private let native: ChipidMobile.Verdict

    /// The answer.
    public let answer: Answer
    /// Why, the worst first, in a fixed order. Nothing of the holder.
    public let grounds: [Ground]
    /// What was checked, in the order of the report.
    public let checks: [Check]
    /// How alike the faces are, in [-1, 1] to four digits; nil where none were compared.
    public let similarity: Double?

    init(_ native: ChipidMobile.Verdict) throws {
        self.native = native
        switch native.answer() {
        case .accept: answer = .accept
        case .reject: answer = .reject
        case .undecided: answer = .undecided
        }
        grounds = try translating { try native.grounds() }.map(Ground.init)
        checks = try translating { try native.checks() }.map(Check.init)
        similarity = native.faceSimilarity()
    }

    /// The answer alone.
    public var description: String { "Verdict(\(answer.rawValue))" }

    /// The check of that name (`passive_authentication`, `chip_genuine`, `face` …); nil where there is none.
    public func check(_ name: String) -> Check? {
        checks.first { $0.name == name }
    }

    /// What the signed data say of the holder; nil where nothing is proven. `fields` names what is given (`name`, `birth`,
    /// `personal_number` …); empty for what is given unasked.
    public func holder(_ fields: [String] = []) throws -> Holder? {
        try translating { try native.holder(fields: fields) }.map(Holder.init)
    }

    /// Where two sources contradict each other, with both values where the field that they speak of is among `fields`.
    public func differences(_ fields: [String] = []) throws -> [Difference] {
        try translating { try native.differences(fields: fields) }.map(Difference.init)
    }

    /// The whole report as JSON (test-vectors/schemas/verify.schema.json); `fields` as for ``holder(_:)``.
    public func json(_ fields: [String] = []) throws -> String {
        try translating { try native.json(fields: fields) }
    }
}
