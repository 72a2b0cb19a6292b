//! Photographs of QR codes, drawn: turned, slanted, small, blurred, noisy, compressed. The encoder is not the decoder's.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, GrayImage, ImageEncoder, Luma};
use qrcode::{Color, EcLevel, QrCode};

/// How a photograph is taken.
#[derive(Clone, Copy)]
pub(crate) struct Photograph {
    /// Width and height of the picture.
    pub(crate) size: (u32, u32),
    /// Pixels of one module of the code, where it is nearest.
    pub(crate) module: f64,
    /// Degrees by which it is turned.
    pub(crate) angle: f64,
    /// How much smaller the far side is.
    pub(crate) slant: f64,
    /// How often the picture is blurred by its neighbours.
    pub(crate) blur: u32,
    /// The most by which a pixel is wrong.
    pub(crate) noise: u8,
    /// JPEG of this quality; PNG where there is none.
    pub(crate) jpeg: Option<u8>,
}

impl Default for Photograph {
    fn default() -> Self {
        Self {
            size: (900, 700),
            module: 6.0,
            angle: 0.0,
            slant: 0.0,
            blur: 0,
            noise: 4,
            jpeg: Some(80),
        }
    }
}

impl Photograph {
    /// The file of a photograph that shows these codes side by side.
    pub(crate) fn of(&self, texts: &[&str]) -> Vec<u8> {
        let mut picture = GrayImage::from_fn(self.size.0, self.size.1, |x, y| {
            let wave = (f64::from(x) * 0.03).sin() * (f64::from(y) * 0.02).cos();
            Luma([(150.0 + 30.0 * wave) as u8])
        });
        let slots = texts.len() as f64;
        for (slot, text) in texts.iter().enumerate() {
            let across = f64::from(self.size.0) * (slot as f64 + 0.5) / slots;
            self.draw(&mut picture, text, (across, f64::from(self.size.1) / 2.0));
        }
        for _ in 0..self.blur {
            picture = blurred(&picture);
        }
        let mut state = 12_345u32;
        for pixel in picture.pixels_mut() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let span = 2 * u32::from(self.noise) + 1;
            let off = ((state >> 16) % span) as i32 - i32::from(self.noise);
            pixel.0[0] = (i32::from(pixel.0[0]) + off).clamp(0, 255) as u8;
        }
        self.file(&picture)
    }

    fn draw(&self, picture: &mut GrayImage, text: &str, centre: (f64, f64)) {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("a QR code");
        let (side, colors) = (code.width() as i64, code.to_colors());
        let half = side as f64 / 2.0;
        let (sin, cos) = self.angle.to_radians().sin_cos();
        for y in 0..picture.height() {
            for x in 0..picture.width() {
                let (mut sum, mut on_code) = (0.0, false);
                for sub in 0..9 {
                    let px = f64::from(x) + (f64::from(sub % 3) + 0.5) / 3.0 - centre.0;
                    let py = f64::from(y) + (f64::from(sub / 3) + 0.5) / 3.0 - centre.1;
                    let depth =
                        1.0 + self.slant * (px * 0.8 + py * 0.6) / (side as f64 * self.module);
                    let (u, v) = (px / depth / self.module, py / depth / self.module);
                    let column = (u * cos + v * sin + half).floor() as i64;
                    let row = (v * cos - u * sin + half).floor() as i64;
                    let inside = |at: i64, margin: i64| at >= -margin && at < side + margin;
                    if inside(column, 0) && inside(row, 0) {
                        on_code = true;
                        let at = (row * side + column) as usize;
                        sum += if colors[at] == Color::Dark {
                            40.0
                        } else {
                            215.0
                        };
                    } else if inside(column, 4) && inside(row, 4) {
                        on_code = true;
                        sum += 215.0;
                    } else {
                        sum += f64::from(picture.get_pixel(x, y).0[0]);
                    }
                }
                if on_code {
                    picture.put_pixel(x, y, Luma([(sum / 9.0) as u8]));
                }
            }
        }
    }

    fn file(&self, picture: &GrayImage) -> Vec<u8> {
        let mut file = Vec::new();
        let (pixels, (width, height)) = (picture.as_raw(), picture.dimensions());
        match self.jpeg {
            Some(quality) => JpegEncoder::new_with_quality(&mut file, quality).write_image(
                pixels,
                width,
                height,
                ExtendedColorType::L8,
            ),
            None => {
                PngEncoder::new(&mut file).write_image(pixels, width, height, ExtendedColorType::L8)
            }
        }
        .expect("a picture");
        file
    }
}

fn blurred(picture: &GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    GrayImage::from_fn(width, height, |x, y| {
        let (mut sum, mut count) = (0u32, 0);
        for ny in y.saturating_sub(1)..(y + 2).min(height) {
            for nx in x.saturating_sub(1)..(x + 2).min(width) {
                sum += u32::from(picture.get_pixel(nx, ny).0[0]);
                count += 1;
            }
        }
        Luma([(sum / count) as u8])
    })
}
