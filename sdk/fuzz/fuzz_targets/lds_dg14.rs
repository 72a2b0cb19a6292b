//! DG14 (`chipid_emrtd::lds::dg14`).
#![no_main]

use chipid_emrtd::lds::dg14;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(infos) = dg14::parse(data) {
        let _ = format!("{infos:?}");
    }
});
