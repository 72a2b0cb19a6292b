//! What a similarity means under a policy.

use super::Policy;
use crate::assessment::Assessment;
use crate::codes;
use crate::face::{Capture, FaceOutcome};
use crate::verdict::{FaceJudgement, Ground};
use chipid_emrtd::finding::{Check, Code, codes as core};
use chipid_face::Decision;

/// Two photographs of one person, taken years apart, reached 0.79; a picture compared with itself reaches 1.
const COPY: f32 = 0.97;

impl Policy {
    /// The built-in engine's comparison, a vendor's, or both: then the worse of the two stands.
    pub(super) fn judge_face(
        &self,
        assessment: &Assessment,
        grounds: &mut Vec<Ground>,
    ) -> FaceJudgement {
        let attempts = assessment.attempts();
        let locked = attempts.failed_before >= self.max_failed_attempts
            || attempts.session_age > self.max_session;
        let Some((vendor, judged)) = self.judge_vendors(assessment, locked, grounds) else {
            return self.judge_own(assessment, locked, grounds);
        };
        let mut face = match &assessment.face {
            Some(_) => self.judge_own(assessment, locked, grounds),
            None => {
                if locked {
                    grounds.push(self.ground(codes::SESSION_LOCKED, None));
                }
                FaceJudgement {
                    check: Check::Passed(()),
                    similarity: None,
                    advice: None,
                    capture: Some(vendor.capture),
                    thresholds: self.thresholds.clone(),
                    attempts: attempts.made,
                    false_match_rate: self.thresholds.false_match_rate_of(attempts.made.max(1)),
                    vendor: None,
                }
            }
        };
        face.check = match (face.check, judged) {
            (failed @ Check::Failed(_), _) | (_, failed @ Check::Failed(_)) => failed,
            (Check::Passed(()), vendor) => vendor,
            (own, _) => own,
        };
        if vendor.capture == Capture::File {
            grounds.push(self.ground(codes::LIVE_IMAGE_FROM_FILE, None));
        }
        face.vendor = Some(vendor.clone());
        face
    }

    fn judge_own(
        &self,
        assessment: &Assessment,
        locked: bool,
        grounds: &mut Vec<Ground>,
    ) -> FaceJudgement {
        let not_compared = |reason: Code, advice| FaceJudgement {
            check: Check::NotPerformed(reason),
            similarity: None,
            advice: Some(advice),
            capture: None,
            thresholds: self.thresholds.clone(),
            attempts: assessment.attempts().made,
            false_match_rate: self
                .thresholds
                .false_match_rate_of(assessment.attempts().made.max(1)),
            vendor: None,
        };
        let special = assessment.special;
        let faceless = special.is_some_and(|holder| !holder.face_on_chip);
        let comparison = match &assessment.face {
            None if self.wants_face() && faceless => {
                let reason = codes::NO_FACE_ON_CHIP;
                grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(reason.name())));
                return not_compared(reason, "compare_by_eye");
            }
            None if self.wants_face() => {
                let reason = codes::NO_LIVE_IMAGE;
                grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(reason.name())));
                return not_compared(reason, "take_photograph");
            }
            None => return not_compared(core::NOT_REQUESTED, ""),
            Some(FaceOutcome::NotCompared(why)) => {
                grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(why.reason.name())));
                return not_compared(why.reason, why.advice);
            }
            Some(FaceOutcome::Compared(comparison)) => comparison,
        };
        let portrait = assessment
            .verification
            .document
            .as_ref()
            .and_then(|d| d.portrait());
        let own = portrait.is_some_and(|p| p.digest() == comparison.portrait_digest());
        let attempts = assessment.attempts();
        let check = if !own {
            grounds.push(self.ground(codes::COMPARISON_FOREIGN, None));
            Check::Failed(codes::COMPARISON_FOREIGN)
        } else if special.is_some_and(|holder| holder.has_no_face_by_law()) {
            // Whatever was compared: of small children no face is taken, and none was measured.
            let reason = codes::HOLDER_UNDER_6;
            grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(reason.name())));
            Check::NotPerformed(reason)
        } else {
            match self.thresholds.decide(comparison.fused()) {
                Decision::Mismatch => {
                    grounds.push(self.ground(codes::FACE_MISMATCH, None));
                    Check::Failed(codes::FACE_MISMATCH)
                }
                Decision::Uncertain => {
                    grounds.push(self.ground(codes::FACE_UNCERTAIN, None));
                    Check::NotPerformed(codes::FACE_UNCERTAIN)
                }
                Decision::Match if comparison.similarity().value() >= COPY => {
                    grounds.push(self.ground(codes::LIVE_IMAGE_IS_PORTRAIT, None));
                    Check::NotPerformed(codes::LIVE_IMAGE_IS_PORTRAIT)
                }
                Decision::Match if locked => Check::NotPerformed(codes::SESSION_LOCKED),
                Decision::Match => Check::Passed(()),
            }
        };
        if locked {
            grounds.push(self.ground(codes::SESSION_LOCKED, None));
        }
        if comparison.capture() == Capture::File {
            grounds.push(self.ground(codes::LIVE_IMAGE_FROM_FILE, None));
        }
        FaceJudgement {
            advice: match check.reason() {
                Some(codes::FACE_UNCERTAIN) => Some("take_another_photograph"),
                _ => None,
            },
            check,
            similarity: Some(comparison.similarity()),
            capture: Some(comparison.capture()),
            thresholds: self.thresholds.clone(),
            attempts: attempts.made,
            false_match_rate: self.thresholds.false_match_rate_of(attempts.made.max(1)),
            vendor: None,
        }
    }
}
