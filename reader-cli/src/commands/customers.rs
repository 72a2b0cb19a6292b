//! `chipid customers`: a list of customers' records against the cards that were read from them.

use super::Manner;
use crate::customers::Judged;
use crate::customers::output::Format;
use crate::customers::{self, input};
use crate::examination::{TrustArguments, policy};
use crate::exit::{Exit, Failure};
use crate::lang::SAVED_IN;
use crate::output::progress::CountBar;
use crate::processing::ProcessingArguments;
use crate::{output, talk};
use chipid::files;
use chipid::holder_fields::Field;
use chipid::processing::Given;
use clap::Args;
use std::path::PathBuf;

const EXAMPLE: &str = "Example:
  chipid customers records.csv --trust-id csca.der --out worklist.csv

Columns: id, number, old_number, name, birth, sex, issue, expiry, residence, files (the folder that `chipid read --out` wrote, beneath the list's own), qr.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    /// The records: CSV with a line of column names, or one JSON object in each line
    #[arg(value_name = "RECORDS")]
    records: PathBuf,
    #[command(flatten)]
    trust: TrustArguments,
    /// A built-in policy (`chipid policy list`), or a file
    #[arg(
        long,
        value_name = "NAME|FILE",
        default_value = "data-cleaning",
        help_heading = "Trust"
    )]
    policy: String,
    #[command(flatten)]
    processing: ProcessingArguments,
    /// Writes the work list into this file, which its owner alone may read
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
    /// How the work list is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Csv, help_heading = "Output")]
    format: Format,
    /// Also writes what record and card say of name, number and birth
    #[arg(long, help_heading = "Output")]
    values: bool,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let policy = policy(&self.policy)?;
        let trust = self.trust.load()?;
        let now = self.trust.now();
        let list = input::read(&self.records)?;
        let folder = self.records.parent().map(PathBuf::from).unwrap_or_default();
        let account = self.processing.begin(used())?;
        let bar = CountBar::new(list.len());
        let mut rows = Vec::with_capacity(list.len());
        for row in list {
            rows.push(customers::judge(row, &folder, &trust, now, &policy));
            bar.one_more();
        }
        bar.finish();
        // Before anything is shown: where the log takes no event, nothing is.
        if let Some(account) = account {
            account.list_ended(used())?;
        }
        rows.sort_by_cached_key(Judged::order);
        let format = match manner.json {
            true => Format::Json,
            false => self.format,
        };
        let text = format.write(&rows, self.values, self.out.is_none(), manner.lang)?;
        match &self.out {
            Some(path) => {
                files::write_private(path, text.as_bytes())?;
                talk::note(SAVED_IN.with([&path.display()]));
            }
            None => output::print(&text)?,
        }
        Ok(Exit::Done)
    }
}

/// What of each holder is laid beside a record.
fn used() -> Given {
    Given {
        fields: vec![
            Field::PersonalNumber,
            Field::Name,
            Field::Birth,
            Field::Sex,
            Field::Issued,
            Field::Expiry,
            Field::Residence,
            Field::OldNumber,
        ],
        ..Given::default()
    }
}
