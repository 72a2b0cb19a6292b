//! The checks and the grounds of a report.

use crate::verdict::{FaceJudgement, LivenessJudgement, OnlineJudgement, Verdict};
use chipid_emrtd::crypto::agreement::DomainParameters;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::document::AccessOutcome;
use chipid_emrtd::finding::{Check, codes};
use chipid_emrtd::passive_authentication::{PassiveAuthentication, SignatureState};
use chipid_emrtd::security_info::Mapping;
use chipid_emrtd::verification::Verification;
use serde_json::{Map, Value, json};

pub(super) fn status<T>(check: &Check<T>) -> Value {
    json!({"status": check.status(), "reason": check.reason().map(|c| c.name())})
}

pub(super) fn not_requested() -> Value {
    status(&Check::<()>::NotPerformed(codes::NOT_REQUESTED))
}

/// `base` with the entries of `more` behind its own.
pub(super) fn with(base: Value, more: Value) -> Value {
    match (base, more) {
        (Value::Object(mut base), Value::Object(more)) => {
            base.extend(more);
            Value::Object(base)
        }
        (base, _) => base,
    }
}

pub(super) fn grounds(verdict: &Verdict) -> Value {
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

pub(super) fn access(access: Option<&AccessOutcome>) -> Value {
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
    let protocol = access.protocol;
    with(
        status(&Check::Passed(())),
        json!({
            "protocol": protocol.name(),
            "mapping": protocol.mapping().map(Mapping::name),
            "cipher": protocol.cipher().map(CipherAlgorithm::name),
            "group": protocol.group().map(DomainParameters::name),
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

pub(super) fn passive_authentication(report: &PassiveAuthentication) -> Value {
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

pub(super) fn chip_genuine(verification: &Verification) -> Value {
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

pub(super) fn face(face: &FaceJudgement) -> Value {
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
            "vendor": face.vendor.as_ref().map(|v| json!({
                "result": v.result.name(),
                "vendor": v.vendor,
                "version": v.version,
                "certificate": v.certificate,
                "capture": v.capture.name(),
                "at": v.at.to_string(),
            })),
        }),
    )
}

pub(super) fn liveness(judged: &LivenessJudgement) -> Value {
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

pub(super) fn online(judged: &OnlineJudgement) -> Value {
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
pub fn rounded(similarity: f32) -> f64 {
    (f64::from(similarity) * 1e4).round() / 1e4
}
