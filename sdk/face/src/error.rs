//! What can stop the work on a face. A photograph without a face is no error: see [`crate::Outcome`].

use crate::decode::Format;
use core::fmt;

/// The work could not be done. Facts only: no picture, no path, no text of a foreign library.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaceError {
    /// The bytes hold none of the formats that are read here (JPEG, PNG, JPEG 2000).
    NotAnImage,
    /// The bytes begin as the format and cannot be decoded.
    ImageDamaged {
        /// What the first bytes said.
        format: Format,
    },
    /// The header announces more pixels than are decoded here. Nothing was allocated for them.
    ImageTooLarge {
        /// What the first bytes said.
        format: Format,
        /// Width in pixels, from the header.
        width: u32,
        /// Height in pixels, from the header.
        height: u32,
        /// The most pixels that are decoded.
        limit: u32,
    },
    /// A well-formed picture with a structure that no portrait needs (thousands of tiles, tiny precincts, many channels).
    ImageUnsupported {
        /// What the first bytes said.
        format: Format,
    },
    /// Raw pixels that are fewer or more than width and height say, or a side of zero.
    WrongPixelCount {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Bytes given; of a frame in several planes those of the first.
        bytes: usize,
    },
    /// A camera's frame with more pixels than are taken here.
    FrameTooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// The most pixels that are taken.
        limit: u32,
    },
    /// The model file is not there.
    ModelMissing {
        /// File name, as in the manifest.
        file: &'static str,
    },
    /// The model file is there and cannot be read.
    ModelUnreadable {
        /// File name, as in the manifest.
        file: &'static str,
        /// What the operating system said.
        kind: std::io::ErrorKind,
    },
    /// The bytes are not those of the manifest: another model, a damaged one, or a swapped one. It was not run.
    ModelReplaced {
        /// File name, as in the manifest.
        file: &'static str,
        /// SHA-256 of what was found, over at most one byte more than the true length.
        found: [u8; 32],
    },
    /// The engine could not prepare the model.
    ModelRefused {
        /// File name, as in the manifest.
        file: &'static str,
    },
    /// The engine failed while it computed, or its answer had another shape than the model's, or was not finite.
    EngineFailed {
        /// File name, as in the manifest.
        file: &'static str,
    },
    /// Thresholds that make no sense: not finite, outside [-1, 1], reject above accept, or a rate outside (0, 1).
    ThresholdsInvalid,
    /// A similarity that is not a number in [-1, 1].
    SimilarityInvalid,
    /// The library was built without the ONNX engine (feature `engine`).
    EngineAbsent,
}

impl FaceError {
    /// The permanent number, 9001 to 9014.
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::NotAnImage => 9001,
            Self::ImageDamaged { .. } => 9002,
            Self::ImageTooLarge { .. } => 9003,
            Self::ImageUnsupported { .. } => 9004,
            Self::WrongPixelCount { .. } => 9005,
            Self::ModelMissing { .. } => 9006,
            Self::ModelUnreadable { .. } => 9007,
            Self::ModelReplaced { .. } => 9008,
            Self::ModelRefused { .. } => 9009,
            Self::EngineFailed { .. } => 9010,
            Self::ThresholdsInvalid => 9011,
            Self::SimilarityInvalid => 9012,
            Self::FrameTooLarge { .. } => 9013,
            Self::EngineAbsent => 9014,
        }
    }
}

impl fmt::Display for FaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnImage => f.write_str("not a JPEG, PNG or JPEG 2000 image"),
            Self::ImageDamaged { format } => write!(f, "{format} image cannot be decoded"),
            Self::ImageTooLarge {
                format,
                width,
                height,
                limit,
            } => {
                write!(
                    f,
                    "{format} image too large: {width} x {height} pixels, limit {limit} pixels"
                )
            }
            Self::ImageUnsupported { format } => {
                write!(f, "{format} image has an unsupported structure")
            }
            Self::WrongPixelCount {
                width,
                height,
                bytes,
            } => {
                write!(f, "{bytes} bytes are not {width} x {height} pixels")
            }
            Self::FrameTooLarge {
                width,
                height,
                limit,
            } => {
                write!(
                    f,
                    "camera frame too large: {width} x {height} pixels, limit {limit} pixels"
                )
            }
            Self::ModelMissing { file } => write!(f, "model file {file} is missing"),
            Self::ModelUnreadable { file, kind } => {
                write!(f, "model file {file} cannot be read: {kind}")
            }
            Self::ModelReplaced { file, found } => {
                write!(
                    f,
                    "model file {file} is not the one of the manifest: SHA-256 "
                )?;
                found.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            Self::ModelRefused { file } => write!(f, "the engine cannot prepare model {file}"),
            Self::EngineFailed { file } => write!(f, "the engine failed on model {file}"),
            Self::ThresholdsInvalid => f.write_str("face thresholds are invalid"),
            Self::SimilarityInvalid => f.write_str("similarity is not a number in [-1, 1]"),
            Self::EngineAbsent => f.write_str("this build has no face engine"),
        }
    }
}

impl core::error::Error for FaceError {}
