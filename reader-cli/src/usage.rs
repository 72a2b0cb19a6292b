//! What is wrong with a command line, in the manner of every other failure: one line, then the next step.

use crate::Arguments;
use crate::exit::{COULD_NOT_BE_DONE, Failure};
use crate::lang::{self, Lang, Message, Sentence};
use crate::output::{self, style::Style};
use crate::talk;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use std::error::Error as _;
use std::process::ExitCode;

/// The words of the command line. A file name need not be Unicode: what is not becomes a sign that no option has.
pub(crate) fn given() -> impl Iterator<Item = String> {
    std::env::args_os().map(|word| word.to_string_lossy().into_owned())
}

/// The command line, its placeholders named in the language of this run.
pub(crate) fn understood() -> Result<Arguments, Error> {
    let program = match Lang::spoken() {
        Lang::Vi => lang::help::with_names(Arguments::command()),
        Lang::En => Arguments::command(),
    };
    Arguments::from_arg_matches(&program.try_get_matches()?)
}

/// Prints help or version where they were asked for; otherwise says what is wrong.
pub(crate) fn tell(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp => {
            let _ = match Lang::spoken() {
                Lang::Vi => output::print(&page(Style::of_stdout().colour)),
                Lang::En => error.print().map_err(|e| output::unwritable(&e)),
            };
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayVersion => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            match Lang::spoken() {
                Lang::Vi => talk::page(&page(false)),
                Lang::En => drop(error.print()),
            }
            return COULD_NOT_BE_DONE.into();
        }
        _ => {}
    }
    Failure::new(message(error), hint()).tell();
    COULD_NOT_BE_DONE.into()
}

/// The help that was asked for, in Vietnamese.
fn page(colour: bool) -> String {
    let words: Vec<String> = given().skip(1).collect();
    let short = words.iter().any(|word| word == "-h");
    lang::help::page(Arguments::command(), &words, !short, colour)
}

/// A stray word is not repeated: it may be a number that belongs to an option.
fn message(error: &Error) -> Message {
    let kind = error.kind();
    let said = |which: ContextKind| masked(&words(error, which));
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    match kind {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => lang::STRAY_WORD.message(),
        ErrorKind::UnknownArgument => lang::NO_SUCH_OPTION.with([&argument]),
        ErrorKind::InvalidSubcommand => lang::NO_SUCH_VERB.message(),
        ErrorKind::InvalidValue if value.is_empty() => lang::VALUE_MISSING.with([&argument]),
        ErrorKind::InvalidValue => match said(ContextKind::ValidValue) {
            none if none.is_empty() => lang::INVALID_VALUE.with([&value, &argument]),
            choice => lang::INVALID_VALUE_OF.with([&value, &argument, &choice]),
        },
        ErrorKind::ValueValidation => match error.source() {
            Some(why) => lang::INVALID_VALUE_BECAUSE.with([&value, &argument, &why]),
            None => lang::INVALID_VALUE.with([&value, &argument]),
        },
        ErrorKind::MissingRequiredArgument => lang::REQUIRED_MISSING.with([&argument]),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            same if same == argument => lang::GIVEN_TWICE.with([&argument]),
            prior => lang::CONFLICT.with([&argument, &prior]),
        },
        ErrorKind::MissingSubcommand => {
            lang::VERB_MISSING.with([&said(ContextKind::ValidSubcommand)])
        }
        ErrorKind::NoEquals
        | ErrorKind::TooFewValues
        | ErrorKind::TooManyValues
        | ErrorKind::WrongNumberOfValues => lang::NUMBER_OF_VALUES.with([&argument]),
        other => lang::NOT_UNDERSTOOD.with([&other]),
    }
}

/// What clap knows of this kind, in one line.
fn words(error: &Error, which: ContextKind) -> String {
    match error.get(which) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) if which == ContextKind::InvalidArg => words.join(" "),
        Some(ContextValue::Strings(words)) => words.join(", "),
        _ => String::new(),
    }
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
fn hint() -> Message {
    let program = Arguments::command();
    let verb = given().skip(1).find(|word| {
        program
            .get_subcommands()
            .any(|verb| verb.get_name() == word.as_str())
    });
    match verb {
        Some(verb) => lang::HELP_OF_VERB.with([&verb]),
        None => lang::HELP_OF_PROGRAM.message(),
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
