//! The customer form, as JSON and as a page.

mod support;

use base64ct::{Base64, Encoding};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use support::{chipid, csca, folder};

fn validated(form: &Value) {
    let schema: Value =
        serde_json::from_slice(&chipid_test_vectors::read("schemas/form.schema.json")).unwrap();
    let errors = support::schema::errors(&schema, form);
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn a_form_of_each_kind_of_card_is_as_the_schema_says() {
    for card in [
        "vn-2021",
        "vn-2024",
        "vn-no-expiry",
        "vn-under-6",
        "passport-p256",
        "passport-bac",
    ] {
        for purpose in [None, Some("account-opening"), Some("age-check")] {
            let mut arguments = vec!["form", "--card", card];
            arguments.extend(purpose.iter().flat_map(|name| ["--purpose", name]));
            let ran = chipid(&arguments);
            assert_eq!(ran.code, 0, "{card}: {}", ran.stderr);
            let form = ran.json();
            validated(&form);
            let wants_portrait = purpose != Some("age-check") && card != "vn-under-6";
            assert_eq!(
                !form["portrait"].is_null(),
                wants_portrait,
                "{card} {purpose:?}"
            );
            if purpose == Some("age-check") {
                let fields: Vec<&String> = form["fields"].as_object().unwrap().keys().collect();
                assert_eq!(fields, ["birth"]);
            }
        }
    }
}

#[test]
fn the_page_shows_the_holder_in_both_languages() {
    let csca = csca("vn-2021");
    let page = folder("form.html");
    let file = page.display().to_string();
    let ran = chipid(&[
        "form",
        "--card",
        "vn-2021",
        "--policy",
        "demo",
        "--trust-id",
        &csca,
        "--at",
        "2027-01-01",
        "--purpose",
        "account-opening",
        "--out",
        &file,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    let text = fs::read_to_string(&page).unwrap();
    for part in [
        "Họ và tên <i lang=\"en\">Name</i></th><td>Lê Thử Nghiệm</td>",
        "<td>15/03/1990</td>",
        "<td>001090000017</td>",
        "CHƯA ĐỦ CƠ SỞ KẾT LUẬN",
        "THẺ THỬ",
        "Mở tài khoản",
        "size: A4",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("Kinh"), "ethnicity was not asked for");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&page).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    // The same data as JSON, the portrait byte by byte.
    let file = folder("form.json").display().to_string();
    let ran = chipid(&["form", "--card", "vn-2021", "--out", &file]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let form: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    validated(&form);
    let data = Base64::decode_vec(form["portrait"]["data"].as_str().unwrap()).unwrap();
    assert!(data.starts_with(&[0xFF, 0xD8, 0xFF]));
    assert!(text.contains(&Base64::encode_string(&data)));
}

#[test]
fn a_form_is_written_as_json_or_as_a_page() {
    for (file, lang, says) in [
        ("form.pdf", "en", "a form is written as .json or .html"),
        ("form", "vi", "phiếu được ghi dưới dạng .json hoặc .html"),
    ] {
        let ran = chipid(&["form", "--card", "vn-2021", "--lang", lang, "--out", file]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
        assert!(!ran.stderr.contains("CAN"), "{}", ran.stderr);
    }
}

#[test]
fn saved_files_make_the_same_form() {
    let out = folder("form-files").display().to_string();
    assert_eq!(
        chipid(&["read", "--card", "vn-2024", "--out", &out]).code,
        0
    );
    let live = chipid(&["form", "--card", "vn-2024"]).json();
    let saved = chipid(&["form", "--files", &out]).json();
    assert_eq!(live["fields"], saved["fields"]);
    assert_eq!(live["portrait"], saved["portrait"]);
    assert_eq!(saved["checks"]["chip_genuine"]["status"], "not_performed");
}

#[test]
fn a_portrait_in_jpeg_2000_becomes_one_that_browsers_show() {
    let folder = support::vectors("cards/bsi-2008-reference-lds");
    let on_chip = fs::read(folder.join("DG2.bin")).unwrap();
    let signature = b"\x00\x00\x00\x0CjP  ";
    let start = on_chip.windows(8).position(|w| w == signature).unwrap();
    let folder = folder.display().to_string();
    let form = chipid(&["form", "--files", &folder, "--at", "2008-06-01"]).json();
    validated(&form);
    let data = Base64::decode_vec(form["portrait"]["data"].as_str().unwrap()).unwrap();
    let image = image::load_from_memory_with_format(&data, image::ImageFormat::Jpeg).unwrap();
    assert!(image.width() > 100 && image.height() > 100);
    // Its digest is that of the picture on the chip.
    let digest = hex::encode(Sha256::digest(&on_chip[start..]));
    assert_eq!(form["portrait"]["sha256"], digest);
}
