//! Attacks with mixed data, foreign codes and forms, and customers' records, by name, and what refuses each. `make attacks` prints the
//! table.

mod support;

use chipid::emrtd::finding::codes as core;
use chipid::vietnam::customer::{CustomerRecord, Outcome};
use chipid::vietnam::qr::QrText;
use chipid::{
    AccessKey, Assessment, ClerkInput, Code, DataGroup, Date, FileId, NotProven, Policy,
    VerdictKind, codes, compare_customer,
};
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, Validity, VirtualCard};
use std::sync::OnceLock;
use zeroize::Zeroizing;

const PROFILE: &str = "vn-2021";

#[derive(Default)]
struct Table(Vec<[String; 2]>);

impl Table {
    fn refused(&mut self, attack: &str, by: &str) {
        self.0.push([attack.into(), by.into()]);
    }

    /// Judged by the data alone, with the demands of a counter on them: no face, so that nothing else may refuse first.
    fn judged(&mut self, attack: &str, assessment: &Assessment, kind: VerdictKind, by: Code) {
        let verdict = Policy::reading_only().decide(assessment);
        let found = verdict.grounds.iter().any(|ground| ground.code == by);
        assert!(
            verdict.kind == kind && found,
            "{attack}: {:?}",
            verdict.grounds
        );
        self.refused(attack, by.name());
    }

    /// A record that must not be taken for the holder's.
    fn kept_apart(
        &mut self,
        attack: &str,
        assessment: &Assessment,
        record: &CustomerRecord,
        qr: Option<&QrText>,
        outcome: Outcome,
    ) {
        let found = compare_customer(assessment, record, qr).expect("proven data");
        assert_eq!(found.comparison.outcome, outcome, "{attack}: {found:?}");
        self.refused(attack, outcome.name());
    }
}

#[test]
fn none_is_believed() {
    let mut table = Table::default();
    mixed_data(&mut table);
    foreign_codes_and_forms(&mut table);
    records(&mut table);
    println!("\n{:<74}  refused by", "attack");
    for [attack, by] in &table.0 {
        println!("{attack:<74}  {by}");
    }
    println!(
        "\n{} attacks with data, codes and records, none believed",
        table.0.len()
    );
    assert!(table.0.len() >= 16);
}

/// A state's authority without the marker of a test, so that an honest card is accepted.
fn authority() -> &'static Issuer {
    static MADE: OnceLock<Issuer> = OnceLock::new();
    MADE.get_or_init(|| {
        let profile = support::profile(PROFILE);
        let validity = Validity::around(profile.holder.issued);
        Issuer::new(
            "VN",
            profile.algorithms,
            validity,
            false,
            &mut support::rng(),
        )
        .expect("an issuer")
    })
}

fn personaliser(profile: Profile) -> Personaliser<'static> {
    let key = support::card(PROFILE).active_authentication;
    Personaliser::new(profile)
        .issuer(authority())
        .active_authentication_key(key.expect("a key"))
}

fn build(personaliser: Personaliser<'_>) -> CardData {
    personaliser.build(&mut support::rng()).expect("a card")
}

fn holder() -> CardData {
    build(personaliser(support::profile(PROFILE)))
}

/// Another person of the same authority, with the same last six digits, and so the same CAN.
fn neighbour() -> Profile {
    let mut profile = support::profile(PROFILE);
    profile.holder.personal_number = Some("079185000017".into());
    profile.holder.document_number = "185000017".into();
    profile.holder.birth = Date::new(1985, 10, 20).expect("a day");
    profile.holder.sex = 'F';
    profile.holder.surname = "PHAM".into();
    profile.holder.given_names = "THI MAU".into();
    if let Some(details) = &mut profile.holder.details {
        details.name = "Phạm Thị Mẫu".into();
        details.old_number = Some("987654321".into());
    }
    profile
}

fn dg13_of(profile: Profile) -> Vec<u8> {
    build(personaliser(profile)).files[&FileId::DG13].clone()
}

fn assess(card: &CardData) -> Assessment {
    let trust = support::trust(&[authority().csca_certificate()]);
    Assessment::new(support::read(card).verify(&trust, support::now()))
}

fn with_dg13(dg13: Vec<u8>) -> Assessment {
    let profile = support::profile(PROFILE);
    assess(&build(
        personaliser(profile).data_group(DataGroup::OPTIONAL_DETAILS, dg13),
    ))
}

fn mixed_data(table: &mut Table) {
    let honest = Policy::reading_only().decide(&assess(&holder()));
    assert_eq!(honest.kind, VerdictKind::Accept, "{:?}", honest.grounds);

    table.judged(
        "another person's DG13, signed together with this DG1 by the same signer",
        &with_dg13(dg13_of(neighbour())),
        VerdictKind::Reject,
        core::HOLDER_MISMATCH,
    );
    let mut card = holder();
    card.files.insert(FileId::DG13, dg13_of(neighbour()));
    table.judged(
        "another person's DG13 put onto the chip",
        &assess(&card),
        VerdictKind::Reject,
        core::DIGEST_MISMATCH,
    );
    let mut nameless = neighbour();
    nameless.dg13.omitted = vec![1];
    table.judged(
        "another person's DG13 without its number",
        &with_dg13(dg13_of(nameless)),
        VerdictKind::Reject,
        core::HOLDER_MISMATCH,
    );
    let mut renamed = support::profile(PROFILE);
    renamed.dg13.omitted = vec![1, 3, 4];
    if let Some(details) = &mut renamed.holder.details {
        details.name = "Phạm Thị Mẫu".into();
    }
    table.judged(
        "a DG13 of another name with neither number nor birth nor sex",
        &with_dg13(dg13_of(renamed)),
        VerdictKind::Undecided,
        codes::NAME_MISMATCH,
    );
    let mut bare = support::profile(PROFILE);
    bare.dg13.omitted = vec![1, 2, 3, 4];
    table.judged(
        "a DG13 that nothing ties to the holder",
        &with_dg13(dg13_of(bare)),
        VerdictKind::Undecided,
        codes::REQUIRED_CHECK_MISSING,
    );
    let mut forever = support::profile(PROFILE);
    forever.holder.expiry = None;
    table.judged(
        "a DG13 that never expires beside a zone that does",
        &with_dg13(dg13_of(forever)),
        VerdictKind::Undecided,
        codes::EXPIRY_MISMATCH,
    );
}

fn foreign_codes_and_forms(table: &mut Table) {
    // The chip opens: the code's number ends in the same six digits.
    let qr = QrText::parse(
        "079185000017|987654321|Phạm Thị Mẫu|20101985|Nữ|Số 1 Phố Mẫu, Hà Nội|10052021",
    )
    .expect("a QR text");
    let card = holder();
    let mut chip = VirtualCard::new(card.clone());
    let key = AccessKey::can(qr.number.can()).expect("a CAN");
    let document = support::read_from(&mut chip, key).expect("the same CAN");
    let trust = support::trust(&[authority().csca_certificate()]);
    let opened = Assessment::new(document.verify(&trust, support::now())).with_qr(&qr);
    table.judged(
        "the QR code of another person with the same CAN",
        &opened,
        VerdictKind::Undecided,
        codes::QR_MISMATCH,
    );
    let own = |name: &str| {
        QrText::parse(&format!(
            "001090000017|012345678|{name}|15031990|Nam|Số 1 Phố Mẫu, Hà Nội|10052021"
        ))
        .expect("a QR text")
    };
    table.judged(
        "a printed QR code with the card's number under another name",
        &assess(&card).with_qr(&own("Trần Văn Khác")),
        VerdictKind::Undecided,
        codes::QR_MISMATCH,
    );
    let typed = |name: &str| ClerkInput {
        name: Some(Zeroizing::new(name.into())),
        ..ClerkInput::default()
    };
    for (attack, name) in [
        ("a form in another name", "Trần Văn Khác"),
        (
            "a form whose name has a Cyrillic letter that looks alike",
            "L\u{415} THU NGHIEM",
        ),
        ("a form with the beginning of the name", "Lê Thử"),
    ] {
        let assessment = assess(&card).with_clerk_input(&typed(name));
        table.judged(
            attack,
            &assessment,
            VerdictKind::Undecided,
            codes::CLERK_INPUT_MISMATCH,
        );
        let told = format!("{:?} {:?}", assessment, assessment.differences());
        assert!(!told.contains("Nghiệm") && !told.contains(name), "{attack}");
    }
}

fn records(table: &mut Table) {
    let assessment = assess(&holder());
    let own = || {
        CustomerRecord::new()
            .number("001090000017")
            .name("Lê Thử Nghiệm")
            .birth("15/03/1990")
    };
    let same = compare_customer(&assessment, &own(), None).expect("proven data");
    assert_eq!(same.comparison.outcome, Outcome::Same);

    for (attack, record, outcome) in [
        (
            "the record of a namesake",
            own().number("079190123456").birth("20/10/1985"),
            Outcome::AnotherPerson,
        ),
        (
            "the record of a namesake born on the same day",
            own().number("079090123456"),
            Outcome::RecordIncomplete,
        ),
        (
            "a record with this number under another name",
            own().name("Trần Văn Khác"),
            Outcome::AnotherPerson,
        ),
        (
            "a record whose name has a Cyrillic letter that looks alike",
            own().name("L\u{415} THU NGHIEM"),
            Outcome::RecordIncomplete,
        ),
        (
            "a record with the same last six digits and name",
            own().number("079185000017").birth("20/10/1985"),
            Outcome::AnotherPerson,
        ),
        (
            "a record whose number a spreadsheet rounded",
            own().number("1.09E+09"),
            Outcome::RecordIncomplete,
        ),
        (
            "a record of name and birth alone",
            own().number(""),
            Outcome::RecordIncomplete,
        ),
        (
            "another person's old number under the holder's name and birth",
            own().number("987654321"),
            Outcome::RecordIncomplete,
        ),
    ] {
        table.kept_apart(attack, &assessment, &record, None, outcome);
    }

    // A printed QR code that names another person's old number beside the card's own number.
    let printed = QrText::parse(
        "001090000017|987654321|Lê Thử Nghiệm|15031990|Nam|Số 1 Phố Mẫu, Hà Nội|10052021",
    )
    .expect("a QR text");
    let victim = CustomerRecord::new()
        .number("987654321")
        .name("Phạm Thị Mẫu")
        .birth("20/10/1985");
    table.kept_apart(
        "a printed QR code that claims another person's old number",
        &assessment,
        &victim,
        Some(&printed),
        Outcome::AnotherPerson,
    );

    let mut forged = holder();
    if let Some(byte) = forged
        .files
        .get_mut(&FileId::DG13)
        .and_then(|f| f.get_mut(60))
    {
        *byte ^= 1;
    }
    let found = compare_customer(&assess(&forged), &own(), None);
    assert_eq!(found, Err(NotProven::NotAuthenticated));
    table.refused(
        "a record held against a changed DG13",
        NotProven::NotAuthenticated.name(),
    );
}
