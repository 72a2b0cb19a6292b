//! How the program ends: the exit codes, and what stands on standard error when something could not be done.

use crate::lang::{self, ABOUT_FILE, ERROR, HINT, Lang, Message, Said, Sentence};
use crate::talk;
use std::fmt::Display;
use std::io;
use std::path::Path;
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

/// What could not be done, in one line, and the next step, in both languages. Nothing of the holder stands in it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: Message,
    hint: Message,
}

impl Failure {
    /// What happened, and what to do about it.
    pub(crate) fn new(message: impl Sentence, hint: impl Sentence) -> Self {
        Self {
            message: message.message(),
            hint: hint.message(),
        }
    }

    /// A file, a folder or a stream, what is the matter with it, and what to do about it.
    pub(crate) fn about(name: impl Display, what: impl Sentence, hint: impl Sentence) -> Self {
        Self::new(ABOUT_FILE.with([&name, &what.message()]), hint)
    }

    /// What the system says of a file or folder, and what to do about it.
    pub(crate) fn of_file(path: &Path, error: &io::Error, hint: impl Sentence) -> Self {
        Self::about(path.display(), lang::of_kind(error.kind()), hint)
    }

    /// The same trouble with another next step, for a place that knows better.
    pub(crate) fn with_hint(self, hint: impl Sentence) -> Self {
        Self::new(self.message, hint)
    }

    /// Says it on standard error.
    pub(crate) fn tell(&self) {
        talk::say(ERROR.said(Lang::spoken()), &self.message);
        talk::say(HINT.said(Lang::spoken()), &self.hint);
    }
}
