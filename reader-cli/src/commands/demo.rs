//! `chipid demo`: the main job, start to finish, on a bundled virtual card.

use super::Manner;
use super::card::notice;
use super::verify::{Shown, When, exit, show};
use crate::cards::{self, DEMO, DEMO_LIVE};
use crate::examination::{Examination, TrustArguments, examine};
use crate::exit::{Exit, Failure};
use crate::faces::Faces;
use crate::lang::{Lang, Text};
use crate::output;
use crate::output::json::{milliseconds, rounded};
use crate::source::read_virtual;
use chipid::Policy;
use chipid::emrtd::document::AccessProtocol;
use chipid_virtual_card::CSCA_FILE;
use clap::Args;

#[derive(Args)]
#[command(after_help = "Example:\n  chipid demo\n\nExit code: as `chipid verify`.")]
pub(crate) struct Arguments {
    /// Draws the faces
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    faces: When,
}

const TITLE: Text = Text(
    "Trình diễn: thẻ ảo, không đầu đọc, không mạng.",
    "Demonstration: a virtual card, no reader, no network.",
);
const OPENED: Text = Text("Mở chip bằng", "The chip was opened by");
const WITH_CAN: Text = Text("với số CAN", "with the CAN");
const READ: Text = Text("Đọc xong", "Everything was read:");
const APDUS: Text = Text("lệnh APDU", "APDUs");
const SIGNED: Text = Text("Dữ liệu do bên này ký", "The data are signed by");
const TEST: Text = Text(
    "cơ quan thử, chỉ chính sách demo chấp nhận",
    "a test issuer, which only the policy demo lets pass",
);
const PROVED: Text = Text(
    "Chip tự chứng minh là thật",
    "The chip proved itself genuine",
);
const NOT_PROVED: Text = Text(
    "Chip KHÔNG chứng minh được",
    "The chip did NOT prove itself",
);
const COMPARED: Text = Text("So mặt với ảnh", "The face was compared with");
const NOT_COMPARED: Text = Text(
    "KHÔNG so được mặt với ảnh",
    "The face could NOT be compared with",
);
const WARNING: Text = Text(
    "Chính sách demo chỉ để trình diễn: nó chấp nhận thẻ thử. Với khách thật dùng chính sách counter và CSCA của nước cấp.",
    "The policy demo is for demonstrations: it lets test cards pass. For real customers: the policy counter, with the state's CSCA.",
);

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
            output::print(&format!("\n{}\n", manner.lang.of(WARNING)))?;
        }
        Ok(exit(&examined))
    }
}

/// What happened, step by step.
fn story(examined: &Examination, lang: Lang) -> String {
    let verification = examined.assessment.verification();
    let mut out = format!("{}\n{}\n\n", lang.of(TITLE), notice(lang));
    let mut step = 0;
    let mut tell = |text: String| {
        step += 1;
        out += &format!("{step}. {text}.\n");
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
        tell(format!("{} {how} {}", lang.of(OPENED), lang.of(WITH_CAN)));
    }
    if let (Some(traffic), Some(times)) = (examined.traffic, &examined.reading) {
        tell(format!(
            "{} {} {}, {} bytes, {:.0} ms",
            lang.of(READ),
            traffic.apdus,
            lang.of(APDUS),
            traffic.bytes_received,
            milliseconds(times.total)
        ));
    }
    if let Some(csca) = verification.passive_authentication.csca() {
        tell(format!(
            "{} {} ({})",
            lang.of(SIGNED),
            output::tree::printable(&csca.subject),
            lang.of(TEST)
        ));
    }
    tell(match verification.chip_genuine.passed() {
        Some(chip) => format!("{} ({})", lang.of(PROVED), chip.by().name().to_uppercase()),
        None => lang.of(NOT_PROVED).to_owned(),
    });
    let face = examined.verdict.as_ref().map(|v| &v.face);
    tell(
        match face.and_then(|f| f.similarity.map(|s| (s, &f.thresholds))) {
            Some((similarity, thresholds)) => format!(
                "{} {DEMO_LIVE}: {} {:.3}, {} {:.3}",
                lang.of(COMPARED),
                lang.of(crate::lang::SIMILARITY),
                rounded(similarity.value()),
                lang.of(crate::lang::THRESHOLD),
                rounded(thresholds.accept().value()),
            ),
            None => format!("{} {DEMO_LIVE}", lang.of(NOT_COMPARED)),
        },
    );
    out + "\n"
}
