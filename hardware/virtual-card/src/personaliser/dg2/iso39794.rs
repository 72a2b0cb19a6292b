//! The face as ISO/IEC 39794-5:2019 in the ICAO application profile for eMRTDs.
//!
//! Doc 9303-10, 4.5.6: `7F2E { A1 { 65 { version, representation blocks } } }`, DER with implicit tags.

use super::describe;
use crate::error::VirtualCardError;
use chipid_emrtd::tlv;

/// ISO/IEC 39794-5, `ImageDataFormatCode`: jpeg (2), jpeg2000Lossy (3).
const FORMATS: [u8; 2] = [2, 3];

/// The biometric data template with `images`, each a representation of its own.
pub(super) fn template(images: &[&[u8]]) -> Result<Vec<u8>, VirtualCardError> {
    let representations: Vec<Vec<u8>> = images
        .iter()
        .enumerate()
        .map(|(number, image)| representation(number as u8, image))
        .collect::<Result<_, _>>()?;
    let version = tlv::encode_all(
        0xA0,
        &[
            &tlv::encode(0x80, &[3]),
            &tlv::encode(0x81, &2019u16.to_be_bytes()),
        ],
    );
    let blocks = tlv::encode(0xA1, &representations.concat());
    let block = tlv::encode_all(0x65, &[&version, &blocks]);
    Ok(tlv::encode(0x7F2E, &tlv::encode(0xA1, &block)))
}

fn representation(number: u8, image: &[u8]) -> Result<Vec<u8>, VirtualCardError> {
    let (kind, width, height) = describe(image)?;
    let format = FORMATS
        .get(usize::from(kind))
        .ok_or(VirtualCardError::Image)?;
    let size = tlv::encode_all(0xA7, &[&integer(0x80, width), &integer(0x81, height)]);
    let information = tlv::encode_all(
        0xA1,
        &[
            &tlv::encode(0xA0, &tlv::encode(0x80, &[*format])),
            // FaceImageKind2D: the extension block, whose fallback is mrtd (0).
            &tlv::encode(0xA1, &tlv::encode(0xA1, &tlv::encode(0x80, &[0]))),
            &size,
        ],
    );
    let flat = tlv::encode_all(0xA0, &[&tlv::encode(0x80, image), &information]);
    Ok(tlv::encode_all(
        0x30,
        &[
            &tlv::encode(0x80, &[number]),
            &tlv::encode(0xA1, &tlv::encode(0xA0, &flat)),
        ],
    ))
}

/// An INTEGER under a tag of its own; DER keeps the sign bit free.
fn integer(tag: u32, value: u16) -> Vec<u8> {
    let [high, low] = value.to_be_bytes();
    match (high, low) {
        (0, 0..=0x7F) => tlv::encode(tag, &[low]),
        (0, _) | (1..=0x7F, _) => tlv::encode(tag, &[high, low]),
        _ => tlv::encode(tag, &[0, high, low]),
    }
}
