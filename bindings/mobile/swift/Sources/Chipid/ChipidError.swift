import ChipidMobile
import Foundation

/// Work that could not be done. What is wrong with a document is never an error: see ``Verdict``.
///
/// Nothing of the holder is in it: no key, no number, no name, no path.
public struct ChipidError: Error, Sendable, CustomStringConvertible, LocalizedError {
    /// The permanent code (docs/reference/error-codes.md); ``ErrorCode`` names them.
    public let code: Int
    /// A sentence in English for a developer.
    public let message: String
    /// The file of the chip that it is about, as `DG1`; nil where it is about none.
    public let file: String?
    /// The place of the trouble in that file, in bytes.
    public let offset: UInt64?
    /// The chip's answer.
    public let statusWord: UInt16?
    /// How many tries the chip says are left.
    public let triesLeft: UInt8?
    /// What the transport threw.
    public let underlying: (any Error)?

    /// The transport's part, where it is the transport's: read again, and the reading goes on where it was.
    public var fault: TransportFault? { TransportFault(rawValue: code) }

    /// Code and sentence.
    public var description: String { "\(code): \(message)" }

    /// The same for those who ask Foundation.
    public var errorDescription: String? { description }

    init(code: Int, message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.file = nil
        self.offset = nil
        self.statusWord = nil
        self.triesLeft = nil
        self.underlying = underlying
    }

    init(_ failure: ChipidMobile.Failure, underlying: (any Error)?) {
        switch failure {
        case .Failed(let code, let text, let file, let offset, let statusWord, let triesLeft):
            self.code = Int(code)
            self.message = text
            self.file = file
            self.offset = offset
            self.statusWord = statusWord
            self.triesLeft = triesLeft
            self.underlying = underlying
        }
    }
}

/// Runs a call to the library; what it fails with becomes a ``ChipidError``.
func translating<Value>(_ underlying: (any Error)? = nil, _ call: () throws -> Value) throws -> Value {
    do {
        return try call()
    } catch let failure as ChipidMobile.Failure {
        throw ChipidError(failure, underlying: underlying)
    } catch let own as ChipidError {
        throw own
    } catch {
        throw ChipidError(code: ErrorCode.panic, message: "chipid has a fault and stopped", underlying: error)
    }
}

/// Whole seconds since 1970. What is no time (not a number, beyond the range) is 8905: dates come from a service's JSON too.
func unixSeconds(_ date: Date) throws -> Int64 {
    guard let seconds = Int64(exactly: date.timeIntervalSince1970.rounded(.down)) else {
        throw ChipidError(code: ErrorCode.unknownValue, message: "a date that is no time")
    }
    return seconds
}

/// Does work that takes its time on a thread that may be kept for it.
func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global(qos: .userInitiated).async {
            continuation.resume(with: Result { try translating { try work() } })
        }
    }
}
