//! The edge between the languages: errors become codes, panics are stopped, bytes become texts.

use chipid::{
    Error, ErrorFacts, FaceError, Misuse, PolicyError, StepperError, TransportError, TrustError,
};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

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

/// Why a call could not be done, before it is told.
#[derive(Debug)]
pub(crate) enum Trouble {
    Work(Box<Error>),
    Misuse(Misuse),
    Stepper(StepperError),
    Panic,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Work(error) => told(error.code(), text(&error), error.facts()),
            Trouble::Misuse(misuse) => plain(misuse.code(), &misuse.to_string()),
            Trouble::Stepper(error) => plain(error.code(), &error.to_string()),
            // What the panic said stays within: nobody wrote it for a person, and it may hold anything.
            Trouble::Panic => plain(chipid::PANIC, "chipid has a fault and stopped"),
        }
    }
}

fn told(code: u16, text: String, facts: ErrorFacts) -> Failure {
    Failure::Failed {
        code,
        text,
        file: facts.file.map(|file| file.to_string()),
        offset: facts.offset.and_then(|offset| u64::try_from(offset).ok()),
        status_word: facts.status.map(|status| status.0),
        tries_left: facts.tries_left,
    }
}

fn plain(code: u16, text: &str) -> Failure {
    told(code, text.to_owned(), ErrorFacts::default())
}

/// What happened. A folder may be named by a holder's number, so that no path stands in it: the caller knows which it gave.
fn text(error: &Error) -> String {
    match error {
        Error::File { kind, .. } => format!("a file or folder cannot be used: {kind}"),
        Error::NoDocumentFiles { .. } => "the folder holds no files of a document".to_owned(),
        Error::FolderTaken { .. } => "the folder holds a document's files already".to_owned(),
        other => other.to_string(),
    }
}

impl From<Misuse> for Trouble {
    fn from(misuse: Misuse) -> Self {
        Self::Misuse(misuse)
    }
}

impl From<StepperError> for Trouble {
    fn from(error: StepperError) -> Self {
        Self::Stepper(error)
    }
}

macro_rules! work {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Trouble {
            fn from(error: $error) -> Self {
                Self::Work(Box::new(error.into()))
            }
        })*
    };
}

work!(Error, FaceError, PolicyError, TransportError, TrustError);

/// Runs a call.
pub(crate) fn call<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(Failure::from),
        Err(payload) => {
            // A payload may panic again when it is dropped: it is left where it is.
            std::mem::forget(payload);
            Err(Trouble::Panic.into())
        }
    }
}

/// The caller's bytes as text.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Misuse> {
    std::str::from_utf8(bytes).map_err(|_| Misuse::NotText)
}

/// The error of a transport by its code.
pub(crate) fn transport_error(code: u16) -> TransportError {
    TransportError::ALL
        .into_iter()
        .find(|error| error.code() == code)
        .unwrap_or(TransportError::Failed)
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
