//! ISO/IEC 19794-5:2005, clause 5: the facial record of documents issued until 2030.

use super::{FaceEncoding, FaceImage, MAX_IMAGES, Oddities, too_many};
use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::FileId;
use crate::tlv::Tlv;
use alloc::vec::Vec;

/// By how much real chips get a length wrong (deviations row 101: New Zealand by 8, the United Kingdom by 1).
const LENGTH_TOLERANCE: usize = 8;

/// `FAC\0 010\0 length images`, then for every image 20 bytes of facial information, 8 for each feature point, 12 of
/// image information, and the image.
pub(super) fn facial_record(
    block: &Tlv<'_>,
    images: &mut Vec<FaceImage>,
    oddities: &mut Oddities,
) -> Result<(), ParseError> {
    let header = block.raw.len().saturating_sub(block.value.len());
    let start = block.offset.saturating_add(header);
    let mut cursor = Cursor {
        bytes: block.value,
        at: 0,
        start,
    };
    if cursor.take(4)? != b"FAC\0" {
        return Err(cursor.error(ParseErrorKind::Value));
    }
    cursor.take(4)?; // version
    cursor.take(4)?; // length of the record: what the block's own length says, when it is right
    let count = usize::from(cursor.u16()?);
    if images.len().saturating_add(count) > MAX_IMAGES {
        return Err(too_many(cursor.start.saturating_add(cursor.at)));
    }
    for index in 0..count {
        let block_start = cursor.at;
        let block_len = cursor.u32()?;
        let feature_points = usize::from(cursor.u16()?);
        cursor.take(14)?; // sex, eyes, hair, features, expression, pose
        cursor.take(feature_points.saturating_mul(8))?;
        cursor.take(2)?; // image type and data type
        let (width, height) = (cursor.u16()?, cursor.u16()?);
        cursor.take(6)?; // colour space, source, device, quality
        let used = cursor.at.saturating_sub(block_start);
        let left = cursor.bytes.len().saturating_sub(cursor.at);
        // The last image ends with the block; where the stated length is a little off, the block is right.
        let last = index.saturating_add(1) == count;
        let actual = used.saturating_add(left);
        let len = if last && block_len.abs_diff(actual) <= LENGTH_TOLERANCE {
            if block_len != actual {
                oddities.note("length_of_image_record_wrong");
            }
            left
        } else {
            block_len
                .checked_sub(used)
                .ok_or_else(|| cursor.error(ParseErrorKind::Length))?
        };
        let data = cursor.take(len)?;
        let encoding = FaceEncoding::Iso19794;
        images.push(FaceImage::new(data, (width, height), encoding, oddities));
    }
    Ok(())
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    start: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], ParseError> {
        let end = self.at.saturating_add(len);
        let taken = self
            .bytes
            .get(self.at..end)
            .ok_or_else(|| self.error(ParseErrorKind::Truncated))?;
        self.at = end;
        Ok(taken)
    }

    fn u16(&mut self) -> Result<u16, ParseError> {
        let bytes = self.take(2)?;
        Ok(bytes.iter().fold(0, |n, b| n << 8 | u16::from(*b)))
    }

    fn u32(&mut self) -> Result<usize, ParseError> {
        let bytes = self.take(4)?;
        let value = bytes.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
        usize::try_from(value).map_err(|_| self.error(ParseErrorKind::Length))
    }

    const fn error(&self, kind: ParseErrorKind) -> ParseError {
        ParseError::new(Some(FileId::DG2), self.start.saturating_add(self.at), kind)
    }
}

#[cfg(test)]
mod tests {
    use crate::lds::dg2::*;
    use crate::tlv::{encode, encode_all};
    use alloc::vec;

    fn record(images: &[(&[u8], u16)], length_error: i32) -> Vec<u8> {
        let mut body = Vec::new();
        for (image, points) in images {
            let len = 32 + 8 * u32::from(*points) + image.len() as u32;
            body.extend_from_slice(&len.wrapping_add_signed(length_error).to_be_bytes());
            body.extend_from_slice(&points.to_be_bytes());
            body.extend_from_slice(&[0; 14]);
            body.extend_from_slice(&vec![0; 8 * usize::from(*points)]);
            body.extend_from_slice(&[1, 0, 0x01, 0x2C, 0x01, 0x90, 1, 2, 0, 0, 0, 0]);
            body.extend_from_slice(image);
        }
        let mut record = b"FAC\x00010\x00".to_vec();
        record.extend_from_slice(&(14 + body.len() as u32).to_be_bytes());
        record.extend_from_slice(&(images.len() as u16).to_be_bytes());
        record.extend_from_slice(&body);
        let template = encode_all(0x7F60, &[&encode(0xA1, &[]), &encode(0x5F2E, &record)]);
        let group = encode_all(0x7F61, &[&encode(0x02, &[1]), &template]);
        encode(0x75, &group)
    }

    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    const J2K: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51, 9];

    #[test]
    fn several_images_with_feature_points() {
        let images = parse(&record(&[(JPEG, 0), (J2K, 3)], 0)).unwrap().images;
        assert_eq!(images.len(), 2);
        assert_eq!(*images[0].data, JPEG);
        assert_eq!(images[0].format, ImageFormat::Jpeg);
        assert_eq!((images[0].width, images[0].height), (300, 400));
        assert_eq!(*images[1].data, J2K);
        assert_eq!(images[1].format, ImageFormat::Jpeg2000Codestream);
    }

    #[test]
    fn row_101_lengths_a_little_off_are_survived() {
        for off in [-8, -1, 1, 8] {
            let faces = parse(&record(&[(JPEG, 0)], off)).unwrap();
            assert_eq!(*faces.images[0].data, JPEG);
            assert_eq!(faces.deviations, ["length_of_image_record_wrong"]);
        }
        assert!(
            parse(&record(&[(JPEG, 0)], 0))
                .unwrap()
                .deviations
                .is_empty()
        );
        assert!(parse(&record(&[(JPEG, 0)], 9)).is_err());
    }

    #[test]
    fn no_image_is_an_empty_list() {
        assert_eq!(parse(&record(&[], 0)).unwrap(), Faces::default());
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = record(&[(JPEG, 2), (J2K, 0)], 0);
        for i in 0..good.len() {
            assert!(parse(&good[..i]).is_err());
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[i] ^= 1 << bit;
                let _ = parse(&bad);
            }
        }
    }
}
