//! `chipid readers`

#[cfg(feature = "pcsc")]
mod listed;
#[cfg(feature = "pcsc")]
mod watched;

use super::Manner;
use crate::exit::{Exit, Failure};
use clap::Args;

#[derive(Args)]
#[command(after_help = "Example:\n  chipid readers")]
pub(crate) struct Arguments {
    /// Tells what happens at the readers, a line for each event, until Ctrl-C
    #[arg(long)]
    watch: bool,
}

impl Arguments {
    #[cfg(not(feature = "pcsc"))]
    pub(crate) fn run(self, _manner: Manner) -> Result<Exit, Failure> {
        let _ = self.watch;
        Err(crate::source::reader::missing())
    }

    #[cfg(feature = "pcsc")]
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        match self.watch {
            true => watched::run(manner),
            false => listed::run(manner),
        }
    }
}
