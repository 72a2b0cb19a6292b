//! Where two sources contradict each other: both values, for whoever decides. Only of fields that are shown.

use super::json::selected;
use super::style::{Style, Tone};
use super::tree::printable;
use crate::lang::{self, Lang, Text};
use chipid::Assessment;
use chipid::difference::{Difference, Statement, Subject};
use chipid::holder_fields::Field;
use serde_json::{Value, json};

/// `fields`: what of the holder was asked for.
pub(crate) fn as_json(assessment: &Assessment, fields: &[Field]) -> Value {
    assessment
        .differences()
        .iter()
        .map(|difference| {
            let shown = is_shown(assessment, fields, difference);
            let statement = |statement: &Statement| {
                json!({
                    "source": statement.source.name(),
                    "value": shown.then_some(statement.value.as_str()),
                })
            };
            json!({
                "subject": difference.subject.name(),
                "code": difference.code.name(),
                "between": [statement(&difference.first), statement(&difference.second)],
            })
        })
        .collect()
}

/// A line for each; empty where nothing contradicts.
pub(crate) fn table(assessment: &Assessment, fields: &[Field], style: Style, lang: Lang) -> String {
    let mut out = String::new();
    for difference in assessment.differences() {
        if out.is_empty() {
            let heading = style.paint(Tone::Heading, lang.of(lang::DIFFERENCES));
            out += &format!("\n{heading}\n");
        }
        let shown = is_shown(assessment, fields, difference);
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

fn is_shown(assessment: &Assessment, fields: &[Field], difference: &Difference) -> bool {
    let field = field(difference.subject);
    assessment
        .holder()
        .is_some_and(|holder| selected(holder, fields).contains(&field))
}

const fn field(subject: Subject) -> Field {
    match subject {
        Subject::Number => Field::PersonalNumber,
        Subject::OldNumber => Field::OldNumber,
        Subject::Birth => Field::Birth,
        Subject::Sex => Field::Sex,
        Subject::Issue => Field::Issued,
        Subject::Expiry => Field::Expiry,
        _ => Field::Name,
    }
}

fn subject(subject: Subject) -> Text {
    let name = field(subject).name();
    lang::FIELDS
        .iter()
        .find(|(key, _)| *key == name)
        .map_or(Text("", ""), |(_, text)| *text)
}
