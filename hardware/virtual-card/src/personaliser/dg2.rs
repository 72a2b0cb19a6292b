//! DG2: the face, as ISO/IEC 19794-5:2005 or 39794-5:2019 in its templates.
//!
//! Doc 9303-10, 4.7.2 (templates 7F61, 7F60) and ISO/IEC 19794-5, 5.3 to 5.7 (facial record header, facial information,
//! image information).

mod iso39794;

use super::deviation::DataGroupDeviation;
use super::profile::FaceEncoding;
use crate::error::VirtualCardError;
use chipid_emrtd::tlv;
use image::ImageReader;
use std::io::Cursor;

/// The whole file with `images` (JPEG or JPEG 2000), all in one record.
pub(crate) fn encode(
    images: &[&[u8]],
    encoding: FaceEncoding,
    deviations: &[DataGroupDeviation],
) -> Result<Vec<u8>, VirtualCardError> {
    let (format_type, record) = match encoding {
        FaceEncoding::Iso19794 | FaceEncoding::Absent => (
            0x08,
            tlv::encode(0x5F2E, &facial_record(images, deviations)?),
        ),
        FaceEncoding::Iso39794 => (0x2A, iso39794::template(images)?),
    };
    let header = tlv::encode_all(
        0xA1,
        &[
            // Facial features, no subtype; format owner and type of the standard.
            &tlv::encode(0x81, &[0x02]),
            &tlv::encode(0x82, &[0x00]),
            &tlv::encode(0x87, &[0x01, 0x01]),
            &tlv::encode(0x88, &[0x00, format_type]),
        ],
    );
    let template = tlv::encode_all(0x7F60, &[&header, &record]);
    Ok(tlv::encode(
        0x75,
        &tlv::encode_all(0x7F61, &[&tlv::encode(0x02, &[0x01]), &template]),
    ))
}

fn facial_record(
    images: &[&[u8]],
    deviations: &[DataGroupDeviation],
) -> Result<Vec<u8>, VirtualCardError> {
    let count = u16::try_from(images.len()).map_err(|_| VirtualCardError::Image)?;
    let blocks: Vec<Vec<u8>> = images
        .iter()
        .map(|image| facial_image(image, deviations))
        .collect::<Result<_, _>>()?;
    let blocks = blocks.concat();
    let mut record = b"FAC\x00010\x00".to_vec();
    record.extend(length(blocks.len() + 14)?);
    record.extend(count.to_be_bytes());
    record.extend(blocks);
    Ok(record)
}

fn facial_image(
    image: &[u8],
    deviations: &[DataGroupDeviation],
) -> Result<Vec<u8>, VirtualCardError> {
    let (kind, width, height) = describe(image)?;
    let before = deviations.contains(&DataGroupDeviation::ImageNotAtItsPlace);
    let behind = deviations.contains(&DataGroupDeviation::FillingBehindImage);
    let stored = [
        if before { &[0x55; 5][..] } else { &[] },
        image,
        if behind { &[0; 16] } else { &[] },
    ]
    .concat();
    let wrong_by = deviations.iter().find_map(|deviation| match deviation {
        DataGroupDeviation::FaceRecordLength(by) => Some(isize::from(*by)),
        _ => None,
    });
    // Facial information: length, no feature points, nothing said of gender, eyes, hair, properties, expression, pose.
    let stated = (stored.len() + 32).saturating_add_signed(wrong_by.unwrap_or_default());
    let mut out = length(stated)?.to_vec();
    out.extend([0; 16]);
    // Image information: full frontal; kind; size; RGB of 24 bits; source, device and quality unspecified (0).
    out.extend([0x01, kind]);
    out.extend(width.to_be_bytes());
    out.extend(height.to_be_bytes());
    out.extend([0x01, 0, 0, 0, 0, 0]);
    out.extend(stored);
    Ok(out)
}

fn length(bytes: usize) -> Result<[u8; 4], VirtualCardError> {
    u32::try_from(bytes)
        .map(u32::to_be_bytes)
        .map_err(|_| VirtualCardError::Image)
}

/// Kind (0: JPEG, 1: JPEG 2000), width and height.
fn describe(image: &[u8]) -> Result<(u8, u16, u16), VirtualCardError> {
    let (kind, width, height) = if image.starts_with(&[0xFF, 0xD8, 0xFF]) {
        let (width, height) = ImageReader::new(Cursor::new(image))
            .with_guessed_format()
            .map_err(|_| VirtualCardError::Image)?
            .into_dimensions()
            .map_err(|_| VirtualCardError::Image)?;
        (0, width, height)
    } else {
        let (width, height) = jpeg2000_size(image).ok_or(VirtualCardError::Image)?;
        (1, width, height)
    };
    let narrow = |n: u32| u16::try_from(n).map_err(|_| VirtualCardError::Image);
    Ok((kind, narrow(width)?, narrow(height)?))
}

/// Width and height from the codestream's SIZ segment, which follows SOC (ISO/IEC 15444-1, A.5.1).
fn jpeg2000_size(image: &[u8]) -> Option<(u32, u32)> {
    let boxed = image.starts_with(&[0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]);
    let start = image
        .windows(4)
        .position(|w| w == [0xFF, 0x4F, 0xFF, 0x51])
        .filter(|at| boxed || *at == 0)?;
    let mut numbers = image.get(start + 8..start + 24)?.chunks_exact(4).map(|c| {
        c.iter()
            .fold(0u32, |number, byte| number << 8 | u32::from(*byte))
    });
    let (x1, y1, x0, y0) = (
        numbers.next()?,
        numbers.next()?,
        numbers.next()?,
        numbers.next()?,
    );
    Some((x1.checked_sub(x0)?, y1.checked_sub(y0)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portrait::drawn_portrait;

    #[test]
    fn a_single_image_begins_at_byte_84() {
        let jpeg = drawn_portrait().unwrap();
        let file = encode(&[&jpeg], FaceEncoding::Iso19794, &[]).unwrap();
        assert_eq!(file.get(84..), Some(&*jpeg));
        // The facial record's length counts the whole record.
        assert_eq!(
            file.get(38..50).map(|b| (b[..8].to_vec(), b[8..].to_vec())),
            Some((
                b"FAC\x00010\x00".to_vec(),
                ((jpeg.len() + 46) as u32).to_be_bytes().to_vec()
            ))
        );
    }

    #[test]
    fn two_images_stand_one_after_the_other() {
        let jpeg = drawn_portrait().unwrap();
        let file = encode(&[&jpeg, &jpeg], FaceEncoding::Iso19794, &[]).unwrap();
        assert_eq!(file.len(), 84 + 2 * jpeg.len() + 32);
        assert!(file.ends_with(&jpeg));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [&b"GIF89a"[..], &[], &[0xFF, 0xD8, 0xFF]] {
            for encoding in [FaceEncoding::Iso19794, FaceEncoding::Iso39794] {
                assert_eq!(
                    encode(&[bytes], encoding, &[]),
                    Err(VirtualCardError::Image)
                );
            }
        }
    }

    #[test]
    fn a_jpeg_2000_codestream_tells_its_size() {
        let mut image = vec![0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0];
        for number in [531u32, 413, 100, 0] {
            image.extend(number.to_be_bytes());
        }
        assert_eq!(describe(&image), Ok((1, 431, 413)));
        assert_eq!(describe(&image[..20]), Err(VirtualCardError::Image));
    }
}
