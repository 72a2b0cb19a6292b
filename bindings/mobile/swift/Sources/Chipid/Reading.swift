import ChipidMobile
import Foundation

/// One reading of one card. After an error or a cancellation ``read(_:)`` goes on where it stopped, on the same card and no other.
public final class Reading: @unchecked Sendable, CustomStringConvertible {
    private let native: ChipidMobile.Reading
    private let watchers = Watchers()
    private let lock = NSLock()
    private var running = false

    /// What it is doing, from now on; the newest alone where nobody looked meanwhile. Each that is asked for is a stream of its own, and
    /// ends with the reading's life or with the task that goes through it.
    public var progress: AsyncStream<ReadingProgress> { watchers.another() }

    /// A reading with these keys.
    ///
    /// - Parameters:
    ///   - only: the data groups to read, by their numbers (and EF.COM, EF.SOD, DG14, DG15); nil for all.
    ///   - challenge: eight bytes for Active Authentication, where a server chose them.
    public init(keys: Keys, only: Set<UInt8>? = nil, challenge: Data? = nil) throws {
        native = try translating { try ChipidMobile.Reading(keys: keys.native) }
        if let only {
            try translating { try native.only(groups: Data(only.sorted())) }
        }
        if let challenge {
            try translating { try native.challenge(challenge: challenge) }
        }
    }

    deinit {
        watchers.finish()
    }

    /// Shows nothing of it.
    public var description: String { "Reading" }

    /// Reads the document, with `card` to carry each command. Cancelling the task ends it at once with `CancellationError`, a
    /// transmit that hangs included.
    ///
    /// Throws a ``ChipidError`` whose `fault` is not nil where the transport failed: lay the card down anew and call this again;
    /// 8903 where this reading is being read already.
    public func read(_ card: some CardTransport) async throws -> Document {
        try take()
        defer { give() }
        let limits = card.limits
        var step = try translating {
            try native.setLimits(command: known(limits.command), response: known(limits.response))
            return try native.begin()
        }
        while true {
            for progress in step.progress {
                watchers.tell(ReadingProgress(progress))
            }
            guard let command = step.command else {
                guard let document = step.document else {
                    throw ChipidError(code: ErrorCode.panic, message: "neither command nor document")
                }
                return Document(document)
            }
            let answer: Answered
            do {
                // A reading that was cancelled while the library worked carries no further command.
                try Task.checkCancellation()
                answer = try await carried(command, by: card)
            } catch {
                // Gives up the command that waits, so that the reading can go on from there.
                try? native.stop()
                throw error
            }
            step = try next(answer)
        }
    }

    private func next(_ answer: Answered) throws -> ChipidMobile.Step {
        switch answer {
        case .response(let response):
            return try translating { try native.next(response: response) }
        case .nothing(let fault, let underlying):
            return try translating(underlying) { try native.fail(code: UInt16(fault.rawValue)) }
        }
    }

    private func take() throws {
        lock.lock()
        defer { lock.unlock() }
        if running {
            throw ChipidError(code: ErrorCode.busy, message: "this reading is under way")
        }
        running = true
    }

    private func give() {
        lock.lock()
        running = false
        lock.unlock()
    }
}

/// 0 stands for what is not known.
private func known(_ bytes: Int?) -> UInt32 {
    guard let bytes, bytes > 0 else { return 0 }
    return UInt32(clamping: bytes)
}
