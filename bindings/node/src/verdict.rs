//! The one answer, with its grounds.

use crate::assessment::Assessed;
use crate::edge::{Trouble, call};
use crate::json::Wiped;
use crate::place::Shared;
use crate::weight::{Weight, weighed};
use chipid::holder_fields::Field;
use chipid::report::Report;
use chipid::{Assessment, Misuse};
use napi::Env;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use std::sync::Arc;

/// A verdict, with what it was made of.
#[napi(custom_finalize)]
pub struct Verdict {
    decided: Shared<Decided>,
    weight: Weight,
}

weighed!(Verdict);

struct Decided {
    assessment: Arc<Assessment>,
    verdict: chipid::Verdict,
    time_given: bool,
}

impl Verdict {
    /// A verdict, which keeps what it was made of for as long as it is open, whatever becomes of the assessment.
    pub(crate) fn of(
        env: &Env,
        verdict: chipid::Verdict,
        assessed: &Assessed,
    ) -> napi::Result<Self> {
        let weight = Weight::default();
        weight.set(env, assessed.bytes)?;
        Ok(Self {
            decided: Shared::new(Decided {
                assessment: Arc::clone(&assessed.assessment),
                verdict,
                time_given: assessed.time_given,
            }),
            weight,
        })
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
    pub fn summary(&self) -> napi::Result<Uint8Array> {
        call(|| {
            let report = self.report(&[])?.without(&["holder", "differences"]);
            Ok(Uint8Array::new(report.json()))
        })
    }

    /// One part of the report, with these fields of the holder; empty for those that are given unasked.
    #[napi]
    pub fn part(&self, name: String, fields: Vec<String>) -> napi::Result<Uint8Array> {
        call(|| {
            let part = self.report(&fields)?.part(&name);
            Ok(Uint8Array::new(part.ok_or(Misuse::UnknownValue)?))
        })
    }

    /// The whole report as JSON.
    #[napi]
    pub fn json(&self, fields: Vec<String>) -> napi::Result<Uint8Array> {
        call(|| Ok(Uint8Array::new(self.report(&fields)?.json())))
    }

    /// Wipes it.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.decided.close();
        self.weight.set(env, 0)
    }

    fn report(&self, fields: &[String]) -> Result<Wiped, Trouble> {
        let fields: Option<Vec<Field>> = fields.iter().map(|name| Field::named(name)).collect();
        let fields = fields.ok_or(Misuse::UnknownValue)?;
        let decided = self.decided.value()?;
        let report = Report::new(&decided.assessment, Some(&decided.verdict))
            .fields(&fields)
            .time_given(decided.time_given);
        Ok(Wiped::of(report.to_map()))
    }
}
