//! The program of the conformance run: see `README.md` beside it.

use chipid_conformance::Error;
use chipid_conformance::cases::List;
use chipid_conformance::members::{self, Member};
use chipid_conformance::run::{self, Manner};
use chipid_conformance::workshop::Workshop;
use chipid_conformance::{overhead, table};
use clap::{Args, Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

const MEMBERS: &str = "bindings/conformance/members.toml";

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
    /// Runs every case with every member, compares, and prints the table. Exit code 1 where anything differs.
    Run {
        /// Only cases whose names begin so.
        #[arg(long, value_delimiter = ',')]
        cases: Vec<String>,
        #[command(flatten)]
        with: With,
    },
    /// Measures what each language costs over the Rust call, and prints it as a table. Exit code 1 where a member fails.
    Overhead {
        #[command(flatten)]
        with: With,
    },
}

/// With whom, and where.
#[derive(Args)]
struct With {
    /// Only these members.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Another list of members.
    #[arg(long)]
    members: Option<PathBuf>,
    /// Where everything is put, and left: cases, results, what members print.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// How many seconds a member may take.
    #[arg(long, default_value_t = 240)]
    limit: u64,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match work(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("chipid-conformance: {error}");
            ExitCode::from(2)
        }
    }
}

fn work(arguments: Arguments) -> Result<ExitCode, Error> {
    let root = arguments.root.unwrap_or_else(built_from);
    match arguments.work {
        Work::Serve { folder, command } => {
            let workshop = workshop(&root, &folder)?;
            chipid_conformance::serve::serve(&workshop, &folder, &command)
        }
        Work::Run { cases, with } => {
            let bench = Bench::new(root, with, cases)?;
            let outcome = run::run(&bench.workshop, &bench.members, &bench.manner)?;
            print!("{}", table::table(&outcome));
            Ok(code(outcome.holds()))
        }
        Work::Overhead { with } => {
            let bench = Bench::new(root, with, Vec::new())?;
            let (measured, wrong) =
                overhead::measure(&bench.workshop, &bench.members, &bench.manner)?;
            print!("{}", overhead::table(&measured));
            for line in &wrong {
                eprintln!("{line}");
            }
            Ok(code(wrong.is_empty()))
        }
    }
}

fn code(good: bool) -> ExitCode {
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What a run and a measurement need.
struct Bench {
    workshop: Workshop,
    members: Vec<Member>,
    manner: Manner,
    /// Deleted last.
    _place: Place,
}

impl Bench {
    fn new(root: PathBuf, with: With, only: Vec<String>) -> Result<Self, Error> {
        let place = Place::new(with.folder)?;
        let members = with.members.unwrap_or_else(|| root.join(MEMBERS));
        Ok(Self {
            workshop: workshop(&root, &place.folder)?,
            members: members::load(&members, &with.only)?,
            manner: Manner {
                root,
                folder: place.folder.clone(),
                limit: Duration::from_secs(with.limit),
                only,
            },
            _place: place,
        })
    }
}

fn workshop(root: &Path, folder: &Path) -> Result<Workshop, Error> {
    let list = List::load(&root.join("bindings/conformance/cases.json"))?;
    Workshop::new(list, folder, &root.join("models/files"))
}

fn built_from() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder to work in: a given one is left, one of the program's own is deleted.
struct Place {
    folder: PathBuf,
    own: bool,
}

impl Place {
    fn new(given: Option<PathBuf>) -> Result<Self, Error> {
        let own = given.is_none();
        let folder = given.unwrap_or_else(|| {
            std::env::temp_dir().join(format!("chipid-conformance-{}", std::process::id()))
        });
        std::fs::create_dir_all(&folder).map_err(|e| Error::io(&folder, &e))?;
        let folder = folder.canonicalize().map_err(|e| Error::io(&folder, &e))?;
        Ok(Self { folder, own })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.own {
            // What cannot be deleted is left to the system's care for such folders.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
