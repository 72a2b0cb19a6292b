//! What a comparison by another maker's engine is worth under a policy: nothing, unless the policy names vendor and certificate.

use super::liveness::{compared, out_of_time};
use super::{Policy, PolicyError};
use crate::assessment::Assessment;
use crate::codes;
use crate::vendor_comparison::{VendorComparison, VendorMatch};
use crate::verdict::Ground;
use chipid_emrtd::finding::{Check, Code, Severity};
use serde::Deserialize;
use std::time::Duration;

/// However long a policy lets a session last: an hour ago, another person may have stood there.
const MAX_AGE: Duration = Duration::from_secs(3600);

/// `[[face.vendors]]`: an engine that a policy takes.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct FaceVendor {
    vendor: String,
    certificate: String,
}

impl FaceVendor {
    /// A name that is empty would be everybody's who has none.
    pub(super) fn named(self) -> Result<Self, PolicyError> {
        if self.vendor.trim().is_empty() || self.certificate.trim().is_empty() {
            return Err(PolicyError::VendorUnnamed);
        }
        Ok(self)
    }
}

impl Policy {
    /// The vendors whose comparisons it takes, each with the certificate that it takes it for.
    pub fn face_vendors(&self) -> impl Iterator<Item = (&str, &str)> + '_ {
        self.vendors
            .iter()
            .map(|named| (named.vendor.as_str(), named.certificate.as_str()))
    }

    /// The last that was brought, or a mismatch before it: of an image that counts now, or of any where the last does not count.
    /// The worst of them.
    pub(super) fn judge_vendors<'a>(
        &self,
        assessment: &'a Assessment,
        locked: bool,
        grounds: &mut Vec<Ground>,
    ) -> Option<(&'a VendorComparison, Check<()>)> {
        let (last, before) = assessment.vendors.split_last()?;
        let mut worst = (last, self.judge_vendor(assessment, last, locked, grounds));
        let now = compared(assessment);
        let uncounted = [codes::FACE_VENDOR_NOT_ACCEPTED, codes::FACE_VENDOR_UNBOUND];
        let lifts = worst.1.reason().is_none_or(|why| !uncounted.contains(&why));
        for mismatch in before.iter().filter(|earlier| {
            earlier.result == VendorMatch::Mismatch
                && Some(earlier.portrait) == assessment.portrait_digest()
                && (!lifts || now.as_ref().is_some_and(|c| c.has_one_of(&earlier.images)))
        }) {
            let check = self.judge_vendor(assessment, mismatch, locked, grounds);
            if matches!(check, Check::Failed(_)) || worst.1.passed().is_some() {
                worst = (mismatch, check);
            }
        }
        Some(worst)
    }

    fn judge_vendor(
        &self,
        assessment: &Assessment,
        brought: &VendorComparison,
        locked: bool,
        grounds: &mut Vec<Ground>,
    ) -> Check<()> {
        // Two persons, somebody said: whatever is wrong with that, it is no reason to go on as if nobody had.
        let least = match brought.result {
            VendorMatch::Mismatch => Severity::Doubt,
            VendorMatch::Match | VendorMatch::Uncertain => Severity::Note,
        };
        let not_performed = |grounds: &mut Vec<Ground>, code: Code, detail| {
            grounds.push(self.ground(code, detail).never_below(least));
            Check::NotPerformed(code)
        };
        match assessment.portrait_digest() {
            Some(own) if own == brought.portrait => {}
            Some(_) => {
                grounds.push(self.ground(codes::COMPARISON_FOREIGN, Some("vendor")));
                return Check::Failed(codes::COMPARISON_FOREIGN);
            }
            None => {
                let reason = codes::NO_FACE_ON_CHIP;
                grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(reason.name())));
                return Check::NotPerformed(reason);
            }
        }
        if assessment
            .special
            .is_some_and(|holder| holder.has_no_face_by_law())
        {
            let reason = codes::HOLDER_UNDER_6;
            grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(reason.name())));
            return Check::NotPerformed(reason);
        }
        let named = |known: &(&str, &str)| {
            *known == (brought.vendor.as_str(), brought.certificate.as_str())
        };
        if !self.face_vendors().any(|known| named(&known)) {
            return not_performed(grounds, codes::FACE_VENDOR_NOT_ACCEPTED, None);
        }
        if let Some(why) = self.vendor_unbound(assessment, brought) {
            return not_performed(grounds, codes::FACE_VENDOR_UNBOUND, Some(why));
        }
        match brought.result {
            VendorMatch::Match if locked => Check::NotPerformed(codes::SESSION_LOCKED),
            VendorMatch::Match => Check::Passed(()),
            VendorMatch::Mismatch => {
                grounds.push(self.ground(codes::FACE_MISMATCH, Some("vendor")));
                Check::Failed(codes::FACE_MISMATCH)
            }
            VendorMatch::Uncertain => not_performed(grounds, codes::FACE_UNCERTAIN, Some("vendor")),
        }
    }

    /// Why the result says nothing of these images here and now, as a permanent word.
    fn vendor_unbound(
        &self,
        assessment: &Assessment,
        brought: &VendorComparison,
    ) -> Option<&'static str> {
        if brought.images.is_empty() {
            return Some("no_image");
        }
        // The built-in engine's where there is one, else what the vendor was asked about last.
        if let Some(compared) = compared(assessment) {
            if !compared.is_of(&brought.images) {
                return Some("other_image");
            }
            if compared.capture != brought.capture {
                return Some("other_capture");
            }
        }
        let max_age = self.max_session.min(MAX_AGE);
        out_of_time(brought.at, assessment.judged_at, max_age)
    }
}
