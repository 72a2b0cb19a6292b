//! The program `chipid`: glue over the library. Standard output is data, standard error is talk.
//!
//! Exit codes: 0 done, accepted, the same person · 1 answered no · 2 could not be done · 3 undecided.

mod cards;
mod commands;
mod customers;
mod encoding;
mod examination;
mod exit;
mod faces;
mod form;
mod hint;
mod key;
mod lang;
mod link;
mod output;
mod places;
mod processing;
mod secret;
mod source;
mod system;
mod talk;
mod typed;
mod usage;

use clap::{Parser, Subcommand};
use commands::Manner;
use exit::{COULD_NOT_BE_DONE, Exit, Failure};
use lang::Lang;
use std::process::ExitCode;

/// Is this the genuine card, issued by the state, and is the person in front of us its holder?
#[derive(Parser)]
#[command(name = "chipid", bin_name = "chipid", version, arg_required_else_help = true, after_help = EXAMPLE)]
struct Arguments {
    /// Prints one JSON object
    #[arg(long, global = true, help_heading = "Output")]
    json: bool,
    /// The language of what a person reads [default: the system's]
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "vi|en",
        help_heading = "Output"
    )]
    lang: Option<Lang>,
    #[command(subcommand)]
    verb: Verb,
}

const EXAMPLE: &str = "Example, which needs neither reader nor card:\n  chipid demo";

#[derive(Subcommand)]
enum Verb {
    /// Lists the readers and what is on them
    Readers(commands::readers::Arguments),
    /// Says whether a card could be read now, and if not, why and what mends it
    Doctor(commands::doctor::Arguments),
    /// Reads a chip
    Read(commands::read::Arguments),
    /// Reads a chip, proves it genuine, compares the face, and decides
    Verify(commands::verify::Arguments),
    /// Makes the customer form from a chip: JSON for programs, a page to print
    Form(commands::form::Arguments),
    /// Writes the bytes that a confirmation service may ask for, verbatim
    Export(commands::export::Arguments),
    /// Judges a child's card and a guardian's as one case
    Guardian(commands::guardian::Arguments),
    /// Decodes a file of a chip, a certificate, a list, an MRZ or a QR text
    Inspect(commands::inspect::Arguments),
    /// Compares two faces, or a list of pairs
    Compare(commands::compare::Arguments),
    /// Lays a list of customers' records beside the cards that were read from them
    Customers(commands::customers::Arguments),
    /// Says what a trust store holds, and what is odd in it
    Trust(commands::trust::Arguments),
    /// Fetches and checks the face models
    Models(commands::models::Arguments),
    /// Shows the built-in policies
    Policy(commands::policy::Arguments),
    /// Makes, lists and serves virtual cards
    Card(commands::card::Arguments),
    /// Makes a profile of one reading without anybody's data in it, to send back
    FieldReport(commands::field_report::Arguments),
    /// Does the main job on a virtual card: no reader, no card, no network
    Demo(commands::demo::Arguments),
}

fn main() -> ExitCode {
    let arguments = match usage::understood() {
        Ok(arguments) => arguments,
        Err(error) => return usage::tell(&error),
    };
    match run(arguments) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            failure.tell();
            COULD_NOT_BE_DONE.into()
        }
    }
}

fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let manner = Manner {
        json: arguments.json,
        lang: Lang::spoken(),
    };
    match arguments.verb {
        Verb::Readers(verb) => verb.run(manner),
        Verb::Doctor(verb) => verb.run(manner),
        Verb::Read(verb) => verb.run(manner),
        Verb::Verify(verb) => verb.run(manner),
        Verb::Form(verb) => verb.run(manner),
        Verb::Export(verb) => verb.run(manner),
        Verb::Guardian(verb) => verb.run(manner),
        Verb::Inspect(verb) => verb.run(manner),
        Verb::Compare(verb) => verb.run(manner),
        Verb::Customers(verb) => verb.run(manner),
        Verb::Trust(verb) => verb.run(manner),
        Verb::Models(verb) => verb.run(manner),
        Verb::Policy(verb) => verb.run(manner),
        Verb::Card(verb) => verb.run(manner),
        Verb::FieldReport(verb) => verb.run(manner),
        Verb::Demo(verb) => verb.run(manner),
    }
}
