//! What was typed or scanned against the chip: a ground without values, and both values for whoever decides.

mod support;

use serde_json::json;
use support::{chipid, chipid_fed, csca, validate};

#[test]
fn what_was_typed_is_held_against_the_chip() {
    let trust = csca("vn-2021");
    let base = ["verify", "--card", "vn-2021", "--trust", &trust];
    let same = [
        "--typed-name",
        "LE THU NGHIEM",
        "--typed-number",
        "001090000017",
        "--typed-birth",
        "15/03/1990",
    ];
    let ran = chipid(&[&base[..], &same, &["--json"]].concat());
    validate(&ran.json());
    assert_eq!(ran.json()["differences"], json!([]));

    let other = [
        "--typed-name",
        "Trần Văn Mẫu",
        "--typed-birth",
        "1990-03-16",
    ];
    let ran = chipid(&[&base[..], &other, &["--json"]].concat());
    let value = ran.json();
    validate(&value);
    assert_eq!(
        value["differences"],
        json!([
            {"subject": "name", "code": "clerk_input_mismatch", "between": [
                {"source": "chip", "value": "Lê Thử Nghiệm"}, {"source": "typed", "value": "Trần Văn Mẫu"}]},
            {"subject": "birth", "code": "clerk_input_mismatch", "between": [
                {"source": "chip", "value": "1990-03-15"}, {"source": "typed", "value": "1990-03-16"}]},
        ])
    );
    assert!(!value["grounds"].to_string().contains("Trần"));
    // A field that is not shown is not shown here either.
    let ran = chipid(&[&base[..], &other, &["--json", "--fields", "birth"]].concat());
    let value = ran.json();
    validate(&value);
    assert!(!ran.stdout.contains("Trần") && !ran.stdout.contains("Nghiệm"));
    assert_eq!(value["differences"][1]["between"][1]["value"], "1990-03-16");

    let ran = chipid(&[&base[..], &other, &["--lang", "vi"]].concat());
    assert!(ran.stdout.contains("Thông tin khác nhau"), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("Họ và tên: chip: Lê Thử Nghiệm ≠ đã nhập: Trần Văn Mẫu"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stderr.contains("Trần"), "{}", ran.stderr);
}

#[test]
fn a_name_from_standard_input_and_a_day_that_is_none() {
    let trust = csca("vn-2021");
    let base = ["verify", "--card", "vn-2021", "--trust", &trust];
    let fed = [&base[..], &["--typed-name", "-", "--json"]].concat();
    let ran = chipid_fed(&fed, "Lê Thử Nghiệm\n");
    assert_eq!(ran.json()["differences"], json!([]));
    let ran = chipid(&[&base[..], &["--typed-birth", "31/02/1990"]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("DD/MM/YYYY"), "{}", ran.stderr);
}

#[test]
fn another_persons_qr_code_shows_both_names() {
    let trust = csca("vn-2021");
    let qr = "001090000017||Trần Văn Mẫu|15031990|Nam|Số 1 Phố Mẫu, Hà Nội|10052021";
    let ran = chipid(&[
        "verify", "--card", "vn-2021", "--trust", &trust, "--qr", qr, "--json",
    ]);
    let value = ran.json();
    validate(&value);
    assert_eq!(value["differences"][0]["between"][1]["source"], "qr");
    assert_eq!(
        value["differences"][0]["between"][1]["value"],
        "Trần Văn Mẫu"
    );
}
