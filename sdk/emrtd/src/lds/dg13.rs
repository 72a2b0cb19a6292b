//! DG13: optional details, at the issuing state's discretion, as raw bytes.
//!
//! Doc 9303-10, 4.7.13. What Viet Nam puts there is read by the crate `chipid-vietnam`.

use crate::file_id::DataGroup;
use crate::tlv::{Reader, outer};

/// What stands in DG13, whatever it is: Singapore's is no TLV (deviations row 100).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OptionalDetails<'a> {
    /// The content of object 6D, or the whole file where there is no such object.
    pub content: &'a [u8],
    /// Whether the file is an object 6D, and its content objects again.
    pub is_tlv: bool,
}

impl core::fmt::Debug for OptionalDetails<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "OptionalDetails({} bytes)", self.content.len())
    }
}

/// Takes the outer object off, if there is one.
#[must_use]
pub fn parse(bytes: &[u8]) -> OptionalDetails<'_> {
    match outer(bytes, DataGroup::OPTIONAL_DETAILS.tag()) {
        Ok(file) => OptionalDetails {
            content: file.value,
            is_tlv: Reader::new(file.value).all(|object| object.is_ok()),
        },
        Err(_) => OptionalDetails {
            content: bytes,
            is_tlv: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::encode;

    #[test]
    fn row_100_content_that_is_no_tlv_is_kept_as_it_is() {
        // Singapore's begins with a tag 5FB0, which no reader of BER takes for one of two bytes.
        let singapore = [0x5F, 0xB0, 0x01, 0xFF, 0xFF, 0xFF];
        let file = encode(0x6D, &singapore);
        let details = parse(&file);
        assert_eq!(details.content, singapore);
        assert!(!details.is_tlv);
        assert_eq!(parse(&singapore).content, singapore);
        let french = encode(0x6D, &encode(0x30, &[1, 2]));
        assert!(parse(&french).is_tlv);
        for cut in 0..french.len() {
            assert_eq!(parse(&french[..cut]).content, &french[..cut]);
        }
    }
}
