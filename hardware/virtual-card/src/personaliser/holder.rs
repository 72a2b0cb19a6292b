//! The invented people to whom virtual cards belong.

use super::additional::AdditionalDetails;
use chipid_emrtd::time::Date;
use core::fmt;
use serde::{Deserialize, Serialize};

/// An invented person and the dates of the document. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// Surname as the MRZ writes it: `A` to `Z` and blanks.
    pub surname: String,
    /// Given names as the MRZ writes them.
    pub given_names: String,
    /// The document number: `A` to `Z`, `0` to `9`.
    pub document_number: String,
    /// The twelve-digit personal number of a Vietnamese card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal_number: Option<String>,
    /// Three letters.
    pub nationality: String,
    /// `M`, `F` or `<`.
    pub sex: char,
    /// Day of birth.
    #[serde(with = "date")]
    pub birth: Date,
    /// How the day of birth is written, where day or month are not known: `birth` then has ones in their places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_written: Option<WrittenBirth>,
    /// Day of issue.
    #[serde(with = "date")]
    pub issued: Date,
    /// Last day of validity; `None` for a card that never expires (`991231` in the MRZ).
    #[serde(
        default,
        with = "optional_date",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiry: Option<Date>,
    /// What DG13 of a Vietnamese card says beyond this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<VietnameseDetails>,
    /// What DG11, DG12 and DG16 say; `None`: the card has none of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional: Option<AdditionalDetails>,
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(redacted)")
    }
}

/// A day of birth of which a part is not known, as each place writes it. How Vietnamese cards write it nobody has
/// published.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenBirth {
    /// Six characters: `50<<<<` (Doc 9303-3, 4.8).
    pub mrz: String,
    /// Field 3 of DG13.
    pub dg13: String,
    /// The fourth field of the QR code.
    pub qr: String,
}

impl fmt::Debug for WrittenBirth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WrittenBirth(redacted)")
    }
}

/// The fields of a Vietnamese DG13 that the MRZ does not have; `None` is a field that the card leaves empty.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VietnameseDetails {
    /// Field 2: the name as printed.
    pub name: String,
    /// Field 6.
    pub ethnicity: Option<String>,
    /// Field 7.
    pub religion: Option<String>,
    /// Field 8.
    pub origin: Option<String>,
    /// Field 9.
    pub residence: Option<String>,
    /// Field 10.
    pub features: Option<String>,
    /// Field 13, first.
    pub father: Option<String>,
    /// Field 13, second.
    pub mother: Option<String>,
    /// Field 14.
    pub spouse: Option<String>,
    /// Field 15.
    pub old_number: Option<String>,
    /// An earlier personal number, which only the QR code of 2024 has.
    pub cancelled_number: Option<String>,
    /// Field 16: sixteen hexadecimal digits.
    pub chip_serial: Option<String>,
}

impl fmt::Debug for VietnameseDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VietnameseDetails(redacted)")
    }
}

/// `YYYY-MM-DD`.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let mut next = || parts.next()?.parse::<u16>().ok();
    let (year, month, day) = (next()?, next()?, next()?);
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

mod date {
    use super::{Date, parse_date};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(date: &Date, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(date)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
        let text = String::deserialize(d)?;
        parse_date(&text).ok_or_else(|| D::Error::custom("not a date of the form YYYY-MM-DD"))
    }
}

mod optional_date {
    use super::{Date, parse_date};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(date: &Option<Date>, s: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => s.collect_str(date),
            None => s.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Date>, D::Error> {
        Option::<String>::deserialize(d)?
            .map(|text| {
                parse_date(&text)
                    .ok_or_else(|| D::Error::custom("not a date of the form YYYY-MM-DD"))
            })
            .transpose()
    }
}
