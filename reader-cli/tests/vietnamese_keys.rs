//! A Vietnamese card opened with whatever is at hand: number, QR text, QR picture, zone; whole, misread or garbled.

mod support;

#[path = "../../sdk/chipid/tests/support/qr_photograph.rs"]
mod qr_photograph;

use qr_photograph::Photograph;
use serde_json::Value;
use std::fs;
use support::{Ran, bundled, chipid, chipid_fed, folder, validate};

/// What the bundled card's QR code says.
fn qr_of(card: &str) -> String {
    // Making the card puts its data into a folder, the text of its QR code among them.
    let profile = bundled(card);
    let name = profile["profile"].as_str().unwrap();
    chipid_virtual_card::Profile::builtin(name)
        .unwrap()
        .qr_text()
        .unwrap()
}

fn read(card: &str, key: &[&str]) -> (Value, Ran) {
    let ran = chipid(&[&["read", "--json", "--card", card], key].concat());
    assert_eq!(ran.code, 0, "{card} {key:?}: {}", ran.stderr);
    let value = ran.json();
    validate(&value);
    (value, ran)
}

fn access(value: &Value) -> (&str, &str, u64) {
    let access = &value["checks"]["access"];
    (
        access["protocol"].as_str().unwrap(),
        access["password"].as_str().unwrap(),
        access["attempts"].as_u64().unwrap(),
    )
}

fn saved(name: &str, bytes: &[u8]) -> String {
    let path = folder(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn number_qr_text_and_zone_open_both_generations_at_the_first_try() {
    for (card, name) in [("vn-2021", "Lê Thử Nghiệm"), ("vn-2024", "Trần Thị Mẫu")] {
        let (number, mrz) = (
            bundled(card)["number"].clone(),
            bundled(card)["mrz"].clone(),
        );
        let qr = qr_of(card);
        for (key, value, password) in [
            ("--number", number.as_str().unwrap(), "can"),
            ("--qr", &qr, "can"),
            ("--mrz", mrz.as_str().unwrap(), "mrz"),
        ] {
            let (read, ran) = read(card, &[key, value]);
            assert_eq!(access(&read), ("pace", password, 1), "{card} {key}");
            assert_eq!(read["holder"]["name"], name, "{card} {key}");
            assert_eq!(ran.stderr, "", "{card} {key}");
        }
        let ran = chipid(&["read", "--card", card, "--qr", &qr, "--lang", "vi"]);
        assert!(ran.stdout.contains(name), "{}", ran.stdout);
    }
}

#[test]
fn every_vietnamese_card_opens_with_its_qr_code_and_with_its_zone() {
    let list = chipid(&["card", "list", "--json"]).json();
    let mut opened = 0;
    for card in list.as_array().unwrap() {
        let name = card["name"].as_str().unwrap();
        if !name.starts_with("vn-") {
            continue;
        }
        let (of_qr, _) = read(name, &["--qr", &qr_of(name)]);
        let (of_zone, _) = read(name, &["--mrz", card["mrz"].as_str().unwrap()]);
        for value in [of_qr, of_zone] {
            assert!(access(&value).2 <= 5, "{name}");
            assert_eq!(value["holder"]["personal_number"], card["number"], "{name}");
            opened += 1;
        }
    }
    assert!(opened >= 40, "{opened}");
}

/// Lines end in CRLF, a byte order mark comes first, and files are UTF-16.
#[test]
fn keys_come_as_programs_of_windows_write_them() {
    let card = "vn-2021";
    let own = bundled(card);
    let (can, zone) = (own["can"].as_str().unwrap(), own["mrz"].as_str().unwrap());
    for given in [format!("{can}\r\n"), format!("\u{feff}{can}\r\n")] {
        let ran = chipid_fed(&["read", "--json", "--card", card, "--can", "-"], &given);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let zone = zone.replace('\n', "\r\n");
    let wide: Vec<u8> = std::iter::once(0xFEFF)
        .chain(zone.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = format!("\u{feff}{zone}\r\n").into_bytes();
    for (name, bytes) in [("zone-wide.txt", wide), ("zone-marked.txt", marked)] {
        let path = saved(name, &bytes);
        let (value, _) = read(card, &["--mrz", &format!("@{path}")]);
        assert_eq!(value["key"]["source"], "mrz");
    }
    let path = saved("zone-broken.txt", &[0xFF, 0xFF, 0x31]);
    let broken = chipid(&["read", "--card", card, "--mrz", &format!("@{path}")]);
    assert_eq!(broken.code, 2);
}

#[test]
fn a_card_without_pace_opens_with_the_qr_code_alone() {
    let card = "vn-bac-only";
    let (value, _) = read(card, &["--qr", &qr_of(card)]);
    // The day of expiry is in no QR code: it was reckoned, and right at the first try.
    assert_eq!(access(&value), ("bac", "mrz", 1));
    assert_eq!(value["key"]["source"], "qr_text");
    assert!(value["key"]["candidates"].as_u64().unwrap() > 2);

    let number = bundled(card)["number"].as_str().unwrap().to_owned();
    let alone = chipid(&["read", "--card", card, "--number", &number]);
    assert_eq!(alone.code, 2);
    assert!(
        alone
            .stderr
            .contains("hint: this chip does not open with the number alone"),
        "{}",
        alone.stderr
    );
    let qr = qr_of(card);
    let fields: Vec<&str> = qr.split('|').collect();
    let day = |text: &str| format!("{}-{}-{}", &text[4..], &text[2..4], &text[..2]);
    let (birth, issued) = (day(fields[3]), day(fields[6]));
    let (value, _) = read(
        card,
        &["--number", &number, "--birth", &birth, "--issued", &issued],
    );
    assert_eq!(access(&value), ("bac", "mrz", 1));
    assert_eq!(value["key"]["source"], "number_and_days");
    let mrz = bundled(card)["mrz"].as_str().unwrap().replace('\n', "");
    let (value, _) = read(
        card,
        &[
            "--number",
            &number,
            "--birth",
            &mrz[30..36],
            "--expiry",
            &mrz[38..44],
        ],
    );
    assert_eq!(access(&value), ("bac", "mrz", 1));
    let half = chipid(&[
        "read", "--card", card, "--number", &number, "--birth", &birth,
    ]);
    assert_eq!(half.code, 2);
    assert!(
        half.stderr.contains("hint: add --issued"),
        "{}",
        half.stderr
    );
}

#[test]
fn a_card_that_takes_the_can_alone_opens_with_its_zone() {
    let mrz = bundled("vn-pace-can")["mrz"].as_str().unwrap().to_owned();
    let (value, _) = read("vn-pace-can", &["--mrz", &mrz]);
    assert_eq!(access(&value).1, "can");
}

#[test]
fn a_zone_as_a_camera_read_it() {
    let card = "vn-2021";
    let whole = bundled(card)["mrz"].as_str().unwrap().to_owned();
    let misread = whole
        .replace('0', "O")
        .replace('5', "s")
        .replace("<<<<<<", "<<«<<");
    let (value, ran) = read(card, &["--mrz", &misread]);
    assert_eq!(access(&value), ("pace", "mrz", 1));
    assert_eq!(value["holder"]["name"], "Lê Thử Nghiệm");
    assert!(ran.stderr.starts_with("note: "), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("put right by its check digits"),
        "{}",
        ran.stderr
    );
    let changed = value["key"]["mrz_repaired"]["proven"]
        .as_array()
        .unwrap()
        .len();
    assert!(changed >= 10, "{value:#}");
    // From a file, as a program for text recognition leaves it.
    let path = saved(
        "zone.txt",
        format!("  {}\r\n\r\n", misread.replace('\n', " \r\n")).as_bytes(),
    );
    let (value, _) = read(card, &["--mrz", &format!("@{path}")]);
    assert_eq!(access(&value).1, "mrz");

    // A digit read as another, in both places: no check digit can tell which.
    let wrong = whole.replace("0000", "0080");
    let ran = chipid(&["read", "--card", card, "--mrz", &wrong]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("no likely misreading explains it"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains(&whole[5..14]), "{}", ran.stderr);
    let ran = chipid(&["read", "--card", card, "--mrz", &wrong, "--lang", "vi"]);
    assert!(
        ran.stderr.starts_with("lỗi: chữ số kiểm tra"),
        "{}",
        ran.stderr
    );
}

#[test]
fn photographs_of_the_qr_code() {
    let card = "vn-2021";
    let qr = qr_of(card);
    let plain = Photograph::default();
    let small = Photograph {
        size: (300, 260),
        module: 2.2,
        noise: 0,
        jpeg: Some(90),
        ..plain
    };
    for (name, photograph) in [
        ("upright.jpg", plain),
        (
            "turned.jpg",
            Photograph {
                angle: 137.0,
                slant: 0.15,
                ..plain
            },
        ),
        (
            "upside-down.jpg",
            Photograph {
                angle: 180.0,
                ..plain
            },
        ),
        ("small.jpg", small),
        (
            "blurred.png",
            Photograph {
                jpeg: None,
                blur: 3,
                angle: 6.0,
                ..plain
            },
        ),
    ] {
        let path = saved(name, &photograph.of(&[&qr]));
        for given in [path.clone(), format!("@{path}")] {
            let (value, ran) = read(card, &["--qr", &given]);
            assert_eq!(access(&value), ("pace", "can", 1), "{name}");
            assert_eq!(value["key"]["source"], "qr_image", "{name}");
            assert_eq!(value["holder"]["name"], "Lê Thử Nghiệm", "{name}");
            assert_eq!(ran.stderr, "", "{name}");
        }
    }
    // A card without PACE from a photograph alone.
    let path = saved(
        "bac.jpg",
        &Photograph {
            angle: 90.0,
            ..plain
        }
        .of(&[&qr_of("vn-bac-only")]),
    );
    let (value, _) = read("vn-bac-only", &["--qr", &path]);
    assert_eq!(access(&value), ("bac", "mrz", 1));
}

#[test]
fn pictures_that_give_no_key() {
    let plain = Photograph::default();
    let two = Photograph {
        size: (1600, 700),
        module: 5.0,
        ..plain
    };
    for (name, bytes, said, hint) in [
        (
            "none.jpg",
            plain.of(&[]),
            "no QR code can be read",
            "nearer",
        ),
        (
            "menu.jpg",
            plain.of(&["https://example.org"]),
            "none of them of a Vietnamese",
            "of the identity card",
        ),
        (
            "two.jpg",
            two.of(&[&qr_of("vn-2021"), &qr_of("vn-2024")]),
            "the QR codes of 2 cards",
            "one card at a time",
        ),
        (
            "broken.jpg",
            b"\xFF\xD8\xFF\xE0broken".to_vec(),
            "JPEG",
            "photograph",
        ),
    ] {
        let ran = chipid(&["read", "--card", "vn-2021", "--qr", &saved(name, &bytes)]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(
            ran.stderr.contains(said) && ran.stderr.contains(hint),
            "{name}: {}",
            ran.stderr
        );
    }
}

#[test]
fn texts_through_scanners_and_keyboards() {
    let card = "vn-2021";
    let qr = qr_of(card);
    // Telex: a program that was on made letters of `oo`, `s`, `w`; one that was off left the keystrokes.
    let telex = qr.replace("Lê Thử Nghiệm", "Lee Thuwr Nghieemj");
    let composed_twice = qr
        .replace("Lê Thử Nghiệm", "Lê Thử Nghiệmm")
        .replace("mm|", "m|");
    let vni = qr.replace("Lê Thử Nghiệm", "Le6 Thu73 Nghie65m");
    let dropped: String = qr.chars().filter(char::is_ascii).collect();
    for text in [telex, vni, dropped] {
        let ran = chipid(&["verify", "--json", "--card", card, "--qr", &text]);
        let value = ran.json();
        validate(&value);
        assert_eq!(access(&value), ("pace", "can", 1), "{text}");
        let codes: Vec<&str> = value["grounds"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|g| g["code"].as_str())
            .collect();
        assert!(codes.contains(&"qr_text_garbled"), "{text}: {codes:?}");
        assert!(!codes.contains(&"qr_mismatch"), "{text}: {codes:?}");
    }
    let (value, _) = read(card, &["--qr", &composed_twice]);
    assert_eq!(access(&value).2, 1);

    // Encodings, in files and on standard input.
    let misread: String = qr.bytes().map(char::from).collect();
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(qr.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("plain.txt", qr.clone().into_bytes()),
        ("bom.txt", format!("\u{feff}{qr}\r\n").into_bytes()),
        ("mojibake.txt", misread.into_bytes()),
        ("utf16.txt", utf16),
    ] {
        let (value, ran) = read(card, &["--qr", &format!("@{}", saved(name, &bytes))]);
        assert_eq!(access(&value), ("pace", "can", 1), "{name}");
        assert_eq!(
            ran.stderr.is_empty(),
            name != "mojibake.txt",
            "{name}: {}",
            ran.stderr
        );
    }
    let ran = chipid_fed(&["read", "--json", "--card", card, "--qr", "-"], &qr);
    assert_eq!(access(&ran.json()).2, 1);
}

#[test]
fn what_does_not_fit_says_what_to_do() {
    // Another person's QR code, a foreign text, ten kilobytes.
    let other = qr_of("vn-2024");
    let ran = chipid(&["read", "--card", "vn-2021", "--qr", &other]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("hint: this QR code is not that of the card"),
        "{}",
        ran.stderr
    );
    let number = bundled("vn-2024")["number"].as_str().unwrap().to_owned();
    let ran = chipid(&["read", "--card", "vn-2021", "--number", &number]);
    assert!(
        ran.stderr
            .contains("hint: this number is not that of the card"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains(&number), "{}", ran.stderr);
    let long = format!("{}{}", qr_of("vn-2021"), "|x".repeat(5_000));
    for text in ["https://example.org/menu", long.as_str(), ""] {
        let ran = chipid(&["read", "--card", "vn-2021", "--qr", text]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("QR"), "{}", ran.stderr);
    }
}
