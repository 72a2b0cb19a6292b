//! From the bytes of a portrait or a photograph to pixels.
//!
//! Portrait: JPEG or JPEG 2000, as ISO/IEC 19794-5 (Doc 9303-10, 4.7.2) allows in DG2. Live image: also PNG.
//! The format is told by its first bytes, never by a name. Width and height are read from the header and held
//! against a cap before anything is allocated for pixels.

use crate::{error::FaceError, jpeg2000, raster, rgb::Rgb};
use core::fmt;

/// The most pixels of a chip portrait that are decoded (real ones hold some 0.1 to 0.5 million).
pub const PORTRAIT_PIXEL_LIMIT: u32 = 4_000_000;
/// The most pixels of a live image that are decoded, save JPEG 2000, where [`PORTRAIT_PIXEL_LIMIT`] holds for both.
pub const LIVE_PIXEL_LIMIT: u32 = 50_000_000;

/// How far into a portrait's bytes its image may begin: some issuers leave part of the record header before it.
const PORTRAIT_SEARCH: usize = 1024;

/// An image format, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// ISO/IEC 10918 (FF D8 FF).
    Jpeg,
    /// ISO/IEC 15444-1 Annex I, the boxed file.
    Jp2,
    /// ISO/IEC 15444-1 Annex A, the bare codestream (FF 4F FF 51).
    Jpeg2000Codestream,
    /// ISO/IEC 15948.
    Png,
}

impl Format {
    /// The format whose signature stands at the start of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        [
            (&b"\xFF\xD8\xFF"[..], Self::Jpeg),
            (b"\x00\x00\x00\x0CjP  \r\n\x87\n", Self::Jp2),
            (b"\xFF\x4F\xFF\x51", Self::Jpeg2000Codestream),
            (b"\x89PNG\r\n\x1A\n", Self::Png),
        ]
        .into_iter()
        .find_map(|(signature, format)| bytes.starts_with(signature).then_some(format))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Jp2 => "JP2",
            Self::Jpeg2000Codestream => "JPEG 2000 codestream",
            Self::Png => "PNG",
        })
    }
}

/// Decodes a chip's portrait: JPEG, JP2 or a bare JPEG 2000 codestream, colour or grey.
///
/// The image may begin up to 1,024 bytes into `bytes`, and padding may follow it. The picture is taken as it stands:
/// orientation marks inside a portrait are not obeyed, since the standard knows none.
///
/// # Errors
/// Codes 9001 to 9004: no image there, damaged, too large, or of a structure that is refused.
pub fn decode_portrait(bytes: &[u8]) -> Result<Rgb, FaceError> {
    let (start, format) = (0..PORTRAIT_SEARCH.min(bytes.len()))
        .find_map(|start| {
            let format = Format::of(bytes.get(start..)?)?;
            (format != Format::Png).then_some((start, format))
        })
        .ok_or(FaceError::NotAnImage)?;
    let image = bytes.get(start..).ok_or(FaceError::NotAnImage)?;
    match format {
        Format::Jpeg => raster::decode(
            image,
            format,
            PORTRAIT_PIXEL_LIMIT,
            raster::Orientation::AsStored,
        ),
        _ => jpeg2000::decode(image, format, PORTRAIT_PIXEL_LIMIT),
    }
}

/// Decodes a live image: JPEG, PNG or JPEG 2000, beginning at its first byte. Turned upright by its EXIF orientation.
///
/// # Errors
/// Codes 9001 to 9004, as for [`decode_portrait`].
pub fn decode_live(bytes: &[u8]) -> Result<Rgb, FaceError> {
    match Format::of(bytes).ok_or(FaceError::NotAnImage)? {
        format @ (Format::Jpeg | Format::Png) => raster::decode(
            bytes,
            format,
            LIVE_PIXEL_LIMIT,
            raster::Orientation::Upright,
        ),
        format => jpeg2000::decode(bytes, format, PORTRAIT_PIXEL_LIMIT),
    }
}

/// Refuses a size before anything is allocated for it.
pub(crate) fn check_size(
    format: Format,
    width: u32,
    height: u32,
    limit: u32,
) -> Result<(), FaceError> {
    match u64::from(width) * u64::from(height) {
        0 => Err(FaceError::ImageDamaged { format }),
        pixels if pixels > u64::from(limit) => Err(FaceError::ImageTooLarge {
            format,
            width,
            height,
            limit,
        }),
        _ => Ok(()),
    }
}
