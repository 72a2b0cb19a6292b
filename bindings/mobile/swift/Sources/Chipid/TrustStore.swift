import ChipidMobile
import Foundation

/// What an anchor is taken for.
public enum Anchor: Sendable {
    /// A CSCA certificate, a master list or a revocation list, DER or PEM.
    case any
    /// A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for.
    case identityCards
    /// A certificate that may vouch for the signers of master lists, and for nothing else.
    case listRoot

    var native: ChipidMobile.Anchor {
        switch self {
        case .any: return .any
        case .identityCards: return .identityCards
        case .listRoot: return .listRoot
        }
    }
}

/// Trust anchors. It is filled first, and used then, by as many tasks as like: after its first use nothing can be added (8903).
public final class TrustStore: Sendable {
    let native = ChipidMobile.Trust()

    /// An empty store.
    public init() {}

    /// Adds an anchor or a list. `name` says where it is from, for the report. After an error the store is of no more use. What
    /// only shows when all is together (a list whose signer nobody vouches for) is an error of the first ``Assessment``.
    public func add(_ bytes: Data, name: String, as anchor: Anchor = .any) throws {
        try translating { try native.add(data: bytes, name: name, anchor: anchor.native) }
    }
}
