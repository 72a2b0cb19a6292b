//! dmrtd judges what the personaliser and the virtual card made: passive authentication, Active Authentication.
//!
//! Doc 9303-11, 5.1 and 6.1.

use chipid_emrtd::document::UnverifiedDocument;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::finding::Check;
use chipid_emrtd::trust::TrustStore;
use chipid_emrtd::verification::Verification;
use chipid_interop::{Metered, TestCard, chipid_reading, dmrtd_open, noon};
use chipid_virtual_card::{
    ActiveAuthenticationAlgorithm, Behaviour, Profile, Proof, SigningAlgorithm, VirtualCard,
};
use dmrtd::auth::active;
use dmrtd::auth::passive::{
    ChainStatus, DataGroup, PassiveAuth, PassiveAuthError, TrustAnchor, verify,
};
use dmrtd::lds::df1::efdg15::EfDG15;

/// How CSCA and document signer sign, and the digest of the data groups. dmrtd 0.3.5 knows neither P-224,
/// brainpoolP224r1 nor P320r1 here.
const SIGNATURES: [(&str, &str, &str); 12] = [
    ("ecdsa P-256 sha-256", "ecdsa P-256 sha-256", "sha-256"),
    ("ecdsa P-384 sha-384", "ecdsa P-384 sha-384", "sha-384"),
    ("ecdsa P-521 sha-512", "ecdsa P-521 sha-512", "sha-512"),
    (
        "ecdsa P-384 sha-384 explicit",
        "ecdsa P-256 sha-256 explicit",
        "sha-256",
    ),
    (
        "ecdsa brainpoolP512r1 sha-512 explicit",
        "ecdsa brainpoolP512r1 sha-512",
        "sha-224",
    ),
    (
        "ecdsa brainpoolP256r1 sha-256",
        "ecdsa brainpoolP256r1 sha-256",
        "sha-256",
    ),
    (
        "ecdsa brainpoolP384r1 sha-384 explicit",
        "ecdsa brainpoolP256r1 sha-256 explicit",
        "sha-256",
    ),
    (
        "ecdsa brainpoolP384r1 sha-384",
        "ecdsa brainpoolP384r1 sha-384",
        "sha-384",
    ),
    ("rsa-pkcs1 3072 sha-256", "rsa-pkcs1 2048 sha-1", "sha-1"),
    (
        "rsa-pkcs1 2048 sha-512",
        "rsa-pkcs1 2048 sha-256",
        "sha-256",
    ),
    ("rsa-pss 2048 sha-256", "rsa-pss 2048 sha-256", "sha-256"),
    ("rsa-pss 2048 sha-512", "rsa-pss 2048 sha-384", "sha-512"),
];

fn signed_with(csca: &str, signer: &str, digest: &str) -> TestCard {
    let mut profile = Profile::builtin("passport-no-proof").expect("profile");
    profile.algorithms.csca = csca.parse::<SigningAlgorithm>().expect("algorithm");
    profile.algorithms.signer = signer.parse::<SigningAlgorithm>().expect("algorithm");
    profile.digest = digest.into();
    TestCard::made(profile, None).expect("card")
}

fn by_dmrtd(card: &TestCard, csca: &[u8]) -> Result<PassiveAuth, PassiveAuthError> {
    let groups: Vec<DataGroup<'_>> = card
        .data
        .files
        .iter()
        .filter_map(|(file, bytes)| match file {
            FileId::DataGroup(group) => Some(DataGroup {
                number: group.number(),
                bytes,
            }),
            _ => None,
        })
        .collect();
    let anchor = TrustAnchor::from_certificate(csca)?;
    verify(&card.data.files[&FileId::Sod], &groups, &[anchor])
}

fn by_chipid(card: &TestCard, csca: &[u8]) -> Verification {
    let trust = TrustStore::builder()
        .add(csca, "csca")
        .expect("an anchor")
        .build()
        .expect("a store");
    UnverifiedDocument::from_files(card.data.files.clone(), None).verify(&trust, noon())
}

#[test]
fn security_objects_of_every_algorithm_lead_to_the_csca() {
    let mut refused = Vec::new();
    for (csca, signer, digest) in SIGNATURES {
        let card = signed_with(csca, signer, digest);
        let judged = by_dmrtd(&card, &card.data.csca);
        if !judged.as_ref().is_ok_and(PassiveAuth::covers_all_groups) {
            refused.push(format!("{csca}, {signer}: {judged:?}"));
        }
        let judged = by_chipid(&card, &card.data.csca);
        assert!(
            matches!(judged.passive_authentication.check(), Check::Passed(_)),
            "{csca}, {signer}: {:?}",
            judged.all_findings()
        );
    }
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn another_state_of_the_same_name_vouches_for_nothing() {
    let card = signed_with("ecdsa P-256 sha-256", "ecdsa P-256 sha-256", "sha-256");
    let other = signed_with("ecdsa P-256 sha-256", "ecdsa P-256 sha-256", "sha-256");
    let judged = by_dmrtd(&card, &other.data.csca).expect("the signature itself holds");
    assert_eq!(judged.chain, ChainStatus::Unverified);
    let judged = by_chipid(&card, &other.data.csca);
    assert!(!matches!(
        judged.passive_authentication.check(),
        Check::Passed(_)
    ));
}

#[test]
fn one_changed_bit_of_a_portrait_is_seen_by_both() {
    let mut card = signed_with("ecdsa P-256 sha-256", "ecdsa P-256 sha-256", "sha-256");
    let face = card.data.files.get_mut(&FileId::DG2).expect("DG2");
    let middle = face.len() / 2;
    face[middle] ^= 1;
    assert_eq!(
        by_dmrtd(&card, &card.data.csca),
        Err(PassiveAuthError::DataGroupHashMismatch(2))
    );
    let judged = by_chipid(&card, &card.data.csca);
    assert!(matches!(
        judged.passive_authentication.check(),
        Check::Failed(_)
    ));
    assert!(judged.document.is_none());
}

/// dmrtd 0.3.5 verifies ECDSA on P-256 alone, and sends no extended lengths, which longer keys need (Doc 9303-11, 6.1.4).
#[test]
fn active_authentication_holds_for_both_and_a_clone_fails_for_both() {
    for algorithm in [
        "ecdsa P-256 sha-256",
        "rsa 1024 sha-1",
        "rsa 1536 sha-256",
        "rsa 1536 sha-1",
        "rsa 1536 sha-512",
    ] {
        let card = with_active_authentication(algorithm);

        let honest = Metered::new(card.data.clone());
        let mut passport = dmrtd_open(&card, &honest, false).expect("dmrtd opens the chip");
        let proof = passport.verify_active_authentication(b"8 bytes!");
        assert!(proof.is_ok(), "{algorithm}: {proof:?}");
        // Once more, so that the channel is known to have survived the signature.
        let file = passport.read_ef_dg1().expect("dmrtd reads on");
        assert_eq!(
            dmrtd::lds::ef::ElementaryFile::to_bytes(&file),
            card.data.files[&FileId::DG1]
        );
        assert!(genuine(&card, honest), "{algorithm}");

        let blank = || {
            let behaviour = Behaviour {
                active_authentication: Proof::Garbage,
                ..Behaviour::default()
            };
            Metered::of(VirtualCard::new(card.data.clone()).with_behaviour(behaviour))
        };
        let mut passport = dmrtd_open(&card, &blank(), false).expect("dmrtd opens the clone");
        assert!(
            passport.verify_active_authentication(b"8 bytes!").is_err(),
            "{algorithm}"
        );
        assert!(!genuine(&card, blank()), "{algorithm}");
    }
}

/// chipid carries the challenge with extended lengths, dmrtd judges the answer.
#[test]
fn answers_of_longer_keys_are_judged_alike() {
    for algorithm in [
        "rsa 2048 sha-1",
        "rsa 2048 sha-224",
        "rsa 2048 sha-256",
        "rsa 2048 sha-384",
        "rsa 2048 sha-512",
    ] {
        let card = with_active_authentication(algorithm);
        let mut transport = Metered::new(card.data.clone());
        let document = chipid_reading(&card, &mut transport, false, None).expect("chipid reads");
        let evidence = document.active_authentication().expect("an answer");
        let key = EfDG15::from_bytes(card.data.files[&FileId::DG15].clone()).expect("DG15");
        let judge = |challenge: &[u8], answer: &[u8]| {
            active::verify(key.aa_public_key(), challenge, answer)
        };
        let (challenge, answer) = (evidence.challenge, &evidence.signature);
        assert_eq!(judge(&challenge, answer), Ok(()), "{algorithm}");
        let mut other = challenge;
        other[0] ^= 1;
        assert!(judge(&other, answer).is_err(), "{algorithm}");
        assert!(
            genuine(&card, Metered::new(card.data.clone())),
            "{algorithm}"
        );
    }
}

fn with_active_authentication(algorithm: &str) -> TestCard {
    let mut profile = Profile::builtin("passport-p256").expect("profile");
    let wanted = algorithm
        .parse::<ActiveAuthenticationAlgorithm>()
        .expect("algorithm");
    profile.active_authentication = Some(wanted);
    profile.chip_authentication = None;
    TestCard::made(profile, None).expect("card")
}

fn genuine(card: &TestCard, mut transport: Metered) -> bool {
    let trust = TrustStore::builder()
        .add(&card.data.csca, "csca")
        .expect("an anchor")
        .build()
        .expect("a store");
    let document = chipid_reading(card, &mut transport, false, None).expect("chipid reads");
    let judged = document.verify(&trust, noon());
    matches!(judged.active_authentication, Check::Passed(()))
        && matches!(judged.chip_genuine, Check::Passed(_))
}
