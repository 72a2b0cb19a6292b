//! EF.DIR (`chipid_emrtd::lds::dir`).
#![no_main]

use chipid_emrtd::lds::dir::Dir;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(dir) = Dir::parse(data) {
        let total: usize = dir.applications.iter().map(|a| a.identifier.len()).sum();
        assert!(!dir.applications.is_empty() && total <= data.len());
    }
});
