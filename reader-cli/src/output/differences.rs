//! Where two sources contradict each other: both values, for whoever decides. Only of fields that are shown.

use super::style::{Style, Tone};
use super::tree::printable;
use crate::examination::Examination;
use crate::lang::{self, Lang, Text};
use chipid::difference::{Statement, Subject};
use chipid::holder_fields::Field;

/// A line for each; empty where nothing contradicts.
pub(crate) fn table(examined: &Examination, fields: &[Field], style: Style, lang: Lang) -> String {
    let report = super::json::report(examined, fields);
    let mut out = String::new();
    for difference in examined.assessment.differences() {
        if out.is_empty() {
            let heading = style.paint(Tone::Heading, lang.of(lang::DIFFERENCES));
            out += &format!("\n{heading}\n");
        }
        let shown = report.shows(difference);
        let said = |statement: &Statement| {
            let who = lang.of(lang::source(statement.source));
            match shown {
                true => format!("{who}: {}", printable(&statement.value)),
                false => who.to_owned(),
            }
        };
        let subject = lang.of(subject(difference.subject));
        let (first, second) = (said(&difference.first), said(&difference.second));
        out += &format!("  {subject}: {first} ≠ {second}\n");
    }
    out
}

fn subject(subject: Subject) -> Text {
    let name = subject.field().name();
    lang::FIELDS
        .iter()
        .find(|(key, _)| *key == name)
        .map_or(Text("", ""), |(_, text)| *text)
}
