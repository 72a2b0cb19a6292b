//! DG16 (`chipid_emrtd::lds::dg16`).
#![no_main]

use chipid_emrtd::lds::dg16;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(found) = dg16::parse(data) {
        for person in &found.persons {
            let _ = person.name.as_ref().map(|name| name.joined(" "));
            let _ = person.recorded.map(|day| day.to_string());
        }
    }
});
