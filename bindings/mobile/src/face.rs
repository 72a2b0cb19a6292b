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

/// The order of samples in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PixelFormat {
    /// Red, green, blue in one plane.
    Rgb,
    /// Blue, green, red, alpha in one plane (CVPixelBuffer's 32BGRA).
    Bgra,
    /// Luminance, and V and U by turns at half the size: two planes, whose pixel strides are 1 and 2.
    Nv21,
    /// Luminance, U and V, the latter two at half the size (YUV_420_888). NV12 is this too: U from the first, V from the second byte
    /// of its second plane, pixel stride 2.
    Yuv420,
}

/// How the samples of a plane lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Strides {
    /// Bytes from one row to the next.
    pub row: u32,
    /// Bytes from one sample to the next.
    pub pixel: u32,
}

/// What there is of a camera's frame beside its samples. Luminance and chrominance are taken as JFIF has them (BT.601, full range).
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Frame {
    /// The order of samples.
    pub format: PixelFormat,
    /// In pixels, as the sensor has it.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// By how many degrees it must be turned clockwise to stand upright: 0, 90, 180, 270.
    pub rotation: u32,
    /// Of each plane that the format has, no more and no fewer (8905).
    pub strides: Vec<Strides>,
}

/// Live images of one person, decoded; wiped when nobody holds them any more.
///
/// A camera's planes are read where they lie and go straight into upright pixels: that is the one copy of them that is made.
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

    /// Adds a camera's frame: its planes in the order in which its format has them, and empty ones behind. (Bytes are lent as arguments
    /// only, in no record and no list.)
    pub fn add_frame(
        &self,
        frame: &Frame,
        first: &[u8],
        second: &[u8],
        third: &[u8],
    ) -> Result<(), Failure> {
        call(|| {
            let rotation = Rotation::from_degrees(frame.rotation).ok_or(Misuse::UnknownValue)?;
            let pixels = frame.pixels([first, second, third])?;
            let mut images = self.0.change()?;
            Ok(images.add_frame(frame.width, frame.height, pixels, rotation)?)
        })
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
    pub(crate) const fn held(&self) -> &Held<CoreImages> {
        &self.0
    }
}

impl Frame {
    fn pixels<'a>(&self, [first, second, third]: [&'a [u8]; 3]) -> Result<Pixels<'a>, Misuse> {
        match (self.format, self.strides.as_slice()) {
            (PixelFormat::Rgb, [only]) => Ok(Pixels::Rgb(only.plane(first)?)),
            (PixelFormat::Bgra, [only]) => Ok(Pixels::Bgra(only.plane(first)?)),
            (PixelFormat::Nv21, [y, vu]) => Ok(Pixels::Nv21 {
                y: y.plane(first)?,
                vu: vu.plane(second)?,
            }),
            (PixelFormat::Yuv420, [y, u, v]) => Ok(Pixels::Yuv420 {
                y: y.plane(first)?,
                u: u.plane(second)?,
                v: v.plane(third)?,
            }),
            _ => Err(Misuse::UnknownValue),
        }
    }
}

impl Strides {
    fn plane<'a>(&self, bytes: &'a [u8]) -> Result<Plane<'a>, Misuse> {
        let bytes_of = |stride: u32| usize::try_from(stride).map_err(|_| Misuse::UnknownValue);
        Ok(Plane {
            bytes,
            row_stride: bytes_of(self.row)?,
            pixel_stride: bytes_of(self.pixel)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMATS: [(PixelFormat, usize); 4] = [
        (PixelFormat::Rgb, 1),
        (PixelFormat::Bgra, 1),
        (PixelFormat::Nv21, 2),
        (PixelFormat::Yuv420, 3),
    ];

    #[test]
    fn a_frame_has_the_planes_of_its_format() {
        for (format, has) in FORMATS {
            for given in 0..5 {
                let frame = Frame {
                    format,
                    width: 2,
                    height: 2,
                    rotation: 0,
                    strides: vec![Strides { row: 8, pixel: 4 }; given],
                };
                let pixels = frame.pixels([&[1; 16], &[2; 16], &[3; 16]]);
                assert_eq!(pixels.is_ok(), given == has, "{format:?}, {given}");
            }
        }
    }

    #[test]
    fn planes_keep_their_places_and_strides() {
        let strides = |row: u32| Strides { row, pixel: 1 };
        let frame = Frame {
            format: PixelFormat::Yuv420,
            width: 2,
            height: 2,
            rotation: 0,
            strides: vec![strides(10), strides(20), strides(30)],
        };
        let Ok(Pixels::Yuv420 { y, u, v }) = frame.pixels([&[1], &[2], &[3]]) else {
            panic!("three planes");
        };
        let told = [y, u, v].map(|plane| (plane.bytes[0], plane.row_stride, plane.pixel_stride));
        assert_eq!(told, [(1, 10, 1), (2, 20, 1), (3, 30, 1)]);
    }
}
