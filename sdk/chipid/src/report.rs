//! The whole answer as JSON, the same from every language: `test-vectors/schemas/verify.schema.json`.
//!
//! What only whoever read the document knows (traffic, times, how the key was come by) is null in it.

mod checks;
mod holder;

pub use checks::rounded;

use crate::assessment::Assessment;
use crate::difference::Difference;
use crate::holder_fields::Field;
use crate::verdict::Verdict;
use checks::{not_requested, status, with};
use serde_json::{Map, Value, json};

/// The format's name; a change that could break a reader makes it `/2`.
pub const SCHEMA: &str = "chipid/verify/1";

/// An assessment and what a policy made of it, to be written down.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    assessment: &'a Assessment,
    verdict: Option<&'a Verdict>,
    fields: &'a [Field],
    time_given: bool,
}

impl<'a> Report<'a> {
    /// Of an assessment, with the verdict over it where one was asked for.
    #[must_use]
    pub const fn new(assessment: &'a Assessment, verdict: Option<&'a Verdict>) -> Self {
        Self {
            assessment,
            verdict,
            fields: &[],
            time_given: false,
        }
    }

    /// What of the holder is given; empty for what is given unasked.
    #[must_use]
    pub const fn fields(mut self, fields: &'a [Field]) -> Self {
        self.fields = fields;
        self
    }

    /// Whether the time of the check was given by somebody, and not the system's.
    #[must_use]
    pub const fn time_given(mut self, given: bool) -> Self {
        self.time_given = given;
        self
    }

    /// Whether a difference is shown with its values: only where the field that it speaks of is given.
    #[must_use]
    pub fn shows(&self, difference: &Difference) -> bool {
        holder::shows(self.assessment, self.fields, difference)
    }

    /// The report, its keys in the order of the contract.
    #[must_use]
    pub fn to_map(&self) -> Map<String, Value> {
        let (assessment, verdict) = (self.assessment, self.verdict);
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| {
            out.insert(key.to_owned(), value);
        };
        put("schema", json!(SCHEMA));
        if let Some(verdict) = verdict {
            put("verdict", json!(verdict.kind.name()));
        }
        put(
            "policy",
            verdict.map_or(
                Value::Null,
                |v| json!({"name": v.policy, "sha256": hex::encode(v.policy_sha256)}),
            ),
        );
        put("verified_by", json!("local"));
        put(
            "time",
            json!({
                "checked_at": assessment.checked_at().to_string(),
                "source": if self.time_given { "given" } else { "system" },
            }),
        );
        if let Some(verdict) = verdict {
            put("grounds", checks::grounds(verdict));
        }
        put("checks", Value::Object(self.checks()));
        put(
            "holder",
            assessment
                .holder()
                .map_or(Value::Null, |h| holder::holder(h, self.fields)),
        );
        put("differences", holder::differences(assessment, self.fields));
        // What whoever read the document knows: the program puts its own in their place.
        for of_the_reading in ["apdus", "time_ms", "key"] {
            put(of_the_reading, Value::Null);
        }
        out
    }

    fn checks(&self) -> Map<String, Value> {
        let assessment = self.assessment;
        let verification = assessment.verification();
        let mut out = Map::new();
        let mut check = |key: &str, value: Value| {
            out.insert(key.to_owned(), value);
        };
        check("access", checks::access(verification.access.as_ref()));
        check(
            "passive_authentication",
            checks::passive_authentication(&verification.passive_authentication),
        );
        check("chip_genuine", checks::chip_genuine(verification));
        check(
            "document_validity",
            with(
                status(assessment.document_validity()),
                json!({"expires": assessment.expires().map(|e| e.to_string())}),
            ),
        );
        check("consistency", status(assessment.consistency()));
        if let Some(verdict) = self.verdict {
            check("face", checks::face(&verdict.face));
            check("capture", status(&verdict.capture));
            check("liveness", checks::liveness(&verdict.liveness));
            check("online", checks::online(&verdict.online));
        } else {
            check("liveness", not_requested());
            check("online", not_requested());
        }
        out
    }
}

impl std::fmt::Display for Report<'_> {
    /// As JSON, over several lines.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = serde_json::to_string_pretty(&self.to_map()).map_err(|_| std::fmt::Error)?;
        f.write_str(&text)
    }
}
