//! EF.CardSecurity, read and verified against an empty trust store (`chipid_emrtd::lds::card_security`).
#![no_main]

use chipid_emrtd::lds::card_security::CardSecurity;
use chipid_emrtd::passive_authentication::verify_card_security;
use chipid_emrtd::time::UnixTime;
use chipid_emrtd::trust::TrustStore;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let read = CardSecurity::from_file(data);
    let trust = TrustStore::default();
    let verified = verify_card_security(data, "P<", "UTO", &trust, UnixTime(1_800_000_000));
    // Nobody is trusted, so nothing may come out as signed, whatever was read.
    assert!(verified.infos.is_none());
    let _ = format!("{read:?} {verified:?}");
});
