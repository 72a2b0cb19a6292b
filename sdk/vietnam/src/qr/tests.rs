use super::*;
use std::{format, string::String};

const CARD_2021: &str =
    "001099000017|012345678|Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021";

#[test]
fn card_of_2021() {
    let qr = QrText::parse(CARD_2021).unwrap();
    assert_eq!(qr.number.as_str(), "001099000017");
    assert_eq!(qr.old_number.unwrap().as_str(), "012345678");
    assert_eq!(qr.name.as_str(), "Lê Thử Nghiệm");
    assert_eq!(qr.birth.day(), Date::new(1999, 3, 15));
    assert_eq!(qr.sex, Sex::Male);
    assert_eq!(qr.residence.unwrap().as_str(), "Số 1 Phố Mẫu, Hà Nội");
    assert_eq!(Some(qr.issue), Date::new(2021, 5, 10));
    assert!(qr.extras.is_empty());
}

#[test]
fn card_of_2024_keeps_what_follows() {
    let qr = QrText::parse(
        "\u{feff}001305000017||Trần Thị Mẫu|02012005|Nữ||15072024||Trần Văn Cha|\r\n",
    )
    .unwrap();
    assert_eq!(qr.old_number, None);
    assert_eq!(qr.residence, None);
    assert_eq!(qr.sex, Sex::Female);
    let extras: std::vec::Vec<_> = qr.extras.iter().map(PrivateText::as_str).collect();
    assert_eq!(extras, ["", "Trần Văn Cha", ""]);
}

#[test]
fn each_field_has_its_error() {
    let with = |at: usize, text: &str| {
        let mut fields: std::vec::Vec<_> = CARD_2021.split('|').collect();
        fields[at] = text;
        QrText::parse(&fields.join("|")).unwrap_err()
    };
    assert_eq!(with(0, "123").code(), 8132);
    assert_eq!(with(2, " "), QrError::NameMissing);
    assert_eq!(with(3, "15/03/1999"), QrError::Birth);
    assert_eq!(with(3, ""), QrError::Birth);
    assert_eq!(with(4, ""), QrError::Sex);
    assert_eq!(with(6, "31022021"), QrError::Issue);
    assert_eq!(
        QrText::parse("001099000017|x"),
        Err(QrError::TooFewFields { found: 2 })
    );
    assert_eq!(QrText::parse(""), Err(QrError::TooFewFields { found: 1 }));
    let long = "|".repeat(MAX_LEN + 1);
    assert_eq!(QrText::parse(&long).unwrap_err().code(), 8130);
}

#[test]
fn neither_debug_nor_errors_tell_anything() {
    let debug = format!("{:?}", QrText::parse(CARD_2021).unwrap());
    for secret in ["0010", "0123", "Lê", "1999", "Nam", "Phố", "2021"] {
        assert!(!debug.contains(secret), "{debug}");
    }
    let error = QrText::parse(&CARD_2021.replace("15031999", "1987")).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("1987"));
}

proptest::proptest! {
    #[test]
    fn any_text_never_panics(text: String, at in 0..CARD_2021.len(), byte: u8) {
        let _ = QrText::parse(&text);
        let mut bytes = CARD_2021.as_bytes().to_vec();
        bytes[at] = byte;
        if let Ok(qr) = QrText::parse(&String::from_utf8_lossy(&bytes)) {
            proptest::prop_assert_eq!(qr.number.as_str().len(), 12);
        }
    }
}

fn check(text: &str, condition: Condition) -> QrText {
    let qr = QrText::parse(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(qr.number.as_str(), "001099000017", "{text}");
    assert_eq!(qr.birth.day(), Date::new(1999, 3, 15), "{text}");
    assert_eq!(Some(qr.issue), Date::new(2021, 5, 10), "{text}");
    assert_eq!(qr.sex, Sex::Male, "{text}");
    assert_eq!(qr.condition, condition, "{text}");
    qr
}

#[test]
fn what_scanners_put_around_the_text() {
    for text in [
        format!("\u{feff}{CARD_2021}\r\n"),
        format!("]Q1{CARD_2021}"),
        format!("]Q2\u{feff}{CARD_2021}\n"),
        format!("\u{2}{CARD_2021}\u{3}\r"),
        format!("  {CARD_2021}\t"),
        CARD_2021.replace('|', " | "),
    ] {
        let qr = check(&text, Condition::Plain);
        assert_eq!(qr.name.trimmed(), "Lê Thử Nghiệm");
    }
}

#[test]
fn another_sign_for_the_bar() {
    for sign in [
        "~", "¦", "│", "｜", "¬", "#", ";", "\t", "*", ">", "^", "}", "\\", "°",
    ] {
        check(&CARD_2021.replace('|', sign), Condition::Plain);
    }
    // What an address holds parts nothing, and what is missing cannot be guessed.
    for sign in [",", "/", "-", " ", "", "1", "a"] {
        assert!(
            QrText::parse(&CARD_2021.replace('|', sign)).is_err(),
            "{sign}"
        );
    }
}

#[test]
fn a_text_in_the_wrong_encoding_is_put_right() {
    // UTF-8 read as Windows-1252.
    let read: String = "001099000017|012345678|LÃª Thá»\u{ad} Nghiá»‡m|15031999|Nam|Sá»‘ 1 Phá»‘ Máº«u, HÃ\u{a0} Ná»™i|10052021".into();
    let qr = check(&read, Condition::EncodingRepaired);
    assert_eq!(qr.name.as_str(), "Lê Thử Nghiệm");
    assert_eq!(qr.residence.unwrap().as_str(), "Số 1 Phố Mẫu, Hà Nội");
    // The soft hyphen got lost on the way: the letters cannot be found again, number and days can.
    check(&read.replace('\u{ad}', ""), Condition::Garbled);
    check(&CARD_2021.replace('ê', "\u{fffd}"), Condition::Garbled);
    check(
        &CARD_2021.replace(|c: char| !c.is_ascii(), "?"),
        Condition::Garbled,
    );
}

#[test]
fn decomposed_text_is_kept_as_it_came() {
    use unicode_normalization::UnicodeNormalization;
    let apart: String = CARD_2021.nfd().collect();
    let qr = check(&apart, Condition::Plain);
    assert_ne!(qr.name.as_str(), "Lê Thử Nghiệm");
    assert_eq!(qr.name.as_str().nfc().collect::<String>(), "Lê Thử Nghiệm");
}

#[test]
fn a_garbled_sex_counts_where_the_number_says_the_same() {
    let woman = "001199000017||Trần Thị Mẫu|15031999|Nữ||10052021";
    for word in ["N?", "Nu74", "Nuwx", "N\u{fffd}", "N", "Nu"] {
        let qr = QrText::parse(&woman.replace("Nữ", word)).unwrap();
        assert_eq!(qr.sex, Sex::Female, "{word}");
        // The number of a man, and a word that is nearly a woman's.
        let other = CARD_2021.replace("Nam", word);
        if Sex::from_vietnamese(word).is_none() {
            assert_eq!(QrText::parse(&other), Err(QrError::Sex), "{word}");
        }
    }
    assert_eq!(QrText::parse(&woman.replace("Nữ", "?")), Err(QrError::Sex));
}

#[test]
fn earlier_numbers_by_their_shape() {
    let kinds = |text: &str| {
        let qr = QrText::parse(text).unwrap();
        qr.earlier_numbers()
            .into_iter()
            .map(|number| match number {
                EarlierNumber::IdentityCard(number) => number.as_str().into(),
                EarlierNumber::Personal(number) => number.as_str().into(),
            })
            .collect::<Vec<String>>()
    };
    assert_eq!(kinds(CARD_2021), ["012345678"]);
    let of_2024 = "001305000017||Trần Thị Mẫu|02012005|Nữ||15072024|001305000099|Trần Văn Cha|123456789|01011990|001305000017";
    assert_eq!(kinds(of_2024), ["001305000099", "123456789"]);
    assert_eq!(QrText::parse(of_2024).unwrap().extras.len(), 5);
    let debug = format!("{:?}", QrText::parse(of_2024).unwrap().earlier_numbers());
    assert_eq!(debug, "[Personal, IdentityCard]");
}

#[test]
fn ten_kilobytes_are_refused() {
    let long = CARD_2021.replace("Phố Mẫu", &"Phố Mẫu ".repeat(1000));
    assert!(long.len() > 10_000);
    assert_eq!(
        QrText::parse(&long),
        Err(QrError::TooLong { found: long.len() })
    );
}

/// A text typed into a window by a scanner, while a keyboard program is on.
mod through_keyboards {
    use super::*;
    use crate::keyboard::may_be_typed;
    use crate::keyboard::programs::{self, Method, Program};
    use proptest::prelude::*;

    #[test]
    fn number_days_and_sex_come_through() {
        let text = CARD_2021.replace("Số 1", "Tổ 12 Ấp A1, Số 7B Hoas");
        for program in Program::ALL {
            let typed = program.type_text(&text);
            match QrText::parse(&typed) {
                Ok(qr) => {
                    assert_eq!(qr.number.as_str(), "001099000017");
                    assert_eq!(qr.birth.day(), Date::new(1999, 3, 15));
                    assert_eq!(Some(qr.issue), Date::new(2021, 5, 10));
                    assert_eq!(qr.sex, Sex::Male);
                    assert!(may_be_typed(qr.name.as_str(), "Lê Thử Nghiệm"), "{typed:?}");
                }
                // The days were eaten: said, not guessed.
                Err(error) => {
                    assert!(!program.bar_ends_word, "{program:?}: {typed:?}");
                    assert!(
                        matches!(error, QrError::Birth | QrError::Issue),
                        "{error}: {typed:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn digits_eaten_before_the_text_are_missed() {
        // Something was in the box already: `a` takes the tone that the first digits stand for.
        let vni = Program {
            method: Method::Vni,
            bar_ends_word: true,
        };
        let typed = vni.type_text(&format!("a{}", CARD_2021.replacen("001", "101", 1)));
        assert!(
            matches!(QrText::parse(&typed), Err(QrError::Number(_))),
            "{typed:?}"
        );
    }

    #[test]
    fn keystrokes_with_no_program_on() {
        for method in [Method::Telex, Method::Vni] {
            let typed = programs::keystrokes(CARD_2021, method);
            let qr = QrText::parse(&typed).unwrap();
            assert_eq!(qr.number.as_str(), "001099000017");
            assert!(may_be_typed(qr.name.as_str(), "Lê Thử Nghiệm"), "{typed:?}");
            if method == Method::Vni {
                assert_eq!(qr.condition, Condition::Garbled);
            }
        }
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            "[A-Z][a-z]{0,5}",
            "[BCDGHKLMNPQRSTVX][aeiouyăâêôơưáàảãạếộữ]{1,3}(n|ng|nh|m|t|c|)",
            "(Tổ|Ấp|Số|Hẻm|Đường)[0-9]{0,3}[A-D]?",
            "[0-9]{1,3}[a-z]?",
            "(H'|K'|Y )[A-Z][a-z]{1,4}",
        ]
    }

    proptest! {
        /// Whatever program: the very number, days and sex, or an error. Never others.
        #[test]
        fn never_a_wrong_number_or_day(
            random in "[0-9]{6}",
            (year, month, day) in (0u16..100, 1u8..=12, 1u8..=28),
            (woman, of_2000) in (any::<bool>(), any::<bool>()),
            old in "([0-9]{9})?",
            name in proptest::collection::vec(word(), 1..5),
            residence in proptest::collection::vec(word(), 0..8),
            lossy in any::<bool>(),
        ) {
            let century = u16::from(of_2000);
            let digit = century * 2 + u16::from(woman);
            let full_year = 1900 + century * 100 + year;
            let number = format!("001{digit}{year:02}{random}");
            let name = name.join(" ");
            let printed = format!(
                "{number}|{old}|{name}|{day:02}{month:02}{full_year}|{}|{}|{day:02}{month:02}2022",
                if woman { "Nữ" } else { "Nam" },
                residence.join(" "),
            );
            // A scanner that cannot type letters with diacritics leaves them out.
            let sent: String = printed.chars().filter(|c| !lossy || c.is_ascii()).collect();
            let whole = QrText::parse(&printed).unwrap();
            prop_assert_eq!(whole.number.as_str(), &number);
            for program in Program::ALL {
                let typed = program.type_text(&sent);
                match QrText::parse(&typed) {
                    Ok(qr) => {
                        prop_assert_eq!(qr.number.as_str(), &number, "{:?}", typed);
                        prop_assert_eq!(qr.birth, whole.birth, "{:?}", typed);
                        prop_assert_eq!(qr.issue, whole.issue, "{:?}", typed);
                        prop_assert_eq!(qr.sex, whole.sex, "{:?}", typed);
                    }
                    Err(error) => {
                        // Programs of which the source is public never take anything that matters.
                        prop_assert!(!program.bar_ends_word || (lossy && error == QrError::NameMissing), "{error}: {typed:?}");
                        prop_assert!(!matches!(error, QrError::Number(_)), "{error}: {typed:?}");
                    }
                }
            }
        }
    }
}
