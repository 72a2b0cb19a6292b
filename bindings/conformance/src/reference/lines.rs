//! What is written of a result.

use super::Done;
use super::trouble::Trouble;
use crate::blocks::Block;
use chipid::holder_fields::Field;
use chipid::report::Report;
use chipid::{Assessment, IssuerTrust, Verdict};
use serde_json::{Map, Value};

/// The keys of a case; those that end in a point have more behind it.
const KEYS: [&str; 31] = [
    "id",
    "key.",
    "card",
    "folder",
    "file.",
    "only",
    "challenge",
    "limits",
    "resumes",
    "cancel_after",
    "fail.",
    "throw_at",
    "save",
    "challenged_with",
    "trust.",
    "at",
    "compare.",
    "typed.",
    "models",
    "models_bytes",
    "capture",
    "live",
    "frame",
    "liveness",
    "vendor_comparison",
    "confirmation",
    "attempts",
    "policy",
    "policy_file",
    "fields",
    "replay",
];

/// Entries of the holder that are no fields.
const ABOUT_FIELDS: [&str; 3] = ["trust", "missing", "derived"];

/// Whether nothing is asked for that nobody has described.
pub(super) fn known(case: &Block) -> Result<(), Trouble> {
    let known = |key: &str| {
        KEYS.iter().any(|known| match known.strip_suffix('.') {
            Some(_) => key.starts_with(known),
            None => key == *known,
        })
    };
    match case.lines.iter().find(|(key, _)| !known(key)) {
        Some((key, _)) => Err(Trouble::Unsupported(key.clone())),
        None => Ok(()),
    }
}

/// What the report says.
pub(super) fn verdict(
    assessment: &Assessment,
    verdict: &Verdict,
    fields: &[Field],
    result: &mut Block,
) {
    let report = Report::new(assessment, Some(verdict))
        .fields(fields)
        .to_map();
    result.push("verdict", text(report.get("verdict")));
    for ground in list(report.get("grounds")) {
        let [code, severity, file] = ["code", "severity", "file"].map(|key| text(ground.get(key)));
        result.push("ground", format!("{code}|{severity}|{file}"));
    }
    for (name, check) in object(report.get("checks")) {
        let [status, reason] = ["status", "reason"].map(|key| text(check.get(key)));
        result.push(format!("check.{name}"), format!("{status}|{reason}"));
    }
    let face = report.get("checks").and_then(|checks| checks.get("face"));
    if let Some(similarity) = face
        .and_then(|f| f.get("similarity"))
        .and_then(Value::as_f64)
    {
        result.push("face.similarity", similarity.to_string());
    }
    for (field, value) in object(report.get("holder")) {
        if let (Some(text), false) = (value.as_str(), ABOUT_FIELDS.contains(&field.as_str())) {
            result.push(format!("holder.{field}"), text);
        }
    }
    let holder = report.get("holder");
    if let Some(trust) = holder.and_then(|holder| holder.get("trust")?.as_str()) {
        result.push("holder.trust", trust);
    }
    for (field, why) in object(holder.and_then(|holder| holder.get("missing"))) {
        result.push(format!("holder.missing.{field}"), text(Some(why)));
    }
    for difference in list(report.get("differences")) {
        let [subject, code] = ["subject", "code"].map(|key| text(difference.get(key)));
        result.push("difference", format!("{subject}|{code}"));
    }
}

/// How long the portrait is, where its issuer is verified.
pub(super) fn portrait(assessment: &Assessment, result: &mut Block) {
    let document = assessment.verification().document.as_ref();
    let length = document
        .filter(|document| document.trust() == IssuerTrust::IssuerVerified)
        .and_then(|document| document.portrait())
        .and_then(|portrait| Some(portrait.image()?.data.len()));
    result.push("portrait.length", length.unwrap_or_default().to_string());
}

/// How many commands the transmit was asked to carry.
pub(super) fn apdus(done: &Done, result: &mut Block) {
    if let Some(apdus) = done.apdus {
        result.push("apdus", apdus.to_string());
    }
}

/// What there is where nobody decides.
pub(super) fn without_verdict(assessment: Option<&Assessment>, done: &Done, result: &mut Block) {
    if let Some(assessment) = assessment {
        portrait(assessment, result);
    }
    apdus(done, result);
    if !done.document {
        for digest in done.images.iter().flatten() {
            result.push("image", hex::encode(digest));
        }
    }
    let made = [
        (assessment.is_some(), "assessment"),
        (done.policy, "policy"),
        (done.images.is_some(), "images"),
        (done.models, "models"),
        (done.document, "document"),
        (done.keys, "keys"),
    ];
    if let Some((_, last)) = made.iter().find(|(made, _)| *made) {
        result.push(*last, "ok");
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn object(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}
