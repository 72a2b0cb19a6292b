//! The processing log: who processed a holder's data, why, with which consent, which fields, when, and what came of it.
//! Never a value: an event has no place for one.
//!
//! Law 91/2025/QH15 and Decree 356/2025/NĐ-CP, known from the press: financial institutions log all processing. Where the
//! log goes is the caller's: it gives a [`ProcessingLog`], which takes the event or stops the processing.

use crate::holder_fields::Field;
use crate::verdict::VerdictKind;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::time::UnixTime;
use std::{fmt, io};

/// Longest label, in characters.
const MAX_LABEL: usize = 64;
/// So many digits in a row may be somebody's number.
const NUMBER_DIGITS: usize = 9;

/// Takes events. A closure that takes an event is one.
pub trait ProcessingLog {
    /// Keeps an event for good before it returns.
    ///
    /// # Errors
    /// What the system says: the event is not kept, so the processing does not go on.
    fn record(&mut self, event: &ProcessingEvent) -> io::Result<()>;
}

impl<F: FnMut(&ProcessingEvent) -> io::Result<()>> ProcessingLog for F {
    fn record(&mut self, event: &ProcessingEvent) -> io::Result<()> {
        self(event)
    }
}

/// A name that the organisation gives: of a clerk, a purpose, a consent. Letters, digits and `- _ . : @ / + #` and the
/// blank; at most 64 characters, and never nine digits in a row, so that nobody's number gets into a log by this way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label(String);

impl Label {
    /// Checks and takes it.
    ///
    /// # Errors
    /// [`ProcessingError`]: what is wrong with it.
    pub fn new(text: &str) -> Result<Self, ProcessingError> {
        let allowed = |c: char| {
            // Marks that stand over a letter by themselves, as some keyboards write them.
            c.is_alphanumeric() || "-_.:@/+# ".contains(c) || ('\u{300}'..='\u{36f}').contains(&c)
        };
        if text.trim().is_empty() {
            return Err(ProcessingError::LabelEmpty);
        }
        if text.chars().count() > MAX_LABEL {
            return Err(ProcessingError::LabelTooLong);
        }
        if !text.chars().all(allowed) {
            return Err(ProcessingError::LabelCharacter);
        }
        let numbers = text.split(|c: char| !c.is_numeric());
        // Digits with blanks, dots or dashes between them are read as one number by a person.
        let closed_up: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let longest = numbers
            .chain(closed_up.split(|c: char| !c.is_numeric()))
            .map(|digits| digits.chars().count())
            .max();
        // A date and a running number, as 2026-11-22-0001, are a consent's name and no person's.
        let is_dated = dated(text);
        if longest >= Some(NUMBER_DIGITS) && !is_dated {
            return Err(ProcessingError::LabelNumber);
        }
        Ok(Self(text.trim().to_owned()))
    }

    /// The label.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the digits begin with a day of this century, its parts divided, and what follows is no number of nine digits.
fn dated(text: &str) -> bool {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let parts: Vec<&str> = text.get(start..).unwrap_or_default().split('-').collect();
    let [year, month, day, rest @ ..] = parts.as_slice() else {
        return false;
    };
    let within = |part: &str, len: usize, most: u16| {
        part.len() == len && part.parse::<u16>().is_ok_and(|n| (1..=most).contains(&n))
    };
    let rest: String = rest.concat();
    year.starts_with("20")
        && within(year, 4, 2099)
        && within(month, 2, 12)
        && within(day, 2, 31)
        && rest.chars().filter(|c| c.is_numeric()).count() < NUMBER_DIGITS
}

/// Where in a processing an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Before the card is touched.
    Begun,
    /// Before anything is shown.
    Ended,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProcessingOutcome {
    /// A verdict.
    Verdict(VerdictKind),
    /// Read, and no verdict was asked for.
    Read,
    /// It could not be done.
    Failed,
}

impl ProcessingOutcome {
    /// A permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verdict(kind) => kind.name(),
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProcessingEvent {
    /// When.
    pub time: UnixTime,
    /// Which processing: a random number that the events of one processing share.
    pub processing: u64,
    /// Where in it.
    pub stage: Stage,
    /// Who.
    pub operator: Label,
    /// Why.
    pub purpose: Label,
    /// With which consent of the holder.
    pub consent: Option<Label>,
    /// Which fields: asked for, while it begins; given, when it has ended.
    pub fields: Vec<Field>,
    /// Whether the portrait is asked for or given.
    pub portrait: bool,
    /// Whether a face is compared.
    pub face_compared: bool,
    /// Files of the chip that were kept.
    pub kept: Vec<FileId>,
    /// What came of it; `None` while it begins.
    pub outcome: Option<ProcessingOutcome>,
}

/// One processing: what its two events share.
#[derive(Clone, Debug)]
pub struct Processing {
    number: u64,
    operator: Label,
    purpose: Label,
    consent: Option<Label>,
}

/// Which of the holder's data a processing asks for or has given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Fields.
    pub fields: Vec<Field>,
    /// The portrait.
    pub portrait: bool,
    /// A face was compared with it.
    pub face_compared: bool,
    /// Files of the chip that were kept.
    pub kept: Vec<FileId>,
}

impl Processing {
    /// A processing by this operator for this purpose, with a random number of its own.
    ///
    /// # Errors
    /// [`ProcessingError::Randomness`].
    pub fn new(
        operator: Label,
        purpose: Label,
        consent: Option<Label>,
    ) -> Result<Self, ProcessingError> {
        let mut number = [0; 8];
        getrandom::fill(&mut number).map_err(|_| ProcessingError::Randomness)?;
        Ok(Self {
            number: u64::from_be_bytes(number),
            operator,
            purpose,
            consent,
        })
    }

    /// Tells the log that it begins.
    ///
    /// # Errors
    /// [`ProcessingError::LogFailed`]: the card must not be touched.
    pub fn begin(
        &self,
        log: &mut dyn ProcessingLog,
        time: UnixTime,
        asked: Given,
    ) -> Result<(), ProcessingError> {
        kept(log.record(&self.event(Stage::Begun, time, asked, None)))
    }

    /// Tells the log what came of it.
    ///
    /// # Errors
    /// [`ProcessingError::LogFailed`]: nothing must be shown.
    pub fn end(
        &self,
        log: &mut dyn ProcessingLog,
        time: UnixTime,
        given: Given,
        outcome: ProcessingOutcome,
    ) -> Result<(), ProcessingError> {
        kept(log.record(&self.event(Stage::Ended, time, given, Some(outcome))))
    }

    fn event(
        &self,
        stage: Stage,
        time: UnixTime,
        given: Given,
        outcome: Option<ProcessingOutcome>,
    ) -> ProcessingEvent {
        ProcessingEvent {
            time,
            processing: self.number,
            stage,
            operator: self.operator.clone(),
            purpose: self.purpose.clone(),
            consent: self.consent.clone(),
            fields: given.fields,
            portrait: given.portrait,
            face_compared: given.face_compared,
            kept: given.kept,
            outcome,
        }
    }
}

fn kept(recorded: io::Result<()>) -> Result<(), ProcessingError> {
    recorded.map_err(|e| ProcessingError::LogFailed { kind: e.kind() })
}

/// What is wrong with the account of a processing that a caller gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProcessingError {
    /// No purpose has this name.
    PurposeUnknown,
    /// A label is empty.
    LabelEmpty,
    /// A label has more than 64 characters.
    LabelTooLong,
    /// A label has a character that labels do not have.
    LabelCharacter,
    /// A label has nine digits or more in a row.
    LabelNumber,
    /// The log took no event.
    LogFailed {
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// The system gives no random numbers.
    Randomness,
}

impl ProcessingError {
    /// The permanent numeric code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::PurposeUnknown => 8601,
            Self::LabelEmpty => 8602,
            Self::LabelTooLong => 8603,
            Self::LabelCharacter => 8604,
            Self::LabelNumber => 8605,
            Self::LogFailed { .. } => 8606,
            Self::Randomness => 7202,
        }
    }
}

impl fmt::Display for ProcessingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LogFailed { kind } => {
                return write!(f, "the processing log took no event: {kind}");
            }
            Self::PurposeUnknown => "there is no purpose of this name",
            Self::LabelEmpty => "a name for the processing log is empty",
            Self::LabelTooLong => "a name for the processing log has more than 64 characters",
            Self::LabelCharacter => {
                "a name for the processing log has letters, digits, blanks and - _ . : @ / + # alone"
            }
            Self::LabelNumber => {
                "a name for the processing log has nine digits in a row: it may be a person's number"
            }
            Self::Randomness => "the system gives no random number for the processing",
        })
    }
}

impl std::error::Error for ProcessingError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_carries_no_line_no_quote_and_no_number() {
        for good in [
            "gdv.lan@cn-01",
            "Nguyễn Thị Lan",
            "2026-11-22-0001",
            "DY-2026-11-22-000123",
            "quay 3",
        ] {
            assert_eq!(Label::new(good).unwrap().as_str(), good);
        }
        for (bad, why) in [
            ("", ProcessingError::LabelEmpty),
            ("  ", ProcessingError::LabelEmpty),
            ("lan\n{}", ProcessingError::LabelCharacter),
            ("lan\u{1b}[2J", ProcessingError::LabelCharacter),
            ("\"lan\"", ProcessingError::LabelCharacter),
            ("la\\n", ProcessingError::LabelCharacter),
            ("lan\u{2028}", ProcessingError::LabelCharacter),
            ("lan\u{202e}", ProcessingError::LabelCharacter),
            ("001090000017", ProcessingError::LabelNumber),
            ("dy 001 090 000 017", ProcessingError::LabelNumber),
            ("dy-001.090.000-017", ProcessingError::LabelNumber),
            ("001090017", ProcessingError::LabelNumber),
            ("2001-09-00-0017", ProcessingError::LabelNumber),
            ("2026-11-22-001090017", ProcessingError::LabelNumber),
            ("٠٠١٠٩٠٠٠٠٠١٧", ProcessingError::LabelNumber),
        ] {
            assert_eq!(Label::new(bad), Err(why), "{bad:?}");
        }
        assert_eq!(
            Label::new(&"a".repeat(65)),
            Err(ProcessingError::LabelTooLong)
        );
    }

    #[test]
    fn a_closure_is_a_log_and_the_two_events_belong_together() {
        let label = |text| Label::new(text).unwrap();
        let processing =
            Processing::new(label("lan"), label("transfer"), Some(label("dy-1"))).unwrap();
        let mut kept = Vec::new();
        let mut log = |event: &ProcessingEvent| {
            kept.push(event.clone());
            Ok(())
        };
        let asked = Given {
            fields: vec![Field::Name],
            ..Given::default()
        };
        processing.begin(&mut log, UnixTime(1), asked).unwrap();
        let outcome = ProcessingOutcome::Verdict(VerdictKind::Accept);
        processing
            .end(&mut log, UnixTime(2), Given::default(), outcome)
            .unwrap();
        let [begun, ended] = &kept[..] else {
            panic!("two events")
        };
        assert_eq!(begun.processing, ended.processing);
        assert_eq!((begun.stage, ended.stage), (Stage::Begun, Stage::Ended));
        assert_eq!(begun.outcome, None);
        assert_eq!(ended.outcome.unwrap().name(), "accept");
        let mut full = |_: &ProcessingEvent| Err(io::ErrorKind::StorageFull.into());
        assert_eq!(
            processing.begin(&mut full, UnixTime(1), Given::default()),
            Err(ProcessingError::LogFailed {
                kind: io::ErrorKind::StorageFull
            })
        );
    }
}
