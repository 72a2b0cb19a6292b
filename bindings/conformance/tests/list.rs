//! The list of cases: its schema, what every entry must have, and that the reference finds what is expected.

#[path = "../../../reader-cli/tests/support/schema.rs"]
mod schema;

use chipid_conformance::blocks::{Block, from_text};
use chipid_conformance::cases::List;
use chipid_conformance::members;
use chipid_conformance::run::{Manner, run};
use chipid_conformance::serve::resolved;
use chipid_conformance::table::table;
use chipid_conformance::workshop::Workshop;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn list() -> List {
    List::load(&root().join("cases.json")).expect("the list")
}

fn json(name: &str) -> Value {
    let text = std::fs::read(root().join(name)).expect(name);
    serde_json::from_slice(&text).expect(name)
}

#[test]
fn the_list_keeps_to_its_schema() {
    let errors = schema::errors(&json("cases.schema.json"), &json("cases.json"));
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn a_list_that_breaks_the_schema_is_seen() {
    let mut broken = json("cases.json");
    broken["cases"][0]["give"]["key.charm"] = "x".into();
    broken["cases"][1]["expect"] = Value::Object(serde_json::Map::new());
    let errors = schema::errors(&json("cases.schema.json"), &broken);
    assert_eq!(errors.len(), 2, "{errors:#?}");
}

/// What the run is for: the kinds of case that no language may be without.
#[test]
fn every_kind_of_case_is_there() {
    let list = list();
    let mut groups: BTreeSet<&str> = list.cases.iter().map(|case| case.group()).collect();
    for kind in [
        "reading",
        "profile",
        "fault",
        "access",
        "keys",
        "torn",
        "transport",
        "chip",
        "saved",
        "chain",
        "trust",
        "card",
        "time",
        "policy",
        "compare",
        "fields",
        "frame",
        "face",
        "models",
        "liveness",
        "vendor",
        "confirmation",
        "attempts",
    ] {
        assert!(groups.remove(kind), "{kind}");
    }
    assert!(groups.is_empty(), "{groups:?}");
    let answers: BTreeSet<_> = list
        .cases
        .iter()
        .filter_map(|c| c.expect.verdict.as_deref())
        .collect();
    assert_eq!(answers.len(), 3);
}

/// All cases through the crate, and what is expected of each. Faces too, where models and photographs were fetched.
#[test]
fn the_reference_finds_what_the_list_expects() {
    let folder = std::env::temp_dir().join(format!("chipid-list-{}", std::process::id()));
    let workshop =
        Workshop::new(list(), &folder, &root().join("../../models/files")).expect("a workshop");
    let members =
        members::load(&root().join("members.toml"), &["swift".to_owned()]).expect("members");
    let manner = Manner {
        root: root().join("../.."),
        folder: folder.clone(),
        limit: Duration::from_secs(60),
        only: Vec::new(),
    };
    let outcome = run(&workshop, &members, &manner).expect("a run");
    let results = std::fs::read_to_string(folder.join("rust.results")).expect("results");
    std::fs::remove_dir_all(&folder).expect("the folder");
    assert!(outcome.holds(), "{}", table(&outcome));
    assert!(outcome.cases.len() > 300);
    frames_are_turned_upright(&from_text(&results).expect("blocks"));
}

/// Without models nobody runs what needs them, and everything else is run.
#[test]
fn only_faces_are_left_out_where_there_are_no_models() {
    let folder = std::env::temp_dir().join(format!("chipid-without-{}", std::process::id()));
    let workshop = Workshop::new(list(), &folder, &folder.join("none")).expect("a workshop");
    let (cases, left_out) = resolved(&workshop).expect("cases");
    std::fs::remove_dir_all(&folder).expect("the folder");
    let of_faces = ["face", "liveness", "attempts", "models", "vendor"];
    for id in &left_out {
        let group = id.split('/').next().expect("a group");
        assert!(of_faces.contains(&group), "{id}");
    }
    assert!(
        left_out.len() > 40 && left_out.len() < 80,
        "{}",
        left_out.len()
    );
    assert_eq!(cases.len() + left_out.len(), workshop.list().cases.len());
}

/// A frame that is turned has the digest of one that was upright; formats without loss have the same.
fn frames_are_turned_upright(results: &[Block]) {
    let digest = |name: &str| {
        let id = format!("frame/{name}");
        let result = results
            .iter()
            .find(|r| r.first("id") == Some(&id))
            .expect(&id);
        result.first("image").expect("a digest").to_owned()
    };
    for formats in [["rgb", "bgra"], ["nv21", "yuv420"]] {
        let upright = digest(&format!("{}-0", formats[0]));
        for format in formats {
            for rotation in [0, 90, 180, 270] {
                assert_eq!(
                    digest(&format!("{format}-{rotation}")),
                    upright,
                    "{format} {rotation}"
                );
            }
        }
    }
    assert_ne!(digest("rgb-0"), digest("nv21-0"));
}
