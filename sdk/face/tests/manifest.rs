//! `models/manifest.toml` and the constants of the crate say the same.

use chipid_face::models::{DETECTOR, RECOGNISER};
use chipid_face::{Decision, Fused, Similarity, Thresholds};
use std::path::Path;
use toml::Table;

fn models() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

fn manifest() -> Table {
    std::fs::read_to_string(models().join("manifest.toml"))
        .expect("is there")
        .parse()
        .expect("is TOML")
}

#[test]
fn the_models_are_those_of_the_manifest() {
    let manifest = manifest();
    let entries = manifest["models"].as_array().expect("a list");
    assert_eq!(entries.len(), 2);
    for (entry, (role, model)) in entries
        .iter()
        .zip([("detector", DETECTOR), ("recogniser", RECOGNISER)])
    {
        let text = |key: &str| entry[key].as_str().expect("text");
        assert_eq!(
            (text("role"), text("file"), text("sha256")),
            (role, model.file, model.sha256)
        );
        assert_eq!(text("licence"), model.licence);
        assert_eq!(entry["bytes"].as_integer(), i64::try_from(model.bytes).ok());
        assert!(models().join(text("card")).is_file(), "{}", text("card"));
        assert!(["wheel", "sdist"].contains(&text("package_kind")));
        assert_eq!(
            hex::decode(text("package_sha256")).map(|hash| hash.len()),
            Ok(32)
        );
        assert_eq!(hex::decode(model.sha256).map(|hash| hash.len()), Ok(32));
    }
}

#[test]
fn the_thresholds_are_those_of_the_manifest() {
    let manifest = manifest();
    let entry = manifest["thresholds"].as_table().expect("a table");
    let number = |key: &str| entry[key].as_float().expect("a number");
    let text = |key: &str| entry[key].as_str().expect("text");
    let written = Thresholds::new(
        number("accept") as f32,
        number("reject") as f32,
        number("false_match_rate"),
        text("basis"),
        text("recogniser_sha256"),
    );
    assert_eq!(written, Ok(Thresholds::default()));
    assert_eq!(text("recogniser_sha256"), RECOGNISER.sha256);
    assert!(
        written.is_ok_and(|written| written.accept().value() >= 0.418),
        "a lower one was never measured at the stated rate"
    );
    let strangers = Similarity::new(0.276).expect("in range");
    let fused = Fused {
        similarity: strangers,
        lowest: strangers,
        frames: 1,
    };
    assert_eq!(Thresholds::default().decide(&fused), Decision::Mismatch);
}

#[test]
fn photographs_are_named_and_pinned() {
    let manifest = manifest();
    let photographs = manifest["photographs"].as_array().expect("a list");
    assert_eq!(photographs.len(), 4);
    for photograph in photographs {
        assert!(
            ["Barack Obama", "Joe Biden"].contains(&photograph["person"].as_str().expect("text"))
        );
        for key in ["sha256", "package_sha256"] {
            assert_eq!(
                hex::decode(photograph[key].as_str().expect("text")).map(|hash| hash.len()),
                Ok(32)
            );
        }
    }
}
