//! Comparisons by another maker's engine.

use super::*;
use crate::{VendorComparison, VendorMatch};

const TAKES: &str = "name = \"own\"\nrequires = [\"passive_authentication\", \"face\"]\n[[face.vendors]]\nvendor = \"Invented Vendor\"\ncertificate = \"invented report 7\"\n";

pub(super) fn takes() -> Policy {
    Policy::from_toml(TAKES).expect("TOML")
}

pub(super) fn brought(assessment: &Assessment) -> VendorComparison {
    VendorComparison {
        result: VendorMatch::Match,
        vendor: "Invented Vendor".into(),
        version: "4.1".into(),
        certificate: "invented report 7".into(),
        capture: Capture::Camera,
        at: assessment.checked_at(),
        portrait: assessment.portrait_digest().expect("a portrait"),
        images: vec![Comparison::INVENTED_IMAGE],
    }
}

fn judged(
    policy: &Policy,
    mut assessment: Assessment,
    change: impl FnOnce(&mut VendorComparison),
) -> Verdict {
    let mut comparison = brought(&assessment);
    change(&mut comparison);
    let now = assessment.checked_at();
    assessment.take_vendor_comparison(comparison, now);
    policy.decide(&assessment)
}

pub(super) fn assessed() -> Assessment {
    Case::of(good_card()).assess()
}

fn detail(verdict: &Verdict, code: Code) -> Option<&'static str> {
    verdict.grounds.iter().find(|g| g.code == code)?.detail
}

#[test]
fn a_named_vendor_s_match_is_a_match() {
    let verdict = judged(&takes(), assessed(), |_| {});
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    assert!(verdict.face.check.passed().is_some());
    assert!(verdict.face.similarity.is_none());
    let vendor = verdict.face.vendor.expect("what was brought");
    assert_eq!(vendor.certificate, "invented report 7");
}

#[test]
fn face_vendor_not_accepted() {
    for policy in [Policy::counter(), Policy::transfer()] {
        let verdict = judged(&policy, assessed(), |_| {});
        doubts(&verdict, codes::FACE_VENDOR_NOT_ACCEPTED);
        doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
    }
    let changes: [fn(&mut VendorComparison); 3] = [
        |c| c.vendor = "Another Vendor".into(),
        |c| c.certificate = "invented report 8".into(),
        |c| c.certificate.clear(),
    ];
    for change in changes {
        let verdict = judged(&takes(), assessed(), change);
        doubts(&verdict, codes::FACE_VENDOR_NOT_ACCEPTED);
    }
    // Not even beside a match of the built-in engine: somebody believes in it who should not.
    let verdict = judged(&Policy::counter(), matched(assessed()), |_| {});
    doubts(&verdict, codes::FACE_VENDOR_NOT_ACCEPTED);
}

#[test]
fn face_vendor_unbound() {
    let unbound = |assessment: Assessment, why: &str, change: fn(&mut VendorComparison)| {
        let verdict = judged(&takes(), assessment, change);
        doubts(&verdict, codes::FACE_VENDOR_UNBOUND);
        assert_eq!(detail(&verdict, codes::FACE_VENDOR_UNBOUND), Some(why));
    };
    unbound(assessed(), "no_image", |c| c.images.clear());
    unbound(assessed(), "stale", |c| c.at.0 -= 181);
    unbound(assessed(), "future", |c| c.at.0 += 31);
    unbound(matched(assessed()), "other_image", |c| {
        c.images = vec![[7; 32]]
    });
    unbound(matched(assessed()), "other_image", |c| {
        c.images.push([7; 32])
    });
    unbound(matched(assessed()), "other_capture", |c| {
        c.capture = Capture::Station;
    });
}

#[test]
fn what_a_vendor_says_of_another_portrait_rejects() {
    let verdict = judged(&takes(), assessed(), |c| c.portrait = [7; 32]);
    rejects(&verdict, codes::COMPARISON_FOREIGN);
    let mut unproven = assess_saved(saved(&flipped(good_card(), FileId::DG2, 4000), None, None));
    assert_eq!(unproven.portrait_digest(), None);
    let (comparison, now) = (brought(&assessed()), unproven.checked_at());
    unproven.take_vendor_comparison(comparison, now);
    let verdict = takes().decide(&unproven);
    assert_eq!(verdict.kind, VerdictKind::Reject);
    assert!(verdict.has(codes::FACE_NOT_COMPARED));
}

#[test]
fn a_vendor_s_doubt_and_mismatch_weigh_as_the_built_in_engine_s() {
    let mismatch: fn(&mut VendorComparison) = |c| c.result = VendorMatch::Mismatch;
    let uncertain: fn(&mut VendorComparison) = |c| c.result = VendorMatch::Uncertain;
    for assessment in [assessed(), matched(assessed())] {
        let verdict = judged(&takes(), assessment, mismatch);
        rejects(&verdict, codes::FACE_MISMATCH);
        assert_eq!(detail(&verdict, codes::FACE_MISMATCH), Some("vendor"));
    }
    for assessment in [assessed(), matched(assessed())] {
        doubts(
            &judged(&takes(), assessment, uncertain),
            codes::FACE_UNCERTAIN,
        );
    }
    // The worse of the two stands.
    let other = compared(assessed(), 0.1, Capture::Camera);
    rejects(&judged(&takes(), other, |_| {}), codes::FACE_MISMATCH);
    let thresholds = default_thresholds();
    let between = f32::midpoint(thresholds.accept().value(), thresholds.reject().value());
    let unsure = compared(assessed(), between, Capture::Camera);
    doubts(&judged(&takes(), unsure, |_| {}), codes::FACE_UNCERTAIN);
}

#[test]
fn a_locked_session_is_locked_for_vendors_too() {
    let locked = assessed().with_attempts(Attempts {
        made: 12,
        failed_before: 11,
        session_age: Duration::ZERO,
    });
    doubts(&judged(&takes(), locked, |_| {}), codes::SESSION_LOCKED);
}

#[test]
fn liveness_is_bound_to_the_vendor_s_images_where_nothing_else_was_compared() {
    let policy =
        Policy::from_toml(&TAKES.replace("\"face\"]", "\"face\", \"capture\", \"liveness\"]"))
            .expect("TOML");
    let with = |image: [u8; 32]| {
        let assessment = assessed();
        let mut liveness = super::liveness::living(assessment.checked_at());
        liveness.images = vec![image];
        judged(&policy, assessment.with_liveness(liveness), |_| {})
    };
    let verdict = with(Comparison::INVENTED_IMAGE);
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    doubts(&with([7; 32]), codes::LIVENESS_UNBOUND);
}

#[test]
fn a_policy_names_vendor_and_certificate() {
    for text in [
        TAKES.replace("Invented Vendor", " "),
        TAKES.replace("invented report 7", ""),
    ] {
        assert_eq!(
            Policy::from_toml(&text).expect_err("nobody"),
            PolicyError::VendorUnnamed
        );
    }
    assert_eq!(
        takes().face_vendors().collect::<Vec<_>>(),
        [("Invented Vendor", "invented report 7")]
    );
    for name in Policy::BUILT_IN {
        let policy = Policy::built_in(name).expect("built in");
        assert_eq!(policy.face_vendors().count(), 0, "{name}");
    }
}
