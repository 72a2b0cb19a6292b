//! The holder and what contradicts, in a report: only of fields that are given.

use crate::assessment::Assessment;
use crate::difference::{Difference, Statement};
use crate::holder::Holder;
use crate::holder_fields::Field;
use serde_json::{Map, Value, json};

pub(super) fn holder(holder: &Holder, fields: &[Field]) -> Value {
    let mut out = Map::new();
    let (mut missing, mut derived) = (Map::new(), Vec::new());
    out.insert("trust".to_owned(), json!(holder.trust.name()));
    for field in Field::selected(holder, fields) {
        let key = field.name().to_owned();
        match holder.value(field) {
            Ok(value) => {
                out.insert(key, json!(value.as_str()));
                if field.is_derived() {
                    derived.push(field.name());
                }
            }
            // A text in the contract of old.
            Err(_) if field == Field::PersonalNumber => {
                out.insert(key, json!(""));
            }
            Err(why) => {
                out.insert(key.clone(), Value::Null);
                missing.insert(key, json!(why.name()));
            }
        }
    }
    if !missing.is_empty() {
        out.insert("missing".to_owned(), Value::Object(missing));
    }
    if !derived.is_empty() {
        out.insert("derived".to_owned(), json!(derived));
    }
    Value::Object(out)
}

/// Where two sources contradict each other; both values where the field that they speak of is given.
pub(super) fn differences(assessment: &Assessment, fields: &[Field]) -> Value {
    assessment
        .differences()
        .iter()
        .map(|difference| {
            let shown = shows(assessment, fields, difference);
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

/// Whether the field that a difference speaks of is given.
pub(super) fn shows(assessment: &Assessment, fields: &[Field], difference: &Difference) -> bool {
    assessment
        .holder()
        .is_some_and(|holder| Field::selected(holder, fields).contains(&difference.subject.field()))
}
