//! `chipid verify`: the main job.

use super::Manner;
use crate::examination::{Examination, JudgingArguments, examine};
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang, Said};
use crate::output::portraits::{Frame, side_by_side};
use crate::output::style::Style;
use crate::output::{self, json, table};
use crate::processing::{ProcessingArguments, concluded, given};
use crate::source::{KeepArguments, ReadingArguments};
use crate::typed::TypedArguments;
use chipid::face_engine::decode_portrait;
use chipid::holder_fields::Field;
use chipid::processing::Given;
use chipid::{FileId, VerdictKind};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

const EXAMPLE: &str = "Examples:
  chipid verify --card passport-p256 --policy demo
  chipid verify --can - --trust csca.der --live photo.jpg   (the CAN comes from standard input)

Exit code: 0 accept, 1 reject, 3 undecided, 2 could not be done.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// A photograph of the person, JPEG, PNG or JPEG 2000; several are fused
    #[arg(long, value_name = "IMAGE", help_heading = "Face")]
    live: Vec<PathBuf>,
    #[command(flatten)]
    typed: TypedArguments,
    #[command(flatten)]
    judging: JudgingArguments,
    #[command(flatten)]
    keep: KeepArguments,
    #[command(flatten)]
    processing: ProcessingArguments,
    #[command(flatten)]
    shown: Shown,
}

/// What is shown, and how.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(crate) struct Shown {
    /// What of the holder is printed: personal_number, name, name_mrz, birth, sex, nationality, document_number,
    /// document_type, other_name, issued, expiry, origin, residence, old_number, generation, card_title,
    /// issuing_authority [default: these]; ethnicity, religion, features, father, mother, spouse, serial only when asked
    #[arg(long, value_name = "a,b", value_delimiter = ',', value_parser = field)]
    pub(crate) fields: Vec<Field>,
    /// Prints what was read even where it is not proven
    #[arg(long)]
    pub(crate) danger_unverified: bool,
    /// Draws the faces
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub(crate) faces: When,
}

impl Shown {
    /// The fields that the purpose needs, where none were asked for by name.
    pub(crate) fn for_purpose(&self, processing: &ProcessingArguments) -> Self {
        Self {
            fields: processing.fields(&self.fields),
            ..self.clone()
        }
    }

    /// Whether the portrait is drawn.
    fn draws(&self) -> bool {
        self.faces == When::Always || (self.faces == When::Auto && Style::of_stdout().terminal)
    }

    /// What is asked for, for the log.
    pub(crate) fn asked(&self, face_compared: bool, out: Option<&Path>) -> Given {
        let fields = match self.fields[..] {
            [] => Field::ALL.into_iter().filter(|f| f.is_default()).collect(),
            ref asked => asked.to_vec(),
        };
        Given {
            fields,
            portrait: self.draws() || out.is_some(),
            face_compared,
            kept: Vec::new(),
        }
    }

    /// What is given, for the log.
    pub(crate) fn given(&self, examined: &Examination, out: Option<&Path>) -> Given {
        given(examined, &self.fields, self.draws() || out.is_some(), out)
    }
}

/// When faces are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// Where standard output is a terminal
    #[default]
    Auto,
    Always,
    Never,
}

pub(crate) fn field(name: &str) -> Result<Field, String> {
    Field::named(name).ok_or_else(|| {
        let known = Field::ALL.map(Field::name).join(", ");
        lang::FIELDS_ARE.with([&known]).said(Lang::spoken())
    })
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let (policy, trust, faces) = self.judging.prepare(&self.live)?;
        let typed = self.typed.read()?;
        let out = self.keep.out.as_deref();
        let shown = self.shown.for_purpose(&self.processing);
        let account = self.processing.begin(shown.asked(faces.is_some(), out))?;
        let examined = self.reading.run(&[], out).and_then(|mut document| {
            document.typed = typed;
            let unproven = shown.danger_unverified;
            examine(
                document,
                &trust,
                &self.judging.trust,
                faces,
                Some(&policy),
                unproven,
            )
        });
        let examined = concluded(account, examined, |e| shown.given(e, out))?;
        show(&examined, &shown, manner)?;
        Ok(exit(&examined))
    }
}

/// The exit code of a verdict; done where none was asked.
pub(crate) fn exit(examined: &Examination) -> Exit {
    match examined.verdict.as_ref().map(|v| v.kind) {
        Some(VerdictKind::Accept) | None => Exit::Done,
        Some(VerdictKind::Reject) => Exit::No,
        Some(VerdictKind::Undecided) => Exit::Undecided,
    }
}

/// Prints the answer.
pub(crate) fn show(examined: &Examination, shown: &Shown, manner: Manner) -> Result<(), Failure> {
    let unproven = unproven(examined, &shown.fields);
    if manner.json {
        let mut value = json::examination(examined, &shown.fields);
        if let (Value::Object(map), Some(unproven)) = (&mut value, unproven) {
            map.insert("danger_unverified".to_owned(), unproven);
        }
        return output::print_json(&value);
    }
    let style = Style::of_stdout();
    let mut text = String::new();
    if shown.draws() {
        text += &drawn(examined, style, manner.lang).unwrap_or_default();
    }
    text += &table::examination(examined, &shown.fields, style, manner.lang);
    if let Some(unproven) = unproven {
        text += &table::unverified(&unproven, style, manner.lang);
    }
    output::print(&text)
}

/// The proven portrait, beside the live image where there is one.
fn drawn(examined: &Examination, style: Style, lang: Lang) -> Option<String> {
    let document = examined.assessment.verification().document.as_ref()?;
    let portrait = decode_portrait(&document.portrait()?.image()?.data).ok()?;
    let framed = |picture: &chipid::face_engine::Rgb| {
        let comparer = examined.faces.as_ref().map(|(comparer, _)| comparer);
        comparer
            .and_then(|c| c.largest_face(picture).ok().flatten())
            .map_or_else(
                || Frame::middle(picture),
                |face| Frame::around(face.x, face.y, face.width, face.height),
            )
    };
    let live = examined
        .faces
        .as_ref()
        .and_then(|(_, live)| live.frames().first());
    Some(side_by_side(
        (&portrait, framed(&portrait)),
        live.map(|picture| (picture, framed(picture))),
        style,
        lang,
    ))
}

/// What was read though nothing proves it, where it was asked for and nothing better is there.
fn unproven(examined: &Examination, fields: &[Field]) -> Option<Value> {
    let files = examined.unverified.as_ref()?;
    if examined.assessment.holder().is_some() {
        return None;
    }
    let mut out = Map::new();
    for file in [FileId::DG1, FileId::DG13] {
        if let Some(bytes) = files.get(&file) {
            let mut content = super::inspect::describe(bytes);
            // Here too, who needs ethnicity, religion, features or relatives asks for them by name.
            if let Value::Object(content) = &mut content {
                content.retain(|key, _| {
                    Field::named(key).is_none_or(|f| f.is_default() || fields.contains(&f))
                });
            }
            out.insert(file.to_string(), content);
        }
    }
    out.insert(
        "files".to_owned(),
        files
            .iter()
            .map(|(file, bytes)| (file.to_string(), json!(bytes.len())))
            .collect::<Map<_, _>>()
            .into(),
    );
    Some(Value::Object(out))
}
