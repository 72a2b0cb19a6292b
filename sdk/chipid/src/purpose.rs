//! What each purpose of processing needs of the holder: named sets of fields, from `purposes/purposes.toml`.
//!
//! Law 91/2025/QH15 and Decree 356/2025/NĐ-CP (in force from 1 January 2026; known from the press): data are collected for
//! a stated purpose and no wider than it needs.

pub use crate::confidence::Confidence;
use crate::holder_fields::Field;
use crate::processing::ProcessingError;
use serde::Deserialize;

/// The purposes that the library knows.
const BUILT_IN: &str = include_str!("../purposes/purposes.toml");

/// Why a holder's data are processed, and which of them that needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    name: String,
    vi: String,
    en: String,
    rule: String,
    confidence: Confidence,
    portrait: bool,
    fields: Vec<Field>,
}

impl Purpose {
    /// The built-in purpose of this name: `account-opening`, `transfer`, `one-stop`, `data-cleaning`, `age-check`.
    ///
    /// # Errors
    /// [`ProcessingError::PurposeUnknown`].
    pub fn built_in(name: &str) -> Result<Self, ProcessingError> {
        Self::all()
            .into_iter()
            .find(|purpose| purpose.name == name)
            .ok_or(ProcessingError::PurposeUnknown)
    }

    /// Every built-in purpose.
    #[must_use]
    pub fn all() -> Vec<Self> {
        parse(BUILT_IN).unwrap_or_default()
    }

    /// The permanent name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for, in `vi` or else in English.
    #[must_use]
    pub fn reason(&self, lang: &str) -> &str {
        if lang == "vi" { &self.vi } else { &self.en }
    }

    /// The rule that asks for it, as it is cited.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// How sure that is.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Whether the portrait is needed.
    #[must_use]
    pub const fn portrait(&self) -> bool {
        self.portrait
    }

    /// The fields that it needs, in the order in which they are shown.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }
}

#[derive(Deserialize)]
struct Table {
    purpose: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    vi: String,
    en: String,
    rule: String,
    confidence: Confidence,
    portrait: bool,
    fields: Vec<String>,
}

/// `None` where the text is no table of purposes, or names a field that there is not.
fn parse(text: &str) -> Option<Vec<Purpose>> {
    let table: Table = toml::from_str(text).ok()?;
    table.purpose.into_iter().map(purpose).collect()
}

fn purpose(entry: Entry) -> Option<Purpose> {
    let mut fields = entry
        .fields
        .iter()
        .map(|name| Field::named(name))
        .collect::<Option<Vec<_>>>()?;
    fields.sort_by_key(|field| Field::ALL.iter().position(|known| known == field));
    Some(Purpose {
        name: entry.name,
        vi: entry.vi,
        en: entry.en,
        rule: entry.rule,
        confidence: entry.confidence,
        portrait: entry.portrait,
        fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_purposes_are_read_and_are_these() {
        let names: Vec<String> = Purpose::all().into_iter().map(|p| p.name).collect();
        assert_eq!(
            names,
            [
                "account-opening",
                "transfer",
                "one-stop",
                "data-cleaning",
                "age-check"
            ]
        );
        assert_eq!(
            Purpose::built_in("curiosity"),
            Err(ProcessingError::PurposeUnknown)
        );
    }

    #[test]
    fn no_purpose_needs_what_is_given_only_when_asked_for_by_name() {
        for purpose in Purpose::all() {
            assert!(!purpose.fields().is_empty());
            for field in purpose.fields() {
                assert!(field.is_default(), "{}: {field:?}", purpose.name());
            }
            for lang in ["vi", "en"] {
                assert!(!purpose.reason(lang).is_empty());
            }
            assert_ne!(purpose.reason("vi"), purpose.reason("en"));
            assert_ne!(
                purpose.confidence(),
                Confidence::Confirmed,
                "nobody read it"
            );
        }
    }

    #[test]
    fn an_age_is_checked_with_the_day_of_birth_alone() {
        let purpose = Purpose::built_in("age-check").unwrap();
        assert_eq!(purpose.fields(), [Field::Birth]);
        assert!(!purpose.portrait());
    }

    #[test]
    fn a_field_that_there_is_not_is_not_passed_over() {
        let text = BUILT_IN.replace("[\"birth\"]", "[\"birth\", \"shoe_size\"]");
        assert_eq!(parse(&text), None);
    }
}
