//! Live images and the comparer of faces: both are made sure of before a card is touched.

use crate::exit::Failure;
use crate::{lang, places};
use chipid::{Capture, FaceComparer, LiveImages, Models};
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

/// No photograph of a camera is larger.
const LARGEST_IMAGE: u64 = 100 << 20;

/// Live images, with the models loading beside.
pub(crate) struct Faces {
    pub(crate) live: LiveImages,
    loading: JoinHandle<Result<FaceComparer, chipid::Error>>,
}

impl Faces {
    /// Decodes the images and begins to load the models; `None` without images.
    pub(crate) fn prepare(
        paths: &[PathBuf],
        models: Option<&Path>,
    ) -> Result<Option<Self>, Failure> {
        if paths.is_empty() {
            return Ok(None);
        }
        let mut live = LiveImages::new(Capture::File);
        for path in paths {
            live.add_file(&image(path)?).map_err(|error| {
                Failure::about(path.display(), lang::of_error(&error), lang::GIVE_LIVE)
            })?;
        }
        let models = Models::from_dir(&places::models(models)?)?;
        // Preparing them takes a good part of a second, in which the chip can be read.
        let loading = thread::spawn(move || FaceComparer::load(&models));
        Ok(Some(Self { live, loading }))
    }

    /// The comparer, once it is loaded.
    pub(crate) fn into_parts(self) -> Result<(FaceComparer, LiveImages), Failure> {
        let comparer = self
            .loading
            .join()
            .map_err(|_| Failure::new(lang::MODELS_NOT_LOADED, lang::hint::FETCH))??;
        Ok((comparer, self.live))
    }
}

/// An image file's bytes.
pub(crate) fn image(path: &Path) -> Result<Vec<u8>, Failure> {
    places::read(path, LARGEST_IMAGE)
}
