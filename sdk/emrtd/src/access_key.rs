//! The keys that open a chip, and how often they may be tried.
//!
//! Doc 9303-11, 4.3 (BAC: the MRZ), 4.4 (PACE: MRZ or CAN); BSI TR-03110-2, 3.3 (passwords and their counters).

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
}

/// What kind of password opened the chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PasswordKind {
    /// The card access number, six digits.
    Can,
    /// Document number, birth and expiry of the machine readable zone.
    Mrz,
}

impl PasswordKind {
    /// `can` or `mrz`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Can => "can",
            Self::Mrz => "mrz",
        }
    }

    /// The password reference of MSE:Set AT (Doc 9303-11, 4.4.4.1).
    #[must_use]
    pub(crate) const fn reference(self) -> u8 {
        match self {
            Self::Mrz => 1,
            Self::Can => 2,
        }
    }
}

impl AccessKey {
    /// The card access number: six digits.
    ///
    /// # Errors
    /// [`InputError::Can`].
    pub fn can(can: &str) -> Result<Self, InputError> {
        let can = can.trim();
        if can.len() != 6 || !can.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InputError::Can);
        }
        Ok(Self(Kind::Can(Zeroizing::new(String::from(can)))))
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
        }
    }

    /// The password π of PACE (Doc 9303-11, 9.7.3).
    pub(crate) fn pace_password(&self) -> Zeroizing<Vec<u8>> {
        match &self.0 {
            Kind::Can(can) => Zeroizing::new(can.as_bytes().to_vec()),
            Kind::Mrz(key) => key.digest(),
        }
    }

    /// The key seed of BAC, 16 bytes (Doc 9303-11, 9.7.2); `None` for a CAN.
    pub(crate) fn bac_seed(&self) -> Option<Zeroizing<Vec<u8>>> {
        match &self.0 {
            Kind::Can(_) => None,
            Kind::Mrz(key) => {
                let mut seed = key.digest();
                seed.truncate(16);
                Some(seed)
            }
        }
    }
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
