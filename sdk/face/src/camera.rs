//! Frames as cameras give them: planes with strides, turned as the sensor lies. One pass, one copy, into upright pixels.
//!
//! Luminance and chrominance are taken as JFIF defines them (ITU-R BT.601, full range), as Android's cameras give them.

use crate::decode::LIVE_PIXEL_LIMIT;
use crate::error::FaceError;
use crate::rgb::Rgb;

/// One plane of samples. The sample at (x, y) lies at `y * row_stride + x * pixel_stride`.
#[derive(Clone, Copy)]
pub struct Plane<'a> {
    /// The samples, with whatever padding lies between.
    pub bytes: &'a [u8],
    /// Bytes from one row to the next.
    pub row_stride: usize,
    /// Bytes from one sample to the next.
    pub pixel_stride: usize,
}

/// The planes of a frame.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Pixels<'a> {
    /// Red, green, blue in one plane.
    Rgb(Plane<'a>),
    /// Blue, green, red, alpha in one plane; alpha is left out.
    Bgra(Plane<'a>),
    /// Luminance, and V and U by turns at half the width and height.
    Nv21 {
        /// Luminance.
        y: Plane<'a>,
        /// V and U by turns; its `pixel_stride` is 2.
        vu: Plane<'a>,
    },
    /// Luminance, and U and V at half the width and height, each in a plane of its own or interleaved by its strides
    /// (YUV_420_888).
    Yuv420 {
        /// Luminance.
        y: Plane<'a>,
        /// Blue difference.
        u: Plane<'a>,
        /// Red difference.
        v: Plane<'a>,
    },
}

/// By how much a frame must be turned, clockwise, to stand upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rotation {
    /// Not at all.
    #[default]
    None,
    /// A quarter.
    Quarter,
    /// Upside down.
    Half,
    /// Three quarters.
    ThreeQuarters,
}

impl Rotation {
    /// 0, 90, 180 or 270 degrees clockwise.
    #[must_use]
    pub const fn from_degrees(degrees: u32) -> Option<Self> {
        match degrees {
            0 => Some(Self::None),
            90 => Some(Self::Quarter),
            180 => Some(Self::Half),
            270 => Some(Self::ThreeQuarters),
            _ => None,
        }
    }
}

/// Makes upright pixels of a camera's frame of `width × height`, as the sensor gave it.
///
/// # Errors
/// [`FaceError::FrameTooLarge`] beyond [`LIVE_PIXEL_LIMIT`]; [`FaceError::WrongPixelCount`] where a plane is too short for
/// its strides, or a side is zero.
pub fn upright(
    width: u32,
    height: u32,
    pixels: Pixels<'_>,
    rotation: Rotation,
) -> Result<Rgb, FaceError> {
    if u64::from(width) * u64::from(height) > u64::from(LIVE_PIXEL_LIMIT) {
        return Err(FaceError::FrameTooLarge {
            width,
            height,
            limit: LIVE_PIXEL_LIMIT,
        });
    }
    let (columns, rows) = (width as usize, height as usize);
    let (half_columns, half_rows) = (columns.div_ceil(2), rows.div_ceil(2));
    let held = match pixels {
        Pixels::Rgb(plane) => plane.holds(columns, rows, 3),
        Pixels::Bgra(plane) => plane.holds(columns, rows, 4),
        Pixels::Nv21 { y, vu } => y.holds(columns, rows, 1) && vu.holds(half_columns, half_rows, 2),
        Pixels::Yuv420 { y, u, v } => {
            y.holds(columns, rows, 1)
                && u.holds(half_columns, half_rows, 1)
                && v.holds(half_columns, half_rows, 1)
        }
    };
    if !held || width == 0 || height == 0 {
        return Err(FaceError::WrongPixelCount {
            width,
            height,
            bytes: pixels.first().bytes.len(),
        });
    }
    let (upright_width, upright_height) = match rotation {
        Rotation::None | Rotation::Half => (width, height),
        Rotation::Quarter | Rotation::ThreeQuarters => (height, width),
    };
    let mut out = Vec::with_capacity(columns * rows * 3);
    for to_y in 0..upright_height as usize {
        for to_x in 0..upright_width as usize {
            let (x, y) = match rotation {
                Rotation::None => (to_x, to_y),
                Rotation::Quarter => (to_y, rows - 1 - to_x),
                Rotation::Half => (columns - 1 - to_x, rows - 1 - to_y),
                Rotation::ThreeQuarters => (columns - 1 - to_y, to_x),
            };
            out.extend_from_slice(&pixels.at(x, y));
        }
    }
    Rgb::new(upright_width, upright_height, out)
}

impl Plane<'_> {
    /// Whether `columns × rows` samples of `bytes` bytes each lie within, and no row in another.
    fn holds(&self, columns: usize, rows: usize, bytes: usize) -> bool {
        let last = |count: usize, stride: usize| count.checked_sub(1)?.checked_mul(stride);
        last(rows, self.row_stride)
            .zip(last(columns, self.pixel_stride))
            .and_then(|(row, column)| row.checked_add(column)?.checked_add(bytes))
            .is_some_and(|end| end <= self.bytes.len())
            && self.pixel_stride >= bytes
            && (rows < 2
                || last(columns, self.pixel_stride)
                    .and_then(|column| column.checked_add(bytes))
                    .is_some_and(|row| row <= self.row_stride))
    }

    fn byte(&self, x: usize, y: usize, offset: usize) -> u8 {
        let at = y * self.row_stride + x * self.pixel_stride + offset;
        self.bytes.get(at).copied().unwrap_or_default()
    }
}

impl<'a> Pixels<'a> {
    const fn first(&self) -> &Plane<'a> {
        match self {
            Self::Rgb(plane) | Self::Bgra(plane) => plane,
            Self::Nv21 { y, .. } | Self::Yuv420 { y, .. } => y,
        }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        match self {
            Self::Rgb(plane) => [0, 1, 2].map(|channel| plane.byte(x, y, channel)),
            Self::Bgra(plane) => [2, 1, 0].map(|channel| plane.byte(x, y, channel)),
            Self::Nv21 { y: luminance, vu } => rgb(
                luminance.byte(x, y, 0),
                vu.byte(x / 2, y / 2, 1),
                vu.byte(x / 2, y / 2, 0),
            ),
            Self::Yuv420 { y: luminance, u, v } => rgb(
                luminance.byte(x, y, 0),
                u.byte(x / 2, y / 2, 0),
                v.byte(x / 2, y / 2, 0),
            ),
        }
    }
}

/// JFIF 1.02, page 3, in 16 binary places.
fn rgb(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (i32::from(y) << 16, i32::from(u) - 128, i32::from(v) - 128);
    let rounded = |value: i32| u8::try_from(((value + 0x8000) >> 16).clamp(0, 255)).unwrap_or(255);
    [
        rounded(y + 91_881 * v),
        rounded(y - 22_554 * u - 46_802 * v),
        rounded(y + 116_130 * u),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(bytes: &[u8], row_stride: usize, pixel_stride: usize) -> Plane<'_> {
        Plane {
            bytes,
            row_stride,
            pixel_stride,
        }
    }

    #[test]
    fn a_frame_is_turned_clockwise() {
        // a b c
        // d e f
        let letters: Vec<u8> = b"abcdef".iter().flat_map(|c| [*c; 3]).collect();
        for (degrees, width, expected) in [
            (0, 3, b"abcdef"),
            (90, 2, b"daebfc"),
            (180, 3, b"fedcba"),
            (270, 2, b"cfbead"),
        ] {
            let rotation = Rotation::from_degrees(degrees).unwrap();
            let turned = upright(3, 2, Pixels::Rgb(plane(&letters, 9, 3)), rotation).unwrap();
            assert_eq!(turned.width(), width);
            let found: Vec<u8> = turned.pixels().iter().copied().step_by(3).collect();
            assert_eq!(found, expected, "{degrees}");
        }
        assert_eq!(Rotation::from_degrees(45), None);
    }

    #[test]
    fn strides_and_order_are_kept_to() {
        // Two columns, two rows, a padding of three bytes after each row.
        let bgra = [
            1, 2, 3, 255, 4, 5, 6, 255, 0, 0, 0, 7, 8, 9, 255, 10, 11, 12, 255,
        ];
        let frame = upright(2, 2, Pixels::Bgra(plane(&bgra, 11, 4)), Rotation::None).unwrap();
        assert_eq!(frame.pixels(), [3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10]);
    }

    #[test]
    fn colours_are_those_of_jfif() {
        for (y, u, v, expected) in [
            (0, 128, 128, [0, 0, 0]),
            (255, 128, 128, [255, 255, 255]),
            (76, 85, 255, [254, 0, 0]),
            (150, 44, 21, [0, 255, 1]),
            (29, 255, 107, [0, 0, 254]),
        ] {
            let of = [y; 4];
            let (blue, red, by_turns) = ([u], [v], [v, u]);
            let planes = Pixels::Yuv420 {
                y: plane(&of, 2, 1),
                u: plane(&blue, 1, 1),
                v: plane(&red, 1, 1),
            };
            let frame = upright(2, 2, planes, Rotation::None).unwrap();
            assert_eq!(frame.pixel(1, 1), Some(expected));
            // The same, interleaved.
            let nv21 = Pixels::Nv21 {
                y: plane(&of, 2, 1),
                vu: plane(&by_turns, 2, 2),
            };
            let same = upright(2, 2, nv21, Rotation::None).unwrap();
            assert_eq!(same.pixels(), frame.pixels());
        }
    }

    #[test]
    fn odd_sides_have_half_a_sample_more() {
        let (y, vu) = ([128; 9], [128; 8]);
        let frame = |vu| Pixels::Nv21 {
            y: plane(&y, 3, 1),
            vu: plane(vu, 4, 2),
        };
        assert!(upright(3, 3, frame(&vu[..]), Rotation::Quarter).is_ok());
        assert!(upright(3, 3, frame(&vu[..7]), Rotation::Quarter).is_err());
    }

    #[test]
    fn planes_that_are_too_short_are_refused_whatever_they_say() {
        let bytes = [0; 27];
        for (width, height, row_stride, pixel_stride) in [
            (3, 4, 9, 3),
            (4, 3, 9, 3),
            (0, 3, 9, 3),
            (3, 0, 9, 3),
            (3, 3, usize::MAX, 3),
            (3, 3, 9, usize::MAX),
            (3, 3, 9, 2),
            (3, 3, 0, 3),
            (3, 3, 8, 3),
        ] {
            let frame = Pixels::Rgb(plane(&bytes, row_stride, pixel_stride));
            assert!(matches!(
                upright(width, height, frame, Rotation::Half),
                Err(FaceError::WrongPixelCount { .. })
            ));
        }
        let frame = Pixels::Rgb(plane(&bytes, 0, 3));
        assert!(matches!(
            upright(u32::MAX, u32::MAX, frame, Rotation::None),
            Err(FaceError::FrameTooLarge { .. })
        ));
    }
}
