//! The edge to JavaScript: errors become JSON with their permanent code, and panics are stopped.

use chipid::{
    Error, ErrorFacts, FaceError, FileId, Misuse, PolicyError, StepperError, TransportError,
    TrustError,
};
use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a call could not be done.
#[derive(Debug)]
pub(crate) enum Trouble {
    Work(Box<Error>),
    Misuse(Misuse),
    Stepper(StepperError),
    Panic,
}

/// Runs work on whatever thread this is. An error is told; a panic is stopped, and what it said stays within: nobody wrote it
/// for a person, and it may hold anything.
pub(crate) fn call<T>(work: impl FnOnce() -> Result<T, Trouble>) -> napi::Result<T> {
    let result = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result,
        Err(payload) => {
            // A payload may panic again when it is dropped: it is left where it is.
            std::mem::forget(payload);
            Err(Trouble::Panic)
        }
    };
    result.map_err(napi::Error::from)
}

/// The caller's text, as bytes.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Trouble> {
    std::str::from_utf8(bytes).map_err(|_| Misuse::NotText.into())
}

/// The error of a transport by its code.
pub(crate) fn transport_error(code: u32) -> TransportError {
    TransportError::ALL
        .into_iter()
        .find(|error| u32::from(error.code()) == code)
        .unwrap_or(TransportError::Failed)
}

impl From<Trouble> for napi::Error {
    fn from(trouble: Trouble) -> Self {
        let (code, message, facts) = match trouble {
            Trouble::Work(error) => (error.code(), message(&error), error.facts()),
            Trouble::Misuse(misuse) => (misuse.code(), misuse.to_string(), ErrorFacts::default()),
            Trouble::Stepper(error) => (error.code(), error.to_string(), ErrorFacts::default()),
            Trouble::Panic => (
                chipid::PANIC,
                "chipid has a fault and stopped".to_owned(),
                ErrorFacts::default(),
            ),
        };
        let told = json!({
            "code": code,
            "message": message,
            "file": facts.file.map(|file: FileId| file.to_string()),
            "offset": facts.offset,
            "statusWord": facts.status.map(|status| status.0),
            "triesLeft": facts.tries_left,
        });
        Self::from_reason(told.to_string())
    }
}

/// What happened. A folder may be named by a holder's number, so that no path stands in it: the caller knows which it gave.
fn message(error: &Error) -> String {
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
