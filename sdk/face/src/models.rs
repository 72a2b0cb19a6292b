//! The model files: which they are, where they come from, and that they are those and no others.
//!
//! The weights are not part of this crate. `models/manifest.toml` names the packages that carry them; the constants
//! here repeat its facts, and a test holds the two together.

use crate::error::FaceError;
use core::fmt;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// One model file of the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelFile {
    /// File name in the models' directory.
    pub file: &'static str,
    /// Length in bytes.
    pub bytes: usize,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: &'static str,
    /// SPDX licence of the weights.
    pub licence: &'static str,
}

/// YuNet: a face's box and five landmarks.
pub const DETECTOR: ModelFile = ModelFile {
    file: "face_detection_yunet_2023mar.onnx",
    bytes: 232_589,
    sha256: "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    licence: "MIT",
};

/// SFace with blockwise 8-bit weights: an aligned face's 128 numbers.
pub const RECOGNISER: ModelFile = ModelFile {
    file: "face_recognition_sface_2021dec_int8bq.onnx",
    bytes: 10_667_852,
    sha256: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    licence: "Apache-2.0",
};

impl ModelFile {
    /// Whether `bytes` are this model.
    ///
    /// # Errors
    /// [`FaceError::ModelReplaced`] when they are not.
    pub fn check(&self, bytes: &[u8]) -> Result<(), FaceError> {
        let found: [u8; 32] = Sha256::digest(bytes).into();
        let same = self.sha256.len() == 64
            && self
                .sha256
                .as_bytes()
                .chunks_exact(2)
                .zip(found)
                .all(|(expected, found)| {
                    core::str::from_utf8(expected)
                        .is_ok_and(|digits| u8::from_str_radix(digits, 16) == Ok(found))
                });
        if same {
            Ok(())
        } else {
            Err(FaceError::ModelReplaced {
                file: self.file,
                found,
            })
        }
    }

    /// Reads this model from a directory, and checks it.
    ///
    /// # Errors
    /// [`FaceError::ModelMissing`], [`FaceError::ModelUnreadable`] or [`FaceError::ModelReplaced`].
    pub fn read(&self, directory: &Path) -> Result<Vec<u8>, FaceError> {
        let unreadable = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => FaceError::ModelMissing { file: self.file },
            kind => FaceError::ModelUnreadable {
                file: self.file,
                kind,
            },
        };
        let file = File::open(directory.join(self.file)).map_err(unreadable)?;
        let mut bytes = Vec::with_capacity(self.bytes.saturating_add(1));
        // One byte more than the model has: a longer file fails the hash, and none is read to its end.
        file.take((self.bytes as u64).saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        self.check(&bytes)?;
        Ok(bytes)
    }
}

/// The bytes of the two models, checked. They are needed until [`crate::FaceEngine::load`] is done.
pub struct Models {
    pub(crate) detector: Vec<u8>,
    pub(crate) recogniser: Vec<u8>,
}

impl Models {
    /// Every file that a directory must hold.
    pub const REQUIRED: [ModelFile; 2] = [DETECTOR, RECOGNISER];

    /// Reads both models from a directory and checks their hashes.
    ///
    /// # Errors
    /// Codes 9006 to 9008, naming the file.
    pub fn from_dir(directory: &Path) -> Result<Self, FaceError> {
        Ok(Self {
            detector: DETECTOR.read(directory)?,
            recogniser: RECOGNISER.read(directory)?,
        })
    }

    /// Takes both models from memory (an application's assets) and checks their hashes.
    ///
    /// # Errors
    /// [`FaceError::ModelReplaced`], naming the model.
    pub fn from_bytes(detector: Vec<u8>, recogniser: Vec<u8>) -> Result<Self, FaceError> {
        DETECTOR.check(&detector)?;
        RECOGNISER.check(&recogniser)?;
        Ok(Self {
            detector,
            recogniser,
        })
    }
}

impl fmt::Debug for Models {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Models({}, {})", DETECTOR.file, RECOGNISER.file)
    }
}
