//! The text of the QR code printed on the card.
//!
//! Seven fields parted by `|`: personal number, old number, name, birth (`ddmmyyyy`), sex, residence, date of issue
//! (`ddmmyyyy`). Circular 16/2024/TT-BCA lets more follow on cards from July 2024; in which order is not published.
//! Nothing signs this text and anybody can print one: it serves for the key to the chip, and what it says about the
//! holder is to be believed only where the chip says the same.

use crate::date::compact;
use crate::personal_number::{PersonalNumber, PersonalNumberError};
use crate::private::{PrivateText, trim};
use crate::sex::Sex;
use alloc::vec::Vec;
use chipid_emrtd::time::Date;
use core::fmt;

/// What the QR code says. Texts are verbatim; all but the two dates and the sex are wiped on drop.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct QrText {
    /// The personal number.
    pub number: PersonalNumber,
    /// The nine digits of the identity card of old, or an earlier number; most people have none here.
    pub old_number: Option<PrivateText>,
    /// The full name with its diacritics.
    pub name: PrivateText,
    /// The day of birth.
    pub birth: Date,
    /// The sex.
    pub sex: Sex,
    /// The residence.
    pub residence: Option<PrivateText>,
    /// The day of issue.
    pub issue: Date,
    /// What follows the seventh field, uninterpreted, empty ones included.
    pub extras: Vec<PrivateText>,
}

/// The longest text that is looked at, in bytes: more than the largest QR code holds (2953).
pub const MAX_LEN: usize = 4096;

impl QrText {
    /// Parses the text of a QR code. A byte order mark before it and white space around it are ignored.
    ///
    /// # Errors
    /// [`QrError`] names the first field that cannot be right.
    pub fn parse(text: &str) -> Result<Self, QrError> {
        if text.len() > MAX_LEN {
            return Err(QrError::TooLong { found: text.len() });
        }
        let text = trim(text.trim_start_matches('\u{feff}'));
        let mut fields = text.split('|');
        let mut field = || fields.next();
        let (
            Some(number),
            Some(old_number),
            Some(name),
            Some(birth),
            Some(sex),
            Some(residence),
            Some(issue),
        ) = (
            field(),
            field(),
            field(),
            field(),
            field(),
            field(),
            field(),
        )
        else {
            return Err(QrError::TooFewFields {
                found: text.split('|').count(),
            });
        };
        if trim(name).is_empty() {
            return Err(QrError::NameMissing);
        }
        Ok(Self {
            number: PersonalNumber::new(trim(number)).map_err(QrError::Number)?,
            old_number: unless_blank(old_number),
            name: PrivateText::new(name),
            birth: compact(trim(birth)).ok_or(QrError::Birth)?,
            sex: Sex::from_vietnamese(sex).ok_or(QrError::Sex)?,
            residence: unless_blank(residence),
            issue: compact(trim(issue)).ok_or(QrError::Issue)?,
            extras: fields.map(PrivateText::new).collect(),
        })
    }
}

fn unless_blank(text: &str) -> Option<PrivateText> {
    (!trim(text).is_empty()).then(|| PrivateText::new(text))
}

/// Which fields there are, nothing of their content.
impl fmt::Debug for QrText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QrText")
            .field("old_number", &self.old_number.is_some())
            .field("residence", &self.residence.is_some())
            .field("extras", &self.extras.len())
            .finish_non_exhaustive()
    }
}

/// Why a text is not that of a Vietnamese card's QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QrError {
    /// Longer than any QR code: [`MAX_LEN`].
    TooLong {
        /// Bytes of the text.
        found: usize,
    },
    /// Fewer than seven fields.
    TooFewFields {
        /// How many there are.
        found: usize,
    },
    /// The first field is not a personal number.
    Number(PersonalNumberError),
    /// The third field is empty.
    NameMissing,
    /// The fourth field is not a day written `ddmmyyyy`.
    Birth,
    /// The fifth field is neither "Nam" nor "Nữ".
    Sex,
    /// The seventh field is not a day written `ddmmyyyy`.
    Issue,
}

impl QrError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::TooLong { .. } => 8130,
            Self::TooFewFields { .. } => 8131,
            Self::Number(_) => 8132,
            Self::NameMissing => 8133,
            Self::Birth => 8134,
            Self::Sex => 8135,
            Self::Issue => 8136,
        }
    }
}

impl fmt::Display for QrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { found } => {
                write!(f, "the QR text has {found} bytes, more than {MAX_LEN}")
            }
            Self::TooFewFields { found } => {
                write!(f, "the QR text has {found} fields, fewer than 7")
            }
            Self::Number(error) => write!(f, "field 1 of the QR text: {error}"),
            Self::NameMissing => f.write_str("field 3 of the QR text (name) is empty"),
            Self::Birth => f.write_str("field 4 of the QR text is not a day of birth (ddmmyyyy)"),
            Self::Sex => f.write_str("field 5 of the QR text is not a sex (Nam, Nữ)"),
            Self::Issue => f.write_str("field 7 of the QR text is not a day of issue (ddmmyyyy)"),
        }
    }
}

impl core::error::Error for QrError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Number(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{format, string::String};

    const CARD_2021: &str =
        "001099000017|012345678|Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021";

    #[test]
    fn card_of_2021() {
        let qr = QrText::parse(CARD_2021).unwrap();
        assert_eq!(qr.number.as_str(), "001099000017");
        assert_eq!(qr.old_number.unwrap().as_str(), "012345678");
        assert_eq!(qr.name.as_str(), "Lê Thử Nghiệm");
        assert_eq!(Some(qr.birth), Date::new(1999, 3, 15));
        assert_eq!(qr.sex, Sex::Male);
        assert_eq!(qr.residence.unwrap().as_str(), "Số 1 Phố Mẫu, Hà Nội");
        assert_eq!(Some(qr.issue), Date::new(2021, 5, 10));
        assert!(qr.extras.is_empty());
    }

    #[test]
    fn card_of_2024_keeps_what_follows() {
        let qr = QrText::parse(
            "\u{feff}001305000017||Trần Thị Mẫu|02012005|Nữ||15072024||Trần Văn Cha|\r\n",
        )
        .unwrap();
        assert_eq!(qr.old_number, None);
        assert_eq!(qr.residence, None);
        assert_eq!(qr.sex, Sex::Female);
        let extras: std::vec::Vec<_> = qr.extras.iter().map(PrivateText::as_str).collect();
        assert_eq!(extras, ["", "Trần Văn Cha", ""]);
    }

    #[test]
    fn each_field_has_its_error() {
        let with = |at: usize, text: &str| {
            let mut fields: std::vec::Vec<_> = CARD_2021.split('|').collect();
            fields[at] = text;
            QrText::parse(&fields.join("|")).unwrap_err()
        };
        assert_eq!(with(0, "123").code(), 8132);
        assert_eq!(with(2, " "), QrError::NameMissing);
        assert_eq!(with(3, "15/03/1999"), QrError::Birth);
        assert_eq!(with(3, ""), QrError::Birth);
        assert_eq!(with(4, ""), QrError::Sex);
        assert_eq!(with(6, "31022021"), QrError::Issue);
        assert_eq!(
            QrText::parse("001099000017|x"),
            Err(QrError::TooFewFields { found: 2 })
        );
        assert_eq!(QrText::parse(""), Err(QrError::TooFewFields { found: 1 }));
        let long = "|".repeat(MAX_LEN + 1);
        assert_eq!(QrText::parse(&long).unwrap_err().code(), 8130);
    }

    #[test]
    fn neither_debug_nor_errors_tell_anything() {
        let debug = format!("{:?}", QrText::parse(CARD_2021).unwrap());
        for secret in ["0010", "0123", "Lê", "1999", "Nam", "Phố", "2021"] {
            assert!(!debug.contains(secret), "{debug}");
        }
        let error = QrText::parse(&CARD_2021.replace("15031999", "1987")).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("1987"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_never_panics(text: String, at in 0..CARD_2021.len(), byte: u8) {
            let _ = QrText::parse(&text);
            let mut bytes = CARD_2021.as_bytes().to_vec();
            bytes[at] = byte;
            if let Ok(qr) = QrText::parse(&String::from_utf8_lossy(&bytes)) {
                proptest::prop_assert_eq!(qr.number.as_str().len(), 12);
            }
        }
    }
}
