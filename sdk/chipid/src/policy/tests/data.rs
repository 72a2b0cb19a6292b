//! The data and who signed them.

use super::*;
use crate::difference::{Source, Subject};
use chipid_emrtd::trust::certificate::Certificate;

#[test]
fn digest_mismatch() {
    for file in [FileId::DG1, FileId::DG2, FileId::DG13] {
        let verdict = Case::of(&flipped(good_card(), file, 40)).counter();
        rejects(&verdict, core::DIGEST_MISMATCH);
    }
}

#[test]
fn security_object_unreadable() {
    let card = build(
        personaliser(authority()).replace_after_signing(FileId::Sod, vec![0x77, 2, 0x30, 0x00]),
    );
    rejects(&Case::of(&card).counter(), core::SECURITY_OBJECT_UNREADABLE);
}

#[test]
fn signature_invalid() {
    let sod = good_card().files[&FileId::Sod].len();
    let card = flipped(good_card(), FileId::Sod, sod - 1);
    rejects(&Case::of(&card).counter(), core::SIGNATURE_INVALID);
}

#[test]
fn issuer_signature_invalid() {
    // A certificate of the authority's name and key identifier with somebody else's key in it.
    let der = authority().csca_certificate().to_vec();
    let other = unmarked("VN");
    let key = |der: &[u8]| Certificate::from_der(der).expect("DER").spki().to_vec();
    let (own, foreign) = (key(&der), key(other.csca_certificate()));
    assert_eq!(own.len(), foreign.len());
    let at = der
        .windows(own.len())
        .position(|w| w == own)
        .expect("the key");
    let mut forged = der;
    forged[at..at + own.len()].copy_from_slice(&foreign);
    let verdict = Case::of(good_card()).trusting(&[&forged]).counter();
    rejects(&verdict, core::ISSUER_SIGNATURE_INVALID);
}

#[test]
fn signer_revoked() {
    let now = support::now();
    let list = authority()
        .revocation_list(
            &[authority().signer_serial()],
            UnixTime(now.0 - DAY),
            UnixTime(now.0 + DAY),
            &mut rng(),
        )
        .expect("a list");
    let verdict = Case::of(good_card())
        .trusting(&[authority().csca_certificate(), &list])
        .counter();
    rejects(&verdict, core::SIGNER_REVOKED);
}

#[test]
fn document_expired_on_the_day_after_the_last() {
    let last = Date::new(2030, 3, 15).expect("a day");
    let card = build(personaliser(authority()).expires(last));
    // Midnight in Vietnam is 17:00 UTC of the day before.
    let midnight = last.midnight_utc().0 + 17 * 3600;
    let before = Case::of(&card).at(UnixTime(midnight - 1)).counter();
    assert_eq!(before.kind, VerdictKind::Accept, "{:?}", before.grounds);
    let after = Case::of(&card).at(UnixTime(midnight)).counter();
    rejects(&after, core::DOCUMENT_EXPIRED);
}

#[test]
fn a_card_without_expiry_runs_for_ever() {
    let mut profile = profile();
    profile.holder.expiry = None;
    let key = support::card("vn-2021").active_authentication;
    let card = build(
        Personaliser::new(profile)
            .issuer(authority())
            .active_authentication_key(key.expect("a key")),
    );
    let assessment = Case::of(&card).assess();
    assert_eq!(assessment.expires(), Some(crate::Expiry::Never));
    assert!(assessment.document_validity().passed().is_some());
}

#[test]
fn issuer_state_mismatch() {
    // Another state's authority and signer, trusted as such, over a document that says VNM.
    let utopia = unmarked("UT");
    let card = build(personaliser(&utopia));
    let verdict = Case::of(&card)
        .trusting(&[utopia.csca_certificate()])
        .counter();
    rejects(&verdict, core::ISSUER_STATE_MISMATCH);
    // The right authority, and a signer's certificate that names another state.
    let mixed = authority()
        .clone()
        .with_signer_of("UT", &mut rng())
        .expect("a signer");
    let card = build(personaliser(&mixed));
    rejects(&Case::of(&card).counter(), core::ISSUER_STATE_MISMATCH);
}

#[test]
fn test_issuer_is_a_doubt_everywhere_but_in_the_demo() {
    let card = support::card("vn-2021");
    let case = || Case::of(&card).trusting(&[&card.csca]).matched();
    doubts(&Policy::counter().decide(&case()), core::TEST_ISSUER);
    doubts(&Policy::reading_only().decide(&case()), core::TEST_ISSUER);
    notes(&Policy::demo().decide(&case()), core::TEST_ISSUER);
}

#[test]
fn clock_implausible() {
    let before_release = Date::new(2026, 1, 1).expect("a day").noon_utc();
    doubts(
        &Case::of(good_card()).at(before_release).counter(),
        core::CLOCK_IMPLAUSIBLE,
    );
    // Seconds that overran, a clock set ahead: the two digits of a year are no other century's then, and a card that has expired stays so.
    for ahead in [
        Date::new(2047, 1, 1).expect("a day").noon_utc(),
        Date::new(2075, 6, 1).expect("a day").noon_utc(),
        UnixTime(0xFFFF_FFFF),
    ] {
        let verdict = Case::of(good_card()).at(ahead).counter();
        rejects(&verdict, core::DOCUMENT_EXPIRED);
        let told = |code| verdict.grounds.iter().any(|ground| ground.code == code);
        assert!(told(core::CLOCK_IMPLAUSIBLE), "{:?}", verdict.grounds);
    }
    // A revocation list of tomorrow: today's clock is wrong.
    let now = support::now();
    let list = authority()
        .revocation_list(
            &[],
            UnixTime(now.0 + DAY),
            UnixTime(now.0 + 2 * DAY),
            &mut rng(),
        )
        .expect("a list");
    let verdict = Case::of(good_card())
        .trusting(&[authority().csca_certificate(), &list])
        .counter();
    doubts(&verdict, core::CLOCK_IMPLAUSIBLE);
}

#[test]
fn signed_in_future() {
    let tomorrow = UnixTime(support::now().0 + 2 * DAY);
    let card = build(personaliser(authority()).signed_at(tomorrow));
    doubts(&Case::of(&card).counter(), core::SIGNED_IN_FUTURE);
}

#[test]
fn signer_and_csca_outside_validity() {
    let long_ago = Date::new(2001, 1, 1).expect("a day").noon_utc();
    let card = build(personaliser(authority()).signed_at(long_ago));
    let verdict = Case::of(&card).counter();
    doubts(&verdict, core::SIGNER_OUTSIDE_VALIDITY);
    doubts(&verdict, core::CSCA_OUTSIDE_VALIDITY);
}

#[test]
fn holder_and_name_mismatch() {
    // DG1 of one person, DG13 of another: signed together, as an issuer's error would be.
    let mut other = profile();
    other.holder.personal_number = Some("001190000025".into());
    other.holder.birth = Date::new(1991, 2, 3).expect("a day");
    let dg13 = |profile: Profile| {
        let card = build(
            Personaliser::new(profile)
                .issuer(authority())
                .active_authentication_key(
                    support::card("vn-2021")
                        .active_authentication
                        .expect("a key"),
                ),
        );
        card.files[&FileId::DG13].clone()
    };
    let card =
        build(personaliser(authority()).data_group(DataGroup::OPTIONAL_DETAILS, dg13(other)));
    rejects(&Case::of(&card).counter(), core::HOLDER_MISMATCH);

    let mut renamed = profile();
    if let Some(details) = &mut renamed.holder.details {
        details.name = "Trần Văn Mẫu".into();
    }
    let card =
        build(personaliser(authority()).data_group(DataGroup::OPTIONAL_DETAILS, dg13(renamed)));
    doubts(&Case::of(&card).counter(), codes::NAME_MISMATCH);
}

/// The DG13 of a good card whose holder was changed so, on a card whose DG1 was not.
fn with_dg13_of(change: impl FnOnce(&mut Profile)) -> Assessment {
    let mut other = profile();
    change(&mut other);
    let key = support::card("vn-2021").active_authentication;
    let donor = build(
        Personaliser::new(other)
            .issuer(authority())
            .active_authentication_key(key.expect("a key")),
    );
    let dg13 = donor.files[&FileId::DG13].clone();
    let card = build(personaliser(authority()).data_group(DataGroup::OPTIONAL_DETAILS, dg13));
    Case::of(&card).matched()
}

#[test]
fn expiry_mismatch() {
    let assessment = with_dg13_of(|p| p.holder.expiry = None);
    doubts(
        &Policy::counter().decide(&assessment),
        codes::EXPIRY_MISMATCH,
    );
    let [difference] = assessment.differences() else {
        panic!("{:?}", assessment.differences());
    };
    assert_eq!(difference.subject, Subject::Expiry);
    assert_eq!(*difference.second.value, "never");
}

#[test]
fn each_contradiction_of_signed_data_by_itself() {
    type Change = fn(&mut Profile);
    let cases: [(&str, Change); 4] = [
        ("number", |p| {
            p.holder.personal_number = Some("001090000018".into());
        }),
        ("birth", |p| {
            p.holder.birth = Date::new(1990, 3, 16).expect("a day");
        }),
        ("sex", |p| p.holder.sex = 'F'),
        ("name", |p| {
            if let Some(details) = &mut p.holder.details {
                details.name = "Lê Thử Nghiệp".into();
            }
        }),
    ];
    for (subject, change) in cases {
        let assessment = with_dg13_of(change);
        let found: Vec<_> = assessment
            .differences()
            .iter()
            .filter(|d| d.second.source == Source::Dg13)
            .map(|d| (d.subject.name(), d.code))
            .collect();
        let code = match subject {
            "name" => codes::NAME_MISMATCH,
            _ => core::HOLDER_MISMATCH,
        };
        assert_eq!(found, [(subject, code)]);
        let verdict = Policy::counter().decide(&assessment);
        let ground = verdict.grounds.iter().find(|g| g.code == code);
        assert_eq!(ground.and_then(|g| g.detail), Some(subject));
    }
}

#[test]
fn names_that_the_zone_cannot_hold_are_no_mismatch() {
    for name in ["vn-long-name", "vn-ethnic-name", "vn-2024"] {
        let assessment = support::assess(&support::card(name));
        assert_eq!(assessment.differences(), [], "{name}");
        assert!(!assessment.findings().has(codes::NAME_MISMATCH), "{name}");
        let holder = assessment.holder().expect("a holder").clone();
        for typed in [&holder.name, &holder.name_mrz] {
            let input = ClerkInput {
                name: Some(typed.clone()),
                ..ClerkInput::default()
            };
            let assessment = support::assess(&support::card(name)).with_clerk_input(&input);
            assert_eq!(assessment.differences(), [], "{name}");
        }
    }
}

#[test]
fn what_is_odd_in_dg13_is_noted_by_its_name() {
    let assessment = with_dg13_of(|p| {
        p.dg13.omitted = vec![15];
        if let Some(details) = &mut p.holder.details {
            details.chip_serial = Some("012345678".into());
        }
    });
    let odd = assessment
        .findings()
        .iter()
        .find(|f| f.code == core::ENCODING_DEVIATION && f.file == Some(FileId::DG13));
    assert_eq!(
        odd.and_then(|f| f.detail),
        Some("dg13_serial_looks_like_old_number")
    );
    // Noted, and neither swapped nor held against the holder.
    let holder = assessment.holder().expect("a holder");
    assert!(
        holder
            .value(crate::holder_fields::Field::OldNumber)
            .is_err()
    );
    assert_eq!(
        Policy::counter().decide(&assessment).kind,
        VerdictKind::Accept
    );
}

#[test]
fn number_digits_mismatch() {
    // Corrected: the number stands for a man born in another year.
    let mut corrected = profile();
    let number = corrected.holder.personal_number.as_mut().expect("a number");
    number.replace_range(3..6, "155");
    let number = number.clone();
    corrected.holder.document_number = number[3..].to_owned();
    let key = support::card("vn-2021").active_authentication;
    let card = build(
        Personaliser::new(corrected)
            .issuer(authority())
            .active_authentication_key(key.expect("a key")),
    );
    let assessment = Case::of(&card).matched();
    notes(
        &Policy::counter().decide(&assessment),
        codes::NUMBER_DIGITS_MISMATCH,
    );
    let subjects: Vec<_> = assessment
        .differences()
        .iter()
        .map(|d| (d.subject, d.second.source))
        .collect();
    assert_eq!(
        subjects,
        [Subject::Birth, Subject::Sex].map(|s| (s, Source::NumberDigits))
    );
}

#[test]
fn a_dg13_without_a_number_is_tied_by_name_and_birth_or_not_at_all() {
    let nobody = |p: &mut Profile| p.dg13.omitted = vec![1];
    // The number is missing, name and birth agree: noted.
    let tied = with_dg13_of(nobody);
    notes(&Policy::counter().decide(&tied), codes::NOT_COMPARABLE);
    // Another's name, and no number: nothing ties it.
    let untied = with_dg13_of(|p| {
        nobody(p);
        if let Some(details) = &mut p.holder.details {
            details.name = "Trần Văn Mẫu".into();
        }
    });
    let verdict = Policy::counter().decide(&untied);
    doubts(&verdict, codes::NAME_MISMATCH);
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
    // Another's birth.
    let other = with_dg13_of(|p| {
        nobody(p);
        p.holder.birth = Date::new(1970, 1, 2).expect("a day");
    });
    rejects(&Policy::counter().decide(&other), core::HOLDER_MISMATCH);
}

#[test]
fn issuer_unknown_and_trust_store_empty() {
    let utopia = unmarked("UT");
    let verdict = Case::of(good_card())
        .trusting(&[utopia.csca_certificate()])
        .counter();
    doubts(&verdict, core::ISSUER_UNKNOWN);
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
    let verdict = Case::of(good_card()).trusting(&[]).counter();
    doubts(&verdict, core::TRUST_STORE_EMPTY);
    doubts(&verdict, core::ISSUER_UNKNOWN);
}

#[test]
fn signer_document_type_mismatch() {
    let validity = Validity::around(profile().holder.issued);
    let passports_only = authority()
        .clone()
        .with_signer(validity, &["P"], &mut rng())
        .expect("a signer");
    let card = build(personaliser(&passports_only));
    doubts(
        &Case::of(&card).counter(),
        core::SIGNER_DOCUMENT_TYPE_MISMATCH,
    );
}

#[test]
fn data_group_withheld() {
    let card = build(personaliser(authority()).withhold(FileId::DG13));
    doubts(&Case::of(&card).counter(), core::DATA_GROUP_WITHHELD);
}

#[test]
fn data_group_unreadable() {
    let card = build(
        personaliser(authority())
            .data_group(DataGroup::OPTIONAL_DETAILS, vec![0x6D, 2, 0x04, 0x00]),
    );
    doubts(&Case::of(&card).counter(), core::DATA_GROUP_UNREADABLE);

    // What cannot be read was not compared: no policy takes that for agreement.
    let lenient = Policy::from_toml(
        r#"
            name = "lenient"
            requires = ["passive_authentication", "consistency"]
            [severity]
            data_group_unreadable = "note"
        "#,
    )
    .expect("a policy");
    let verdict = lenient.decide(&Case::of(&card).assess());
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
}

#[test]
fn expiry_unknown() {
    let mrz = good_card().mrz.replace('\n', "");
    // The expiry and its check digit become fillers; the composite digit is computed anew.
    let mut zone: Vec<u8> = mrz.into_bytes();
    zone[38..44].copy_from_slice(b"<<<<<<");
    zone[44] = b'0';
    let composite: String = [&zone[5..37], &zone[38..45], &zone[48..59]]
        .concat()
        .iter()
        .map(|b| char::from(*b))
        .collect();
    zone[59] = chipid_emrtd::mrz::check_digit(&composite).expect("a digit") as u8;
    let dg1 = chipid_emrtd::tlv::encode(0x61, &chipid_emrtd::tlv::encode(0x5F1F, &zone));
    let card = build(personaliser(authority()).data_group(DataGroup::MRZ, dg1));
    doubts(&Case::of(&card).counter(), codes::EXPIRY_UNKNOWN);
}

/// A code that is no province's may be a country's: a note at most.
#[test]
fn number_unusual() {
    for number in ["003099000017", "101099000017", "999099000017"] {
        let mut unusual = profile();
        let birth = Date::new(1999, 3, 15).expect("a day");
        unusual.holder.birth = birth;
        unusual.holder.sex = 'M';
        unusual.holder.personal_number = Some(number.into());
        unusual.holder.document_number = number[3..].into();
        let key = support::card("vn-2021").active_authentication;
        let card = Personaliser::new(unusual)
            .issuer(authority())
            .active_authentication_key(key.expect("a key"));
        let verdict = Policy::counter().decide(&Case::of(&build(card)).matched());
        assert_eq!(verdict.kind, VerdictKind::Accept, "{verdict:?}");
        let found: Vec<_> = verdict
            .grounds
            .iter()
            .filter(|g| g.code == codes::NUMBER_UNUSUAL)
            .filter_map(|g| g.detail)
            .collect();
        assert_eq!(found, ["place"], "{number}");
    }
    let verdict = Policy::counter().decide(&Case::of(good_card()).matched());
    assert!(
        verdict
            .grounds
            .iter()
            .all(|g| g.code != codes::NUMBER_UNUSUAL)
    );
}
