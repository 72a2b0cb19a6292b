//! The languages of what a person reads. Texts are data: two of each, Vietnamese and English.

mod codes;
mod labels;

pub(crate) use codes::{advice, words};
pub(crate) use labels::*;

use clap::ValueEnum;
use std::env;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

/// One text in each language: Vietnamese, English.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text(pub(crate) &'static str, pub(crate) &'static str);

impl Lang {
    /// The language of the system's settings; English where they name neither.
    pub(crate) fn of_system() -> Self {
        let setting = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
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
