use super::*;
use chipid_emrtd::mrz::check_digit;
use proptest::prelude::*;
use std::string::{String, ToString};
use std::{format, vec};

/// Invented holders of Vietnamese cards, with the keys that the fact sheet gives for them.
const CARD: &str = "IDVNM0990000176001099000017<<7\n9903159M2403155VNM<<<<<<<<<<<4\nLE<<THU<NGHIEM<<<<<<<<<<<<<<<<";
const NO_EXPIRY: &str = "IDVNM0600000190001060000019<<1\n6002039M9912315VNM<<<<<<<<<<<2\nTRAN<<VAN<MAU<<<<<<<<<<<<<<<<<";
/// Doc 9303-4, appendix B.
const PASSPORT: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn clean(text: &str) -> String {
    text.split_whitespace().collect()
}

fn with(text: &str, changes: &[(usize, &str)]) -> String {
    let mut text = clean(text);
    for (at, new) in changes {
        text.replace_range(at..&(at + new.len()), new);
    }
    text
}

#[track_caller]
fn becomes(damaged: &str, whole: &str) -> RepairedMrz {
    match repair(damaged) {
        Ok(repaired) => {
            assert_eq!(repaired.mrz.as_str(), clean(whole), "{damaged}");
            repaired
        }
        Err(error) => panic!("{error}: {damaged}"),
    }
}

#[test]
fn a_sound_zone_is_left_alone() {
    // The last one has a document number that goes on in the optional data.
    let long = "I<UTOUT4000123<4566<<<<<<<<<<<\n7911303M3105102UTO<<<<<<<<<<<0\nSPECIMEN<<JAN<<<<<<<<<<<<<<<<<";
    for text in [CARD, NO_EXPIRY, PASSPORT, long] {
        let repaired = becomes(text, text);
        assert!(repaired.proven.is_empty() && repaired.unproven.is_empty());
    }
}

/// The keys of the two samples, from zones in which every digit that can be was read as a letter.
#[test]
fn letters_for_digits_in_every_place() {
    let key = |number, birth, expiry| {
        chipid_emrtd::access_key::AccessKey::document(number, birth, expiry).unwrap()
    };
    for (text, expected) in [
        (CARD, key("099000017", "990315", "240315")),
        (NO_EXPIRY, key("060000019", "600203", "991231")),
    ] {
        for (digit, letters) in [
            ('0', "ODQU"),
            ('1', "ILJ"),
            ('5', "S"),
            ('6', "G"),
            ('2', "Z"),
            ('4', "A"),
        ] {
            for letter in letters.chars() {
                let damaged = text.replace(digit, &letter.to_string());
                let repaired = becomes(&damaged, text);
                assert_eq!(
                    chipid_emrtd::access_key::AccessKey::mrz(repaired.mrz.as_str()).unwrap(),
                    expected
                );
                assert_eq!(repaired.proven.len(), clean(text).matches(digit).count());
                assert!(repaired.unproven.is_empty());
            }
        }
    }
}

#[test]
fn positions_are_told_and_no_characters() {
    let repaired = becomes(
        &with(CARD, &[(7, "O"), (31, "g"), (62, "1")]),
        &with(CARD, &[(62, "I")]),
    );
    // g is a 9 or a 6: the check digit of the day of birth says which.
    assert_eq!(repaired.proven, [7, 31]);
    assert_eq!(repaired.unproven, [62]);
    let debug = format!("{repaired:?}");
    assert!(
        debug.contains("[7, 31]") && !debug.contains("0990"),
        "{debug}"
    );
}

#[test]
fn a_digit_misread_as_a_digit_is_told_by_the_second_copy() {
    // In the document number, then in the personal number.
    for at in [11, 26] {
        let repaired = becomes(&with(CARD, &[(at, "1")]), CARD);
        assert_eq!(repaired.proven, [at as u8]);
    }
    // Both copies alike: no likely misreading explains it.
    let both = with(CARD, &[(12, "7"), (25, "7")]);
    assert_eq!(
        repair(&both),
        Err(MrzRepairError::NotProven { position: 15 })
    );
}

#[test]
fn a_wrong_date_digit_is_refused() {
    assert_eq!(
        repair(&with(CARD, &[(30, "8")])),
        Err(MrzRepairError::NotProven { position: 30 })
    );
    assert_eq!(
        repair(&with(CARD, &[(38, "3")])),
        Err(MrzRepairError::NotProven { position: 38 })
    );
    // The composite alone.
    assert_eq!(
        repair(&with(CARD, &[(59, "5")])),
        Err(MrzRepairError::NotProven { position: 59 })
    );
}

#[test]
fn fillers_that_were_read_as_something_else() {
    let damaged = CARD
        .replace("<<<<<<<<<<<4", "<K<C<<«<<X4")
        .replace("17<<7", "17«7");
    becomes(&damaged, CARD);
    becomes(&CARD.replace("<<<<<<<<<<<4", "(((((((((((4"), CARD);
    becomes(&CARD.replace('<', "＜"), CARD);
    becomes(&CARD.replace('<', "‹"), CARD);
}

#[test]
fn lines_of_the_wrong_length() {
    // Too few and too many fillers in the middle and at the end.
    becomes(&CARD.replace("<<<<<<<<<<<4", "<<<<<<<<4"), CARD);
    becomes(&CARD.replace("<<<<<<<<<<<4", "<<<<<<<<<<<<<<4"), CARD);
    becomes(&CARD.replace("NGHIEM<<<<<<<<<<<<<<<<", "NGHIEM<<<"), CARD);
    becomes(&format!("{CARD}<<<<"), CARD);
    // No line ends, blanks instead, lower case.
    becomes(&with(CARD, &[(7, "o")]), CARD);
    becomes(&with(CARD, &[(7, "o")]).to_lowercase(), CARD);
    let spaced: String = with(CARD, &[(7, "o")])
        .chars()
        .flat_map(|c| [c, ' '])
        .collect();
    becomes(&spaced, CARD);
    let cut = with(CARD, &[(7, "O")]);
    becomes(cut.trim_end_matches('<'), CARD);
    assert_eq!(repair("ID"), Err(MrzRepairError::Length { found: 2 }));
    assert_eq!(repair(""), Err(MrzRepairError::Length { found: 0 }));
    assert_eq!(
        repair(&"<".repeat(2000)),
        Err(MrzRepairError::TooLong { found: 2000 })
    );
}

#[test]
fn a_long_document_number_is_left_alone_and_its_dates_are_repaired() {
    let long = "I<UTOUT4000123<4566<<<<<<<<<<<\n7911303M3105102UTO<<<<<<<<<<<0\nSPECIMEN<<JAN<<<<<<<<<<<<<<<<<";
    becomes(&long.replace("3105102", "3IOS1O2"), long);
}

#[test]
fn a_passport_is_repaired_where_its_digits_prove_it() {
    // Dates and check digits have digits alone: a letter there is forced.
    let damaged = PASSPORT.replace("7408122F1204159", "74O8I22F12O4IS9");
    let repaired = becomes(&damaged, PASSPORT);
    assert_eq!(repaired.proven.len(), 5);
    let damaged = PASSPORT.replace("C36UTO", "C3GUTO").replace("<<10", "<<IO");
    assert_eq!(becomes(&damaged, PASSPORT).proven.len(), 3);
}

/// A letter and a digit ten apart weigh the same in a check digit: G and 6. In a document number that may hold both,
/// no check digit can tell.
#[test]
fn two_readings_that_both_fit_are_refused() {
    let digit = |text: &str| check_digit(text).unwrap();
    let zone = |number: &str| {
        let dates = format!("740812{}F120415{}", digit("740812"), digit("120415"));
        let optional = "<<<<<<<<<<<<<<0";
        let number = format!("{number}{}", digit(number));
        let covered = [&number, &dates[..7], &dates[7..8], &dates[8..15], optional];
        let covered = [covered[0], covered[1], covered[3], covered[4]].concat();
        format!(
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{number}UTO{dates}{optional}{}",
            digit(&covered)
        )
    };
    // Without anything else that could be misread, the one letter comes back.
    becomes(&zone("W9I99H393").replace("W9I", "W91"), &zone("W9I99H393"));
    let with_g = zone("W9I99G393");
    assert!(Mrz::parse(&with_g).is_ok());
    assert_eq!(
        repair(&with_g.replace("W9I", "W91")),
        Err(MrzRepairError::Ambiguous)
    );
    // A number that nobody doubts may have any letter.
    becomes(&with_g.replace("7408", "74O8"), &with_g);
    let crowded = zone("I0O0I0O0I").replace("I0O0I0O0I", "10O0I0O01");
    assert_eq!(repair(&crowded), Err(MrzRepairError::TooDamaged));
}

/// L weighs as 1 does, U as 0, G as 6: a zone so misread has sound check digits and the key of no card.
#[test]
fn a_letter_that_weighs_the_same_is_noticed_by_its_class() {
    for (at, seen) in [
        (5, "U"),
        (12, "L"),
        (26, "7"),
        (32, "U"),
        (34, "L"),
        (40, "U"),
    ] {
        let damaged = with(CARD, &[(at, seen)]);
        assert!(Mrz::parse(&damaged).is_ok(), "{at}");
        becomes(&damaged, CARD);
    }
}

#[test]
fn codes_are_in_their_range() {
    let codes: Vec<u16> = vec![
        MrzRepairError::TooLong { found: 1 },
        MrzRepairError::Length { found: 1 },
        MrzRepairError::NotProven { position: 1 },
        MrzRepairError::Ambiguous,
        MrzRepairError::TooDamaged,
    ]
    .into_iter()
    .map(MrzRepairError::code)
    .collect();
    assert_eq!(codes, [8170, 8171, 8172, 8173, 8174]);
}

/// A sound zone of an invented card.
fn zone(number: &str, birth: &str, expiry: &str) -> String {
    let digit = |text: &str| check_digit(text).unwrap();
    let document = &number[3..];
    let first = format!(
        "IDVNM{document}{}{number}<<{}",
        digit(document),
        digit(number)
    );
    let dates = format!("{birth}{}M{expiry}{}", digit(birth), digit(expiry));
    let covered = [&first[5..], &dates[..7], &dates[8..15], "<<<<<<<<<<<"].concat();
    format!(
        "{first}{dates}VNM<<<<<<<<<<<{}LE<<THU<NGHIEM<<<<<<<<<<<<<<<<",
        digit(&covered)
    )
}

proptest! {
    /// Whatever characters are confused: the true zone comes back, or an error. Never another key.
    #[test]
    fn confusions_never_give_another_key(
        number in "0[0-9]{2}[0-3][0-9]{8}",
        (year, month, day) in (0..100u8, 1..=12u8, 1..=28u8),
        until in 0..100u8,
        damage in proptest::collection::vec((5usize..60, 0usize..3), 0..20),
    ) {
        let whole = zone(
            &number,
            &format!("{year:02}{month:02}{day:02}"),
            &format!("{until:02}{month:02}{day:02}"),
        );
        let expected = Mrz::parse(&whole).unwrap().access_key();
        let mut characters: Vec<char> = whole.chars().collect();
        for (at, which) in damage {
            let seen = match characters[at] {
                '0' => "ODQ",
                '1' => "ILJ",
                '2' => "ZZZ",
                '3' => "BBB",
                '4' => "AAA",
                '5' => "SSS",
                '6' => "GGG",
                '7' => "TTZ",
                '8' => "BEB",
                '9' => "GGG",
                '<' => "KCL",
                _ => continue,
            };
            characters[at] = seen.as_bytes()[which] as char;
        }
        let damaged: String = characters.into_iter().collect();
        match repair(&damaged) {
            Ok(repaired) => prop_assert!(repaired.mrz.access_key() == expected),
            Err(error) => prop_assert!(
                matches!(error, MrzRepairError::Ambiguous | MrzRepairError::TooDamaged),
                "{error} for {damaged}"
            ),
        }
    }

    #[test]
    fn any_text_never_panics(text in "\\PC{0,120}", zone in "[A-Z0-9<]{88,91}") {
        let _ = repair(&text);
        if let Ok(repaired) = repair(&zone) {
            prop_assert!(Mrz::parse(repaired.mrz.as_str()).is_ok());
        }
    }
}
