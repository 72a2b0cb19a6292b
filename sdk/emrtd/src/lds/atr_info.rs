//! EF.ATR/INFO: what the card can do, and how long its APDUs may be.
//!
//! Doc 9303-10, 3.11.1; ISO/IEC 7816-4, 8.1.1.2.7 (card capabilities) and 12.7.1 (extended length information). Nobody
//! signs it: it may make a reading faster, and says nothing of the document.

use crate::error::ParseError;
use crate::file_id::FileId;
use crate::tlv::{Reader, Tlv};

/// More objects than any card lists.
const MAX_OBJECTS: usize = 64;

/// The contents of EF.ATR/INFO, as far as a reader has use for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtrInfo {
    /// Object 47: what the card can do.
    pub capabilities: Option<CardCapabilities>,
    /// Object 7F66, first number: bytes of the longest command APDU, header and lengths included.
    pub max_command: Option<u32>,
    /// Object 7F66, second number: the most bytes of data that a response APDU brings (the largest Le). Protected by
    /// secure messaging, its objects are counted in it.
    pub max_response: Option<u32>,
    /// Whether the file stops being TLV before its end. What stands before that is kept.
    pub ends_in_garbage: bool,
}

/// Card capabilities (the three software function tables); bits that the object does not reach are `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CardCapabilities {
    /// Applications may be selected by their full name.
    pub select_by_full_name: bool,
    /// Short EF identifiers are supported.
    pub short_file_identifiers: bool,
    /// Command chaining is supported.
    pub command_chaining: bool,
    /// Extended Lc and Le are supported.
    pub extended_length: bool,
    /// The lengths stand in this file, in object 7F66.
    pub extended_length_information: bool,
}

impl AtrInfo {
    /// Reads the objects of the file. Unknown ones are passed over, and so is whatever is no TLV behind the first: cards
    /// fill the file up with 00 or FF, and a reader may have cut it.
    ///
    /// # Errors
    /// [`ParseError`] where the file does not begin with a whole TLV.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        let mut info = Self::default();
        let mut reader = Reader::new(bytes);
        let first = reader
            .read()
            .map_err(|e| ParseError::of_tlv(FileId::AtrInfo, e))?;
        info.take(&first);
        for object in reader.take(MAX_OBJECTS) {
            match object {
                Ok(object) if object.tag.0 != 0 => info.take(&object),
                _ => {
                    info.ends_in_garbage = true;
                    break;
                }
            }
        }
        Ok(info)
    }

    fn take(&mut self, object: &Tlv<'_>) {
        match object.tag.0 {
            0x47 => self.capabilities = Some(CardCapabilities::of(object.value)),
            0x7F66 => {
                let mut lengths = object.children();
                let mut next = || length(&lengths.take_if(0x02)?);
                self.max_command = next();
                self.max_response = next();
            }
            _ => {}
        }
    }
}

impl CardCapabilities {
    fn of(tables: &[u8]) -> Self {
        let bit = |table: usize, bit: u8| tables.get(table).is_some_and(|t| t & bit != 0);
        Self {
            select_by_full_name: bit(0, 0x80),
            short_file_identifiers: bit(0, 0x04),
            command_chaining: bit(2, 0x80),
            extended_length: bit(2, 0x40),
            extended_length_information: bit(2, 0x20),
        }
    }
}

/// A positive number of at most four significant bytes. Cards leave the sign out (`02 02 FF FF`), so the first bit counts.
fn length(integer: &Tlv<'_>) -> Option<u32> {
    let digits = crate::asn1::without_leading_zeros(integer.value);
    if digits.len() > 4 {
        return None;
    }
    let value = digits.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
    (value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// Historical bytes aside: capabilities, lengths of 1,000 and 65,536 bytes, an object of the maker's.
    const FILE: &str = "4703 8401E0 7F6609 020203E8 0203010000 5F520101";

    fn file() -> Vec<u8> {
        hex::decode(FILE.replace(' ', "")).unwrap()
    }

    #[test]
    fn capabilities_and_lengths() {
        let info = AtrInfo::parse(&file()).unwrap();
        let capabilities = info.capabilities.unwrap();
        assert!(capabilities.select_by_full_name && capabilities.short_file_identifiers);
        assert!(capabilities.command_chaining && capabilities.extended_length);
        assert!(capabilities.extended_length_information);
        assert_eq!(info.max_command, Some(1000));
        assert_eq!(info.max_response, Some(65_536));
        assert!(!info.ends_in_garbage);
    }

    #[test]
    fn a_length_without_its_sign_byte_is_positive_and_nought_or_five_bytes_are_none() {
        for (object, command, response) in [
            // The same object of an OpenPGP card: 3,070 bytes both ways.
            ("7F660802020BFE02020BFE", Some(3070), Some(3070)),
            ("7F66080202FFFF0202FFFF", Some(65_535), Some(65_535)),
            ("7F66080202000002020100", None, Some(256)),
            ("7F660B02050100000000020203E8", None, Some(1000)),
            ("7F6600", None, None),
            ("7F66020400", None, None),
        ] {
            let info = AtrInfo::parse(&hex::decode(object).unwrap()).unwrap();
            assert_eq!((info.max_command, info.max_response), (command, response));
        }
    }

    #[test]
    fn what_fills_the_file_up_is_passed_over() {
        let whole = AtrInfo::parse(&file()).unwrap();
        for filler in [&[0x00; 9][..], &[0xFF; 9], &[0x47, 0x05, 0x01]] {
            let info = AtrInfo::parse(&[&file(), filler].concat()).unwrap();
            assert!(info.ends_in_garbage);
            assert_eq!(info.max_response, whole.max_response);
        }
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = file();
        assert!(AtrInfo::parse(&[]).is_err());
        for cut in 1..5 {
            assert!(AtrInfo::parse(&good[..cut]).is_err());
        }
        for i in 0..good.len() {
            let _ = AtrInfo::parse(&good[..i]);
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[i] ^= 1 << bit;
                let _ = AtrInfo::parse(&bad);
            }
        }
    }
}
