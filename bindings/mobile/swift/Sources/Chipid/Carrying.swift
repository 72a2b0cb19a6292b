import Foundation

/// What came of one command.
enum Answered: Sendable {
    case response(Data)
    case nothing(TransportFault, (any Error)?)
}

/// Carries one command. What the transport throws is a fault of it; `CancellationError` is thrown only where this task is cancelled,
/// and then at once, whether the transport heeds it or not.
func carried(_ command: Data, by card: some CardTransport) async throws -> Answered {
    let first = First()
    let carrying = Task {
        first.take(.success(await answer(of: card, to: command)))
    }
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            first.wait(continuation)
        }
    } onCancel: {
        carrying.cancel()
        first.take(.failure(CancellationError()))
    }
}

private func answer(of card: some CardTransport, to command: Data) async -> Answered {
    do {
        return .response(try await card.transmit(command))
    } catch let lost as TransportError {
        return .nothing(lost.fault, lost)
    } catch let cancelled as CancellationError {
        return .nothing(.cancelled, cancelled)
    } catch {
        return .nothing(.failed, error)
    }
}

/// The first of two that come, whichever thread they come on; the other one is dropped.
private final class First: @unchecked Sendable {
    private let lock = NSLock()
    private var waiting: CheckedContinuation<Answered, any Error>?
    private var taken: Result<Answered, any Error>?

    func wait(_ continuation: CheckedContinuation<Answered, any Error>) {
        lock.lock()
        let early = taken
        if early == nil {
            waiting = continuation
        }
        lock.unlock()
        if let early {
            continuation.resume(with: early)
        }
    }

    func take(_ result: Result<Answered, any Error>) {
        lock.lock()
        let isFirst = taken == nil
        if isFirst {
            taken = result
        }
        let resumed = isFirst ? waiting : nil
        waiting = nil
        lock.unlock()
        resumed?.resume(with: result)
    }
}
