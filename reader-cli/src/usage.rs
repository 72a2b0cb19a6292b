//! What is wrong with a command line, in the manner of every other failure: one line, then the next step.

use crate::exit::{COULD_NOT_BE_DONE, Failure};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::process::ExitCode;

/// Prints help or version where they were asked for; otherwise says what is wrong.
pub(crate) fn tell(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            return COULD_NOT_BE_DONE.into();
        }
        _ => {}
    }
    Failure::new(message(error), hint(error)).tell();
    COULD_NOT_BE_DONE.into()
}

/// A stray word is not repeated: it may be a number that belongs to an option.
fn message(error: &Error) -> String {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg)
        && error.kind() == ErrorKind::UnknownArgument
        && !word.starts_with('-')
    {
        return "a word too many on the command line".to_owned();
    }
    let text = error.to_string();
    let first: Vec<&str> = text
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .map(str::trim)
        .collect();
    let first = first.join(" ");
    first.strip_prefix("error: ").unwrap_or(&first).to_owned()
}

fn hint(error: &Error) -> String {
    let usage = error.get(ContextKind::Usage).map(ToString::to_string);
    let verbs: Vec<String> = usage
        .unwrap_or_default()
        .trim_start_matches("Usage:")
        .split_whitespace()
        .take_while(|word| {
            word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
        })
        .map(str::to_owned)
        .collect();
    match verbs.is_empty() {
        true => "`chipid --help` says what there is".to_owned(),
        false => format!("`{} --help` says how it is used", verbs.join(" ")),
    }
}
