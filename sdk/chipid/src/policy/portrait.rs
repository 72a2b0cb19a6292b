//! How old a portrait may be under a policy.

use super::Policy;
use crate::assessment::Assessment;
use crate::codes;
use crate::face::FaceOutcome;
use crate::verdict::Ground;
use chipid_vietnam::portrait_age::PortraitBounds;
use serde::Deserialize;

/// `[portrait]`. The figures are a choice: no rule sets them, and how the models do over such years was not measured.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PortraitSection {
    max_years: u16,
    max_years_child: u16,
    child_under: u16,
}

impl Default for PortraitSection {
    fn default() -> Self {
        Self {
            max_years: 15,
            max_years_child: 5,
            child_under: 18,
        }
    }
}

impl From<PortraitSection> for PortraitBounds {
    fn from(section: PortraitSection) -> Self {
        Self {
            max_years: section.max_years,
            max_years_child: section.max_years_child,
            child_under: section.child_under,
        }
    }
}

impl Policy {
    /// For how many years a portrait serves before comparing with it is a doubt.
    #[must_use]
    pub const fn portrait_bounds(&self) -> PortraitBounds {
        self.portrait
    }

    /// Where a face is to be compared, or was.
    pub(super) fn judge_portrait(&self, assessment: &Assessment, grounds: &mut Vec<Ground>) {
        let compared = matches!(assessment.face, Some(FaceOutcome::Compared(_)))
            || !assessment.vendors.is_empty();
        let Some(holder) = assessment.special else {
            return;
        };
        if !holder.face_on_chip || !(compared || self.wants_face()) {
            return;
        }
        match holder.portrait {
            Some(portrait) if portrait.is_beyond(self.portrait) => {
                let detail = match portrait.of_child(self.portrait) {
                    true => "child",
                    false if holder.no_expiry => "no_expiry",
                    false => "adult",
                };
                grounds.push(self.ground(codes::PORTRAIT_OUTDATED, Some(detail)));
            }
            Some(_) => {}
            None => {
                grounds.push(self.ground(codes::PORTRAIT_AGE_UNKNOWN, None));
                if holder.no_expiry {
                    grounds.push(self.ground(codes::PORTRAIT_AGE_UNBOUNDED, None));
                }
            }
        }
    }
}
