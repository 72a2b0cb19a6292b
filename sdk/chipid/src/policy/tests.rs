//! Every row of `docs/verdict.md`, each with a card, an issuer or an input that makes it happen.

use super::*;
use crate::face::{Comparison, NotCompared};
use crate::support::{self, rng};
use crate::{Attempts, ClerkInput, VerdictKind, keys};
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::time::{DAY, Date, UnixTime};
use chipid_emrtd::trust::TrustStore;
use chipid_emrtd::trust::certificate::Certificate;
use chipid_virtual_card::{
    Behaviour, CardAccess, CardData, Issuer, Personaliser, Profile, Proof, Validity, VirtualCard,
};
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// A state's authority without the marker of a test, for `vn-2021` cards: what `counter` can accept.
fn authority() -> &'static Issuer {
    static MADE: OnceLock<Issuer> = OnceLock::new();
    MADE.get_or_init(|| unmarked("VN"))
}

fn unmarked(country: &str) -> Issuer {
    let profile = profile();
    let validity = Validity::around(profile.holder.issued);
    Issuer::new(country, profile.algorithms, validity, false, &mut rng()).expect("an issuer")
}

fn profile() -> Profile {
    support::profile("vn-2021")
}

fn personaliser(issuer: &Issuer) -> Personaliser<'_> {
    // One RSA key for every card of these tests: making one takes a second.
    let key = support::card("vn-2021").active_authentication;
    Personaliser::new(profile())
        .issuer(issuer)
        .active_authentication_key(key.expect("a key"))
}

fn build(personaliser: Personaliser<'_>) -> CardData {
    personaliser.build(&mut rng()).expect("a card")
}

fn good_card() -> &'static CardData {
    static MADE: OnceLock<CardData> = OnceLock::new();
    MADE.get_or_init(|| build(personaliser(authority())))
}

/// A case: a chip, a trust store, a time.
struct Case {
    chip: VirtualCard,
    card: CardData,
    trust: TrustStore,
    now: UnixTime,
}

impl Case {
    fn of(card: &CardData) -> Self {
        Self {
            chip: VirtualCard::new(card.clone()),
            card: card.clone(),
            trust: support::trust(&[authority().csca_certificate()]),
            now: support::now(),
        }
    }

    fn behaving(mut self, behaviour: Behaviour) -> Self {
        self.chip = VirtualCard::new(self.card.clone()).with_behaviour(behaviour);
        self
    }

    fn trusting(mut self, cscas: &[&[u8]]) -> Self {
        self.trust = support::trust(cscas);
        self
    }

    fn at(mut self, now: UnixTime) -> Self {
        self.now = now;
        self
    }

    fn assess(mut self) -> Assessment {
        let keys = [support::key(&self.card), support::mrz_key(&self.card)];
        let mut reading = crate::Reading::with(keys.into_iter().collect::<crate::AccessKeys>());
        let document = crate::block(reading.run(&mut self.chip))
            .expect("ready")
            .expect("a document");
        Assessment::new(document.verify(&self.trust, self.now))
    }

    /// With a face that matches, from a camera.
    fn matched(self) -> Assessment {
        let assessment = self.assess();
        let digest = portrait_digest(&assessment);
        assessment.with_comparison(Comparison::invented(0.7, digest, Capture::Camera))
    }

    fn counter(self) -> Verdict {
        Policy::counter().decide(&self.matched())
    }
}

fn portrait_digest(assessment: &Assessment) -> [u8; 32] {
    assessment
        .verification()
        .document
        .as_ref()
        .and_then(|d| d.portrait())
        .map_or([0; 32], |p| p.digest())
}

#[track_caller]
fn expect(verdict: &Verdict, kind: VerdictKind, code: Code, severity: Severity) {
    let shown: Vec<_> = verdict
        .grounds
        .iter()
        .map(|g| (g.code.name(), g.severity.name(), g.file, g.detail))
        .collect();
    assert_eq!(verdict.kind, kind, "{shown:?}");
    let ground = verdict.grounds.iter().find(|g| g.code == code);
    let ground = ground.unwrap_or_else(|| panic!("{code} is missing from {shown:?}"));
    assert_eq!(ground.severity, severity, "{shown:?}");
}

#[track_caller]
fn rejects(verdict: &Verdict, code: Code) {
    expect(verdict, VerdictKind::Reject, code, Severity::Fatal);
}

#[track_caller]
fn doubts(verdict: &Verdict, code: Code) {
    expect(verdict, VerdictKind::Undecided, code, Severity::Doubt);
}

#[track_caller]
fn notes(verdict: &Verdict, code: Code) {
    expect(verdict, VerdictKind::Accept, code, Severity::Note);
}

fn flipped(card: &CardData, file: FileId, at: usize) -> CardData {
    let mut card = card.clone();
    if let Some(byte) = card.files.get_mut(&file).and_then(|f| f.get_mut(at)) {
        *byte ^= 1;
    }
    card
}

#[test]
fn a_genuine_card_with_its_holder_is_accepted() {
    let verdict = Case::of(good_card()).counter();
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    assert!(verdict.face.check.passed().is_some());
}

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
fn chip_not_genuine() {
    let behaviours = [
        Behaviour {
            chip_authentication: Proof::Garbage,
            ..Behaviour::default()
        },
        Behaviour {
            active_authentication: Proof::Garbage,
            ..Behaviour::default()
        },
    ];
    for behaviour in behaviours {
        let verdict = Case::of(good_card()).behaving(behaviour).counter();
        rejects(&verdict, core::CHIP_NOT_GENUINE);
    }
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

fn face(similarity: f32) -> Verdict {
    let assessment = Case::of(good_card()).assess();
    let digest = portrait_digest(&assessment);
    let comparison = Comparison::invented(similarity, digest, Capture::Camera);
    Policy::counter().decide(&assessment.with_comparison(comparison))
}

#[test]
fn face_mismatch_uncertain_and_match_at_their_thresholds() {
    let thresholds = default_thresholds();
    let (accept, reject) = (thresholds.accept().value(), thresholds.reject().value());
    rejects(&face(-1.0), codes::FACE_MISMATCH);
    rejects(&face(reject - 0.001), codes::FACE_MISMATCH);
    doubts(&face(reject), codes::FACE_UNCERTAIN);
    doubts(&face(accept - 0.001), codes::FACE_UNCERTAIN);
    assert_eq!(face(accept).kind, VerdictKind::Accept);
    assert_eq!(face(0.96).kind, VerdictKind::Accept);
    doubts(&face(0.97), codes::LIVE_IMAGE_IS_PORTRAIT);
    doubts(&face(1.0), codes::LIVE_IMAGE_IS_PORTRAIT);
}

#[test]
fn comparison_foreign() {
    let foreign = Comparison::invented(0.99, [7; 32], Capture::Camera);
    let assessment = Case::of(good_card()).assess().with_comparison(foreign);
    rejects(
        &Policy::counter().decide(&assessment),
        codes::COMPARISON_FOREIGN,
    );
}

#[test]
fn face_not_compared_says_why() {
    for (reason, advice) in [
        (codes::NO_LIVE_IMAGE, "take_photograph"),
        (codes::NO_FACE, "show_face"),
        (codes::SEVERAL_FACES, "one_person_only"),
        (codes::POOR_QUALITY, "move_closer"),
        (codes::NO_FACE_ON_CHIP, "compare_by_eye"),
    ] {
        let mut assessment = Case::of(good_card()).assess();
        if reason != codes::NO_LIVE_IMAGE {
            assessment.face = Some(FaceOutcome::NotCompared(NotCompared { reason, advice }));
        }
        let verdict = Policy::counter().decide(&assessment);
        doubts(&verdict, codes::FACE_NOT_COMPARED);
        let ground = verdict
            .grounds
            .iter()
            .find(|g| g.code == codes::FACE_NOT_COMPARED);
        assert_eq!(ground.and_then(|g| g.detail), Some(reason.name()));
        assert_eq!(verdict.face.check, Check::NotPerformed(reason));
        assert_eq!(verdict.face.advice, Some(advice));
    }
}

#[test]
fn session_locked_after_ten_failures_or_three_minutes() {
    let attempts = |failed_before, seconds| {
        let assessment = Case::of(good_card()).matched().with_attempts(Attempts {
            made: failed_before + 1,
            failed_before,
            session_age: Duration::from_secs(seconds),
        });
        Policy::counter().decide(&assessment)
    };
    assert_eq!(attempts(9, 180).kind, VerdictKind::Accept);
    doubts(&attempts(10, 0), codes::SESSION_LOCKED);
    doubts(&attempts(0, 181), codes::SESSION_LOCKED);
    assert!(attempts(9, 0).face.false_match_rate > attempts(0, 0).face.false_match_rate);
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
fn chip_not_proven() {
    let refusing = Behaviour {
        chip_authentication: Proof::Refused(0x6A80),
        active_authentication: Proof::Refused(0x6985),
        ..Behaviour::default()
    };
    let verdict = Case::of(good_card()).behaving(refusing).counter();
    doubts(&verdict, core::CHIP_NOT_PROVEN);
    // DG14 and DG15 left out of the chip although the state signed them.
    let stripped = build(
        personaliser(authority())
            .withhold(FileId::DG14)
            .withhold(FileId::DG15),
    );
    let verdict = Case::of(&stripped).counter();
    doubts(&verdict, core::CHIP_NOT_PROVEN);
    doubts(&verdict, core::DATA_GROUP_WITHHELD);
}

#[test]
fn one_proof_is_enough_where_the_other_is_refused() {
    for (chip_authentication, active_authentication) in [
        (Proof::Refused(0x6F00), Proof::Honest),
        (Proof::Honest, Proof::Refused(0x6D00)),
    ] {
        let behaviour = Behaviour {
            chip_authentication,
            active_authentication,
            ..Behaviour::default()
        };
        let verdict = Case::of(good_card()).behaving(behaviour).counter();
        notes(&verdict, core::CHIP_PROOF_REFUSED);
    }
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
fn a_vietnamese_card_whose_signed_dg13_was_not_read_agrees_with_nothing() {
    let document = support::read(good_card());
    let files: Vec<_> = document
        .danger_unverified()
        .iter()
        .filter(|(id, _)| **id != FileId::DG13)
        .map(|(id, bytes)| (*id, bytes.to_vec()))
        .collect();
    let saved = crate::UnverifiedDocument::from_files(files, None);
    let trust = support::trust(&[authority().csca_certificate()]);
    let assessment = Assessment::new(saved.verify(&trust, support::now()));
    assert!(assessment.consistency().passed().is_none());
    doubts(
        &Policy::reading_only().decide(&assessment),
        codes::REQUIRED_CHECK_MISSING,
    );
}

#[test]
fn clone_protection_absent() {
    let card = build(personaliser(authority()).without_chip_proof());
    doubts(&Case::of(&card).counter(), core::CLONE_PROTECTION_ABSENT);
}

#[test]
fn access_downgraded() {
    // EF.CardAccess offers PACE, and the chip will not do it: BAC opened it.
    let card = good_card();
    let mut chip = VirtualCard::new({
        let mut without_pace = card.clone();
        without_pace.pace.clear();
        without_pace
    });
    let keys = [support::key(card), support::mrz_key(card)];
    let mut reading = crate::Reading::with(keys.into_iter().collect::<crate::AccessKeys>());
    let document = crate::block(reading.run(&mut chip))
        .expect("ready")
        .expect("a document");
    let trust = support::trust(&[authority().csca_certificate()]);
    let assessment = Assessment::new(document.verify(&trust, support::now()));
    let digest = portrait_digest(&assessment);
    let comparison = Comparison::invented(0.7, digest, Capture::Camera);
    let verdict = Policy::counter().decide(&assessment.with_comparison(comparison));
    doubts(&verdict, core::ACCESS_DOWNGRADED);
}

#[test]
fn access_downgraded_by_hiding_ef_card_access() {
    // PACE taken away altogether: only the signed DG14 still tells of it.
    let behaviour = Behaviour {
        card_access: CardAccess::Absent,
        ..Behaviour::default()
    };
    let verdict = Case::of(good_card()).behaving(behaviour).counter();
    doubts(&verdict, core::ACCESS_DOWNGRADED);
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
fn debug_of_an_assessment_tells_no_day_of_the_holder() {
    let assessment = Case::of(good_card()).assess();
    assert!(assessment.expires().is_some());
    let shown = format!("{assessment:?}");
    assert!(!shown.contains("Date {"), "{shown}");
    let number = &assessment.holder().expect("a holder").personal_number;
    assert!(!shown.contains(number.as_str()));
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

#[test]
fn clerk_input_mismatch() {
    let right = Case::of(good_card()).assess();
    let holder = right.holder().expect("a holder");
    let input = ClerkInput {
        number: Some(holder.personal_number.clone()),
        name: Some(holder.name_mrz.clone()),
        birth: holder.birth,
    };
    let same = Case::of(good_card()).matched().with_clerk_input(&input);
    assert_eq!(Policy::counter().decide(&same).kind, VerdictKind::Accept);
    for wrong in [
        ClerkInput {
            number: Some(Zeroizing::new("001099000018".into())),
            ..ClerkInput::default()
        },
        ClerkInput {
            name: Some(Zeroizing::new("Trần Văn Mẫu".into())),
            ..ClerkInput::default()
        },
        ClerkInput {
            birth: Date::new(1970, 1, 1),
            ..ClerkInput::default()
        },
    ] {
        let assessment = Case::of(good_card()).matched().with_clerk_input(&wrong);
        doubts(
            &Policy::counter().decide(&assessment),
            codes::CLERK_INPUT_MISMATCH,
        );
    }
}

#[test]
fn qr_mismatch() {
    let (_, qr) =
        keys::from_qr("001099000099||Trần Văn Mẫu|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021")
            .expect("a QR text");
    let assessment = Case::of(good_card()).matched().with_qr(&qr);
    doubts(&Policy::counter().decide(&assessment), codes::QR_MISMATCH);
}

#[test]
fn notes_do_not_stand_in_the_way() {
    let verdict = Case::of(good_card()).counter();
    notes(&verdict, core::REVOCATION_UNKNOWN);

    let assessment = Case::of(good_card()).assess();
    let digest = portrait_digest(&assessment);
    let from_file = Comparison::invented(0.7, digest, Capture::File);
    let verdict = Policy::counter().decide(&assessment.with_comparison(from_file));
    notes(&verdict, codes::LIVE_IMAGE_FROM_FILE);

    let mut com = good_card().clone();
    let listed = com.files.get_mut(&FileId::Com).expect("EF.COM");
    let last = listed.len() - 1;
    listed[last] = 0x6B;
    let verdict = Case::of(&com).counter();
    assert!(
        verdict.has(core::COM_SOD_DIFFERENCE),
        "{:?}",
        verdict.grounds
    );

    let mut fingers = profile();
    fingers.fingers = true;
    let key = support::card("vn-2021").active_authentication;
    let card = build(
        Personaliser::new(fingers)
            .issuer(authority())
            .active_authentication_key(key.expect("a key")),
    );
    notes(&Case::of(&card).counter(), core::DATA_GROUP_PROTECTED);
}

#[test]
fn access_profile_assumed() {
    let behaviour = Behaviour {
        card_access: CardAccess::RefusedWithPace,
        ..Behaviour::default()
    };
    let card = good_card();
    let mut chip = VirtualCard::new(card.clone()).with_behaviour(behaviour);
    let mut reading = crate::Reading::with(support::key(card)).assume_vietnamese_card();
    let document = crate::block(reading.run(&mut chip))
        .expect("ready")
        .expect("a document");
    let trust = support::trust(&[authority().csca_certificate()]);
    let assessment = Assessment::new(document.verify(&trust, support::now()));
    let digest = portrait_digest(&assessment);
    let comparison = Comparison::invented(0.7, digest, Capture::Camera);
    let verdict = Policy::counter().decide(&assessment.with_comparison(comparison));
    notes(&verdict, core::ACCESS_PROFILE_ASSUMED);
}

#[test]
fn saved_files_are_never_accepted_where_a_genuine_chip_is_required() {
    let document = support::read(good_card());
    let files: Vec<_> = document
        .danger_unverified()
        .iter()
        .map(|(id, bytes)| (*id, bytes.to_vec()))
        .collect();
    let saved = crate::UnverifiedDocument::from_files(files, None);
    let trust = support::trust(&[authority().csca_certificate()]);
    let assessment = Assessment::new(saved.verify(&trust, support::now()));
    let digest = portrait_digest(&assessment);
    let comparison = Comparison::invented(0.7, digest, Capture::Camera);
    let verdict = Policy::counter().decide(&assessment.with_comparison(comparison));
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
    doubts(&verdict, core::CHIP_NOT_PROVEN);
}

#[test]
fn chip_proof_not_fresh() {
    let document = support::read(good_card());
    let evidence = document.active_authentication().cloned().expect("evidence");
    let files: Vec<_> = document
        .danger_unverified()
        .iter()
        .map(|(id, bytes)| (*id, bytes.to_vec()))
        .collect();
    let challenge = evidence.challenge;
    let assess = |document: crate::UnverifiedDocument| {
        let trust = support::trust(&[authority().csca_certificate()]);
        let assessment = Assessment::new(document.verify(&trust, support::now()));
        let digest = portrait_digest(&assessment);
        let comparison = Comparison::invented(0.7, digest, Capture::Camera);
        assessment.with_comparison(comparison)
    };
    let data_alone = |assessment| Policy::reading_only().decide(&assessment).kind;
    let judge = |document| Policy::counter().decide(&assess(document));
    let saved = || crate::UnverifiedDocument::from_files(files.clone(), Some(evidence.clone()));
    doubts(&judge(saved()), core::CHIP_PROOF_NOT_FRESH);
    let lenient = Policy::from_toml(
        "name = \"own\"\nrequires = [\"passive_authentication\", \"chip_genuine\"]\n[severity]\nchip_proof_not_fresh = \"note\"",
    )
    .expect("a policy");
    let stale = lenient.decide(&assess(saved()));
    doubts(&stale, codes::REQUIRED_CHECK_MISSING);
    doubts(
        &judge(saved().challenged_with([0; 8])),
        core::CHIP_PROOF_NOT_FRESH,
    );
    let own = judge(saved().challenged_with(challenge));
    assert_eq!(own.kind, VerdictKind::Accept, "{:?}", own.grounds);

    // Where nobody asks for the chip, old evidence of it is no worse than none.
    let bare = crate::UnverifiedDocument::from_files(files.clone(), None);
    assert_eq!(data_alone(assess(bare)), VerdictKind::Accept);
    assert_eq!(data_alone(assess(saved())), VerdictKind::Accept);
}

#[test]
fn grounds_stand_worst_first_in_a_fixed_order() {
    let card = flipped(good_card(), FileId::DG1, 40);
    let first = Case::of(&card).trusting(&[]).counter();
    let again = Case::of(&card).trusting(&[]).counter();
    assert_eq!(first.grounds, again.grounds);
    let severities: Vec<_> = first.grounds.iter().map(|g| g.severity).collect();
    let mut sorted = severities.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(severities, sorted);
}

#[test]
fn built_in_policies_are_read() {
    for name in Policy::BUILT_IN {
        let policy = Policy::built_in(name).expect(name);
        assert_eq!(policy.name(), name);
        assert!(
            policy
                .requires()
                .any(|r| r == Requirement::PassiveAuthentication)
        );
        assert!(!policy.purpose("vi").is_empty() && !policy.purpose("en").is_empty());
    }
    assert!(matches!(
        Policy::built_in("nobody"),
        Err(PolicyError::Unknown { .. })
    ));
}

#[test]
fn a_policy_may_raise_and_may_not_lower_what_is_fatal() {
    let text =
        |more: &str| format!("name = \"own\"\nrequires = [\"passive_authentication\"]\n{more}");
    let policy =
        Policy::from_toml(&text("[severity]\nrevocation_unknown = \"doubt\"")).expect("TOML");
    doubts(
        &policy.decide(&Case::of(good_card()).assess()),
        core::REVOCATION_UNKNOWN,
    );
    let error = |more: &str| Policy::from_toml(&text(more)).expect_err(more);
    assert_eq!(
        error("[severity]\ndigest_mismatch = \"note\""),
        PolicyError::FatalLowered {
            code: "digest_mismatch".into()
        }
    );
    assert_eq!(
        error("[severity]\ntest_issuer = \"note\""),
        PolicyError::TestIssuerLowered
    );
    assert_eq!(
        error("[face]\naccept = -1.0\nreject = -1.0\nfalse_match_rate = 0.001\nbasis = \"none\""),
        PolicyError::Thresholds
    );
    assert_eq!(
        Policy::from_toml("name = \"counter\"\nrequires = [\"passive_authentication\"]")
            .expect_err("a counter of one's own"),
        PolicyError::NameTaken {
            name: "counter".into()
        }
    );
    assert_eq!(
        Policy::from_toml("name = \"demo\"\nrequires = [\"passive_authentication\"]\n[severity]\ntest_issuer = \"note\"")
            .expect_err("a demo of one's own"),
        PolicyError::NameTaken {
            name: "demo".into()
        }
    );
    assert_eq!(
        error("[severity]\nno_such_code = \"note\""),
        PolicyError::UnknownCode {
            code: "no_such_code".into()
        }
    );
    assert_eq!(error("[face]\naccept = 0.2"), PolicyError::Thresholds);
    assert_eq!(
        error("surprise = 1"),
        PolicyError::Malformed { line: Some(3) }
    );
    assert_eq!(
        Policy::from_toml("name = \"x\"\nrequires = [\"face\"]").expect_err("nothing proven"),
        PolicyError::PassiveAuthenticationMissing
    );
}

#[test]
fn lowering_a_doubt_never_lets_a_required_check_slip() {
    let policy = Policy::from_toml(
        "name = \"own\"\nrequires = [\"passive_authentication\", \"chip_genuine\"]\n[severity]\nissuer_unknown = \"note\"\ntrust_store_empty = \"note\"\nchip_not_proven = \"note\"\nrequired_check_missing = \"note\"",
    )
    .expect("TOML");
    let verdict = policy.decide(&Case::of(good_card()).trusting(&[]).assess());
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
}

#[test]
fn policies_that_ask_for_liveness_accept_nobody_yet() {
    let policy =
        Policy::from_toml("name = \"own\"\nrequires = [\"passive_authentication\", \"liveness\"]")
            .expect("TOML");
    doubts(
        &policy.decide(&Case::of(good_card()).matched()),
        codes::REQUIRED_CHECK_MISSING,
    );
}

/// The document that people read and the codes that programs see are the same table.
#[test]
fn the_table_of_the_documentation_is_the_table_of_the_program() {
    let text = include_str!("../../../../docs/verdict.md");
    for code in codes::all() {
        let row = format!("| `{}` |", code.name());
        let line = text
            .lines()
            .find(|line| line.starts_with(&row))
            .unwrap_or_else(|| panic!("docs/verdict.md has no row for {code}"));
        let severity = line.rsplit('|').nth(1).unwrap_or_default().trim();
        assert_eq!(
            severity.to_lowercase(),
            code.severity().name(),
            "docs/verdict.md, row {code}"
        );
    }
    let severities = ["| fatal |", "| doubt |", "| note |"];
    let rows = text
        .lines()
        .filter(|l| l.starts_with("| `") && severities.iter().any(|s| l.ends_with(s)))
        .count();
    assert_eq!(rows, codes::all().count(), "rows that no code has");
}
