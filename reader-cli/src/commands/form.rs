//! `chipid form`: the customer form.

use super::Manner;
use crate::examination::{JudgingArguments, examine};
use crate::exit::{Exit, Failure};
use crate::form::{Form, page};
use crate::lang;
use crate::output;
use crate::processing::{ProcessingArguments, concluded, given};
use crate::source::ReadingArguments;
use crate::talk;
use chipid::files;
use chipid::holder_fields::Field;
use chipid::processing::Given;
use chipid::purpose::Purpose;
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLE: &str = "Examples:
  chipid form --card passport-p256 --policy demo --purpose account-opening
  chipid form --card passport-p256 --policy demo --out ./form.html

Exit code: 0 the form is made, whatever the verdict on it; 1 nothing of the holder is proven, so nothing of him stands on it; 2 could not be done.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// A photograph of the person, JPEG, PNG or JPEG 2000; several are fused
    #[arg(long, value_name = "IMAGE", help_heading = "Face")]
    live: Vec<PathBuf>,
    #[command(flatten)]
    judging: JudgingArguments,
    #[command(flatten)]
    processing: ProcessingArguments,
    /// What of the holder stands on the form, by name; else what the purpose needs (`chipid verify --help` names the fields)
    #[arg(long, value_name = "a,b", value_delimiter = ',', value_parser = super::verify::field, help_heading = "Output")]
    fields: Vec<Field>,
    /// Writes the form to this file, .html to print it, .json for programs; else JSON on standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
}

/// What the form is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Page,
}

impl Arguments {
    pub(crate) fn run(self, _manner: Manner) -> Result<Exit, Failure> {
        // All that can be wrong beside the card is found before the card is touched.
        let kind = self.out.as_deref().map(kind).transpose()?;
        let (policy, trust, faces) = self.judging.prepare(&self.live)?;
        let fields = self.processing.fields(&self.fields);
        let purpose = self.processing.purpose.as_ref();
        let with_portrait = purpose.is_none_or(Purpose::portrait);
        let account = self.processing.begin(Given {
            fields: match fields[..] {
                [] => Field::ALL.into_iter().filter(|f| f.is_default()).collect(),
                ref asked => asked.to_vec(),
            },
            portrait: with_portrait,
            face_compared: faces.is_some(),
            kept: Vec::new(),
        })?;
        let examined = self.reading.run(&[], None).and_then(|document| {
            examine(
                document,
                &trust,
                &self.judging.trust,
                faces,
                Some(&policy),
                false,
            )
        });
        let examined = concluded(account, examined, |e| {
            given(e, &fields, with_portrait, None)
        })?;
        let form = Form::new(&examined, purpose, &fields);
        match (&self.out, kind) {
            (Some(path), Some(kind)) => {
                let text = match kind {
                    Kind::Page => page(&form),
                    Kind::Json => format!("{:#}\n", form.json()),
                };
                files::write_private(path, text.as_bytes())?;
                talk::note(lang::SAVED_IN.with([&path.display()]));
            }
            _ => output::print_json(&form.json())?,
        }
        Ok(if form.says_something() {
            Exit::Done
        } else {
            Exit::No
        })
    }
}

fn kind(path: &Path) -> Result<Kind, Failure> {
    let ending = path.extension().and_then(|e| e.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("html" | "htm") => Ok(Kind::Page),
        Some("json") => Ok(Kind::Json),
        _ => Err(Failure::about(
            path.display(),
            lang::FORM_OUT_KIND,
            lang::FORM_GIVE_OUT,
        )),
    }
}
