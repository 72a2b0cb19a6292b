//! Two pictures, one answer: how alike the faces are, or why they were not compared.

use crate::alignment::aligned;
use crate::detector::{Detection, Detector};
use crate::embedding::{Embedding, Recogniser, Similarity};
use crate::engine::Engine;
use crate::fusion::{Fused, fuse};
use crate::quality::{self, Defect};
use crate::{error::FaceError, models::Models, rgb::Rgb};
use core::time::Duration;
use std::time::Instant;

/// A second face counts when its box has at least this part of the largest box's area (half its height or more).
pub const SECOND_FACE_AREA: f32 = 0.25;

/// Detector and recogniser, loaded. Loading takes a good part of a second: load once, share among threads.
pub struct FaceEngine {
    detector: Detector,
    recogniser: Recogniser,
}

/// What a comparison came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Both sides gave a face.
    Compared(Comparison),
    /// One side did not.
    NotCompared(NotCompared),
}

/// Faces that were compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The fused similarity of the frames that gave a face, and their lowest: see [`fuse`].
    pub fused: Fused,
    /// Live frames that gave no usable face, by place in the input, and why.
    pub left_out: Vec<(usize, Reason)>,
    /// Where the time went, all pictures together.
    pub times: StageTimes,
}

impl Comparison {
    /// The fused similarity.
    #[must_use]
    pub const fn similarity(&self) -> Similarity {
        self.fused.similarity
    }
}

/// Why no comparison was made. Not an error: somebody can take another photograph, or look.
#[derive(Clone, Debug, PartialEq)]
pub struct NotCompared {
    /// Whose picture was of no use.
    pub side: Side,
    /// Why.
    pub reason: Reason,
    /// Where the time went until then.
    pub times: StageTimes,
}

/// Which of the two pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The portrait that the document holds.
    Reference,
    /// The person in front of us.
    Live,
}

/// Why a picture gave no face to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// There was no live picture at all.
    NoImage,
    /// The detector found no face.
    NoFace,
    /// More than one face of comparable size ([`SECOND_FACE_AREA`]): whose would be compared?
    SeveralFaces,
    /// One face, not fit to be compared.
    PoorQuality(Defect),
}

impl NotCompared {
    /// `no_live_image`, `no_face`, `several_faces`, `poor_quality` or `no_face_on_chip`. Permanent.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match (self.reason, self.side) {
            (Reason::NoImage | Reason::NoFace, Side::Reference) => "no_face_on_chip",
            (Reason::NoImage, Side::Live) => "no_live_image",
            (Reason::NoFace, Side::Live) => "no_face",
            (Reason::SeveralFaces, _) => "several_faces",
            (Reason::PoorQuality(_), _) => "poor_quality",
        }
    }

    /// What to do now, as a permanent code. The document's portrait cannot be taken again: a person compares.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self.side {
            Side::Reference => "compare_by_eye",
            Side::Live => self.reason.advice(),
        }
    }
}

impl Reason {
    /// What would make the next photograph better, as a permanent code.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NoImage => "take_photograph",
            Self::NoFace => "show_face",
            Self::SeveralFaces => "one_person_only",
            Self::PoorQuality(defect) => match defect {
                Defect::TooSmall => "move_closer",
                Defect::CutOff => "show_whole_face",
                Defect::ExtremePose => "look_straight",
                Defect::TooDark => "more_light",
                Defect::TooBright => "less_light",
                Defect::LowContrast => "even_light",
                Defect::Blurred => "hold_still",
            },
        }
    }
}

/// Time by stage, summed over the pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageTimes {
    /// Finding faces and landmarks.
    pub detect: Duration,
    /// Cutting the face out, with the quality rules.
    pub align: Duration,
    /// The recogniser.
    pub embed: Duration,
    /// Similarities and their fusion.
    pub compare: Duration,
}

/// What one picture gave.
#[derive(Clone, Debug)]
pub enum Sight {
    /// One usable face.
    Face {
        /// Where.
        detection: Detection,
        /// What the recogniser made of it.
        embedding: Embedding,
    },
    /// None.
    Unusable(Reason),
}

impl FaceEngine {
    /// Prepares both models with the engine of this release.
    ///
    /// # Errors
    /// [`FaceError::ModelRefused`]; [`FaceError::EngineAbsent`] where the library was built without one.
    pub fn load(models: &Models) -> Result<Self, FaceError> {
        #[cfg(feature = "engine")]
        return Self::load_with(&crate::engine::Tract, models);
        #[cfg(not(feature = "engine"))]
        {
            let _ = models;
            Err(FaceError::EngineAbsent)
        }
    }

    /// Prepares both models with another engine.
    ///
    /// # Errors
    /// [`FaceError::ModelRefused`].
    pub fn load_with(engine: &dyn Engine, models: &Models) -> Result<Self, FaceError> {
        // The recogniser first: it needs the most working memory, and the less stands beside it the better.
        let recogniser = Recogniser::load(engine, &models.recogniser)?;
        Ok(Self {
            detector: Detector::load(engine, &models.detector)?,
            recogniser,
        })
    }

    /// All faces of a picture, the most certain first.
    ///
    /// # Errors
    /// [`FaceError::EngineFailed`].
    pub fn detect(&self, image: &Rgb) -> Result<Vec<Detection>, FaceError> {
        self.detector.detect(image)
    }

    /// Measures the landmarks of a face that is small in its picture once more, larger: [`Self::look`] does so too.
    ///
    /// # Errors
    /// [`FaceError::EngineFailed`].
    pub fn refine(&self, image: &Rgb, face: &Detection) -> Result<Detection, FaceError> {
        self.detector.refined(image, face)
    }

    /// Aligns a face and embeds it, whatever its quality.
    ///
    /// # Errors
    /// [`FaceError::EngineFailed`], also when the landmarks of `face` coincide.
    pub fn embed(&self, image: &Rgb, face: &Detection) -> Result<Embedding, FaceError> {
        let aligned = aligned(image, face).ok_or(FaceError::EngineFailed {
            file: crate::models::DETECTOR.file,
        })?;
        self.recogniser.embed(&aligned)
    }

    /// Finds the one face of a picture, judges it and embeds it.
    ///
    /// # Errors
    /// [`FaceError::EngineFailed`].
    pub fn look(&self, image: &Rgb) -> Result<Sight, FaceError> {
        self.timed_look(image, &mut StageTimes::default())
    }

    /// Compares a document's portrait with one live picture.
    ///
    /// # Errors
    /// [`FaceError::EngineFailed`].
    pub fn compare(&self, reference: &Rgb, live: &Rgb) -> Result<Outcome, FaceError> {
        self.compare_frames(reference, core::slice::from_ref(live))
    }

    /// Compares a document's portrait with several live pictures of one person, fused by [`fuse`].
    ///
    /// Frames without a usable face are left out; when none is left, the first frame's reason is given.
    ///
    /// # Errors
    /// [`FaceError::EngineFailed`].
    pub fn compare_frames(&self, reference: &Rgb, live: &[Rgb]) -> Result<Outcome, FaceError> {
        let mut times = StageTimes::default();
        let not_compared = |side, reason, times| {
            Ok(Outcome::NotCompared(NotCompared {
                side,
                reason,
                times,
            }))
        };
        if live.is_empty() {
            return not_compared(Side::Live, Reason::NoImage, times);
        }
        let holder = match self.timed_look(reference, &mut times)? {
            Sight::Face { embedding, .. } => embedding,
            Sight::Unusable(reason) => return not_compared(Side::Reference, reason, times),
        };
        let (mut similarities, mut left_out) = (Vec::new(), Vec::new());
        for (place, frame) in live.iter().enumerate() {
            match self.timed_look(frame, &mut times)? {
                Sight::Face { embedding, .. } => {
                    similarities.push(timed(&mut times.compare, || holder.similarity(&embedding)));
                }
                Sight::Unusable(reason) => left_out.push((place, reason)),
            }
        }
        match (
            timed(&mut times.compare, || fuse(&similarities)),
            left_out.first(),
        ) {
            (Some(fused), _) => Ok(Outcome::Compared(Comparison {
                fused,
                left_out,
                times,
            })),
            (None, first) => not_compared(
                Side::Live,
                first.map_or(Reason::NoImage, |(_, reason)| *reason),
                times,
            ),
        }
    }

    fn timed_look(&self, image: &Rgb, times: &mut StageTimes) -> Result<Sight, FaceError> {
        let faces = timed(&mut times.detect, || self.detector.detect(image))?;
        let face = match only_face(&faces) {
            Ok(face) => face,
            Err(reason) => return Ok(Sight::Unusable(reason)),
        };
        let face = timed(&mut times.detect, || self.detector.refined(image, &face))?;
        let fit = timed(&mut times.align, || {
            quality::geometry(image, &face)?;
            let aligned = aligned(image, &face).ok_or(Defect::ExtremePose)?;
            quality::light_and_focus(&aligned)?;
            Ok(aligned)
        });
        match fit {
            Ok(aligned) => {
                let embedding = timed(&mut times.embed, || self.recogniser.embed(&aligned))?;
                Ok(Sight::Face {
                    detection: face,
                    embedding,
                })
            }
            Err(defect) => Ok(Sight::Unusable(Reason::PoorQuality(defect))),
        }
    }
}

impl core::fmt::Debug for FaceEngine {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("FaceEngine")
    }
}

/// The largest face, if no other comes near its size.
fn only_face(faces: &[Detection]) -> Result<Detection, Reason> {
    let largest = faces
        .iter()
        .max_by(|a, b| a.area().total_cmp(&b.area()))
        .ok_or(Reason::NoFace)?;
    let counted = faces
        .iter()
        .filter(|face| face.area() >= largest.area() * SECOND_FACE_AREA)
        .count();
    if counted > 1 {
        Err(Reason::SeveralFaces)
    } else {
        Ok(*largest)
    }
}

fn timed<T>(total: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    *total = total.saturating_add(start.elapsed());
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(side: f32) -> Detection {
        Detection {
            x: 0.0,
            y: 0.0,
            width: side,
            height: side,
            landmarks: [[0.0; 2]; 5],
            score: 0.9,
        }
    }

    #[test]
    fn a_face_half_as_high_counts_and_a_smaller_one_does_not() {
        assert_eq!(only_face(&[]), Err(Reason::NoFace));
        assert_eq!(
            only_face(&[face(100.0), face(50.0)]),
            Err(Reason::SeveralFaces)
        );
        assert_eq!(only_face(&[face(49.0), face(100.0)]), Ok(face(100.0)));
    }

    #[test]
    fn every_reason_has_its_code_and_its_advice() {
        let told = |side, reason| {
            let not = NotCompared {
                side,
                reason,
                times: StageTimes::default(),
            };
            (not.code(), not.advice())
        };
        assert_eq!(
            told(Side::Live, Reason::NoImage),
            ("no_live_image", "take_photograph")
        );
        assert_eq!(told(Side::Live, Reason::NoFace), ("no_face", "show_face"));
        assert_eq!(
            told(Side::Reference, Reason::NoFace),
            ("no_face_on_chip", "compare_by_eye")
        );
        assert_eq!(
            told(Side::Live, Reason::SeveralFaces),
            ("several_faces", "one_person_only")
        );
        assert_eq!(
            told(Side::Live, Reason::PoorQuality(Defect::Blurred)),
            ("poor_quality", "hold_still")
        );
        assert_eq!(
            told(Side::Reference, Reason::PoorQuality(Defect::TooDark)),
            ("poor_quality", "compare_by_eye")
        );
    }
}
