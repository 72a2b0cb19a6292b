//! The one answer, with its grounds.

use crate::assessment::Assessed;
use crate::edge::{Trouble, call};
use crate::place::Shared;
use chipid::holder_fields::Field;
use chipid::report::Report;
use chipid::{Assessment, Misuse};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A verdict, with what it was made of.
#[napi]
pub struct Verdict {
    decided: Shared<Decided>,
}

struct Decided {
    assessment: Arc<Assessment>,
    verdict: chipid::Verdict,
    time_given: bool,
}

impl Verdict {
    pub(crate) fn of(verdict: chipid::Verdict, assessed: &Assessed) -> Self {
        Self {
            decided: Shared::new(Decided {
                assessment: Arc::clone(&assessed.assessment),
                verdict,
                time_given: assessed.time_given,
            }),
        }
    }
}

#[napi]
impl Verdict {
    /// The answer's name.
    #[napi]
    pub fn answer(&self) -> napi::Result<&'static str> {
        call(|| Ok(self.decided.value()?.verdict.kind.name()))
    }

    /// The report without the holder and the values that contradict each other.
    #[napi]
    pub fn summary(&self) -> napi::Result<String> {
        call(|| {
            let mut report = self.report(&[])?;
            for personal in ["holder", "differences"] {
                report.remove(personal);
            }
            Ok(Value::Object(report).to_string())
        })
    }

    /// One part of the report, with these fields of the holder; empty for those that are given unasked.
    #[napi]
    pub fn part(&self, name: String, fields: Vec<String>) -> napi::Result<String> {
        call(|| {
            let part = self.report(&fields)?.remove(&name);
            Ok(part.ok_or(Misuse::UnknownValue)?.to_string())
        })
    }

    /// The whole report as JSON.
    #[napi]
    pub fn json(&self, fields: Vec<String>) -> napi::Result<Uint8Array> {
        call(|| {
            let report = Value::Object(self.report(&fields)?);
            Ok(Uint8Array::new(report.to_string().into_bytes()))
        })
    }

    /// Wipes it.
    #[napi]
    pub fn close(&self) {
        self.decided.close();
    }

    fn report(&self, fields: &[String]) -> Result<Map<String, Value>, Trouble> {
        let fields: Option<Vec<Field>> = fields.iter().map(|name| Field::named(name)).collect();
        let fields = fields.ok_or(Misuse::UnknownValue)?;
        let decided = self.decided.value()?;
        Ok(Report::new(&decided.assessment, Some(&decided.verdict))
            .fields(&fields)
            .time_given(decided.time_given)
            .to_map())
    }
}
