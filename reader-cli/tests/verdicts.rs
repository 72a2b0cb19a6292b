//! `verify` over virtual cards: what each argument does to the verdict.

mod support;

use serde_json::Value;
use support::{bundled, chipid, csca, photograph, validate};

fn verify(arguments: &[&str]) -> (i32, Value) {
    let arguments = [&["verify", "--json"], arguments].concat();
    let ran = chipid(&arguments);
    let value = ran.json();
    validate(&value);
    (ran.code, value)
}

fn codes(value: &Value, severity: &str) -> Vec<String> {
    value["grounds"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|g| g["severity"] == severity)
        .map(|g| g["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
#[ignore = "needs photographs"]
fn the_same_man_is_accepted_and_another_rejected() {
    let csca = csca("demo");
    let base = ["--card", "demo", "--policy", "demo", "--trust", &csca];
    for (photo, code, verdict) in [
        ("obama2.jpg", 0, "accept"),
        ("obama3.jpg", 0, "accept"),
        ("biden.jpg", 1, "reject"),
    ] {
        let photo = photograph(photo);
        let (found, value) = verify(&[&base[..], &["--live", &photo]].concat());
        assert_eq!((found, value["verdict"].as_str().unwrap()), (code, verdict));
        assert_eq!(value["checks"]["face"]["capture"], "file");
    }
}

#[test]
#[ignore = "needs photographs"]
fn what_is_left_out_leaves_it_undecided() {
    let csca = csca("demo");
    let photo = photograph("obama2.jpg");
    let (code, value) = verify(&["--card", "demo", "--policy", "demo", "--trust", &csca]);
    assert_eq!(code, 3);
    assert_eq!(value["checks"]["face"]["reason"], "no_live_image");

    let (code, value) = verify(&["--card", "demo", "--policy", "demo", "--live", &photo]);
    assert_eq!(code, 3);
    assert!(codes(&value, "doubt").contains(&"trust_store_empty".to_owned()));
    assert_eq!(value["holder"]["trust"], "signature_only");

    let (code, value) = verify(&["--card", "demo", "--trust", &csca, "--live", &photo]);
    assert_eq!(
        (code, value["policy"]["name"].as_str()),
        (3, Some("counter"))
    );
    assert_eq!(codes(&value, "doubt"), ["test_issuer"]);
}

#[test]
#[ignore = "needs photographs"]
fn several_live_images_are_fused_and_not_the_best_of_them_taken() {
    let csca = csca("demo");
    let (him, other) = (photograph("obama2.jpg"), photograph("biden.jpg"));
    let base = [
        "--card", "demo", "--policy", "demo", "--trust", &csca, "--live", &him,
    ];
    let (code, _) = verify(&[&base[..], &["--live", &photograph("obama3.jpg")]].concat());
    assert_eq!(code, 0);
    let (code, value) = verify(&[&base[..], &["--live", &other]].concat());
    assert_eq!(code, 1, "{value:#}");
}

#[test]
#[ignore = "needs photographs"]
fn the_demonstration_ends_in_accept() {
    let ran = chipid(&["demo"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for words in [
        "A C C E P T",
        "PACE",
        "Test CSCA",
        "Barack Obama",
        "for demonstrations",
    ] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    assert!(
        !ran.stdout.contains('\u{1b}'),
        "no terminal, no escape sequences"
    );
    let ran = chipid(&["demo", "--json"]);
    validate(&ran.json());
    assert_eq!(ran.json()["verdict"], "accept");
    let ran = chipid(&["demo", "--lang", "vi", "--faces", "always"]);
    assert!(ran.stdout.contains("C H Ấ P"), "{}", ran.stdout);
    assert!(ran.stdout.contains("ảnh chân dung trên chip"));
}

#[test]
#[ignore = "needs photographs"]
fn a_photograph_without_a_face_is_a_reason_and_no_error() {
    let csca = csca("demo");
    let blank = support::folder("blank.png");
    std::fs::write(&blank, blank_png()).unwrap();
    let blank = blank.display().to_string();
    let (code, value) = verify(&[
        "--card", "demo", "--policy", "demo", "--trust", &csca, "--live", &blank,
    ]);
    assert_eq!(
        (code, &value["checks"]["face"]["reason"]),
        (3, &"no_face".into())
    );
    assert_eq!(value["checks"]["face"]["advice"], "show_face");
}

/// 64 by 64 grey pixels.
fn blank_png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(64, 64, image::Luma([128]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn every_bundled_card_is_read_with_its_own_key_and_with_its_mrz() {
    for card in [
        "vn-2021",
        "vn-2024",
        "passport-p256",
        "passport-bac",
        "id-p521",
        "id-brainpool",
        "id-tdes",
    ] {
        let csca = csca(card);
        let (code, value) = verify(&["--card", card, "--policy", "demo", "--trust", &csca]);
        assert_eq!(code, 3, "{card}");
        assert_eq!(
            value["checks"]["passive_authentication"]["status"], "passed",
            "{card}"
        );
        assert_eq!(
            value["checks"]["chip_genuine"]["status"], "passed",
            "{card}"
        );
        assert_eq!(value["holder"]["trust"], "issuer_verified", "{card}");
        assert_eq!(codes(&value, "fatal"), [""; 0], "{card}");

        let mrz = bundled(card)["mrz"].as_str().unwrap().to_owned();
        let ran = chipid(&["read", "--json", "--card", card, "--mrz", &mrz]);
        validate(&ran.json());
        assert_eq!(ran.json()["checks"]["access"]["password"], "mrz", "{card}");
        assert_eq!(ran.stderr, "", "{card}");
    }
}

#[test]
fn the_personal_number_and_the_qr_text_open_a_vietnamese_card() {
    let number = bundled("vn-2021")["number"].as_str().unwrap().to_owned();
    let (_, value) = verify(&["--card", "vn-2021", "--number", &number]);
    assert_eq!(value["checks"]["access"]["password"], "can");

    let qr = format!("{number}||Lê Thử Nghiệm|15031990|Nam|Số 1 Phố Mẫu, Hà Nội|10052021");
    let (_, value) = verify(&["--card", "vn-2021", "--qr", &qr]);
    assert!(
        !codes(&value, "doubt").contains(&"qr_mismatch".to_owned()),
        "{value:#}"
    );
    let other = qr.replace("Lê Thử", "Lê Khác");
    let (_, value) = verify(&["--card", "vn-2021", "--qr", &other]);
    assert!(codes(&value, "doubt").contains(&"qr_mismatch".to_owned()));
}

#[test]
fn a_foreign_csca_is_no_help() {
    let (code, value) = verify(&[
        "--card",
        "vn-2021",
        "--policy",
        "demo",
        "--trust",
        &csca("vn-2024"),
    ]);
    assert_ne!(code, 0);
    assert_ne!(
        value["checks"]["passive_authentication"]["status"],
        "passed"
    );
}

#[test]
fn a_day_after_the_expiry_rejects() {
    let csca = csca("vn-2021");
    let base = [
        "--card", "vn-2021", "--policy", "demo", "--trust", &csca, "--at",
    ];
    let (code, value) = verify(&[&base[..], &["2030-03-15"]].concat());
    assert_eq!(
        (
            code,
            value["checks"]["document_validity"]["status"].as_str()
        ),
        (3, Some("passed"))
    );
    assert_eq!(value["time"]["source"], "given");
    let (code, value) = verify(&[&base[..], &["2030-03-16"]].concat());
    assert_eq!(
        (code, codes(&value, "fatal")),
        (1, vec!["document_expired".to_owned()])
    );
}

#[test]
fn a_policy_of_ones_own_cannot_lower_what_is_fatal() {
    let file = support::folder("own.toml");
    let path = file.display().to_string();
    std::fs::write(
        &file,
        "name = \"own\"\nrequires = [\"passive_authentication\"]\n",
    )
    .unwrap();
    let (code, value) = verify(&[
        "--card",
        "vn-2021",
        "--policy",
        &path,
        "--trust",
        &csca("vn-2021"),
    ]);
    assert_eq!((code, value["policy"]["name"].as_str()), (3, Some("own")));
    assert_eq!(value["checks"]["face"]["reason"], "not_requested");
    std::fs::write(&file, "name = \"own\"\nrequires = [\"passive_authentication\"]\n[severity]\ndigest_mismatch = \"note\"\n").unwrap();
    let ran = chipid(&["verify", "--card", "vn-2021", "--policy", &path]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("digest_mismatch"));
}
