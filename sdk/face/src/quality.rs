//! Whether a face is good enough to be compared: simple rules with stated limits.
//!
//! They refuse what the recogniser was never measured on, since its similarity then means nothing in either
//! direction. The limits lie where four photographs, degraded step by step (gain, contrast, blur), began to lose
//! a fifth of their similarity to the untouched ones; portraits as small as chips hold them (JPEG 2000 of 15 KB, grey
//! of 4 KB) are far from each. They are wide on purpose: a limit on brightness must not refuse dark or light skin.
//! They are no measure of a portrait's conformance with ISO/IEC 19794-5.

use crate::{detector::Detection, rgb::Rgb};

/// Under this distance between the eyes, in pixels of the picture, the 35 pixels that the recogniser expects are guessed.
pub const MIN_EYE_DISTANCE: f32 = 24.0;
/// Mean brightness (0 to 255) of the aligned face: under it the face is in the dark.
pub const MIN_BRIGHTNESS: f32 = 20.0;
/// Mean brightness of the aligned face: above it the face is washed out.
pub const MAX_BRIGHTNESS: f32 = 225.0;
/// Standard deviation of the brightness of the aligned face: under it there is fog, not a face.
pub const MIN_CONTRAST: f32 = 6.0;
/// Energy of the finest detail: variance of the 4-neighbour Laplacian over the variance of the brightness.
pub const MIN_SHARPNESS: f32 = 0.006;
/// Sideways turn: how far the nose lies from the middle between the eyes, in eye distances along the eyes' line.
pub const MAX_NOSE_OFFSET: f32 = 0.35;
/// Nod: where the nose lies between the eyes' line (0) and the mouth's line (1).
pub const NOSE_HEIGHT: core::ops::RangeInclusive<f32> = 0.25..=0.80;
/// Tilt of the eyes' line against the picture's rows, in degrees.
pub const MAX_TILT_DEGREES: f32 = 45.0;

/// What is wrong with a face in a picture. The first that holds, in this order, is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Defect {
    /// The eyes are nearer to each other than [`MIN_EYE_DISTANCE`].
    TooSmall,
    /// An eye, the nose or a corner of the mouth lies outside the picture.
    CutOff,
    /// Turned, nodded or tilted beyond [`MAX_NOSE_OFFSET`], [`NOSE_HEIGHT`] or [`MAX_TILT_DEGREES`].
    ExtremePose,
    /// Under [`MIN_BRIGHTNESS`].
    TooDark,
    /// Above [`MAX_BRIGHTNESS`].
    TooBright,
    /// Under [`MIN_CONTRAST`].
    LowContrast,
    /// Under [`MIN_SHARPNESS`].
    Blurred,
}

impl Defect {
    /// The permanent name, snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooSmall => "too_small",
            Self::CutOff => "cut_off",
            Self::ExtremePose => "extreme_pose",
            Self::TooDark => "too_dark",
            Self::TooBright => "too_bright",
            Self::LowContrast => "low_contrast",
            Self::Blurred => "blurred",
        }
    }
}

/// Judges by the landmarks, before the face is aligned.
pub(crate) fn geometry(image: &Rgb, face: &Detection) -> Result<(), Defect> {
    let (width, height) = (image.width() as f32, image.height() as f32);
    let [left_eye, right_eye, nose, left_mouth, right_mouth] = face.landmarks;
    let distance = face.eye_distance();
    // Written as ranges, which hold no NaN: should there be one, it is a defect.
    if !(MIN_EYE_DISTANCE..).contains(&distance) {
        return Err(Defect::TooSmall);
    }
    if !face
        .landmarks
        .iter()
        .all(|[x, y]| (0.0..=width).contains(x) && (0.0..=height).contains(y))
    {
        return Err(Defect::CutOff);
    }
    let along = [
        (right_eye[0] - left_eye[0]) / distance,
        (right_eye[1] - left_eye[1]) / distance,
    ];
    let middle = |a: [f32; 2], b: [f32; 2]| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let eyes = middle(left_eye, right_eye);
    // In eye distances, along the eyes' line and down from it.
    let seen = |[x, y]: [f32; 2]| {
        let (x, y) = (x - eyes[0], y - eyes[1]);
        [
            (x * along[0] + y * along[1]) / distance,
            (y * along[0] - x * along[1]) / distance,
        ]
    };
    let ([nose_across, nose_down], [_, mouth_down]) =
        (seen(nose), seen(middle(left_mouth, right_mouth)));
    let upright = along[0] >= MAX_TILT_DEGREES.to_radians().cos();
    let ahead =
        nose_across.abs() <= MAX_NOSE_OFFSET && NOSE_HEIGHT.contains(&(nose_down / mouth_down));
    if upright && ahead && mouth_down > 0.0 {
        Ok(())
    } else {
        Err(Defect::ExtremePose)
    }
}

/// Judges the aligned face.
pub(crate) fn light_and_focus(aligned: &Rgb) -> Result<(), Defect> {
    let measured = Measured::of(aligned);
    if !(MIN_BRIGHTNESS..).contains(&measured.brightness) {
        Err(Defect::TooDark)
    } else if !(..=MAX_BRIGHTNESS).contains(&measured.brightness) {
        Err(Defect::TooBright)
    } else if !(MIN_CONTRAST..).contains(&measured.contrast) {
        Err(Defect::LowContrast)
    } else if !(MIN_SHARPNESS..).contains(&measured.sharpness) {
        Err(Defect::Blurred)
    } else {
        Ok(())
    }
}

/// Brightness, contrast and detail of the middle of an aligned face: brow to chin, cheek to cheek.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) brightness: f32,
    pub(crate) contrast: f32,
    pub(crate) sharpness: f32,
}

impl Measured {
    pub(crate) fn of(aligned: &Rgb) -> Self {
        let (columns, rows) = (24..88_u32, 32..104_u32);
        // ITU-R BT.601 luma.
        let luma = |x, y| {
            let [red, green, blue] = aligned.pixel(x, y).unwrap_or_default().map(f32::from);
            0.299 * red + 0.587 * green + 0.114 * blue
        };
        let (mut values, mut details) = (Spread::default(), Spread::default());
        for y in rows {
            for x in columns.clone() {
                let here = luma(x, y);
                values.add(here);
                details.add(
                    luma(x - 1, y) + luma(x + 1, y) + luma(x, y - 1) + luma(x, y + 1) - 4.0 * here,
                );
            }
        }
        let variance = values.variance();
        Self {
            brightness: values.mean(),
            contrast: variance.sqrt(),
            sharpness: details.variance() / variance.max(1e-6),
        }
    }
}

#[derive(Default)]
struct Spread {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Spread {
    fn add(&mut self, value: f32) {
        let value = f64::from(value);
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn mean(&self) -> f32 {
        (self.sum / self.count) as f32
    }

    fn variance(&self) -> f32 {
        (self.squares / self.count - (self.sum / self.count).powi(2)).max(0.0) as f32
    }
}
