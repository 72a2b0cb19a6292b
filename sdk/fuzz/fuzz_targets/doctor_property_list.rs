//! Property lists that the doctor reads: the ids of a driver's `Info.plist`, settings in XML and binary form
//! (`chipid_doctor`).
#![no_main]

use chipid_doctor::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    assert!(fuzzing::driver_list(&text) <= text.len());
    if let Some(value) = fuzzing::setting(bytes, "useIFDCCID") {
        // Bytes that are no text become three each.
        assert!(value.len() <= bytes.len().saturating_mul(3) + 20);
    }
});
