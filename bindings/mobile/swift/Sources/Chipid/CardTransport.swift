import Foundation

/// The road to a chip: a command APDU goes out, a response APDU comes back (ISO/IEC 7816-3, clause 12).
///
/// On an iPhone it is `NFCCardTransport`; over anything else it is yours.
public protocol CardTransport: Sendable {
    /// What the road is known to carry; asked once, when a reading begins. With commands of less than 46 bytes or responses of less
    /// than 52 no chip can be read: 8905.
    var limits: TransportLimits { get }

    /// Sends a command and gives the response, SW1 SW2 included.
    ///
    /// Throw a ``TransportError`` where there is no response; anything else that is thrown counts as ``TransportFault/failed``.
    /// Cancelling the reading cancels the task in which this runs. A transmit that does not heed that is left behind, and what it
    /// still brings is looked at by nobody.
    func transmit(_ command: Data) async throws -> Data
}

extension CardTransport {
    /// Nothing is known.
    public var limits: TransportLimits { TransportLimits() }
}

/// The longest APDUs that a transport is known to carry, in bytes.
public struct TransportLimits: Sendable, Equatable {
    /// The longest command; nil where it is not known.
    public var command: Int?
    /// The longest response, status word included; nil where it is not known.
    public var response: Int?

    /// Limits that are known.
    public init(command: Int? = nil, response: Int? = nil) {
        self.command = command
        self.response = response
    }
}

/// Thrown by a ``CardTransport`` where there is no response.
public struct TransportError: Error, Sendable {
    /// Why there is none.
    public let fault: TransportFault
    /// What the system said; where a session ended after the card had been there, the last trouble with it.
    public let underlying: (any Error)?

    /// A fault, with what the system said of it.
    public init(_ fault: TransportFault, underlying: (any Error)? = nil) {
        self.fault = fault
        self.underlying = underlying
    }
}
