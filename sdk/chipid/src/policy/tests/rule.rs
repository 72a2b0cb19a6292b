//! The rule itself: the order of grounds, what is required, what stands aside.

use super::*;

#[test]
fn a_genuine_card_with_its_holder_is_accepted() {
    let verdict = Case::of(good_card()).counter();
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    assert!(verdict.face.check.passed().is_some());
}

#[test]
fn notes_do_not_stand_in_the_way() {
    let verdict = Case::of(good_card()).counter();
    notes(&verdict, core::REVOCATION_UNKNOWN);

    let assessment = Case::of(good_card()).assess();
    let verdict = Policy::counter().decide(&compared(assessment, 0.7, Capture::File));
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
fn a_vietnamese_card_whose_signed_dg13_was_not_read_agrees_with_nothing() {
    let assessment = assess_saved(saved(good_card(), Some(FileId::DG13), None));
    assert!(assessment.consistency().passed().is_none());
    doubts(
        &Policy::reading_only().decide(&assessment),
        codes::REQUIRED_CHECK_MISSING,
    );
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
fn lowering_a_doubt_never_lets_a_required_check_slip() {
    let policy = Policy::from_toml(
        "name = \"own\"\nrequires = [\"passive_authentication\", \"chip_genuine\"]\n[severity]\nissuer_unknown = \"note\"\ntrust_store_empty = \"note\"\nchip_not_proven = \"note\"\nrequired_check_missing = \"note\"",
    )
    .expect("TOML");
    let verdict = policy.decide(&Case::of(good_card()).trusting(&[]).assess());
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
}
