//! Every text of the catalogue is there in both languages, with the same places for values.

use super::*;
use std::collections::BTreeSet;
use std::path::Path;

/// Texts that read the same in both languages.
const SAME: &[&str] = &["ABOUT_FILE", "LINK_CHIP"];

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(place, _)| place)
        .collect()
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut seen = BTreeSet::new();
    for (name, text) in [
        failures::ALL,
        field_report::ALL,
        form::ALL,
        hints::ALL,
        labels::ALL,
        notes::ALL,
        policy::ALL,
        readers::ALL,
        story::ALL,
        usage::ALL,
        verbs::ALL,
        customers::ALL,
        doctor::ALL,
    ]
    .concat()
    {
        assert!(seen.insert(name), "{name} stands twice");
        assert!(!text.0.is_empty() && !text.1.is_empty(), "{name} is empty");
        assert_eq!(places(text.0), places(text.1), "{name}: other places");
        assert!(
            text.0 != text.1 || SAME.contains(&name),
            "{name} says the same in both languages"
        );
    }
}

/// The permanent table, and the codes of virtual cards, which no other language needs.
#[test]
fn every_error_code_has_a_vietnamese_sentence() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/error-codes.md");
    let text = std::fs::read_to_string(path).unwrap();
    let codes: Vec<u16> = text
        .lines()
        .filter_map(|line| line.split('|').nth(1)?.trim().parse().ok())
        .filter(|code| *code != 9999)
        .chain(8801..=8810)
        .collect();
    assert!(codes.len() > 100);
    let known: BTreeSet<u16> = errors::TABLE.iter().map(|(code, _)| *code).collect();
    assert_eq!(known.len(), errors::TABLE.len(), "a code stands twice");
    for code in &codes {
        assert!(known.contains(code), "{code} has no Vietnamese sentence");
    }
    for code in &known {
        assert!(codes.contains(code), "{code} is no error's code");
    }
}

#[test]
fn an_error_keeps_its_values_in_vietnamese() {
    use chipid::emrtd::error::{AccessError, Error as ChipError, InputError};
    let said = |error: chipid::Error| of_error(&error).said(Lang::Vi);
    assert_eq!(
        said(ChipError::Access(AccessError::TriesNearlyExhausted { tries_left: 2 }).into()),
        "chip chỉ còn 2 lần thử"
    );
    let wrong = |tries_left| AccessError::WrongKey { tries_left };
    assert_eq!(
        said(ChipError::Access(wrong(Some(4))).into()),
        "khóa không mở được chip; còn 4 lần thử"
    );
    assert_eq!(said(InputError::Can.into()), "số CAN gồm sáu chữ số");
    let short = chipid::vietnam::qr::QrText::parse("1|2").unwrap_err();
    assert_eq!(said(short.into()), "nội dung mã QR có 2 trường, ít hơn 7");
    let missing = chipid::PolicyError::Unknown {
        name: "nobody".to_owned(),
    };
    assert_eq!(said(missing.into()), "không có chính sách nào tên nobody");
}

#[test]
fn the_language_is_known_before_the_command_line_is_understood() {
    let asked = |line: &str| Lang::asked(line.split(' ').map(str::to_owned));
    assert_eq!(asked("chipid --lang vi frobnicate"), Some(Lang::Vi));
    assert_eq!(asked("chipid verify --lang=en"), Some(Lang::En));
    assert_eq!(asked("chipid verify --lang fr"), None);
    assert_eq!(asked("chipid verify --language vi"), None);
    assert_eq!(asked("chipid inspect -- --lang vi"), None);
    assert_eq!(asked("chipid verify --lang"), None);
}
