//! Attacks on how the chip is opened and on how it proves itself while it is opened. `make attacks` prints the table.
//!
//! Each begins with an honest card that is opened by its strongest protocol and, where it can, proven by the chip
//! authentication mapping, and changes one thing.

mod support;

use chipid::emrtd::document::AccessProtocol;
use chipid::emrtd::finding::codes;
use chipid::emrtd::tlv;
use chipid::{Assessment, Check, ChipProof, Code, FileId, Policy, VerdictKind, Verification};
use chipid_virtual_card::{CardData, PaceSuite};

const CAM: &str = "passport-cam";

fn told(attack: &str, verification: Verification, code: Code, expected: VerdictKind) {
    let findings = verification.all_findings();
    assert!(findings.has(code), "{attack}: {findings:?}");
    // Nothing is missing but the face: an honest card of the same making is not judged so.
    let verdict = Policy::demo().decide(&Assessment::new(verification));
    assert_eq!(verdict.kind, expected, "{attack}: {verdict:?}");
    println!("{attack:<78} {} by {code}", verdict.kind.name());
}

/// The elements of a SET.
fn infos(set: &[u8]) -> Vec<Vec<u8>> {
    tlv::Reader::new(tlv::outer(set, 0x31).expect("a SET").value)
        .map(|info| info.expect("an element").raw.to_vec())
        .collect()
}

fn set(infos: &[Vec<u8>]) -> Vec<u8> {
    tlv::encode(0x31, &infos.concat())
}

/// The card with another EF.CardAccess, and a chip that does what it says.
fn showing(card: &CardData, infos: &[Vec<u8>], pace: &[&str]) -> CardData {
    let mut card = card.clone();
    card.files.insert(FileId::CardAccess, set(infos));
    card.pace = pace
        .iter()
        .map(|text| text.parse::<PaceSuite>().expect("a suite"))
        .collect();
    card
}

#[test]
fn honest_cards_are_proven_by_the_mapping() {
    let verification = support::verify(&support::card(CAM));
    let findings = verification.all_findings();
    assert!(!findings.has(codes::ACCESS_DOWNGRADED), "{findings:?}");
    assert_eq!(
        verification.chip_authentication_mapping,
        Check::Passed(()),
        "{findings:?}"
    );
    let mut alone = support::card(CAM);
    alone.chip_authentication.clear();
    let verification = support::verify(&alone);
    assert_eq!(
        verification.chip_genuine.passed().map(|chip| chip.by()),
        Some(ChipProof::ChipAuthenticationMapping),
        "{:?}",
        verification.all_findings()
    );
}

/// A German passport holds a key of Chip Authentication and one of the mapping on the same curve: the first of the two
/// proves nothing of the mapping.
#[test]
fn row_014_of_two_keys_on_one_curve_the_one_with_the_groups_number_is_meant() {
    let card = support::card(CAM);
    let mapping = card.mapping_keys.first().expect("a key of the mapping");
    let agreement = card.chip_authentication.first().expect("a key");
    assert_eq!(
        agreement.secret.domain_parameters(),
        chipid::emrtd::crypto::agreement::DomainParameters::Ecdh(mapping.curve())
    );
    let verification = support::verify(&card);
    assert_eq!(verification.chip_authentication_mapping, Check::Passed(()));
    let findings = verification.all_findings();
    let renumbered = findings
        .iter()
        .any(|finding| finding.detail == Some("mapping_key_under_another_number"));
    assert!(!renumbered, "{findings:?}");
}

#[test]
fn attacks_on_access() {
    let card = support::card(CAM);
    let shown = infos(&card.files[&FileId::CardAccess]);
    assert_eq!(shown.len(), 2);
    let (mapping, generic): (Vec<_>, Vec<_>) = shown
        .iter()
        .cloned()
        .partition(|info| info.windows(3).any(|w| w == [0x04, 0x06, 0x02]));

    let stripped = showing(&card, &generic, &["aes-128 brainpoolP256r1"]);
    told(
        "the chip authentication mapping stripped from EF.CardAccess",
        support::verify(&stripped),
        codes::ACCESS_DOWNGRADED,
        VerdictKind::Undecided,
    );
    let stripped = showing(&card, &mapping, &["aes-128 brainpoolP256r1 cam"]);
    told(
        "the generic mapping stripped from EF.CardAccess",
        support::verify(&stripped),
        codes::ACCESS_DOWNGRADED,
        VerdictKind::Undecided,
    );
    // PACE with 3DES on the same curve, which no signed file knows.
    let weak = hex::decode("3012060a04007f0007020204020102010202010d").expect("hex");
    let more = [shown.clone(), vec![weak.clone()]].concat();
    let suites = [
        "aes-128 brainpoolP256r1 cam",
        "aes-128 brainpoolP256r1",
        "3des brainpoolP256r1",
    ];
    told(
        "a protocol added to EF.CardAccess that the state did not sign",
        support::verify(&showing(&card, &more, &suites)),
        codes::ACCESS_DOWNGRADED,
        VerdictKind::Undecided,
    );
    told(
        "every protocol of EF.CardAccess replaced by one with 3DES",
        support::verify(&showing(&card, &[weak], &["3des brainpoolP256r1"])),
        codes::ACCESS_DOWNGRADED,
        VerdictKind::Undecided,
    );
    let integrated = support::card("id-im");
    let mut fallback = showing(&integrated, &[], &[]);
    fallback.basic_access_control = true;
    fallback.passwords.can = None;
    told(
        "the integrated mapping stripped from EF.CardAccess, so that BAC is used",
        support::verify(&fallback),
        codes::ACCESS_DOWNGRADED,
        VerdictKind::Undecided,
    );
}

#[test]
fn attacks_on_the_chip_authentication_mapping() {
    let card = support::card(CAM);
    let other_card = chipid_virtual_card::Personaliser::new(support::profile(CAM))
        .issuer(&support::issuer(CAM))
        .build(&mut support::rng())
        .expect("a card");

    let mut copy = card.clone();
    copy.mapping_keys.clone_from(&other_card.mapping_keys);
    told(
        "the mapping done with the key of another card of the same state",
        support::verify(&copy),
        codes::CHIP_NOT_GENUINE,
        VerdictKind::Reject,
    );
    let mut copy = card.clone();
    copy.files.insert(
        FileId::CardSecurity,
        other_card.files[&FileId::CardSecurity].clone(),
    );
    told(
        "EF.CardSecurity of another card of the same state",
        support::verify(&copy),
        codes::CHIP_NOT_GENUINE,
        VerdictKind::Reject,
    );

    let profile = support::profile(CAM);
    let forger =
        chipid_virtual_card::Issuer::for_profile(&profile, &mut support::rng()).expect("an issuer");
    let forged = chipid_virtual_card::Personaliser::new(profile)
        .issuer(&forger)
        .build(&mut support::rng())
        .expect("a card");
    let mut clone = card.clone();
    clone.chip_authentication.clear();
    clone.mapping_keys.clone_from(&forged.mapping_keys);
    clone.files.insert(
        FileId::CardSecurity,
        forged.files[&FileId::CardSecurity].clone(),
    );
    let verification = support::verify(&clone);
    assert_eq!(verification.chip_genuine.passed(), None);
    assert_eq!(
        verification.chip_authentication_mapping,
        Check::NotPerformed(codes::NOT_AUTHENTICATED)
    );
    told(
        "a clone whose EF.CardSecurity the forger signed himself",
        verification,
        codes::CHIP_NOT_PROVEN,
        VerdictKind::Undecided,
    );

    let mut changed = card.clone();
    let file = changed
        .files
        .get_mut(&FileId::CardSecurity)
        .expect("a file");
    // The chip's key: the last point in the content.
    let point = card.mapping_keys[0].public().expect("a key");
    let at = file
        .windows(point.as_sec1().len())
        .position(|w| w == point.as_sec1())
        .expect("the key");
    let theirs = other_card.mapping_keys[0].public().expect("a key");
    file[at..at + theirs.as_sec1().len()].copy_from_slice(theirs.as_sec1());
    changed.mapping_keys.clone_from(&other_card.mapping_keys);
    told(
        "the key in EF.CardSecurity exchanged",
        support::verify(&changed),
        codes::SIGNATURE_INVALID,
        VerdictKind::Reject,
    );

    // Another state's chip, honestly signed, under this state's document.
    let mut abroad = support::profile(CAM);
    abroad.country = "XO".into();
    let neighbour =
        chipid_virtual_card::Issuer::for_profile(&abroad, &mut support::rng()).expect("an issuer");
    let foreign = chipid_virtual_card::Personaliser::new(abroad)
        .issuer(&neighbour)
        .build(&mut support::rng())
        .expect("a card");
    let mut mixed = card.clone();
    mixed.chip_authentication.clear();
    mixed.mapping_keys.clone_from(&foreign.mapping_keys);
    mixed.files.insert(
        FileId::CardSecurity,
        foreign.files[&FileId::CardSecurity].clone(),
    );
    let trust = support::trust(&[&card.csca, &foreign.csca]);
    let verification = support::read(&mixed).verify(&trust, support::now());
    assert_eq!(verification.chip_genuine.passed(), None);
    told(
        "another state's chip, honestly signed, under this state's document",
        verification,
        codes::ISSUER_STATE_MISMATCH,
        VerdictKind::Reject,
    );

    let mut without = card.clone();
    without.files.remove(&FileId::CardSecurity);
    without.chip_authentication.clear();
    told(
        "EF.CardSecurity withheld",
        support::verify(&without),
        codes::CHIP_NOT_PROVEN,
        VerdictKind::Undecided,
    );
    // What the mapping proves holds for the channel that it opened: PACE by another mapping proves nothing.
    let access = support::verify(&card).access.expect("access").protocol;
    assert!(matches!(access, AccessProtocol::Pace { .. }));
}
