//! YuNet (W. Wu, H. Peng, S. Yu: "YuNet: A Tiny Millisecond-level Face Detector", 2023): boxes and five landmarks.
//!
//! Input 1×3×320×320, BGR, 0..255; the picture is fitted into the top left corner, black to the right and below.
//! For each stride s of 8, 16, 32 and each cell (row, column): class and object scores, box, landmarks.

use crate::engine::{Engine, Network};
use crate::models::DETECTOR;
use crate::{error::FaceError, rgb::Rgb, scaling::Reduced};
use core::fmt;

/// A face in a picture, in pixels of that picture (centres of pixels on whole numbers).
#[derive(Clone, Copy, PartialEq)]
pub struct Detection {
    /// Left edge of the box; it may lie outside the picture.
    pub x: f32,
    /// Upper edge of the box; it may lie outside the picture.
    pub y: f32,
    /// Width of the box.
    pub width: f32,
    /// Height of the box.
    pub height: f32,
    /// (x, y) of: the eye to the left in the picture, the other eye, tip of the nose, left and right corner of the mouth.
    pub landmarks: [[f32; 2]; 5],
    /// How sure the detector is, 0 to 1.
    pub score: f32,
}

impl Detection {
    /// Area of the box in square pixels.
    #[must_use]
    pub fn area(&self) -> f32 {
        self.width * self.height
    }

    /// Distance between the eyes' centres in pixels.
    #[must_use]
    pub fn eye_distance(&self) -> f32 {
        let [[left_x, left_y], [right_x, right_y], ..] = self.landmarks;
        (right_x - left_x).hypot(right_y - left_y)
    }

    fn moved(self, x: f32, y: f32) -> Self {
        let landmarks = self.landmarks.map(|[u, v]| [u + x, v + y]);
        Self {
            x: self.x + x,
            y: self.y + y,
            landmarks,
            ..self
        }
    }

    /// Intersection over union of the two boxes.
    fn overlap(&self, other: &Self) -> f32 {
        let side = |a: f32, a_length: f32, b: f32, b_length: f32| {
            ((a + a_length).min(b + b_length) - a.max(b)).max(0.0)
        };
        let common = side(self.x, self.width, other.x, other.width)
            * side(self.y, self.height, other.y, other.height);
        common / (self.area() + other.area() - common)
    }
}

/// The box and landmarks of a person are not for logs.
impl fmt::Debug for Detection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Detection(score {:.2})", self.score)
    }
}

/// Boxes under this score are not faces.
pub const MIN_SCORE: f32 = 0.7;
/// Of two boxes that overlap more than this (intersection over union), the better stands for both.
const MAX_OVERLAP: f32 = 0.3;
/// Two looks saw the same face when their boxes overlap this much (intersection over union).
const SAME_FACE: f32 = 0.5;
/// A face whose box is under this many pixels of the input is looked at again, larger.
const FINE: f32 = 64.0;
/// The second look sees this many times the box's longer side.
const SURROUNDINGS: f32 = 4.0;
/// Sides of the input.
const SIDE: u32 = 320;
const STRIDES: [u32; 3] = [8, 16, 32];
const OUTPUTS: [&str; 12] = [
    "cls_8", "obj_8", "bbox_8", "kps_8", "cls_16", "obj_16", "bbox_16", "kps_16", "cls_32",
    "obj_32", "bbox_32", "kps_32",
];

pub(crate) struct Detector {
    network: Box<dyn Network>,
}

impl Detector {
    pub(crate) fn load(engine: &dyn Engine, onnx: &[u8]) -> Result<Self, FaceError> {
        let network = engine
            .load(onnx, [1, 3, SIDE as usize, SIDE as usize], &OUTPUTS)
            .map_err(|_| FaceError::ModelRefused {
                file: DETECTOR.file,
            })?;
        Ok(Self { network })
    }

    /// All faces, the best score first.
    pub(crate) fn detect(&self, image: &Rgb) -> Result<Vec<Detection>, FaceError> {
        let failed = FaceError::EngineFailed {
            file: DETECTOR.file,
        };
        let scale = (SIDE as f32 / image.width() as f32).min(SIDE as f32 / image.height() as f32);
        let outputs = self
            .network
            .run(&fitted(image, scale))
            .map_err(|_| failed.clone())?;
        let mut faces = Vec::new();
        for (stride, outputs) in STRIDES.into_iter().zip(outputs.chunks(4)) {
            let [classes, objects, boxes, landmarks] = outputs else {
                return Err(failed);
            };
            let cells = (SIDE / stride).pow(2) as usize;
            if [classes.len(), objects.len(), boxes.len(), landmarks.len()]
                != [cells, cells, cells * 4, cells * 10]
            {
                return Err(failed);
            }
            let scores = classes
                .iter()
                .zip(objects)
                .map(|(class, object)| (class.clamp(0.0, 1.0) * object.clamp(0.0, 1.0)).sqrt());
            let geometry = boxes
                .as_chunks::<4>()
                .0
                .iter()
                .zip(landmarks.as_chunks::<10>().0);
            for (cell, (score, (frame, points))) in (0..).zip(scores.zip(geometry)) {
                // Also false for NaN.
                if score >= MIN_SCORE {
                    faces.extend(face(cell, stride, score, frame, points, scale));
                }
            }
        }
        Ok(distinct(faces))
    }

    /// Measures the landmarks of a face that is small in its picture once more, on its surroundings alone.
    ///
    /// One pixel of the input covers many of a large photograph, and landmarks that are off by some of them shift
    /// similarities by 0.05. The second look sees the face at 80 pixels, about the size that it has in the pictures
    /// on which the thresholds were measured. Gives `face` back when it is large already, or not found again.
    pub(crate) fn refined(&self, image: &Rgb, face: &Detection) -> Result<Detection, FaceError> {
        let longer = face.width.max(face.height);
        let scale = (SIDE as f32 / image.width() as f32).min(SIDE as f32 / image.height() as f32);
        if longer * scale >= FINE {
            return Ok(*face);
        }
        let side = (longer * SURROUNDINGS).ceil();
        let start = |at: f32, length: f32| (at + length / 2.0 - side / 2.0).floor().max(0.0);
        let (x, y) = (start(face.x, face.width), start(face.y, face.height));
        // Float to integer casts saturate; a part outside the picture is none.
        let Some(part) = image.part(x as u32, y as u32, side as u32, side as u32) else {
            return Ok(*face);
        };
        let again = self
            .detect(&part)?
            .into_iter()
            .map(|found| found.moved(x, y));
        let same = again.filter(|found| found.overlap(face) >= SAME_FACE);
        Ok(same
            .max_by(|a, b| a.overlap(face).total_cmp(&b.overlap(face)))
            .unwrap_or(*face))
    }
}

/// The picture at `scale`, in the top left of the black input square, planes B, G, R.
fn fitted(image: &Rgb, scale: f32) -> zeroize::Zeroizing<Vec<f32>> {
    let small = Reduced::for_scale(image, scale);
    let side = |length: u32| ((length as f32 * scale).round() as u32).clamp(1, SIDE);
    let (width, height) = (side(image.width()), side(image.height()));
    let plane = (SIDE * SIDE) as usize;
    let mut input = zeroize::Zeroizing::new(vec![0.0; plane * 3]);
    let (blue, rest) = input.split_at_mut(plane);
    let (green, red) = rest.split_at_mut(plane);
    let cells = blue.iter_mut().zip(green).zip(red).enumerate();
    for (index, ((blue, green), red)) in cells {
        let (column, row) = (index as u32 % SIDE, index as u32 / SIDE);
        if column < width && row < height {
            // From the centre of this pixel to the same place in the picture, never past its outermost centres.
            let place = |at: u32, length: u32| {
                ((at as f32 + 0.5) / scale - 0.5).clamp(0.0, (length - 1) as f32)
            };
            let (x, y) = small.locate(place(column, image.width()), place(row, image.height()));
            let within = |at: f32, length: u32| at.clamp(0.0, (length - 1) as f32);
            [*red, *green, *blue] = small.image.sample(
                within(x, small.image.width()),
                within(y, small.image.height()),
            );
        }
    }
    input
}

fn face(
    cell: u32,
    stride: u32,
    score: f32,
    frame: &[f32; 4],
    points: &[f32; 10],
    scale: f32,
) -> Option<Detection> {
    let columns = SIDE / stride;
    let (column, row) = ((cell % columns) as f32, (cell / columns) as f32);
    let stride = stride as f32;
    // The inverse of the way in which the input was sampled: centres of pixels on whole numbers on both sides.
    let place = |offset: f32, cell: f32| ((offset + cell) * stride + 0.5) / scale - 0.5;
    let [dx, dy, log_width, log_height] = *frame;
    let (width, height) = (
        log_width.exp() * stride / scale,
        log_height.exp() * stride / scale,
    );
    let mut landmarks = [[0.0; 2]; 5];
    for (landmark, [x, y]) in landmarks.iter_mut().zip(points.as_chunks::<2>().0) {
        *landmark = [place(*x, column), place(*y, row)];
    }
    let found = Detection {
        x: place(dx, column) - width / 2.0,
        y: place(dy, row) - height / 2.0,
        width,
        height,
        landmarks,
        score,
    };
    let numbers = [found.x, found.y, found.width, found.height];
    let finite = numbers
        .iter()
        .chain(found.landmarks.iter().flatten())
        .all(|number| number.is_finite());
    (finite && found.area() > 0.0 && found.area().is_finite()).then_some(found)
}

/// Non-maximum suppression.
fn distinct(mut faces: Vec<Detection>) -> Vec<Detection> {
    faces.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Detection> = Vec::new();
    for face in faces {
        if kept
            .iter()
            .all(|better| better.overlap(&face) <= MAX_OVERLAP)
        {
            kept.push(face);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32, y: f32, score: f32) -> Detection {
        Detection {
            x,
            y,
            width: 10.0,
            height: 10.0,
            landmarks: [[0.0; 2]; 5],
            score,
        }
    }

    #[test]
    fn of_overlapping_boxes_the_best_stands() {
        let kept = distinct(vec![
            at(1.0, 0.0, 0.8),
            at(0.0, 0.0, 0.9),
            at(30.0, 0.0, 0.75),
            at(0.0, 8.0, 0.7),
        ]);
        assert_eq!(
            kept.iter().map(|face| face.score).collect::<Vec<_>>(),
            [0.9, 0.75, 0.7]
        );
    }

    #[test]
    fn a_cell_is_decoded_by_stride_and_scale() {
        let points = [0.0, 0.0, 1.0, 0.0, 0.5, 0.5, 0.0, 1.0, 1.0, 1.0];
        let found = face(41, 8, 0.9, &[0.5, 0.5, 0.0, 0.0], &points, 0.5).expect("finite");
        assert_eq!(
            (found.x, found.y, found.width, found.height),
            (16.5, 16.5, 16.0, 16.0)
        );
        assert_eq!(found.landmarks[4], [32.5, 32.5]);
        assert!(face(0, 8, 0.9, &[0.0, 0.0, 200.0, 200.0], &points, 0.5).is_none());
        assert!(face(0, 8, 0.9, &[f32::NAN, 0.0, 0.0, 0.0], &points, 0.5).is_none());
    }

    #[test]
    fn the_picture_lies_top_left_in_bgr_with_black_around() {
        let image = Rgb::new(640, 320, [10, 20, 30].repeat(640 * 320)).expect("plain");
        let input = fitted(&image, 0.5);
        let plane = (SIDE * SIDE) as usize;
        assert_eq!(
            [input[0], input[plane], input[2 * plane]],
            [30.0, 20.0, 10.0]
        );
        let last_row = (SIDE * 159) as usize;
        assert_eq!(input[last_row + 319], 30.0);
        assert_eq!(input[last_row + SIDE as usize], 0.0);
    }

    #[test]
    fn extreme_shapes_are_fitted_without_panic() {
        for (width, height) in [(1, 1), (1, 4000), (4000, 1), (3, 2000), (321, 319)] {
            let image =
                Rgb::new(width, height, vec![9; (width * height * 3) as usize]).expect("plain");
            let scale = (320.0 / width as f32).min(320.0 / height as f32);
            assert!(fitted(&image, scale).iter().all(|value| value.is_finite()));
        }
    }
}
