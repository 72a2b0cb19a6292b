//! Pictures as data groups hold them: JPEG, JPEG 2000 in its file format, or a bare JPEG 2000 codestream.
//!
//! Doc 9303-10, 4.7.2, 4.7.5, 4.7.7, 4.7.11 and 4.7.12; ISO/IEC 10918-1, B.2 (markers); ISO/IEC 15444-1, A.4 and I.5.
//! What a picture is says its first bytes, for the record's own word is often wrong. Nothing is decoded here.

use super::data_element::Oddities;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// How far behind the beginning of the data a picture is looked for (deviations row 103).
const SEARCHED: usize = 512;
/// The end of a JPEG image and of a JPEG 2000 codestream alike.
const END: [u8; 2] = [0xFF, 0xD9];

/// How an image is compressed, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImageFormat {
    /// JPEG.
    Jpeg,
    /// JPEG 2000 in its file format.
    Jp2,
    /// A JPEG 2000 codestream without a file around it (deviations row 102).
    Jpeg2000Codestream,
    /// Something else.
    Unknown,
}

impl ImageFormat {
    /// The usual ending of a file's name: `jpg`, `jp2`, `j2k` or `bin`.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Jp2 => "jp2",
            Self::Jpeg2000Codestream => "j2k",
            Self::Unknown => "bin",
        }
    }

    /// What `data` begins with.
    #[must_use]
    pub fn sniff(data: &[u8]) -> Self {
        if data.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Self::Jpeg
        } else if data.starts_with(&[0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]) {
            Self::Jp2
        } else if data.starts_with(&[0xFF, 0x4F, 0xFF, 0x51]) {
            Self::Jpeg2000Codestream
        } else {
            Self::Unknown
        }
    }
}

/// A picture, still compressed. Wiped on drop, hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    /// The compressed bytes.
    pub data: Zeroizing<Vec<u8>>,
    /// What their first bytes say that they are.
    pub format: ImageFormat,
}

impl Image {
    /// The picture in `bytes`, without what stands before and behind it.
    pub(super) fn of(bytes: &[u8], oddities: &mut Oddities) -> Self {
        let data = alone(bytes, oddities);
        Self {
            data: Zeroizing::new(data.to_vec()),
            format: ImageFormat::sniff(data),
        }
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image({:?}, {} bytes)", self.format, self.data.len())
    }
}

/// The picture without what stands before it (deviations row 103) and the filling behind it (row 104).
pub(super) fn alone<'a>(bytes: &'a [u8], oddities: &mut Oddities) -> &'a [u8] {
    let start = start(bytes);
    if start > 0 {
        oddities.note("image_not_at_its_place");
    }
    let image = bytes.get(start..).unwrap_or_default();
    let end = end(image);
    if end < image.len() {
        oddities.note("bytes_behind_the_image");
    }
    image.get(..end).unwrap_or_default()
}

/// Where the picture begins: 0 where it begins at once, or nowhere near.
fn start(bytes: &[u8]) -> usize {
    (0..bytes.len().min(SEARCHED))
        .find(|at| {
            bytes
                .get(*at..)
                .is_some_and(|rest| ImageFormat::sniff(rest) != ImageFormat::Unknown)
        })
        .unwrap_or(0)
}

/// Where the picture ends: behind its last end marker, if nothing but filling follows; else with the bytes.
fn end(image: &[u8]) -> usize {
    if ImageFormat::sniff(image) == ImageFormat::Unknown {
        return image.len();
    }
    let marker = image.windows(END.len()).rposition(|w| w == END);
    let Some(end) = marker.map(|at| at.saturating_add(END.len())) else {
        return image.len();
    };
    let behind = image.get(end..).unwrap_or_default();
    let is_filling = behind.iter().all(|b| matches!(b, 0x00 | 0x20 | 0xFF));
    if is_filling { end } else { image.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 0xFF, 0xD9];
    const J2K: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51, 9, 9, 0xFF, 0xD9];
    const JP2: &[u8] = &[
        0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A, 7, 0xFF, 0xD9,
    ];

    fn read(bytes: &[u8]) -> (Image, Vec<&'static str>) {
        let mut oddities = Oddities::default();
        (Image::of(bytes, &mut oddities), oddities.0)
    }

    #[test]
    fn row_102_a_bare_codestream_is_told_by_its_first_bytes() {
        for (bytes, format) in [
            (JPEG, ImageFormat::Jpeg),
            (J2K, ImageFormat::Jpeg2000Codestream),
            (JP2, ImageFormat::Jp2),
            (b"GIF89a", ImageFormat::Unknown),
            (&[], ImageFormat::Unknown),
        ] {
            let (image, oddities) = read(bytes);
            assert_eq!(image.format, format);
            assert_eq!(*image.data, bytes);
            assert!(oddities.is_empty());
        }
    }

    #[test]
    fn row_103_a_picture_that_does_not_begin_at_once_is_found() {
        for picture in [JPEG, J2K, JP2] {
            let (image, oddities) = read(&[&[1, 2, 3, 4, 5][..], picture].concat());
            assert_eq!(*image.data, picture);
            assert_eq!(oddities, ["image_not_at_its_place"]);
            let far = [&[1; SEARCHED][..], picture].concat();
            let (image, oddities) = read(&far);
            assert_eq!((image.format, oddities), (ImageFormat::Unknown, Vec::new()));
            assert_eq!(*image.data, far);
        }
    }

    #[test]
    fn row_104_filling_behind_the_picture_is_cut_at_its_end() {
        for filler in [&[0x00; 9][..], &[0xFF; 3], b"   "] {
            for picture in [JPEG, J2K, JP2] {
                let (image, oddities) = read(&[picture, filler].concat());
                assert_eq!(*image.data, picture);
                assert_eq!(oddities, ["bytes_behind_the_image"]);
            }
        }
        // A box behind the codestream is no filling.
        let boxed = [JP2, &[0, 0, 0, 9, b'x', b'm', b'l', b' ', b'!']].concat();
        assert_eq!(*read(&boxed).0.data, boxed);
    }
}
