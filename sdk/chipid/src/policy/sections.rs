//! The sections of a policy file, one struct for each, with what holds where a section or a key is left out.
//!
//! A section of its own for whatever else has bounds: `[name]` in the file, a struct here, a field of [`Policy`](super::Policy).

use super::PolicyError;
use super::vendor::FaceVendor;
use crate::face::{Capture, default_thresholds};
use chipid_face::Thresholds;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;

/// `[face]`: how alike, and how often.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FaceSection {
    accept: Option<f32>,
    reject: Option<f32>,
    false_match_rate: Option<f64>,
    basis: Option<String>,
    vendors: Vec<FaceVendor>,
    pub(super) max_failed_attempts: u32,
    pub(super) max_session_seconds: u64,
}

impl Default for FaceSection {
    fn default() -> Self {
        Self {
            accept: None,
            reject: None,
            false_match_rate: None,
            basis: None,
            vendors: Vec::new(),
            max_failed_attempts: 10,
            max_session_seconds: 180,
        }
    }
}

/// No policy may accept faces that are less alike than this, nor at a false match rate above one in a hundred: the
/// requirement would be there in name alone. Nor may it call faces uncertain that are less alike than the lowest reject: a
/// mismatch is fatal, and would never be found.
const LOWEST_ACCEPT: f32 = 0.30;
const LOWEST_REJECT: f32 = 0.25;
const HIGHEST_FALSE_MATCH_RATE: f64 = 0.01;

impl FaceSection {
    pub(super) fn vendors(&mut self) -> Result<Vec<FaceVendor>, PolicyError> {
        std::mem::take(&mut self.vendors)
            .into_iter()
            .map(FaceVendor::named)
            .collect()
    }

    pub(super) fn thresholds(&self) -> Result<Thresholds, PolicyError> {
        let default = default_thresholds();
        let said_of_none = self.false_match_rate.is_some() || self.basis.is_some();
        match (self.accept, self.reject) {
            // A rate of thresholds that are not its own would be read and mean nothing.
            (None, None) if said_of_none => return Err(PolicyError::Thresholds),
            (None, None) => return Ok(default),
            _ => {}
        }
        let (Some(rate), Some(basis)) = (self.false_match_rate, &self.basis) else {
            return Err(PolicyError::Thresholds);
        };
        let too_low = self.accept.is_some_and(|accept| accept < LOWEST_ACCEPT)
            || self.reject.is_some_and(|reject| reject < LOWEST_REJECT);
        if too_low || rate > HIGHEST_FALSE_MATCH_RATE {
            return Err(PolicyError::Thresholds);
        }
        Thresholds::new(
            self.accept.unwrap_or(default.accept().value()),
            self.reject.unwrap_or(default.reject().value()),
            rate,
            basis,
            default.recogniser_sha256(),
        )
        .map_err(|_| PolicyError::Thresholds)
    }
}

/// `[capture]`: which sources of live images are taken where a policy requires `capture`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CaptureSection {
    accepts: BTreeSet<Capture>,
}

impl Default for CaptureSection {
    fn default() -> Self {
        Self {
            accepts: BTreeSet::from([Capture::Camera, Capture::Station, Capture::External]),
        }
    }
}

impl CaptureSection {
    /// A file may show anybody at any time: no policy takes it for a capture.
    pub(super) fn sources(self) -> Result<BTreeSet<Capture>, PolicyError> {
        if self.accepts.contains(&Capture::File) {
            return Err(PolicyError::FileCapture);
        }
        Ok(self.accepts)
    }
}

/// `[liveness]`: how old the caller's check may be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LivenessSection {
    max_age_seconds: u64,
}

impl Default for LivenessSection {
    fn default() -> Self {
        Self {
            max_age_seconds: 180,
        }
    }
}

impl LivenessSection {
    pub(super) fn max_age(&self) -> Result<Duration, PolicyError> {
        bounded(self.max_age_seconds, 3600)
    }
}

/// `[online]`: how old a confirmation may be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OnlineSection {
    max_age_seconds: u64,
}

impl Default for OnlineSection {
    fn default() -> Self {
        Self {
            max_age_seconds: 300,
        }
    }
}

impl OnlineSection {
    pub(super) fn max_age(&self) -> Result<Duration, PolicyError> {
        bounded(self.max_age_seconds, 86_400)
    }
}

/// An age without a bound would make yesterday's answer as good as today's.
fn bounded(seconds: u64, most: u64) -> Result<Duration, PolicyError> {
    if seconds > most {
        return Err(PolicyError::AgeUnbounded);
    }
    Ok(Duration::from_secs(seconds))
}
