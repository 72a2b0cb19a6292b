//! Names with diacritics against names of the zone (`chipid_vietnam::name`): folding twice is folding once.
//!
//! Input: the name of the zone, a line feed, the name.
#![no_main]

use chipid_vietnam::name::{fold, mrz_name_fits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let folded = fold(text);
    assert_eq!(*fold(&folded), *folded);
    let (mrz_name, name) = text.split_once('\n').unwrap_or((text, text));
    let _ = mrz_name_fits(mrz_name, name);
});
