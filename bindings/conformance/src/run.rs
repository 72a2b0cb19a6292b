//! `run`: every member carries out every case, and all are compared with the reference.

use crate::blocks::{self, Block};
use crate::compare;
use crate::error::Error;
use crate::members::Member;
use crate::process;
use crate::reference::Reference;
use crate::serve;
use crate::server::CardServer;
use crate::shelf::Shelf;
use crate::workshop::Workshop;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A case that asks for what nobody has described: to do the rest of it would be wrong, and every member has to say so.
const STRANGE: &str = "strange/key-that-nobody-knows";

/// How a run is made.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Where members are run.
    pub root: PathBuf,
    /// Where cases, results and what members print are put.
    pub folder: PathBuf,
    /// How long a member may take.
    pub limit: Duration,
    /// Only cases whose names begin so; none: all.
    pub only: Vec<String>,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// All cases that were run, in their order.
    pub cases: Vec<String>,
    /// The cases that could not be run on this machine, for nobody.
    pub left_out: Vec<String>,
    /// What is wrong with the reference, by case.
    pub unexpected: BTreeMap<String, Vec<String>>,
    /// The members, in their order.
    pub members: Vec<Took>,
}

/// What came of one member.
#[derive(Debug)]
pub struct Took {
    /// Its name.
    pub name: String,
    /// Why it was not run.
    pub never_run: Option<String>,
    /// What is wrong with it as a whole.
    pub wrong: Vec<String>,
    /// What is wrong, by case.
    pub differing: BTreeMap<String, Vec<String>>,
    /// How long it took.
    pub time: Duration,
}

impl Outcome {
    /// Whether every case of every member that was run is as it should be.
    #[must_use]
    pub fn holds(&self) -> bool {
        let holds = |took: &Took| took.wrong.is_empty() && took.differing.is_empty();
        !self.cases.is_empty() && self.unexpected.is_empty() && self.members.iter().all(holds)
    }
}

/// Runs the cases with all members.
///
/// # Errors
/// [`Error`] where the program itself could not do its work.
pub fn run(workshop: &Workshop, members: &[Member], manner: &Manner) -> Result<Outcome, Error> {
    let (cases, left_out) = given(workshop, manner)?;
    let shelf = workshop.shelf_for(&cases)?;
    let started = Instant::now();
    let mut reference = BTreeMap::new();
    let server = CardServer::start(shelf.untouched())?;
    let saved = manner.folder.join("rust.saved");
    make_empty(&saved)?;
    let mut inside = Reference::new(server.port(), &saved);
    for case in cases.iter().chain(&[strange()]) {
        reference.insert(name_of(case), inside.carry_out(case));
    }
    drop(server);
    let results: Vec<Block> = reference.values().cloned().collect();
    write(
        &manner.folder.join("rust.results"),
        &blocks::to_text(&results),
    )?;
    let mut unexpected = BTreeMap::new();
    for case in &workshop.list().cases {
        if let Some(result) = reference.get(&case.id) {
            let wrong = compare::unexpected(&case.expect, result);
            if !wrong.is_empty() {
                unexpected.insert(case.id.clone(), wrong);
            }
        }
    }
    let mut took = Vec::new();
    for member in members {
        took.push(match &member.never_run {
            _ if member.inside => Took {
                name: member.name.clone(),
                never_run: None,
                wrong: Vec::new(),
                differing: unexpected.clone(),
                time: started.elapsed(),
            },
            Some(why) => Took {
                name: member.name.clone(),
                never_run: Some(why.clone()),
                wrong: Vec::new(),
                differing: BTreeMap::new(),
                time: Duration::ZERO,
            },
            None => outside(workshop, member, manner, &shelf, &reference)?,
        });
    }
    Ok(Outcome {
        cases: cases.iter().map(name_of).collect(),
        left_out,
        unexpected,
        members: took,
    })
}

/// A member that is a program of its own.
fn outside(
    workshop: &Workshop,
    member: &Member,
    manner: &Manner,
    shelf: &Shelf,
    reference: &BTreeMap<String, Block>,
) -> Result<Took, Error> {
    let started = Instant::now();
    // Resolved anew: what is of this minute for the first would be stale for the last.
    let (mut cases, _) = given(workshop, manner)?;
    cases.push(strange());
    let server = CardServer::start(shelf.untouched())?;
    let job = process::Job {
        member,
        mode: "cases",
        port: Some(server.port()),
        root: &manner.root,
        folder: &manner.folder,
        limit: manner.limit,
    };
    let (text, mut wrong) = process::results(&job, &blocks::to_text(&cases))?;
    drop(server);
    let results = blocks::from_text(&text).unwrap_or_else(|error| {
        wrong.push(format!("its results cannot be read: {error}"));
        Vec::new()
    });
    let sorted = compare::sorted(results, &cases);
    wrong.extend(sorted.wrong);
    let mut differing = BTreeMap::new();
    for (id, ours) in reference {
        if id == STRANGE {
            let told = sorted
                .results
                .get(id)
                .and_then(|theirs| theirs.first("unsupported"));
            if told.is_none() {
                wrong.push(
                    "a key that it does not know is passed over: half a case was done".to_owned(),
                );
            }
            continue;
        }
        let found = match sorted.results.get(id) {
            None => vec!["there is no result".to_owned()],
            Some(theirs) => {
                let case = workshop.list().cases.iter().find(|case| case.id == *id);
                let varies = case.map(|case| &case.varies);
                compare::differences(ours, theirs)
                    .into_iter()
                    .filter(|found| {
                        let line = found.split(':').next().unwrap_or_default();
                        !varies.is_some_and(|varies| varies.contains(line))
                    })
                    .collect()
            }
        };
        if !found.is_empty() {
            differing.insert(id.clone(), found);
        }
    }
    Ok(Took {
        name: member.name.clone(),
        never_run: None,
        wrong,
        differing,
        time: started.elapsed(),
    })
}

fn given(workshop: &Workshop, manner: &Manner) -> Result<(Vec<Block>, Vec<String>), Error> {
    serve::resolved_where(workshop, |id| {
        manner.only.is_empty()
            || manner
                .only
                .iter()
                .any(|beginning| id.starts_with(beginning.as_str()))
    })
}

fn strange() -> Block {
    let mut case = Block::new();
    case.push("id", STRANGE);
    case.push("key.can", "123456");
    case.push("unheard_of", "1");
    case
}

fn name_of(case: &Block) -> String {
    case.first("id").unwrap_or_default().to_owned()
}

fn make_empty(folder: &Path) -> Result<(), Error> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|e| Error::io(folder, &e))?;
    }
    std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, &e))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|e| Error::io(path, &e))
}
