//! Records as banks have them against cards: every outcome, every reason. The people are invented.

use chipid_emrtd::time::Date;
use chipid_vietnam::customer::{
    Action, CardHolder, Comparison, CustomerRecord, MAX_VALUE, Outcome, Reason,
};
use chipid_vietnam::dg13::{Dg13, Expiry};
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::qr::QrText;
use chipid_vietnam::sex::Sex;
use proptest::prelude::*;
use std::collections::BTreeSet;

const NUMBER: &str = "001099000017";
const NAME: &str = "Lê Thị Thủy Nghiệm";
const BIRTH: &str = "05/03/1999";

fn card() -> CardHolder<'static> {
    CardHolder {
        number: PersonalNumber::new(NUMBER).ok(),
        name: Some(NAME),
        birth: Date::new(1999, 3, 5),
        sex: Some(Sex::Female),
        old_number: Some("012345678"),
        issue: Date::new(2021, 5, 10),
        expiry: Date::new(2039, 3, 5).map(Expiry::On),
        residence: Some("Số 1 Phố Mẫu, Hà Nội"),
        ..CardHolder::default()
    }
}

fn record() -> CustomerRecord {
    CustomerRecord::new().number(NUMBER).name(NAME).birth(BIRTH)
}

#[track_caller]
fn expect(record: CustomerRecord, outcome: Outcome, reasons: &[Reason], action: Action) {
    expect_of(&card(), record, outcome, reasons, action);
}

#[track_caller]
fn expect_of(
    card: &CardHolder<'_>,
    record: CustomerRecord,
    outcome: Outcome,
    reasons: &[Reason],
    action: Action,
) {
    let found = record.compare(card);
    assert_eq!(
        (found.outcome, found.reasons.as_slice(), found.action),
        (outcome, reasons, action)
    );
}

#[test]
fn the_same() {
    expect(record(), Outcome::Same, &[], Action::Nothing);
    let whole = record()
        .sex("Nữ")
        .issue("10/05/2021")
        .expiry("2039-03-05")
        .residence("SO 1 PHO MAU - HA NOI");
    expect(whole, Outcome::Same, &[], Action::Nothing);
}

#[test]
fn a_card_that_was_renewed_is_the_same_person() {
    expect(
        record()
            .issue("01/02/2018")
            .expiry("05/03/2024")
            .residence("Xã Mẫu"),
        Outcome::Same,
        &[
            Reason::CardNewer,
            Reason::ExpiryDiffers,
            Reason::ResidenceDiffers,
        ],
        Action::UpdateDocument,
    );
    expect(
        record().issue("01/08/2024"),
        Outcome::Same,
        &[Reason::CardOlder],
        Action::AskForNewerCard,
    );
}

#[test]
fn spelt_differently() {
    let decomposed = "Le\u{302} Thi\u{323} Thu\u{309}y Nghie\u{302}\u{323}m";
    expect(
        record().name(decomposed),
        Outcome::Same,
        &[],
        Action::Nothing,
    );
    for (name, reasons) in [
        ("LÊ THỊ THỦY NGHIỆM", &[Reason::NameCase][..]),
        ("lê thị thủy nghiệm", &[Reason::NameCase]),
        ("Le Thi Thuy Nghiem", &[Reason::NameWithoutDiacritics]),
        ("LE THI THUY NGHIEM", &[Reason::NameWithoutDiacritics]),
        ("LE<<THI<THUY<NGHIEM", &[Reason::NameWithoutDiacritics]),
        ("Lê Thị Thuỷ Nghiệm", &[Reason::NameTonePlace]),
        ("LêThị Thủy Nghiệm", &[Reason::NameSpacing]),
        ("Lê Thị Thủy-Nghiệm", &[Reason::NameSpacing]),
        (
            "LETHITHUY NGHIEM",
            &[Reason::NameSpacing, Reason::NameWithoutDiacritics],
        ),
        ("Thị Thủy Nghiệm Lê", &[Reason::NameWordOrder]),
        ("Nghiệm Thủy Thị Lê", &[Reason::NameWordOrder]),
        ("Lê Thị Thùy Nghiệm", &[Reason::NameDiacriticsDiffer]),
        ("Lê Thị Thủy Nghiêm", &[Reason::NameDiacriticsDiffer]),
        ("Lê Thị Thủy Nghiệp", &[Reason::NameOneLetter]),
        ("Lê Thị Thủy Nghệim", &[Reason::NameOneLetter]),
        ("Lê Thủy Nghiệm", &[Reason::NameWordMissing]),
        ("Lê Thị Thủy Minh Nghiệm", &[Reason::NameWordMissing]),
        ("Lê T. Thủy Nghiệm", &[Reason::NameAbbreviated]),
    ] {
        expect(
            record().name(name),
            Outcome::SameSpeltDifferently,
            reasons,
            Action::UpdateRecord,
        );
    }
    let ly = CardHolder {
        name: Some("Đặng Quý Lý"),
        ..card()
    };
    for (name, reasons) in [
        ("Đặng Quí Lí", &[Reason::NameIOrY][..]),
        ("Dặng Quý Lý", &[Reason::NameWithoutDiacritics]),
        (
            "Dang Qui Ly",
            &[Reason::NameWithoutDiacritics, Reason::NameIOrY],
        ),
    ] {
        expect_of(
            &ly,
            record().name(name),
            Outcome::SameSpeltDifferently,
            reasons,
            Action::UpdateRecord,
        );
    }
    let long = CardHolder {
        name: Some("Công Tằng Tôn Nữ Thử Nghiệm Mẫu Dài"),
        ..card()
    };
    expect_of(
        &long,
        record().name("CONG TANG TON NU THU NGHIEM M"),
        Outcome::SameSpeltDifferently,
        &[Reason::NameTruncated],
        Action::UpdateRecord,
    );
    let other = CardHolder {
        other_name: Some("Lê Thị Khác"),
        ..card()
    };
    expect_of(
        &other,
        record().name("Lê Thị Khác"),
        Outcome::SameSpeltDifferently,
        &[Reason::NameIsOtherName],
        Action::UpdateRecord,
    );
    for (birth, reason) in [
        ("1999", Reason::BirthYearOnly),
        ("01/01/1999", Reason::BirthYearOnly),
        ("05/03/99", Reason::BirthTwoDigitYear),
        ("03/05/1999", Reason::BirthDayMonthSwapped),
        ("05/03/1989", Reason::BirthOneDigit),
        ("36224", Reason::BirthSerial),
    ] {
        expect(
            record().birth(birth),
            Outcome::SameSpeltDifferently,
            &[reason],
            Action::UpdateRecord,
        );
    }
    for (number, reason) in [
        ("1099000017", Reason::NumberLostZeros),
        ("099000017", Reason::NumberIsDocumentNumber),
    ] {
        expect(
            record().number(number),
            Outcome::SameSpeltDifferently,
            &[reason],
            Action::UpdateRecord,
        );
    }
}

#[test]
fn the_number_changed() {
    for (number, reason) in [
        ("012345678", Reason::OldNumberOnCard),
        ("12345678", Reason::OldNumberLostZero),
    ] {
        expect(
            record().number(number),
            Outcome::SameNumberChanged,
            &[reason],
            Action::UpdateNumber,
        );
    }
    expect(
        record().number("012345678").name("LE THI THUY NGHIEM"),
        Outcome::SameNumberChanged,
        &[Reason::OldNumberOnCard, Reason::NameWithoutDiacritics],
        Action::UpdateNumber,
    );
    // Corrected: the card names the number of twelve digits that went before it.
    let corrected = CardHolder {
        old_number: Some("001199000017"),
        ..card()
    };
    expect_of(
        &corrected,
        record().number("001199000017"),
        Outcome::SameNumberChanged,
        &[Reason::OldNumberOnCard],
        Action::UpdateNumber,
    );
    // Record and card agree in what went before.
    expect(
        record().number("001199000017").old_number("012345678"),
        Outcome::SameNumberChanged,
        &[Reason::OldNumberShared],
        Action::UpdateNumber,
    );
    // The record is ahead of the card.
    for record in [
        record().number("001199000017").old_number(NUMBER),
        record().number("001199000017 / 001099000017"),
    ] {
        expect(
            record,
            Outcome::SameNumberChanged,
            &[Reason::CardNumberIsOlder],
            Action::AskForNewerCard,
        );
    }
}

#[test]
fn the_qr_code_knows_what_the_card_of_2024_leaves_out() {
    let new = CardHolder {
        old_number: None,
        ..card()
    };
    let old = record().number("012345678");
    expect_of(
        &new,
        old.clone(),
        Outcome::RecordIncomplete,
        &[Reason::OldNumberNotOnCard],
        Action::AskForNumberHistory,
    );
    let qr = |number: &str| {
        QrText::parse(&format!(
            "{number}|012345678|{NAME}|05031999|Nữ||15072024|001199000017||"
        ))
        .unwrap()
    };
    let own = qr(NUMBER);
    let with = CardHolder {
        qr: Some(&own),
        ..new.clone()
    };
    for number in ["012345678", "001199000017"] {
        expect_of(
            &with,
            record().number(number),
            Outcome::RecordIncomplete,
            &[Reason::OldNumberInQr],
            Action::ReviewByPerson,
        );
    }
    // Unsigned, so no slip is forgiven beside it.
    expect_of(
        &with,
        old.clone().birth("03/05/1999"),
        Outcome::RecordIncomplete,
        &[Reason::OldNumberInQr, Reason::BirthDayMonthSwapped],
        Action::ReviewByPerson,
    );
    // Another card's QR code says nothing about this one.
    let foreign = qr("001099000018");
    let with = CardHolder {
        qr: Some(&foreign),
        ..new
    };
    expect_of(
        &with,
        old,
        Outcome::RecordIncomplete,
        &[Reason::OldNumberNotOnCard, Reason::QrOfAnotherCard],
        Action::AskForNumberHistory,
    );
}

#[test]
fn incomplete() {
    let lacks = |record, reasons: &[Reason], action| {
        expect(record, Outcome::RecordIncomplete, reasons, action);
    };
    lacks(
        CustomerRecord::new(),
        &[
            Reason::NumberMissing,
            Reason::NameMissing,
            Reason::BirthMissing,
        ],
        Action::CompleteRecord,
    );
    for (number, reason) in [
        ("", Reason::NumberMissing),
        ("1.099E+09", Reason::NumberScientific),
        ("00109900001O", Reason::NumberMalformed),
        ("00199000017", Reason::NumberMalformed),
        ("B1234567", Reason::NumberOfOtherDocument),
    ] {
        lacks(record().number(number), &[reason], Action::CompleteRecord);
    }
    for name in [
        "NguyÔn ThÞ Thñy",
        "Nguyá»…n Thá»‹",
        "L? Th? Th?y Nghi?m",
        "Traàn Vaên Ñoã",
        "Le6 Thi5 Thuy3",
    ] {
        lacks(
            record().name(name),
            &[Reason::NameUnreadable],
            Action::CompleteRecord,
        );
    }
    lacks(
        record().name(" - "),
        &[Reason::NameMissing],
        Action::CompleteRecord,
    );
    lacks(
        record().birth("31/02/1999"),
        &[Reason::BirthUnreadable],
        Action::CompleteRecord,
    );
    lacks(
        record().birth(""),
        &[Reason::BirthMissing],
        Action::CompleteRecord,
    );
    // All the rest is the same, and one thing contradicts: a person looks.
    lacks(
        record().number("001099000018"),
        &[Reason::NumberOneDigit],
        Action::ReviewByPerson,
    );
    lacks(
        record().number("079199123456"),
        &[Reason::NumberDiffers],
        Action::AskForNumberHistory,
    );
    lacks(
        record().number("987654321"),
        &[Reason::OldNumberDiffers],
        Action::AskForNumberHistory,
    );
    lacks(
        record().birth("17/11/1978"),
        &[Reason::BirthDiffers],
        Action::ReviewByPerson,
    );
    lacks(
        record().sex("Nam"),
        &[Reason::SexDiffers],
        Action::ReviewByPerson,
    );
    // Codes for the sex are not guessed.
    expect(record().sex("1"), Outcome::Same, &[], Action::Nothing);

    let blank = CardHolder::default();
    expect_of(
        &blank,
        record(),
        Outcome::RecordIncomplete,
        &[
            Reason::CardNumberMissing,
            Reason::CardNameMissing,
            Reason::CardBirthMissing,
        ],
        Action::ReviewByPerson,
    );
}

#[test]
fn a_card_of_which_the_zone_alone_was_read() {
    let zone = CardHolder {
        name: None,
        name_in_zone: Some("LE<<THI<THUY<NGHIEM<<<<<<<<<<<"),
        ..card()
    };
    for name in [NAME, "LE THI THUY NGHIEM", "Lê Thị Thùy Nghiệm"] {
        expect_of(
            &zone,
            record().name(name),
            Outcome::SameSpeltDifferently,
            &[Reason::NameInZoneAlone],
            Action::Nothing,
        );
    }
    let found = record().name("Lê Thị Thu Nghiệm").compare(&zone);
    assert_eq!(found.outcome, Outcome::AnotherPerson);
    let cut = CardHolder {
        name: None,
        name_in_zone: Some("CONG<<TANG<TON<NU<THU<NGHIEM<M"),
        ..card()
    };
    let found = record()
        .name("Công Tằng Tôn Nữ Thử Nghiệm Mẫu Dài")
        .compare(&cut);
    assert_eq!(found.outcome, Outcome::SameSpeltDifferently);
}

#[test]
fn a_card_that_knows_the_year_alone() {
    let year = CardHolder {
        birth: None,
        birth_year: Some(1999),
        ..card()
    };
    expect_of(
        &year,
        record().birth("1999"),
        Outcome::SameSpeltDifferently,
        &[Reason::BirthYearOnly],
        Action::UpdateRecord,
    );
    expect_of(
        &year,
        record().number("012345678"),
        Outcome::RecordIncomplete,
        &[Reason::OldNumberOnCard, Reason::BirthYearOnly],
        Action::CompleteRecord,
    );
}

#[test]
fn another_person() {
    let stranger = CustomerRecord::new()
        .number("079085123456")
        .name("Phạm Văn Mẫu")
        .birth("20/10/1985");
    expect(
        stranger,
        Outcome::AnotherPerson,
        &[
            Reason::NumberDiffers,
            Reason::NameDiffers,
            Reason::BirthDiffers,
        ],
        Action::KeepApart,
    );
    // A namesake.
    for number in ["079285123456", "", "1.099E+09", "987654321", "001099000018"] {
        let found = record().number(number).birth("20/10/1985").compare(&card());
        assert_eq!(found.outcome, Outcome::AnotherPerson, "{number}");
        assert_eq!(found.action, Action::KeepApart);
    }
    // A namesake born on the same day, with a number of their own: never the same, and not surely another.
    let found = record().number("079199123456").compare(&card());
    assert_eq!(found.outcome, Outcome::RecordIncomplete);
    // This number under another's name.
    expect(
        record().name("Phạm Văn Mẫu"),
        Outcome::AnotherPerson,
        &[Reason::NameDiffers],
        Action::KeepApart,
    );
    // Names that only look alike in a list.
    for name in [
        "Lê Thị Nghiệm Thủy",
        "Lê Văn Thủy Nghiệm",
        "Nghiệm",
        "Lê Thị",
    ] {
        let found = record().name(name).compare(&card());
        assert_eq!(found.outcome, Outcome::AnotherPerson, "{name}");
    }
}

#[test]
fn a_name_with_cyrillic_letters_is_never_the_same() {
    // А, Е, Н of another alphabet.
    for name in [
        "L\u{415} THI THUY NGHIEM",
        "Lê Thị Thủy N\u{261}hiệm",
        "ＬÊ Thị Thủy Nghiệm",
    ] {
        expect(
            record().name(name),
            Outcome::RecordIncomplete,
            &[Reason::NameForeignScript],
            Action::CompleteRecord,
        );
    }
}

#[test]
fn dg13_gives_the_side_of_the_card() {
    let file = hex::decode("6D81E03081DD020101060628D3160100083181CF3011020101130C30303130393930303030313730170201020C124CC3AA205468E1BBAD204E676869E1BB876D300F020103130A31352F30332F3139393930080201040C034E616D300F0201050C0A5669E1BB8774204E616D3003020106300302010730190201080C1458C3A3204DE1BAAB752C2048C3A0204EE1BB99693003020109300302010A300F02010B130A31352F30372F32303234300F02010C0C0A31352F30332F32303339300302010D300302010E300302010F3015020110131030323934303030303030303030303030").unwrap();
    let dg13 = Dg13::parse(&file).unwrap();
    let record = CustomerRecord::new()
        .number(NUMBER)
        .name("LE THU NGHIEM")
        .birth("15/03/1999")
        .issue("10/05/2021");
    expect_of(
        &CardHolder::of(&dg13),
        record,
        Outcome::SameSpeltDifferently,
        &[Reason::NameWithoutDiacritics, Reason::CardNewer],
        Action::UpdateRecord,
    );
}

#[test]
fn every_reason_and_outcome_and_action_is_reached_by_these_tests() {
    // The names are permanent: unique, snake_case.
    let mut seen = BTreeSet::new();
    let names = Reason::ALL.iter().map(|r| r.name());
    for name in names {
        assert!(seen.insert(name), "{name} stands twice");
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    }
    let source = include_str!("customer.rs");
    for reason in Reason::ALL {
        assert!(
            source.contains(&format!("Reason::{reason:?}")),
            "{reason:?} has no test"
        );
    }
    for outcome in Outcome::ALL {
        assert!(
            source.contains(&format!("Outcome::{outcome:?}")),
            "{outcome:?}"
        );
    }
    for action in Action::ALL {
        assert!(
            source.contains(&format!("Action::{action:?}")),
            "{action:?}"
        );
    }
}

#[test]
fn debug_shows_nothing_of_the_customer() {
    let debug = format!("{:?} {:?}", record().old_number("012345678"), card());
    for secret in ["0010", "Lê", "1999", "0123", "Phố"] {
        assert!(!debug.contains(secret), "{debug}");
    }
}

fn is_same(found: &Comparison) -> bool {
    matches!(
        found.outcome,
        Outcome::Same | Outcome::SameSpeltDifferently | Outcome::SameNumberChanged
    )
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(NUMBER.to_owned()),
        Just("012345678".to_owned()),
        Just("1099000017".to_owned()),
        "0[0-9]{11}",
        "[0-9]{8,13}",
        "[0-9]\\.[0-9]{1,6}E\\+(09|10|11)",
        ".{0,20}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(NAME.to_owned()),
        Just("LE THI THUY NGHIEM".to_owned()),
        "(Lê|Trần|Phạm) (Thị|Văn) (Thủy|Thùy|Mẫu) (Nghiệm|Nghiêm|Thử)",
        "[A-ZĐa-zàáảãạâấăôơư ]{0,30}",
        ".{0,30}",
    ]
}

fn birth() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(BIRTH.to_owned()),
        Just("1999".to_owned()),
        "(0[1-9]|[12][0-9])/(0[1-9]|1[0-2])/(19[0-9]{2})",
        ".{0,14}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn never_the_same_where_number_and_birth_both_differ(
        number in "0[0-9]{11}", name in name(), year in 1930u16..1990, day in 10u8..28, month in 6u8..=12
    ) {
        prop_assume!(number != NUMBER);
        let found = record().number(&number).name(&name).birth(&format!("{day}/{month}/{year}")).compare(&card());
        prop_assert!(!is_same(&found));
        prop_assert_eq!(found.outcome, Outcome::AnotherPerson);
    }

    #[test]
    fn never_the_same_without_a_number_that_is_the_holders(number in "0[0-9]{11}", birth in birth()) {
        prop_assume!(number != NUMBER);
        prop_assert!(!is_same(&record().number(&number).birth(&birth).compare(&card())));
    }

    #[test]
    fn never_the_same_without_name_or_birth(number in number(), name in name(), birth in birth()) {
        prop_assert!(!is_same(&record().number(&number).name("").birth(&birth).compare(&card())));
        prop_assert!(!is_same(&record().number(&number).name(&name).birth("").compare(&card())));
        prop_assert!(!is_same(&record().number("").name(&name).birth(&birth).compare(&card())));
    }

    #[test]
    fn the_same_is_the_same_in_letters_and_digits(number in number(), name in name(), birth in birth()) {
        let found = record().number(&number).name(&name).birth(&birth).compare(&card());
        if found.outcome == Outcome::Same {
            prop_assert!(number.contains(NUMBER));
            prop_assert_eq!(&*chipid_vietnam::name::fold(&name), "LE THI THUY NGHIEM");
        }
    }

    #[test]
    fn any_texts_never_panic_and_answer_alike_twice(
        texts in prop::collection::vec(".{0,60}", 8), long in 0usize..2000
    ) {
        let record = CustomerRecord::new()
            .number(&texts[0]).old_number(&texts[1]).name(&texts[2]).birth(&texts[3])
            .sex(&texts[4]).issue(&texts[5]).expiry(&texts[6]).residence(&texts[7]);
        prop_assert_eq!(record.compare(&card()), record.compare(&card()));
        let repeated = "Lê ".repeat(long);
        let found = record.clone().name(&repeated).compare(&card());
        prop_assert!(!is_same(&found) || repeated.len() < MAX_VALUE);
    }
}
