//! The rule that a policy serves, and how sure it is that the rule says so.

use crate::confidence::Confidence;
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
