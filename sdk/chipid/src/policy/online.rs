//! What online confirmations are worth under a policy.

use super::Policy;
use super::liveness::{before, out_of_time};
use crate::assessment::Assessment;
use crate::codes;
use crate::online::{
    Asked, Confirmation, ConfirmationAnswer, ConfirmationOutcome, Unreachable, object_of,
};
use crate::verdict::{Ground, OnlineJudgement};
use chipid_emrtd::finding::{Check, Severity, codes as core};

/// What came of one question. The better come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Unreachable(&'static str),
    Confirmed,
    /// A confirmation that says nothing of this document here and now.
    UnboundConfirmation(&'static str),
    /// A denial that says nothing of it, or what the service did not sign.
    UnboundDenial(&'static str),
    NotAuthentic,
    Denied,
}

impl Worth {
    /// Whether a later confirmation makes up for it.
    const fn can_be_lifted(self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::UnboundConfirmation(_))
    }

    const fn check(self) -> Check<()> {
        match self {
            Self::Confirmed => Check::Passed(()),
            Self::Denied => Check::Failed(codes::ISSUER_DENIES),
            Self::Unreachable(_) => Check::NotPerformed(codes::ONLINE_UNREACHABLE),
            Self::UnboundConfirmation(_) | Self::UnboundDenial(_) | Self::NotAuthentic => {
                Check::NotPerformed(codes::UNBOUND_CONFIRMATION)
            }
        }
    }
}

impl Policy {
    /// An answer counts only where it is bound to this number, this document signer, this nonce and this time. Of several
    /// the worst stands: only what was no denial, and authentic, is made up for by a confirmation that came later.
    pub(super) fn judge_online(
        &self,
        assessment: &Assessment,
        grounds: &mut Vec<Ground>,
    ) -> OnlineJudgement {
        let came: Vec<(Worth, &Confirmation)> = assessment
            .confirmations
            .iter()
            .map(|came| (self.worth(assessment, came), came))
            .collect();
        let confirmed = came.iter().rposition(|(w, _)| *w == Worth::Confirmed);
        let standing = came.iter().enumerate().filter(|(at, (worth, _))| {
            !worth.can_be_lifted() || confirmed.is_none_or(|confirmed| confirmed < *at)
        });
        let mut worst: Option<(Worth, &Confirmation)> = None;
        for (_, (worth, confirmation)) in standing {
            grounds.extend(self.ground_of(*worth));
            if worst.is_none_or(|(shown, _)| shown <= *worth) {
                worst = Some((*worth, confirmation));
            }
        }
        let answer = match worst {
            Some((_, Confirmation::Answered(answered))) => Some(&answered.1),
            _ => None,
        };
        OnlineJudgement {
            check: worst.map_or(Check::NotPerformed(core::NOT_REQUESTED), |(w, _)| w.check()),
            service: answer.map(|a| a.service.clone()),
            transaction: answer.and_then(|a| a.transaction.clone()),
            answered_at: answer.map(|a| a.answered_at),
        }
    }

    fn worth(&self, assessment: &Assessment, came: &Confirmation) -> Worth {
        let (asked, answer) = match came {
            Confirmation::Unreachable(Unreachable::NotAuthentic) => return Worth::NotAuthentic,
            Confirmation::Unreachable(why) => return Worth::Unreachable(why.name()),
            Confirmation::Answered(answered) => answered.as_ref(),
        };
        match (answer.outcome, self.unbound(assessment, asked, answer)) {
            (ConfirmationOutcome::Confirmed, None) => Worth::Confirmed,
            (ConfirmationOutcome::Denied, None) => Worth::Denied,
            (ConfirmationOutcome::Confirmed, Some(why)) => Worth::UnboundConfirmation(why),
            (ConfirmationOutcome::Denied, Some(why)) => Worth::UnboundDenial(why),
        }
    }

    fn ground_of(&self, worth: Worth) -> Option<Ground> {
        Some(match worth {
            Worth::Confirmed => return None,
            Worth::Denied => self.ground(codes::ISSUER_DENIES, None),
            Worth::Unreachable(why) => self.ground(codes::ONLINE_UNREACHABLE, Some(why)),
            Worth::NotAuthentic => self.ground(
                codes::UNBOUND_CONFIRMATION,
                Some(Unreachable::NotAuthentic.name()),
            ),
            Worth::UnboundConfirmation(why) => self.ground(codes::UNBOUND_CONFIRMATION, Some(why)),
            // One that came late, or to another question, is no reason to go on as if none had come.
            Worth::UnboundDenial(why) => self
                .ground(codes::UNBOUND_CONFIRMATION, Some(why))
                .never_below(Severity::Doubt),
        })
    }

    /// Why the answer says nothing of this document here and now, as a permanent word.
    fn unbound(
        &self,
        assessment: &Assessment,
        asked: &Asked,
        answer: &ConfirmationAnswer,
    ) -> Option<&'static str> {
        let Some(own) = Asked::number_and_signer(assessment) else {
            return Some("nothing_to_confirm");
        };
        let of_this = (asked.number.as_str(), asked.signer) == (own.0.as_str(), own.1)
            && asked.object == object_of(assessment);
        if !of_this {
            // Asked about one document, laid beside another.
            return Some("other_request");
        }
        if answer.number.as_str() != own.0.as_str() {
            return Some("other_number");
        }
        if answer.signer_sha256 != own.1 {
            return Some("other_signer");
        }
        if answer.nonce != *asked.nonce.bytes() {
            return Some("other_nonce");
        }
        if before(answer.answered_at, asked.made_at) {
            return Some("before_request");
        }
        out_of_time(
            answer.answered_at,
            assessment.judged_at,
            self.online_max_age,
        )
    }
}
