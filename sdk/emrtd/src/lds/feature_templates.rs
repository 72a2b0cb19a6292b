//! DG8 to DG10: data, structure and substance features, as raw bytes with their outer structure.
//!
//! Doc 9303-10, 4.7.8 to 4.7.10: "yet to be defined", so that nothing but the number of templates has a meaning.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::DataGroup;
use crate::tlv::{Reader, Tag, outer};
use alloc::vec::Vec;

/// More templates than the number's one digit can say.
const MAX_TEMPLATES: usize = 64;

/// The outer structure of DG8, DG9 or DG10.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeatureTemplates {
    /// How many templates the file says that it has.
    pub stated: Option<u8>,
    /// Tag and bytes of each object behind that. Empty where the content is no TLV, which the standard allows.
    pub objects: Vec<(Tag, usize)>,
    /// Bytes of the content.
    pub len: usize,
}

/// Reads `68 { 02 number, ... }`, or `69` and `6A` for DG9 and DG10.
///
/// # Errors
/// [`ParseError`] where the outer object is not there, or holds too many.
pub fn parse(bytes: &[u8], group: DataGroup) -> Result<FeatureTemplates, ParseError> {
    let file = outer(bytes, group.tag()).map_err(|e| ParseError::of_tlv(group.into(), e))?;
    let mut templates = FeatureTemplates {
        len: file.value.len(),
        ..FeatureTemplates::default()
    };
    let objects: Result<Vec<_>, _> = Reader::new(file.value)
        .take(MAX_TEMPLATES.saturating_add(1))
        .collect();
    let Ok(objects) = objects else {
        return Ok(templates);
    };
    if objects.len() > MAX_TEMPLATES {
        let kind = ParseErrorKind::Length;
        return Err(ParseError::new(Some(group.into()), 0, kind));
    }
    for object in objects {
        if object.tag.0 == 0x02 && templates.stated.is_none() {
            templates.stated = object.value.last().copied();
        } else {
            templates.objects.push((object.tag, object.raw.len()));
        }
    }
    Ok(templates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::{encode, encode_all};

    #[test]
    fn a_number_and_whatever_follows() {
        let content = [encode(0x02, &[1]), encode(0xA1, &[1, 2, 3])].concat();
        for number in 8..=10 {
            let group = DataGroup::new(number).unwrap();
            let found = parse(&encode(group.tag(), &content), group).unwrap();
            assert_eq!(found.stated, Some(1));
            assert_eq!(found.objects, [(Tag(0xA1), 5)]);
        }
        let dg8 = DataGroup::new(8).unwrap();
        let opaque = parse(&encode(dg8.tag(), &[0xFF; 9]), dg8).unwrap();
        assert_eq!(
            (opaque.stated, opaque.objects.len(), opaque.len),
            (None, 0, 9)
        );
        let many = encode(0xA1, &[]).repeat(65);
        assert!(parse(&encode_all(dg8.tag(), &[&many]), dg8).is_err());
        for cut in 0..opaque.len {
            assert!(parse(&encode(dg8.tag(), &content)[..cut], dg8).is_err());
        }
    }
}
