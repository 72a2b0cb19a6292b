//! What is wrong with a command line, in the manner of every other failure: one line, then the next step.

use crate::Arguments;
use crate::exit::{COULD_NOT_BE_DONE, Failure};
use clap::CommandFactory;
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
    Failure::new(message(error), hint()).tell();
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
    if error.kind() == ErrorKind::InvalidSubcommand {
        return "there is no such verb".to_owned();
    }
    let text = error.to_string();
    let first: Vec<&str> = text
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .map(str::trim)
        .collect();
    let first = first.join(" ");
    masked(first.strip_prefix("error: ").unwrap_or(&first))
}

/// Words with five digits or more are not repeated: a number written without the blank before it is a secret all the same.
fn masked(text: &str) -> String {
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || c == '<';
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if part_of_word(c) {
            word.push(c);
            continue;
        }
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        out.push_str(if digits >= 5 { "…" } else { &word });
        word.clear();
        out.push(c);
    }
    out.pop();
    out
}

/// The help of the verb that was meant.
fn hint() -> String {
    let program = Arguments::command();
    let verb = std::env::args().skip(1).find(|word| {
        program
            .get_subcommands()
            .any(|verb| verb.get_name() == word.as_str())
    });
    match verb {
        Some(verb) => format!("`chipid {verb} --help` says how it is used"),
        None => "`chipid --help` says what there is".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_number_without_its_blank_is_not_repeated() {
        assert_eq!(
            masked("unexpected argument '--number001090000017' found"),
            "unexpected argument '--…' found"
        );
        assert_eq!(masked("--at 2026-13-45"), "--at 2026-13-45");
        assert_eq!(masked("give --policy demo"), "give --policy demo");
    }
}
