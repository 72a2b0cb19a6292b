//! EF.ATR/INFO (`chipid_emrtd::lds::atr_info`).
#![no_main]

use chipid_emrtd::lds::atr_info::AtrInfo;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(info) = AtrInfo::parse(data) {
        assert!(info.max_command != Some(0) && info.max_response != Some(0));
    }
});
