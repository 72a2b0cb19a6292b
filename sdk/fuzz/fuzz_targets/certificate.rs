//! X.509 certificates (`chipid_emrtd::trust::certificate`) with keys, explicit curve parameters and names; each is tried as
//! its own issuer, which runs the signature under the key that it brings.
#![no_main]

use chipid_emrtd::trust::certificate::Certificate;
use chipid_emrtd::trust::document_signer::may_sign_documents;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(certificate) = Certificate::from_der(data) else {
        return;
    };
    let _ = certificate.is_signed_by(&certificate);
    let _ = (
        certificate.country(),
        certificate.state(),
        certificate.issuer_state(),
    );
    let _ = (
        certificate.serial_hex(),
        certificate.sha256(),
        certificate.is_self_issued(),
    );
    let _ = (
        certificate.issuer().to_string(),
        certificate.subject().to_string(),
    );
    let _ = may_sign_documents(&certificate);
    if let Ok(key) = certificate.public_key() {
        let _ = (key.is_weak(), key.name());
    }
    assert_eq!(certificate.as_der(), data);
});
