//! One document examined: read, verified, compared; what `read`, `verify` and `demo` have in common.

use crate::exit::Failure;
use crate::faces::Faces;
use crate::key::GivenKey;
use crate::lang::{self, Lang};
use crate::link::Modelled;
use crate::source::Document;
use chipid::emrtd::document::Files;
use chipid::transport::counting::Counters;
use chipid::{
    Assessment, Date, Error, FileId, Policy, ReadingTimes, TrustStore, UnixTime, Verdict, clock,
    trust_files,
};
use clap::Args;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// No policy is longer.
const LARGEST_POLICY: u64 = 1 << 20;

/// Whom to believe, and when it is.
#[derive(Args, Debug)]
#[command(next_help_heading = "Trust")]
pub(crate) struct TrustArguments {
    /// A CSCA certificate, master list or CRL, DER or PEM; a folder is all of its files
    #[arg(long, value_name = "PATH")]
    pub(crate) trust: Vec<PathBuf>,
    /// A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for
    #[arg(long, value_name = "FILE")]
    pub(crate) trust_id: Vec<PathBuf>,
    /// A certificate that may vouch for the signer of a master list, and for nothing else
    #[arg(long, value_name = "FILE")]
    pub(crate) trust_root: Vec<PathBuf>,
    /// The time of the check: noon UTC of this day [default: now]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) at: Option<Date>,
}

fn day(text: &str) -> Result<Date, &'static str> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let mut next = || parts.next().flatten();
    let (year, month, day) = (next(), next(), next());
    year.zip(month.zip(day))
        .and_then(|(year, (month, day))| {
            Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })
        .ok_or_else(|| Lang::spoken().of(lang::DAY_FORM))
}

impl TrustArguments {
    /// The trust store.
    pub(crate) fn load(&self) -> Result<TrustStore, Failure> {
        Ok(trust_files::load_with_cards(
            &self.trust,
            &self.trust_id,
            &self.trust_root,
        )?)
    }

    /// The time of the check.
    pub(crate) fn now(&self) -> UnixTime {
        self.at.map_or_else(clock::now, Date::noon_utc)
    }
}

/// By what a document and a face are judged.
#[derive(Args, Debug)]
pub(crate) struct JudgingArguments {
    #[command(flatten)]
    pub(crate) trust: TrustArguments,
    /// A built-in policy (`chipid policy list`), or a file
    #[arg(
        long,
        value_name = "NAME|FILE",
        default_value = "counter",
        help_heading = "Trust"
    )]
    policy: String,
    /// The folder of the face models
    #[arg(long, value_name = "DIR", help_heading = "Face")]
    models: Option<PathBuf>,
}

impl JudgingArguments {
    /// Policy, trust store and live images: all that can be wrong beside the card is found before the card is touched.
    pub(crate) fn prepare(
        &self,
        live: &[PathBuf],
    ) -> Result<(Policy, TrustStore, Option<Faces>), Failure> {
        let policy = policy(&self.policy)?;
        let trust = self.trust.load()?;
        let faces = Faces::prepare(live, self.models.as_deref())?;
        Ok((policy, trust, faces))
    }
}

/// A built-in policy by its name, else the one in that file.
pub(crate) fn policy(name: &str) -> Result<Policy, Failure> {
    let path = Path::new(name);
    let is_file = path.extension().is_some_and(|e| e == "toml") || path.components().count() > 1;
    if !is_file {
        return Ok(Policy::built_in(name)?);
    }
    let bytes = crate::places::read(path, LARGEST_POLICY)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::about(name, lang::NOT_TEXT, lang::hint::SHOW_POLICY))?;
    Ok(Policy::from_toml(&text)?)
}

/// What became of one document.
pub(crate) struct Examination {
    pub(crate) assessment: Assessment,
    /// The policy's answer; `None` where none was asked (`read`).
    pub(crate) verdict: Option<Verdict>,
    pub(crate) time_given: bool,
    pub(crate) traffic: Option<Counters>,
    pub(crate) reading: Option<ReadingTimes>,
    /// Where a virtual card was read behind a link.
    pub(crate) link: Option<Modelled>,
    /// What the key was made of.
    pub(crate) key: Option<GivenKey>,
    pub(crate) verification_time: Duration,
    /// Comparing faces, with whatever was left of loading the models.
    pub(crate) face_time: Duration,
    /// The files that were read.
    pub(crate) files: Vec<FileId>,
    /// The raw files, kept where what is not proven was asked for.
    pub(crate) unverified: Option<Files>,
    /// What was drawn from: the live image, and the face in it.
    pub(crate) faces: Option<(chipid::FaceComparer, chipid::LiveImages)>,
}

/// Verifies a document, compares faces, and asks the policy.
pub(crate) fn examine(
    document: Document,
    trust: &TrustStore,
    arguments: &TrustArguments,
    faces: Option<Faces>,
    policy: Option<&Policy>,
    keep_unverified: bool,
) -> Result<Examination, Failure> {
    let files = document
        .unverified
        .danger_unverified()
        .keys()
        .copied()
        .collect();
    let unverified = keep_unverified.then(|| document.unverified.danger_unverified().clone());
    let started = Instant::now();
    let verification = document.unverified.verify(trust, arguments.now());
    let mut assessment = Assessment::new(verification).with_given(&document.beside);
    if let Some(typed) = &document.typed {
        assessment = assessment.with_clerk_input(typed);
    }
    let verification_time = started.elapsed();

    let started = Instant::now();
    let faces = faces.map(Faces::into_parts).transpose()?;
    if let Some((comparer, live)) = &faces {
        assessment = assessment
            .with_face(comparer, live)
            .map_err(|error: Error| Failure::from(error))?;
    }
    let face_time = started.elapsed();
    Ok(Examination {
        verdict: policy.map(|policy| policy.decide(&assessment)),
        assessment,
        time_given: arguments.at.is_some(),
        traffic: document.traffic,
        reading: document.times,
        link: document.link,
        key: document.key,
        verification_time,
        face_time,
        files,
        unverified,
        faces,
    })
}
