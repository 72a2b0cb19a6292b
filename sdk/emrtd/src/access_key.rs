//! The keys that open a chip, and how often they may be tried.
//!
//! Doc 9303-11, 4.3 (BAC: the MRZ), 4.4 (PACE: MRZ or CAN; PIN and PUK are of other applications on the same chips); BSI TR-03110-2, 3.3 (passwords and their counters).

use crate::error::InputError;
use crate::mrz::{Mrz, MrzKey};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// One candidate for the chip's access key. Wiped on drop, hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Can(Zeroizing<String>),
    Mrz(MrzKey),
    Pin(Zeroizing<String>),
    Puk(Zeroizing<String>),
}

/// What kind of password opened the chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PasswordKind {
    /// The card access number, six digits.
    Can,
    /// Document number, birth and expiry of the machine readable zone.
    Mrz,
    /// The holder's secret number. A few wrong ones block it.
    Pin,
    /// The number that unblocks the PIN.
    Puk,
}

impl PasswordKind {
    /// `can`, `mrz`, `pin` or `puk`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Can => "can",
            Self::Mrz => "mrz",
            Self::Pin => "pin",
            Self::Puk => "puk",
        }
    }

    /// The password reference of MSE:Set AT (Doc 9303-11, 4.4.4.1; BSI TR-03110-3, B.11.1 for PIN and PUK).
    #[must_use]
    pub(crate) const fn reference(self) -> u8 {
        match self {
            Self::Mrz => 1,
            Self::Can => 2,
            Self::Pin => 3,
            Self::Puk => 4,
        }
    }
}

impl AccessKey {
    /// The card access number: six digits.
    ///
    /// # Errors
    /// [`InputError::Can`].
    pub fn can(can: &str) -> Result<Self, InputError> {
        let can = digits(can, 6, 6).ok_or(InputError::Can)?;
        Ok(Self(Kind::Can(can)))
    }

    /// The holder's PIN: four to twelve digits. Never tried unless it was given so; a chip that says that few tries are
    /// left is left alone.
    ///
    /// # Errors
    /// [`InputError::Pin`].
    pub fn pin(pin: &str) -> Result<Self, InputError> {
        let pin = digits(pin, 4, 12).ok_or(InputError::Pin)?;
        Ok(Self(Kind::Pin(pin)))
    }

    /// The PUK: eight to twelve digits. Never tried unless it was given so.
    ///
    /// # Errors
    /// [`InputError::Puk`].
    pub fn puk(puk: &str) -> Result<Self, InputError> {
        let puk = digits(puk, 8, 12).ok_or(InputError::Puk)?;
        Ok(Self(Kind::Puk(puk)))
    }

    /// The whole machine readable zone.
    ///
    /// # Errors
    /// [`InputError::Mrz`].
    pub fn mrz(text: &str) -> Result<Self, InputError> {
        let mrz = Mrz::parse(text).map_err(|_| InputError::Mrz)?;
        Ok(Self(Kind::Mrz(mrz.access_key())))
    }

    /// Document number, birth and expiry (YYMMDD) as typed from the document.
    ///
    /// # Errors
    /// [`InputError::DocumentNumber`], [`InputError::Date`].
    pub fn document(number: &str, birth: &str, expiry: &str) -> Result<Self, InputError> {
        Ok(Self(Kind::Mrz(MrzKey::new(number, birth, expiry)?)))
    }

    /// What kind of password it is.
    #[must_use]
    pub const fn kind(&self) -> PasswordKind {
        match self.0 {
            Kind::Can(_) => PasswordKind::Can,
            Kind::Mrz(_) => PasswordKind::Mrz,
            Kind::Pin(_) => PasswordKind::Pin,
            Kind::Puk(_) => PasswordKind::Puk,
        }
    }

    /// The password π of PACE (Doc 9303-11, 9.7.3).
    pub(crate) fn pace_password(&self) -> Zeroizing<Vec<u8>> {
        match &self.0 {
            Kind::Can(digits) | Kind::Pin(digits) | Kind::Puk(digits) => {
                Zeroizing::new(digits.as_bytes().to_vec())
            }
            Kind::Mrz(key) => key.digest(),
        }
    }

    /// The document number with its check digit; `None` for a CAN, PIN or PUK.
    pub(crate) fn document_number(&self) -> Option<&[u8]> {
        match &self.0 {
            Kind::Mrz(key) => Some(key.document_number()),
            _ => None,
        }
    }

    /// The key seed of BAC, 16 bytes (Doc 9303-11, 9.7.2); `None` for a CAN, PIN or PUK.
    pub(crate) fn bac_seed(&self) -> Option<Zeroizing<Vec<u8>>> {
        match &self.0 {
            Kind::Can(_) | Kind::Pin(_) | Kind::Puk(_) => None,
            Kind::Mrz(key) => {
                let mut seed = key.digest();
                seed.truncate(16);
                Some(seed)
            }
        }
    }
}

/// `text` without the white space around it, where it is from `least` to `most` digits.
fn digits(text: &str, least: usize, most: usize) -> Option<Zeroizing<String>> {
    let text = text.trim();
    let fits = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| Zeroizing::new(String::from(text)))
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessKey({})", self.kind().name())
    }
}

/// Candidates, in the order in which they are to be tried. The same key twice counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessKeys(Vec<AccessKey>);

impl AccessKeys {
    /// The most candidates that one reading tries.
    pub const MAX_TRIES: u8 = 5;

    /// No candidate yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a candidate behind the others.
    pub fn push(&mut self, key: AccessKey) {
        if !self.0.contains(&key) {
            self.0.push(key);
        }
    }

    /// The candidates.
    pub fn iter(&self) -> core::slice::Iter<'_, AccessKey> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<AccessKey> for AccessKeys {
    fn from(key: AccessKey) -> Self {
        Self(Vec::from([key]))
    }
}

impl FromIterator<AccessKey> for AccessKeys {
    fn from_iter<I: IntoIterator<Item = AccessKey>>(keys: I) -> Self {
        let mut all = Self::new();
        for key in keys {
            all.push(key);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_can_is_six_digits() {
        assert!(AccessKey::can("000017").is_ok());
        assert!(AccessKey::can(" 000017\n").is_ok());
        for bad in ["", "00017", "0000177", "00001a", "٠٠٠٠١٧"] {
            assert_eq!(AccessKey::can(bad), Err(InputError::Can));
        }
    }

    #[test]
    fn a_pin_and_a_puk_are_digits_too_and_no_can() {
        assert!(AccessKey::pin("1234").is_ok() && AccessKey::puk(" 1234567890\n").is_ok());
        for bad in ["123", "1234567890123", "12a4", ""] {
            assert_eq!(AccessKey::pin(bad), Err(InputError::Pin));
        }
        for bad in ["1234567", "1234567890123"] {
            assert_eq!(AccessKey::puk(bad), Err(InputError::Puk));
        }
        // The same digits, another password: none stands for the other.
        assert_ne!(AccessKey::pin("123456"), AccessKey::can("123456"));
        assert_eq!(AccessKey::pin("123456").unwrap().bac_seed(), None);
        let references: Vec<u8> = [
            AccessKey::document("L898902C", "690806", "940623"),
            AccessKey::can("123456"),
            AccessKey::pin("123456"),
            AccessKey::puk("12345678"),
        ]
        .into_iter()
        .map(|key| key.unwrap().kind().reference())
        .collect();
        assert_eq!(references, [1, 2, 3, 4]);
    }

    #[test]
    fn the_same_candidate_stands_once() {
        let can = || AccessKey::can("000017").unwrap();
        let mrz = AccessKey::document("L898902C", "690806", "940623").unwrap();
        let same = AccessKey::document("L898902C<", "690806", "940623").unwrap();
        let keys: AccessKeys = [can(), mrz, can(), same].into_iter().collect();
        assert_eq!(keys.iter().count(), 2);
    }

    #[test]
    fn documents_that_cannot_be() {
        assert_eq!(
            AccessKey::document("", "690806", "940623"),
            Err(InputError::DocumentNumber)
        );
        assert_eq!(
            AccessKey::document("L898902C", "69080", "940623"),
            Err(InputError::Date)
        );
        assert_eq!(AccessKey::mrz("nonsense"), Err(InputError::Mrz));
    }

    #[test]
    fn no_key_in_debug() {
        let keys: AccessKeys = AccessKey::can("000017").unwrap().into();
        assert_eq!(std::format!("{keys:?}"), "AccessKeys([AccessKey(can)])");
    }
}
