//! Colour where a terminal shows it and nobody said no.

use std::env;
use std::io::{IsTerminal, stdout};

/// How standard output may look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// A person looks at it.
    pub(crate) terminal: bool,
    /// Escape sequences for colour are welcome (<https://no-color.org>).
    pub(crate) colour: bool,
}

/// What is being said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Bad,
    Doubt,
    Quiet,
    Heading,
}

impl Style {
    /// As standard output is.
    pub(crate) fn of_stdout() -> Self {
        let terminal = stdout().is_terminal() && env::var_os("TERM").is_none_or(|t| t != "dumb");
        let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            terminal,
            colour: terminal && !refused && crate::system::takes_colour(),
        }
    }

    /// As a file is.
    pub(crate) const fn plain() -> Self {
        Self {
            terminal: false,
            colour: false,
        }
    }

    /// `text` in this tone.
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Good => "1;32",
            Tone::Bad => "1;31",
            Tone::Doubt => "1;33",
            Tone::Quiet => "2",
            Tone::Heading => "1",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}
