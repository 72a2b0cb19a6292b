//! `chipid read`

use super::Manner;
use super::verify::{Shown, show};
use crate::examination::{TrustArguments, examine};
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang};
use crate::processing::{ProcessingArguments, concluded};
use crate::source::{KeepArguments, ReadingArguments};
use chipid::{DataGroup, FileId};
use clap::Args;

const EXAMPLE: &str = "Example:
  chipid read --card passport-p256 --only dg1,dg2

Says what was read and what of it is proven; whether to accept it is the question of `chipid verify`.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Reads only these data groups
    #[arg(long, value_name = "dg1,dg2", value_delimiter = ',', value_parser = data_group, help_heading = "Source")]
    only: Vec<DataGroup>,
    #[command(flatten)]
    trust: TrustArguments,
    #[command(flatten)]
    keep: KeepArguments,
    #[command(flatten)]
    processing: ProcessingArguments,
    #[command(flatten)]
    shown: Shown,
}

fn data_group(name: &str) -> Result<DataGroup, &'static str> {
    match FileId::from_name(&name.trim().to_uppercase()) {
        Some(FileId::DataGroup(group)) => Ok(group),
        _ => Err(Lang::spoken().of(lang::DATA_GROUP_FORM)),
    }
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let trust = self.trust.load()?;
        let out = self.keep.out.as_deref();
        let shown = self.shown.for_purpose(&self.processing);
        let account = self.processing.begin(shown.asked(false, out))?;
        let examined = self.reading.run(&self.only, out).and_then(|document| {
            let unproven = shown.danger_unverified;
            examine(document, &trust, &self.trust, None, None, unproven)
        });
        let examined = concluded(account, examined, |e| shown.given(e, out))?;
        show(&examined, &shown, manner)?;
        Ok(Exit::Done)
    }
}
