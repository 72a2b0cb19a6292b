//! The program of the conformance run: see `README.md` beside it.

use chipid_conformance::Error;
use chipid_conformance::cases::List;
use chipid_conformance::workshop::Workshop;
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// One list of cases, every language, one comparison.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The repository; where this program was built from, if it is not given.
    #[arg(long, global = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    work: Work,
}

#[derive(Subcommand)]
enum Work {
    /// Serves cards for a language's own tests, until standard input ends or the command behind `--` does.
    Serve {
        /// Where `cards`, `cases` and `port` are written.
        #[arg(long)]
        folder: PathBuf,
        /// A command that is run with the server, and whose exit code is passed on.
        #[arg(last = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("chipid-conformance: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    let root = arguments.root.unwrap_or_else(built_from);
    match arguments.work {
        Work::Serve { folder, command } => {
            let workshop = workshop(&root, &folder)?;
            chipid_conformance::serve::serve(&workshop, &folder, &command)
        }
    }
}

fn workshop(root: &Path, folder: &Path) -> Result<Workshop, Error> {
    let list = List::load(&root.join("bindings/conformance/cases.json"))?;
    Workshop::new(list, folder, &root.join("models/files"))
}

fn built_from() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
