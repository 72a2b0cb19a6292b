//! How the program ends: the exit codes, and what stands on standard error when something could not be done.

use std::fmt::Display;
use std::process::ExitCode;

/// What a verb came to. What could not be done is a [`Failure`], exit code 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done; accepted; the same person.
    Done,
    /// 1: the answer is no: rejected; different persons; something is wrong.
    No,
    /// 3: nobody can say.
    Undecided,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::No => Self::from(1),
            Exit::Undecided => Self::from(3),
        }
    }
}

/// The exit code of a [`Failure`].
pub(crate) const COULD_NOT_BE_DONE: u8 = 2;

/// What could not be done, in one line, and the next step. Nothing of the holder stands in it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hint: String,
}

impl Failure {
    /// What happened, and what to do about it.
    pub(crate) fn new(message: impl Display, hint: impl Display) -> Self {
        Self {
            message: message.to_string(),
            hint: hint.to_string(),
        }
    }

    /// The same trouble with another next step, for a place that knows better.
    pub(crate) fn with_hint(self, hint: impl Display) -> Self {
        Self::new(self.message, hint)
    }

    /// Says it on standard error.
    pub(crate) fn tell(&self) {
        eprintln!("error: {}", self.message.replace('\n', " "));
        eprintln!("hint: {}", self.hint);
    }
}
