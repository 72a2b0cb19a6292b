//! `chipid guardian`: a child's card and that of the grown-up who acts for the child, as one case.

use super::Manner;
use super::verify::Shown;
use crate::examination::{Examination, JudgingArguments, examine};
use crate::exit::{Exit, Failure};
use crate::faces::Faces;
use crate::key::KeyArguments;
use crate::lang::{self, Lang};
use crate::output::{self, guardian as shown_as, style::Style};
use crate::processing::{ProcessingArguments, concluded};
use crate::secret::Secret;
use crate::source::{ReadingArguments, SourceArguments};
use crate::talk;
use chipid::guardian::{GuardianCheck, GuardianVerdict, Relation};
use chipid::vietnam::qr::QrText;
use chipid::{Policy, TrustStore, VerdictKind};
use clap::Args;
use std::path::PathBuf;

const EXAMPLE: &str = "Examples:
  chipid guardian --child card:vn-minor --guardian card:vn-parent --policy demo
  chipid guardian --child-number - --guardian-number -   (one reader: first the child's card, then the guardian's)

Exit code: 0 accept, 1 reject, 3 undecided, 2 could not be done.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    /// Where the child's card is: reader, reader:NAME, card:NAME (a virtual card) or files:DIR
    #[arg(long, value_name = "SOURCE", default_value = "reader", value_parser = source, help_heading = "Child")]
    child: SourceArguments,
    /// The card access number of the child's card; - reads it from standard input
    #[arg(
        long,
        value_name = "DIGITS",
        group = "child_key",
        help_heading = "Child"
    )]
    child_can: Option<Secret>,
    /// The machine readable zone of the child's card: text, @FILE or -
    #[arg(long, value_name = "TEXT", group = "child_key", help_heading = "Child")]
    child_mrz: Option<Secret>,
    /// The child's personal number, twelve digits; - reads it from standard input
    #[arg(
        long,
        value_name = "DIGITS",
        group = "child_key",
        help_heading = "Child"
    )]
    child_number: Option<Secret>,
    /// The text of the QR code on the child's card: text, @FILE or -; it may name the parents, and nobody signs it
    #[arg(long, value_name = "TEXT", group = "child_key", help_heading = "Child")]
    child_qr: Option<Secret>,
    /// Where the guardian's card is, as for the child's
    #[arg(long, value_name = "SOURCE", default_value = "reader", value_parser = source, help_heading = "Guardian")]
    guardian: SourceArguments,
    /// The card access number of the guardian's card; - reads it from standard input
    #[arg(
        long,
        value_name = "DIGITS",
        group = "guardian_key",
        help_heading = "Guardian"
    )]
    guardian_can: Option<Secret>,
    /// The machine readable zone of the guardian's card: text, @FILE or -
    #[arg(
        long,
        value_name = "TEXT",
        group = "guardian_key",
        help_heading = "Guardian"
    )]
    guardian_mrz: Option<Secret>,
    /// The guardian's personal number, twelve digits; - reads it from standard input
    #[arg(
        long,
        value_name = "DIGITS",
        group = "guardian_key",
        help_heading = "Guardian"
    )]
    guardian_number: Option<Secret>,
    /// The text of the QR code on the guardian's card: text, @FILE or -
    #[arg(
        long,
        value_name = "TEXT",
        group = "guardian_key",
        help_heading = "Guardian"
    )]
    guardian_qr: Option<Secret>,
    /// What the guardian says to be, where no card says it: parent, grandparent, sibling, appointed or other
    #[arg(long, value_name = "RELATION", value_parser = relation, help_heading = "Guardian")]
    declared: Option<Relation>,
    /// A photograph of the guardian, JPEG, PNG or JPEG 2000; several are fused. The child needs none
    #[arg(long, value_name = "IMAGE", help_heading = "Face")]
    live: Vec<PathBuf>,
    #[command(flatten)]
    judging: JudgingArguments,
    #[command(flatten)]
    processing: ProcessingArguments,
    #[command(flatten)]
    shown: Shown,
}

fn source(text: &str) -> Result<SourceArguments, String> {
    SourceArguments::named(text).ok_or_else(|| Lang::spoken().of(lang::SOURCES_ARE).to_owned())
}

fn relation(name: &str) -> Result<Relation, String> {
    Relation::named(name).ok_or_else(|| Lang::spoken().of(lang::RELATIONS_ARE).to_owned())
}

/// Two cards examined, and the answer over both.
pub(crate) struct Examined {
    pub(crate) child: Examination,
    pub(crate) guardian: Examination,
    pub(crate) verdict: GuardianVerdict,
}

impl Arguments {
    pub(crate) fn run(mut self, manner: Manner) -> Result<Exit, Failure> {
        // All that can be wrong beside the cards is found before a card is touched.
        let (policy, trust, faces) = self.judging.prepare(&self.live)?;
        self.shown = self.shown.for_purpose(&self.processing);

        let one_reader = self.child.is_same_reader(&self.guardian);
        if one_reader {
            talk::note(lang::LAY_CHILD);
        }
        let key = [
            &self.child_can,
            &self.child_mrz,
            &self.child_qr,
            &self.child_number,
        ];
        let child = ReadingArguments::of(self.child.clone(), KeyArguments::of(key));
        let childs = policy.without_face();
        let (child, child_qr) = self.examine(&child, &trust, &childs, None)?;

        if one_reader {
            talk::note(lang::LAY_GUARDIAN);
            self.child.wait_until_empty()?;
        }
        let key = [
            &self.guardian_can,
            &self.guardian_mrz,
            &self.guardian_qr,
            &self.guardian_number,
        ];
        let guardian = ReadingArguments::of(self.guardian.clone(), KeyArguments::of(key));
        let (guardian, _) = self.examine(&guardian, &trust, &policy, faces)?;

        let mut check = GuardianCheck::new(&child.assessment, &guardian.assessment);
        if let Some(qr) = &child_qr {
            check = check.with_child_qr(qr);
        }
        if let Some(relation) = self.declared {
            check = check.declared(relation);
        }
        let verdict = check.decide(&policy);
        let examined = Examined {
            child,
            guardian,
            verdict,
        };
        self.show(&examined, &policy, manner)?;
        Ok(match examined.verdict.kind {
            VerdictKind::Accept => Exit::Done,
            VerdictKind::Reject => Exit::No,
            VerdictKind::Undecided => Exit::Undecided,
        })
    }

    /// One of the cards, and the QR text that came with its key. Each is a processing of its own to the log.
    fn examine(
        &self,
        reading: &ReadingArguments,
        trust: &TrustStore,
        policy: &Policy,
        faces: Option<Faces>,
    ) -> Result<(Examination, Option<QrText>), Failure> {
        let account = self
            .processing
            .begin(self.shown.asked(faces.is_some(), None))?;
        let mut qr = None;
        let examined = reading.run(&[], None).and_then(|document| {
            qr.clone_from(&document.beside.qr);
            let unproven = self.shown.danger_unverified;
            examine(
                document,
                trust,
                &self.judging.trust,
                faces,
                Some(policy),
                unproven,
            )
        });
        let examined = concluded(account, examined, |e| self.shown.given(e, None))?;
        Ok((examined, qr))
    }

    fn show(&self, examined: &Examined, policy: &Policy, manner: Manner) -> Result<(), Failure> {
        let fields = &self.shown.fields;
        if manner.json {
            return output::print_json(&shown_as::json(examined, policy, fields));
        }
        let style = Style::of_stdout();
        output::print(&shown_as::table(
            examined,
            policy,
            fields,
            style,
            manner.lang,
        ))
    }
}
