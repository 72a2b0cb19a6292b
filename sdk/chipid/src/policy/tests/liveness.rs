//! Capture sources and liveness results of the caller's.

use super::*;
use crate::{Liveness, LivenessResult};

/// A living person in the image of an invented comparison.
pub(super) fn living(at: UnixTime) -> Liveness {
    Liveness {
        result: LivenessResult::Passed,
        vendor: "Invented Vendor".into(),
        version: "1.2".into(),
        basis: "ISO/IEC 30107-3 level 2, invented report".into(),
        capture: Capture::Camera,
        at,
        images: vec![Comparison::INVENTED_IMAGE],
    }
}

fn transfer(change: impl FnOnce(&mut Liveness)) -> Verdict {
    let assessment = Case::of(good_card()).matched();
    let mut liveness = living(assessment.checked_at());
    change(&mut liveness);
    Policy::transfer().decide(&assessment.with_liveness(liveness))
}

#[track_caller]
fn unbound(verdict: &Verdict, detail: &str) {
    doubts(verdict, codes::LIVENESS_UNBOUND);
    doubts(verdict, codes::REQUIRED_CHECK_MISSING);
    let ground = verdict
        .grounds
        .iter()
        .find(|g| g.code == codes::LIVENESS_UNBOUND);
    assert_eq!(ground.and_then(|g| g.detail), Some(detail));
}

#[test]
fn a_transfer_is_undecided_until_the_caller_brings_liveness_and_capture() {
    assert_eq!(
        transfer(|_| {}).kind,
        VerdictKind::Accept,
        "{:?}",
        transfer(|_| {}).grounds
    );
    let bare = Policy::transfer().decide(&Case::of(good_card()).matched());
    doubts(&bare, codes::REQUIRED_CHECK_MISSING);
    assert_eq!(
        bare.liveness.check,
        Check::NotPerformed(core::NOT_REQUESTED)
    );

    let assessment = compared(Case::of(good_card()).assess(), 0.7, Capture::File);
    let mut from_file = living(assessment.checked_at());
    from_file.capture = Capture::File;
    let verdict = Policy::transfer().decide(&assessment.with_liveness(from_file));
    assert!(verdict.liveness.check.passed().is_some());
    doubts(&verdict, codes::LIVE_IMAGE_FROM_FILE);
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
}

#[test]
fn liveness_failed_and_uncertain() {
    let failed = transfer(|l| l.result = LivenessResult::Failed);
    rejects(&failed, codes::LIVENESS_FAILED);
    doubts(
        &transfer(|l| l.result = LivenessResult::Uncertain),
        codes::LIVENESS_UNCERTAIN,
    );
    // With a clerk present, who looks at the person.
    let assessment = Case::of(good_card()).matched();
    let mut liveness = living(assessment.checked_at());
    liveness.result = LivenessResult::Failed;
    let verdict = Policy::counter().decide(&assessment.with_liveness(liveness));
    doubts(&verdict, codes::LIVENESS_FAILED);
}

#[test]
fn liveness_unbound() {
    unbound(&transfer(|l| l.images = vec![[7; 32]]), "other_image");
    unbound(&transfer(|l| l.images.clear()), "other_image");
    unbound(&transfer(|l| l.capture = Capture::Station), "other_capture");
    unbound(&transfer(|l| l.at.0 -= 181), "stale");
    unbound(&transfer(|l| l.at.0 += 31), "future");
    assert_eq!(transfer(|l| l.at.0 -= 180).kind, VerdictKind::Accept);
    // A failure of another image is no failure of this one.
    let foreign = transfer(|l| {
        l.result = LivenessResult::Failed;
        l.images = vec![[7; 32]];
    });
    unbound(&foreign, "other_image");
    let nothing = Case::of(good_card()).assess();
    let liveness = living(nothing.checked_at());
    unbound(
        &Policy::transfer().decide(&nothing.with_liveness(liveness)),
        "nothing_compared",
    );
}

#[test]
fn capture_not_accepted() {
    let stations = Policy::from_toml(
        "name = \"own\"\nrequires = [\"passive_authentication\", \"capture\"]\n[capture]\naccepts = [\"station\"]",
    )
    .expect("TOML");
    let verdict = stations.decide(&Case::of(good_card()).matched());
    doubts(&verdict, codes::CAPTURE_NOT_ACCEPTED);
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
    let station = compared(Case::of(good_card()).assess(), 0.7, Capture::Station);
    assert_eq!(stations.decide(&station).kind, VerdictKind::Accept);
}

#[test]
fn policies_that_pretend_are_refused_or_stay_undecided() {
    let own = |more: &str| {
        let text = "name = \"own\"\nrequires = [\"passive_authentication\", \"chip_genuine\", \"capture\", \"liveness\"]\n";
        Policy::from_toml(&format!("{text}{more}"))
    };
    assert_eq!(
        own("[capture]\naccepts = [\"file\"]").expect_err("a file"),
        PolicyError::FileCapture
    );
    for section in [
        "[liveness]\nmax_age_seconds = 3601",
        "[online]\nmax_age_seconds = 86401",
    ] {
        assert_eq!(
            own(section).expect_err("any age"),
            PolicyError::AgeUnbounded
        );
    }
    for name in Policy::BUILT_IN {
        let text = format!("name = \"{name}\"\nrequires = [\"passive_authentication\"]");
        assert_eq!(
            Policy::from_toml(&text).expect_err(name),
            PolicyError::NameTaken { name: name.into() }
        );
    }
    let lenient = own(
        "[severity]\nchip_not_proven = \"note\"\nliveness_unbound = \"note\"\nliveness_failed = \"note\"\ncapture_not_accepted = \"note\"\nrequired_check_missing = \"note\"",
    )
    .expect("TOML");
    let assessment = matched(assess_saved(saved(good_card(), None, None)));
    let mut liveness = living(assessment.checked_at());
    liveness.result = LivenessResult::Failed;
    doubts(
        &lenient.decide(&assessment.with_liveness(liveness)),
        codes::REQUIRED_CHECK_MISSING,
    );
}
