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

/// Lets go by whatever does not bind.
fn lax() -> Policy {
    Policy::from_toml(
        "name = \"own\"\nrequires = [\"passive_authentication\", \"face\"]\n[severity]\nliveness_unbound = \"note\"\nliveness_failed = \"fatal\"",
    )
    .expect("TOML")
}

/// What `policy` decides after these checks of one matched person.
fn checked(policy: &Policy, checks: &[fn(&mut Liveness)]) -> Verdict {
    let mut assessment = Case::of(good_card()).matched();
    for change in checks {
        let now = assessment.checked_at();
        let mut liveness = living(now);
        change(&mut liveness);
        assessment.take_liveness(liveness, now);
    }
    policy.decide(&assessment)
}

#[test]
fn a_failure_that_does_not_bind_is_never_less_than_a_doubt() {
    let late: fn(&mut Liveness) = |l| l.at.0 -= 181;
    let early: fn(&mut Liveness) = |l| l.at.0 += 31;
    let elsewhere: fn(&mut Liveness) = |l| l.capture = Capture::Station;
    let another: fn(&mut Liveness) = |l| l.images = vec![[7; 32]];
    for change in [late, early, elsewhere, another] {
        let with = |result| {
            let assessment = Case::of(good_card()).matched();
            let mut liveness = living(assessment.checked_at());
            change(&mut liveness);
            liveness.result = result;
            lax().decide(&assessment.with_liveness(liveness))
        };
        notes(&with(LivenessResult::Passed), codes::LIVENESS_UNBOUND);
        doubts(&with(LivenessResult::Failed), codes::LIVENESS_UNBOUND);
    }
}

#[test]
fn a_failure_over_an_image_that_was_compared_stays() {
    let failed: fn(&mut Liveness) = |l| l.result = LivenessResult::Failed;
    let passed: fn(&mut Liveness) = |_| {};
    for policy in [Policy::transfer(), lax()] {
        let verdict = checked(&policy, &[failed, passed]);
        rejects(&verdict, codes::LIVENESS_FAILED);
        let shown = verdict.liveness.liveness.expect("what was brought");
        assert_eq!(shown.result, LivenessResult::Failed, "the worst is shown");
        rejects(
            &checked(&policy, &[passed, failed, passed]),
            codes::LIVENESS_FAILED,
        );
        // One of several that it looked at.
        let among: fn(&mut Liveness) = |l| {
            l.result = LivenessResult::Failed;
            l.images.push([7; 32]);
        };
        rejects(&checked(&policy, &[among, passed]), codes::LIVENESS_FAILED);
        let late: fn(&mut Liveness) = |l| {
            l.result = LivenessResult::Failed;
            l.at.0 -= 181;
        };
        doubts(&checked(&policy, &[late, passed]), codes::LIVENESS_UNBOUND);
        // Another photograph is another try.
        let other_image: fn(&mut Liveness) = |l| {
            l.result = LivenessResult::Failed;
            l.images = vec![[7; 32]];
        };
        let unsure: fn(&mut Liveness) = |l| l.result = LivenessResult::Uncertain;
        let verdict = checked(&policy, &[other_image, unsure, passed]);
        assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
        // What does not count itself makes up for nothing.
        let of_a_third: fn(&mut Liveness) = |l| l.images = vec![[8; 32]];
        doubts(
            &checked(&policy, &[other_image, of_a_third]),
            codes::LIVENESS_UNBOUND,
        );
    }
}
