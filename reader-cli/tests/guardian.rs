//! `chipid guardian`: two cards, one answer.

mod support;

use serde_json::Value;
use std::path::Path;
use support::schema;
use support::{bundled, chipid, csca, folder, photograph, validate};

/// Both cards, each with its own test authority trusted, and the photograph of nobody.
fn guardian(child: &str, grown: &str, more: &[&str]) -> support::Ran {
    let sources = [format!("card:{child}"), format!("card:{grown}")];
    let trusted = [csca(child), csca(grown)];
    let mut arguments = vec![
        "guardian",
        "--child",
        &sources[0],
        "--guardian",
        &sources[1],
        "--trust",
        &trusted[0],
        "--trust",
        &trusted[1],
    ];
    if !more.contains(&"--policy") {
        arguments.extend(["--policy", "demo"]);
    }
    arguments.extend(more);
    chipid(&arguments)
}

fn json(child: &str, grown: &str, more: &[&str]) -> (i32, Value) {
    let ran = guardian(child, grown, &[&["--json"], more].concat());
    let value = ran.json();
    let text = chipid_test_vectors::read("schemas/guardian.schema.json");
    let schema: Value = serde_json::from_slice(&text).unwrap();
    let errors = schema::errors(&schema, &value);
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
    validate(&value["child"]);
    validate(&value["guardian"]);
    (ran.code, value)
}

fn has(value: &Value, of: &str, code: &str, detail: Value) -> bool {
    let grounds = value["grounds"].as_array().unwrap();
    grounds
        .iter()
        .any(|g| g["of"] == of && g["code"] == code && g["detail"] == detail)
}

#[test]
fn the_chip_names_the_father_and_his_face_is_wanted() {
    let (code, answer) = json("vn-minor", "vn-parent", &[]);
    assert_eq!(code, 3);
    assert_eq!(answer["kinship"]["basis"], "chip");
    assert_eq!(answer["kinship"]["relation"], "father");
    assert_eq!(answer["kinship"]["names"], "exact");
    assert_eq!(answer["kinship"]["spouse_is_other_parent"], true);
    assert_eq!(answer["kinship"]["sufficient"], true);
    assert_eq!(answer["kinship_accepted"], serde_json::json!(["chip"]));
    assert!(has(&answer, "both", "kinship_by_name", "chip".into()));
    // All that is missing is the guardian before a camera.
    assert!(has(
        &answer,
        "guardian",
        "face_not_compared",
        "no_live_image".into()
    ));
    assert_eq!(answer["child"]["verdict"], "accept");
    assert_eq!(answer["child"]["policy"]["name"], "demo (child)");
    assert_eq!(answer["guardian"]["verdict"], "undecided");
}

#[test]
fn a_qr_code_and_a_declaration_do_not_suffice() {
    let qr = bundled("vn-under-14")["qr"].as_str().unwrap().to_owned();
    let (code, answer) = json("vn-under-14", "vn-parent", &["--child-qr", &qr]);
    assert_eq!(code, 3);
    assert_eq!(answer["kinship"]["basis"], "qr_unsigned");
    assert_eq!(answer["kinship"]["sufficient"], false);
    assert!(has(
        &answer,
        "both",
        "kinship_insufficient",
        "qr_unsigned".into()
    ));
    assert!(has(&answer, "child", "holder_under_14", Value::Null));

    let (code, answer) = json("vn-under-6", "vn-2021", &["--declared", "grandparent"]);
    assert_eq!(code, 3);
    assert_eq!(answer["kinship"]["relation"], "grandparent");
    let (code, answer) = json("vn-under-6", "vn-2021", &[]);
    assert_eq!(code, 3);
    assert_eq!(answer["kinship"], Value::Null);
    assert!(has(&answer, "both", "kinship_missing", Value::Null));
}

#[test]
fn the_same_card_twice_is_refused() {
    let (code, answer) = json("vn-minor", "vn-minor", &["--declared", "parent"]);
    assert_eq!(code, 1);
    assert!(has(&answer, "both", "guardian_is_child", Value::Null));
}

#[test]
#[ignore = "needs photographs"]
fn a_guardian_whose_face_matches_is_none_by_saying_so() {
    // The card demo carries a photograph, and is the one card that can be matched.
    let live = photograph("obama2.jpg");
    let arguments = ["--live", &live, "--declared", "grandparent"];
    let (code, answer) = json("vn-minor", "demo", &arguments);
    assert_eq!(
        (code, &answer["guardian"]["verdict"]),
        (3, &"accept".into())
    );
    assert!(has(
        &answer,
        "both",
        "kinship_insufficient",
        "declared".into()
    ));
}

#[test]
#[ignore = "needs photographs"]
fn the_father_is_accepted_with_his_card_and_his_face() {
    let father = folder("father").display().to_string();
    let portrait = photograph("obama.jpg");
    let new = [
        "card",
        "new",
        &father,
        "--profile",
        "vn-parent",
        "--portrait",
        &portrait,
        "--json",
    ];
    let made = chipid(&new).json();
    let live = |name: &str| {
        let source = format!("card:{father}");
        let (csca, photograph) = (csca("vn-minor"), photograph(name));
        chipid(&[
            "guardian",
            "--child",
            "card:vn-minor",
            "--guardian",
            &source,
            "--trust",
            &csca,
            "--trust",
            made["csca"].as_str().unwrap(),
            "--policy",
            "demo",
            "--live",
            &photograph,
        ])
    };
    let accepted = live("obama2.jpg");
    assert_eq!(accepted.code, 0, "{}{}", accepted.stdout, accepted.stderr);
    assert_eq!(live("biden.jpg").code, 1);
}

#[test]
fn a_clerk_reads_it_in_both_languages() {
    for (lang, words) in [
        (
            "vi",
            [
                "Quan hệ giám hộ",
                "cha: theo họ tên trong chip",
                "Thẻ của trẻ",
                "Phạm Minh Quân",
            ],
        ),
        (
            "en",
            [
                "Kinship",
                "father: by the name in the chip",
                "The child's card",
                "Phạm Quốc Bảo",
            ],
        ),
    ] {
        let ran = guardian("vn-minor", "vn-parent", &["--lang", lang]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        for word in words {
            assert!(ran.stdout.contains(word), "{word}: {}", ran.stdout);
        }
    }
}

#[test]
fn sources_and_relations_are_named_when_they_are_wrong() {
    for (option, word, hint) in [
        ("--child", "passport", "a source is reader"),
        ("--guardian", "cards:demo", "a source is reader"),
        ("--declared", "friend", "a relation is parent"),
    ] {
        let ran = chipid(&["guardian", option, word]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(hint), "{}", ran.stderr);
    }
    let ran = chipid(&[
        "guardian",
        "--child",
        "files:nowhere",
        "--guardian",
        "card:vn-parent",
    ]);
    assert_eq!(ran.code, 2);
    assert!(!Path::new("nowhere").exists());
}

/// Nobody is asked for a photograph where the chip has nothing to compare it with.
#[test]
fn a_child_under_6_is_not_to_be_photographed() {
    let trusted = csca("vn-under-6");
    let arguments = [
        "--card",
        "vn-under-6",
        "--policy",
        "demo",
        "--trust",
        &trusted,
    ];
    let ran = chipid(&[&["verify"], &arguments[..]].concat());
    assert_eq!(ran.code, 3);
    assert!(
        ran.stdout.contains("compare document and person by eye"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("--live"), "{}", ran.stdout);
}
