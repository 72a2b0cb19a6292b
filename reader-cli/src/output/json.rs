//! The JSON of `verify` and `read`: `test-vectors/schemas/verify.schema.json`.

use crate::examination::Examination;
use crate::key::GivenKey;
use chipid::emrtd::document::{AccessOutcome, AccessProtocol};
use chipid::emrtd::finding::codes;
use chipid::emrtd::passive_authentication::{PassiveAuthentication, SignatureState};
use chipid::holder_fields::Field;
use chipid::{Check, FaceJudgement, FileId, Holder, ReadingTimes, Verdict, Verification};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// The format's name; a change that could break a reader makes it `/2`.
const SCHEMA: &str = "chipid/verify/1";

/// The whole answer, its keys in the order of the contract. `fields`: what of the holder is given; empty for what is given unasked.
pub(crate) fn examination(examined: &Examination, fields: &[Field]) -> Value {
    let assessment = &examined.assessment;
    let verification = assessment.verification();
    let verdict = examined.verdict.as_ref();
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
            "source": if examined.time_given { "given" } else { "system" },
        }),
    );
    if let Some(verdict) = verdict {
        put("grounds", grounds(verdict));
    }
    let mut checks = Map::new();
    let mut check = |key: &str, value: Value| {
        checks.insert(key.to_owned(), value);
    };
    check("access", access(verification.access.as_ref()));
    check(
        "passive_authentication",
        passive_authentication(&verification.passive_authentication),
    );
    check("chip_genuine", chip_genuine(verification));
    check(
        "document_validity",
        with(
            status(assessment.document_validity()),
            json!({"expires": assessment.expires().map(|e| e.to_string())}),
        ),
    );
    check("consistency", status(assessment.consistency()));
    if let Some(verdict) = verdict {
        check("face", face(&verdict.face));
        check("capture", status(&verdict.capture));
        check("liveness", liveness(&verdict.liveness));
        check("online", online(&verdict.online));
    } else {
        check("liveness", not_requested());
        check("online", not_requested());
    }
    put("checks", Value::Object(checks));
    put(
        "holder",
        assessment
            .holder()
            .map_or(Value::Null, |h| holder(h, fields)),
    );
    put(
        "differences",
        super::differences::as_json(assessment, fields),
    );
    put(
        "apdus",
        examined.traffic.map_or(Value::Null, |t| {
            json!({
                "count": t.apdus,
                "bytes_sent": t.bytes_sent,
                "bytes_received": t.bytes_received,
            })
        }),
    );
    put("time_ms", times(examined));
    put("key", key(examined.key.as_ref()));
    if let Some(modelled) = &examined.link {
        put("link", super::link::json(modelled));
    }
    Value::Object(out)
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

fn status<T>(check: &Check<T>) -> Value {
    json!({"status": check.status(), "reason": check.reason().map(|c| c.name())})
}

fn not_requested() -> Value {
    status(&Check::<()>::NotPerformed(codes::NOT_REQUESTED))
}

/// `base` with the entries of `more` behind its own.
fn with(base: Value, more: Value) -> Value {
    match (base, more) {
        (Value::Object(mut base), Value::Object(more)) => {
            base.extend(more);
            Value::Object(base)
        }
        (base, _) => base,
    }
}

fn grounds(verdict: &Verdict) -> Value {
    verdict
        .grounds
        .iter()
        .map(|ground| {
            json!({
                "code": ground.code.name(),
                "severity": ground.severity.name(),
                "file": ground.file.map(|f| f.to_string()),
                "detail": ground.detail,
            })
        })
        .collect()
}

fn access(access: Option<&AccessOutcome>) -> Value {
    let Some(access) = access else {
        return with(
            status(&Check::<()>::NotPerformed(codes::NO_CHIP)),
            json!({
                "protocol": null, "mapping": null, "cipher": null, "group": null,
                "password": null, "attempts": null, "offered": null,
                "offered_groups": null, "passed_over": null,
            }),
        );
    };
    let (protocol, mapping, cipher, group) = match access.protocol {
        AccessProtocol::Pace {
            mapping,
            cipher,
            group,
        } => (
            "pace",
            Some(mapping.name()),
            Some(cipher.name()),
            Some(group.name()),
        ),
        AccessProtocol::None => ("none", None, None, None),
        _ => ("bac", None, Some("3des"), None),
    };
    with(
        status(&Check::Passed(())),
        json!({
            "protocol": protocol,
            "mapping": mapping,
            "cipher": cipher,
            "group": group,
            "password": access.password.map(|password| password.name()),
            "attempts": access.attempts,
            "offered": access.offered_names(),
            "offered_groups": access.offered_groups(),
            "passed_over": access.passed_over.iter()
                .map(|p| format!("{} {}", p.name(), p.group_name()))
                .collect::<Vec<_>>(),
        }),
    )
}

fn passive_authentication(report: &PassiveAuthentication) -> Value {
    let groups: Map<String, Value> = report
        .data_groups()
        .iter()
        .map(|(group, status)| (group.number().to_string(), json!(status.name())))
        .collect();
    let signer = report.document_signer().map(|s| {
        json!({
            "subject": s.subject,
            "issuer": s.issuer,
            "serial": s.serial,
            "not_before": s.validity.not_before.to_string(),
            "not_after": s.validity.not_after.to_string(),
            "key": s.key,
            "parameters": s.parameters.map(|form| form.name()),
        })
    });
    let csca = report.csca().map(
        |c| json!({"subject": c.subject, "sha256": hex::encode(c.sha256), "source": c.source}),
    );
    with(
        status(&report.check()),
        json!({
            "data_groups": groups,
            "digest": report.digest().map(|d| d.name()),
            "signature": report.signature_algorithm().map(|a| a.name()),
            "signature_state": match report.signature() {
                SignatureState::Valid => "valid",
                SignatureState::Invalid => "invalid",
                SignatureState::Unreadable => "unreadable",
            },
            "signed_at": report.signed_at().map(|t| t.to_string()),
            "document_signer": signer,
            "csca": csca,
        }),
    )
}

fn chip_genuine(verification: &Verification) -> Value {
    with(
        status(&verification.chip_genuine),
        json!({
            "by": verification.chip_genuine.passed().map(|chip| chip.by().name()),
            "chip_authentication": verification.chip_authentication.status(),
            "active_authentication": verification.active_authentication.status(),
            "chip_authentication_mapping": verification.chip_authentication_mapping.status(),
        }),
    )
}

fn face(face: &FaceJudgement) -> Value {
    with(
        status(&face.check),
        json!({
            "similarity": face.similarity.map(|s| rounded(s.value())),
            "threshold": rounded(face.thresholds.accept().value()),
            "reject_threshold": rounded(face.thresholds.reject().value()),
            "false_match_rate": face.false_match_rate,
            "false_match_rate_basis": face.thresholds.basis(),
            "attempts": face.attempts,
            "capture": face.capture.map(|c| c.name()),
            "model": face.thresholds.recogniser_sha256(),
            "advice": face.advice.filter(|a| !a.is_empty()),
        }),
    )
}

fn liveness(judged: &chipid::LivenessJudgement) -> Value {
    let brought = judged.liveness.as_ref();
    with(
        status(&judged.check),
        json!({
            "result": brought.map(|l| l.result.name()),
            "vendor": brought.map(|l| &l.vendor),
            "version": brought.map(|l| &l.version),
            "basis": brought.map(|l| &l.basis),
            "capture": brought.map(|l| l.capture.name()),
            "at": brought.map(|l| l.at.to_string()),
        }),
    )
}

fn online(judged: &chipid::OnlineJudgement) -> Value {
    with(
        status(&judged.check),
        json!({
            "service": judged.service,
            "transaction": judged.transaction,
            "answered_at": judged.answered_at.map(|t| t.to_string()),
        }),
    )
}

/// A similarity to four digits: what lies behind is noise, and f32 written as f64 looks like more than it is.
pub(crate) fn rounded(similarity: f32) -> f64 {
    (f64::from(similarity) * 1e4).round() / 1e4
}

fn holder(holder: &Holder, fields: &[Field]) -> Value {
    let mut out = Map::new();
    let (mut missing, mut derived) = (Map::new(), Vec::new());
    out.insert("trust".to_owned(), json!(holder.trust.name()));
    for field in selected(holder, fields) {
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

/// The fields that are given: those asked for, else those that are given unasked and that such a document has.
pub(crate) fn selected(holder: &Holder, asked: &[Field]) -> Vec<Field> {
    Field::ALL
        .into_iter()
        .filter(|field| match asked {
            [] => {
                field.is_default() && (field.is_on_every_document() || holder.vietnamese.is_some())
            }
            asked => asked.contains(field),
        })
        .collect()
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
