//! Faces: the models, and live images of one person.

use crate::bytes::chipid_bytes;
use crate::edge::{Trouble, call, make, make_bytes, slice, structure, text};
use crate::error::chipid_error;
use crate::handle::{self, kind};
use chipid::face_engine::camera::{Pixels, Plane, Rotation};
use chipid::{Capture, FaceComparer, LiveImages, Misuse, Models};
use std::ffi::c_char;
use std::path::Path;

/// Both models, loaded, for any number of threads at once. Loading takes a quarter of a second and some 100 MB: do it once.
pub struct chipid_faces {
    _opaque: [u8; 0],
}

kind!(chipid_faces, FaceComparer, 0xC41B_1D00_0000_0007);
/// Live images of one person, decoded; wiped when freed.
pub struct chipid_live_images {
    _opaque: [u8; 0],
}

kind!(chipid_live_images, LiveImages, 0xC41B_1D00_0000_0008);

/// Where live images come from; policies ask for it. It is the application's word.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_capture {
    /// A file: it may show anybody at any time.
    CHIPID_CAPTURE_FILE = 0,
    /// A camera that the program controls.
    CHIPID_CAPTURE_CAMERA = 1,
    /// A station that is trusted as a whole.
    CHIPID_CAPTURE_STATION = 2,
    /// Another vendor's capture, by its word.
    CHIPID_CAPTURE_EXTERNAL = 3,
}

/// The order of samples in a frame.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_pixel_format {
    /// Red, green, blue in the first plane.
    CHIPID_PIXELS_RGB = 0,
    /// Blue, green, red, alpha in the first plane.
    CHIPID_PIXELS_BGRA = 1,
    /// Luminance, then V and U by turns at half the size.
    CHIPID_PIXELS_NV21 = 2,
    /// Luminance, U and V, the latter two at half the size (YUV_420_888). NV12 is this too: U from the first, V from the second byte
    /// of its second plane, `pixel_stride` 2.
    CHIPID_PIXELS_YUV420 = 3,
}

/// One plane of samples.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct chipid_plane {
    /// The samples, with whatever padding lies between.
    pub data: *const u8,
    /// How many bytes.
    pub length: usize,
    /// Bytes from one row to the next.
    pub row_stride: usize,
    /// Bytes from one sample to the next.
    pub pixel_stride: usize,
}

/// A frame as a camera gives it. Luminance and chrominance are taken as JFIF has them (BT.601, full range).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct chipid_frame {
    /// sizeof(chipid_frame). Another size is refused (8905).
    pub size: usize,
    /// Width in pixels, as the sensor has it.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// One of chipid_pixel_format.
    pub format: u32,
    /// By how much it must be turned clockwise to stand upright: 0, 90, 180 or 270.
    pub rotation: u32,
    /// As many planes as the format has; the others are not looked at.
    pub planes: [chipid_plane; 3],
}

/// Loads both models from a folder (UTF-8), after checking their digests. No package of chipid has them: `chipid models fetch`.
///
/// # Safety
/// `folder` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_faces_load(
    folder: *const c_char,
    length: usize,
    out: *mut *mut chipid_faces,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let folder = unsafe { text(folder, length) }?;
        let models = Models::from_dir(Path::new(folder))?;
        Ok(FaceComparer::load(&models)?)
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// The same from bytes: the detector's file and the recogniser's.
///
/// # Safety
/// `detector` and `recogniser` point to as many bytes as their lengths say; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_faces_load_bytes(
    detector: *const u8,
    detector_length: usize,
    recogniser: *const u8,
    recogniser_length: usize,
    out: *mut *mut chipid_faces,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (detector, recogniser) = unsafe {
            (
                slice(detector, detector_length)?.to_vec(),
                slice(recogniser, recogniser_length)?.to_vec(),
            )
        };
        let models = Models::from_bytes(detector, recogniser)?;
        Ok(FaceComparer::load(&models)?)
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// Frees them and sets their place to null.
///
/// # Safety
/// `faces` is null or the place of models that live, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_faces_free(faces: *mut *mut chipid_faces) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(faces) };
}

/// No image yet. `capture` is one of chipid_capture.
///
/// # Safety
/// `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_live_images_new(
    capture: u32,
    out: *mut *mut chipid_live_images,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(LiveImages::new(capture_of(capture)?))) }
}

/// Adds a JPEG, PNG or JPEG 2000 file's bytes.
///
/// # Safety
/// `images` is null or lives; `data` points to `length` bytes; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_live_images_add_file(
    images: *const chipid_live_images,
    data: *const u8,
    length: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut images, bytes) = unsafe { (handle::change(images)?, slice(data, length)?) };
        Ok(images.add_file(bytes)?)
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Adds a camera's frame.
///
/// # Safety
/// `images` is null or lives; `frame` is null or can be read, and its planes point to as many bytes as their lengths say; `error`
/// is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_live_images_add_frame(
    images: *const chipid_live_images,
    frame: *const chipid_frame,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut images, frame) = unsafe { (handle::change(images)?, structure(frame)?) };
        let rotation = Rotation::from_degrees(frame.rotation).ok_or(Misuse::UnknownValue)?;
        // SAFETY: as above.
        let pixels = unsafe { pixels(frame) }?;
        Ok(images.add_frame(frame.width, frame.height, pixels, rotation)?)
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// What ties a liveness result to these images: SHA-256, 32 bytes for each in the order in which they were added, over a file's bytes
/// as they were given; over a frame's upright pixels, after width and height (32 bits each, big-endian).
///
/// # Safety
/// `images` is null or lives; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_live_images_digests(
    images: *const chipid_live_images,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let images = handle::read(images)?;
        Ok(Some(images.digests().concat()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}

/// Wipes and frees them and sets their place to null.
///
/// # Safety
/// `images` is null or the place of images that live, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_live_images_free(images: *mut *mut chipid_live_images) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(images) };
}

pub(crate) fn capture_of(capture: u32) -> Result<Capture, Misuse> {
    match capture {
        0 => Ok(Capture::File),
        1 => Ok(Capture::Camera),
        2 => Ok(Capture::Station),
        3 => Ok(Capture::External),
        _ => Err(Misuse::UnknownValue),
    }
}

unsafe fn pixels<'a>(frame: &'a chipid_frame) -> Result<Pixels<'a>, Trouble> {
    let [first, second, third] = &frame.planes;
    // SAFETY: the caller's word is handed on.
    unsafe {
        Ok(match frame.format {
            0 => Pixels::Rgb(plane(first)?),
            1 => Pixels::Bgra(plane(first)?),
            2 => Pixels::Nv21 {
                y: plane(first)?,
                vu: plane(second)?,
            },
            3 => Pixels::Yuv420 {
                y: plane(first)?,
                u: plane(second)?,
                v: plane(third)?,
            },
            _ => return Err(Misuse::UnknownValue.into()),
        })
    }
}

unsafe fn plane<'a>(plane: &'a chipid_plane) -> Result<Plane<'a>, Trouble> {
    Ok(Plane {
        // SAFETY: the caller's word is handed on.
        bytes: unsafe { slice(plane.data, plane.length) }?,
        row_stride: plane.row_stride,
        pixel_stride: plane.pixel_stride,
    })
}
