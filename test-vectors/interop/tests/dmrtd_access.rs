//! dmrtd opens and reads the virtual card: BAC, PACE with generic mapping, secure messaging, files.

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::drivers::block;
use chipid_emrtd::error::{AccessError, Error};
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::reading::Reading;
use chipid_interop::{
    Files, Metered, TestCard, chipid_reading, dmrtd_document_key, dmrtd_open, dmrtd_reads, rng,
    wrong_can,
};
use chipid_virtual_card::{CanRule, FaceEncoding, PaceMapping, PaceSuite, Profile};
use dmrtd::passport::Passport;
use dmrtd::proto::can_key::CanKey;

/// The curves of dmrtd 0.3.5's PACE. It has neither brainpoolP224r1, P320r1 nor P512r1.
const CURVES: [Curve; 6] = [
    Curve::P224,
    Curve::P256,
    Curve::P384,
    Curve::P521,
    Curve::BrainpoolP256r1,
    Curve::BrainpoolP384r1,
];
/// dmrtd 0.3.5 does PACE with AES alone.
const CIPHERS: [CipherAlgorithm; 3] = [
    CipherAlgorithm::Aes128,
    CipherAlgorithm::Aes192,
    CipherAlgorithm::Aes256,
];

fn with_pace(cipher: CipherAlgorithm, curve: Curve) -> TestCard {
    let mut profile = Profile::builtin("passport-no-proof").expect("profile");
    profile.pace = vec![PaceSuite::generic(cipher, curve)];
    profile.can = CanRule::Fixed("481209".into());
    TestCard::made(profile, None).expect("card")
}

fn by_dmrtd(card: &TestCard, with_can: bool) -> Files {
    let transport = Metered::new(card.data.clone());
    let mut passport = dmrtd_open(card, &transport, with_can).expect("dmrtd opens the chip");
    dmrtd_reads(card, &mut passport).expect("dmrtd reads the files")
}

fn by_chipid(card: &TestCard, with_can: bool) -> Files {
    let document = chipid_reading(card, &mut Metered::new(card.data.clone()), with_can, None)
        .expect("chipid reads");
    document
        .danger_unverified()
        .iter()
        .filter(|(file, _)| !file.is_in_master_file())
        .map(|(file, bytes)| (*file, bytes.to_vec()))
        .collect()
}

#[test]
fn bac_reads_every_file() {
    let card = TestCard::of("passport-bac").expect("card");
    assert!(card.data.pace.is_empty());
    let truth = card.readable();
    assert!(
        [
            FileId::Com,
            FileId::Sod,
            FileId::DG1,
            FileId::DG2,
            FileId::DG15
        ]
        .iter()
        .all(|file| truth.contains_key(file))
    );
    assert_eq!(by_dmrtd(&card, false), truth);
    assert_eq!(by_chipid(&card, false), truth);
}

#[test]
fn pace_reads_every_file_on_every_curve_with_every_cipher_and_both_passwords() {
    for curve in CURVES {
        for cipher in CIPHERS {
            let card = with_pace(cipher, curve);
            let truth = card.readable();
            for with_can in [true, false] {
                let what = format!("{} {} CAN: {with_can}", curve.name(), cipher.name());
                assert_eq!(by_dmrtd(&card, with_can), truth, "dmrtd {what}");
                assert_eq!(by_chipid(&card, with_can), truth, "chipid {what}");
            }
        }
    }
}

#[test]
fn pace_was_done_and_not_bac() {
    let card = with_pace(CipherAlgorithm::Aes128, Curve::P256);
    let mut only_pace = card.clone();
    only_pace.data.basic_access_control = false;
    assert_eq!(by_dmrtd(&only_pace, true), card.readable());
    assert_eq!(by_chipid(&only_pace, true), card.readable());
}

/// Of all kinds of card, with both passwords where there are two.
#[test]
fn every_profile_that_dmrtd_can_open_is_read_alike() {
    let mut read = 0;
    for name in Profile::names() {
        // dmrtd insists on decoding DG2, and knows no ISO/IEC 39794-5.
        let face = Profile::builtin(name).expect("profile").face;
        if face != FaceEncoding::Iso19794 {
            continue;
        }
        let card = TestCard::of(name).expect("card");
        // dmrtd's MRZ key needs a date of expiry and a whole day of birth; its PACE has one mapping, and neither 3DES nor every group.
        let runs = |suite: &PaceSuite| {
            CIPHERS.contains(&suite.cipher)
                && suite
                    .group
                    .curve()
                    .is_some_and(|curve| CURVES.contains(&curve))
        };
        let generic = |suite: &PaceSuite| suite.mapping == PaceMapping::Generic;
        let suites = &card.data.pace;
        if !suites.is_empty() && !(suites.iter().any(runs) && suites.iter().all(generic)) {
            continue;
        }
        let truth = card.readable();
        // dmrtd decodes DG1 as it reads it, and a day of birth that is not whole is an error to it.
        let whole_birth = card.holder.birth_written.is_none();
        if whole_birth && card.data.passwords.can.is_some() && !card.data.pace.is_empty() {
            assert_eq!(by_dmrtd(&card, true), truth, "{name} with CAN");
            read += 1;
        }
        let zone_opens = !card.data.passwords.pace_without_mrz;
        let whole_days = card.holder.expiry.is_some() && whole_birth;
        if zone_opens && whole_days {
            assert_eq!(by_dmrtd(&card, false), truth, "{name} with MRZ");
            read += 1;
        }
        assert_eq!(by_chipid(&card, !zone_opens), truth, "{name}");
    }
    assert!(read >= 10, "{read} readings");
}

#[test]
fn a_portrait_that_fills_the_short_offsets_is_read_alike() {
    for profile in ["passport-bac", "passport-p256"] {
        let profile = Profile::builtin(profile).expect("profile");
        let card = TestCard::made(profile, Some(32_000)).expect("card");
        assert!((32_001..=0x7FFF).contains(&card.data.files[&FileId::DG2].len()));
        let truth = card.readable();
        assert_eq!(by_chipid(&card, false), truth);
        assert_eq!(by_dmrtd(&card, false), truth);
    }
}

/// Beyond 32767 bytes the offset stands in a data object, and so does the answer; Le counts that object too (Doc 9303-10,
/// 3.6.6, Table 6: "maximum number of bytes expected in the response data field"). dmrtd 0.3.5 asks for the bare rest
/// of the file, so that the object's tag and length take the place of its last two bytes. The card is right.
#[test]
fn a_portrait_beyond_the_short_offsets_is_read_by_chipid_and_not_by_dmrtd() {
    let profile = Profile::builtin("passport-bac").expect("profile");
    let card = TestCard::made(profile, Some(50_000)).expect("card");
    let len = card.data.files[&FileId::DG2].len();
    assert!(len > 0x8000);
    assert_eq!(by_chipid(&card, false), card.readable());

    let mut passport = dmrtd_open(&card, &Metered::new(card.data.clone()), false).expect("opens");
    let refused = passport
        .read_ef_dg2()
        .expect_err("dmrtd has changed: read it too");
    let said = format!("got {} of {len} declared bytes", len - 2);
    assert!(refused.message.contains(&said), "{refused}");
}

#[test]
fn a_wrong_can_opens_nothing_for_either() {
    let card = with_pace(CipherAlgorithm::Aes128, Curve::BrainpoolP256r1);
    let wrong = wrong_can(&card).expect("a CAN");
    assert_ne!(Some(&wrong), card.data.passwords.can.as_ref());

    let mut passport = Passport::new(Metered::new(card.data.clone()));
    let card_access = passport.read_ef_card_access().expect("public");
    let key = CanKey::new(&wrong).expect("six digits");
    assert!(passport.start_session_pace(key, &card_access).is_err());
    assert!(passport.read_ef_dg1().is_err());

    let mut reading = Reading::with(AccessKey::can(&wrong).expect("six digits"));
    let mut transport = Metered::new(card.data.clone());
    let result = block(reading.run(&mut transport, &mut rng())).expect("answers at once");
    assert!(
        matches!(result, Err(Error::Access(AccessError::WrongKey { .. }))),
        "{result:?}"
    );
    assert!(!reading.partial().contains_key(&FileId::DG1));
}

#[test]
fn a_wrong_document_number_opens_nothing_for_either() {
    for profile in ["passport-bac", "passport-p256"] {
        let card = TestCard::of(profile).expect("card");
        let mut other = card.clone();
        other.holder.document_number = "C01X0006J".into();
        let for_pace = !card.data.pace.is_empty();
        let key = dmrtd_document_key(&other, for_pace).expect("key");

        let mut passport = Passport::new(Metered::new(card.data.clone()));
        let opened = if for_pace {
            let card_access = passport.read_ef_card_access().expect("public");
            passport.start_session_pace(key, &card_access)
        } else {
            passport.start_session(key)
        };
        assert!(opened.is_err(), "{profile}");
        assert!(passport.read_ef_dg1().is_err(), "{profile}");

        let key = AccessKey::document("C01X0006J", "850228", "310510").expect("key");
        let mut reading = Reading::with(key);
        let mut transport = Metered::new(card.data.clone());
        let result = block(reading.run(&mut transport, &mut rng())).expect("answers at once");
        assert!(
            matches!(result, Err(Error::Access(AccessError::WrongKey { .. }))),
            "{profile}: {result:?}"
        );
        assert!(!reading.partial().contains_key(&FileId::DG1), "{profile}");
    }
}
