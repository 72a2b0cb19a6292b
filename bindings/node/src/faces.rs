//! Faces: the models, and live images of one person.

use crate::edge::{Trouble, call};
use crate::place::{Alone, Shared};
use crate::weight::{Weigh, Weight, weighed};
use crate::work::{Work, in_pool};
use chipid::face_engine::camera::{Pixels, Plane as PlaneOf, Rotation};
use chipid::{Capture, FaceComparer, Misuse, Models};
use napi::Env;
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use std::path::Path;
use zeroize::Zeroizing;

/// Both models, loaded.
#[napi(custom_finalize)]
pub struct Faces {
    pub(crate) comparer: Shared<FaceComparer>,
    weight: Weight,
}

/// What both models weigh when they are loaded, in bytes.
const MODELS: usize = 100_000_000;

impl Weigh for Faces {
    fn weigh(&self, env: &Env) -> napi::Result<()> {
        self.weight.set(env, MODELS)
    }
}

#[napi]
impl Faces {
    /// From a folder.
    #[napi]
    pub fn load(folder: String) -> AsyncTask<Work<Faces>> {
        in_pool(move || Self::of(&Models::from_dir(Path::new(&folder))?))
    }

    /// From the files' bytes.
    #[napi]
    pub fn from_bytes(detector: &[u8], recogniser: &[u8]) -> AsyncTask<Work<Faces>> {
        let (detector, recogniser) = (detector.to_vec(), recogniser.to_vec());
        in_pool(move || Self::of(&Models::from_bytes(detector, recogniser)?))
    }

    /// Lets them go.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.comparer.close_elsewhere();
        self.weight.set(env, 0)
    }

    fn of(models: &Models) -> Result<Self, Trouble> {
        Ok(Self {
            comparer: Shared::new(FaceComparer::load(models)?),
            weight: Weight::default(),
        })
    }
}

/// Live images of one person, decoded.
#[napi(custom_finalize)]
pub struct LiveImages {
    pub(crate) images: Alone<chipid::LiveImages>,
    weight: Weight,
}

weighed!(Faces, LiveImages);

/// One plane of samples.
#[napi(object, object_to_js = false)]
pub struct Plane {
    /// The samples, with whatever padding lies between.
    pub bytes: Uint8Array,
    /// Bytes from one row to the next.
    pub row_stride: u32,
    /// Bytes from one sample to the next.
    pub pixel_stride: u32,
}

#[napi]
impl LiveImages {
    /// No image yet.
    #[napi(constructor)]
    pub fn new(capture: String) -> napi::Result<Self> {
        call(|| {
            Ok(Self {
                images: Alone::new(chipid::LiveImages::new(capture_of(&capture)?)),
                weight: Weight::default(),
            })
        })
    }

    /// Adds a picture file's bytes.
    #[napi]
    pub fn add_file(&self, bytes: &[u8]) -> napi::Result<AsyncTask<Work<()>>> {
        let mut images = self.images.take()?;
        let bytes = Zeroizing::new(bytes.to_vec());
        Ok(in_pool(move || Ok(images.value()?.add_file(&bytes)?)))
    }

    /// Adds a camera's frame.
    #[napi]
    pub fn add_frame(
        &self,
        width: u32,
        height: u32,
        format: String,
        rotation: u32,
        planes: Vec<Plane>,
    ) -> napi::Result<AsyncTask<Work<()>>> {
        let mut images = self.images.take()?;
        let planes: Vec<Samples> = planes.into_iter().map(Samples::of).collect();
        Ok(in_pool(move || {
            let rotation = Rotation::from_degrees(rotation).ok_or(Misuse::UnknownValue)?;
            let pixels = pixels(&format, &planes).ok_or(Misuse::UnknownValue)?;
            Ok(images.value()?.add_frame(width, height, pixels, rotation)?)
        }))
    }

    /// Tells the garbage collector how much hangs on this object.
    #[napi]
    pub fn weigh(&self, env: &Env) -> napi::Result<()> {
        // What was closed, or is in use, is weighed another time.
        let Ok(mut images) = self.images.take() else {
            return Ok(());
        };
        let frames = images.value()?.frames().iter();
        let bytes = frames.map(|frame| frame.pixels().len()).sum();
        self.weight.set(env, bytes)
    }

    /// What ties a liveness result to these images, 32 bytes each.
    #[napi]
    pub fn digests(&self) -> napi::Result<Vec<Uint8Array>> {
        call(|| {
            let mut images = self.images.take()?;
            let digests = images.value()?.digests().iter();
            Ok(digests
                .map(|digest| Uint8Array::new(digest.to_vec()))
                .collect())
        })
    }

    /// Wipes them.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.images.close_elsewhere();
        self.weight.set(env, 0)
    }
}

pub(crate) fn capture_of(name: &str) -> Result<Capture, Misuse> {
    [
        Capture::File,
        Capture::Camera,
        Capture::Station,
        Capture::External,
    ]
    .into_iter()
    .find(|capture| capture.name() == name)
    .ok_or(Misuse::UnknownValue)
}

/// Samples of a plane that nobody else can change meanwhile.
struct Samples {
    bytes: Zeroizing<Vec<u8>>,
    row_stride: usize,
    pixel_stride: usize,
}

impl Samples {
    fn of(plane: Plane) -> Self {
        let stride = |bytes: u32| usize::try_from(bytes).unwrap_or(usize::MAX);
        Self {
            bytes: Zeroizing::new(plane.bytes.to_vec()),
            row_stride: stride(plane.row_stride),
            pixel_stride: stride(plane.pixel_stride),
        }
    }

    fn plane(&self) -> PlaneOf<'_> {
        PlaneOf {
            bytes: &self.bytes,
            row_stride: self.row_stride,
            pixel_stride: self.pixel_stride,
        }
    }
}

fn pixels<'a>(format: &str, planes: &'a [Samples]) -> Option<Pixels<'a>> {
    Some(match (format, planes) {
        ("rgb", [first]) => Pixels::Rgb(first.plane()),
        ("bgra", [first]) => Pixels::Bgra(first.plane()),
        ("nv21", [y, vu]) => Pixels::Nv21 {
            y: y.plane(),
            vu: vu.plane(),
        },
        ("yuv420", [y, u, v]) => Pixels::Yuv420 {
            y: y.plane(),
            u: u.plane(),
            v: v.plane(),
        },
        _ => return None,
    })
}
