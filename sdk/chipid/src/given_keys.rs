//! What opens a chip, with what came along: a QR code or a zone says more than the key in it, and a chip that opens may
//! yet be another's. [`Assessment::with_given`](crate::Assessment::with_given) compares it with the signed data.

use crate::error::Error;
use crate::keys;
use chipid_emrtd::access_key::{AccessKey, AccessKeys};
use chipid_emrtd::mrz::Mrz;
use chipid_emrtd::time::Date;
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::qr::QrText;
use zeroize::Zeroizing;

/// Keys to try, and what came with them. `Debug` shows no value.
#[derive(Clone, Debug)]
pub struct GivenKeys {
    /// In the order in which they are to be tried.
    pub keys: AccessKeys,
    /// What is to be compared with the signed data.
    pub beside: Beside,
    /// Whether they say that this is a Vietnamese card.
    pub vietnamese: bool,
    /// What they were made of.
    pub given: KeyOrigin,
}

/// What came with the keys.
#[derive(Clone, Default)]
pub struct Beside {
    /// The text of the QR code.
    pub qr: Option<QrText>,
    /// The personal number, whose last six digits open other cards too.
    pub number: Option<Zeroizing<String>>,
    /// The zone, where the chip may have been opened by its CAN.
    pub zone: Option<Mrz>,
}

/// What keys were made of. Nothing of their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOrigin {
    /// What somebody gave.
    pub source: KeySource,
    /// How many keys there are to try.
    pub candidates: usize,
    /// The characters of the zone that were put right, by their places: those that check digits prove, and those that they
    /// do not cover.
    pub repaired: Option<(Vec<u8>, Vec<u8>)>,
}

/// What somebody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KeySource {
    /// A CAN, PIN or PUK.
    Password,
    /// The zone.
    Mrz,
    /// Three values of the zone.
    Document,
    /// The text of a QR code.
    QrText,
    /// A picture of one.
    QrImage,
    /// The personal number alone.
    Number,
    /// The personal number with days.
    NumberAndDays,
}

impl KeySource {
    /// A permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Mrz => "mrz",
            Self::Document => "document",
            Self::QrText => "qr_text",
            Self::QrImage => "qr_image",
            Self::Number => "number",
            Self::NumberAndDays => "number_and_days",
        }
    }
}

impl GivenKeys {
    /// Keys of this source, with nothing beside them.
    pub fn of(source: KeySource, keys: impl Into<AccessKeys>) -> Self {
        let keys = keys.into();
        Self {
            given: KeyOrigin {
                source,
                candidates: keys.iter().count(),
                repaired: None,
            },
            keys,
            beside: Beside::default(),
            vietnamese: matches!(source, KeySource::Number | KeySource::NumberAndDays),
        }
    }

    /// The card access number, six digits.
    ///
    /// # Errors
    /// [`Error::Chip`].
    pub fn can(digits: &str) -> Result<Self, Error> {
        Ok(Self::of(KeySource::Password, AccessKey::can(digits)?))
    }

    /// The holder's PIN. A few wrong ones block it.
    ///
    /// # Errors
    /// [`Error::Chip`].
    pub fn pin(digits: &str) -> Result<Self, Error> {
        Ok(Self::of(KeySource::Password, AccessKey::pin(digits)?))
    }

    /// The number that unblocks the PIN.
    ///
    /// # Errors
    /// [`Error::Chip`].
    pub fn puk(digits: &str) -> Result<Self, Error> {
        Ok(Self::of(KeySource::Password, AccessKey::puk(digits)?))
    }

    /// The text of a machine readable zone: see [`keys::from_mrz_text`].
    ///
    /// # Errors
    /// [`Error::MrzRepair`].
    pub fn mrz(text: &str) -> Result<Self, Error> {
        let (keys, zone) = keys::from_mrz_text(text)?;
        let mut found = Self::of(KeySource::Mrz, keys);
        found.vietnamese = keys::is_vietnamese(&zone);
        let changed = !(zone.proven.is_empty() && zone.unproven.is_empty());
        found.given.repaired = changed.then_some((zone.proven, zone.unproven));
        found.beside.zone = Some(zone.mrz);
        Ok(found)
    }

    /// Document number, birth and last day of validity, as the zone has them (`YYMMDD`).
    ///
    /// # Errors
    /// [`Error::Chip`].
    pub fn document(number: &str, birth: &str, expiry: &str) -> Result<Self, Error> {
        let key = AccessKey::document(number.trim(), birth.trim(), expiry.trim())?;
        Ok(Self::of(KeySource::Document, key))
    }

    /// The QR code of a Vietnamese card, as text of any encoding or as a picture: see [`keys::from_qr_bytes`].
    ///
    /// # Errors
    /// [`Error::Qr`], [`Error::QrImage`], [`Error::Face`].
    pub fn qr(bytes: &[u8]) -> Result<Self, Error> {
        let source = if keys::is_picture(bytes) {
            KeySource::QrImage
        } else {
            KeySource::QrText
        };
        Ok(Self::of_qr(source, keys::from_qr_bytes(bytes)?))
    }

    /// The same from a text.
    ///
    /// # Errors
    /// [`Error::Qr`].
    pub fn qr_text(text: &str) -> Result<Self, Error> {
        Ok(Self::of_qr(KeySource::QrText, keys::from_qr(text)?))
    }

    fn of_qr(source: KeySource, (keys, qr): (AccessKeys, QrText)) -> Self {
        let mut found = Self::of(source, keys);
        found.beside.qr = Some(qr);
        found.vietnamese = true;
        found
    }

    /// The 12-digit number of a Vietnamese card.
    ///
    /// # Errors
    /// [`Error::PersonalNumber`].
    pub fn number(number: &str) -> Result<Self, Error> {
        let keys = keys::from_personal_number(number)?;
        Ok(Self::of(KeySource::Number, keys).beside_number(number))
    }

    /// The number with the days of birth and issue, for chips without PACE.
    ///
    /// # Errors
    /// [`Error::PersonalNumber`].
    pub fn number_and_days(number: &str, birth: Date, issued: Date) -> Result<Self, Error> {
        let keys = keys::from_number_and_days(number, birth, issued)?;
        Ok(Self::of(KeySource::NumberAndDays, keys).beside_number(number))
    }

    /// The number with birth and last day of validity as the zone has them (`YYMMDD`).
    ///
    /// # Errors
    /// [`Error::PersonalNumber`], [`Error::Chip`].
    pub fn number_and_expiry(number: &str, birth: &str, expiry: &str) -> Result<Self, Error> {
        let parsed = PersonalNumber::new(number.trim())?;
        let of_zone = AccessKey::document(parsed.document_number(), birth.trim(), expiry.trim())?;
        let mut keys = keys::from_personal_number(number)?;
        keys.push(of_zone);
        Ok(Self::of(KeySource::NumberAndDays, keys).beside_number(number))
    }

    fn beside_number(mut self, number: &str) -> Self {
        self.beside.number = Some(Zeroizing::new(number.trim().to_owned()));
        self
    }
}

impl std::fmt::Debug for Beside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Beside")
            .field("qr", &self.qr.is_some())
            .field("number", &self.number.is_some())
            .field("zone", &self.zone.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QR: &str = "001099000017||Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021";

    #[test]
    fn what_comes_along_stays_beside_the_keys() {
        let qr = GivenKeys::qr(QR.as_bytes()).unwrap();
        assert!(qr.vietnamese && qr.beside.qr.is_some());
        assert_eq!(qr.given.source, KeySource::QrText);
        let number = GivenKeys::number(" 001099000017").unwrap();
        assert_eq!(number.beside.number.unwrap().as_str(), "001099000017");
        let expiring = GivenKeys::number_and_expiry("001099000017", "990315", "240315").unwrap();
        assert_eq!(expiring.given.candidates, 2);
        assert_eq!(expiring.given.source, KeySource::NumberAndDays);
        assert!(GivenKeys::can("00001").is_err());
    }

    #[test]
    fn debug_shows_no_value() {
        let shown = format!("{:?}", GivenKeys::qr_text(QR).unwrap());
        for value in ["001099", "000017", "Nghiệm", "1999"] {
            assert!(!shown.contains(value), "{shown}");
        }
    }
}
