//! Why the program could not do its work. What a member does wrong is no error but a line of the result.

use chipid_virtual_card::VirtualCardError;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why the program could not do its work.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file, folder or socket.
    Io {
        /// Which one.
        what: PathBuf,
        /// What the system says.
        kind: std::io::ErrorKind,
    },
    /// The list of cases, or the list of members, is not what it should be.
    List {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Something is named that is nowhere described.
    Unknown {
        /// What kind of thing.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// A card could not be made.
    Card {
        /// Which one.
        name: String,
        /// Why.
        why: VirtualCardError,
    },
    /// A file of the workshop's could not be made.
    Goods {
        /// Which one.
        name: String,
        /// Why.
        why: String,
    },
    /// A line that is not of the form `key=value`.
    Line {
        /// Which one, from 1.
        number: usize,
    },
    /// The reading that is to be replayed ended in an error of this code.
    Reading {
        /// The permanent code.
        code: u16,
    },
    /// There are no models on this machine, and what was asked for needs them.
    NoModels,
}

impl Error {
    /// An error of the system over a file.
    #[must_use]
    pub fn io(what: &Path, error: &std::io::Error) -> Self {
        Self::Io {
            what: what.to_path_buf(),
            kind: error.kind(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { what, kind } => write!(f, "{}: {kind}", what.display()),
            Self::List { file, why } => write!(f, "{}: {why}", file.display()),
            Self::Unknown { kind, name } => write!(f, "there is no {kind} named {name:?}"),
            Self::Card { name, why } => write!(f, "the card {name}: {why}"),
            Self::Goods { name, why } => write!(f, "the file {name}: {why}"),
            Self::Line { number } => write!(f, "line {number} is not of the form key=value"),
            Self::Reading { code } => write!(f, "the reading ended with error {code}"),
            Self::NoModels => f.write_str("the models are missing: chipid models fetch"),
        }
    }
}

impl std::error::Error for Error {}
