//! CMS SignedData (`chipid_emrtd::cms`), each signature tried under each certificate that came along.
#![no_main]

use chipid_emrtd::asn1::{SEQUENCE, only};
use chipid_emrtd::cms::{SignedData, is_signed_data};
use chipid_emrtd::trust::certificate::Certificate;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = is_signed_data(data);
    let Ok(info) = only(data, SEQUENCE) else {
        return;
    };
    let Ok(signed) = SignedData::from_content_info(&info) else {
        return;
    };
    for der in signed.certificates.iter().take(4) {
        let Ok(certificate) = Certificate::from_der(der) else {
            continue;
        };
        let Ok(key) = certificate.public_key() else {
            continue;
        };
        for signer in signed.signers.iter().take(4) {
            let _ = signed.verify(signer, key);
        }
    }
});
