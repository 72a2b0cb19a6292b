//! Models, live images, and their comparison with the chip's portrait.

use super::trouble::Trouble;
use super::{Done, given};
use crate::blocks::Block;
use chipid::face_engine::camera::{Pixels, Plane, Rotation};
use chipid::face_engine::models::{DETECTOR, RECOGNISER};
use chipid::{Assessment, Capture, FaceComparer, LiveImages, Misuse, Models};
use std::fs;
use std::path::Path;

/// The models that were loaded last, and how they were asked for: loading takes a quarter of a second.
#[derive(Debug, Default)]
pub(super) struct Faces {
    loaded: Option<((String, bool), FaceComparer)>,
}

impl Faces {
    pub(super) fn compare(
        &mut self,
        case: &Block,
        assessment: Option<&mut Assessment>,
        done: &mut Done,
    ) -> Result<(), Trouble> {
        let comparer = match case.first("models") {
            None => None,
            Some(folder) => Some(self.load(folder, case.first("models_bytes").is_some())?),
        };
        done.models = comparer.is_some();
        let capture = case
            .first("capture")
            .map_or(Ok(Capture::File), given::capture)?;
        let mut images = LiveImages::new(capture);
        for (key, value) in &case.lines {
            match key.as_str() {
                "live" => images.add_file(&given::bytes(value)?)?,
                "frame" => frame(&mut images, value)?,
                _ => {}
            }
        }
        if !images.is_empty() {
            done.images = Some(images.digests().to_vec());
        }
        if let (Some(comparer), Some(assessment)) = (comparer, assessment) {
            assessment.compare_face(comparer, &images)?;
        }
        Ok(())
    }

    fn load(&mut self, folder: &str, from_bytes: bool) -> Result<&FaceComparer, Trouble> {
        let asked = (folder.to_owned(), from_bytes);
        if self
            .loaded
            .as_ref()
            .is_none_or(|(loaded, _)| *loaded != asked)
        {
            let models = if from_bytes {
                let [detector, recogniser] = [DETECTOR, RECOGNISER].map(|model| {
                    given::bytes(&Path::new(folder).join(model.file).display().to_string())
                });
                Models::from_bytes(detector?, recogniser?)?
            } else {
                Models::from_dir(Path::new(folder))?
            };
            self.loaded = Some((asked, FaceComparer::load(&models)?));
        }
        match &self.loaded {
            Some((_, comparer)) => Ok(comparer),
            None => Err(Misuse::UnknownValue.into()),
        }
    }
}

fn frame(images: &mut LiveImages, text: &str) -> Result<(), Trouble> {
    let [format, width, height, rotation, path] = given::parts(text)?;
    let (width, height): (u32, u32) = (given::number(width)?, given::number(height)?);
    let rotation = Rotation::from_degrees(given::number(rotation)?).ok_or(Misuse::UnknownValue)?;
    let bytes = fs::read(path).map_err(|_| Trouble::Unsupported(format!("the frame {path}")))?;
    let (columns, rows) = (width as usize, height as usize);
    // The planes lie one behind the other; what a plane lacks is the library's to say.
    let (luminance, chrominance) = bytes
        .split_at_checked(columns * rows)
        .unwrap_or((&bytes, &[]));
    let (u, v) = chrominance
        .split_at_checked(columns / 2 * (rows / 2))
        .unwrap_or((chrominance, &[]));
    let plane = |bytes, row_stride, pixel_stride| Plane {
        bytes,
        row_stride,
        pixel_stride,
    };
    let pixels = match format {
        "rgb" => Pixels::Rgb(plane(&bytes, columns * 3, 3)),
        "bgra" => Pixels::Bgra(plane(&bytes, columns * 4, 4)),
        "nv21" => Pixels::Nv21 {
            y: plane(luminance, columns, 1),
            vu: plane(chrominance, columns, 2),
        },
        "yuv420" => Pixels::Yuv420 {
            y: plane(luminance, columns, 1),
            u: plane(u, columns / 2, 1),
            v: plane(v, columns / 2, 1),
        },
        other => return Err(Trouble::Unsupported(format!("the format {other}"))),
    };
    Ok(images.add_frame(width, height, pixels, rotation)?)
}
