//! What the MRZ of the card (TD1, Doc 9303-5, 4.2.2) carries beyond the standard.
//!
//! Line 1 has the last nine digits of the personal number as document number, and in the optional data (positions
//! 16 to 30) the whole number, two fillers, and one more check digit over it, of which ICAO knows nothing:
//! `001099000017<<7`. A card without expiry says `991231`.

use crate::personal_number::PersonalNumber;

/// The expiry date that stands for "Không thời hạn".
pub const NO_EXPIRY: &str = "991231";

/// Whether `expiry` (`YYMMDD`, as in the MRZ) means that the card does not expire.
///
/// To be asked before a century is guessed for the two digits of the year. Only for cards issued by `VNM`.
#[must_use]
pub fn is_no_expiry(expiry: &str) -> bool {
    expiry == NO_EXPIRY
}

/// The personal number out of the optional data of line 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionalNumber {
    /// The twelve digits.
    pub number: PersonalNumber,
    /// What the additional check digit says.
    pub check: AdditionalCheck,
}

/// The check digit behind the personal number. A help against misreading by camera; the chip's own data need it not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdditionalCheck {
    /// There is none.
    Absent,
    /// It fits the number.
    Fits,
    /// It does not fit the number: a digit was misread.
    Differs,
}

/// Reads the optional data of line 1, with or without the fillers at its end.
/// `None` if it is not of the form that Vietnamese cards have.
#[must_use]
pub fn number_in_optional_data(optional_data: &str) -> Option<OptionalNumber> {
    let number = PersonalNumber::new(optional_data.get(..12)?).ok()?;
    let behind = optional_data.get(12..)?.trim_matches('<');
    let check = if behind.is_empty() {
        AdditionalCheck::Absent
    } else {
        // A digit that follows without a filler would make the number longer than it is.
        if !optional_data.get(12..)?.starts_with('<') {
            return None;
        }
        let [digit @ b'0'..=b'9'] = behind.as_bytes() else {
            return None;
        };
        if *digit == check_digit(number.as_str()) {
            AdditionalCheck::Fits
        } else {
            AdditionalCheck::Differs
        }
    };
    Some(OptionalNumber { number, check })
}

/// The check digit of Doc 9303-3, 4.9 (weights 7, 3, 1), as an ASCII digit. `digits` are ASCII digits.
fn check_digit(digits: &str) -> u8 {
    let sum =
        digits
            .bytes()
            .zip([7u32, 3, 1].into_iter().cycle())
            .fold(0u32, |sum, (digit, weight)| {
                sum.wrapping_add(u32::from(digit.wrapping_sub(b'0')).wrapping_mul(weight))
            });
    b'0'.wrapping_add((sum % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_layout_with_its_check_digit() {
        for (optional, digits) in [
            ("001099000017<<7", "001099000017"),
            ("001060000019<<1", "001060000019"),
        ] {
            let found = number_in_optional_data(optional).unwrap();
            assert_eq!(found.number.as_str(), digits);
            assert_eq!(found.check, AdditionalCheck::Fits);
        }
    }

    #[test]
    fn a_misread_digit_is_noticed() {
        let found = number_in_optional_data("001099000077<<7").unwrap();
        assert_eq!(found.check, AdditionalCheck::Differs);
    }

    #[test]
    fn without_additional_check_digit() {
        for optional in ["001099000017<<<", "001099000017"] {
            let found = number_in_optional_data(optional).unwrap();
            assert_eq!(found.check, AdditionalCheck::Absent);
        }
    }

    #[test]
    fn other_optional_data() {
        for optional in [
            "",
            "<<<<<<<<<<<<<<<",
            "0010990000177<<",
            "001099000017<12",
            "001099000017<<A",
            "ABC",
            "00109900001７<<7",
        ] {
            assert_eq!(number_in_optional_data(optional), None, "{optional}");
        }
    }

    #[test]
    fn no_expiry_is_one_day_alone() {
        assert!(is_no_expiry("991231"));
        assert!(!is_no_expiry("991230"));
        assert!(!is_no_expiry(""));
    }
}
