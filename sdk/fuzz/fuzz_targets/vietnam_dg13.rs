//! DG13 of the Vietnamese card (`chipid_vietnam::dg13`), and its comparison with a zone.
#![no_main]

use chipid_vietnam::consistency::{MrzHolder, compare};
use chipid_vietnam::dg13::Dg13;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let dg13 = match Dg13::parse(data) {
        Ok(dg13) => dg13,
        Err(error) => {
            assert!(error.offset() <= data.len());
            return;
        }
    };
    assert!(dg13.others.len() <= data.len());
    let _ = format!("{dg13:?}");
    let holder = MrzHolder {
        document_number: "099000017",
        optional_data: "6001099000017<<",
        birth: "990315",
        sex: 'M',
        expiry: "240315",
        name: "LE<<THU<NGHIEM<<<<<<<<<<<<<<<<",
    };
    let _ = compare(&holder, &dg13);
});
