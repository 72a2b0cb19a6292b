//! Pictures out of photographs: files, and frames as a camera would give them.

use super::recipes::{PictureFormat, PictureRecipe};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, Luma, Rgb, RgbImage};

/// What a blank picture shows.
const WALL: Rgb<u8> = Rgb([150, 150, 150]);

/// A picture of others side by side, each as high as the picture.
pub(super) fn picture(sources: &[Vec<u8>], recipe: &PictureRecipe) -> Result<Vec<u8>, String> {
    let mut upright = RgbImage::from_pixel(recipe.width, recipe.height, WALL);
    let places = u32::try_from(sources.len()).unwrap_or(u32::MAX).max(1);
    for (place, source) in (0..).zip(sources) {
        let photograph = image::load_from_memory(source).map_err(|e| e.to_string())?;
        let room = recipe.width / places;
        let fitted = photograph
            .resize(room, recipe.height, FilterType::Triangle)
            .to_rgb8();
        let left = i64::from(place * room + (room - fitted.width()) / 2);
        imageops::replace(&mut upright, &fitted, left, 0);
    }
    // As the sensor has it: turned back by what it must be turned to stand upright.
    let held = match recipe.turned {
        90 => imageops::rotate270(&upright),
        180 => imageops::rotate180(&upright),
        270 => imageops::rotate90(&upright),
        _ => upright,
    };
    encoded(&held, recipe.format)
}

/// A QR code as a printer would make it.
pub(super) fn qr_code(text: &str) -> Result<Vec<u8>, String> {
    let code = qrcode::QrCode::new(text.as_bytes()).map_err(|e| e.to_string())?;
    let modules = code.to_colors();
    let width = code.width();
    let (module, quiet) = (6, 4);
    let side = u32::try_from((width + 2 * quiet) * module).map_err(|e| e.to_string())?;
    let image = image::GrayImage::from_fn(side, side, |x, y| {
        let at = |pixel: u32| {
            (pixel as usize / module)
                .checked_sub(quiet)
                .filter(|at| *at < width)
        };
        let dark = match (at(x), at(y)) {
            (Some(x), Some(y)) => modules.get(y * width + x) == Some(&qrcode::Color::Dark),
            _ => false,
        };
        Luma([if dark { 0 } else { 255 }])
    });
    let mut out = Vec::new();
    DynamicImage::from(image)
        .write_with_encoder(PngEncoder::new(&mut out))
        .map_err(|e| e.to_string())?;
    Ok(out)
}

fn encoded(picture: &RgbImage, format: PictureFormat) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    match format {
        PictureFormat::Jpeg => picture
            .write_with_encoder(JpegEncoder::new_with_quality(&mut out, 85))
            .map_err(|e| e.to_string())?,
        PictureFormat::Png => picture
            .write_with_encoder(PngEncoder::new(&mut out))
            .map_err(|e| e.to_string())?,
        PictureFormat::Rgb => out.extend_from_slice(picture.as_raw()),
        PictureFormat::Bgra => {
            for Rgb([r, g, b]) in picture.pixels() {
                out.extend([*b, *g, *r, 255]);
            }
        }
        PictureFormat::Nv21 => {
            let (u, v) = planes(picture, &mut out);
            for (u, v) in u.into_iter().zip(v) {
                out.extend([v, u]);
            }
        }
        PictureFormat::Yuv420 => {
            let (u, v) = planes(picture, &mut out);
            out.extend(u);
            out.extend(v);
        }
    }
    Ok(out)
}

/// Writes the luminance of every pixel; chrominance of every four together (JFIF, BT.601, full range), so that a frame that is turned
/// has the same samples in other places.
fn planes(picture: &RgbImage, luminance: &mut Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    luminance.extend(picture.pixels().map(|Rgb(rgb)| {
        let [r, g, b] = rgb.map(f32::from);
        rounded(0.299 * r + 0.587 * g + 0.114 * b)
    }));
    let (mut us, mut vs) = (Vec::new(), Vec::new());
    for y in (0..picture.height() / 2).map(|row| row * 2) {
        for x in (0..picture.width() / 2).map(|column| column * 2) {
            let four = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)];
            let sum = |channel: usize| -> u16 {
                let values = four.map(|(x, y)| u16::from(picture.get_pixel(x, y).0[channel]));
                values.iter().sum()
            };
            let [r, g, b] = [sum(0), sum(1), sum(2)].map(|sum| f32::from(sum) / 4.0);
            us.push(rounded(128.0 - 0.168_736 * r - 0.331_264 * g + 0.5 * b));
            vs.push(rounded(128.0 + 0.5 * r - 0.418_688 * g - 0.081_312 * b));
        }
    }
    (us, vs)
}

fn rounded(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}
