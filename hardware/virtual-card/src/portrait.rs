//! A drawn face for cards whose portrait nobody compares.

use crate::error::VirtualCardError;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

const WIDTH: u32 = 240;
const HEIGHT: u32 = 320;

/// A simple drawing of a face as a JPEG of 240 by 320 pixels: always the same bytes, nobody's likeness.
///
/// # Errors
/// [`VirtualCardError::Image`] where the encoder fails.
pub fn drawn_portrait() -> Result<Vec<u8>, VirtualCardError> {
    let face = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| colour(x as i32, y as i32));
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .encode_image(&face)
        .map_err(|_| VirtualCardError::Image)?;
    Ok(jpeg)
}

/// A drawn stroke as a JPEG of 320 by 80 pixels: always the same bytes, nobody's signature.
///
/// # Errors
/// [`VirtualCardError::Image`] where the encoder fails.
pub(crate) fn drawn_signature() -> Result<Vec<u8>, VirtualCardError> {
    let stroke = RgbImage::from_fn(320, 80, |x, y| {
        // A zigzag of 40 pixels a turn.
        let (turn, rise) = (x % 40, x / 40 % 2);
        let height = if rise == 0 { 20 + turn } else { 60 - turn };
        let on = y.abs_diff(height) <= 2 && (16..304).contains(&x);
        if on {
            Rgb([20, 30, 90])
        } else {
            Rgb([255, 255, 255])
        }
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .encode_image(&stroke)
        .map_err(|_| VirtualCardError::Image)?;
    Ok(jpeg)
}

/// The same drawing brought to exactly `len` bytes by comment segments: a portrait of a given size for measurements.
///
/// # Errors
/// [`VirtualCardError::Image`] where `len` is under the drawing's own size, or just so little above that no segment fits.
pub fn drawn_portrait_of(len: usize) -> Result<Vec<u8>, VirtualCardError> {
    let jpeg = drawn_portrait()?;
    let mut missing = len.checked_sub(jpeg.len()).ok_or(VirtualCardError::Image)?;
    let (start, rest) = jpeg.split_at_checked(2).ok_or(VirtualCardError::Image)?;
    let mut out = start.to_vec();
    while missing > 0 {
        // Marker and length take four bytes; a segment that would leave one to three over is made shorter.
        let segment = match missing {
            0..=3 => return Err(VirtualCardError::Image),
            4..=60_000 => missing,
            _ => 60_000.min(missing - 4),
        };
        let length = u16::try_from(segment - 2).map_err(|_| VirtualCardError::Image)?;
        out.extend([0xFF, 0xFE]);
        out.extend(length.to_be_bytes());
        out.resize(out.len() + segment - 4, b' ');
        missing -= segment;
    }
    out.extend_from_slice(rest);
    Ok(out)
}

/// Ellipses, front to back.
fn colour(x: i32, y: i32) -> Rgb<u8> {
    let within = |cx: i32, cy: i32, rx: i32, ry: i32| {
        let (dx, dy) = ((x - cx) * ry, (y - cy) * rx);
        dx * dx + dy * dy <= rx * rx * ry * ry
    };
    let mirrored = |cx: i32, cy: i32, rx: i32, ry: i32| {
        within(cx, cy, rx, ry) || within(WIDTH as i32 - cx, cy, rx, ry)
    };
    let shade = (x / 8) as u8;
    if mirrored(90, 140, 5, 5) {
        Rgb([30, 24, 20])
    } else if mirrored(90, 140, 14, 8) {
        Rgb([245, 245, 240])
    } else if mirrored(90, 120, 18, 4) || within(120, 70, 66, 34) && y < 92 {
        Rgb([40, 32, 28])
    } else if within(120, 215, 26, 7) {
        Rgb([170, 80, 80])
    } else if within(120, 176, 9, 16) {
        Rgb([205, 160, 132])
    } else if within(120, 150, 66, 92) {
        Rgb([225, 182 - shade / 4, 152])
    } else if within(120, 110, 78, 82) {
        Rgb([40, 32, 28])
    } else if within(120, 250, 28, 50) {
        Rgb([210, 168, 140])
    } else if within(120, 340, 110, 70) {
        Rgb([60, 80, 120 + shade])
    } else {
        Rgb([222, 228, 232])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_is_a_picture_of_the_size_asked_for() {
        let plain = drawn_portrait().unwrap();
        for len in [plain.len(), plain.len() + 4, 20_000, 200_000, 120_007] {
            let jpeg = drawn_portrait_of(len).unwrap();
            assert_eq!(jpeg.len(), len);
            let picture = image::load_from_memory(&jpeg).unwrap();
            assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
        }
        assert!(drawn_portrait_of(100).is_err());
    }
}
