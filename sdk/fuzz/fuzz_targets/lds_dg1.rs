//! DG1 (`chipid_emrtd::lds::dg1`).
#![no_main]

use chipid_emrtd::lds::dg1;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(mrz) = dg1::parse(data) {
        let _ = (mrz.name(), mrz.document_number(), mrz.access_key());
    }
});
