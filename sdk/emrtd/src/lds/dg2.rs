//! DG2: the face, one or several images.
//!
//! Doc 9303-10, 4.5.6 and 4.7.2 (CBEFF templates; which standard encodes the record says the tag of its block).

mod iso19794;
mod iso39794;

use super::data_element::Oddities;
pub use super::image::ImageFormat;
use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::FileId;
use crate::tlv::{Tlv, outer};
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// More images than any document carries.
const MAX_IMAGES: usize = 16;

/// The contents of DG2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Faces {
    /// Every image, in the order of the file; none is no error (a young child's document).
    pub images: Vec<FaceImage>,
    /// What departs from the standard, by name.
    pub deviations: Vec<&'static str>,
}

/// An image of the holder's face as it stands on the chip. Wiped on drop, hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct FaceImage {
    /// The compressed image: JPEG or JPEG 2000.
    pub data: Zeroizing<Vec<u8>>,
    /// What the record says of the width, in pixels; 0 where it says nothing.
    pub width: u16,
    /// What the record says of the height, in pixels; 0 where it says nothing.
    pub height: u16,
    /// What the first bytes of the image say that it is.
    pub format: ImageFormat,
    /// Which standard encodes the record.
    pub encoding: FaceEncoding,
}

/// The standard that encodes a record of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaceEncoding {
    /// ISO/IEC 19794-5:2005.
    Iso19794,
    /// ISO/IEC 39794-5, which takes its place by 2030.
    Iso39794,
}

impl FaceEncoding {
    /// `iso-19794-5` or `iso-39794-5`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iso19794 => "iso-19794-5",
            Self::Iso39794 => "iso-39794-5",
        }
    }
}

impl FaceImage {
    fn new(
        bytes: &[u8],
        (width, height): (u16, u16),
        encoding: FaceEncoding,
        oddities: &mut Oddities,
    ) -> Self {
        let data = super::image::alone(bytes, oddities);
        Self {
            data: Zeroizing::new(data.to_vec()),
            width,
            height,
            format: ImageFormat::sniff(data),
            encoding,
        }
    }
}

impl fmt::Debug for FaceImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaceImage({:?}, {} bytes)", self.format, self.data.len())
    }
}

/// Reads every image of the file, in its order.
///
/// # Errors
/// [`ParseError`] with the offset in the file.
pub fn parse(bytes: &[u8]) -> Result<Faces, ParseError> {
    let tlv = |e| ParseError::of_tlv(FileId::DG2, e);
    let file = outer(bytes, FileId::DG2.tag()).map_err(tlv)?;
    let group = file.children().expect(0x7F61).map_err(tlv)?;
    let mut images = Vec::new();
    let mut oddities = Oddities::default();
    let (mut stated, mut templates) = (None, 0usize);
    for object in group.children() {
        let object = object.map_err(tlv)?;
        match object.tag.0 {
            0x02 => stated = object.value.last().map(|n| usize::from(*n)),
            0x7F60 => {
                templates = templates.saturating_add(1);
                for block in object.children() {
                    read_block(&block.map_err(tlv)?, &mut images, &mut oddities)?;
                }
            }
            _ => {}
        }
    }
    if stated != Some(templates) {
        oddities.note("count_of_instances_differs");
    }
    Ok(Faces {
        images,
        deviations: oddities.0,
    })
}

/// The tag says which standard the record follows; where its first bytes say otherwise, they are right.
fn read_block(
    block: &Tlv<'_>,
    images: &mut Vec<FaceImage>,
    oddities: &mut Oddities,
) -> Result<(), ParseError> {
    let (old, new) = (0x5F2E, 0x7F2E);
    if block.tag.0 != old && block.tag.0 != new {
        return Ok(());
    }
    let is_old = block.value.starts_with(b"FAC\0");
    let is_new = matches!(block.value.first(), Some(0xA1 | 0x65));
    let (is_new, expected) = match (is_old, is_new) {
        (false, true) => (true, new),
        (true, _) => (false, old),
        (false, false) => (block.tag.0 == new, block.tag.0),
    };
    if block.tag.0 != expected {
        oddities.note("biometric_data_under_the_other_tag");
    }
    if is_new {
        iso39794::face_image_data_block(block, images, oddities)
    } else {
        iso19794::facial_record(block, images, oddities)
    }
}

const fn too_many(offset: usize) -> ParseError {
    ParseError::new(Some(FileId::DG2), offset, ParseErrorKind::Value)
}
