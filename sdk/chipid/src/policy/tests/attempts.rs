//! How often faces were compared: nothing that was compared here is forgotten, whoever compared it.

use super::vendor::{assessed, brought, takes};
use super::*;
use crate::VendorMatch;

fn said(made: u32, failed_before: u32) -> Attempts {
    Attempts {
        made,
        failed_before,
        session_age: Duration::ZERO,
    }
}

#[track_caller]
fn counted(assessment: &Assessment, made: u32, failed_before: u32) {
    let attempts = assessment.attempts();
    assert_eq!(
        (attempts.made, attempts.failed_before),
        (made, failed_before)
    );
}

fn vendor(assessment: &mut Assessment, result: VendorMatch, image: u8) {
    let mut comparison = brought(assessment);
    comparison.result = result;
    comparison.images = vec![[image; 32]];
    let now = assessment.checked_at();
    assessment.take_vendor_comparison(comparison, now);
}

#[test]
fn mismatches_of_a_vendor_s_engine_are_attempts() {
    let mut assessment = assessed();
    for frame in 0..10 {
        vendor(&mut assessment, VendorMatch::Mismatch, frame);
        counted(&assessment, u32::from(frame) + 1, u32::from(frame));
    }
    vendor(&mut assessment, VendorMatch::Match, 10);
    let verdict = takes().decide(&assessment);
    doubts(&verdict, codes::SESSION_LOCKED);
    assert_eq!(verdict.face.attempts, 11);
    // The same frame again is another attempt too.
    vendor(&mut assessment, VendorMatch::Match, 10);
    counted(&assessment, 12, 11);
}

#[test]
fn one_moment_that_both_engines_judge_is_one_attempt() {
    let own_first = |mut assessment: Assessment| {
        let digest = portrait_digest(&assessment);
        assessment = assessment.with_comparison(Comparison::invented(0.7, digest, Capture::Camera));
        let comparison = brought(&assessment);
        let now = assessment.checked_at();
        assessment.take_vendor_comparison(comparison, now);
        assessment
    };
    let once = own_first(assessed());
    counted(&once, 1, 0);
    let verdict = takes().decide(&once);
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
    // Each engine looks again.
    counted(&own_first(once), 2, 1);

    let mut other_frame = matched(assessed());
    vendor(&mut other_frame, VendorMatch::Match, 7);
    counted(&other_frame, 2, 1);
}

#[test]
fn comparisons_that_are_brought_count_as_those_that_are_made() {
    let mut assessment = assessed();
    for compared_before in 0..4 {
        assessment = matched(assessment);
        counted(&assessment, compared_before + 1, compared_before);
    }
}

#[test]
fn attempts_of_before_and_those_of_now_are_added() {
    let transfer = |now: u32| {
        let mut assessment = assessed().with_attempts(said(4, 3));
        for _ in 0..now {
            assessment = matched(assessment);
        }
        (Policy::transfer().decide(&assessment), assessment)
    };
    // The fourth was announced, and the first that is made here is it.
    counted(&transfer(1).1, 4, 3);
    counted(&transfer(2).1, 5, 4);
    assert!(!transfer(2).0.has(codes::SESSION_LOCKED));
    counted(&transfer(3).1, 6, 5);
    doubts(&transfer(3).0, codes::SESSION_LOCKED);
    counted(&transfer(5).1, 8, 7);

    // Said after, it speaks of the last that was made.
    let after = matched(assessed()).with_attempts(said(3, 2));
    counted(&after, 3, 2);
    counted(&matched(after), 4, 3);
    // Said again and again, it announces nothing again.
    let mut same = assessed();
    for made in 0..4 {
        same = matched(same.with_attempts(said(4, 3)));
        counted(&same, 4 + made, 3 + made);
    }
    // Who counts the one to come from nought.
    counted(&matched(assessed().with_attempts(said(0, 0))), 1, 0);
}

#[test]
fn what_was_said_of_a_session_only_grows() {
    let lowered = matched(assessed())
        .with_attempts(Attempts {
            made: 9,
            failed_before: 8,
            session_age: Duration::from_secs(200),
        })
        .with_attempts(said(1, 0));
    counted(&lowered, 9, 8);
    assert_eq!(lowered.attempts().session_age, Duration::from_secs(200));
    doubts(&Policy::counter().decide(&lowered), codes::SESSION_LOCKED);
    counted(&assessed().with_attempts(said(2, 1)), 2, 1);
    counted(&assessed(), 1, 0);
}
