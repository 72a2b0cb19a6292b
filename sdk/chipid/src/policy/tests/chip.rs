//! The chip, and how it was opened.

use super::*;

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
fn clone_protection_absent() {
    let card = build(personaliser(authority()).without_chip_proof());
    doubts(&Case::of(&card).counter(), core::CLONE_PROTECTION_ABSENT);
}

#[test]
fn access_downgraded() {
    // EF.CardAccess offers PACE, and the chip will not do it: BAC opened it.
    let mut without_pace = good_card().clone();
    without_pace.pace.clear();
    let verdict = Case::of(good_card()).answered_by(without_pace).counter();
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
fn access_profile_assumed() {
    let behaviour = Behaviour {
        card_access: CardAccess::RefusedWithPace,
        ..Behaviour::default()
    };
    let case = Case::of(good_card()).behaving(behaviour);
    notes(
        &case.assuming_vietnamese_card().counter(),
        core::ACCESS_PROFILE_ASSUMED,
    );
}

#[test]
fn saved_files_are_never_accepted_where_a_genuine_chip_is_required() {
    let assessment = matched(assess_saved(saved(good_card(), None, None)));
    let verdict = Policy::counter().decide(&assessment);
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
    doubts(&verdict, core::CHIP_NOT_PROVEN);
}

#[test]
fn chip_proof_not_fresh() {
    let document = support::read(good_card());
    let evidence = document.active_authentication().cloned().expect("evidence");
    let challenge = evidence.challenge;
    let assess = |document| matched(assess_saved(document));
    let data_alone = |assessment| Policy::reading_only().decide(&assessment).kind;
    let judge = |document| Policy::counter().decide(&assess(document));
    let proven = || saved(good_card(), None, Some(evidence.clone()));
    doubts(&judge(proven()), core::CHIP_PROOF_NOT_FRESH);
    let lenient = Policy::from_toml(
        "name = \"own\"\nrequires = [\"passive_authentication\", \"chip_genuine\"]\n[severity]\nchip_proof_not_fresh = \"note\"",
    )
    .expect("a policy");
    let stale = lenient.decide(&assess(proven()));
    doubts(&stale, codes::REQUIRED_CHECK_MISSING);
    doubts(
        &judge(proven().challenged_with([0; 8])),
        core::CHIP_PROOF_NOT_FRESH,
    );
    let own = judge(proven().challenged_with(challenge));
    assert_eq!(own.kind, VerdictKind::Accept, "{:?}", own.grounds);

    // Where nobody asks for the chip, old evidence of it is no worse than none.
    let bare = saved(good_card(), None, None);
    assert_eq!(data_alone(assess(bare)), VerdictKind::Accept);
    assert_eq!(data_alone(assess(proven())), VerdictKind::Accept);
}
