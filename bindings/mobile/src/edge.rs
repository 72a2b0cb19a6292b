//! The edge between the languages: what is told of a failure becomes an exception.

use chipid::edge::{Told, guarded};
pub(crate) use chipid::edge::{Trouble, day, text as utf8, transport_error, transport_limits};
use std::fmt;

/// Why a call could not be done. Nothing of the holder.
#[derive(Debug, uniffi::Error)]
pub enum Failure {
    /// The one way in which a call fails.
    Failed {
        /// The permanent code (docs/reference/error-codes.md).
        code: u16,
        /// A sentence in English for a developer.
        text: String,
        /// The file that it is about, as `DG1`.
        file: Option<String>,
        /// The offset of the trouble in the file, in bytes.
        offset: Option<u64>,
        /// The chip's answer.
        status_word: Option<u16>,
        /// How many tries the chip says are left.
        tries_left: Option<u8>,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { code, text, .. } = self;
        write!(f, "{code}: {text}")
    }
}

impl std::error::Error for Failure {}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let Told {
            code,
            message,
            facts,
        } = trouble.told();
        Self::Failed {
            code,
            text: message,
            file: facts.file.map(|file| file.to_string()),
            offset: facts.offset.and_then(|offset| u64::try_from(offset).ok()),
            status_word: facts.status.map(|status| status.0),
            tries_left: facts.tries_left,
        }
    }
}

/// Runs a call.
pub(crate) fn call<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Failure> {
    Ok(guarded(work)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_stopped_and_tells_nothing() {
        let result = call(|| -> Result<(), Trouble> { panic!("001099000017") });
        let Err(Failure::Failed { code, text, .. }) = result else {
            panic!("{result:?}");
        };
        assert_eq!(code, 9999);
        assert!(!text.contains("0010"), "{text}");
    }

    #[test]
    fn a_path_does_not_stand_in_an_error() {
        let folder = std::path::Path::new("/nowhere/001099000017");
        let result = call(|| Ok(chipid::files::load(folder)?));
        let Err(failure) = result else {
            panic!("a document of nowhere");
        };
        let shown = format!("{failure} {failure:?}");
        assert!(shown.starts_with("8201: "), "{shown}");
        assert!(!shown.contains("0010"), "{shown}");
    }
}
