//! Children, cards without end, old portraits, births known in part.

use super::*;
use crate::Expiry;
use chipid_vietnam::age::{Age, Birth};

/// An authority without the mark of a test, whose signer signed all the years of these cards.
fn office() -> &'static Issuer {
    static MADE: OnceLock<Issuer> = OnceLock::new();
    MADE.get_or_init(|| {
        let period = Period {
            from: day(2020, 1, 1),
            to: day(2060, 1, 1),
        };
        let validity = Validity {
            csca: period,
            csca_key: period,
            signer: period,
            signer_key: period,
        };
        Issuer::new("VN", profile().algorithms, validity, false, &mut rng()).expect("an issuer")
    })
}

pub(super) fn day(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).expect("a day")
}

pub(super) fn personaliser_of(profile: Profile) -> Personaliser<'static> {
    let key = support::card("vn-2021").active_authentication;
    Personaliser::new(profile)
        .issuer(office())
        .active_authentication_key(key.expect("a key"))
}

pub(super) fn card_of(name: &str) -> CardData {
    build(personaliser_of(support::profile(name)))
}

pub(super) fn case(card: &CardData) -> Case {
    Case::of(card).trusting(&[office().csca_certificate()])
}

fn faceless(policy: &str) -> Policy {
    let text = format!(
        "name = \"own\"\nrequires = [\"passive_authentication\", \"document_validity\", \"consistency\"]\n{policy}"
    );
    Policy::from_toml(&text).expect("TOML")
}

fn detail(verdict: &Verdict, code: Code) -> Option<&'static str> {
    let ground = verdict.grounds.iter().find(|g| g.code == code);
    ground.and_then(|g| g.detail)
}

#[test]
fn every_grown_vietnamese_card_is_accepted_with_its_holders_face() {
    let grown = Profile::names().filter(|n| n.starts_with("vn-") && !n.starts_with("vn-under-6"));
    for name in grown {
        let verdict = case(&card_of(name)).counter();
        assert_eq!(
            verdict.kind,
            VerdictKind::Accept,
            "{name}: {:?}",
            verdict.grounds
        );
    }
}

#[test]
fn holder_under_14() {
    let card = card_of("vn-under-14");
    let verdict = case(&card).counter();
    notes(&verdict, codes::HOLDER_UNDER_14);
    assert_eq!(detail(&verdict, codes::HOLDER_UNDER_14), None);
    assert!(!verdict.has(codes::HOLDER_UNDER_6));
    // A policy that serves nobody under 14 says so in a line.
    let strict = faceless("[severity]\nholder_under_14 = \"doubt\"");
    doubts(
        &strict.decide(&case(&card).assess()),
        codes::HOLDER_UNDER_14,
    );
    // On the fourteenth birthday the card has its last day, and its holder is a child no more.
    let last = case(&card).at(day(2029, 9, 5).noon_utc()).assess();
    assert!(!last.findings().has(codes::HOLDER_UNDER_14));
    let before = case(&card).at(day(2029, 9, 4).noon_utc()).assess();
    assert!(before.findings().has(codes::HOLDER_UNDER_14));
    assert!(
        !case(&card_of("vn-minor"))
            .counter()
            .has(codes::HOLDER_UNDER_14)
    );
}

#[test]
fn a_birthday_of_29_february_leaves_two_days_open() {
    let mut leap = support::profile("vn-under-14");
    leap.holder.birth = day(2016, 2, 29);
    leap.holder.expiry = Some(day(2030, 2, 28));
    let card = build(personaliser_of(leap));
    let on = |date: Date| {
        let assessment = case(&card).at(date.noon_utc()).assess();
        let holder = *assessment.special_holder().expect("a holder");
        (
            holder.age,
            detail(&faceless("").decide(&assessment), codes::HOLDER_UNDER_14),
        )
    };
    let age = |least, most| Some(Age { least, most });
    assert_eq!(on(day(2030, 2, 27)), (age(13, 13), None));
    assert_eq!(on(day(2030, 2, 28)), (age(13, 14), Some("perhaps")));
    assert_eq!(on(day(2030, 3, 1)), (age(14, 14), None));
    // The adult's card of the same birthday is as good as any.
    let verdict = case(&card_of("vn-leap-day")).counter();
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
}

#[test]
fn holder_under_6() {
    let card = card_of("vn-under-6");
    let policy = faceless("");
    let assessment = case(&card).assess();
    notes(&policy.decide(&assessment), codes::HOLDER_UNDER_6);
    assert!(!assessment.special_holder().expect("a holder").face_on_chip);
    // A policy that wants a face is not asked for another photograph: there is nothing to compare one with.
    let verdict = Policy::counter().decide(&assessment);
    doubts(&verdict, codes::FACE_NOT_COMPARED);
    assert_eq!(
        detail(&verdict, codes::FACE_NOT_COMPARED),
        Some("no_face_on_chip")
    );
    assert_eq!(
        verdict.face.check,
        Check::NotPerformed(codes::NO_FACE_ON_CHIP)
    );
    assert!(!verdict.has(codes::PORTRAIT_AGE_UNKNOWN) && !verdict.has(codes::PORTRAIT_OUTDATED));
}

#[test]
fn no_comparison_of_anybodys_making_vouches_for_a_child_under_6() {
    let card = card_of("vn-under-6");
    for digest in [[0; 32], [7; 32]] {
        let made = Comparison::invented(0.9, digest, Capture::Station);
        let verdict = Policy::counter().decide(&case(&card).assess().with_comparison(made));
        rejects(&verdict, codes::COMPARISON_FOREIGN);
    }
    // Should such a chip hold a face after all, a match with it is worth nothing, and a difference neither.
    let mut with_face = support::profile("vn-under-6");
    with_face.face = FaceEncoding::Iso19794;
    let card = build(personaliser_of(with_face));
    for similarity in [0.9, -0.5] {
        let assessment = compared(case(&card).assess(), similarity, Capture::Station);
        let verdict = Policy::counter().decide(&assessment);
        doubts(&verdict, codes::FACE_NOT_COMPARED);
        assert_eq!(
            verdict.face.check,
            Check::NotPerformed(codes::HOLDER_UNDER_6)
        );
        assert!(verdict.has(codes::REQUIRED_CHECK_MISSING));
    }
}

#[test]
fn portrait_outdated() {
    let mut of_six = support::profile("vn-under-14");
    of_six.holder.birth = day(2018, 9, 5);
    of_six.holder.expiry = Some(day(2032, 9, 5));
    let card = build(personaliser_of(of_six));
    let at = |year| case(&card).at(day(year, 12, 1).noon_utc());
    notes(&at(2026).counter(), codes::HOLDER_UNDER_14);
    // A face of 6 used at 13.
    let verdict = at(2031).counter();
    doubts(&verdict, codes::PORTRAIT_OUTDATED);
    assert_eq!(detail(&verdict, codes::PORTRAIT_OUTDATED), Some("child"));
    // The bound is the policy's.
    let patient = COUNTER.replace("name = \"counter\"", "name = \"patient\"");
    let patient =
        Policy::from_toml(&format!("{patient}\n[portrait]\nmax_years_child = 8")).expect("TOML");
    let verdict = patient.decide(&at(2031).matched());
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    // Where no face is compared, its age is nobody's concern.
    assert!(
        !faceless("")
            .decide(&at(2031).assess())
            .has(codes::PORTRAIT_OUTDATED)
    );
}

#[test]
fn a_card_without_end_is_valid_and_its_portrait_grows_old() {
    let card = card_of("vn-no-expiry");
    let now = case(&card).matched();
    assert_eq!(*now.document_validity(), Check::Passed(Expiry::Never));
    assert_eq!(now.expires(), Some(Expiry::Never));
    assert!(now.special_holder().expect("a holder").no_expiry);
    assert_eq!(Policy::counter().decide(&now).kind, VerdictKind::Accept);
    let later = case(&card).at(day(2041, 9, 1).noon_utc()).matched();
    assert_eq!(*later.document_validity(), Check::Passed(Expiry::Never));
    let verdict = Policy::counter().decide(&later);
    doubts(&verdict, codes::PORTRAIT_OUTDATED);
    assert_eq!(
        detail(&verdict, codes::PORTRAIT_OUTDATED),
        Some("no_expiry")
    );
}

#[test]
fn portrait_age_unknown_and_portrait_age_unbounded() {
    let untimed = |name: &str| {
        let mut profile = support::profile(name);
        profile.dg13.omitted = vec![11];
        case(&build(personaliser_of(profile).without_signing_time())).matched()
    };
    // The signature's own time serves where DG13 has no day of issue.
    let timed = case(&card_of("vn-absent-fields")).counter();
    assert!(
        !timed.has(codes::PORTRAIT_AGE_UNKNOWN),
        "{:?}",
        timed.grounds
    );

    let verdict = Policy::counter().decide(&untimed("vn-absent-fields"));
    notes(&verdict, codes::PORTRAIT_AGE_UNKNOWN);
    assert!(!verdict.has(codes::PORTRAIT_AGE_UNBOUNDED));
    let endless = untimed("vn-no-expiry");
    notes(
        &Policy::counter().decide(&endless),
        codes::PORTRAIT_AGE_UNBOUNDED,
    );
    let strict = COUNTER.replace("name = \"counter\"", "name = \"strict\"");
    let strict = format!("{strict}\n[severity]\nportrait_age_unbounded = \"doubt\"");
    let strict = Policy::from_toml(&strict).expect("TOML");
    doubts(&strict.decide(&endless), codes::PORTRAIT_AGE_UNBOUNDED);
    let verdict = strict.decide(&untimed("vn-absent-fields"));
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
}

#[test]
fn birth_partly_unknown() {
    let card = card_of("vn-birth-year-only");
    let assessment = case(&card).matched();
    let holder = *assessment.special_holder().expect("a holder");
    assert_eq!(holder.birth, Some(Birth::Year(1950)));
    assert_eq!(assessment.holder().and_then(|h| h.birth), None);
    let verdict = Policy::counter().decide(&assessment);
    notes(&verdict, codes::BIRTH_PARTLY_UNKNOWN);
    assert_eq!(
        detail(&verdict, codes::BIRTH_PARTLY_UNKNOWN),
        Some("day_and_month")
    );
    assert!(!verdict.has(core::HOLDER_MISMATCH), "{:?}", verdict.grounds);
}

#[test]
fn what_is_typed_or_scanned_differs_only_in_what_is_known_of_a_birth() {
    let card = card_of("vn-birth-year-only");
    let typed = |year, month, at| {
        let input = ClerkInput {
            birth: Date::new(year, month, at),
            ..ClerkInput::default()
        };
        let assessment = case(&card).matched().with_clerk_input(&input);
        Policy::counter().decide(&assessment)
    };
    assert_eq!(typed(1950, 1, 1).kind, VerdictKind::Accept);
    assert_eq!(typed(1950, 7, 9).kind, VerdictKind::Accept);
    doubts(&typed(1951, 1, 1), codes::CLERK_INPUT_MISMATCH);
    let scanned = |birth: &str| {
        let text = support::profile("vn-birth-year-only")
            .qr_text()
            .expect("QR");
        let (_, qr) =
            keys::from_qr(&text.replace("|00001950|", &format!("|{birth}|"))).expect("QR");
        Policy::counter().decide(&case(&card).matched().with_qr(&qr))
    };
    for birth in ["00001950", "00031950", "01011950"] {
        assert_eq!(scanned(birth).kind, VerdictKind::Accept, "{birth}");
    }
    doubts(&scanned("00001951"), codes::QR_MISMATCH);
}

#[test]
fn ways_to_write_a_birth_that_is_known_in_part() {
    let written = |mrz: &str, dg13: &str| {
        let mut profile = support::profile("vn-birth-year-only");
        profile.holder.birth_written = Some(WrittenBirth {
            mrz: mrz.into(),
            dg13: dg13.into(),
            qr: String::new(),
        });
        let verdict = case(&build(personaliser_of(profile))).counter();
        let mismatch = verdict.has(core::HOLDER_MISMATCH);
        (mismatch, detail(&verdict, codes::BIRTH_PARTLY_UNKNOWN))
    };
    let year = Some("day_and_month");
    for (mrz, dg13, expected) in [
        ("50<<<<", "00/00/1950", (false, year)),
        // 1 January in the zone stands for a day that nobody knows.
        ("500101", "1950", (false, year)),
        ("5003<<", "03/1950", (false, Some("day"))),
        ("5003<<", "1950", (false, year)),
        ("500315", "15/03/1950", (false, None)),
        // The number says the century.
        ("50<<<<", "", (false, year)),
        ("<<<<<<", "", (false, Some("all"))),
        ("51<<<<", "1950", (true, year)),
        ("5004<<", "03/1950", (true, Some("day"))),
    ] {
        assert_eq!(written(mrz, dg13), expected, "{mrz} {dg13}");
    }
}

#[test]
fn debug_tells_nothing_of_a_special_holder() {
    let assessment = case(&card_of("vn-under-14")).assess();
    let shown = format!("{:?}", assessment.special_holder());
    assert!(!shown.contains("2015") && !shown.contains("11"), "{shown}");
}
