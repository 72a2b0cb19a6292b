//! DG12 (`chipid_emrtd::lds::dg12`).
#![no_main]

use chipid_emrtd::lds::dg12;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(details) = dg12::parse(data) {
        let kept: usize = details.others.iter().map(|other| other.value.len()).sum();
        assert!(kept <= data.len(), "more is kept than there was");
        let _ = details.issued.map(|day| day.to_string());
        let _ = details.personalised.map(|time| time.to_string());
    }
});
