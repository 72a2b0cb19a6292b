//! ISO/IEC 39794-5:2019, as the ICAO application profile for eMRTDs narrows it: the face of documents from 2026 on.
//!
//! Doc 9303-10, 4.5.6. Of the profile's schema `ID-ICAO-ISO-IEC-39794-5-ed-1-v1` (implicit tags, but CHOICEs keep theirs)
//! this much leads to the picture, and the rest is passed over:
//!
//! ```text
//! 7F2E { A1 { FaceImageDataBlock } }
//! FaceImageDataBlock ::= [APPLICATION 5] SEQUENCE {
//!     versionBlock [0], representationBlocks [1] SEQUENCE OF SEQUENCE {
//!         representationId [0], imageRepresentation [1] CHOICE {
//!             base [0] CHOICE { imageRepresentation2DBlock [0] SEQUENCE {
//!                 representationData2D [0] OCTET STRING,
//!                 imageInformation2DBlock [1] SEQUENCE {
//!                     ..., imageSizeBlock [7] SEQUENCE { width [0], height [1] } OPTIONAL, ... } } } }, ... } }
//! ```
//! This software makes use of the Schema from ISO/IEC 39794-5 within modifications permitted in the relevant ISO/IEC
//! standard. Please reproduce this note if possible. The schema is provided by its copyright holders and contributors "as
//! is"; its disclaimer stands in `test-vectors/cards/published-data-groups/PROVENANCE.md`.

use super::{FaceEncoding, FaceImage, MAX_IMAGES, Oddities, too_many};
use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::FileId;
use crate::tlv::{Tlv, TlvError};
use alloc::vec::Vec;

/// The face image data block: `65`, in A1 as the profile demands or without it.
pub(super) fn face_image_data_block(
    block: &Tlv<'_>,
    images: &mut Vec<FaceImage>,
    oddities: &mut Oddities,
) -> Result<(), ParseError> {
    let mut inside = block.children();
    let wrapped = inside.take_if(0xA1);
    let data_block = match &wrapped {
        Some(wrapped) => expect(wrapped, 0x65)?,
        None => {
            oddities.note("face_image_data_block_not_wrapped");
            inside.expect(0x65).map_err(error)?
        }
    };
    for representation in expect(&data_block, 0xA1)?.children() {
        let representation = representation.map_err(error)?;
        // An extension in the picture's place is of no kind that this edition knows.
        let Some(base) = expect(&representation, 0xA1)?.child(0xA0) else {
            oddities.note("face_representation_unknown");
            continue;
        };
        if images.len() >= MAX_IMAGES {
            return Err(too_many(representation.offset));
        }
        let flat = expect(&base, 0xA0)?;
        let data = expect(&flat, 0x80)?;
        let size = flat
            .child(0xA1)
            .and_then(|information| information.child(0xA7));
        let length = |tag| size.and_then(|size| number(&size.child(tag)?));
        let size = (
            length(0x80).unwrap_or_default(),
            length(0x81).unwrap_or_default(),
        );
        let encoding = FaceEncoding::Iso39794;
        images.push(FaceImage::new(data.value, size, encoding, oddities));
    }
    Ok(())
}

/// The child with this tag, wherever it stands among its siblings.
fn expect<'a>(parent: &Tlv<'a>, tag: u32) -> Result<Tlv<'a>, ParseError> {
    let mut reader = parent.children();
    loop {
        if reader.is_empty() {
            let (offset, kind) = (reader.offset(), ParseErrorKind::Truncated);
            return Err(ParseError::new(Some(FileId::DG2), offset, kind));
        }
        let child = reader.read().map_err(error)?;
        if child.tag.0 == tag {
            return Ok(child);
        }
    }
}

/// An INTEGER of 0 to 65,535; `None` for any other.
fn number(integer: &Tlv<'_>) -> Option<u16> {
    let digits = crate::asn1::without_leading_zeros(integer.value);
    (digits.len() <= 2).then(|| digits.iter().fold(0, |n, b| n << 8 | u16::from(*b)))
}

const fn error(e: TlvError) -> ParseError {
    ParseError::of_tlv(FileId::DG2, e)
}

#[cfg(test)]
mod tests {
    use crate::lds::dg2::*;
    use crate::tlv::{encode, encode_all};
    use alloc::vec;

    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 0xFF, 0xD9];

    fn representation(picture: &[u8]) -> Vec<u8> {
        let size = encode_all(
            0xA7,
            &[&encode(0x80, &[0x01, 0x2C]), &encode(0x81, &[0, 0x84, 0])],
        );
        let information = encode_all(0xA1, &[&encode(0xA0, &encode(0x80, &[2])), &size]);
        let flat = encode_all(0xA0, &[&encode(0x80, picture), &information]);
        let image = encode(0xA1, &encode(0xA0, &flat));
        encode_all(0x30, &[&encode(0x80, &[0]), &image])
    }

    fn file(representations: &[&[u8]], tag: u32, wrapped: bool) -> Vec<u8> {
        let version = encode_all(0xA0, &[&encode(0x80, &[3]), &encode(0x81, &[0x07, 0xE3])]);
        let block = encode_all(0x65, &[&version, &encode_all(0xA1, representations)]);
        let block = if wrapped { encode(0xA1, &block) } else { block };
        let template = encode_all(0x7F60, &[&encode(0xA1, &[]), &encode(tag, &block)]);
        let group = encode_all(0x7F61, &[&encode(0x02, &[1]), &template]);
        encode(0x75, &group)
    }

    #[test]
    fn a_picture_with_its_size() {
        let faces = parse(&file(&[&representation(JPEG)], 0x7F2E, true)).unwrap();
        assert_eq!(faces.images.len(), 1);
        assert_eq!(*faces.images[0].data, JPEG);
        assert_eq!(
            (faces.images[0].width, faces.images[0].height),
            (300, 0x8400)
        );
        assert_eq!(faces.images[0].encoding, FaceEncoding::Iso39794);
        assert!(faces.deviations.is_empty());
    }

    #[test]
    fn departures_are_read_and_named() {
        let good = representation(JPEG);
        let old_tag = parse(&file(&[&good], 0x5F2E, true)).unwrap();
        assert_eq!(old_tag.images.len(), 1);
        assert_eq!(old_tag.deviations, ["biometric_data_under_the_other_tag"]);
        let bare = parse(&file(&[&good], 0x7F2E, false)).unwrap();
        assert_eq!(bare.images.len(), 1);
        assert_eq!(bare.deviations, ["face_image_data_block_not_wrapped"]);
        let other = encode_all(0x30, &[&encode(0xA1, &encode(0xA1, &[]))]);
        let unknown = parse(&file(&[&other, &good], 0x7F2E, true)).unwrap();
        assert_eq!(unknown.images.len(), 1);
        assert_eq!(unknown.deviations, ["face_representation_unknown"]);
    }

    #[test]
    fn more_pictures_than_any_document_has_are_refused() {
        let one = representation(JPEG);
        assert!(parse(&file(&vec![&one[..]; 16], 0x7F2E, true)).is_ok());
        assert!(parse(&file(&vec![&one[..]; 17], 0x7F2E, true)).is_err());
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = file(&[&representation(JPEG)], 0x7F2E, true);
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
