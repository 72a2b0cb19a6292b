//! `chipid compare`: faces alone. It says nothing about documents, and no verdict comes of it.

use super::Manner;
use crate::exit::{Exit, Failure};
use crate::faces::image;
use crate::lang::{self, Lang, Message};
use crate::output::style::{Style, Tone};
use crate::{output, places};
use chipid::face_engine::Decision;
use chipid::report::rounded;
use chipid::{FaceComparer, Models, Outcome, default_thresholds};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};

const EXAMPLE: &str = "Example:
  chipid compare models/files/obama.jpg models/files/obama2.jpg

Exit code: 0 the same person by the threshold, 1 not, 2 could not be done. With --pairs: 0.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    /// A portrait
    #[arg(required_unless_present = "pairs", requires = "live")]
    reference: Option<PathBuf>,
    /// A photograph
    live: Option<PathBuf>,
    /// A table with the columns reference and live; comes back with score and reason
    #[arg(long, value_name = "FILE.csv", conflicts_with = "reference")]
    pairs: Option<PathBuf>,
    /// The folder of the face models
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let load = || -> Result<FaceComparer, Failure> {
            let models = Models::from_dir(&places::models(self.models.as_deref())?)?;
            Ok(FaceComparer::load(&models)?)
        };
        match (&self.pairs, &self.reference, &self.live) {
            (Some(pairs), ..) => table(pairs, &load()?),
            (None, Some(reference), Some(live)) => {
                let (reference, live) = (image(reference)?, image(live)?);
                one(&load()?.compare_images(&reference, &live)?, manner)
            }
            _ => Err(Failure::new(lang::TWO_IMAGES, lang::COMPARE_HELP)),
        }
    }
}

fn one(outcome: &Outcome, manner: Manner) -> Result<Exit, Failure> {
    let thresholds = default_thresholds();
    let decision = match outcome {
        Outcome::Compared(comparison) => Some(thresholds.decide(&comparison.fused)),
        Outcome::NotCompared(_) => None,
    };
    if manner.json {
        let (similarity, reason, advice) = match outcome {
            Outcome::Compared(c) => (Some(rounded(c.similarity().value())), None, None),
            Outcome::NotCompared(why) => (None, Some(why.code()), Some(why.advice())),
        };
        output::print_json(&json!({
            "schema": "chipid/compare/1",
            "result": match decision {
                Some(Decision::Match) => "match",
                Some(Decision::Uncertain) => "uncertain",
                Some(Decision::Mismatch) => "mismatch",
                None => "not_compared",
            },
            "similarity": similarity,
            "threshold": rounded(thresholds.accept().value()),
            "reject_threshold": rounded(thresholds.reject().value()),
            "false_match_rate": thresholds.false_match_rate(),
            "false_match_rate_basis": thresholds.basis(),
            "reason": reason,
            "advice": advice,
        }))?;
    } else {
        output::print(&in_words(outcome, decision, manner.lang))?;
    }
    Ok(match decision {
        Some(Decision::Match) => Exit::Done,
        _ => Exit::No,
    })
}

fn in_words(outcome: &Outcome, decision: Option<Decision>, lang: Lang) -> String {
    let thresholds = default_thresholds();
    let (word, tone) = match decision {
        Some(Decision::Match) => (lang::SAME_PERSON, Tone::Good),
        Some(Decision::Mismatch) => (lang::DIFFERENT_PERSON, Tone::Bad),
        Some(Decision::Uncertain) => (lang::UNCERTAIN, Tone::Doubt),
        None => (lang::NOT_COMPARED, Tone::Doubt),
    };
    let more = match outcome {
        Outcome::Compared(comparison) => format!(
            "{} {:.3}; {} {:.3} / {:.3}\n{}: {}",
            lang.of(lang::SIMILARITY),
            rounded(comparison.similarity().value()),
            lang.of(lang::THRESHOLD),
            rounded(thresholds.reject().value()),
            rounded(thresholds.accept().value()),
            thresholds.false_match_rate(),
            lang::word(thresholds.basis(), lang),
        ),
        Outcome::NotCompared(why) => {
            let what = lang::words(why.code()).map_or(why.code(), |w| lang.of(w.what));
            let advice = lang::advice(why.advice()).map_or(why.advice(), |t| lang.of(t));
            format!("{what}: {advice}")
        }
    };
    format!(
        "{}\n{more}\n",
        Style::of_stdout().paint(tone, lang.of(word))
    )
}

/// A pair that cannot be compared has an empty score and a reason; the others go on.
fn table(path: &Path, comparer: &FaceComparer) -> Result<Exit, Failure> {
    let trouble = |e: Message| Failure::about(path.display(), e, lang::GIVE_PAIRS);
    let malformed = |e: csv::Error| {
        trouble(match e.kind() {
            csv::ErrorKind::Io(e) => lang::of_kind(e.kind()),
            _ => lang::NOT_A_TABLE.with([&e.position().map_or(1, csv::Position::line)]),
        })
    };
    let mut pairs = csv::Reader::from_path(path).map_err(malformed)?;
    let headers = pairs.headers().map_err(malformed)?.clone();
    let column = |name: &str| {
        headers
            .iter()
            .position(|header| header.trim() == name)
            .ok_or_else(|| trouble(lang::NO_COLUMN.with([&name])))
    };
    let (reference, live) = (column("reference")?, column("live")?);
    let mut out = csv::Writer::from_writer(Vec::new());
    let write =
        |out: &mut csv::Writer<Vec<u8>>, row: [&str; 4]| out.write_record(row).map_err(malformed);
    write(&mut out, ["reference", "live", "score", "reason"])?;
    for pair in pairs.records() {
        let pair = pair.map_err(malformed)?;
        let (reference, live) = (
            pair.get(reference).unwrap_or(""),
            pair.get(live).unwrap_or(""),
        );
        let (score, reason) = score(comparer, Path::new(reference), Path::new(live));
        write(&mut out, [reference, live, &score, &reason])?;
    }
    let bytes = out
        .into_inner()
        .map_err(|e| trouble(lang::of_kind(e.error().kind())))?;
    output::print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Done)
}

fn score(comparer: &FaceComparer, reference: &Path, live: &Path) -> (String, String) {
    let (Ok(reference), Ok(live)) = (image(reference), image(live)) else {
        return (String::new(), "unreadable_file".to_owned());
    };
    match comparer.compare_images(&reference, &live) {
        Ok(Outcome::Compared(c)) => (format!("{:.4}", c.similarity().value()), String::new()),
        Ok(Outcome::NotCompared(why)) => (String::new(), why.code().to_owned()),
        Err(error) => (String::new(), format!("error_{}", error.code())),
    }
}
