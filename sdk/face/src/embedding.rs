//! A face as 128 numbers (SFace), and how alike two of them are.
//!
//! Y. Zhong et al.: "SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition", 2021.
//! Input 1×3×112×112, RGB, 0..255, an aligned face; output 1×128, compared by the cosine of the angle between them.

use crate::engine::{Engine, Network};
use crate::models::RECOGNISER;
use crate::{alignment::SIDE, error::FaceError, rgb::Rgb};
use core::fmt;
use zeroize::Zeroizing;

const LENGTH: usize = 128;

/// What the recogniser makes of a face: biometric data, wiped on drop, hidden in `Debug`. Its length is one.
#[derive(Clone)]
pub struct Embedding(Zeroizing<Vec<f32>>);

impl Embedding {
    /// Scales to length one. `None` for another count than 128, or a length that is zero or not finite.
    fn new(values: &[f32]) -> Option<Self> {
        let mut unit = Zeroizing::new(vec![0.0; LENGTH]);
        if values.len() != LENGTH {
            return None;
        }
        let length = values
            .iter()
            .map(|value| f64::from(*value).powi(2))
            .sum::<f64>()
            .sqrt();
        if !(length.is_finite() && length > 1e-6) {
            return None;
        }
        for (unit, value) in unit.iter_mut().zip(values) {
            *unit = (f64::from(*value) / length) as f32;
        }
        Some(Self(unit))
    }

    /// The cosine between two faces.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> Similarity {
        let cosine: f64 = self
            .0
            .iter()
            .zip(other.0.iter())
            .map(|(a, b)| f64::from(*a) * f64::from(*b))
            .sum();
        // Both have length one and are finite; only rounding can leave the range.
        Similarity(cosine.clamp(-1.0, 1.0) as f32)
    }
}

impl fmt::Debug for Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Embedding(redacted)")
    }
}

/// How alike two faces are: a cosine in [-1, 1], never NaN. Near 0 for strangers.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Similarity(f32);

impl Similarity {
    /// Takes a number in [-1, 1].
    ///
    /// # Errors
    /// [`FaceError::SimilarityInvalid`] for any other, NaN among them.
    pub fn new(value: f32) -> Result<Self, FaceError> {
        if (-1.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(FaceError::SimilarityInvalid)
        }
    }

    /// A constant of this crate, which a test holds in range.
    pub(crate) const fn constant(value: f32) -> Self {
        Self(value)
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f32 {
        self.0
    }
}

impl Eq for Similarity {}

impl fmt::Display for Similarity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

pub(crate) struct Recogniser {
    network: Box<dyn Network>,
}

impl Recogniser {
    pub(crate) fn load(engine: &dyn Engine, onnx: &[u8]) -> Result<Self, FaceError> {
        let network = engine
            .load(onnx, [1, 3, SIDE as usize, SIDE as usize], &["fc1"])
            .map_err(|_| FaceError::ModelRefused {
                file: RECOGNISER.file,
            })?;
        Ok(Self { network })
    }

    /// `aligned` is SIDE × SIDE pixels.
    pub(crate) fn embed(&self, aligned: &Rgb) -> Result<Embedding, FaceError> {
        let failed = FaceError::EngineFailed {
            file: RECOGNISER.file,
        };
        let planes = (0..3).flat_map(|channel| aligned.pixels().iter().skip(channel).step_by(3));
        let input = Zeroizing::new(planes.map(|value| f32::from(*value)).collect::<Vec<_>>());
        let mut outputs = self.network.run(&input).map_err(|_| failed.clone())?;
        let values = Zeroizing::new(outputs.pop().ok_or_else(|| failed.clone())?);
        Embedding::new(&values).ok_or(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedding_that_is_not_a_direction_is_refused() {
        for values in [
            vec![0.0; 128],
            vec![1.0; 127],
            vec![f32::NAN; 128],
            vec![f32::INFINITY; 128],
            vec![],
        ] {
            assert!(Embedding::new(&values).is_none());
        }
        let mut one_nan = vec![1.0; 128];
        one_nan[5] = f32::NAN;
        assert!(Embedding::new(&one_nan).is_none());
    }

    #[test]
    fn similarity_stays_in_range_and_knows_opposites() {
        let values: Vec<f32> = (0..128).map(|i| (i as f32 * 0.7).sin() * 1e4).collect();
        let face = Embedding::new(&values).expect("direction");
        let opposite =
            Embedding::new(&values.iter().map(|v| -v).collect::<Vec<_>>()).expect("direction");
        assert!((face.similarity(&face).value() - 1.0).abs() < 1e-6);
        assert!((face.similarity(&opposite).value() + 1.0).abs() < 1e-6);
        assert!(face.similarity(&face).value() <= 1.0);
        assert_eq!(format!("{face:?}"), "Embedding(redacted)");
    }

    #[test]
    fn no_similarity_outside_its_range() {
        for value in [f32::NAN, 1.0001, -1.0001, f32::INFINITY] {
            assert_eq!(Similarity::new(value), Err(FaceError::SimilarityInvalid));
        }
        assert_eq!(Similarity::new(-1.0).map(Similarity::value), Ok(-1.0));
    }
}
