//! From an assessment to a verdict.

use super::{Policy, Requirement};
use crate::assessment::Assessment;
use crate::codes;
use crate::verdict::{Ground, Verdict, VerdictKind};
use chipid_emrtd::finding::{Code, Severity};

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
        let capture = self.judge_capture(assessment, &mut grounds);
        let liveness = self.judge_liveness(assessment, &mut grounds);
        let online = self.judge_online(assessment, &mut grounds);
        let verification = &assessment.verification;
        let kind = self.weigh(&mut grounds, |requirement| match requirement {
            Requirement::PassiveAuthentication => {
                let scoped = assessment.findings.has(codes::ANCHOR_NOT_SCOPED);
                let passive = verification.passive_authentication.check().reason();
                // Required means required here too: no policy takes an authority that nobody named for such cards.
                passive.or(scoped.then_some(codes::ANCHOR_NOT_SCOPED))
            }
            Requirement::ChipGenuine => verification.chip_genuine.reason(),
            Requirement::DocumentValidity => assessment.document_validity.reason(),
            Requirement::Consistency => assessment.consistency.reason(),
            Requirement::Face => face.check.reason(),
            Requirement::Capture => capture.reason(),
            Requirement::Liveness => liveness.check.reason(),
            Requirement::Online => online.check.reason(),
        });
        Verdict {
            kind,
            grounds,
            face,
            capture,
            liveness,
            online,
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

    /// The answer from what was noticed and from why each check did not pass (`None`: it passed). Puts the grounds in
    /// their order.
    pub(super) fn weigh(
        &self,
        grounds: &mut Vec<Ground>,
        reason: impl Fn(Requirement) -> Option<Code>,
    ) -> VerdictKind {
        self.require(reason, grounds);
        grounds.sort_by(|a, b| {
            b.severity
                .cmp(&a.severity)
                .then_with(|| a.code.name().cmp(b.code.name()))
                .then_with(|| a.file.cmp(&b.file))
                .then_with(|| a.detail.cmp(&b.detail))
        });
        grounds.dedup();
        match grounds.first().map(|g| g.severity) {
            Some(Severity::Fatal) => VerdictKind::Reject,
            Some(Severity::Doubt) => VerdictKind::Undecided,
            Some(Severity::Note) | None => VerdictKind::Accept,
        }
    }

    /// A required check that did not pass stands among the grounds, whatever finding says why, so that no lowered
    /// severity can let it slip.
    fn require(&self, reason: impl Fn(Requirement) -> Option<Code>, grounds: &mut Vec<Ground>) {
        for requirement in &self.requires {
            let Some(reason) = reason(*requirement) else {
                continue;
            };
            let fatal = self.severity(reason) == Severity::Fatal;
            let stands = grounds.iter().any(|g| g.code == reason && fatal);
            if !stands {
                // Required means required: this one cannot be lowered to a note.
                grounds.push(
                    self.ground(codes::REQUIRED_CHECK_MISSING, Some(requirement.name()))
                        .never_below(Severity::Doubt),
                );
            }
        }
    }
}

impl Ground {
    /// For what no policy may lower further than this.
    pub(super) fn never_below(self, least: Severity) -> Self {
        Self {
            severity: self.severity.max(least),
            ..self
        }
    }
}
