//! How sure it is that a rule says what is cited.

use serde::Deserialize;

/// How sure it is that a rule says what a policy or a purpose cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Confidence {
    /// Its own text was read.
    Confirmed,
    /// Newspapers and other people's writings say so; its own text was not read.
    Press,
    /// No text was found that says so.
    Unknown,
}

impl Confidence {
    /// `confirmed`, `press` or `unknown`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Press => "press",
            Self::Unknown => "unknown",
        }
    }
}
