//! The photographs of the demonstration: fetched, never bundled, whose they are and where from stands in the manifest.

use crate::exit::Failure;
use crate::lang::{self, hint};
use crate::places;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageReader};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Whose photographs the demonstration uses.
pub(crate) const DEMO_PERSON: &str = "Barack Obama";
/// The one on the chip.
pub(crate) const DEMO_PHOTOGRAPH: &str = "obama.jpg";
/// The one that stands for the person at the counter.
pub(crate) const DEMO_LIVE: &str = "obama2.jpg";

/// A portrait as chips hold them: so many pixels, and not many more bytes.
const WIDTH: u32 = 300;
const HEIGHT: u32 = 400;
const MOST_BYTES: usize = 20_000;
const LARGEST_PHOTOGRAPH: u64 = 16 << 20;

/// Where a fetched photograph lies.
pub(crate) fn path(name: &str) -> Result<PathBuf, Failure> {
    let path = places::models(None)?.join(name);
    if path.is_file() {
        Ok(path)
    } else {
        Err(Failure::new(lang::NO_PHOTOGRAPH.with([&name]), hint::FETCH))
    }
}

/// The photograph of the demonstration with this name, as a chip's portrait.
pub(super) fn for_chip(name: &str) -> Result<Vec<u8>, Failure> {
    as_portrait(&path(name)?).map_err(|failure| failure.with_hint(hint::FETCH))
}

/// An image file scaled down to a chip's portrait, as JPEG.
pub(super) fn as_portrait(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = places::read(path, LARGEST_PHOTOGRAPH)?;
    let unreadable = || {
        let name = path.display();
        Failure::new(lang::PHOTOGRAPH_UNREADABLE.with([&name]), lang::GIVE_LIVE)
    };
    let photograph = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()
        .and_then(|reader| reader.decode().ok())
        .ok_or_else(unreadable)?;
    let small = photograph.resize_to_fill(WIDTH, HEIGHT, FilterType::Lanczos3);
    [90, 85, 80, 75, 70, 60, 50]
        .into_iter()
        .filter_map(|quality| encoded(&small, quality))
        .find(|jpeg| jpeg.len() <= MOST_BYTES)
        .ok_or_else(unreadable)
}

fn encoded(picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode_image(&picture.to_rgb8())
        .ok()?;
    Some(jpeg)
}
