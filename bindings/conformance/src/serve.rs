//! `serve`: cards for the languages' own tests.

use crate::blocks::{self, Block};
use crate::error::Error;
use crate::server::CardServer;
use crate::workshop::Workshop;
use std::io::Read;
use std::path::Path;
use std::process::{Command, ExitCode};

/// What is told of a card, where it has it.
const TEXTS: [&str; 8] = [
    "can",
    "pin",
    "puk",
    "mrz",
    "number",
    "qr",
    "document",
    "number_and_days",
];

/// Writes `cards`, `cases` and at last `port` into the folder, and serves until standard input ends, or runs the command and
/// serves until that has ended.
///
/// # Errors
/// [`Error`] where something could not be made.
pub fn serve(workshop: &Workshop, folder: &Path, command: &[String]) -> Result<ExitCode, Error> {
    let shelf = workshop.shelf()?;
    write(folder, "cards", &blocks::to_text(&shown(workshop)?))?;
    write(folder, "cases", &blocks::to_text(&resolved(workshop)?.0))?;
    let server = CardServer::start(shelf)?;
    let port = server.port();
    // Whoever waits for the port finds the rest there.
    write(folder, "port.new", &format!("{port}\n"))?;
    let (new, named) = (folder.join("port.new"), folder.join("port"));
    std::fs::rename(&new, &named).map_err(|e| Error::io(&named, &e))?;
    let Some((program, arguments)) = command.split_first() else {
        println!("port {port}");
        // Whoever started the server holds the other end: when they are gone, so is the server.
        let mut nothing = [0; 1024];
        while matches!(std::io::stdin().read(&mut nothing), Ok(1..)) {}
        return Ok(ExitCode::SUCCESS);
    };
    let status = Command::new(program)
        .args(arguments)
        .env("CHIPID_CONFORMANCE_FOLDER", folder)
        .env("CHIPID_CONFORMANCE_PORT", port.to_string())
        .status()
        .map_err(|e| Error::io(Path::new(program), &e))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// All cases that can be run on this machine, and the names of those that cannot.
///
/// # Errors
/// [`Error`] where something could not be made.
pub fn resolved(workshop: &Workshop) -> Result<(Vec<Block>, Vec<String>), Error> {
    resolved_where(workshop, |_| true)
}

/// The same of those cases whose names are wanted: nothing is made for the others.
///
/// # Errors
/// As [`resolved`].
pub fn resolved_where(
    workshop: &Workshop,
    wanted: impl Fn(&str) -> bool,
) -> Result<(Vec<Block>, Vec<String>), Error> {
    let (mut cases, mut left_out) = (Vec::new(), Vec::new());
    for case in workshop.list().cases.iter().filter(|case| wanted(&case.id)) {
        match case.resolved(workshop) {
            Ok(block) => cases.push(block),
            Err(Error::NoModels) => left_out.push(case.id.clone()),
            Err(error) => return Err(error),
        }
    }
    Ok((cases, left_out))
}

fn shown(workshop: &Workshop) -> Result<Vec<Block>, Error> {
    let mut blocks = Vec::new();
    for card in &workshop.list().shown {
        let mut block = Block::new();
        block.push("id", card.clone());
        let told = |attribute: &str| workshop.resolved(&format!("{{{card}.{attribute}}}"));
        let mut there = true;
        for attribute in TEXTS.into_iter().chain(["csca", "folder", "portrait"]) {
            match told(attribute) {
                Ok(text) => block.push(attribute, text),
                // The card has none.
                Err(Error::Unknown { .. } | Error::Reading { .. }) => {}
                Err(Error::NoModels) => there = false,
                Err(error) => return Err(error),
            }
        }
        if there {
            blocks.push(block);
        }
    }
    Ok(blocks)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    let path = folder.join(name);
    std::fs::write(&path, text).map_err(|e| Error::io(&path, &e))
}
