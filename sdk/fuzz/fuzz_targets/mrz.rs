//! The machine readable zone (`chipid_emrtd::mrz`): a zone that was read has its parts, and reads as itself again.
#![no_main]

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::mrz::{Mrz, MrzKey, check_digit};
use chipid_emrtd::time::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = check_digit(text);
    let _ = (AccessKey::can(text), AccessKey::mrz(text));
    let parts: Vec<&str> = text.split('\n').collect();
    if let [number, birth, expiry] = parts[..] {
        let _ = MrzKey::new(number, birth, expiry);
    }
    let Ok(mrz) = Mrz::parse(text) else { return };
    let today = Date::new(2026, 11, 21).expect("a day");
    for date in [mrz.birth(), mrz.expiry()] {
        let _ = (date.as_birth(today), date.as_expiry(today));
    }
    let _ = (mrz.document_code(), mrz.issuing_state(), mrz.nationality());
    let _ = (
        mrz.document_number(),
        mrz.optional_data(),
        mrz.optional_data_2(),
    );
    let _ = (mrz.sex(), mrz.name(), mrz.name_field(), mrz.access_key());
    let again = Mrz::parse(mrz.as_str()).expect("what was read");
    assert_eq!(
        (again.as_str(), again.layout()),
        (mrz.as_str(), mrz.layout())
    );
});
