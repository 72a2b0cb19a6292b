//! The work list: CSV for spreadsheets, JSON lines for programs, a table for the eye.

use super::{Judged, Shown, Step, Trouble};
use crate::exit::Failure;
use crate::lang::{self, Lang, Text};
use crate::output::style::{Style, Tone};
use crate::output::tree::printable;
use chipid::vietnam::customer::Outcome;
use clap::ValueEnum;
use serde_json::{Value, json};

/// How a work list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For spreadsheets
    Csv,
    /// For the eye
    Table,
    /// One JSON object in each line
    Json,
}

impl Format {
    /// `values`: also what record and card say of the person. `shown`: on a terminal, perhaps.
    pub(crate) fn write(
        self,
        rows: &[Judged],
        values: bool,
        shown: bool,
        lang: Lang,
    ) -> Result<String, Failure> {
        match self {
            Self::Csv => csv(rows, values),
            Self::Json => Ok(json_lines(rows, values)),
            Self::Table => {
                let style = match shown {
                    true => Style::of_stdout(),
                    false => Style::plain(),
                };
                Ok(table(rows, values, style, lang))
            }
        }
    }
}

/// The columns, which are permanent.
const COLUMNS: [&str; 10] = [
    "action", "outcome", "reasons", "id", "line", "trust", "document", "grounds", "trouble",
    "policy",
];
const VALUES: [&str; 6] = [
    "record_number",
    "card_number",
    "record_name",
    "card_name",
    "record_birth",
    "card_birth",
];

fn csv(rows: &[Judged], values: bool) -> Result<String, Failure> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let broken = |_| Failure::new(lang::WORK_LIST_UNWRITABLE, lang::MAKE_ROOM);
    let head = COLUMNS
        .iter()
        .chain(values.then_some(&VALUES).into_iter().flatten());
    out.write_record(head).map_err(broken)?;
    for row in rows {
        let verdict = row.verdict.as_ref();
        let mut cells = vec![
            row.step.name().to_owned(),
            row.outcome().map_or("", Outcome::name).to_owned(),
            join(row.reasons().iter().map(|r| r.name())),
            harmless(&row.id),
            row.line.to_string(),
            row.comparison
                .as_ref()
                .map_or("", |c| c.trust.name())
                .to_owned(),
            verdict.map_or("", |v| v.kind.name()).to_owned(),
            join(row.grounds()),
            join(row.troubles.iter().map(|t| t.name())),
            verdict.map_or(String::new(), |v| harmless(&v.policy)),
        ];
        if values {
            cells.extend(pairs(row).map(|(_, value)| harmless(value)));
        }
        out.write_record(&cells).map_err(broken)?;
    }
    let bytes = out
        .into_inner()
        .map_err(|_| Failure::new(lang::WORK_LIST_UNWRITABLE, lang::MAKE_ROOM))?;
    // A spreadsheet takes the letters for another encoding without the mark.
    let mark = if values { "\u{feff}" } else { "" };
    Ok(format!("{mark}{}", String::from_utf8_lossy(&bytes)))
}

/// A cell that a spreadsheet would take for a formula is made a text. What came from a list or a chip may be one.
fn harmless(text: &str) -> String {
    // What is not seen goes first: a formula could begin behind it.
    let text: String = text.chars().filter(|c| is_seen(*c)).collect();
    let text = text.trim();
    let formula = |part: &str| {
        part.trim()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    };
    // Spreadsheets take other separators too, as their language has them.
    let behind = text.split([';', '|']).skip(1).any(formula);
    let text = match behind {
        true => text.replace([';', '|'], ","),
        false => text.to_owned(),
    };
    match behind || formula(&text) {
        true => format!("'{text}"),
        false => text,
    }
}

/// Neither a control character nor one that has no width or turns the direction of writing.
fn is_seen(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn pairs(row: &Judged) -> impl Iterator<Item = (&'static str, &str)> {
    let Shown {
        number,
        name,
        birth,
    } = &row.record;
    let card = &row.card;
    let said: [&str; 6] = [number, &card.number, name, &card.name, birth, &card.birth];
    VALUES.into_iter().zip(said)
}

fn join(words: impl IntoIterator<Item = &'static str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn json_lines(rows: &[Judged], values: bool) -> String {
    let mut out = String::new();
    for row in rows {
        let verdict = row.verdict.as_ref();
        let mut line = json!({
            "schema": "chipid/customers/1",
            "action": row.step.name(),
            "outcome": row.outcome().map(Outcome::name),
            "reasons": row.reasons().iter().map(|r| r.name()).collect::<Vec<_>>(),
            "id": row.id.as_str(),
            "line": row.line,
            "trust": row.comparison.as_ref().map(|c| c.trust.name()),
            "document": verdict.map(|v| v.kind.name()),
            "grounds": row.grounds(),
            "trouble": row.troubles.iter().map(|t| t.name()).collect::<Vec<_>>(),
            "policy": verdict.map(|v| v.policy.as_str()),
        });
        if let (true, Value::Object(map)) = (values, &mut line) {
            map.insert(
                "values".to_owned(),
                pairs(row).map(|(k, v)| (k.to_owned(), json!(v))).collect(),
            );
        }
        out += &line.to_string();
        out.push('\n');
    }
    out
}

/// By step, each in words, with what the rows have in common.
fn table(rows: &[Judged], values: bool, style: Style, lang: Lang) -> String {
    let mut out = String::new();
    let mut last = None;
    for row in rows {
        if last != Some(row.step) {
            last = Some(row.step);
            let count = rows.iter().filter(|r| r.step == row.step).count();
            let heading = format!("{} ({count})", lang.of(step(row.step)));
            out += &format!("\n{}\n", style.paint(tone(row.step), &heading));
        }
        let said: Vec<&str> = row
            .troubles
            .iter()
            .map(|t| lang.of(trouble(*t)))
            .chain(row.outcome().map(|o| lang.of(lang::customers::outcome(o))))
            .chain(
                row.reasons()
                    .iter()
                    .map(|r| lang.of(lang::customers::reason(*r))),
            )
            .chain(
                row.grounds()
                    .into_iter()
                    .map(|code| lang::words(code).map_or(code, |words| lang.of(words.what))),
            )
            .collect();
        let id = match row.id.is_empty() {
            true => format!("#{}", row.line),
            false => printable(&row.id),
        };
        out += &format!("  {id:16} {}\n", said.join("; "));
        if values {
            for (key, value) in pairs(row).filter(|(_, value)| !value.is_empty()) {
                out += &format!("  {:16}   {key}: {}\n", "", printable(value));
            }
        }
    }
    if rows.is_empty() {
        out += &format!("{}\n", lang.of(lang::NO_ROWS));
    }
    out
}

fn step(step: Step) -> Text {
    match step {
        Step::Customer(action) => lang::customers::action(action),
        Step::SettleDocument => lang::SETTLE_DOCUMENT,
        Step::DoNotUseCard => lang::DO_NOT_USE_CARD,
        Step::ReadCard => lang::READ_CARD,
        Step::FixRow => lang::FIX_ROW,
    }
}

fn tone(step: Step) -> Tone {
    use chipid::vietnam::customer::Action;
    match step {
        Step::Customer(Action::KeepApart) | Step::DoNotUseCard => Tone::Bad,
        Step::Customer(Action::Nothing) => Tone::Good,
        _ => Tone::Doubt,
    }
}

fn trouble(trouble: Trouble) -> Text {
    match trouble {
        Trouble::RowUnreadable => lang::ROW_UNREADABLE,
        Trouble::RowTooLong => lang::ROW_TOO_LONG,
        Trouble::FilesNotNamed => lang::FILES_NOT_NAMED,
        Trouble::FilesOutside => lang::FILES_OUTSIDE,
        Trouble::FilesMissing => lang::FILES_MISSING,
        Trouble::FilesUnreadable => lang::FILES_UNREADABLE,
        Trouble::NotAuthenticated => lang::NOT_AUTHENTICATED,
        Trouble::NotVietnameseCard => lang::NOT_VIETNAMESE_CARD,
        Trouble::QrUnreadable => lang::QR_UNREADABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM", "'@SUM"),
            ("\t=1", "'=1"),
            ("\r=1", "'=1"),
            ("\u{1}=1", "'=1"),
            ("\u{7f}\u{200b} =1", "'=1"),
            ("A;=HYPERLINK(1)", "'A,=HYPERLINK(1)"),
            ("A;B", "A;B"),
            ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
            ("KH-001", "KH-001"),
            ("a\nb", "ab"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), cell);
        }
    }
}
