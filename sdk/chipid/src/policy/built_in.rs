//! The policies that come with the program. What each demands stands in `docs/reference/policies.md`.

use super::portrait::PortraitSection;
use super::{Policy, PolicyError, Requirement};
use crate::face::default_thresholds;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

pub(super) const COUNTER: &str = include_str!("../../policies/counter.toml");
const TRANSFER: &str = include_str!("../../policies/transfer.toml");
const ONE_STOP: &str = include_str!("../../policies/one-stop.toml");
const DOCUMENT_ONLY: &str = include_str!("../../policies/document-only.toml");
const DATA_CLEANING: &str = include_str!("../../policies/data-cleaning.toml");
const READING_ONLY: &str = include_str!("../../policies/reading-only.toml");
const DEMO: &str = include_str!("../../policies/demo.toml");

impl Policy {
    /// The names of the built-in policies, the default first.
    pub const BUILT_IN: [&'static str; 7] = [
        "counter",
        "transfer",
        "one-stop",
        "document-only",
        "data-cleaning",
        "reading-only",
        "demo",
    ];

    /// The default: a clerk is present.
    #[must_use]
    pub fn counter() -> Self {
        Self::built_in_text(COUNTER)
    }

    /// Nobody of the bank is present.
    #[must_use]
    pub fn transfer() -> Self {
        Self::built_in_text(TRANSFER)
    }

    /// Social security's counters, with a clerk.
    #[must_use]
    pub fn one_stop() -> Self {
        Self::built_in_text(ONE_STOP)
    }

    /// The document alone, no copy: nobody's face is compared.
    #[must_use]
    pub fn document_only() -> Self {
        Self::built_in_text(DOCUMENT_ONLY)
    }

    /// Chip data that were saved before.
    #[must_use]
    pub fn data_cleaning() -> Self {
        Self::built_in_text(DATA_CLEANING)
    }

    /// The data alone.
    #[must_use]
    pub fn reading_only() -> Self {
        Self::built_in_text(READING_ONLY)
    }

    /// For test cards only.
    #[must_use]
    pub fn demo() -> Self {
        Self::built_in_text(DEMO)
    }

    /// The built-in policy with this name.
    ///
    /// # Errors
    /// [`PolicyError::Unknown`].
    pub fn built_in(name: &str) -> Result<Self, PolicyError> {
        match name {
            "counter" => Ok(Self::counter()),
            "transfer" => Ok(Self::transfer()),
            "one-stop" => Ok(Self::one_stop()),
            "document-only" => Ok(Self::document_only()),
            "data-cleaning" => Ok(Self::data_cleaning()),
            "reading-only" => Ok(Self::reading_only()),
            "demo" => Ok(Self::demo()),
            other => Err(PolicyError::Unknown {
                name: other.to_owned(),
            }),
        }
    }

    /// Every built-in text is read by a test; should one not be readable, the policy that comes out accepts nobody: it
    /// requires a face, and locks before the first.
    fn built_in_text(text: &str) -> Self {
        Self::read(text, true).unwrap_or_else(|_| Self {
            name: String::from("unreadable"),
            purpose: BTreeMap::new(),
            rule: None,
            requires: BTreeSet::from(Requirement::ALL),
            severities: BTreeMap::new(),
            thresholds: default_thresholds(),
            vendors: Vec::new(),
            max_failed_attempts: 0,
            max_session: Duration::ZERO,
            captures: BTreeSet::new(),
            liveness_max_age: Duration::ZERO,
            online_max_age: Duration::ZERO,
            portrait: PortraitSection::default().into(),
            kinship: BTreeSet::new(),
            sha256: [0; 32],
        })
    }
}
