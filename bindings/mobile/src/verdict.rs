//! The one answer, with its grounds. All of it is taken from the report, so that the fields here and its JSON say the same.

use crate::edge::{Failure, Trouble, call};
use chipid::holder_fields::Field;
use chipid::report::{Report, rounded};
use chipid::{Assessment, Misuse, Verdict as CoreVerdict, VerdictKind};
use serde_json::Value;
use std::sync::Arc;

/// A verdict, with what it was made of. Wiped when nobody holds it any more.
#[derive(uniffi::Object)]
pub struct Verdict {
    verdict: CoreVerdict,
    assessment: Arc<Assessment>,
    time_given: bool,
}

/// The answer. The first is *undecided*, so that what nobody set accepts nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Answer {
    /// Nobody can say: a person decides, or something is done and asked again.
    Undecided,
    /// Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder.
    Accept,
    /// Not.
    Reject,
}

/// One reason of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Ground {
    /// What was noticed, as a permanent word.
    pub code: String,
    /// What it does under the policy: `note`, `doubt` or `fatal`.
    pub severity: String,
    /// The file that it is about, as `DG1`.
    pub file: Option<String>,
    /// More of it, as a permanent word.
    pub detail: Option<String>,
}

/// One check of a report.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CheckResult {
    /// Which: `access`, `passive_authentication`, `chip_genuine` …
    pub name: String,
    /// `passed`, `failed` or `not_performed`.
    pub status: String,
    /// Why it did not pass, as a permanent word.
    pub reason: Option<String>,
}

/// What the signed data say of the holder, as far as it was asked for.
#[derive(Clone, uniffi::Record)]
pub struct Holder {
    /// Who vouches for it, as a permanent word.
    pub trust: String,
    /// In the order of the report.
    pub fields: Vec<HolderField>,
}

/// One thing that is said of the holder or the card.
#[derive(Clone, uniffi::Record)]
pub struct HolderField {
    /// Its permanent name.
    pub name: String,
    /// What the signed data say, verbatim; days as `YYYY-MM-DD`.
    pub value: Option<String>,
    /// Why there is no value, as a permanent word.
    pub missing: Option<String>,
}

/// Two sources that contradict each other.
#[derive(Clone, uniffi::Record)]
pub struct Difference {
    /// What they speak of, as a permanent word.
    pub subject: String,
    /// The code of the finding that stands for it.
    pub code: String,
    /// The source that is believed more.
    pub first: Statement,
    /// The other one.
    pub second: Statement,
}

/// What one source says.
#[derive(Clone, uniffi::Record)]
pub struct Statement {
    /// Who says it, as a permanent word.
    pub source: String,
    /// What it says; none where the field that it speaks of was not asked for.
    pub value: Option<String>,
}

#[uniffi::export]
impl Verdict {
    /// The answer.
    pub fn answer(&self) -> Answer {
        match self.verdict.kind {
            VerdictKind::Accept => Answer::Accept,
            VerdictKind::Reject => Answer::Reject,
            VerdictKind::Undecided => Answer::Undecided,
        }
    }

    /// Everything that led to it, the worst first, in a fixed order.
    pub fn grounds(&self) -> Result<Vec<Ground>, Failure> {
        let of = |ground: &chipid::Ground| Ground {
            code: ground.code.name().to_owned(),
            severity: ground.severity.name().to_owned(),
            file: ground.file.map(|file| file.to_string()),
            detail: ground.detail.map(str::to_owned),
        };
        call(|| Ok(self.verdict.grounds.iter().map(of).collect()))
    }

    /// Every check of the report, in its order.
    pub fn checks(&self) -> Result<Vec<CheckResult>, Failure> {
        call(|| {
            let report = Report::new(&self.assessment, Some(&self.verdict)).to_map();
            let checks = report.get("checks").and_then(Value::as_object);
            let of = |(name, check): (&String, &Value)| CheckResult {
                name: name.clone(),
                status: text(check, "status").unwrap_or_default(),
                reason: text(check, "reason"),
            };
            Ok(checks.into_iter().flatten().map(of).collect())
        })
    }

    /// What the signed data say of the holder; `fields` names what is given, empty for what is given unasked. None where nothing is
    /// proven.
    pub fn holder(&self, fields: Vec<String>) -> Result<Option<Holder>, Failure> {
        call(|| {
            let report = self.report(&fields)?;
            let Some(holder) = report.get("holder").and_then(Value::as_object) else {
                return Ok(None);
            };
            let missing = holder.get("missing");
            let of_holder = |(name, _): &(&String, &Value)| {
                !matches!(name.as_str(), "trust" | "missing" | "derived")
            };
            let of = |(name, value): (&String, &Value)| HolderField {
                name: name.clone(),
                value: value.as_str().map(str::to_owned),
                missing: missing.and_then(|missing| text(missing, name)),
            };
            Ok(Some(Holder {
                trust: holder
                    .get("trust")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                fields: holder.iter().filter(of_holder).map(of).collect(),
            }))
        })
    }

    /// Where two sources contradict each other, with both values where the field that they speak of is among `fields`.
    pub fn differences(&self, fields: Vec<String>) -> Result<Vec<Difference>, Failure> {
        call(|| {
            let report = self.report(&fields)?;
            let statement = |difference: &Value, place: usize| {
                let said = difference.get("between").and_then(|b| b.get(place));
                Statement {
                    source: said.and_then(|s| text(s, "source")).unwrap_or_default(),
                    value: said.and_then(|s| text(s, "value")),
                }
            };
            let of = |difference: &Value| Difference {
                subject: text(difference, "subject").unwrap_or_default(),
                code: text(difference, "code").unwrap_or_default(),
                first: statement(difference, 0),
                second: statement(difference, 1),
            };
            let differences = report.get("differences").and_then(Value::as_array);
            Ok(differences.into_iter().flatten().map(of).collect())
        })
    }

    /// The similarity of the faces in [-1, 1], to four digits, where they were compared.
    pub fn face_similarity(&self) -> Option<f64> {
        let similarity = self.verdict.face.similarity?;
        Some(rounded(similarity.value()))
    }

    /// The whole report as JSON (test-vectors/schemas/verify.schema.json). `fields` as for [`holder`](Self::holder).
    pub fn json(&self, fields: Vec<String>) -> Result<String, Failure> {
        call(|| {
            let chosen = chosen(&fields)?;
            let report = Report::new(&self.assessment, Some(&self.verdict))
                .fields(&chosen)
                .time_given(self.time_given);
            Ok(report.to_string())
        })
    }
}

impl Verdict {
    pub(crate) const fn new(
        verdict: CoreVerdict,
        assessment: Arc<Assessment>,
        time_given: bool,
    ) -> Self {
        Self {
            verdict,
            assessment,
            time_given,
        }
    }

    fn report(&self, fields: &[String]) -> Result<serde_json::Map<String, Value>, Trouble> {
        let chosen = chosen(fields)?;
        Ok(Report::new(&self.assessment, Some(&self.verdict))
            .fields(&chosen)
            .to_map())
    }
}

pub(crate) fn chosen(fields: &[String]) -> Result<Vec<Field>, Misuse> {
    let chosen: Option<Vec<Field>> = fields.iter().map(|name| Field::named(name)).collect();
    chosen.ok_or(Misuse::UnknownValue)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}
