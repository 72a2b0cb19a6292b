import ChipidMobile
import Foundation

/// What opens a chip, never more than five keys to try, with what came along (QR code, zone, number), which is compared with the
/// signed data. Wiped when nobody holds it any more.
///
/// Keys enter as bytes (UTF-8), so that the caller can wipe its own: `bytes.resetBytes(in: 0..<bytes.count)`.
public final class Keys: Sendable, CustomStringConvertible {
    let native: ChipidMobile.Keys

    private init(_ native: ChipidMobile.Keys) {
        self.native = native
    }

    /// Shows nothing of them.
    public var description: String { "Keys" }

    /// The card access number: six digits. Those of a Vietnamese card are the last six of its number.
    public static func can(_ digits: Data) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.can(digits: digits) })
    }

    /// The holder's PIN, four to twelve digits. A few wrong ones block it.
    public static func pin(_ digits: Data) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.pin(digits: digits) })
    }

    /// The number that unblocks the PIN, eight to twelve digits.
    public static func puk(_ digits: Data) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.puk(digits: digits) })
    }

    /// The text of a machine readable zone. What a camera confused is put right where check digits prove it.
    public static func mrz(_ zone: Data) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.mrz(zone: zone) })
    }

    /// The QR code of a Vietnamese card: its text in any encoding, or a picture of it (JPEG, PNG).
    public static func qr(_ code: Data) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.qr(code: code) })
    }

    /// The personal number of a Vietnamese card, twelve digits. It opens chips that have PACE.
    public static func number(_ digits: Data) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.number(digits: digits) })
    }

    /// Document number, birth and last day of validity as the zone has them, the days as `YYMMDD`.
    public static func document(number: Data, birth: Data, expiry: Data) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.document(number: number, birth: birth, expiry: expiry) })
    }

    /// The personal number with the days of birth and issue as `YYYYMMDD` in a number (19990315): for chips without PACE, whose
    /// day of expiry is reckoned from them.
    public static func numberAndDays(_ digits: Data, birth: UInt32, issued: UInt32) throws -> Keys {
        try Keys(translating { try ChipidMobile.Keys.numberAndDays(digits: digits, birth: birth, issued: issued) })
    }
}
