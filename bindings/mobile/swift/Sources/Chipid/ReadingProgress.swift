import ChipidMobile
import Foundation

/// What a reading is doing.
public struct ReadingProgress: Sendable, Equatable {
    /// The step.
    public let phase: ReadingPhase
    /// The file that is read; nil where it is about none.
    public let file: DocumentFile?
    /// Bytes of files read so far.
    public let bytesDone: UInt64
    /// Bytes of all files whose length is known so far.
    public let bytesKnown: UInt64

    init(_ native: ChipidMobile.Progress) {
        phase = ReadingPhase(native.phase)
        file = native.file == 0 ? nil : DocumentFile(number: native.file)
        bytesDone = native.bytesDone
        bytesKnown = native.bytesKnown
    }
}

/// The steps of a reading.
public enum ReadingPhase: Sendable {
    /// Opening the chip.
    case access
    /// Reading a file.
    case file
    /// Chip Authentication.
    case chipAuthentication
    /// Active Authentication.
    case activeAuthentication
    /// Done.
    case done
    /// One that this version does not know.
    case other

    init(_ native: ChipidMobile.Phase) {
        switch native {
        case .access: self = .access
        case .file: self = .file
        case .chipAuthentication: self = .chipAuthentication
        case .activeAuthentication: self = .activeAuthentication
        case .done: self = .done
        case .other: self = .other
        }
    }
}

/// Whoever looks at a reading's progress.
final class Watchers: @unchecked Sendable {
    private let lock = NSLock()
    private var watching: [UUID: AsyncStream<ReadingProgress>.Continuation] = [:]

    func another() -> AsyncStream<ReadingProgress> {
        let made = AsyncStream.makeStream(of: ReadingProgress.self, bufferingPolicy: .bufferingNewest(1))
        let name = UUID()
        made.continuation.onTermination = { [weak self] _ in
            self?.forget(name)
        }
        lock.lock()
        watching[name] = made.continuation
        lock.unlock()
        return made.stream
    }

    func tell(_ progress: ReadingProgress) {
        for watcher in everybody() {
            watcher.yield(progress)
        }
    }

    func finish() {
        // Each forgets itself, which takes the lock: not while it is held here.
        for watcher in everybody() {
            watcher.finish()
        }
    }

    private func everybody() -> [AsyncStream<ReadingProgress>.Continuation] {
        lock.lock()
        defer { lock.unlock() }
        return Array(watching.values)
    }

    private func forget(_ name: UUID) {
        lock.lock()
        watching[name] = nil
        lock.unlock()
    }
}
