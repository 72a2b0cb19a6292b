//! EF.COM: which data groups there are, by the chip's own unsigned word.
//!
//! Doc 9303-10, 4.6.1. EF.SOD says the same under signature; a difference is noted.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::{DataGroup, FileId};
use crate::tlv::{Reader, outer};
use alloc::vec::Vec;

/// The contents of EF.COM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Com {
    /// The data groups, in the order of the file; tags that are none are left out.
    pub data_groups: Vec<DataGroup>,
}

impl Com {
    /// Reads `60 { 5F01 version, 5F36 Unicode version, 5C tag list }`.
    ///
    /// # Errors
    /// [`ParseError`] where there is no tag list.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        let file =
            outer(bytes, FileId::Com.tag()).map_err(|e| ParseError::of_tlv(FileId::Com, e))?;
        let mut reader: Reader<'_> = file.children();
        loop {
            if reader.is_empty() {
                return Err(ParseError::new(
                    Some(FileId::Com),
                    reader.offset(),
                    ParseErrorKind::Truncated,
                ));
            }
            let object = reader
                .read()
                .map_err(|e| ParseError::of_tlv(FileId::Com, e))?;
            if object.tag.0 == 0x5C {
                let mut data_groups = Vec::new();
                for tag in object.value {
                    if let Some(dg) = DataGroup::from_tag(u32::from(*tag))
                        && !data_groups.contains(&dg)
                    {
                        data_groups.push(dg);
                    }
                }
                return Ok(Self { data_groups });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doc 9303-11, appendix D.4.
    const EXAMPLE: &str = "60145F0104303130365F36063034303030305C026175";

    #[test]
    fn ef_com_of_worked_example_d4() {
        let com = Com::parse(&hex::decode(EXAMPLE).unwrap()).unwrap();
        assert_eq!(com.data_groups, [DataGroup::MRZ, DataGroup::FACE]);
    }

    #[test]
    fn every_cut_is_an_error() {
        let bytes = hex::decode(EXAMPLE).unwrap();
        for cut in 0..bytes.len() {
            assert!(Com::parse(&bytes[..cut]).is_err());
        }
        assert!(Com::parse(&hex::decode("60075F010430313036").unwrap()).is_err());
    }
}
