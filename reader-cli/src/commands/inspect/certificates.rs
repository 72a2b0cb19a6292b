//! Certificates, master lists, revocation lists.

use crate::commands::trust;
use chipid::TrustStore;
use chipid::emrtd::cms;
use chipid::emrtd::trust::certificate::Certificate;
use chipid::emrtd::trust::crl::RevocationList;
use chipid::emrtd::trust::master_list::MasterList;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PEM: &[u8] = b"-----BEGIN";

/// What this is of a PKI; `None` where it is nothing of it.
pub(super) fn describe(bytes: &[u8]) -> Option<Value> {
    if bytes.windows(PEM.len()).take(4096).any(|w| w == PEM) {
        let store = TrustStore::builder().add(bytes, "PEM").ok()?.build().ok()?;
        return Some(json!({"kind": "PEM", "content": trust::listing(&store)}));
    }
    if bytes.first() != Some(&0x30) {
        return None;
    }
    if cms::is_signed_data(bytes) {
        return Some(match MasterList::from_der(bytes) {
            Ok(list) => master_list(&list),
            Err(error) => json!({"kind": "signed data", "trouble": super::files::say(error)}),
        });
    }
    if let Ok(found) = Certificate::from_der(bytes) {
        let mut value = certificate(&found);
        if let Value::Object(map) = &mut value {
            map.insert("kind".to_owned(), json!("certificate"));
        }
        return Some(value);
    }
    let list = RevocationList::from_der(bytes).ok()?;
    Some(json!({
        "kind": "revocation list",
        "issuer": list.issuer().to_string(),
        "this_update": list.this_update().to_string(),
        "next_update": list.next_update().map(|t| t.to_string()),
        "revoked": list.len(),
    }))
}

fn master_list(list: &MasterList) -> Value {
    let countries: BTreeSet<String> = list
        .certificates
        .iter()
        .filter_map(Certificate::country)
        .collect();
    json!({
        "kind": "master list",
        "certificates": list.certificates.len(),
        "left_out": list.skipped,
        "country_codes": countries.len(),
        "countries": countries.into_iter().collect::<Vec<_>>(),
        "signing_time": list.signing_time.map(|t| t.to_string()),
        "signer": list.signer.as_ref().map(certificate),
    })
}

/// One certificate.
pub(super) fn certificate(c: &Certificate) -> Value {
    let usage = c.key_usage().map(|u| {
        [
            (u.digital_signature, "digital_signature"),
            (u.key_cert_sign, "key_cert_sign"),
            (u.crl_sign, "crl_sign"),
        ]
        .into_iter()
        .filter_map(|(on, name)| on.then_some(name))
        .collect::<Vec<_>>()
    });
    let period = c.private_key_usage().map(|(from, to)| {
        json!({
            "from": from.map(|t| t.to_string()),
            "to": to.map(|t| t.to_string()),
        })
    });
    json!({
        "subject": c.subject().to_string(),
        "issuer": c.issuer().to_string(),
        "serial": c.serial_hex(),
        "not_before": c.validity().not_before.to_string(),
        "not_after": c.validity().not_after.to_string(),
        "key": c.public_key().ok().map(|k| k.name()),
        "signature": c.algorithm().ok().map(|a| a.name()),
        "self_signed": c.is_self_issued() && c.is_signed_by(c),
        "key_usage": usage,
        "private_key_usage": period,
        "document_types": c.document_types(),
        "test_marker": c.is_test(),
        "sha256": hex::encode(c.sha256()),
    })
}
