//! Comparing the chip's portrait with live images.
//!
//! A [`Comparison`] is made from an [`AuthenticPortrait`] alone and carries its digest, so that one person's face cannot
//! be laid beside another's document.

use crate::codes;
use crate::error::Error;
use chipid_emrtd::finding::Code;
use chipid_emrtd::verification::AuthenticPortrait;
use chipid_face::camera::{Pixels, Rotation};
use chipid_face::{
    Detection, FaceEngine, Models, Outcome, Rgb, Similarity, StageTimes, Thresholds,
    decode_portrait,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

/// Detector and recogniser, loaded once and shared.
pub struct FaceComparer {
    engine: FaceEngine,
}

/// Where a live image came from. What a policy demands of it is the policy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Capture {
    /// A file: it may show anybody at any time.
    File,
    /// A camera that the program controls.
    Camera,
    /// A station that is trusted as a whole.
    Station,
    /// Another vendor's capture, by its word.
    External,
}

impl Capture {
    /// `file`, `camera`, `station` or `external`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Camera => "camera",
            Self::Station => "station",
            Self::External => "external",
        }
    }
}

/// Live images of one person, decoded.
#[derive(Debug)]
pub struct LiveImages {
    frames: Vec<Rgb>,
    digests: Vec<[u8; 32]>,
    capture: Capture,
}

impl LiveImages {
    /// No image yet.
    #[must_use]
    pub const fn new(capture: Capture) -> Self {
        Self {
            frames: Vec::new(),
            digests: Vec::new(),
            capture,
        }
    }

    /// Adds a JPEG, PNG or JPEG 2000 file's bytes.
    ///
    /// # Errors
    /// [`Error::Face`] where they cannot be decoded or are larger than 50 megapixels.
    pub fn add_file(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.frames.push(chipid_face::decode_live(bytes)?);
        self.digests.push(Sha256::digest(bytes).into());
        Ok(())
    }

    /// Adds pixels: `width × height × 3` bytes, red, green, blue.
    ///
    /// # Errors
    /// [`Error::Face`] where their count is not that.
    pub fn add_rgb(&mut self, width: u32, height: u32, pixels: Vec<u8>) -> Result<(), Error> {
        let picture = Rgb::new(width, height, pixels)?;
        self.digests.push(digest(&picture));
        self.frames.push(picture);
        Ok(())
    }

    /// Adds a camera's frame, as the sensor gave it: its planes, and by how much it must be turned to stand upright. What
    /// [`digests`](Self::digests) says of it is said of the upright pixels.
    ///
    /// # Errors
    /// [`Error::Face`] where the planes are too short or the frame is larger than 50 megapixels.
    pub fn add_frame(
        &mut self,
        width: u32,
        height: u32,
        pixels: Pixels<'_>,
        rotation: Rotation,
    ) -> Result<(), Error> {
        let upright = chipid_face::camera::upright(width, height, pixels, rotation)?;
        self.digests.push(digest(&upright));
        self.frames.push(upright);
        Ok(())
    }

    /// What ties a liveness result to these images: SHA-256 over a file's bytes as they were given; over pixels, width
    /// and height (32 bits each, big-endian) and the pixels. In the order in which they were added.
    #[must_use]
    pub fn digests(&self) -> &[[u8; 32]] {
        &self.digests
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The images.
    #[must_use]
    pub fn frames(&self) -> &[Rgb] {
        &self.frames
    }
}

/// Whether both are the same images, in whatever order.
pub(crate) fn same_images(some: &[[u8; 32]], others: &[[u8; 32]]) -> bool {
    some.iter().all(|image| others.contains(image))
        && others.iter().all(|image| some.contains(image))
}

fn digest(picture: &Rgb) -> [u8; 32] {
    Sha256::new()
        .chain_update(picture.width().to_be_bytes())
        .chain_update(picture.height().to_be_bytes())
        .chain_update(picture.pixels())
        .finalize()
        .into()
}

/// What comparing came to.
#[derive(Clone, Debug, PartialEq)]
pub enum FaceOutcome {
    /// Both sides gave a face.
    Compared(Comparison),
    /// One side did not.
    NotCompared(NotCompared),
}

/// Faces that were compared, bound to the portrait by its digest.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    fused: chipid_face::Fused,
    portrait: [u8; 32],
    images: Vec<[u8; 32]>,
    capture: Capture,
    times: FaceTimes,
}

/// Why no comparison was made. Somebody can take another photograph, or look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// `no_live_image`, `no_face`, `several_faces`, `poor_quality` or `no_face_on_chip`.
    pub reason: Code,
    /// What to do now, as a permanent word: `move_closer`, `more_light`, `compare_by_eye`…
    pub advice: &'static str,
}

/// Where the time of a comparison went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FaceTimes {
    /// Decoding the chip's portrait.
    pub decode: Duration,
    /// Finding, aligning, embedding, comparing.
    pub stages: StageTimes,
}

impl Comparison {
    /// The similarity in [-1, 1]; of several live images the lower median.
    #[must_use]
    pub const fn similarity(&self) -> Similarity {
        self.fused.similarity
    }

    /// SHA-256 over the DG2 that the portrait is of.
    #[must_use]
    pub const fn portrait_digest(&self) -> [u8; 32] {
        self.portrait
    }

    /// The digests of all live images that were given, used or not: see [`LiveImages::digests`].
    #[must_use]
    pub fn images(&self) -> &[[u8; 32]] {
        &self.images
    }

    /// Where the live images came from.
    #[must_use]
    pub const fn capture(&self) -> Capture {
        self.capture
    }

    /// Where the time went.
    #[must_use]
    pub const fn times(&self) -> FaceTimes {
        self.times
    }

    /// The digest of the live image of an invented comparison.
    #[cfg(test)]
    pub(crate) const INVENTED_IMAGE: [u8; 32] = [0x1F; 32];

    /// A comparison that no model made, for the tests of policies.
    #[cfg(test)]
    pub(crate) fn invented(similarity: f32, portrait: [u8; 32], capture: Capture) -> Self {
        let similarity = Similarity::new(similarity).expect("a similarity");
        Self {
            fused: chipid_face::fuse(&[similarity]).expect("one frame"),
            portrait,
            images: vec![Self::INVENTED_IMAGE],
            capture,
            times: FaceTimes::default(),
        }
    }

    pub(crate) const fn fused(&self) -> &chipid_face::Fused {
        &self.fused
    }
}

impl FaceComparer {
    /// Loads both models. Their hashes were checked when `models` was made.
    ///
    /// # Errors
    /// [`Error::Face`].
    pub fn load(models: &Models) -> Result<Self, Error> {
        Ok(Self {
            engine: FaceEngine::load(models)?,
        })
    }

    /// Compares the chip's first portrait with live images of one person.
    ///
    /// # Errors
    /// [`Error::Face`] where the engine fails. A portrait that cannot be decoded is an outcome: a person compares.
    pub fn compare(
        &self,
        portrait: &AuthenticPortrait,
        live: &LiveImages,
    ) -> Result<FaceOutcome, Error> {
        let started = Instant::now();
        let reference = portrait
            .image()
            .and_then(|image| decode_portrait(&image.data).ok());
        let decode = started.elapsed();
        let Some(reference) = reference else {
            return Ok(FaceOutcome::NotCompared(NotCompared {
                reason: codes::NO_FACE_ON_CHIP,
                advice: "compare_by_eye",
            }));
        };
        Ok(
            match self.engine.compare_frames(&reference, &live.frames)? {
                // Where most images are of no use, the few that are were perhaps chosen.
                Outcome::Compared(comparison)
                    if comparison.left_out.len() >= comparison.fused.frames =>
                {
                    let first = comparison.left_out.first().map(|(_, reason)| *reason);
                    FaceOutcome::NotCompared(NotCompared {
                        reason: codes::POOR_QUALITY,
                        advice: first.map_or("take_photograph", chipid_face::Reason::advice),
                    })
                }
                Outcome::Compared(comparison) => FaceOutcome::Compared(Comparison {
                    fused: comparison.fused,
                    portrait: portrait.digest(),
                    images: live.digests.clone(),
                    capture: live.capture,
                    times: FaceTimes {
                        decode,
                        stages: comparison.times,
                    },
                }),
                Outcome::NotCompared(why) => FaceOutcome::NotCompared(NotCompared {
                    reason: codes::named(why.code()).unwrap_or(codes::POOR_QUALITY),
                    advice: why.advice(),
                }),
            },
        )
    }

    /// Where the largest face of a picture is, in pixels: for showing it, never for a verdict.
    ///
    /// # Errors
    /// [`Error::Face`].
    pub fn largest_face(&self, picture: &Rgb) -> Result<Option<Detection>, Error> {
        let faces = self.engine.detect(picture)?;
        let area = |face: &Detection| face.width * face.height;
        Ok(faces.into_iter().max_by(|a, b| area(a).total_cmp(&area(b))))
    }

    /// Compares two images that nobody vouches for: for trying the models, never for a verdict.
    ///
    /// # Errors
    /// [`Error::Face`].
    pub fn compare_images(&self, reference: &[u8], live: &[u8]) -> Result<Outcome, Error> {
        let reference = chipid_face::decode_live(reference)?;
        let live = chipid_face::decode_live(live)?;
        Ok(self.engine.compare(&reference, &live)?)
    }
}

impl std::fmt::Debug for FaceComparer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FaceComparer")
    }
}

/// The thresholds of this release, with the false match rate that they were measured at.
#[must_use]
pub fn default_thresholds() -> Thresholds {
    Thresholds::default()
}
