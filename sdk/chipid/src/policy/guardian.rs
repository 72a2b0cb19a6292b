//! `[guardian]`: which evidence makes somebody a child's guardian.

use super::{Policy, Requirement};
use crate::guardian::KinshipBasis;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GuardianSection {
    pub(super) kinship: BTreeSet<KinshipBasis>,
}

impl Default for GuardianSection {
    fn default() -> Self {
        Self {
            kinship: BTreeSet::from([KinshipBasis::Chip]),
        }
    }
}

impl Policy {
    /// Which evidence of kinship suffices, the strongest first; by default the chip's alone.
    #[must_use]
    pub const fn kinship(&self) -> &BTreeSet<KinshipBasis> {
        &self.kinship
    }

    /// For the child beside a guardian; whose policy it is stands in the name.
    pub(crate) fn drop_requirements(&mut self, dropped: &[Requirement]) {
        self.requires.retain(|r| !dropped.contains(r));
        self.name.push_str(" (child)");
    }
}
