//! What the program prints: data on standard output, talk on standard error.

pub(crate) mod differences;
pub(crate) mod doctor;
pub(crate) mod guardian;
pub(crate) mod json;
pub(crate) mod link;
pub(crate) mod portraits;
pub(crate) mod progress;
pub(crate) mod style;
pub(crate) mod table;
pub(crate) mod tree;

use crate::exit::Failure;
use crate::lang;
use serde_json::Value;
use std::io::{ErrorKind, Write, stdout};

/// Prints data. A reader who has gone away (`chipid … | head`) is no trouble.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    let written = out
        .write_all(text.as_bytes())
        .and_then(|()| match text.ends_with('\n') {
            true => Ok(()),
            false => out.write_all(b"\n"),
        })
        .and_then(|()| out.flush());
    match written {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(unwritable(&e)),
        _ => Ok(()),
    }
}

/// Standard output takes no more.
pub(crate) fn unwritable(error: &std::io::Error) -> Failure {
    Failure::new(
        lang::ABOUT_FILE.with([&lang::STANDARD_OUTPUT, &lang::of_kind(error.kind())]),
        lang::MAKE_ROOM,
    )
}

/// Prints one JSON value.
pub(crate) fn print_json(value: &Value) -> Result<(), Failure> {
    print(&format!("{value:#}"))
}
