import ChipidMobile
import Foundation

/// A document's files, unverified: an ``Assessment`` says what they are worth. Wiped when nobody holds it any more.
public final class Document: Sendable, CustomStringConvertible {
    let native: ChipidMobile.Document

    init(_ native: ChipidMobile.Document) {
        self.native = native
    }

    /// A document without files, to be filled with ``add(_:_:)``.
    public convenience init() {
        self.init(ChipidMobile.Document())
    }

    /// A document from a folder that ``save(to:)`` or the program wrote.
    public static func load(from folder: URL) async throws -> Document {
        let path = folder.path
        return try await aside { try Document(ChipidMobile.Document.load(folder: path)) }
    }

    /// Shows nothing of it.
    public var description: String { "Document" }

    /// Adds a saved file, or puts it in the place of an earlier one. Only to a document that was made without files: what a chip
    /// or a folder gave is not added to (8902).
    public func add(_ file: DocumentFile, _ bytes: Data) throws {
        try translating { try native.add(file: file.number, data: bytes) }
    }

    /// A raw file, believed by nobody: for keeping it, or sending it to whoever verifies. Nil where there is none.
    public func dangerUnverifiedFile(_ file: DocumentFile) throws -> Data? {
        try translating { try native.dangerUnverifiedFile(file: file.number) }
    }

    /// What Active Authentication gave, for keeping it, or sending it with the files to whoever verifies. Nil where it was not done.
    public func activeAuthentication() throws -> ActiveAuthentication? {
        try translating { try native.activeAuthentication() }.map {
            ActiveAuthentication(challenge: $0.challenge, signature: $0.signature)
        }
    }

    /// Adds what Active Authentication gave when the files were read. Only to a document that was made without files (8902). Where the
    /// caller itself chose the challenge, say so too: ``challenged(with:)``.
    public func addActiveAuthentication(_ evidence: ActiveAuthentication) throws {
        try translating { try native.addActiveAuthentication(challenge: evidence.challenge, signature: evidence.signature) }
    }

    /// Says which challenge of eight bytes the caller itself chose for the Active Authentication whose answer was saved with the
    /// document. Without it such an answer may be of any day, and is doubted.
    public func challenged(with challenge: Data) throws {
        try translating { try native.challengedWith(challenge: challenge) }
    }

    /// Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet.
    public func save(to folder: URL) async throws {
        let path = folder.path
        try await aside { [native] in try native.save(folder: path) }
    }
}

/// A document's file by its number (Doc 9303, part 10, section 4).
public struct DocumentFile: Sendable, Hashable {
    /// The number, 0x0101 for DG1.
    public let number: UInt32

    /// The file of that number.
    public init(number: UInt32) {
        self.number = number
    }

    /// EF.COM.
    public static let com = DocumentFile(number: 0x011E)
    /// EF.SOD.
    public static let sod = DocumentFile(number: 0x011D)

    /// DG1 to DG16; a document knows no other.
    public static func dataGroup(_ group: UInt8) -> DocumentFile {
        DocumentFile(number: 0x0100 + UInt32(group))
    }
}
