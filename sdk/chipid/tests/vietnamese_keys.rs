//! A Vietnamese card and the keys that its number, QR code and zone give, with the tries that they cost.

mod support;

use chipid::emrtd::document::AccessProtocol;
use chipid::emrtd::error::AccessError;
use chipid::emrtd::finding::codes;
use chipid::vietnam::expiry::{CardExpiry, candidates};
use chipid::{
    AccessKeys, Assessment, ChipError, Error, Policy, Reading, UnverifiedDocument, block, keys,
};
use chipid_virtual_card::{Behaviour, CardAccess, CardData, Personaliser, VirtualCard};

fn open(
    card: &CardData,
    behaviour: Behaviour,
    keys: AccessKeys,
) -> Result<UnverifiedDocument, Error> {
    let mut chip = VirtualCard::new(card.clone()).with_behaviour(behaviour);
    block(Reading::with(keys).assume_vietnamese_card().run(&mut chip)).expect("ready")
}

fn opened(card: &CardData, keys: AccessKeys) -> (AccessProtocol, u8) {
    let document = open(card, Behaviour::default(), keys).expect("a document");
    let access = document.access().expect("access");
    (access.protocol, access.attempts)
}

fn tries_spent(result: Result<UnverifiedDocument, Error>) {
    assert!(
        matches!(
            result,
            Err(Error::Chip(ChipError::Access(AccessError::WrongKey { .. })))
        ),
        "{result:?}"
    );
}

/// The card without PACE, with another last day of validity in its zone.
fn expiring(until: CardExpiry) -> CardData {
    let mut profile = support::profile("vn-bac-only");
    profile.holder.expiry = match until {
        CardExpiry::On(day) => Some(day),
        CardExpiry::Never => None,
    };
    let issuer = support::issuer("vn-bac-only");
    Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut support::rng())
        .expect("a card")
}

#[test]
fn whichever_likely_day_of_expiry_it_is_the_qr_code_opens_a_card_without_pace() {
    let profile = support::profile("vn-bac-only");
    let qr = profile.qr_text().expect("a QR text");
    let days = candidates(profile.holder.birth, profile.holder.issued);
    assert!(days.len() >= 3, "{days:?}");
    for (place, until) in days.into_iter().take(4).enumerate() {
        let (keys, _) = keys::from_qr(&qr).expect("keys");
        let (protocol, attempts) = opened(&expiring(until), keys);
        assert_eq!(protocol, AccessProtocol::Bac);
        // The CAN is no key of BAC, and costs no try.
        assert_eq!(usize::from(attempts), place + 1, "{until:?}");
    }
    // One day off, as nobody would reckon it: every candidate is tried once, and that is all.
    let wrong = CardExpiry::On(chipid::Date::new(2031, 1, 1).expect("a day"));
    let (keys, _) = keys::from_qr(&qr).expect("keys");
    tries_spent(open(&expiring(wrong), Behaviour::default(), keys));
}

#[test]
fn pace_with_the_can_is_the_first_try() {
    for name in [
        "vn-2021",
        "vn-2024",
        "vn-leap-day",
        "vn-no-expiry",
        "vn-birth-year-only",
        "vn-pace-only",
    ] {
        let card = support::card(name);
        let (of_qr, _) = keys::from_qr(card.qr.as_deref().expect("a QR text")).expect("keys");
        let (protocol, attempts) = opened(&card, of_qr);
        assert!(matches!(protocol, AccessProtocol::Pace { .. }), "{name}");
        assert_eq!(attempts, 1, "{name}");
        let of_number =
            keys::from_personal_number(card.number.as_deref().expect("a number")).expect("a key");
        assert_eq!(opened(&card, of_number).1, 1, "{name}");
    }
}

#[test]
fn without_ef_card_access_the_profile_is_assumed_and_told_for_every_vietnamese_key() {
    let card = support::card("vn-2021");
    let hidden = || Behaviour {
        card_access: CardAccess::RefusedWithPace,
        ..Behaviour::default()
    };
    let (of_qr, _) = keys::from_qr(card.qr.as_deref().expect("a QR text")).expect("keys");
    let of_number =
        keys::from_personal_number(card.number.as_deref().expect("a number")).expect("a key");
    let (of_zone, zone) = keys::from_mrz_text(&card.mrz.replace('0', "O")).expect("keys");
    assert!(keys::is_vietnamese(&zone));
    for keys in [of_qr, of_number, of_zone] {
        let document = open(&card, hidden(), keys).expect("a document");
        let access = document.access().expect("access");
        assert!(access.assumed && access.attempts == 1);
        assert!(matches!(access.protocol, AccessProtocol::Pace { .. }));
        let trust = support::trust(&[&card.csca]);
        let verification = document.verify(&trust, support::now());
        let verdict = Policy::reading_only().decide(&Assessment::new(verification));
        assert!(
            verdict
                .grounds
                .iter()
                .any(|g| g.code == codes::ACCESS_PROFILE_ASSUMED),
            "{verdict:?}"
        );
    }
}

#[test]
fn another_persons_qr_code_opens_nothing_and_stops_at_five() {
    let card = support::card("vn-2021");
    let other = support::card("vn-2024");
    let (keys, _) = keys::from_qr(other.qr.as_deref().expect("a QR text")).expect("keys");
    assert!(keys.iter().count() > 1 && keys.iter().count() <= 5);
    tries_spent(open(&card, Behaviour::default(), keys));
}
