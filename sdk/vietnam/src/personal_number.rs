//! The 12-digit personal number (số định danh cá nhân), which is also the number of the card.
//!
//! Law 26/2023/QH15, Article 12 guarantees twelve digits and no more. That the digits mean something (province of the
//! registration of birth, century and sex, year of birth, six more) stands in Circular 59/2021/TT-BCA, no longer in
//! force: what is read from them here is good for a note, never for a refusal. There is no check digit.

use crate::private::PrivateText;
use crate::sex::Sex;
use chipid_emrtd::time::Date;
use core::fmt;

/// Twelve ASCII digits.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalNumber(PrivateText);

impl PersonalNumber {
    /// Takes exactly twelve ASCII digits, nothing around or between them.
    ///
    /// # Errors
    /// [`PersonalNumberError`] for anything else.
    pub fn new(text: &str) -> Result<Self, PersonalNumberError> {
        if let Some(position) = text.bytes().position(|b| !b.is_ascii_digit()) {
            return Err(PersonalNumberError::NotADigit { position });
        }
        if text.len() != 12 {
            return Err(PersonalNumberError::WrongLength { found: text.len() });
        }
        Ok(Self(PrivateText::new(text)))
    }

    /// All twelve digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The last six digits, which are the chip's CAN: the card has none printed on it.
    ///
    /// So the key that opens the chip is known to whoever knows the number; it keeps strangers from skimming, and
    /// proves nothing about the card.
    #[must_use]
    pub fn can(&self) -> &str {
        self.digits(6, 12)
    }

    /// The last nine digits, which are the document number in the MRZ.
    #[must_use]
    pub fn document_number(&self) -> &str {
        self.digits(3, 12)
    }

    /// The first three digits: province, or country, where the birth was registered.
    #[must_use]
    pub fn place_code(&self) -> &str {
        self.digits(0, 3)
    }

    /// The fourth digit, 0 to 9: century and sex in one.
    #[must_use]
    pub fn century_and_sex(&self) -> u8 {
        self.digits(3, 4)
            .bytes()
            .next()
            .map_or(0, |b| b.wrapping_sub(b'0'))
    }

    /// The year of birth that the fourth to sixth digits stand for, 1900 to 2399.
    #[must_use]
    pub fn birth_year(&self) -> u16 {
        let century = u16::from(self.century_and_sex() / 2);
        let year = self.digits(4, 6).parse().unwrap_or(0);
        century
            .saturating_mul(100)
            .saturating_add(1900)
            .saturating_add(year)
    }

    /// The sex that the fourth digit stands for: even is male.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.century_and_sex().is_multiple_of(2) {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    /// Whether the digits agree with a day of birth and a sex.
    /// If not, that is worth a note: a holder whose entry was corrected may have kept a number.
    #[must_use]
    pub fn agrees_with(&self, birth: Date, sex: Sex) -> bool {
        self.birth_year() == birth.year() && self.sex() == sex
    }

    fn digits(&self, from: usize, to: usize) -> &str {
        self.as_str().get(from..to).unwrap_or_default()
    }
}

/// Nothing of the number.
impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalNumber")
    }
}

/// Why a text is not a personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PersonalNumberError {
    /// All digits, but not twelve of them.
    WrongLength {
        /// How many there are.
        found: usize,
    },
    /// Something else than a digit.
    NotADigit {
        /// Which byte of the text, from 0.
        position: usize,
    },
}

impl PersonalNumberError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::WrongLength { .. } => 8140,
            Self::NotADigit { .. } => 8141,
        }
    }
}

impl fmt::Display for PersonalNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLength { found } => {
                write!(f, "a personal number has 12 digits, not {found}")
            }
            Self::NotADigit { position } => {
                write!(f, "byte {position} of the personal number is not a digit")
            }
        }
    }
}

impl core::error::Error for PersonalNumberError {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;

    #[test]
    fn parts_of_a_number() {
        let number = PersonalNumber::new("001099000017").unwrap();
        assert_eq!(number.as_str(), "001099000017");
        assert_eq!(number.can(), "000017");
        assert_eq!(number.document_number(), "099000017");
        assert_eq!(number.place_code(), "001");
        assert_eq!(number.century_and_sex(), 0);
        assert_eq!(number.birth_year(), 1999);
        assert_eq!(number.sex(), Sex::Male);
    }

    #[test]
    fn every_century_digit() {
        for digit in 0..=9u8 {
            let number = PersonalNumber::new(&format!("079{digit}05123456")).unwrap();
            assert_eq!(number.birth_year(), 1905 + u16::from(digit / 2) * 100);
            assert_eq!(number.sex() == Sex::Female, digit % 2 == 1);
        }
    }

    #[test]
    fn agreement_with_birth_and_sex() {
        let number = PersonalNumber::new("001305000017").unwrap();
        let birth = |year| Date::new(year, 1, 2).unwrap();
        assert!(number.agrees_with(birth(2005), Sex::Female));
        assert!(!number.agrees_with(birth(1905), Sex::Female));
        assert!(!number.agrees_with(birth(2005), Sex::Male));
    }

    #[test]
    fn what_is_no_number() {
        for (text, error) in [
            ("", PersonalNumberError::WrongLength { found: 0 }),
            (
                "00109900001",
                PersonalNumberError::WrongLength { found: 11 },
            ),
            (
                "0010990000171",
                PersonalNumberError::WrongLength { found: 13 },
            ),
            (
                "00109900001O",
                PersonalNumberError::NotADigit { position: 11 },
            ),
            (
                " 01099000017",
                PersonalNumberError::NotADigit { position: 0 },
            ),
            (
                "00109900001７",
                PersonalNumberError::NotADigit { position: 11 },
            ),
        ] {
            assert_eq!(PersonalNumber::new(text), Err(error));
        }
    }

    #[test]
    fn debug_hides_the_number() {
        let number = PersonalNumber::new("001099000017").unwrap();
        assert_eq!(format!("{number:?}"), "PersonalNumber");
    }
}
