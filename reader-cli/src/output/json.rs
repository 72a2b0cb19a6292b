//! The JSON of `verify` and `read`: `test-vectors/schemas/verify.schema.json`. The facade writes the report; what only the
//! program knows (traffic, times, how the key was come by, the link) stands behind it.

use crate::examination::Examination;
use crate::key::GivenKey;
use chipid::holder_fields::Field;
use chipid::report::Report;
use chipid::{FileId, ReadingTimes};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// The whole answer, its keys in the order of the contract. `fields`: what of the holder is given; empty for what is given unasked.
pub(crate) fn examination(examined: &Examination, fields: &[Field]) -> Value {
    let mut out = report(examined, fields).to_map();
    out.insert(
        "apdus".to_owned(),
        examined.traffic.map_or(Value::Null, |t| {
            json!({
                "count": t.apdus,
                "bytes_sent": t.bytes_sent,
                "bytes_received": t.bytes_received,
            })
        }),
    );
    out.insert("time_ms".to_owned(), times(examined));
    out.insert("key".to_owned(), key(examined.key.as_ref()));
    if let Some(modelled) = &examined.link {
        out.insert("link".to_owned(), super::link::json(modelled));
    }
    Value::Object(out)
}

/// The facade's report of an examination.
pub(super) fn report<'a>(examined: &'a Examination, fields: &'a [Field]) -> Report<'a> {
    Report::new(&examined.assessment, examined.verdict.as_ref())
        .fields(fields)
        .time_given(examined.time_given)
}

/// What the key was made of, and which characters of a zone were put right. No value of either.
fn key(key: Option<&GivenKey>) -> Value {
    key.map_or(Value::Null, |key| {
        let repaired = key
            .repaired
            .as_ref()
            .map(|(proven, unproven)| json!({"proven": proven, "unproven": unproven}));
        json!({
            "source": key.source.name(),
            "candidates": key.candidates,
            "mrz_repaired": repaired,
        })
    })
}

fn times(examined: &Examination) -> Value {
    let reading = examined.reading.as_ref();
    let files: Map<String, Value> = reading
        .into_iter()
        .flat_map(|times: &ReadingTimes| &times.files)
        .map(|(file, time)| (file_key(*file), json!(milliseconds(*time))))
        .collect();
    let total = reading.map_or(Duration::ZERO, |r| r.total)
        + examined.verification_time
        + examined.face_time;
    json!({
        "access": reading.map(|r| milliseconds(r.access)),
        "files": files,
        "chip_proofs": reading.map(|r| milliseconds(r.chip_proofs)),
        "verification": milliseconds(examined.verification_time),
        "face": milliseconds(examined.face_time),
        "total": milliseconds(total),
    })
}

/// A file as a key: `sod`, `dg2`.
pub(super) fn file_key(file: FileId) -> String {
    let name = file.to_string().to_lowercase();
    name.strip_prefix("ef_").unwrap_or(&name).to_owned()
}

/// To the microsecond.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
