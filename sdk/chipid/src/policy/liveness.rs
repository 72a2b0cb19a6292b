//! What a capture source and a liveness result of the caller's are worth under a policy.

use super::{Policy, Requirement};
use crate::assessment::Assessment;
use crate::codes;
use crate::face::{Capture, Comparison, FaceOutcome, same_images};
use crate::liveness::{Liveness, LivenessResult};
use crate::verdict::{Ground, LivenessJudgement};
use chipid_emrtd::finding::{Check, Severity, codes as core};
use chipid_emrtd::time::UnixTime;
use std::time::Duration;

impl Policy {
    /// Whether the live images that were compared come from where the policy takes them.
    pub(super) fn judge_capture(
        &self,
        assessment: &Assessment,
        grounds: &mut Vec<Ground>,
    ) -> Check<()> {
        if !self.requires.contains(&Requirement::Capture) {
            return Check::NotPerformed(core::NOT_REQUESTED);
        }
        let Some(compared) = compared(assessment) else {
            return Check::NotPerformed(codes::NO_LIVE_IMAGE);
        };
        match compared.capture {
            // Its finding stands already.
            Capture::File => Check::NotPerformed(codes::LIVE_IMAGE_FROM_FILE),
            source if self.captures.contains(&source) => Check::Passed(()),
            source => {
                grounds.push(self.ground(codes::CAPTURE_NOT_ACCEPTED, Some(source.name())));
                Check::NotPerformed(codes::CAPTURE_NOT_ACCEPTED)
            }
        }
    }

    /// A liveness result counts only for the very images that were compared, from the same source, and while it is
    /// fresh. It is the last that was brought, or a failure before it: of an image that was compared, or of any where the last
    /// does not count. The worst of them.
    pub(super) fn judge_liveness(
        &self,
        assessment: &Assessment,
        grounds: &mut Vec<Ground>,
    ) -> LivenessJudgement {
        let Some((last, before)) = assessment.liveness.split_last() else {
            return LivenessJudgement {
                check: Check::NotPerformed(core::NOT_REQUESTED),
                liveness: None,
            };
        };
        let mut worst = (last, self.judge_one_liveness(assessment, last, grounds));
        let now = compared(assessment);
        let lifts = worst.1.reason() != Some(codes::LIVENESS_UNBOUND);
        for failure in before.iter().filter(|earlier| {
            earlier.result == LivenessResult::Failed
                && (!lifts || now.as_ref().is_some_and(|c| c.has_one_of(&earlier.images)))
        }) {
            let check = self.judge_one_liveness(assessment, failure, grounds);
            if matches!(check, Check::Failed(_)) || worst.1.passed().is_some() {
                worst = (failure, check);
            }
        }
        LivenessJudgement {
            check: worst.1,
            liveness: Some(worst.0.clone()),
        }
    }

    fn judge_one_liveness(
        &self,
        assessment: &Assessment,
        liveness: &Liveness,
        grounds: &mut Vec<Ground>,
    ) -> Check<()> {
        let now = assessment.judged_at;
        if let Some(why) = unbound(liveness, compared(assessment), now, self.liveness_max_age) {
            let ground = self.ground(codes::LIVENESS_UNBOUND, Some(why));
            // A picture, a screen, a mask: wherever that was, it is no reason to go on as if nobody had looked.
            grounds.push(match liveness.result {
                LivenessResult::Failed => ground.never_below(Severity::Doubt),
                LivenessResult::Passed | LivenessResult::Uncertain => ground,
            });
            return Check::NotPerformed(codes::LIVENESS_UNBOUND);
        }
        match liveness.result {
            LivenessResult::Passed => Check::Passed(()),
            LivenessResult::Failed => {
                grounds.push(self.ground(codes::LIVENESS_FAILED, None));
                Check::Failed(codes::LIVENESS_FAILED)
            }
            LivenessResult::Uncertain => {
                grounds.push(self.ground(codes::LIVENESS_UNCERTAIN, None));
                Check::NotPerformed(codes::LIVENESS_UNCERTAIN)
            }
        }
    }
}

/// The live images that a comparison was made of, whoever made it.
pub(super) struct Compared<'a> {
    pub(super) images: &'a [[u8; 32]],
    pub(super) capture: Capture,
}

impl<'a> Compared<'a> {
    pub(super) fn of(own: &'a Comparison) -> Self {
        Self {
            images: own.images(),
            capture: own.capture(),
        }
    }

    /// Whether `others` are the same images, in whatever order.
    pub(super) fn is_of(&self, others: &[[u8; 32]]) -> bool {
        same_images(self.images, others)
    }

    /// Whether one of them is among `others`.
    pub(super) fn has_one_of(&self, others: &[[u8; 32]]) -> bool {
        self.images.iter().any(|image| others.contains(image))
    }
}

/// The built-in engine's where there is one: a vendor's is held to the same images then.
pub(super) fn compared(assessment: &Assessment) -> Option<Compared<'_>> {
    if let Some(FaceOutcome::Compared(own)) = &assessment.face {
        return Some(Compared::of(own));
    }
    assessment.vendors.last().map(|vendor| Compared {
        images: &vendor.images,
        capture: vendor.capture,
    })
}

/// Why the result says nothing of these images, as a permanent word.
fn unbound(
    liveness: &Liveness,
    compared: Option<Compared<'_>>,
    now: UnixTime,
    max_age: Duration,
) -> Option<&'static str> {
    let Some(compared) = compared else {
        return Some("nothing_compared");
    };
    let images = compared.images;
    let of_these = match liveness.result {
        LivenessResult::Failed => compared.has_one_of(&liveness.images),
        // Every one: beside a living person's picture, the others could be the holder's.
        LivenessResult::Passed | LivenessResult::Uncertain => {
            !images.is_empty() && images.iter().all(|i| liveness.images.contains(i))
        }
    };
    if !of_these {
        return Some("other_image");
    }
    if liveness.capture != compared.capture {
        return Some("other_capture");
    }
    out_of_time(liveness.at, now, max_age)
}

/// Clocks of two machines differ by a little.
const SKEW_SECONDS: i64 = 30;

/// `future` or `stale`, where the time of an answer does not fit the time of the check.
pub(super) fn out_of_time(at: UnixTime, now: UnixTime, max_age: Duration) -> Option<&'static str> {
    let max_age = i64::try_from(max_age.as_secs()).unwrap_or(i64::MAX);
    if at.0 > now.0.saturating_add(SKEW_SECONDS) {
        Some("future")
    } else if now.0.saturating_sub(at.0) > max_age {
        Some("stale")
    } else {
        None
    }
}

/// Whether an answer was given before its question was asked.
pub(super) fn before(at: UnixTime, asked: UnixTime) -> bool {
    at.0 < asked.0.saturating_sub(SKEW_SECONDS)
}
