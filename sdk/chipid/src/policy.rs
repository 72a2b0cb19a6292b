//! What is demanded before anybody is accepted: a pure function from an assessment to a verdict.
//!
//! The table of `docs/verdict.md` is what this module does; every row of it is a test.

mod built_in;
mod decide;
mod error;
mod face;
mod file;
mod guardian;
mod liveness;
mod online;
mod portrait;
mod requirement;
mod rule;
mod sections;
mod vendor;

pub use error::PolicyError;
pub use requirement::Requirement;
pub use rule::Rule;

use crate::face::Capture;
use crate::guardian::KinshipBasis;
use chipid_emrtd::finding::{Code, Severity};
use chipid_face::Thresholds;
use chipid_vietnam::portrait_age::PortraitBounds;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What is demanded. Built in, or read from a TOML file.
#[derive(Clone, Debug)]
pub struct Policy {
    name: String,
    purpose: BTreeMap<String, String>,
    rule: Option<Rule>,
    requires: BTreeSet<Requirement>,
    severities: BTreeMap<&'static str, Severity>,
    thresholds: Thresholds,
    vendors: Vec<vendor::FaceVendor>,
    max_failed_attempts: u32,
    max_session: Duration,
    portrait: PortraitBounds,
    kinship: BTreeSet<KinshipBasis>,
    captures: BTreeSet<Capture>,
    liveness_max_age: Duration,
    online_max_age: Duration,
    sha256: [u8; 32],
}

impl Policy {
    /// Reads a policy of one's own.
    ///
    /// # Errors
    /// [`PolicyError`] where the text is malformed, or lowers what must not be lowered.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        Self::read(text, false)
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

    /// The rule that it serves, where it serves one.
    #[must_use]
    pub const fn rule(&self) -> Option<&Rule> {
        self.rule.as_ref()
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

    /// Which sources of live images it takes, where it requires a capture.
    pub fn captures(&self) -> impl Iterator<Item = Capture> + '_ {
        self.captures.iter().copied()
    }

    /// How old a liveness result and a confirmation may be.
    #[must_use]
    pub const fn max_ages(&self) -> (Duration, Duration) {
        (self.liveness_max_age, self.online_max_age)
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
