//! CSCA master lists (`chipid_emrtd::trust::master_list`).
#![no_main]

use chipid_emrtd::trust::master_list::MasterList;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(list) = MasterList::from_der(data) {
        assert!(list.certificates.len() + list.skipped <= data.len());
    }
});
