//! The rule that a policy serves, and how sure it is that the rule says so.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Law, decree, circular: what it demands, in short.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    text: BTreeMap<String, String>,
    source: BTreeMap<String, String>,
    confidence: Confidence,
}

/// How sure it is that a rule says what a policy cites.
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

impl Rule {
    /// What it demands, in the language `en` or `vi`; empty where the policy does not say.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        self.text.get(language).map_or("", String::as_str)
    }

    /// Its number, its article, its day, in the language `en` or `vi`; empty where the policy does not say.
    #[must_use]
    pub fn source(&self, language: &str) -> &str {
        self.source.get(language).map_or("", String::as_str)
    }

    /// How sure it is.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }
}
