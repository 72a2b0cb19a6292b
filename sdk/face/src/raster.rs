//! JPEG (ISO/IEC 10918-1) and PNG (ISO/IEC 15948), by the crate `image`.

use crate::decode::{Format, check_size};
use crate::{error::FaceError, rgb::Rgb};
use image::codecs::{jpeg::JpegDecoder, png::PngDecoder};
use image::{DynamicImage, ImageDecoder, ImageResult, Limits};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Whether the camera's orientation mark is obeyed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orientation {
    AsStored,
    Upright,
}

/// Bytes of working memory per pixel that a decoder may ask for: 4 channels of 16 bits, and as much again.
const BYTES_PER_PIXEL: u64 = 16;

pub(crate) fn decode(
    bytes: &[u8],
    format: Format,
    limit: u32,
    orientation: Orientation,
) -> Result<Rgb, FaceError> {
    let damaged = FaceError::ImageDamaged { format };
    // The decoders are safe code; a panic in one is a damaged image, not the end of the program.
    catch_unwind(AssertUnwindSafe(|| {
        if format == Format::Png {
            PngDecoder::with_limits(Cursor::new(bytes), decoder_limits(limit))
                .map_err(|_| damaged.clone())
                .and_then(|decoder| pixels(decoder, format, limit, orientation))
        } else {
            JpegDecoder::new(Cursor::new(bytes))
                .map_err(|_| damaged.clone())
                .and_then(|decoder| pixels(decoder, format, limit, orientation))
        }
    }))
    .unwrap_or(Err(damaged.clone()))
}

fn pixels(
    mut decoder: impl ImageDecoder,
    format: Format,
    limit: u32,
    orientation: Orientation,
) -> Result<Rgb, FaceError> {
    let (width, height) = decoder.dimensions();
    check_size(format, width, height, limit)?;
    let decoded: ImageResult<DynamicImage> = (|| {
        decoder.set_limits(decoder_limits(limit))?;
        // A broken EXIF block is no reason to refuse the picture.
        let turn = decoder
            .orientation()
            .ok()
            .filter(|_| orientation == Orientation::Upright);
        let mut image = DynamicImage::from_decoder(decoder)?;
        if let Some(turn) = turn {
            image.apply_orientation(turn);
        }
        Ok(image)
    })();
    let image = decoded
        .map_err(|_| FaceError::ImageDamaged { format })?
        .into_rgb8();
    Rgb::new(image.width(), image.height(), image.into_raw())
}

fn decoder_limits(pixels: u32) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(u64::from(pixels) * BYTES_PER_PIXEL);
    limits
}
