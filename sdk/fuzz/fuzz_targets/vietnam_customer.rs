//! A customer's record against a card (`chipid_vietnam::customer`): whatever stands in the record, it is never the same
//! person without number, name and birth, and the answer is the same twice.
//!
//! Input: number, old number, name, birth, sex, issue, expiry, residence, each on a line of its own.
#![no_main]

use chipid_emrtd::time::Date;
use chipid_vietnam::customer::{CardHolder, CustomerRecord, Outcome};
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::sex::Sex;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut lines = text.split('\n');
    let mut next = || lines.next().unwrap_or_default();
    let (number, old_number, name, birth) = (next(), next(), next(), next());
    let record = CustomerRecord::new()
        .number(number)
        .old_number(old_number)
        .name(name)
        .birth(birth)
        .sex(next())
        .issue(next())
        .expiry(next())
        .residence(next());
    let card = CardHolder {
        number: PersonalNumber::new("001099000017").ok(),
        name: Some("Lê Thị Thủy Nghiệm"),
        birth: Date::new(1999, 3, 5),
        sex: Some(Sex::Female),
        old_number: Some("012345678"),
        ..CardHolder::default()
    };
    let found = record.compare(&card);
    assert_eq!(found, record.compare(&card));
    let is_same = matches!(
        found.outcome,
        Outcome::Same | Outcome::SameSpeltDifferently | Outcome::SameNumberChanged
    );
    if is_same {
        assert!(!name.trim().is_empty() && !birth.trim().is_empty());
        let digits: String = number
            .chars()
            .chain(old_number.chars())
            .filter(char::is_ascii_digit)
            .collect();
        let known = ["99000017", "12345678"];
        assert!(known.iter().any(|known| digits.contains(known)));
    }
});
