//! A virtual card behind a link that loses it: the program goes on where it was, or says that it may not.

mod support;

use support::{chipid, schema};

const CARD: [&str; 3] = ["read", "--card", "passport-p256"];

#[test]
fn a_card_that_moves_is_read_to_its_end_and_what_that_cost_is_told() {
    let still = chipid(&[&CARD[..], &["--link", "424", "--json"]].concat());
    assert_eq!(still.code, 0, "{}", still.stderr);
    let moved = chipid(&[&CARD[..], &["--link", "424,lost=9,lost=20", "--json"]].concat());
    assert_eq!(moved.code, 0, "{}", moved.stderr);
    assert_eq!(
        moved.stderr.matches("the card moved").count(),
        2,
        "{}",
        moved.stderr
    );
    let (still, moved) = (still.json(), moved.json());
    let schema = std::fs::read(support::vectors("schemas/verify.schema.json")).unwrap();
    let schema = serde_json::from_slice(&schema).unwrap();
    for printed in [&still, &moved] {
        assert_eq!(schema::errors(&schema, printed), Vec::<String>::new());
    }
    assert_eq!(still["holder"], moved["holder"]);
    assert_eq!(
        still["checks"]["passive_authentication"]["data_groups"],
        moved["checks"]["passive_authentication"]["data_groups"]
    );
    let apdus = |of: &serde_json::Value| of["apdus"]["count"].as_u64().unwrap();
    assert!(apdus(&moved) > apdus(&still));
}

#[test]
fn without_resumes_a_card_that_moves_ends_the_reading() {
    let ran = chipid(&[&CARD[..], &["--link", "424,lost=9", "--resumes", "0"]].concat());
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("hint:"), "{}", ran.stderr);
}

#[test]
fn what_the_card_says_of_itself_is_saved_where_it_is_asked_for() {
    let folder = support::folder("card-files");
    let path = folder.to_str().unwrap();
    let card = support::folder("full");
    let card = card.to_str().unwrap();
    assert_eq!(
        chipid(&["card", "new", card, "--profile", "passport-full"]).code,
        0
    );
    let ran = chipid(&["read", "--card", card, "--card-files", "--out", path]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for file in ["EF_ATR.bin", "EF_DIR.bin"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
}
