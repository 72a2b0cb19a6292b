//! The outer structure of DG3 and DG4 (`chipid_emrtd::lds::biometric_templates`).
#![no_main]

use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::lds::biometric_templates;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for group in [DataGroup::FINGERS, DataGroup::IRISES] {
        if let Ok(found) = biometric_templates::parse(data, group) {
            let total: usize = found.instances.iter().map(|i| i.record.len()).sum();
            assert!(total <= data.len(), "the records are longer than the file");
        }
    }
});
