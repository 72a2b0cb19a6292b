//! What keyboard programs and encodings make of a QR text (`chipid_vietnam::keyboard`, `qr::encoding`), and the day of expiry.
//!
//! Input: bytes of a text; before the first line feed what was typed, behind it what was printed.
#![no_main]

use chipid_vietnam::expiry::{MOST_CANDIDATES, candidates, rule};
use chipid_vietnam::keyboard::may_be_typed;
use chipid_vietnam::qr::{QrText, encoding};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = encoding::decode(bytes);
    let (typed, printed) = text.split_once('\n').unwrap_or((&text, ""));
    assert_eq!(may_be_typed(typed, printed), may_be_typed(typed, printed));
    if let Ok(qr) = QrText::parse(&text) {
        if let Some(birth) = qr.birth.day() {
            let days = candidates(birth, qr.issue);
            assert!((1..=MOST_CANDIDATES).contains(&days.len()));
            assert_eq!(days.first(), Some(&rule(birth, qr.issue)));
        }
        assert!(qr.earlier_numbers().len() <= qr.extras.len() + 1);
    }
});
