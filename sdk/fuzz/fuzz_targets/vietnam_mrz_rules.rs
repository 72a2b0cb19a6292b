//! What the zone of the Vietnamese card says beyond Doc 9303 (`chipid_vietnam::mrz_rules`), and its comparison with DG13.
//!
//! Input: document number, optional data, birth, name, one a line.
#![no_main]

use chipid_vietnam::consistency::{MrzHolder, compare};
use chipid_vietnam::dg13::Dg13;
use chipid_vietnam::mrz_rules::{is_no_expiry, number_in_optional_data};
use chipid_vietnam::personal_number::PersonalNumber;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = (is_no_expiry(text), number_in_optional_data(text));
    if let Ok(number) = PersonalNumber::new(text) {
        let _ = (number.birth_year(), number.sex(), number.place_code());
        let _ = (
            number.century_and_sex(),
            number.document_number(),
            number.can(),
        );
    }
    let lines: Vec<&str> = text.split('\n').collect();
    if let [document_number, optional_data, birth, name] = lines[..] {
        let _ = number_in_optional_data(optional_data);
        let holder = MrzHolder {
            document_number,
            optional_data,
            birth,
            sex: name.chars().next().unwrap_or('<'),
            expiry: "991231",
            name,
        };
        let _ = compare(&holder, &Dg13::default());
    }
});
