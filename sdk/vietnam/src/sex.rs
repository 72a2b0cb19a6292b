//! The sex as the card words it (DG13 field 4, QR field 5).

use crate::name::fold;

/// The sex of the holder. DG13 and the QR code know two words, "Nam" and "Nữ".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// "Nam", `M` in the MRZ.
    Male,
    /// "Nữ", `F` in the MRZ.
    Female,
}

impl Sex {
    /// Reads "Nam" or "Nữ", whatever the case and the Unicode normal form.
    #[must_use]
    pub fn from_vietnamese(text: &str) -> Option<Self> {
        match fold(text).as_str() {
            "NAM" => Some(Self::Male),
            "NU" => Some(Self::Female),
            _ => None,
        }
    }

    /// The letter of the MRZ (Doc 9303-5, 4.2.2.2): `M` or `F`.
    #[must_use]
    pub const fn mrz_letter(self) -> char {
        match self {
            Self::Male => 'M',
            Self::Female => 'F',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_words_in_both_normal_forms() {
        assert_eq!(Sex::from_vietnamese("Nam"), Some(Sex::Male));
        assert_eq!(Sex::from_vietnamese(" NAM\0"), Some(Sex::Male));
        assert_eq!(Sex::from_vietnamese("Nữ"), Some(Sex::Female));
        assert_eq!(
            Sex::from_vietnamese("Nu\u{031B}\u{0303}"),
            Some(Sex::Female)
        );
        assert_eq!(Sex::from_vietnamese("nữ"), Some(Sex::Female));
        assert_eq!(Sex::from_vietnamese(""), None);
        assert_eq!(Sex::from_vietnamese("Nan"), None);
    }
}
