//! Pixels of a person: they wipe on drop and stay out of `Debug`.

use crate::error::FaceError;
use core::fmt;
use zeroize::Zeroizing;

/// A decoded picture: 8-bit R, G, B per pixel, rows from the top, no padding. Never empty.
///
/// The buffer is wiped when dropped. What the decoders' own working memory held is theirs and is not wiped.
#[derive(Clone)]
pub struct Rgb {
    width: u32,
    height: u32,
    pixels: Zeroizing<Vec<u8>>,
}

impl Rgb {
    /// Takes raw pixels, `width * height * 3` bytes.
    ///
    /// # Errors
    /// [`FaceError::WrongPixelCount`] when the count differs or a side is zero; the bytes are wiped then too.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, FaceError> {
        let pixels = Zeroizing::new(pixels);
        let expected = u64::from(width) * u64::from(height);
        if expected == 0 || expected.checked_mul(3) != u64::try_from(pixels.len()).ok() {
            return Err(FaceError::WrongPixelCount {
                width,
                height,
                bytes: pixels.len(),
            });
        }
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// Width in pixels, at least 1.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels, at least 1.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// All pixels: R, G, B, row by row from the top left.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixel at (`x`, `y`), or `None` outside.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let at = (y as usize)
            .checked_mul(self.width as usize)?
            .checked_add(x as usize)?
            .checked_mul(3)?;
        self.pixels.get(at..)?.first_chunk::<3>().copied()
    }

    /// The part from (`x`, `y`), cut at the picture's edges. `None` when nothing is left.
    pub(crate) fn part(&self, x: u32, y: u32, width: u32, height: u32) -> Option<Self> {
        let width = width.min(self.width.checked_sub(x)?);
        let height = height.min(self.height.checked_sub(y)?);
        let row_bytes = (self.width as usize).checked_mul(3)?;
        let (from, to) = (
            (x as usize).checked_mul(3)?,
            (x.checked_add(width)? as usize).checked_mul(3)?,
        );
        let mut pixels = Zeroizing::new(Vec::with_capacity(
            (width as usize)
                .checked_mul(height as usize)?
                .checked_mul(3)?,
        ));
        for row in self
            .pixels
            .chunks_exact(row_bytes)
            .skip(y as usize)
            .take(height as usize)
        {
            pixels.extend_from_slice(row.get(from..to)?);
        }
        Self::new(width, height, core::mem::take(&mut *pixels)).ok()
    }

    /// Bilinear sample at a point in pixel coordinates (centres on whole numbers), black outside.
    pub(crate) fn sample(&self, x: f32, y: f32) -> [f32; 3] {
        if !(x > -1.0 && y > -1.0 && x < self.width as f32 && y < self.height as f32) {
            return [0.0; 3];
        }
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let mut sum = [0.0; 3];
        for (dx, dy, weight) in [
            (0, 0, (1.0 - fx) * (1.0 - fy)),
            (1, 0, fx * (1.0 - fy)),
            (0, 1, (1.0 - fx) * fy),
            (1, 1, fx * fy),
        ] {
            let column = u32::try_from(left + dx).ok();
            let row = u32::try_from(top + dy).ok();
            if let Some(pixel) = column
                .zip(row)
                .and_then(|(column, row)| self.pixel(column, row))
            {
                for (sum, channel) in sum.iter_mut().zip(pixel) {
                    *sum += weight * f32::from(channel);
                }
            }
        }
        sum
    }
}

impl fmt::Debug for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rgb({} x {}, redacted)", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixel_count_must_fit_the_sides() {
        assert!(Rgb::new(2, 1, vec![0; 6]).is_ok());
        for (width, height, bytes) in [
            (2, 1, 5),
            (0, 5, 0),
            (5, 0, 0),
            (u32::MAX, u32::MAX, 3),
            (1, 1, 4),
        ] {
            assert_eq!(
                Rgb::new(width, height, vec![7; bytes])
                    .map(|_| ())
                    .map_err(|e| e.code()),
                Err(9005)
            );
        }
    }

    #[test]
    fn a_part_is_cut_at_the_edges() {
        let image = Rgb::new(3, 2, (0..18).collect()).expect("six pixels");
        let part = image.part(1, 1, 9, 9).expect("inside");
        assert_eq!(
            (part.width(), part.height(), part.pixels()),
            (2, 1, &[12, 13, 14, 15, 16, 17][..])
        );
        assert!(
            image.part(3, 0, 1, 1).is_none()
                && image.part(9, 0, 1, 1).is_none()
                && image.part(0, 0, 0, 1).is_none()
        );
    }

    #[test]
    fn debug_shows_no_pixel() {
        let shown = format!(
            "{:?}",
            Rgb::new(1, 1, vec![201, 202, 203]).expect("one pixel")
        );
        assert_eq!(shown, "Rgb(1 x 1, redacted)");
    }

    #[test]
    fn sample_between_two_pixels_is_their_mean_and_outside_is_black() {
        let image = Rgb::new(2, 1, vec![0, 10, 20, 100, 30, 40]).expect("two pixels");
        assert_eq!(image.sample(0.5, 0.0), [50.0, 20.0, 30.0]);
        assert_eq!(image.sample(-1.0, 0.0), [0.0; 3]);
        assert_eq!(image.sample(f32::NAN, 0.0), [0.0; 3]);
        assert_eq!(image.sample(f32::INFINITY, 0.0), [0.0; 3]);
        assert_eq!(image.sample(1.5, 0.0), [50.0, 15.0, 20.0]);
    }
}
