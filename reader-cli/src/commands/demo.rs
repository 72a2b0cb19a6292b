//! `chipid demo`: the main job, start to finish, on a bundled virtual card.

use super::Manner;
use super::card::notice;
use super::verify::{Shown, When, exit, show};
use crate::cards::{self, DEMO, DEMO_LIVE};
use crate::examination::{Examination, TrustArguments, examine};
use crate::exit::{Exit, Failure};
use crate::faces::Faces;
use crate::lang::{self, Lang, Message, Said, Sentence};
use crate::output;
use crate::output::json::milliseconds;
use crate::source::read_virtual;
use chipid::Policy;
use chipid::emrtd::document::AccessProtocol;
use chipid::report::rounded;
use chipid_virtual_card::CSCA_FILE;
use clap::Args;

#[derive(Args)]
#[command(after_help = "Example:\n  chipid demo\n\nExit code: as `chipid verify`.")]
pub(crate) struct Arguments {
    /// Draws the faces
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    faces: When,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let card = cards::bundled(DEMO)?;
        let faces = Faces::prepare(&[cards::photograph(DEMO_LIVE)?], None)?;
        let trust = TrustArguments {
            trust: vec![card.folder.join(CSCA_FILE)],
            trust_id: Vec::new(),
            trust_root: Vec::new(),
            at: None,
        };
        let store = trust.load()?;
        let policy = Policy::demo();
        let document = read_virtual(card)?;
        let examined = examine(document, &store, &trust, faces, Some(&policy), false)?;
        if !manner.json {
            output::print(&story(&examined, manner.lang))?;
        }
        let shown = Shown {
            faces: self.faces,
            ..Shown::default()
        };
        show(&examined, &shown, manner)?;
        if !manner.json {
            output::print(&format!("\n{}\n", manner.lang.of(lang::DEMO_WARNING)))?;
        }
        Ok(exit(&examined))
    }
}

/// What happened, step by step.
fn story(examined: &Examination, lang: Lang) -> String {
    let verification = examined.assessment.verification();
    let mut out = format!("{}\n{}\n\n", lang.of(lang::DEMO_TITLE), notice(lang));
    let mut step = 0;
    let mut tell = |text: Message| {
        step += 1;
        out += &format!("{step}. {}.\n", text.said(lang));
    };
    if let Some(access) = &verification.access {
        let how = match access.protocol {
            AccessProtocol::Pace {
                mapping,
                cipher,
                group,
            } => format!(
                "PACE ({}, {}, {})",
                mapping.name().to_uppercase(),
                cipher.name().to_uppercase(),
                group.name()
            ),
            _ => "BAC".to_owned(),
        };
        tell(lang::DEMO_OPENED.with([&how]));
    }
    if let (Some(traffic), Some(times)) = (examined.traffic, &examined.reading) {
        tell(lang::DEMO_READ.with([
            &traffic.apdus,
            &traffic.bytes_received,
            &format!("{:.0}", milliseconds(times.total)),
        ]));
    }
    if let Some(csca) = verification.passive_authentication.csca() {
        tell(lang::DEMO_SIGNED.with([&output::tree::printable(&csca.subject)]));
    }
    tell(match verification.chip_genuine.passed() {
        Some(chip) => lang::DEMO_PROVED.with([&chip.by().name().to_uppercase()]),
        None => lang::DEMO_NOT_PROVED.message(),
    });
    let face = examined.verdict.as_ref().map(|v| &v.face);
    tell(
        match face.and_then(|f| f.similarity.map(|s| (s, &f.thresholds))) {
            Some((similarity, thresholds)) => lang::DEMO_COMPARED.with([
                &DEMO_LIVE,
                &format!("{:.3}", rounded(similarity.value())),
                &format!("{:.3}", rounded(thresholds.accept().value())),
            ]),
            None => lang::DEMO_NOT_COMPARED.with([&DEMO_LIVE]),
        },
    );
    out + "\n"
}
