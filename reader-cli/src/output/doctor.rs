//! The answer of `doctor`: for a person, a line for each thing and the first trouble with its mend; for programs, JSON:
//! `test-vectors/schemas/doctor.schema.json`.

use super::style::{Style, Tone};
use super::tree::printable;
use crate::lang::{self, Lang, Said, Text, Words};
use chipid_doctor::{Fact, Finding, Report, State, System, Weight, What};
use serde_json::{Value, json};

/// Columns of a page.
const WIDTH: usize = 80;
/// Columns of the state of a thing, and of its name.
const STATE: usize = 14;
const NAME: usize = 18;
/// Facts of one thing that stand in the table.
const SHOWN: usize = 4;

/// For a person.
pub(crate) fn table(report: &Report, style: Style, lang: Lang) -> String {
    let mut page = Page {
        out: String::new(),
        style,
        lang,
    };
    page.answer(report);
    page.looked(report);
    page.findings(report);
    page.out
}

/// For programs. Words are in the language of the run; everything else is permanent.
pub(crate) fn json(report: &Report, system: System, lang: Lang) -> Value {
    let looked: Vec<Value> = report
        .looked
        .iter()
        .map(|look| {
            json!({
                "at": look.at.name(),
                "state": look.state.name(),
                "facts": facts(&look.facts),
            })
        })
        .collect();
    let findings: Vec<Value> = report.findings.iter().map(|f| finding(f, lang)).collect();
    json!({
        "schema": "chipid/doctor/1",
        "card_readable": report.card_readable,
        "first": report.first().map(|f| f.code.name()),
        "system": match system {
            System::Windows => "windows",
            System::MacOs => "macos",
            _ => "linux",
        },
        "looked": looked,
        "findings": findings,
    })
}

fn facts(facts: &[Fact]) -> Vec<Value> {
    facts
        .iter()
        .map(|fact| json!({"what": fact.what.name(), "value": fact.value}))
        .collect()
}

fn finding(finding: &Finding, lang: Lang) -> Value {
    let words = lang::symptom(finding.code.name());
    let said = |text: fn(&Words) -> Text| words.map(|words| lang.of(text(words)));
    json!({
        "code": finding.code.name(),
        "at": finding.at.name(),
        "weight": finding.weight.name(),
        "only_a_sign": finding.only_a_sign,
        "what": said(|w| w.what),
        "cause": said(|w| w.cause),
        "evidence": facts(&finding.evidence),
        "mend": {"text": said(|w| w.mend), "command": finding.command},
    })
}

struct Page {
    out: String,
    style: Style,
    lang: Lang,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out += text.trim_end();
        self.out.push('\n');
    }

    fn answer(&mut self, report: &Report) {
        let (text, tone) = match (report.card_readable, report.has(Weight::NoVerdict)) {
            (true, false) => (lang::DOCTOR_YES, Tone::Good),
            (true, true) => (lang::DOCTOR_YES_BUT, Tone::Doubt),
            (false, _) => (lang::DOCTOR_NO, Tone::Bad),
        };
        // The one line that says why not.
        let why = report
            .first()
            .filter(|first| report.card_readable || first.weight == Weight::NoReading)
            .and_then(|first| lang::symptom(first.code.name()))
            .map_or(lang::DOCTOR_NOT_ASKED, |words| words.what);
        let text = text.with([&why]).said(self.lang);
        for line in wrapped(&text, WIDTH) {
            let line = self.style.paint(tone, &line);
            self.line(&line);
        }
        self.line("");
    }

    fn looked(&mut self, report: &Report) {
        for look in &report.looked {
            let (word, tone) = match look.state {
                State::Ok => (lang::DOCTOR_OK, Tone::Good),
                State::Wrong => (lang::DOCTOR_WRONG, Tone::Bad),
                _ => (lang::DOCTOR_LEFT, Tone::Quiet),
            };
            let word = self
                .style
                .paint(tone, &format!("{:STATE$}", self.lang.of(word)));
            let name = match lang::aspect(look.at.name()) {
                Some(text) => self.lang.of(text),
                None => look.at.name(),
            };
            let mut seen: Vec<String> = look
                .facts
                .iter()
                .take(SHOWN)
                .map(|fact| self.in_table(fact))
                .collect();
            if look.facts.len() > SHOWN {
                let more = look.facts.len() - SHOWN;
                seen.push(lang::DOCTOR_MORE.with([&more]).said(self.lang));
            }
            let indent = 2 + STATE + NAME;
            for (number, line) in wrapped(&seen.join(" · "), WIDTH - indent)
                .iter()
                .enumerate()
            {
                match number {
                    0 => self.line(&format!("  {word}{name:NAME$}{line}")),
                    _ => self.line(&format!("{:indent$}{line}", "")),
                }
            }
        }
    }

    fn findings(&mut self, report: &Report) {
        let first = report.first();
        if let Some(first) = first {
            self.heading(lang::DOCTOR_FIRST);
            self.finding(first);
        }
        let others = |weight_is_note: bool| {
            report.findings.iter().filter(move |finding| {
                (finding.weight == Weight::Note) == weight_is_note
                    && !first.is_some_and(|first| std::ptr::eq(first, *finding))
            })
        };
        for (title, notes) in [(lang::DOCTOR_THEN, false), (lang::DOCTOR_NOTES, true)] {
            if others(notes).next().is_some() {
                self.heading(title);
            }
            for finding in others(notes) {
                self.finding(finding);
            }
        }
    }

    fn heading(&mut self, title: Text) {
        let title = self.style.paint(Tone::Heading, self.lang.of(title));
        self.line("");
        self.line(&title);
    }

    fn finding(&mut self, finding: &Finding) {
        let lang = self.lang;
        let code = finding.code.name();
        let Some(words) = lang::symptom(code) else {
            return self.line(&format!("  {code}"));
        };
        self.paragraph(2, &format!("{} ({code})", lang.of(words.what)));
        self.labelled(lang::DOCTOR_CAUSE, lang.of(words.cause));
        let seen: Vec<String> = finding
            .evidence
            .iter()
            .map(|fact| format!("{}: {}", self.label(fact), self.value(fact)))
            .collect();
        for seen in &seen {
            self.labelled(lang::DOCTOR_SEEN, seen);
        }
        if finding.only_a_sign {
            self.labelled(lang::DOCTOR_SEEN, lang.of(lang::DOCTOR_ONLY_A_SIGN));
        }
        self.labelled(lang::DOCTOR_MEND, lang.of(words.mend));
        if let Some(command) = &finding.command {
            // Whole, so that it can be copied.
            let command = self.style.paint(Tone::Good, &printable(command));
            self.line(&format!("      {command}"));
        }
    }

    fn labelled(&mut self, label: Text, text: &str) {
        let label = self.lang.of(label);
        self.paragraph(4, &format!("{label}: {text}"));
    }

    fn paragraph(&mut self, indent: usize, text: &str) {
        for (number, line) in wrapped(text, WIDTH - indent - 2).iter().enumerate() {
            let more = if number == 0 { 0 } else { 2 };
            self.line(&format!("{:width$}{line}", "", width = indent + more));
        }
    }

    fn label(&self, fact: &Fact) -> &'static str {
        match lang::evidence(fact.what.name()) {
            Some(text) => self.lang.of(text),
            None => fact.what.name(),
        }
    }

    /// A value, with its name where it says nothing without.
    fn in_table(&self, fact: &Fact) -> String {
        let value = self.value(fact);
        match fact.what {
            // The bundle tells whose list it is.
            What::DriverList => match value.split('/').find(|part| part.ends_with(".bundle")) {
                Some(bundle) => {
                    let count = value.rsplit_once(' ').map_or("", |(_, count)| count);
                    format!("{bundle} {count}")
                }
                None => value,
            },
            What::LongestCommand
            | What::LongestAnswer
            | What::ExtendedLength
            | What::RoundTrip
            | What::Portrait
            | What::Bytes
            | What::Count
            | What::Newest
            | What::Answer => format!("{} {value}", self.label(fact)),
            _ => value,
        }
    }

    /// A value, its words in this language.
    fn value(&self, fact: &Fact) -> String {
        let said = |word: &str| lang::value(word).map(|text| self.lang.of(text).to_owned());
        let value = printable(&fact.value);
        match fact.what {
            What::Answer if value.parse::<u16>().is_ok() => {
                lang::DOCTOR_ERROR.with([&value]).said(self.lang)
            }
            What::Role | What::Card => match value.rsplit_once(": ") {
                Some((name, word)) => {
                    format!("{name}: {}", said(word).unwrap_or_else(|| word.to_owned()))
                }
                None => said(&value).unwrap_or(value),
            },
            _ => said(&value).unwrap_or(value),
        }
    }
}

/// Lines of at most `width` columns, broken between words; a word that is longer is broken where it must be.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let letters: Vec<char> = word.chars().collect();
        if used > 0 && used + 1 + letters.len() > width {
            lines.push(String::new());
            used = 0;
        }
        for (number, part) in letters.chunks(width.max(1)).enumerate() {
            if number > 0 {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                if used > 0 {
                    line.push(' ');
                    used += 1;
                }
                line.extend(part);
                used += part.len();
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_long_words_where_they_must_be() {
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(wrapped("ab cd ef", 5), ["ab cd", "ef"]);
        assert_eq!(wrapped("đặt thẻ", 4), ["đặt", "thẻ"]);
        assert_eq!(wrapped("abcdefg hi", 3), ["abc", "def", "g", "hi"]);
    }
}
