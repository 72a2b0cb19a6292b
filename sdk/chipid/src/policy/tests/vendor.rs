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

#[test]
fn a_vendor_s_mismatch_is_never_less_than_a_doubt() {
    let (lax, optional) = (lax(TAKES), lax(&TAKES.replace(", \"face\"]", "]")));
    let late: fn(&mut VendorComparison) = |c| c.at.0 -= 181;
    let early: fn(&mut VendorComparison) = |c| c.at.0 += 31;
    let nobodys: fn(&mut VendorComparison) = |c| c.images.clear();
    let strangers: fn(&mut VendorComparison) = |c| c.vendor = "Another Vendor".into();
    for change in [late, early, nobodys, strangers] {
        for policy in [&lax, &optional] {
            let verdict = judged(policy, matched(assessed()), |c| {
                c.result = VendorMatch::Mismatch;
                change(c);
            });
            assert_eq!(
                verdict.kind,
                VerdictKind::Undecided,
                "{:?}",
                verdict.grounds
            );
        }
        // Anything else is what the policy makes of it.
        let verdict = judged(&optional, matched(assessed()), change);
        assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    }
    let other_image = judged(&optional, matched(assessed()), |c| {
        c.result = VendorMatch::Mismatch;
        c.images = vec![[7; 32]];
    });
    doubts(&other_image, codes::FACE_VENDOR_UNBOUND);
}

/// Takes every doubt of a vendor's for a note.
fn lax(text: &str) -> Policy {
    Policy::from_toml(&format!(
        "{text}[severity]\nface_vendor_unbound = \"note\"\nface_vendor_not_accepted = \"note\"\n"
    ))
    .expect("TOML")
}

#[test]
fn a_mismatch_of_the_same_images_stays() {
    type Change = fn(&mut VendorComparison);
    let optional = lax(&TAKES.replace(", \"face\"]", "]"));
    let twice = |policy: &Policy, first: Change, second: Change| {
        let mut assessment = assessed();
        for change in [first, second] {
            let mut comparison = brought(&assessment);
            change(&mut comparison);
            let now = assessment.checked_at();
            assessment.take_vendor_comparison(comparison, now);
        }
        policy.decide(&assessment)
    };
    let mismatch: fn(&mut VendorComparison) = |c| c.result = VendorMatch::Mismatch;
    let verdict = twice(&takes(), mismatch, |_| {});
    rejects(&verdict, codes::FACE_MISMATCH);
    let shown = verdict.face.vendor.expect("what was brought");
    assert_eq!(shown.result, VendorMatch::Mismatch, "the worst is shown");
    // One of them among others.
    doubts(
        &twice(&takes(), mismatch, |c| c.images.push([7; 32])),
        codes::FACE_VENDOR_UNBOUND,
    );
    let strange: fn(&mut VendorComparison) = |c| {
        c.result = VendorMatch::Mismatch;
        c.certificate = "another".into();
    };
    doubts(
        &twice(&takes(), strange, |_| {}),
        codes::FACE_VENDOR_NOT_ACCEPTED,
    );
    // What does not count itself makes up for nothing.
    let uncounted: [fn(&mut VendorComparison); 3] = [
        |c| c.images.clear(),
        |c| {
            c.at.0 -= 181;
            c.images = vec![[7; 32]];
        },
        |c| {
            c.certificate = "another".into();
            c.images = vec![[7; 32]];
        },
    ];
    for second in uncounted {
        let verdict = twice(&optional, mismatch, second);
        assert_eq!(
            verdict.kind,
            VerdictKind::Undecided,
            "{:?}",
            verdict.grounds
        );
    }
    // Another photograph, or another portrait's: that is another question.
    let others: [fn(&mut VendorComparison); 3] = [
        |c| {
            c.result = VendorMatch::Mismatch;
            c.images = vec![[7; 32]];
        },
        |c| {
            c.result = VendorMatch::Mismatch;
            c.portrait = [7; 32];
        },
        |c| c.result = VendorMatch::Uncertain,
    ];
    for first in others {
        let verdict = twice(&takes(), first, |_| {});
        assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    }
}

#[test]
fn a_session_without_an_end_keeps_no_vendor_s_result_for_ever() {
    let text = TAKES.replace(
        "[[face.vendors]]",
        "[face]\nmax_session_seconds = 1000000000\n[[face.vendors]]",
    );
    let endless = Policy::from_toml(&text).expect("TOML");
    let of_an_hour = judged(&endless, assessed(), |c| c.at.0 -= 3600);
    assert_eq!(of_an_hour.kind, VerdictKind::Accept);
    let older = judged(&endless, assessed(), |c| c.at.0 -= 3601);
    doubts(&older, codes::FACE_VENDOR_UNBOUND);
    assert_eq!(detail(&older, codes::FACE_VENDOR_UNBOUND), Some("stale"));
}
