//! Revocation lists (`chipid_emrtd::trust::crl`), each tried under the keys of the invented state.
#![no_main]

use chipid_emrtd::trust::certificate::Certificate;
use chipid_emrtd::trust::crl::RevocationList;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ISSUERS: LazyLock<Vec<Certificate>> = LazyLock::new(|| {
    ["csca.der", "csca-rsa.der"]
        .map(|name| {
            let der = chipid_test_vectors::read(&format!("certificates/chains/{name}"));
            Certificate::from_der(&der).expect("a certificate")
        })
        .into()
});

fuzz_target!(|data: &[u8]| {
    let Ok(list) = RevocationList::from_der(data) else {
        return;
    };
    assert!(list.len() <= data.len());
    let _ = (
        list.this_update(),
        list.next_update(),
        list.issuer().to_string(),
    );
    for issuer in ISSUERS.iter() {
        let _ = list.is_signed_by(issuer);
        let _ = list.revocation(issuer.serial());
    }
});
