//! Chip Authentication in every group and with every cipher, and the ways in which chips offer it.

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::crypto::agreement::DomainParameters;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::drivers::block;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::finding::{Finding, codes};
use chipid_emrtd::reading::Reading;
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::TrustStore;
use chipid_emrtd::verification::Verification;
use chipid_virtual_card::{
    Behaviour, CardData, ChipAuthenticationProfile, ChipAuthenticationSuite, Deviation, Issuer,
    Personaliser, Profile, Proof, VirtualCard,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::sync::OnceLock;

fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

fn issuer() -> &'static Issuer {
    static ISSUER: OnceLock<Issuer> = OnceLock::new();
    ISSUER.get_or_init(|| {
        let profile = Profile::builtin("id-two-keys").unwrap();
        Issuer::for_profile(&profile, &mut rng()).unwrap()
    })
}

/// A card of `id-two-keys` with these keys instead.
fn card(keys: &[ChipAuthenticationProfile]) -> CardData {
    let mut profile = Profile::builtin("id-two-keys").unwrap();
    profile.chip_authentication = keys.first().copied();
    profile.further_chip_authentication = keys.iter().skip(1).copied().collect();
    Personaliser::new(profile)
        .issuer(issuer())
        .build(&mut rng())
        .unwrap()
}

fn key(cipher: CipherAlgorithm, group: DomainParameters) -> ChipAuthenticationProfile {
    ChipAuthenticationProfile {
        suite: ChipAuthenticationSuite { cipher, group },
        explicit: false,
        key_id: None,
        unnamed: false,
    }
}

fn verify(card: &CardData, chip: &mut VirtualCard) -> Verification {
    let mut reading = Reading::with(AccessKey::mrz(&card.mrz).unwrap());
    let document = block(reading.run(chip, &mut rng())).unwrap().unwrap();
    let trust = TrustStore::builder()
        .add(issuer().csca_certificate(), "csca.der")
        .unwrap()
        .build()
        .unwrap();
    document.verify(&trust, Date::new(2026, 11, 21).unwrap().noon_utc())
}

fn proven(verification: &Verification) -> bool {
    verification.chip_authentication.passed().is_some()
        && verification.chip_genuine.passed().is_some()
}

fn weak(verification: &Verification) -> bool {
    verification
        .findings
        .iter()
        .any(|f| *f == Finding::in_file(codes::WEAK_ALGORITHM, FileId::DG14))
}

const GROUP: DomainParameters =
    DomainParameters::Ecdh(chipid_emrtd::crypto::ec::Curve::BrainpoolP256r1);

#[test]
fn chips_prove_themselves_in_every_group_with_every_cipher() {
    for group in DomainParameters::all() {
        for cipher in [
            CipherAlgorithm::Tdes,
            CipherAlgorithm::Aes128,
            CipherAlgorithm::Aes192,
            CipherAlgorithm::Aes256,
        ] {
            for explicit in [false, true] {
                let key = ChipAuthenticationProfile {
                    explicit,
                    ..key(cipher, group)
                };
                let card = card(&[key]);
                let verification = verify(&card, &mut VirtualCard::new(card.clone()));
                let name = format!("{} {}", cipher.name(), group.name());
                assert!(proven(&verification), "{name}");
                let is_weak = cipher == CipherAlgorithm::Tdes || group.strength() < 112;
                assert_eq!(weak(&verification), is_weak, "{name}");
            }
        }
    }
}

#[test]
fn a_copy_without_the_key_is_not_proven_in_any_group() {
    for group in DomainParameters::all() {
        let card = card(&[key(CipherAlgorithm::Aes128, group)]);
        let copy = card.blank_copy();
        let verification = verify(&card, &mut VirtualCard::new(copy.clone()));
        assert!(!proven(&verification));
        let mut impostor = VirtualCard::new(copy).with_behaviour(Behaviour {
            chip_authentication: Proof::Garbage,
            ..Behaviour::default()
        });
        let verification = verify(&card, &mut impostor);
        assert_eq!(
            verification.chip_genuine.reason(),
            Some(codes::CHIP_NOT_GENUINE)
        );
    }
}

/// Deviations row 37: a key and no protocol.
#[test]
fn row_37_the_protocol_is_inferred_from_the_key_and_said() {
    for group in [
        GROUP,
        DomainParameters::Dh(chipid_emrtd::crypto::dh::Group::Modp2048Order224),
    ] {
        let key = ChipAuthenticationProfile {
            unnamed: true,
            ..key(CipherAlgorithm::Tdes, group)
        };
        let card = card(&[key]);
        let verification = verify(&card, &mut VirtualCard::new(card.clone()));
        assert!(proven(&verification));
        let said = Finding::deviation(FileId::DG14, "chip_authentication_protocol_inferred");
        assert!(verification.findings.iter().any(|f| *f == said));
        assert!(weak(&verification));
        // A copy does not profit from it.
        let mut copy = VirtualCard::new(card.blank_copy()).with_behaviour(Behaviour {
            chip_authentication: Proof::Garbage,
            ..Behaviour::default()
        });
        let verification = verify(&card, &mut copy);
        assert_eq!(
            verification.chip_genuine.reason(),
            Some(codes::CHIP_NOT_GENUINE)
        );
    }
}

/// Deviations row 39: one key, and a number for it in DG14 that the chip does not know.
#[test]
fn row_39_a_number_that_the_chip_does_not_know_is_left_out() {
    for cipher in [CipherAlgorithm::Tdes, CipherAlgorithm::Aes128] {
        let mut card = card(&[ChipAuthenticationProfile {
            key_id: Some(0xC3),
            ..key(cipher, GROUP)
        }]);
        card.chip_authentication[0].key_id = Some(1);
        let verification = verify(&card, &mut VirtualCard::new(card.clone()));
        assert!(proven(&verification), "{}", cipher.name());
    }
}

#[test]
fn of_two_keys_the_strongest_is_tried_first_and_the_next_on_refusal() {
    let profile = Profile::builtin("id-two-keys").unwrap();
    let keys: Vec<ChipAuthenticationProfile> = profile
        .chip_authentication
        .into_iter()
        .chain(profile.further_chip_authentication)
        .collect();
    let whole = card(&keys);
    assert_eq!(whole.chip_authentication.len(), 2);
    let verification = verify(&whole, &mut VirtualCard::new(whole.clone()));
    assert!(proven(&verification) && !weak(&verification));

    let mut without_the_first = whole.clone();
    without_the_first.chip_authentication.remove(0);
    let verification = verify(&whole, &mut VirtualCard::new(without_the_first));
    assert!(proven(&verification) && weak(&verification));
}

/// Deviations row 44: Chip Authentication ends the session; what comes behind it is read in a new one.
#[test]
fn row_44_a_refused_proof_leads_back_to_a_working_channel() {
    let whole = card(&[key(CipherAlgorithm::Aes128, GROUP)]);
    let mut chip = VirtualCard::new(whole.clone()).with_behaviour(Behaviour {
        deviations: vec![Deviation::Row44ChipAuthenticationEndsSession],
        ..Behaviour::default()
    });
    let verification = verify(&whole, &mut chip);
    assert!(!proven(&verification));
    assert_eq!(
        verification.chip_authentication.reason(),
        Some(codes::CHIP_NOT_PROVEN)
    );
    let document = verification.document.expect("every file was read");
    assert!(document.portrait().is_some());
}

/// Deviations row 45: no DG15, so Active Authentication is not applicable, and never asked for.
#[test]
fn row_45_without_dg15_active_authentication_is_not_on_the_document() {
    let whole = card(&[key(CipherAlgorithm::Aes128, GROUP)]);
    let verification = verify(&whole, &mut VirtualCard::new(whole.clone()));
    assert!(proven(&verification));
    assert_eq!(
        verification.active_authentication.reason(),
        Some(codes::NOT_ON_DOCUMENT)
    );
}
