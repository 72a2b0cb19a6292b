//! The outer structure of DG8 to DG10, and DG13 (`chipid_emrtd::lds`).
#![no_main]

use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::lds::{dg13, feature_templates};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for group in (8..=10).filter_map(DataGroup::new) {
        if let Ok(found) = feature_templates::parse(data, group) {
            let total: usize = found.objects.iter().map(|(_, bytes)| bytes).sum();
            assert!(total <= found.len && found.len <= data.len());
        }
    }
    assert!(dg13::parse(data).content.len() <= data.len());
});
