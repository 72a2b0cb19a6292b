// ISO/IEC 14443-4 through CoreNFC. Never compiled or run by chipid's makers.
#if canImport(CoreNFC)
import CoreNFC
import Foundation

/// A card at the phone's upper edge, for as long as its session lasts.
public final class NFCCardTransport: CardTransport, @unchecked Sendable {
    private let card: NFCISO7816Tag
    private let session: NFCTagReaderSession

    /// A card to which `session` is connected.
    public init(_ card: NFCISO7816Tag, session: NFCTagReaderSession) {
        self.card = card
        self.session = session
    }

    /// Sends a command. CoreNFC heeds no cancellation: the session is invalidated instead, which ends the command.
    public func transmit(_ command: Data) async throws -> Data {
        guard let apdu = NFCISO7816APDU(data: command) else {
            throw TransportError(.tooLong)
        }
        return try await withTaskCancellationHandler {
            do {
                let (data, sw1, sw2) = try await card.sendCommand(apdu: apdu)
                return data + Data([sw1, sw2])
            } catch {
                throw TransportError(fault(of: error), underlying: error)
            }
        } onCancel: {
            session.invalidate()
        }
    }
}

/// What CoreNFC says, in the transport's words.
func fault(of error: any Error) -> TransportFault {
    guard let error = error as? NFCReaderError else { return .failed }
    switch error.code {
    case .readerTransceiveErrorTagConnectionLost, .readerTransceiveErrorTagNotConnected:
        return .cardRemoved
    case .readerTransceiveErrorRetryExceeded, .readerTransceiveErrorTagResponseError:
        return .cardMute
    case .readerTransceiveErrorPacketTooLong:
        return .tooLong
    case .readerTransceiveErrorSessionInvalidated, .readerSessionInvalidationErrorSessionTimeout,
        .readerSessionInvalidationErrorSessionTerminatedUnexpectedly:
        return .readerRemoved
    case .readerSessionInvalidationErrorUserCanceled:
        return .cancelled
    case .readerSessionInvalidationErrorSystemIsBusy:
        return .sharingViolation
    case .readerErrorSecurityViolation:
        return .accessDenied
    case .readerErrorUnsupportedFeature:
        return .noReader
    default:
        return .failed
    }
}
#endif
