//! `chipid read`

use super::Manner;
use super::verify::{Shown, show};
use crate::examination::{TrustArguments, examine};
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang};
use crate::source::ReadingArguments;
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
        let document = self.reading.run(&self.only)?;
        let examined = examine(
            document,
            &trust,
            &self.trust,
            None,
            None,
            self.shown.danger_unverified,
        )?;
        show(&examined, &self.shown, manner)?;
        Ok(Exit::Done)
    }
}
