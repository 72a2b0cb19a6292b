//! Zones as a camera read them (`chipid_vietnam::mrz_repair`): what is put right holds, and putting it right again changes nothing.
#![no_main]

use chipid_emrtd::mrz::Mrz;
use chipid_vietnam::mrz_repair::repair;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(repaired) = repair(text) {
        let zone = repaired.mrz.as_str();
        assert!(Mrz::parse(zone).is_ok());
        let again = repair(zone).expect("a zone that holds");
        assert_eq!(again.mrz.as_str(), zone);
        assert!(again.proven.is_empty() && again.unproven.is_empty());
        let places = repaired.proven.len() + repaired.unproven.len();
        assert!(places <= zone.len());
    }
});
