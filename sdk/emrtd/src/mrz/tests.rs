use super::*;

/// Doc 9303-4, appendix B (TD3); 9303-5 and 9303-6, appendix B (TD1, TD2): the specimens of Utopia.
const TD3: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const TD1: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
const TD2: &str = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";
/// An invented holder of a Vietnamese card.
const VIETNAM: &str = "IDVNM0990000176001099000017<<7\n9903159M2403155VNM<<<<<<<<<<<4\nLE<<THU<NGHIEM<<<<<<<<<<<<<<<<";

#[test]
fn specimens_of_all_three_layouts() {
    for (text, layout, number) in [
        (TD3, Layout::Td3, "L898902C3"),
        (TD1, Layout::Td1, "D23145890"),
        (TD2, Layout::Td2, "D23145890"),
    ] {
        let mrz = Mrz::parse(text).unwrap();
        assert_eq!(mrz.layout(), layout);
        assert_eq!(*mrz.document_number(), number);
        assert_eq!(mrz.issuing_state(), "UTO");
        assert_eq!(mrz.nationality(), "UTO");
        assert_eq!(*mrz.name(), "ERIKSSON ANNA MARIA");
        assert_eq!(mrz.sex(), Sex::Female);
        assert_eq!(mrz.birth().as_str(), "740812");
        assert_eq!(mrz.expiry().as_str(), "120415");
    }
    assert_eq!(Mrz::parse(TD3).unwrap().optional_data(), "ZE184226B");
    assert_eq!(Mrz::parse(TD3).unwrap().document_code(), "P");
}

#[test]
fn vietnamese_card_keeps_its_odd_optional_data() {
    let mrz = Mrz::parse(VIETNAM).unwrap();
    assert_eq!(mrz.document_code(), "ID");
    assert_eq!(mrz.issuing_state(), "VNM");
    assert_eq!(*mrz.document_number(), "099000017");
    assert_eq!(mrz.optional_data(), "001099000017<<7");
    assert_eq!(
        mrz.access_key(),
        MrzKey::new("099000017", "990315", "240315").unwrap()
    );
}

/// Doc 9303-11, appendix D.2: key seeds of TD2 zones, one with a document number of more than nine characters.
#[test]
fn key_seeds_worked_examples_d2() {
    for (number, birth, expiry, information) in [
        (
            "D23145890734",
            "340712",
            "950712",
            "D23145890734934071279507122",
        ),
        ("L898902C<", "690806", "940623", "L898902C<369080619406236"),
        ("L898902C", "690806", "940623", "L898902C<369080619406236"),
    ] {
        let key = MrzKey::new(number, birth, expiry).unwrap();
        assert_eq!(*key.0, information);
    }
    let key = MrzKey::new("L898902C", "690806", "940623").unwrap();
    assert_eq!(
        hex::encode_upper(&key.digest()[..16]),
        "239AB9CB282DAF66231DC5A4DF6BFBAE"
    );
}

#[test]
fn long_document_number_goes_on_in_the_optional_data() {
    let text = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8";
    let mrz = Mrz::parse(text).unwrap();
    assert_eq!(*mrz.document_number(), "D23145890734");
    assert_eq!(
        mrz.access_key(),
        MrzKey::new("D23145890734", "340712", "950712").unwrap()
    );
}

#[test]
fn any_wrong_digit_is_noticed() {
    for text in [TD3, TD1, TD2, VIETNAM] {
        let clean: String = text.chars().filter(|c| *c != '\n').collect();
        for (i, c) in clean.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let other = if c == '9' {
                '0'
            } else {
                ((c as u8) + 1) as char
            };
            let mut bad = clean.clone();
            bad.replace_range(i..=i, other.encode_utf8(&mut [0; 4]));
            assert!(Mrz::parse(&bad).is_err(), "digit {i} changed unnoticed");
        }
    }
}

#[test]
fn lengths_and_characters() {
    assert_eq!(Mrz::parse("P<UTO"), Err(error(5, ParseErrorKind::Length)));
    let odd = TD3.replace("ANNA", "ANN*");
    assert_eq!(Mrz::parse(&odd), Err(error(18, ParseErrorKind::Value)));
    assert!(Mrz::parse(&TD3.to_lowercase().replace('\n', " \r\n ")).is_ok());
    assert!(Mrz::parse(&"<".repeat(1000)).is_err());
    assert!(Mrz::parse("Ngườ").is_err());
}

#[test]
fn centuries() {
    let today = Date::new(2026, 11, 21).unwrap();
    let date = |s: &str| MrzDate(Zeroizing::new(String::from(s)));
    let day = Date::new;
    assert_eq!(date("990315").as_birth(today), day(1999, 3, 15));
    assert_eq!(date("261121").as_birth(today), day(2026, 11, 21));
    assert_eq!(date("261122").as_birth(today), day(1926, 11, 22));
    assert_eq!(date("99<<<<").as_birth(today), None);
    assert_eq!(date("990230").as_birth(today), None);
    assert_eq!(date("310510").as_expiry(today), day(2031, 5, 10));
    assert_eq!(date("940623").as_expiry(today), day(1994, 6, 23));
    assert_eq!(date("760101").as_expiry(today), day(2076, 1, 1));
    assert_eq!(date("770101").as_expiry(today), day(1977, 1, 1));
    let late = Date::new(2095, 1, 1).unwrap();
    assert_eq!(date("050101").as_expiry(late), day(2105, 1, 1));
}

/// A TD3 zone with its check digits set; that of the optional data may be given.
fn td3(state: &str, nationality: &str, names: &str, optional: &str, digit: Option<char>) -> String {
    let filled = |text: &str, len: usize| std::format!("{text:<<len$}");
    let digit_of = |text: &str| check_digit(text).unwrap();
    let number = filled("C01X0006", 9);
    let optional = filled(optional, 14);
    let second = std::format!(
        "{number}{}{}850228{}F310510{}{optional}{}",
        digit_of(&number),
        filled(nationality, 3),
        digit_of("850228"),
        digit_of("310510"),
        digit.unwrap_or_else(|| digit_of(&optional)),
    );
    let covered = [&second[..10], &second[13..20], &second[21..43]].concat();
    std::format!(
        "P<{}{}{second}{}",
        filled(state, 3),
        filled(names, 39),
        digit_of(&covered)
    )
}

/// A TD1 zone with its check digits set; `number` is the nine characters, their digit and the optional data.
fn td1(number: &str, optional_2: &str) -> String {
    let first = std::format!("I<UTO{number:<<25}");
    let digit_of = |text: &str| check_digit(text).unwrap();
    let (birth, expiry) = (digit_of("850228"), digit_of("310510"));
    let dates = std::format!("850228{birth}F310510{expiry}UTO");
    let second = std::format!("{dates}{optional_2:<<11}");
    let covered = [&first[5..], &second[..7], &second[8..15], &second[18..]].concat();
    std::format!(
        "{first}{second}{}{:<<30}",
        check_digit(&covered).unwrap(),
        "MUSTER<<ANNA"
    )
}

#[test]
fn row_099_fillers_before_and_behind_names_are_no_names() {
    for names in [
        "<MUSTER<<ANNA<MARIA",
        "MUSTER<<ANNA<MARIA",
        "MUSTER<<<ANNA<MARIA<<",
    ] {
        let mrz = Mrz::parse(&td3("UTO", "UTO", names, "", None)).unwrap();
        assert_eq!(*mrz.name(), "MUSTER ANNA MARIA");
    }
}

#[test]
fn row_107_the_german_code_has_one_letter_and_fillers() {
    let mrz = Mrz::parse(&td3("D<<", "D<<", "MUSTER<<ANNA", "", None)).unwrap();
    assert_eq!((mrz.issuing_state(), mrz.nationality()), ("D", "D"));
}

#[test]
fn row_108_any_three_letters_are_a_state_in_the_zone() {
    let mrz = Mrz::parse(&td3("DEU", "XQZ", "MUSTER<<ANNA", "", None)).unwrap();
    assert_eq!((mrz.issuing_state(), mrz.nationality()), ("DEU", "XQZ"));
}

#[test]
fn row_109_a_number_of_more_than_nine_characters_on_td1() {
    let digit = check_digit("000123456789").unwrap();
    let mrz = Mrz::parse(&td1(&std::format!("000123456<789{digit}"), "")).unwrap();
    assert_eq!(*mrz.document_number(), "000123456789");
    let wrong = if digit == '0' { '1' } else { '0' };
    let zone = td1(&std::format!("000123456<789{wrong}"), "");
    assert_eq!(
        Mrz::parse(&zone).unwrap_err().kind,
        ParseErrorKind::CheckDigit
    );
}

#[test]
fn row_110_ten_digits_of_optional_data_on_td1() {
    let number = std::format!("C01X00062{}", check_digit("C01X00062").unwrap());
    let mrz = Mrz::parse(&td1(&std::format!("{number}8502281234"), "5678901234")).unwrap();
    assert_eq!(mrz.optional_data(), "8502281234");
    assert_eq!(mrz.optional_data_2(), "5678901234");
    assert_eq!(*mrz.document_number(), "C01X00062");
}

#[test]
fn row_111_optional_data_that_begins_with_a_filler() {
    let number = std::format!("C01X00062{}", check_digit("C01X00062").unwrap());
    let mrz = Mrz::parse(&td1(&std::format!("{number}<12345678901"), "")).unwrap();
    assert_eq!(mrz.optional_data(), "<12345678901");
    assert_eq!(*mrz.document_number(), "C01X00062");
    let mrz = Mrz::parse(&td3("UTO", "UTO", "MUSTER<<ANNA", "<123", None)).unwrap();
    assert_eq!(mrz.optional_data(), "<123");
}

#[test]
fn row_112_the_digit_of_no_optional_data_is_nought_or_a_filler() {
    for digit in ['0', '<'] {
        let mrz = Mrz::parse(&td3("UTO", "UTO", "MUSTER<<ANNA", "", Some(digit))).unwrap();
        assert_eq!(mrz.optional_data(), "");
    }
    for (optional, digit) in [("", '1'), ("12", '<')] {
        let zone = td3("UTO", "UTO", "MUSTER<<ANNA", optional, Some(digit));
        assert_eq!(
            Mrz::parse(&zone).unwrap_err().offset,
            86,
            "{optional}{digit}"
        );
    }
}

#[test]
fn row_113_a_single_name() {
    for names in ["SUHARTO", "SUHARTO<<", "<<SUHARTO"] {
        let mrz = Mrz::parse(&td3("UTO", "UTO", names, "", None)).unwrap();
        assert_eq!(*mrz.name(), "SUHARTO");
    }
    let mrz = Mrz::parse(&td3("UTO", "UTO", "", "", None)).unwrap();
    assert_eq!(*mrz.name(), "");
}

#[test]
fn nothing_of_the_holder_in_debug() {
    let mrz = Mrz::parse(TD3).unwrap();
    let shown = std::format!("{mrz:?} {:?} {:?}", mrz.birth(), mrz.access_key());
    assert_eq!(shown, "Mrz(Td3) MrzDate MrzKey");
}

proptest::proptest! {
    #[test]
    fn any_text_never_panics(text in "[A-Z0-9<]{72}|[A-Z0-9<]{88}|[A-Z0-9<]{90}|.{0,100}") {
        if let Ok(mrz) = Mrz::parse(&text) {
            let _ = (mrz.document_number(), mrz.name(), mrz.access_key());
        }
    }
}
