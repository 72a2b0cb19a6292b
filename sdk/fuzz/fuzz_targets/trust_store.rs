//! Trust files of any kind (`chipid_emrtd::trust::TrustStoreBuilder`): PEM or DER, certificates, master lists, revocation
//! lists, told apart by their bytes.
#![no_main]

use chipid_emrtd::trust::TrustStore;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(builder) = TrustStore::builder().add(data, "fuzz") else {
        return;
    };
    if let Ok(store) = builder.build() {
        let _ = (
            store.entries(),
            store.revocation_lists(),
            store.newest_evidence(),
        );
    }
});
