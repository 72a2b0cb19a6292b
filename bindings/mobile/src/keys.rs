//! What opens a chip.

use crate::edge::{Failure, call, day, utf8};
use chipid::GivenKeys;

/// Keys to try, never more than five, with what came along (QR code, zone, number), which is compared with the signed data. Wiped
/// when nobody holds them any more.
#[derive(uniffi::Object)]
pub struct Keys(pub(crate) GivenKeys);

#[uniffi::export]
impl Keys {
    /// The card access number: six digits. Those of a Vietnamese card are the last six of its number.
    #[uniffi::constructor]
    pub fn can(digits: &[u8]) -> Result<Self, Failure> {
        call(|| Ok(Self(GivenKeys::can(utf8(digits)?)?)))
    }

    /// The holder's PIN, four to twelve digits. A few wrong ones block it.
    #[uniffi::constructor]
    pub fn pin(digits: &[u8]) -> Result<Self, Failure> {
        call(|| Ok(Self(GivenKeys::pin(utf8(digits)?)?)))
    }

    /// The number that unblocks the PIN, eight to twelve digits.
    #[uniffi::constructor]
    pub fn puk(digits: &[u8]) -> Result<Self, Failure> {
        call(|| Ok(Self(GivenKeys::puk(utf8(digits)?)?)))
    }

    /// The text of a machine readable zone. What a camera confused is put right where check digits prove it.
    #[uniffi::constructor]
    pub fn mrz(zone: &[u8]) -> Result<Self, Failure> {
        call(|| Ok(Self(GivenKeys::mrz(utf8(zone)?)?)))
    }

    /// The QR code of a Vietnamese card: its text in any encoding, or a picture of it (JPEG, PNG).
    #[uniffi::constructor]
    pub fn qr(code: &[u8]) -> Result<Self, Failure> {
        call(|| Ok(Self(GivenKeys::qr(code)?)))
    }

    /// The personal number of a Vietnamese card, twelve digits. It opens chips that have PACE.
    #[uniffi::constructor]
    pub fn number(digits: &[u8]) -> Result<Self, Failure> {
        call(|| Ok(Self(GivenKeys::number(utf8(digits)?)?)))
    }

    /// Document number, birth and last day of validity as the zone has them, the days as `YYMMDD`.
    #[uniffi::constructor]
    pub fn document(number: &[u8], birth: &[u8], expiry: &[u8]) -> Result<Self, Failure> {
        call(|| {
            let (number, birth, expiry) = (utf8(number)?, utf8(birth)?, utf8(expiry)?);
            Ok(Self(GivenKeys::document(number, birth, expiry)?))
        })
    }

    /// The personal number with the days of birth and issue as `YYYYMMDD` in a number (19990315): for chips without PACE, whose
    /// day of expiry is reckoned from them.
    #[uniffi::constructor]
    pub fn number_and_days(digits: &[u8], birth: u32, issued: u32) -> Result<Self, Failure> {
        call(|| {
            let (birth, issued) = (day(birth)?, day(issued)?);
            Ok(Self(GivenKeys::number_and_days(
                utf8(digits)?,
                birth,
                issued,
            )?))
        })
    }
}
