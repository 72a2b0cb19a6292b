//! EF.SOD (`chipid_emrtd::lds::sod`).
#![no_main]

use chipid_emrtd::lds::sod::{LdsSecurityObject, SecurityObject};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = LdsSecurityObject::from_der(data);
    if let Ok(object) = SecurityObject::from_file(data) {
        assert!(object.lds.digests.len() <= 16);
    }
});
