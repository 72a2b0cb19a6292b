//! Making a picture smaller without losing what lies between the sampled points.

use crate::rgb::Rgb;
use std::borrow::Cow;

/// A picture reduced by a whole factor: each pixel is the mean of `factor` × `factor` of the original.
pub(crate) struct Reduced<'a> {
    pub(crate) image: Cow<'a, Rgb>,
    pub(crate) factor: u32,
}

impl<'a> Reduced<'a> {
    /// Reduces by the largest whole factor that leaves at least `1 / scale` of the size, so that bilinear sampling
    /// at `scale` of the original skips no pixel. Rows and columns that fill no whole block fall away.
    pub(crate) fn for_scale(image: &'a Rgb, scale: f32) -> Self {
        let most = image.width().min(image.height()).clamp(1, 64);
        let factor = if scale > 0.0 && scale < 0.5 {
            ((1.0 / scale) as u32).clamp(1, most)
        } else {
            1
        };
        match reduced(image, factor) {
            Some(image) if factor > 1 => Self {
                image: Cow::Owned(image),
                factor,
            },
            _ => Self {
                image: Cow::Borrowed(image),
                factor: 1,
            },
        }
    }

    /// Pixel coordinates of the original (centres on whole numbers) in the reduced picture.
    pub(crate) fn locate(&self, x: f32, y: f32) -> (f32, f32) {
        let factor = self.factor as f32;
        let offset = (factor - 1.0) / 2.0;
        ((x - offset) / factor, (y - offset) / factor)
    }
}

fn reduced(image: &Rgb, factor: u32) -> Option<Rgb> {
    let (width, height) = (
        image.width().checked_div(factor)?,
        image.height().checked_div(factor)?,
    );
    let row_bytes = (image.width() as usize).checked_mul(3)?;
    let block = factor as usize;
    let mut pixels = Vec::with_capacity(
        (width as usize)
            .checked_mul(height as usize)?
            .checked_mul(3)?,
    );
    let mut sums = vec![[0_u32; 3]; width as usize];
    for rows in image
        .pixels()
        .chunks_exact(row_bytes.checked_mul(block)?)
        .take(height as usize)
    {
        sums.fill([0; 3]);
        for row in rows.chunks_exact(row_bytes) {
            for (sum, columns) in sums.iter_mut().zip(row.chunks_exact(block * 3)) {
                for pixel in columns.as_chunks::<3>().0 {
                    for (sum, channel) in sum.iter_mut().zip(pixel) {
                        *sum += u32::from(*channel);
                    }
                }
            }
        }
        let count = factor * factor;
        pixels.extend(
            sums.iter()
                .flatten()
                .map(|sum| ((sum + count / 2) / count) as u8),
        );
    }
    Rgb::new(width, height, pixels).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pixel_is_the_mean_of_its_block() {
        let values = [0_u8, 100, 7, 200, 100, 7, 9, 9, 9];
        let image = Rgb::new(3, 3, values.iter().flat_map(|v| [*v, *v, 50]).collect())
            .expect("nine pixels");
        let small = Reduced::for_scale(&image, 0.4);
        assert_eq!(
            (small.factor, small.image.width(), small.image.height()),
            (2, 1, 1)
        );
        assert_eq!(small.image.pixels(), [100, 100, 50]);
        assert_eq!(small.locate(0.5, 0.5), (0.0, 0.0));
    }

    #[test]
    fn no_reduction_near_full_size_and_none_below_one_pixel() {
        let image = Rgb::new(5, 1, vec![1; 15]).expect("five pixels");
        for scale in [0.0, -1.0, f32::NAN, 0.5, 1.0, 3.0] {
            assert_eq!(Reduced::for_scale(&image, scale).factor, 1);
        }
        assert_eq!(Reduced::for_scale(&image, 0.001).factor, 1);
    }
}
