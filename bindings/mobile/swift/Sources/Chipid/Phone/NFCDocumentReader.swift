// A session of CoreNFC around a reading. Never compiled or run by chipid's makers.
#if canImport(CoreNFC)
import CoreNFC
import Foundation

/// Opens a session of the phone's NFC reader, waits for a document, and reads it.
///
/// The app needs, in Info.plist, `NFCReaderUsageDescription` and `com.apple.developer.nfc.readersession.iso7816.select-identifiers` with
/// ``applicationIdentifier``; among its entitlements, `com.apple.developer.nfc.readersession.formats` with `TAG`, and with `PACE` for
/// ``Polling/pace`` (reported by many, never tried by us).
public final class NFCDocumentReader: NSObject, NFCTagReaderSessionDelegate, @unchecked Sendable {
    /// The application of travel documents, identity cards included: for Info.plist.
    public static let applicationIdentifier = "A0000002471001"

    /// Which documents the phone looks for.
    public enum Polling: Sendable {
        /// Ordinary ones.
        case iso14443
        /// Those that hide until PACE was done, from iOS 16 on; before that it is the other one. It wants `PACE` among the entitlement's formats.
        case pace

        var option: NFCTagReaderSession.PollingOption {
            if self == .pace, #available(iOS 16.0, *) {
                return .pace
            }
            return .iso14443
        }
    }

    /// What the system's sheet says. It is all that the person sees meanwhile: say it in their language.
    public struct Messages: Sendable {
        /// Before a card is there.
        public var hold: String
        /// While it is read, with how much of it: 0 to 100, 0 where that is not known yet.
        public var reading: @Sendable (Int) -> String
        /// When it was lifted.
        public var lifted: String
        /// At the end.
        public var done: String
        /// When nothing came of it.
        public var failed: String

        /// All of them.
        public init(hold: String, reading: @escaping @Sendable (Int) -> String, lifted: String, done: String, failed: String) {
            self.hold = hold
            self.reading = reading
            self.lifted = lifted
            self.done = done
            self.failed = failed
        }
    }

    private let messages: Messages
    private let tags: AsyncThrowingStream<NFCTag, any Error>
    private let found: AsyncThrowingStream<NFCTag, any Error>.Continuation

    private init(_ messages: Messages) {
        self.messages = messages
        let made = AsyncThrowingStream.makeStream(of: NFCTag.self, bufferingPolicy: .bufferingNewest(1))
        tags = made.stream
        found = made.continuation
    }

    /// Reads a document. A card that was lifted is no end: laid down again within the session's 60 seconds, it goes on where it was.
    /// When the session has ended, call this again with the same reading.
    ///
    /// - Parameter polling: with `.pace` some ordinary documents are not seen: offer it as a switch, *the card is not found*.
    /// - Throws: a ``ChipidError``; a ``TransportError`` where the session ended before a card was there; `CancellationError`.
    public static func read(
        _ reading: Reading, polling: Polling = .iso14443, messages: Messages
    ) async throws -> Document {
        let reader = NFCDocumentReader(messages)
        guard NFCTagReaderSession.readingAvailable,
            let session = NFCTagReaderSession(pollingOption: polling.option, delegate: reader, queue: nil)
        else {
            throw TransportError(.noReader)
        }
        return try await withTaskCancellationHandler {
            session.alertMessage = messages.hold
            session.begin()
            do {
                let document = try await reader.firstRead(reading, session)
                session.alertMessage = messages.done
                session.invalidate()
                return document
            } catch {
                session.invalidate(errorMessage: messages.failed)
                throw error
            }
        } onCancel: {
            session.invalidate()
        }
    }

    private func firstRead(_ reading: Reading, _ session: NFCTagReaderSession) async throws -> Document {
        let showing = Task { [messages] in
            for await progress in reading.progress {
                let part = progress.bytesKnown == 0 ? 0 : progress.bytesDone * 100 / progress.bytesKnown
                session.alertMessage = messages.reading(Int(min(part, 100)))
            }
        }
        defer { showing.cancel() }
        var last: ChipidError?
        var coming = tags.makeAsyncIterator()
        while let tag = try await next(&coming, after: last) {
            do {
                if let document = try await read(reading, tag, session) {
                    return document
                }
            } catch let trouble as ChipidError where Self.mayGoOn(trouble) {
                last = trouble
                session.alertMessage = messages.lifted
            }
            try Task.checkCancellation()
            session.restartPolling()
        }
        // The stream ended without an error: the task that went through it was cancelled.
        throw CancellationError()
    }

    /// The next tag. Where the session ended instead, why the card before was not read is not lost.
    private func next(
        _ coming: inout AsyncThrowingStream<NFCTag, any Error>.Iterator, after last: ChipidError?
    ) async throws -> NFCTag? {
        do {
            return try await coming.next()
        } catch let ended as TransportError {
            throw TransportError(ended.fault, underlying: last ?? ended.underlying)
        }
    }

    /// The document, or nil where the tag is none.
    private func read(_ reading: Reading, _ tag: NFCTag, _ session: NFCTagReaderSession) async throws -> Document? {
        guard case .iso7816(let card) = tag else { return nil }
        do {
            try await session.connect(to: tag)
        } catch {
            // Gone again before it was there.
            return nil
        }
        return try await reading.read(NFCCardTransport(card, session: session))
    }

    /// Whether another card, or the same one again, may be read in this session.
    private static func mayGoOn(_ trouble: ChipidError) -> Bool {
        switch trouble.fault {
        case .cardRemoved, .cardMute, .timeout, .failed: return true
        default: return false
        }
    }

    /// Called by the system.
    public func tagReaderSessionDidBecomeActive(_ session: NFCTagReaderSession) {}

    /// Called by the system: the 60 seconds are over, the person cancelled, or this reader ended it.
    public func tagReaderSession(_ session: NFCTagReaderSession, didInvalidateWithError error: any Error) {
        found.finish(throwing: TransportError(fault(of: error), underlying: error))
    }

    /// Called by the system. Of several cards the first is taken.
    public func tagReaderSession(_ session: NFCTagReaderSession, didDetect tags: [NFCTag]) {
        if let tag = tags.first {
            found.yield(tag)
        }
    }
}
#endif
