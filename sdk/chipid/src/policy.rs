//! What is demanded before anybody is accepted: a pure function from an assessment to a verdict.
//!
//! The table of `docs/verdict.md` is what this module does; every row of it is a test.

mod decide;
mod error;
mod face;
mod file;
mod guardian;
mod portrait;
mod requirement;

pub use error::PolicyError;
pub use requirement::Requirement;

use crate::face::default_thresholds;
use crate::guardian::KinshipBasis;
use chipid_emrtd::finding::{Code, Severity};
use chipid_face::Thresholds;
use chipid_vietnam::portrait_age::PortraitBounds;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const COUNTER: &str = include_str!("../policies/counter.toml");
const DEMO: &str = include_str!("../policies/demo.toml");
const READING_ONLY: &str = include_str!("../policies/reading-only.toml");

/// What is demanded. Built in, or read from a TOML file.
#[derive(Clone, Debug)]
pub struct Policy {
    name: String,
    purpose: BTreeMap<String, String>,
    requires: BTreeSet<Requirement>,
    severities: BTreeMap<&'static str, Severity>,
    thresholds: Thresholds,
    max_failed_attempts: u32,
    max_session: Duration,
    portrait: PortraitBounds,
    kinship: BTreeSet<KinshipBasis>,
    sha256: [u8; 32],
}

impl Policy {
    /// The names of the built-in policies, the default first.
    pub const BUILT_IN: [&'static str; 3] = ["counter", "demo", "reading-only"];

    /// The default: a clerk is present.
    #[must_use]
    pub fn counter() -> Self {
        Self::built_in_text(COUNTER)
    }

    /// For test cards only.
    #[must_use]
    pub fn demo() -> Self {
        Self::built_in_text(DEMO)
    }

    /// The data alone.
    #[must_use]
    pub fn reading_only() -> Self {
        Self::built_in_text(READING_ONLY)
    }

    /// The built-in policy with this name.
    ///
    /// # Errors
    /// [`PolicyError::Unknown`].
    pub fn built_in(name: &str) -> Result<Self, PolicyError> {
        match name {
            "counter" => Ok(Self::counter()),
            "demo" => Ok(Self::demo()),
            "reading-only" => Ok(Self::reading_only()),
            other => Err(PolicyError::Unknown {
                name: other.to_owned(),
            }),
        }
    }

    /// Reads a policy of one's own.
    ///
    /// # Errors
    /// [`PolicyError`] where the text is malformed, or lowers what must not be lowered.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        Self::read(text, false)
    }

    /// Every built-in text is read by a test; should one not be readable, the policy that comes out accepts nobody.
    fn built_in_text(text: &str) -> Self {
        Self::read(text, true).unwrap_or_else(|_| Self {
            name: String::from("unreadable"),
            purpose: BTreeMap::new(),
            requires: BTreeSet::from([Requirement::Liveness, Requirement::Online]),
            severities: BTreeMap::new(),
            thresholds: default_thresholds(),
            max_failed_attempts: 0,
            max_session: Duration::ZERO,
            portrait: portrait::PortraitSection::default().into(),
            kinship: BTreeSet::new(),
            sha256: [0; 32],
        })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for, in the language `en` or `vi`; empty where it does not say.
    #[must_use]
    pub fn purpose(&self, language: &str) -> &str {
        self.purpose.get(language).map_or("", String::as_str)
    }

    /// SHA-256 over its text.
    #[must_use]
    pub const fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// What it requires.
    pub fn requires(&self) -> impl Iterator<Item = Requirement> + '_ {
        self.requires.iter().copied()
    }

    /// The thresholds that it judges faces by.
    #[must_use]
    pub const fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// How many failed attempts lock a session, and after which time.
    #[must_use]
    pub const fn session_limits(&self) -> (u32, Duration) {
        (self.max_failed_attempts, self.max_session)
    }

    /// What a finding with this code does under this policy.
    #[must_use]
    pub fn severity(&self, code: Code) -> Severity {
        self.severities
            .get(code.name())
            .copied()
            .unwrap_or(code.severity())
    }

    /// Whether faces are to be compared at all.
    #[must_use]
    pub fn wants_face(&self) -> bool {
        self.requires.contains(&Requirement::Face)
    }
}

#[cfg(test)]
mod tests;
