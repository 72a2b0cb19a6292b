//! A child's card beside a guardian's.

use super::special::{card_of, case, personaliser_of};
use super::*;
use crate::guardian::{GuardianCheck, GuardianVerdict, Kinship, KinshipBasis, Relation};
use chipid_vietnam::qr::QrText;

fn child(name: &str) -> Assessment {
    case(&card_of(name)).assess()
}

fn parent() -> Assessment {
    case(&card_of("vn-parent")).matched()
}

/// A card like the father's, changed.
fn grown(change: impl FnOnce(&mut Profile)) -> Assessment {
    let mut profile = support::profile("vn-parent");
    change(&mut profile);
    case(&build(personaliser_of(profile))).matched()
}

fn renumbered(profile: &mut Profile, number: &str) {
    profile.holder.personal_number = Some(number.into());
    profile.holder.document_number = number[3..].into();
}

fn named(profile: &mut Profile, name: &str, surname: &str, given_names: &str) {
    profile.holder.surname = surname.into();
    profile.holder.given_names = given_names.into();
    let details = profile.holder.details.as_mut();
    details.expect("details").name = name.into();
}

/// A policy that also takes weaker evidence.
fn taking(bases: &str) -> Policy {
    let text = COUNTER.replace("name = \"counter\"", "name = \"own\"");
    Policy::from_toml(&format!("{text}\n[guardian]\nkinship = [{bases}]")).expect("TOML")
}

#[track_caller]
fn stands(verdict: &GuardianVerdict, kind: VerdictKind, code: Code, detail: Option<&str>) {
    assert_eq!(verdict.kind, kind, "{:?}", verdict.grounds);
    let found = verdict.grounds.iter().find(|g| g.ground.code == code);
    let found = found.unwrap_or_else(|| panic!("{code} is missing from {:?}", verdict.grounds));
    assert_eq!(found.ground.detail, detail);
}

#[test]
fn kinship_by_name() {
    for name in ["vn-minor", "vn-under-14-parents"] {
        let (child, parent) = (child(name), parent());
        let verdict = GuardianCheck::new(&child, &parent).decide(&Policy::counter());
        stands(
            &verdict,
            VerdictKind::Accept,
            codes::KINSHIP_BY_NAME,
            Some("chip"),
        );
        let Some(kinship @ Kinship::Chip { spouse, .. }) = verdict.kinship else {
            panic!("{:?}", verdict.kinship);
        };
        assert_eq!(kinship.relation(), "father");
        assert_eq!(spouse, Some(true));
        assert_eq!(verdict.child.policy, "counter (child)");
        assert_eq!(verdict.guardian.policy, "counter");
    }
}

#[test]
fn kinship_missing() {
    // The chip of such a card names nobody, and nobody said anything.
    let (child, parent) = (child("vn-under-14"), parent());
    let verdict = GuardianCheck::new(&child, &parent).decide(&Policy::counter());
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::KINSHIP_MISSING,
        None,
    );
    assert_eq!(verdict.kinship, None);
    // No policy can take what is not there.
    let verdict = GuardianCheck::new(&child, &parent)
        .decide(&taking("\"chip\", \"qr_unsigned\", \"declared\""));
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::KINSHIP_MISSING,
        None,
    );
}

#[test]
fn no_severity_does_away_with_what_makes_a_guardian() {
    let text = COUNTER.replace("name = \"counter\"", "name = \"lax\"");
    let lax = Policy::from_toml(&format!(
        "{text}\n[severity]\nkinship_missing = \"note\"\nkinship_insufficient = \"note\"\nkinship_contradicted = \"note\"\n\
         guardian_under_age = \"note\"\nward_of_age = \"note\"\ncards_not_together = \"note\""
    ))
    .expect("TOML");
    let (child, parent) = (child("vn-under-14"), parent());
    let verdict = GuardianCheck::new(&child, &parent).decide(&lax);
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::KINSHIP_MISSING,
        None,
    );
    // Two of one age, and a child who brings a child.
    let verdict = GuardianCheck::new(&parent, &child).decide(&lax);
    assert_eq!(verdict.kind, VerdictKind::Undecided);
    assert!(verdict.has(codes::GUARDIAN_UNDER_AGE) && verdict.has(codes::WARD_OF_AGE));
}

#[test]
fn a_guardian_is_judged_by_chip_and_face() {
    let (child, parent) = (child("vn-minor"), parent());
    let check = GuardianCheck::new(&child, &parent);
    let verdict = check.decide(&Policy::reading_only());
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::REQUIRED_CHECK_MISSING,
        Some("chip_genuine"),
    );
    let verdict = check.decide_by(&Policy::counter(), &Policy::reading_only());
    assert_ne!(verdict.kind, VerdictKind::Accept);
}

#[test]
fn cards_not_together() {
    let parent = parent();
    let an_hour_ago = UnixTime(support::now().0 - 3600);
    let before = case(&card_of("vn-minor")).at(an_hour_ago).assess();
    let verdict = GuardianCheck::new(&before, &parent).decide(&Policy::counter());
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::CARDS_NOT_TOGETHER,
        None,
    );
}

#[test]
fn kinship_insufficient() {
    let (child, parent) = (child("vn-under-6"), parent());
    let qr = QrText::parse(&support::profile("vn-under-6").qr_text().expect("QR")).expect("QR");
    let scanned = GuardianCheck::new(&child, &parent).with_child_qr(&qr);
    let counter = Policy::counter();
    let undecided = VerdictKind::Undecided;
    stands(
        &scanned.decide(&counter),
        undecided,
        codes::KINSHIP_INSUFFICIENT,
        Some("qr_unsigned"),
    );
    let verdict = scanned.decide(&taking("\"chip\", \"qr_unsigned\""));
    stands(
        &verdict,
        VerdictKind::Accept,
        codes::KINSHIP_BY_NAME,
        Some("qr_unsigned"),
    );
    assert_eq!(verdict.kinship.map(Kinship::relation), Some("parent"));

    let said = GuardianCheck::new(&child, &parent).declared(Relation::Grandparent);
    stands(
        &said.decide(&counter),
        undecided,
        codes::KINSHIP_INSUFFICIENT,
        Some("declared"),
    );
    let verdict = said.decide(&taking("\"declared\""));
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    assert_eq!(
        verdict.kinship.map(Kinship::basis),
        Some(KinshipBasis::Declared)
    );
    // The QR code of another child says nothing of this one.
    let other = QrText::parse(&support::profile("vn-under-14").qr_text().expect("QR")).expect("QR");
    let verdict = GuardianCheck::new(&child, &parent)
        .with_child_qr(&other)
        .decide(&counter);
    stands(&verdict, undecided, codes::KINSHIP_MISSING, None);
}

#[test]
fn kinship_contradicted() {
    let minor = child("vn-minor");
    let undecided = VerdictKind::Undecided;
    // Born five years before the "son".
    let young = grown(|profile| {
        renumbered(profile, "034204009071");
        profile.holder.birth = Date::new(2004, 6, 14).expect("a day");
        profile.holder.expiry = Date::new(2029, 6, 14);
    });
    let verdict = GuardianCheck::new(&minor, &young).decide(&Policy::counter());
    stands(
        &verdict,
        undecided,
        codes::KINSHIP_CONTRADICTED,
        Some("age"),
    );
    assert!(verdict.has(codes::KINSHIP_MISSING));
    // A woman of the father's name.
    let woman = grown(|profile| {
        renumbered(profile, "034188009072");
        profile.holder.sex = 'F';
    });
    let verdict = GuardianCheck::new(&minor, &woman).decide(&Policy::counter());
    stands(
        &verdict,
        undecided,
        codes::KINSHIP_CONTRADICTED,
        Some("sex"),
    );
    // Somebody who says to be the father, while the chip names another.
    let stranger = case(&card_of("vn-2021")).matched();
    let verdict = GuardianCheck::new(&minor, &stranger)
        .declared(Relation::Parent)
        .decide(&taking("\"declared\""));
    stands(
        &verdict,
        undecided,
        codes::KINSHIP_CONTRADICTED,
        Some("chip_names_another"),
    );
    // A grandparent contradicts nothing.
    let verdict = GuardianCheck::new(&minor, &stranger)
        .declared(Relation::Grandparent)
        .decide(&taking("\"declared\""));
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
}

#[test]
fn kinship_spelt_differently() {
    let other = grown(|profile| named(profile, "Phạm Quốc Bào", "PHAM", "QUOC BAO"));
    let minor = child("vn-minor");
    let verdict = GuardianCheck::new(&minor, &other).decide(&Policy::counter());
    let code = codes::KINSHIP_SPELT_DIFFERENTLY;
    stands(&verdict, VerdictKind::Undecided, code, Some("chip"));
    let longer = grown(|profile| named(profile, "Phạm Quốc Bảo Long", "PHAM", "QUOC BAO LONG"));
    let verdict = GuardianCheck::new(&minor, &longer).decide(&Policy::counter());
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::KINSHIP_MISSING,
        None,
    );
}

#[test]
fn guardian_is_child() {
    let (once, twice) = (child("vn-minor"), case(&card_of("vn-minor")).matched());
    let verdict = GuardianCheck::new(&once, &twice)
        .declared(Relation::Parent)
        .decide(&taking("\"chip\", \"declared\""));
    stands(
        &verdict,
        VerdictKind::Reject,
        codes::GUARDIAN_IS_CHILD,
        None,
    );
    // Two provinces give the same last nine digits, which are the document number, to two people.
    let namesake = grown(|profile| renumbered(profile, "001209011463"));
    let verdict = GuardianCheck::new(&once, &namesake).decide(&Policy::counter());
    assert!(
        !verdict.has(codes::GUARDIAN_IS_CHILD),
        "{:?}",
        verdict.grounds
    );
}

#[test]
fn guardian_under_age_and_ward_of_age() {
    let (minor, child) = (case(&card_of("vn-minor")).matched(), child("vn-under-14"));
    let takes_all = taking("\"chip\", \"declared\"");
    let verdict = GuardianCheck::new(&child, &minor)
        .declared(Relation::Sibling)
        .decide(&takes_all);
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::GUARDIAN_UNDER_AGE,
        None,
    );
    let (ward, guardian) = (parent(), case(&card_of("vn-2021")).matched());
    let verdict = GuardianCheck::new(&ward, &guardian)
        .declared(Relation::Appointed)
        .decide(&takes_all);
    stands(&verdict, VerdictKind::Undecided, codes::WARD_OF_AGE, None);
}

#[test]
fn the_guardians_face_is_wanted_and_the_childs_is_not() {
    let minor = child("vn-minor");
    let absent = case(&card_of("vn-parent")).assess();
    let verdict = GuardianCheck::new(&minor, &absent).decide(&Policy::counter());
    stands(
        &verdict,
        VerdictKind::Undecided,
        codes::FACE_NOT_COMPARED,
        Some("no_live_image"),
    );
    let other = compared(case(&card_of("vn-parent")).assess(), -0.2, Capture::Camera);
    let verdict = GuardianCheck::new(&minor, &other).decide(&Policy::counter());
    stands(&verdict, VerdictKind::Reject, codes::FACE_MISMATCH, None);
    // A child's card that is not genuine is not made so by the best of parents.
    let forged = flipped(&card_of("vn-minor"), FileId::DG13, 60);
    let (forged, father) = (case(&forged).assess(), parent());
    let verdict = GuardianCheck::new(&forged, &father).decide(&Policy::counter());
    stands(&verdict, VerdictKind::Reject, core::DIGEST_MISMATCH, None);
    assert_eq!(verdict.kinship, None);
}

#[test]
fn policies_say_which_kinship_they_take() {
    let bases = |policy: &Policy| policy.kinship().iter().copied().collect::<Vec<_>>();
    for name in Policy::BUILT_IN {
        let policy = Policy::built_in(name).expect(name);
        assert_eq!(bases(&policy), [KinshipBasis::Chip], "{name}");
    }
    assert_eq!(bases(&taking("")), []);
    assert_eq!(
        bases(&taking("\"declared\", \"chip\", \"qr_unsigned\"")),
        KinshipBasis::ALL
    );
    let unknown = COUNTER.replace("counter\"", "own\"") + "\n[guardian]\nkinship = [\"friend\"]";
    assert!(matches!(
        Policy::from_toml(&unknown),
        Err(PolicyError::Malformed { .. })
    ));
}
