//! The face, turned and scaled so that its five landmarks fall on fixed places of a 112 × 112 picture.
//!
//! S. Umeyama: "Least-squares estimation of transformation parameters between two point patterns", 1991, in the plane
//! and without reflection; the places are those that ArcFace (Deng et al., 2019) made usual.

use crate::{detector::Detection, rgb::Rgb, scaling::Reduced};

/// Side of the aligned picture in pixels.
pub(crate) const SIDE: u32 = 112;

/// Where the eyes, the nose and the corners of the mouth belong, (x, y) in pixels.
const PLACES: [[f32; 2]; 5] = [
    [38.2946, 51.6963],
    [73.5318, 51.5014],
    [56.0252, 71.7366],
    [41.5493, 92.3655],
    [70.7299, 92.2041],
];

/// A similarity transform of the plane: z ↦ a·z + b in complex numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Similar {
    a: [f32; 2],
    b: [f32; 2],
}

/// The aligned face, SIDE × SIDE, black where the picture ends. `None` when the landmarks coincide.
pub(crate) fn aligned(image: &Rgb, face: &Detection) -> Option<Rgb> {
    // From the template to the picture, so that each target pixel asks for its source.
    let to_picture = Similar::between(&face.landmarks, &PLACES)?.inverse()?;
    let scale = 1.0 / to_picture.a[0].hypot(to_picture.a[1]);
    let source = Reduced::for_scale(image, scale);
    let mut pixels = Vec::with_capacity((SIDE * SIDE * 3) as usize);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let [x, y] = to_picture.apply([column as f32, row as f32]);
            let (x, y) = source.locate(x, y);
            pixels.extend(
                source
                    .image
                    .sample(x, y)
                    .map(|channel| channel.round().clamp(0.0, 255.0) as u8),
            );
        }
    }
    Rgb::new(SIDE, SIDE, pixels).ok()
}

impl Similar {
    /// The transform that takes `from` nearest to `to`, by least squares.
    fn between(from: &[[f32; 2]; 5], to: &[[f32; 2]; 5]) -> Option<Self> {
        let (from_mean, to_mean) = (mean(from), mean(to));
        let (mut dot, mut cross, mut spread) = (0.0, 0.0, 0.0);
        for ([x, y], [u, v]) in from.iter().zip(to) {
            let (x, y) = (x - from_mean[0], y - from_mean[1]);
            let (u, v) = (u - to_mean[0], v - to_mean[1]);
            dot += x * u + y * v;
            cross += x * v - y * u;
            spread += x * x + y * y;
        }
        let a = [dot / spread, cross / spread];
        let turned = multiply(a, from_mean);
        let found = Self {
            a,
            b: [to_mean[0] - turned[0], to_mean[1] - turned[1]],
        };
        found.usable().then_some(found)
    }

    fn inverse(self) -> Option<Self> {
        let [re, im] = self.a;
        let square = re * re + im * im;
        let a = [re / square, -im / square];
        let b = multiply(a, self.b);
        let found = Self {
            a,
            b: [-b[0], -b[1]],
        };
        found.usable().then_some(found)
    }

    fn apply(self, point: [f32; 2]) -> [f32; 2] {
        let [x, y] = multiply(self.a, point);
        [x + self.b[0], y + self.b[1]]
    }

    fn usable(self) -> bool {
        self.a
            .iter()
            .chain(&self.b)
            .all(|number| number.is_finite())
            && self.a != [0.0; 2]
    }
}

fn mean(points: &[[f32; 2]; 5]) -> [f32; 2] {
    let [x, y] = points
        .iter()
        .fold([0.0, 0.0], |[x, y], [u, v]| [x + u, y + v]);
    [x / 5.0, y / 5.0]
}

fn multiply([a, b]: [f32; 2], [x, y]: [f32; 2]) -> [f32; 2] {
    [a * x - b * y, a * y + b * x]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_scaled_and_moved_template_is_recovered() {
        let turn = Similar {
            a: [2.0 * 0.3_f32.cos(), 2.0 * 0.3_f32.sin()],
            b: [40.0, -7.0],
        };
        let found =
            Similar::between(&PLACES.map(|place| turn.apply(place)), &PLACES).expect("spread");
        for place in PLACES {
            let [x, y] = found.apply(turn.apply(place));
            assert!((x - place[0]).hypot(y - place[1]) < 1e-3);
        }
        let back = found.inverse().expect("invertible");
        assert!((back.a[0] - turn.a[0]).abs() < 1e-4 && (back.b[1] - turn.b[1]).abs() < 1e-2);
    }

    #[test]
    fn a_reflected_face_is_not_turned_inside_out() {
        let mirrored = PLACES.map(|[x, y]| [112.0 - x, y]);
        let found = Similar::between(&mirrored, &PLACES).expect("spread");
        // A reflection would map every point exactly; a similarity cannot.
        let error: f32 = mirrored
            .iter()
            .zip(PLACES)
            .map(|(p, q)| (found.apply(*p)[0] - q[0]).abs())
            .sum();
        assert!(error > 20.0);
    }

    #[test]
    fn landmarks_in_one_point_give_no_picture() {
        let image = Rgb::new(4, 4, vec![1; 48]).expect("plain");
        for point in [[2.0, 2.0], [f32::NAN, 0.0], [f32::MAX, f32::MAX]] {
            let face = Detection {
                x: 0.0,
                y: 0.0,
                width: 1.0,
                height: 1.0,
                landmarks: [point; 5],
                score: 1.0,
            };
            assert!(aligned(&image, &face).is_none());
        }
    }

    #[test]
    fn a_face_already_in_place_stays_pixel_for_pixel() {
        let pixels: Vec<u8> = (0..SIDE * SIDE * 3).map(|i| (i * 7 % 251) as u8).collect();
        let image = Rgb::new(SIDE, SIDE, pixels).expect("picture");
        let face = Detection {
            x: 0.0,
            y: 0.0,
            width: 1.0,
            height: 1.0,
            landmarks: PLACES,
            score: 1.0,
        };
        let same = aligned(&image, &face).expect("aligned");
        let worst = same
            .pixels()
            .iter()
            .zip(image.pixels())
            .map(|(a, b)| a.abs_diff(*b))
            .max();
        assert!(worst <= Some(1), "{worst:?}");
    }
}
