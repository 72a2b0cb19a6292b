//! From an assessment to a verdict.

use super::{Policy, Requirement};
use crate::assessment::Assessment;
use crate::codes;
use crate::verdict::{FaceJudgement, Ground, Verdict, VerdictKind};
use chipid_emrtd::finding::{Code, Severity, codes as core};

impl Policy {
    /// Decides: any fatal finding rejects; else any doubt, or any required check that was not performed, leaves it
    /// undecided; else it accepts.
    #[must_use]
    pub fn decide(&self, assessment: &Assessment) -> Verdict {
        let mut grounds: Vec<Ground> = assessment
            .findings
            .iter()
            .map(|f| Ground {
                code: f.code,
                severity: self.severity(f.code),
                file: f.file,
                detail: f.detail,
            })
            .collect();
        let face = self.judge_face(assessment, &mut grounds);
        self.judge_portrait(assessment, &mut grounds);
        self.require(assessment, &face, &mut grounds);

        grounds.sort_by(|a, b| {
            b.severity
                .cmp(&a.severity)
                .then_with(|| a.code.name().cmp(b.code.name()))
                .then_with(|| a.file.cmp(&b.file))
                .then_with(|| a.detail.cmp(&b.detail))
        });
        grounds.dedup();
        let worst = grounds.first().map(|g| g.severity);
        let kind = match worst {
            Some(Severity::Fatal) => VerdictKind::Reject,
            Some(Severity::Doubt) => VerdictKind::Undecided,
            Some(Severity::Note) | None => VerdictKind::Accept,
        };
        Verdict {
            kind,
            grounds,
            face,
            policy: self.name.clone(),
            policy_sha256: self.sha256,
        }
    }

    pub(super) fn ground(&self, code: Code, detail: Option<&'static str>) -> Ground {
        Ground {
            code,
            severity: self.severity(code),
            file: None,
            detail,
        }
    }

    /// A required check that did not pass stands among the grounds, whatever finding says why, so that no lowered
    /// severity can let it slip.
    fn require(&self, assessment: &Assessment, face: &FaceJudgement, grounds: &mut Vec<Ground>) {
        let verification = &assessment.verification;
        for requirement in &self.requires {
            let reason = match requirement {
                Requirement::PassiveAuthentication => {
                    verification.passive_authentication.check().reason()
                }
                Requirement::ChipGenuine => verification.chip_genuine.reason(),
                Requirement::DocumentValidity => assessment.document_validity.reason(),
                Requirement::Consistency => assessment.consistency.reason(),
                Requirement::Face => face.check.reason(),
                // Nobody can give these yet: a policy that requires them never accepts.
                Requirement::Liveness | Requirement::Online => Some(core::NOT_REQUESTED),
            };
            let Some(reason) = reason else {
                continue;
            };
            let fatal = self.severity(reason) == Severity::Fatal;
            let stands = grounds.iter().any(|g| g.code == reason && fatal);
            if !stands {
                let mut ground =
                    self.ground(codes::REQUIRED_CHECK_MISSING, Some(requirement.name()));
                // Required means required: this one cannot be lowered to a note.
                ground.severity = ground.severity.max(Severity::Doubt);
                grounds.push(ground);
            }
        }
    }
}
