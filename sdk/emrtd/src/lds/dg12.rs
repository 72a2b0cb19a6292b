//! DG12: additional document details.
//!
//! Doc 9303-10, 4.7.12. Every element is optional, a tag list says which there are.

use crate::error::ParseError;
use crate::file_id::DataGroup;
use crate::lds::data_element::{Elements, LocalTime, OtherObject, PartialDate, Text};
use crate::lds::image::Image;
use alloc::vec::Vec;

/// What the issuer says of the document. `Debug` shows which fields there are and nothing of their content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentDetails {
    /// 5F19: the issuing authority.
    pub issuing_authority: Option<Text>,
    /// 5F26: the day of issue.
    pub issued: Option<PartialDate>,
    /// 5F1A: other persons whom the document names.
    pub other_persons: Vec<Text>,
    /// 5F1B: endorsements and observations.
    pub endorsements: Option<Text>,
    /// 5F1C: tax or exit requirements.
    pub tax_or_exit: Option<Text>,
    /// 5F1D: a picture of the document's front.
    pub front: Option<Image>,
    /// 5F1E: a picture of the document's rear.
    pub rear: Option<Image>,
    /// 5F55: when the document was personalised.
    pub personalised: Option<LocalTime>,
    /// 5F56: the serial number of the personalisation system.
    pub personalisation_system: Option<Text>,
    /// Objects that no field above holds, in the order of the file.
    pub others: Vec<OtherObject>,
    /// What departs from the standard, by name.
    pub deviations: Vec<&'static str>,
}

/// Reads `6C { 5C tag list, ... }`, as tolerant as DG11's.
///
/// # Errors
/// [`ParseError`] where the bytes are no objects.
pub fn parse(bytes: &[u8]) -> Result<DocumentDetails, ParseError> {
    let mut elements = Elements::of(bytes, DataGroup::DOCUMENT_DETAILS)?;
    let mut details = DocumentDetails {
        issuing_authority: elements.text(0x5F19),
        issued: elements.date(0x5F26),
        other_persons: elements.names(0x5F1A),
        endorsements: elements.text(0x5F1B),
        tax_or_exit: elements.text(0x5F1C),
        front: elements.image(0x5F1D),
        rear: elements.image(0x5F1E),
        personalised: elements.time(0x5F55),
        personalisation_system: elements.text(0x5F56),
        ..DocumentDetails::default()
    };
    (details.others, details.deviations) = elements.finish();
    Ok(details)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::{Tag, encode, encode_all};
    use std::string::ToString;

    fn file(tags: &[u8], objects: &[&[u8]]) -> Vec<u8> {
        encode(0x6C, &[&encode(0x5C, tags), &objects.concat()[..]].concat())
    }

    #[test]
    fn row_095_date_of_issue_in_four_bytes_of_bcd() {
        let tags = [0x5F, 0x26];
        let packed = parse(&file(&tags, &[&encode(0x5F26, &[0x20, 0x21, 0x05, 0x11])])).unwrap();
        assert_eq!(packed.issued.unwrap().to_string(), "2021-05-11");
        assert_eq!(packed.deviations, ["date_in_bcd"]);
        let spelt = parse(&file(&tags, &[&encode(0x5F26, b"20210511")])).unwrap();
        assert_eq!(spelt.issued, packed.issued);
        assert!(spelt.deviations.is_empty());
    }

    #[test]
    fn row_096_time_of_personalisation_in_seven_bytes_of_bcd() {
        let tags = [0x5F, 0x55];
        let bcd = [0x20, 0x21, 0x05, 0x11, 0x13, 0x59, 0x07];
        let packed = parse(&file(&tags, &[&encode(0x5F55, &bcd)])).unwrap();
        assert_eq!(
            packed.personalised.unwrap().to_string(),
            "2021-05-11 13:59:07"
        );
        assert_eq!(packed.deviations, ["time_in_bcd"]);
        let spelt = parse(&file(&tags, &[&encode(0x5F55, b"20210511135907")])).unwrap();
        assert_eq!(spelt.personalised, packed.personalised);
        assert!(spelt.deviations.is_empty());
        for bad in [
            &b"20210511245907"[..],
            b"20210500135907",
            b"20210511",
            &[0xFF; 7],
        ] {
            let odd = parse(&file(&tags, &[&encode(0x5F55, bad)])).unwrap();
            assert_eq!(odd.personalised, None);
            assert_eq!(odd.deviations, ["time_unreadable"]);
            assert_eq!(odd.others[0].tag, Tag(0x5F55));
        }
    }

    #[test]
    fn every_element_stands_in_its_field() {
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 0xFF, 0xD9];
        let tags: Vec<u8> = [0x19, 0x26, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x55, 0x56]
            .iter()
            .flat_map(|t| [0x5F, *t])
            .collect();
        let persons = encode_all(
            0xA0,
            &[
                &encode(0x02, &[2]),
                &encode(0x5F1A, b"MUSTER<<KIND"),
                &encode(0x5F1A, b"MUSTER<<ZWEI"),
            ],
        );
        let good = file(
            &tags,
            &[
                &encode(0x5F19, "Bộ Công an".as_bytes()),
                &encode(0x5F26, b"20210511"),
                &persons,
                &encode(0x5F1B, b"NONE"),
                &encode(0x5F1C, b"TAX<PAID"),
                &encode(0x5F1D, &jpeg),
                &encode(0x5F1E, &jpeg),
                &encode(0x5F55, b"20210511135907"),
                &encode(0x5F56, b"UT-1"),
            ],
        );
        let details = parse(&good).unwrap();
        assert_eq!(details.issuing_authority.unwrap().as_str(), "Bộ Công an");
        assert_eq!(details.other_persons.len(), 2);
        assert_eq!(details.endorsements.unwrap().as_str(), "NONE");
        assert_eq!(*details.tax_or_exit.unwrap().joined(" "), "TAX PAID");
        assert_eq!(*details.front.unwrap().data, jpeg);
        assert_eq!(*details.rear.unwrap().data, jpeg);
        assert_eq!(details.personalisation_system.unwrap().as_str(), "UT-1");
        assert!(details.others.is_empty());
        assert!(details.deviations.is_empty(), "{:?}", details.deviations);
        for i in 0..good.len() {
            assert!(parse(&good[..i]).is_err(), "cut at {i}");
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[i] ^= 1 << bit;
                let _ = parse(&bad);
            }
        }
    }
}
