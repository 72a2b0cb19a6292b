//! PACE as chips offer it: several protocols, refused ones, groups written out, passwords with counters.

mod support;

use chipid::emrtd::document::{AccessOutcome, AccessProtocol};
use chipid::emrtd::error::AccessError;
use chipid::emrtd::finding::codes;
use chipid::emrtd::tlv;
use chipid::{AccessKey, AccessKeys, ChipError, Error, FileId, Reading, UnverifiedDocument, block};
use chipid_virtual_card::{Behaviour, CardData, Deviation, PaceSuite, VirtualCard};

fn with_suites(name: &str, suites: &[&str]) -> CardData {
    let mut profile = support::profile(name);
    profile.pace = suites
        .iter()
        .map(|text| text.parse::<PaceSuite>().expect("a suite"))
        .collect();
    chipid_virtual_card::Personaliser::new(profile)
        .issuer(&support::issuer(name))
        .build(&mut support::rng())
        .expect("a card")
}

fn read(
    card: &CardData,
    behaviour: Behaviour,
    key: impl Into<AccessKeys>,
) -> Result<UnverifiedDocument, Error> {
    let mut chip = VirtualCard::new(card.clone()).with_behaviour(behaviour);
    block(Reading::with(key).run(&mut chip)).expect("ready")
}

fn access(document: &UnverifiedDocument) -> &AccessOutcome {
    document.access().expect("access")
}

fn used(document: &UnverifiedDocument) -> String {
    match access(document).protocol {
        AccessProtocol::Pace {
            mapping,
            cipher,
            group,
        } => format!("{} {} {}", cipher.name(), group.name(), mapping.name()),
        _ => "bac".into(),
    }
}

fn refusal(result: Result<UnverifiedDocument, Error>) -> AccessError {
    match result {
        Err(Error::Chip(ChipError::Access(error))) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_strongest_protocol_is_used_whatever_their_order() {
    let suites = [
        "3des brainpoolP256r1",
        "aes-128 brainpoolP256r1 im",
        "aes-256 brainpoolP512r1",
        "aes-256 modp-2048-256",
        "aes-128 brainpoolP256r1",
    ];
    for turn in 0..suites.len() {
        let mut turned = suites;
        turned.rotate_left(turn);
        let card = with_suites("passport-p256", &turned);
        let document = read(&card, Behaviour::default(), support::mrz_key(&card)).expect("read");
        assert_eq!(used(&document), "aes-256 brainpoolP512r1 gm");
        assert_eq!(access(&document).offered.len(), suites.len());
        assert!(access(&document).passed_over.is_empty());
    }
}

#[test]
fn row_13_the_generic_mapping_is_taken_where_both_are_offered() {
    let both = with_suites("passport-p256", &["aes-256 P-384 im", "aes-256 P-384"]);
    let document = read(&both, Behaviour::default(), support::mrz_key(&both)).expect("read");
    assert_eq!(used(&document), "aes-256 P-384 gm");
    let one = support::card("id-im");
    let document = read(&one, Behaviour::default(), support::key(&one)).expect("read");
    assert_eq!(used(&document), "aes-256 brainpoolP384r1 im");
}

#[test]
fn row_16_a_refused_protocol_gives_way_to_the_next_and_that_is_said() {
    let card = with_suites("passport-p256", &["aes-128 modp-2048-256", "3des P-256"]);
    let mut chip = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
        deviations: vec![Deviation::Row16PaceDhRefused],
        ..Behaviour::default()
    });
    let document = block(Reading::with(support::mrz_key(&card)).run(&mut chip))
        .expect("ready")
        .expect("read");
    assert_eq!(used(&document), "3des P-256 gm");
    let outcome = access(&document);
    assert_eq!(outcome.attempts, 1);
    assert_eq!(outcome.passed_over.len(), 1);
    assert_eq!(outcome.passed_over[0].group_name(), "modp-2048-256");
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    assert!(verification.all_findings().has(codes::ACCESS_DOWNGRADED));
}

#[test]
fn a_wrong_password_is_not_tried_by_another_protocol() {
    let card = with_suites("vn-2021", &["aes-256 P-384", "aes-128 P-256"]);
    let result = read(
        &card,
        Behaviour::default(),
        AccessKey::can("999900").expect("a CAN"),
    );
    assert_eq!(refusal(result), AccessError::WrongKey { tries_left: None });
}

#[test]
fn a_chip_without_a_can_is_opened_by_the_next_key() {
    let mut card = support::card("id-im");
    card.passwords.can = None;
    let keys: AccessKeys = [
        AccessKey::can("302417").expect("a CAN"),
        support::mrz_key(&card),
    ]
    .into_iter()
    .collect();
    let document = read(&card, Behaviour::default(), keys).expect("read");
    assert_eq!(access(&document).password.map(|p| p.name()), Some("mrz"));
    // The password that the chip does not have was not put to the test.
    assert_eq!(access(&document).attempts, 1);
}

#[test]
fn curves_of_192_bits_are_refused_by_name() {
    // PACE-ECDH-GM-AES-128 with the standardised parameters 8 and 9.
    let infos = hex::decode(
        "3012060a04007f00070202040202020102020108\
         3012060a04007f00070202040202020102020109",
    )
    .expect("hex");
    let mut card = support::card("passport-bac");
    card.files
        .insert(FileId::CardAccess, tlv::encode(0x31, &infos));
    let document = read(&card, Behaviour::default(), support::mrz_key(&card)).expect("read");
    assert_eq!(used(&document), "bac");
    assert_eq!(
        access(&document).offered_groups(),
        ["P-192", "brainpoolP192r1"]
    );
    assert_eq!(
        access(&document).offered_names(),
        ["pace-gm-aes-128", "bac"]
    );
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    assert!(verification.all_findings().has(codes::ACCESS_DOWNGRADED));
}

#[test]
fn a_group_that_the_chip_writes_out_is_used_where_it_is_a_known_one() {
    let card = support::card("id-pace-dh");
    let document = read(&card, Behaviour::default(), support::key(&card)).expect("read");
    assert_eq!(used(&document), "aes-128 modp-2048-224 im");
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    assert!(!verification.all_findings().has(codes::ACCESS_DOWNGRADED));
    // One bit of its generator changed: a group of the chip's own, which gives the password away.
    let mut own = card.clone();
    let file = own.files.get_mut(&FileId::CardAccess).expect("a file");
    let at = file
        .windows(4)
        .position(|w| w == [0xAC, 0x40, 0x32, 0xEF])
        .expect("the generator of RFC 5114, 2.2");
    file[at + 10] ^= 1;
    let document = read(&own, Behaviour::default(), support::key(&own)).expect("read");
    assert_eq!(used(&document), "3des modp-2048-256 gm");
    assert!(access(&document).offered_groups().contains(&"unknown"));
}

#[test]
fn a_pin_that_was_wrong_once_is_left_alone() {
    let card = support::card("id-im");
    let mut chip = VirtualCard::new(card.clone());
    let mut run = |pin: &str| {
        let key = AccessKey::pin(pin).expect("a PIN");
        let result = block(Reading::with(key).run(&mut chip)).expect("ready");
        chip.reset();
        result
    };
    assert_eq!(
        used(&run("480213").expect("read")),
        "aes-256 brainpoolP384r1 im"
    );
    // The chip says that two tries are left: no key is tried any more, and none of them was spent.
    assert_eq!(
        refusal(run("000000")),
        AccessError::TriesNearlyExhausted { tries_left: 2 }
    );
    for _ in 0..3 {
        assert_eq!(
            refusal(run("480213")),
            AccessError::TriesNearlyExhausted { tries_left: 2 }
        );
    }
    // The PUK gives the tries back.
    let puk = AccessKey::puk(card.passwords.puk.as_deref().expect("a PUK")).expect("a PUK");
    assert!(
        block(Reading::with(puk).run(&mut chip))
            .expect("ready")
            .is_ok()
    );
    chip.reset();
    let pin = AccessKey::pin("480213").expect("a PIN");
    assert!(
        block(Reading::with(pin).run(&mut chip))
            .expect("ready")
            .is_ok()
    );
}
