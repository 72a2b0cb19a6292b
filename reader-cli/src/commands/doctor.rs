//! `chipid doctor`: could a card be read on this machine now, and if not, why?

use super::{Manner, models};
use crate::exit::{Exit, Failure};
use crate::output::style::Style;
use crate::output::{self, doctor as page};
use crate::{lang, places};
use chipid::emrtd::trust::EntryState;
use chipid::{RELEASED, TrustStore, clock, trust_files};
use chipid_doctor::{Machine, Models, Program, Report, Trust, Weight, examine};
use clap::Args;
use std::path::PathBuf;

const EXAMPLE: &str = "Example:
  chipid doctor

Exit code: 0 a card could be read now, 1 not now: the answer says why, 2 could not be done.
With --trust the question is whether a card could be read and judged: then models, trust and clock count too.
It changes nothing on the machine. With a card on the reader nothing of its holder is read; the card is reset.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    /// A CSCA certificate, master list or CRL, DER or PEM; a folder is all of its files
    #[arg(long, value_name = "PATH", help_heading = "Trust")]
    trust: Vec<PathBuf>,
    /// A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for
    #[arg(long, value_name = "FILE", help_heading = "Trust")]
    trust_id: Vec<PathBuf>,
    /// A certificate that may vouch for the signer of a master list, and for nothing else
    #[arg(long, value_name = "FILE", help_heading = "Trust")]
    trust_root: Vec<PathBuf>,
    /// The folder of the face models
    #[arg(long, value_name = "DIR", help_heading = "Face")]
    models: Option<PathBuf>,
    /// The files of another system, below this folder: its readers are not asked
    #[arg(long, value_name = "DIR", hide = true)]
    root: Option<PathBuf>,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let program = self.program()?;
        let machine = match &self.root {
            Some(root) if !root.is_dir() => {
                return Err(Failure::about(
                    root.display(),
                    lang::DOCTOR_NO_ROOT,
                    lang::DOCTOR_GIVE_ROOT,
                ));
            }
            Some(root) => Machine::below(root, program),
            None => Machine::this(program),
        };
        let report = examine(&machine);
        if manner.json {
            output::print_json(&page::json(&report, machine.system, manner.lang))?;
        } else {
            let text = page::table(&report, Style::of_stdout(), manner.lang);
            output::print(&text)?;
        }
        Ok(self.exit(&report))
    }

    /// What lies above the doctor: models, trust, the clock.
    fn program(&self) -> Result<Program, Failure> {
        let folder = places::models(self.models.as_deref())?;
        let [present, missing, changed] = models::seen(&folder)?;
        Ok(Program {
            asks_readers: cfg!(feature = "pcsc"),
            now: clock::now().0,
            released: RELEASED.map_or(0, |day| day.midnight_utc().0),
            models: Some(Models {
                folder: folder.display().to_string(),
                present: present.len(),
                missing,
                changed,
            }),
            trust: match self.asks_for_verdict() {
                true => Some(trust(&trust_files::load_with_cards(
                    &self.trust,
                    &self.trust_id,
                    &self.trust_root,
                )?)),
                false => None,
            },
        })
    }

    /// Whoever names a trust store wants to know whether a card could be judged.
    fn asks_for_verdict(&self) -> bool {
        !(self.trust.is_empty() && self.trust_id.is_empty() && self.trust_root.is_empty())
    }

    fn exit(&self, report: &Report) -> Exit {
        let judged = !self.asks_for_verdict() || !report.has(Weight::NoVerdict);
        match report.card_readable && judged {
            true => Exit::Done,
            false => Exit::No,
        }
    }
}

fn trust(store: &TrustStore) -> Trust {
    let now = clock::now();
    let entries = store.entries();
    let anchors = || entries.iter().filter(|e| e.state == EntryState::Anchor);
    Trust {
        anchors: anchors().count(),
        newest_list: store.newest_evidence().map(|time| time.0),
        newest_certificate: anchors().map(|entry| entry.validity.not_before.0).max(),
        overdue: store
            .revocation_lists()
            .iter()
            .filter(|list| list.verified && list.next_update.is_some_and(|due| due < now))
            .count(),
    }
}
