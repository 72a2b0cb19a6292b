//! Why a holder's data are processed, which of them that needs, and the log of it: one line of JSON for each event
//! (`test-vectors/schemas/processing-event.schema.json`), without any value.

use crate::examination::Examination;
use crate::exit::Failure;
use crate::lang::{self, Lang, Said};
use chipid::holder_fields::Field;
use chipid::processing::{
    Given, Label, Processing, ProcessingEvent, ProcessingLog, ProcessingOutcome, Stage,
};
use chipid::purpose::Purpose;
use chipid::{Error, FileId, clock};
use clap::Args;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Why, who, and with which consent.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Processing")]
pub(crate) struct ProcessingArguments {
    /// Why the data are processed: account-opening, transfer, one-stop, data-cleaning or age-check; gives the fields that this needs
    #[arg(long, value_name = "NAME", value_parser = purpose)]
    pub(crate) purpose: Option<Purpose>,
    /// Appends who did what, when and why to this file, never a value; needs --operator and --purpose
    #[arg(long, value_name = "FILE", requires = "operator", requires = "purpose")]
    log: Option<PathBuf>,
    /// Who does it, for the log: the clerk's name or number within the organisation
    #[arg(long, value_name = "ID", requires = "log", value_parser = label)]
    operator: Option<Label>,
    /// With which consent of the holder, for the log
    #[arg(long, value_name = "ID", requires = "log", value_parser = label)]
    consent: Option<Label>,
}

fn purpose(name: &str) -> Result<Purpose, String> {
    Purpose::built_in(name).map_err(|_| lang::hint::PURPOSES.said(Lang::spoken()))
}

fn label(text: &str) -> Result<Label, String> {
    Label::new(text).map_err(|e| lang::of_error(&e.into()).said(Lang::spoken()))
}

/// A processing that the log knows of.
pub(crate) struct Account {
    processing: Processing,
    log: JsonLines,
}

impl ProcessingArguments {
    /// The fields that are given: those asked for by name, else those that the purpose needs; empty for what is given
    /// unasked.
    pub(crate) fn fields(&self, asked: &[Field]) -> Vec<Field> {
        match (&self.purpose, asked) {
            (Some(purpose), []) => purpose.fields().to_vec(),
            _ => asked.to_vec(),
        }
    }

    /// Tells the log that the processing begins; `None` without a log. To be called before the card is touched.
    pub(crate) fn begin(&self, asked: Given) -> Result<Option<Account>, Failure> {
        let (Some(path), Some(operator), Some(purpose)) =
            (&self.log, &self.operator, &self.purpose)
        else {
            return Ok(None);
        };
        let purpose = Label::new(purpose.name()).map_err(Error::from)?;
        let processing = Processing::new(operator.clone(), purpose, self.consent.clone());
        let mut account = Account {
            processing: processing.map_err(Error::from)?,
            log: JsonLines::open(path).map_err(|e| Failure::of_file(path, &e, lang::hint::LOG))?,
        };
        account
            .processing
            .begin(&mut account.log, clock::now(), asked)
            .map_err(Error::from)?;
        Ok(Some(account))
    }
}

impl Account {
    /// Tells the log that a whole list was processed, and what was used of each holder.
    pub(crate) fn list_ended(mut self, given: Given) -> Result<(), Failure> {
        let ended =
            self.processing
                .end(&mut self.log, clock::now(), given, ProcessingOutcome::Read);
        Ok(ended.map_err(Error::from)?)
    }
}

/// Tells the log what came of it, before anything is shown: where it takes no event, nothing is.
pub(crate) fn concluded(
    account: Option<Account>,
    examined: Result<Examination, Failure>,
    given: impl FnOnce(&Examination) -> Given,
) -> Result<Examination, Failure> {
    let Some(mut account) = account else {
        return examined;
    };
    let (given, outcome) = match &examined {
        Ok(examined) => {
            let outcome = examined.verdict.as_ref().map(|v| v.kind);
            (
                given(examined),
                outcome.map_or(ProcessingOutcome::Read, ProcessingOutcome::Verdict),
            )
        }
        Err(_) => (Given::default(), ProcessingOutcome::Failed),
    };
    let ended = account
        .processing
        .end(&mut account.log, clock::now(), given, outcome);
    match (examined, ended) {
        (Ok(_), Err(error)) => Err(Error::from(error).into()),
        (Err(failure), Err(error)) => {
            Failure::from(Error::from(error)).tell();
            Err(failure)
        }
        (examined, Ok(())) => examined,
    }
}

/// What of the holder an examination gives: the fields with a value, and what was done with the face.
pub(crate) fn given(
    examined: &Examination,
    fields: &[Field],
    portrait: bool,
    out: Option<&Path>,
) -> Given {
    let document = examined.assessment.verification().document.as_ref();
    let given = match examined.assessment.holder() {
        Some(holder) => Field::selected(holder, fields)
            .into_iter()
            .filter(|field| holder.value(*field).is_ok())
            .collect(),
        None if examined.unverified.is_some() => fields_of_unproven(fields),
        None => Vec::new(),
    };
    Given {
        fields: given,
        portrait: portrait && document.is_some_and(|d| d.portrait().is_some()),
        face_compared: examined.faces.is_some(),
        kept: match out {
            Some(_) => examined.files.clone(),
            None => Vec::new(),
        },
    }
}

/// What stands in data that nothing proves, where they are shown.
fn fields_of_unproven(asked: &[Field]) -> Vec<Field> {
    Field::ALL
        .into_iter()
        .filter(|field| field.is_default() || asked.contains(field))
        .collect()
}

/// A file to which lines are appended, for its owner's eyes alone.
struct JsonLines(File);

impl JsonLines {
    fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        Ok(Self(file))
    }

    /// Whether a line was cut off, as when the power failed: the next event begins a line of its own.
    fn is_cut(&mut self) -> io::Result<bool> {
        if self.0.seek(SeekFrom::End(0))? == 0 {
            return Ok(false);
        }
        self.0.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        self.0.read_exact(&mut last)?;
        Ok(last != *b"\n")
    }
}

impl ProcessingLog for JsonLines {
    fn record(&mut self, event: &ProcessingEvent) -> io::Result<()> {
        let start = if self.is_cut()? { "\n" } else { "" };
        // One write: lines of two programs do not mix.
        let line = format!("{start}{}\n", as_json(event));
        self.0.write_all(line.as_bytes())?;
        self.0.sync_all()
    }
}

fn as_json(event: &ProcessingEvent) -> Value {
    json!({
        "schema": "chipid/processing/1",
        "time": event.time.to_string(),
        "processing": format!("{:016x}", event.processing),
        "stage": match event.stage {
            Stage::Begun => "begun",
            _ => "ended",
        },
        "operator": event.operator.as_str(),
        "purpose": event.purpose.as_str(),
        "consent": event.consent.as_ref().map(Label::as_str),
        "fields": event.fields.iter().map(|f| f.name()).collect::<Vec<_>>(),
        "portrait": event.portrait,
        "face_compared": event.face_compared,
        "kept": event.kept.iter().map(FileId::to_string).collect::<Vec<_>>(),
        "outcome": event.outcome.map(ProcessingOutcome::name),
    })
}
