//! The message catalogue: everything that the program says to a person, in Vietnamese and English, by theme.
//!
//! Texts are data, two of each. Nothing else may be told, noted or printed: [`Sentence`] takes no bare string, and
//! `tests/words.rs` looks for printing beside it. What stays as it is in both languages: names of the standard (DG1,
//! PACE, CSCA), codes, options and file names. Terms: `docs/reference/glossary.md`.

mod codes;
pub(crate) mod customers;
pub(crate) mod doctor;
mod errors;
mod failures;
mod field_report;
mod form;
pub(crate) mod help;
mod hints;
mod keys;
mod labels;
mod message;
mod notes;
mod policy;
#[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
mod readers;
mod report_keys;
mod story;
#[cfg(test)]
mod tests;
mod troubles;
mod usage;
mod verbs;

pub(crate) use codes::{advice, words};
pub(crate) use customers::*;
pub(crate) use doctor::*;
pub(crate) use errors::{of_error, of_kind, of_virtual_card};
pub(crate) use failures::*;
pub(crate) use field_report::*;
pub(crate) use form::*;
pub(crate) use keys::{key, word};
pub(crate) use labels::*;
pub(crate) use message::{Message, Said, Sentence, filled};
pub(crate) use notes::*;
pub(crate) use policy::*;
#[cfg(feature = "pcsc")]
pub(crate) use readers::*;
pub(crate) use story::*;
pub(crate) use troubles::Trouble;
pub(crate) use usage::*;
pub(crate) use verbs::*;

/// The next step for each kind of error.
pub(crate) mod hint {
    pub(crate) use super::hints::*;
}

use clap::ValueEnum;
use message::texts;
use std::env;
use std::sync::OnceLock;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

/// One text in each language: Vietnamese, English. Places for values are written `{0}`, `{1}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) &'static str, pub(crate) &'static str);

/// What this run of the program speaks.
static SPOKEN: OnceLock<Lang> = OnceLock::new();

impl Lang {
    /// The language of this run: that of `--lang`, else the system's. It is known before the command line is
    /// understood, since what is wrong with that has to be said too.
    pub(crate) fn spoken() -> Self {
        *SPOKEN.get_or_init(|| Self::asked(crate::usage::given()).unwrap_or_else(Self::of_system))
    }

    /// What `--lang` asks for; `None` where it is not there or names no language.
    fn asked(arguments: impl IntoIterator<Item = String>) -> Option<Self> {
        let mut words = arguments.into_iter().take_while(|word| word != "--");
        let mut asked = None;
        while let Some(word) = words.next() {
            let name = match word.strip_prefix("--lang") {
                Some("") => words.next(),
                Some(rest) => rest.strip_prefix('=').map(str::to_owned),
                None => None,
            };
            asked = name
                .and_then(|name| Self::from_str(&name, false).ok())
                .or(asked);
        }
        asked
    }

    /// The language of the system's settings; English where they name neither.
    fn of_system() -> Self {
        let setting = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
            .or_else(crate::system::language)
            .unwrap_or_default();
        if setting.starts_with("vi") {
            Self::Vi
        } else {
            Self::En
        }
    }

    /// `vi` or `en`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The text in this language.
    pub(crate) const fn of(self, text: Text) -> &'static str {
        match self {
            Self::Vi => text.0,
            Self::En => text.1,
        }
    }
}
