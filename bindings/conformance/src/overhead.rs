//! `overhead`: what each language costs over the Rust call, measured in one run.

use crate::blocks::{self, Block};
use crate::error::Error;
use crate::members::Member;
use crate::process::{self, Job};
use crate::run::Manner;
use crate::workshop::Workshop;
use chipid::face_engine::Models;
use chipid::{
    Assessment, Capture, CardTransport, FaceComparer, GivenKeys, LiveImages, Reading,
    TransportError, clock, files, issuer_scope,
};
use chipid_virtual_card::VirtualCard;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// The card that is replayed: without access control and without proofs, so that its commands are the same each time.
const REPLAYED: &str = "replayed";
/// The card whose portrait is compared.
const COMPARED: &str = "face-passport";
/// The live image.
const LIVE: &str = "{goods.obama-two}";
/// How often each is measured.
const RUNS: usize = 31;

/// What one language takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// The median of a whole reading, in microseconds.
    pub reading: f64,
    /// The commands of a reading.
    pub apdus: usize,
    /// The median of a comparison, in microseconds.
    pub comparison: Option<f64>,
    /// The Rust call's two medians, measured right before: a machine is not equally busy all the time.
    pub rust: (f64, Option<f64>),
}

/// What every member takes, the reference first; and what went wrong with whom.
///
/// # Errors
/// [`Error`] where the program itself could not do its work.
pub fn measure(
    workshop: &Workshop,
    members: &[Member],
    manner: &Manner,
) -> Result<(Vec<Measured>, Vec<String>), Error> {
    let exchanges = recorded(workshop)?;
    let replay = manner.folder.join("replay.txt");
    let mut text = String::new();
    for (command, response) in &exchanges {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{} {}", hex::encode(command), hex::encode(response));
    }
    std::fs::write(&replay, text).map_err(|e| Error::io(&replay, &e))?;
    let mut given = Block::new();
    given.push(
        "key.mrz",
        workshop.resolved(&format!("{{{REPLAYED}.mrz}}"))?,
    );
    given.push("replay", replay.display().to_string());
    given.push("runs", RUNS.to_string());
    match faces(workshop) {
        Ok(lines) => lines
            .into_iter()
            .for_each(|(key, value)| given.push(key, value)),
        Err(Error::NoModels) => {}
        Err(error) => return Err(error),
    }
    let (mut measured, mut wrong) = (vec![inside(&given, &exchanges)?], Vec::new());
    for member in members.iter().filter(|member| !member.inside) {
        if member.never_run.is_some() {
            continue;
        }
        let rust = inside(&given, &exchanges)?;
        let job = Job {
            member,
            mode: "overhead",
            port: None,
            root: &manner.root,
            folder: &manner.folder,
            limit: manner.limit,
        };
        let (text, troubles) =
            process::results(&job, &blocks::to_text(std::slice::from_ref(&given)))?;
        wrong.extend(
            troubles
                .into_iter()
                .map(|why| format!("{}: {why}", member.name)),
        );
        match taken(&member.name, &text, &rust) {
            Some(taken) => measured.push(taken),
            None => wrong.push(format!(
                "{}: its result is none: {}",
                member.name,
                text.trim()
            )),
        }
    }
    Ok((measured, wrong))
}

/// The table for the documents.
#[must_use]
pub fn table(measured: &[Measured]) -> String {
    let mut out = String::new();
    let Some(rust) = measured.first() else {
        return out;
    };
    let _ = writeln!(
        out,
        "| language | reading of {} APDUs, ms | each APDU over Rust, µs | comparison, ms | over Rust |\n|---|---|---|---|---|",
        rust.apdus
    );
    for row in measured {
        let more = (row.reading - row.rust.0) / row.apdus.max(1) as f64;
        let comparison = row
            .comparison
            .map_or("-".to_owned(), |us| format!("{:.1}", us / 1000.0));
        let ratio = match (row.comparison, row.rust.1) {
            (Some(here), Some(there)) if there > 0.0 => format!("× {:.2}", here / there),
            _ => "-".to_owned(),
        };
        let _ = writeln!(
            out,
            "| {} | {:.2} | {more:.1} | {comparison} | {ratio} |",
            row.name,
            row.reading / 1000.0,
        );
    }
    out
}

/// A member's own words, where they are of the same reading.
fn taken(name: &str, text: &str, rust: &Measured) -> Option<Measured> {
    let blocks = blocks::from_text(text).ok()?;
    let block = blocks.first()?;
    let number = |key| {
        let number = block.first(key)?.parse::<f64>().ok()?;
        (number.is_finite() && number > 0.0).then_some(number)
    };
    let apdus: usize = block.first("apdus")?.parse().ok()?;
    let comparison = number("comparison_us");
    let same = apdus == rust.apdus && comparison.is_some() == rust.comparison.is_some();
    same.then_some(Measured {
        name: name.to_owned(),
        reading: number("reading_us")?,
        apdus,
        comparison,
        rust: (rust.reading, rust.comparison),
    })
}

fn faces(workshop: &Workshop) -> Result<Vec<(&'static str, String)>, Error> {
    Ok(vec![
        (
            "trust.any",
            workshop.resolved(&format!("{{{COMPARED}.csca}}"))?,
        ),
        (
            "folder",
            workshop.resolved(&format!("{{{COMPARED}.folder}}"))?,
        ),
        ("models", workshop.resolved("{models}")?),
        ("live", workshop.resolved(LIVE)?),
    ])
}

type Exchanges = Vec<(Vec<u8>, Vec<u8>)>;

/// What is exchanged with the card that is replayed.
fn recorded(workshop: &Workshop) -> Result<Exchanges, Error> {
    let (data, behaviour) = workshop.chip(REPLAYED)?;
    let keys = GivenKeys::mrz(&data.mrz).map_err(reading)?;
    let mut chip = Recorder {
        chip: VirtualCard::new(data).with_behaviour(behaviour),
        exchanges: Vec::new(),
    };
    let mut first = Reading::with(keys.keys);
    chipid::block(first.run(&mut chip))
        .map_err(transport)?
        .map_err(reading)?;
    Ok(chip.exchanges)
}

struct Recorder {
    chip: VirtualCard,
    exchanges: Exchanges,
}

impl CardTransport for Recorder {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let response = self.chip.exchange(command)?;
        self.exchanges.push((command.to_vec(), response.clone()));
        Ok(response)
    }
}

struct Replay<'a> {
    left: std::slice::Iter<'a, (Vec<u8>, Vec<u8>)>,
}

impl CardTransport for Replay<'_> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        match self.left.next() {
            Some((known, response)) if known == command => Ok(response.clone()),
            _ => Err(TransportError::ReplayDiverged),
        }
    }
}

/// The Rust call.
fn inside(given: &Block, exchanges: &Exchanges) -> Result<Measured, Error> {
    let keys = GivenKeys::mrz(given.first("key.mrz").unwrap_or_default()).map_err(reading)?;
    let read = || -> Result<(), Error> {
        let mut replay = Replay {
            left: exchanges.iter(),
        };
        let mut once = Reading::with(keys.keys.clone());
        chipid::block(once.run(&mut replay))
            .map_err(transport)?
            .map_err(reading)?;
        Ok(())
    };
    let comparison = match given.first("models") {
        None => None,
        Some(models) => Some(compared(given, Path::new(models))?),
    };
    let reading = median(|| timed(read))?;
    Ok(Measured {
        name: "rust".to_owned(),
        reading,
        apdus: exchanges.len(),
        comparison,
        rust: (reading, comparison),
    })
}

fn compared(given: &Block, models: &Path) -> Result<f64, Error> {
    let file = |key: &str| {
        let path = Path::new(given.first(key).unwrap_or_default()).to_path_buf();
        std::fs::read(&path).map_err(|e| Error::io(&path, &e))
    };
    let trust = issuer_scope::builder()
        .add(&file("trust.any")?, "csca")
        .and_then(chipid::emrtd::trust::TrustStoreBuilder::build)
        .map_err(|e| reading(e.into()))?;
    let folder = given.first("folder").unwrap_or_default();
    let document = files::load(Path::new(folder)).map_err(reading)?;
    let models = Models::from_dir(models).map_err(|e| reading(e.into()))?;
    let faces = FaceComparer::load(&models).map_err(reading)?;
    let mut live = LiveImages::new(Capture::Camera);
    live.add_file(&file("live")?).map_err(reading)?;
    median(|| {
        let mut assessment = Assessment::new(document.clone().verify(&trust, clock::now()));
        timed(|| assessment.compare_face(&faces, &live).map_err(reading))
    })
}

fn timed(work: impl FnOnce() -> Result<(), Error>) -> Result<Duration, Error> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

/// In microseconds; the first run does not count.
fn median(mut work: impl FnMut() -> Result<Duration, Error>) -> Result<f64, Error> {
    work()?;
    let times: Result<Vec<Duration>, Error> = (0..RUNS).map(|_| work()).collect();
    let mut times = times?;
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    Ok(middle.as_secs_f64() * 1e6)
}

fn reading(error: chipid::Error) -> Error {
    Error::Reading { code: error.code() }
}

fn transport(error: TransportError) -> Error {
    Error::Reading { code: error.code() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, reading: f64) -> Measured {
        Measured {
            name: name.to_owned(),
            reading,
            apdus: 10,
            comparison: None,
            rust: (100.0, None),
        }
    }

    #[test]
    fn the_table_tells_what_is_over_rust() {
        let rows = table(&[of("rust", 100.0), of("c", 150.0)]);
        assert!(rows.contains("reading of 10 APDUs"), "{rows}");
        assert!(rows.contains("| c | 0.15 | 5.0 | - | - |"), "{rows}");
    }

    #[test]
    fn a_result_of_another_reading_is_none() {
        let measured = of("rust", 100.0);
        let good = "reading_us=150.5\napdus=10\n";
        assert_eq!(taken("c", good, &measured).unwrap().reading, 150.5);
        for bad in [
            "",
            "reading_us=150.5\napdus=9\n",
            "reading_us=-1\napdus=10\n",
            "reading_us=NaN\napdus=10\n",
            "apdus=10\n",
            "reading_us=1\napdus=10\ncomparison_us=3\n",
            "nonsense",
        ] {
            assert_eq!(taken("c", bad, &measured), None, "{bad}");
        }
    }
}
