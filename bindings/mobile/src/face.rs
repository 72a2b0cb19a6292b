//! Faces: the models, and live images of one person.

use crate::edge::{Failure, call};
use crate::held::Held;
use chipid::face_engine::camera::{Pixels, Plane, Rotation};
use chipid::{Capture as CoreCapture, FaceComparer, LiveImages as CoreImages, Misuse, Models};
use std::path::Path;

/// Both models, loaded, for any number of threads at once. Loading takes a quarter of a second and some 100 MB: do it once. A build
/// without the feature `face` has no engine to load them into (9014).
#[derive(uniffi::Object)]
pub struct Faces(pub(crate) FaceComparer);

#[uniffi::export]
impl Faces {
    /// Loads both models from a folder, after checking their digests. No package of chipid has them: `chipid models fetch`.
    #[uniffi::constructor]
    pub fn load(folder: String) -> Result<Self, Failure> {
        call(|| {
            let models = Models::from_dir(Path::new(&folder))?;
            Ok(Self(FaceComparer::load(&models)?))
        })
    }

    /// The same from bytes: the detector's file and the recogniser's.
    #[uniffi::constructor]
    pub fn load_bytes(detector: &[u8], recogniser: &[u8]) -> Result<Self, Failure> {
        call(|| {
            let models = Models::from_bytes(detector.to_vec(), recogniser.to_vec())?;
            Ok(Self(FaceComparer::load(&models)?))
        })
    }
}

/// Where live images come from; policies ask for it. It is the application's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
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

impl From<Capture> for CoreCapture {
    fn from(capture: Capture) -> Self {
        match capture {
            Capture::File => Self::File,
            Capture::Camera => Self::Camera,
            Capture::Station => Self::Station,
            Capture::External => Self::External,
        }
    }
}

/// Live images of one person, decoded; wiped when nobody holds them any more.
///
/// A camera's planes are read where they lie and go straight into upright pixels: that is the one copy of them that is made. Luminance
/// and chrominance are taken as JFIF has them (BT.601, full range). `row_stride` is bytes from one row to the next, `pixel_stride` from
/// one sample to the next; `rotation` is by how many degrees a frame must be turned clockwise to stand upright (0, 90, 180, 270).
#[derive(uniffi::Object)]
pub struct LiveImages(Held<CoreImages>);

#[uniffi::export]
impl LiveImages {
    /// No image yet.
    #[uniffi::constructor]
    pub fn new(capture: Capture) -> Self {
        Self(Held::new(CoreImages::new(capture.into())))
    }

    /// Adds a JPEG, PNG or JPEG 2000 file's bytes.
    pub fn add_file(&self, data: &[u8]) -> Result<(), Failure> {
        call(|| Ok(self.0.change()?.add_file(data)?))
    }

    /// Adds a frame of red, green, blue.
    #[allow(
        clippy::too_many_arguments,
        reason = "bytes are borrowed as arguments only"
    )]
    pub fn add_rgb(
        &self,
        width: u32,
        height: u32,
        rotation: u32,
        pixels: &[u8],
        row_stride: u32,
        pixel_stride: u32,
    ) -> Result<(), Failure> {
        let pixels = || Ok(Pixels::Rgb(plane(pixels, row_stride, pixel_stride)?));
        self.add_frame(width, height, rotation, pixels)
    }

    /// Adds a frame of blue, green, red, alpha (CVPixelBuffer's 32BGRA).
    #[allow(
        clippy::too_many_arguments,
        reason = "bytes are borrowed as arguments only"
    )]
    pub fn add_bgra(
        &self,
        width: u32,
        height: u32,
        rotation: u32,
        pixels: &[u8],
        row_stride: u32,
        pixel_stride: u32,
    ) -> Result<(), Failure> {
        let pixels = || Ok(Pixels::Bgra(plane(pixels, row_stride, pixel_stride)?));
        self.add_frame(width, height, rotation, pixels)
    }

    /// Adds a frame of luminance, and V and U by turns at half the size.
    #[allow(
        clippy::too_many_arguments,
        reason = "bytes are borrowed as arguments only"
    )]
    pub fn add_nv21(
        &self,
        width: u32,
        height: u32,
        rotation: u32,
        y: &[u8],
        y_row_stride: u32,
        vu: &[u8],
        vu_row_stride: u32,
    ) -> Result<(), Failure> {
        let pixels = || {
            Ok(Pixels::Nv21 {
                y: plane(y, y_row_stride, 1)?,
                vu: plane(vu, vu_row_stride, 2)?,
            })
        };
        self.add_frame(width, height, rotation, pixels)
    }

    /// Adds a frame of luminance, U and V, the latter two at half the size (YUV_420_888). NV12 is this too: U from the first, V from the
    /// second byte of its second plane, `pixel_stride` 2.
    #[allow(
        clippy::too_many_arguments,
        reason = "bytes are borrowed as arguments only"
    )]
    pub fn add_yuv420(
        &self,
        width: u32,
        height: u32,
        rotation: u32,
        y: &[u8],
        y_row_stride: u32,
        y_pixel_stride: u32,
        u: &[u8],
        u_row_stride: u32,
        u_pixel_stride: u32,
        v: &[u8],
        v_row_stride: u32,
        v_pixel_stride: u32,
    ) -> Result<(), Failure> {
        let pixels = || {
            Ok(Pixels::Yuv420 {
                y: plane(y, y_row_stride, y_pixel_stride)?,
                u: plane(u, u_row_stride, u_pixel_stride)?,
                v: plane(v, v_row_stride, v_pixel_stride)?,
            })
        };
        self.add_frame(width, height, rotation, pixels)
    }

    /// What ties a liveness result to these images: SHA-256, 32 bytes for each in the order in which they were added, over a file's
    /// bytes as they were given; over a frame's upright pixels, after width and height (32 bits each, big-endian).
    pub fn digests(&self) -> Result<Vec<Vec<u8>>, Failure> {
        call(|| {
            let images = self.0.read()?;
            Ok(images.digests().iter().map(|d| d.to_vec()).collect())
        })
    }
}

impl LiveImages {
    fn add_frame<'a>(
        &self,
        width: u32,
        height: u32,
        rotation: u32,
        pixels: impl FnOnce() -> Result<Pixels<'a>, Misuse>,
    ) -> Result<(), Failure> {
        call(|| {
            let rotation = Rotation::from_degrees(rotation).ok_or(Misuse::UnknownValue)?;
            let pixels = pixels()?;
            Ok(self
                .0
                .change()?
                .add_frame(width, height, pixels, rotation)?)
        })
    }

    pub(crate) const fn held(&self) -> &Held<CoreImages> {
        &self.0
    }
}

fn plane(bytes: &[u8], row_stride: u32, pixel_stride: u32) -> Result<Plane<'_>, Misuse> {
    let bytes_of = |stride: u32| usize::try_from(stride).map_err(|_| Misuse::UnknownValue);
    Ok(Plane {
        bytes,
        row_stride: bytes_of(row_stride)?,
        pixel_stride: bytes_of(pixel_stride)?,
    })
}
