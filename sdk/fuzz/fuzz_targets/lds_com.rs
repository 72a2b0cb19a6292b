//! EF.COM (`chipid_emrtd::lds::com`).
#![no_main]

use chipid_emrtd::lds::com::Com;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(com) = Com::parse(data) {
        assert!(com.data_groups.len() <= data.len());
    }
});
