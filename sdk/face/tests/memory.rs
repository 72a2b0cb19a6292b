//! Peak memory of loading the models and comparing two photographs, in a process of its own.
#![cfg(target_os = "linux")]

use chipid_face::{FaceEngine, Models, Outcome, decode_live};
use std::io::Write;
use std::path::Path;

/// A reading and its verification need some 20 MB beside it, and the whole shall stay under 200 MB.
const LIMIT_KILOBYTES: u64 = 150_000;

#[test]
fn load_and_compare_stay_under_150_megabytes() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/files");
    let photographs =
        ["obama.jpg", "obama2.jpg"].map(|name| std::fs::read(directory.join(name)).ok());
    let [Some(reference), Some(live)] = photographs else {
        assert!(
            std::env::var_os("CHIPID_REQUIRE_MODELS").is_none(),
            "photographs are missing"
        );
        let line = "\nLEFT OUT load_and_compare_stay_under_150_megabytes: no photographs (scripts/fetch_models.py)\n";
        let _ = std::io::stderr().write_all(line.as_bytes());
        return;
    };
    let faces =
        FaceEngine::load(&Models::from_dir(&directory).expect("models beside the photographs"))
            .expect("loads");
    let (reference, live) = (
        decode_live(&reference).expect("a JPEG"),
        decode_live(&live).expect("a JPEG"),
    );
    assert!(matches!(
        faces.compare(&reference, &live),
        Ok(Outcome::Compared(_))
    ));
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let peak: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .expect("VmHWM");
    let _ = writeln!(
        std::io::stderr(),
        "peak memory of load and compare: {peak} kB"
    );
    assert!(peak < LIMIT_KILOBYTES, "{peak} kB");
}
