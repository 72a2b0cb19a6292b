//! From a similarity to a decision, at a stated false match rate.
//!
//! The numbers hold for one recogniser and one pipeline, and were measured on photographs that are not an operator's
//! own. `models/cards/` says on which, and what that leaves open.

use crate::{embedding::Similarity, error::FaceError, fusion::Fused, models::RECOGNISER};

/// Where a match begins and where a mismatch ends, and how often strangers are taken for the holder.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    accept: Similarity,
    reject: Similarity,
    false_match_rate: f64,
    basis: String,
    recogniser_sha256: String,
}

/// What a similarity means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// At or above the accept threshold, and no frame under the reject threshold.
    Match,
    /// Neither: another photograph, then a person decides.
    Uncertain,
    /// Under the reject threshold.
    Mismatch,
}

impl Thresholds {
    /// The accept threshold of this release.
    ///
    /// Full-precision weights reach a false match rate of 1 in 10,000 at 0.418. The 8-bit weights shift strangers'
    /// similarities by up to +0.006 (six pairs), so twice that is added: the rate that is stated is still kept.
    pub const ACCEPT: f32 = 0.430;
    /// The reject threshold of this release: 1 stranger in 1,000 reaches it, and 1 holder in 100 stays under it.
    pub const REJECT: f32 = 0.362;
    /// Strangers that reach [`Self::ACCEPT`], of all.
    pub const FALSE_MATCH_RATE: f64 = 1e-4;
    /// What the rate was measured on.
    pub const BASIS: &str = "LFW, all pairs (29.6 million impostor), no cohort: ageing, phone cameras and Vietnamese faces not measured";

    /// Thresholds from an operator's own calibration, bound to the recogniser they were measured with.
    ///
    /// # Errors
    /// [`FaceError::ThresholdsInvalid`] unless -1 ≤ reject ≤ accept ≤ 1 and 0 < rate < 1.
    pub fn new(
        accept: f32,
        reject: f32,
        false_match_rate: f64,
        basis: &str,
        recogniser_sha256: &str,
    ) -> Result<Self, FaceError> {
        let number = |value| Similarity::new(value).map_err(|_| FaceError::ThresholdsInvalid);
        let (accept, reject) = (number(accept)?, number(reject)?);
        if reject > accept || !(false_match_rate > 0.0 && false_match_rate < 1.0) {
            return Err(FaceError::ThresholdsInvalid);
        }
        let (basis, recogniser_sha256) = (basis.to_owned(), recogniser_sha256.to_owned());
        Ok(Self {
            accept,
            reject,
            false_match_rate,
            basis,
            recogniser_sha256,
        })
    }

    /// What the fused frames mean.
    #[must_use]
    pub fn decide(&self, fused: &Fused) -> Decision {
        if fused.similarity < self.reject {
            Decision::Mismatch
        } else if fused.similarity >= self.accept && fused.lowest >= self.reject {
            Decision::Match
        } else {
            Decision::Uncertain
        }
    }

    /// A similarity at or above it is a match.
    #[must_use]
    pub const fn accept(&self) -> Similarity {
        self.accept
    }

    /// A similarity under it is a mismatch.
    #[must_use]
    pub const fn reject(&self) -> Similarity {
        self.reject
    }

    /// Strangers that reach the accept threshold in one attempt, of all.
    #[must_use]
    pub const fn false_match_rate(&self) -> f64 {
        self.false_match_rate
    }

    /// The chance that one of several attempts of a stranger matches, taken as independent. Pictures of one person are
    /// alike, so the true chance lies between this and the rate of a single attempt.
    #[must_use]
    pub fn false_match_rate_of(&self, attempts: u32) -> f64 {
        -(f64::from(attempts) * (-self.false_match_rate).ln_1p()).exp_m1()
    }

    /// What the rate was measured on.
    #[must_use]
    pub fn basis(&self) -> &str {
        &self.basis
    }

    /// SHA-256 of the recogniser's file that they hold for.
    #[must_use]
    pub fn recogniser_sha256(&self) -> &str {
        &self.recogniser_sha256
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            accept: Similarity::constant(Self::ACCEPT),
            reject: Similarity::constant(Self::REJECT),
            false_match_rate: Self::FALSE_MATCH_RATE,
            basis: Self::BASIS.to_owned(),
            recogniser_sha256: RECOGNISER.sha256.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(similarity: f32, lowest: f32) -> Decision {
        let number = |value| Similarity::new(value).expect("in range");
        let fused = Fused {
            similarity: number(similarity),
            lowest: number(lowest),
            frames: 3,
        };
        Thresholds::default().decide(&fused)
    }

    #[test]
    fn the_borders_belong_to_the_better_side() {
        assert_eq!(decide(0.430, 0.430), Decision::Match);
        assert_eq!(decide(0.4299, 0.4299), Decision::Uncertain);
        assert_eq!(decide(0.362, 0.362), Decision::Uncertain);
        assert_eq!(decide(0.3619, 0.3619), Decision::Mismatch);
        assert_eq!(decide(-1.0, -1.0), Decision::Mismatch);
    }

    #[test]
    fn one_frame_of_a_stranger_makes_a_match_uncertain() {
        assert_eq!(decide(0.8, 0.1), Decision::Uncertain);
        assert_eq!(decide(0.8, 0.37), Decision::Match);
    }

    #[test]
    fn senseless_thresholds_are_refused() {
        for (accept, reject, rate) in [
            (0.3, 0.4, 1e-4),
            (f32::NAN, 0.1, 1e-4),
            (0.4, f32::NAN, 1e-4),
            (1.1, 0.2, 1e-4),
            (0.4, 0.3, 0.0),
            (0.4, 0.3, f64::NAN),
        ] {
            assert_eq!(
                Thresholds::new(accept, reject, rate, "", ""),
                Err(FaceError::ThresholdsInvalid)
            );
        }
        assert!(Thresholds::new(0.4, 0.4, 1e-4, "own", "hash").is_ok());
    }

    #[test]
    fn ten_attempts_cost_ten_times_the_rate() {
        let rate = Thresholds::default().false_match_rate_of(10);
        assert!((rate - 1e-3).abs() < 1e-6, "{rate}");
        assert_eq!(Thresholds::default().false_match_rate_of(0), 0.0);
    }
}
