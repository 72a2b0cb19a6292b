//! What an online confirmation is worth under a policy.

use super::Policy;
use super::liveness::{before, out_of_time};
use crate::assessment::Assessment;
use crate::codes;
use crate::online::{
    Asked, Confirmation, ConfirmationAnswer, ConfirmationOutcome, Unreachable, object_of,
};
use crate::verdict::{Ground, OnlineJudgement};
use chipid_emrtd::finding::{Check, Severity, codes as core};

impl Policy {
    /// An answer counts only where it is bound to this number, this document signer, this nonce and this time.
    pub(super) fn judge_online(
        &self,
        assessment: &Assessment,
        grounds: &mut Vec<Ground>,
    ) -> OnlineJudgement {
        let mut judged = OnlineJudgement {
            check: Check::NotPerformed(core::NOT_REQUESTED),
            service: None,
            transaction: None,
            answered_at: None,
        };
        let unbound = match &assessment.confirmation {
            None => return judged,
            Some(Confirmation::Unreachable(Unreachable::NotAuthentic)) => Some("not_authentic"),
            Some(Confirmation::Unreachable(why)) => {
                grounds.push(self.ground(codes::ONLINE_UNREACHABLE, Some(why.name())));
                judged.check = Check::NotPerformed(codes::ONLINE_UNREACHABLE);
                return judged;
            }
            Some(Confirmation::Answered(answered)) => {
                let (asked, answer) = answered.as_ref();
                judged.service = Some(answer.service.clone());
                judged.transaction.clone_from(&answer.transaction);
                judged.answered_at = Some(answer.answered_at);
                self.unbound(assessment, asked, answer)
            }
        };
        let outcome = match &assessment.confirmation {
            Some(Confirmation::Answered(answered)) => Some(answered.1.outcome),
            _ => None,
        };
        judged.check = match (unbound, outcome) {
            (None, Some(ConfirmationOutcome::Confirmed)) => Check::Passed(()),
            (None, Some(ConfirmationOutcome::Denied)) => {
                grounds.push(self.ground(codes::ISSUER_DENIES, None));
                Check::Failed(codes::ISSUER_DENIES)
            }
            (why, _) => {
                let mut ground = self.ground(codes::UNBOUND_CONFIRMATION, why);
                // A denial that came late, or to another question, is no reason to go on as if none had come.
                if outcome == Some(ConfirmationOutcome::Denied) {
                    ground.severity = ground.severity.max(Severity::Doubt);
                }
                grounds.push(ground);
                Check::NotPerformed(codes::UNBOUND_CONFIRMATION)
            }
        };
        judged
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
