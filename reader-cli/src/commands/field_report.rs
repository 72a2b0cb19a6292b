//! `chipid field-report`

use super::Manner;
use crate::examination::TrustArguments;
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang};
use crate::output::style::{Style, Tone};
use crate::output::{self, tree};
use crate::source::ReadingArguments;
use crate::source::observed::Observed;
use crate::{hint, talk};
use chipid::field_report::FieldReport;
use chipid::files;
use clap::Args;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const EXAMPLE: &str = "Examples:
  chipid field-report --card vn-2021
  chipid field-report --can - --card-files --out report.json   (the CAN comes from standard input)

The report is shown before it is written. It is sent nowhere: whoever wants to sends it.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    trust: TrustArguments,
    /// The new file to write the report to, readable by you alone; what exists already is left as it is [default:
    /// standard output]
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Also gives the historical bytes of the ATR, which name the kind of card; a maker may put a serial number there: look
    /// at them before you send the report
    #[arg(long, help_heading = "Output")]
    historical_bytes: bool,
}

impl Arguments {
    /// The report is made, shown and written even where the reading ends early; then that is said last.
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        self.check_out()?;
        let trust = self.trust.load()?;
        let Observed { watched, reader } = self.reading.observe(self.historical_bytes)?;
        let verification = watched.document.verify(&trust, self.trust.now());
        let mut report = FieldReport::new(&watched.reading, &verification, &watched.observation)
            .reader(reader)
            .error(watched.error.as_ref(), &watched.observation);
        if let Some(qr) = &watched.beside.qr {
            report = report.qr(qr);
        }
        self.give(&report, manner)?;
        let source = watched.key.source;
        let error = watched.error.map(|error| hint::of_key(error, source));
        match watched.failure.or(error) {
            Some(failure) => Err(failure),
            None => Ok(Exit::Done),
        }
    }

    /// Before a card is read: the report replaces nothing.
    fn check_out(&self) -> Result<(), Failure> {
        match &self.out {
            Some(path) if path.symlink_metadata().is_ok() => Err(taken(path)),
            _ => Ok(()),
        }
    }

    fn give(&self, report: &FieldReport, manner: Manner) -> Result<(), Failure> {
        let json = report.to_json();
        let style = Style::of_stdout();
        if manner.json {
            output::print_json(&json)?;
        } else if self.out.is_some() {
            output::print(&page(&json, style, manner.lang))?;
        } else {
            talk::page(&page(&json, Style::plain(), manner.lang));
            output::print_json(&json)?;
        }
        if let Some(path) = &self.out {
            let text = format!("{json:#}\n");
            files::write_new_private(path, text.as_bytes()).map_err(|error| match error {
                chipid::Error::File {
                    kind: ErrorKind::AlreadyExists,
                    ..
                } => taken(path),
                other => other.into(),
            })?;
            talk::note(lang::REPORT_WRITTEN.with([&path.display()]));
        }
        Ok(())
    }
}

fn taken(path: &Path) -> Failure {
    Failure::about(path.display(), lang::REPORT_TAKEN, lang::GIVE_NEW_NAME)
}

/// The whole report as a person reads it, with what it is.
fn page(report: &serde_json::Value, style: Style, lang: Lang) -> String {
    format!(
        "{}\n{}\n\n{}\n",
        style.paint(Tone::Heading, lang.of(lang::REPORT)),
        lang.of(lang::REPORT_HOLDS),
        tree::render(report, lang),
    )
}
