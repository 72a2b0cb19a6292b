//! What is alike at every language's edge: work becomes a result or what is told of its failure, panics stop here, and nothing of the holder goes
//! out with either.

use crate::error::{Error, ErrorFacts, PANIC};
use crate::misuse::Misuse;
use crate::policy::PolicyError;
use chipid_emrtd::card_transport::{TransportError, TransportLimits};
use chipid_emrtd::drivers::StepperError;
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::TrustError;
use chipid_face::FaceError;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// Why a call could not be done.
#[derive(Debug)]
pub enum Trouble {
    /// The work failed.
    Work(Box<Error>),
    /// The call was wrong.
    Misuse(Misuse),
    /// A step was taken that the reading does not want now.
    Stepper(StepperError),
    /// A fault of chipid's own, and where in its sources. What the panic said stays within: nobody wrote it for a person, and it
    /// may hold anything.
    Panic(Option<String>),
}

/// What another language is told of a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The permanent code (docs/reference/error-codes.md).
    pub code: u16,
    /// A sentence in English for a developer. No path stands in it: a folder may be named by a holder's number.
    pub message: String,
    /// What else is known.
    pub facts: ErrorFacts,
}

impl Trouble {
    /// What is told of it.
    #[must_use]
    pub fn told(&self) -> Told {
        let (code, message) = match self {
            Self::Work(error) => (error.code(), message(error)),
            Self::Misuse(misuse) => (misuse.code(), misuse.to_string()),
            Self::Stepper(error) => (error.code(), error.to_string()),
            Self::Panic(None) => (PANIC, "chipid has a fault and stopped".to_owned()),
            Self::Panic(Some(at)) => (PANIC, format!("chipid has a fault at {at} and stopped")),
        };
        let facts = match self {
            Self::Work(error) => error.facts(),
            _ => ErrorFacts::default(),
        };
        Told {
            code,
            message,
            facts,
        }
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

/// Runs work. A panic is stopped; nothing of it is written anywhere.
///
/// # Errors
/// [`Trouble`], [`Trouble::Panic`] among them.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    stopped(work).unwrap_or_else(|| Err(Trouble::Panic(PLACE.take())))
}

/// Runs work that has no way to fail; `None` where it panics.
pub fn stopped<T>(work: impl FnOnce() -> T) -> Option<T> {
    quieten();
    let outer = WITHIN.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    WITHIN.set(outer);
    match result {
        Ok(value) => Some(value),
        Err(payload) => {
            // A payload may panic again when it is dropped: it is left where it is.
            std::mem::forget(payload);
            None
        }
    }
}

thread_local! {
    /// Whether this thread is within a call of ours.
    static WITHIN: Cell<bool> = const { Cell::new(false) };
    /// Where it panicked last.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Rust's own hook writes what a panic says, which may be a value that it stumbled over. Panics of everybody else go where they went.
fn quieten() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !WITHIN.try_with(Cell::get).unwrap_or(false) {
                return before(panic);
            }
            let place = panic.location().map(|at| {
                // The folders are those of the machine that built it.
                let file = at.file().rsplit(['/', '\\']).next().unwrap_or_default();
                format!("{file}:{}", at.line())
            });
            let _ = PLACE.try_with(|kept| kept.set(place));
        }));
    });
}

/// The caller's bytes as text.
///
/// # Errors
/// [`Misuse::NotText`] where they are not UTF-8.
pub fn text(bytes: &[u8]) -> Result<&str, Misuse> {
    std::str::from_utf8(bytes).map_err(|_| Misuse::NotText)
}

/// A day as `YYYYMMDD` in a number (19990315).
///
/// # Errors
/// [`Misuse::UnknownValue`] where there is no such day.
pub fn day(number: u32) -> Result<Date, Misuse> {
    let part = |value: u32| u8::try_from(value % 100).ok();
    u16::try_from(number / 10_000)
        .ok()
        .zip(part(number / 100).zip(part(number)))
        .and_then(|(year, (month, day))| Date::new(year, month, day))
        .ok_or(Misuse::UnknownValue)
}

/// What a way to the card is known to carry, in bytes of a whole APDU; 0 where it is not known.
///
/// # Errors
/// [`Misuse::UnknownValue`] where no chip could be read within it: see [`TransportLimits::suffice`].
pub fn transport_limits(command: usize, response: usize) -> Result<TransportLimits, Misuse> {
    let known = |bytes: usize| (bytes != 0).then_some(bytes);
    let limits = TransportLimits {
        command: known(command),
        response: known(response),
    };
    match limits.suffice() {
        true => Ok(limits),
        false => Err(Misuse::UnknownValue),
    }
}

/// The error of a transport by its code; [`TransportError::Failed`] where no transport's error has it.
pub fn transport_error(code: impl Into<i64>) -> TransportError {
    let code = code.into();
    TransportError::ALL
        .into_iter()
        .find(|error| i64::from(error.code()) == code)
        .unwrap_or(TransportError::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_stopped_and_tells_nothing() {
        let result = guarded(|| -> Result<(), Trouble> { panic!("001099000017") });
        let told = result.expect_err("a panic").told();
        assert_eq!(told.code, 9999);
        assert!(
            told.message.starts_with("chipid has a fault at edge.rs:"),
            "{}",
            told.message
        );
        assert!(!told.message.contains("0010"), "{}", told.message);
        assert_eq!(stopped(|| 7), Some(7));
    }

    #[test]
    fn a_path_does_not_stand_in_what_is_told() {
        let folder = std::path::Path::new("/nowhere/001099000017");
        let result = guarded(|| Ok(crate::files::load(folder)?));
        let told = result.expect_err("a document of nowhere").told();
        assert_eq!(told.code, 8201);
        assert!(!format!("{told:?}").contains("0010"), "{told:?}");
    }

    #[test]
    fn limits_that_no_chip_can_be_read_within_are_refused() {
        assert_eq!(transport_limits(0, 0), Ok(TransportLimits::default()));
        for (command, response) in [(261, 258), (46, 52), (0, 52), (46, 0), (usize::MAX, 52)] {
            assert!(transport_limits(command, response).is_ok());
        }
        for (command, response) in [(1, 0), (0, 1), (45, 258), (261, 51)] {
            let refused = transport_limits(command, response);
            assert_eq!(refused, Err(Misuse::UnknownValue));
        }
    }

    #[test]
    fn codes_that_no_transport_has_are_one() {
        assert_eq!(transport_error(1001_u16), TransportError::CardRemoved);
        for code in [0, -7, 2001, 9999, i64::MAX] {
            assert_eq!(transport_error(code), TransportError::Failed);
        }
    }
}
