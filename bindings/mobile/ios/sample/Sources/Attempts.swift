// How often a document's face was compared, as policies bound it. Never built or run by chipid's makers.
import Chipid
import CryptoKit
import Foundation

/// Counts for as long as the app runs, so that laying the card down again begins no new count. What is kept is a digest of DG1, under
/// a key that dies with the app.
@MainActor
final class Attempts {
    /// A document, recognised and not readable.
    struct Name: Hashable {
        fileprivate let digest: Data
    }

    /// What was counted for one document.
    struct Count {
        var made: UInt32 = 0
        var failed: UInt32 = 0
    }

    private let key = SymmetricKey(size: .bits256)
    private var counted: [Name: Count] = [:]

    /// DG1 holds the document's number. Whoever alters it makes the signature fail, and nobody is accepted.
    func name(of document: Document) throws -> Name {
        let zone = try document.dangerUnverifiedFile(.dataGroup(1)) ?? Data()
        return Name(digest: Data(HMAC<SHA256>.authenticationCode(for: zone, using: key)))
    }

    /// Another comparison begins: how many there were, this one included, and how many of those before did not match.
    func begin(_ name: Name) -> Count {
        var count = counted[name] ?? Count()
        count.made += 1
        counted[name] = count
        return count
    }

    /// It was compared, and was not the same person, or it could not be told.
    func failed(_ name: Name) {
        counted[name, default: Count()].failed += 1
    }
}
