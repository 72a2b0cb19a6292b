//! DG11 (`chipid_emrtd::lds::dg11`).
#![no_main]

use chipid_emrtd::lds::dg11;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(details) = dg11::parse(data) {
        let kept: usize = details.others.iter().map(|other| other.value.len()).sum();
        assert!(kept <= data.len(), "more is kept than there was");
        for text in details.address.iter().chain(&details.other_names) {
            let _ = text.joined(", ");
        }
        let _ = details.birth.map(|day| day.to_string());
    }
});
