//! DG16: persons to notify.
//!
//! Doc 9303-10, 4.7.16: a number, then the templates A1, A2 and so on.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::{DataGroup, FileId};
use crate::lds::data_element::{Elements, Oddities, OtherObject, PartialDate, Text};
use crate::tlv::outer;
use alloc::vec::Vec;

/// The templates A1 to AF, and more than the tags can tell apart.
const MAX_PERSONS: usize = 32;

/// The persons whom the holder wants to be told in an emergency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonsToNotify {
    /// In the order of the file.
    pub persons: Vec<PersonToNotify>,
    /// What departs from the standard, by name.
    pub deviations: Vec<&'static str>,
}

/// A person to notify. `Debug` shows which fields there are and nothing of their content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonToNotify {
    /// 5F50: when this was recorded.
    pub recorded: Option<PartialDate>,
    /// 5F51: the name, `<<` between its two parts.
    pub name: Option<Text>,
    /// 5F52: the telephone number.
    pub telephone: Option<Text>,
    /// 5F53: the address.
    pub address: Option<Text>,
    /// Objects that no field above holds.
    pub others: Vec<OtherObject>,
}

/// Reads `70 { 02 number, A1 { ... }, ... }`.
///
/// # Errors
/// [`ParseError`] where the bytes are no objects.
pub fn parse(bytes: &[u8]) -> Result<PersonsToNotify, ParseError> {
    let group = DataGroup::PERSONS_TO_NOTIFY;
    let tlv = |e| ParseError::of_tlv(group.into(), e);
    let file = outer(bytes, group.tag()).map_err(tlv)?;
    let mut persons = Vec::new();
    let mut oddities = Oddities::default();
    let mut stated = None;
    for object in file.children() {
        let object = object.map_err(tlv)?;
        match object.tag.0 {
            0x02 => stated = object.value.last().map(|n| usize::from(*n)),
            0xA0..=0xBF if persons.len() < MAX_PERSONS => {
                let mut elements = Elements::of_template(&object, group)?;
                let mut person = PersonToNotify {
                    recorded: elements.date(0x5F50),
                    name: elements.text(0x5F51),
                    telephone: elements.text(0x5F52),
                    address: elements.text(0x5F53),
                    others: Vec::new(),
                };
                let deviations;
                (person.others, deviations) = elements.finish();
                deviations.into_iter().for_each(|name| oddities.note(name));
                persons.push(person);
            }
            0xA0..=0xBF => {
                let kind = ParseErrorKind::Length;
                return Err(ParseError::new(
                    Some(FileId::DataGroup(group)),
                    object.offset,
                    kind,
                ));
            }
            0 => oddities.note("filled_up_with_zeros"),
            _ => oddities.note("unknown_data_object"),
        }
    }
    if stated != Some(persons.len()) {
        oddities.note("count_of_persons_differs");
    }
    Ok(PersonsToNotify {
        persons,
        deviations: oddities.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::encode;
    use std::string::ToString;

    /// Doc 9303-10, A.6.
    const A6: &str = "7081A2020102A14C5F500832303032303130315F5110534D4954483C3C434841524C45533C525F520B3139353235\
                      3535313231325F531D313233204D41504C452052443C414E59544F574E3C4D4E3C3535313030A24F5F5008323030\
                      32303331355F510D42524F574E3C3C4D4152593C4A5F520B31343135353535313231325F5323343920524544574F\
                      4F44204C4E3C4F4345414E20425245455A453C43413C3934303030";

    #[test]
    fn dg16_of_doc_9303_10_a6() {
        let found = parse(&hex::decode(A6).unwrap()).unwrap();
        assert!(found.deviations.is_empty());
        let [charles, mary] = &found.persons[..] else {
            panic!("two persons");
        };
        assert_eq!(
            *charles.name.as_ref().unwrap().joined(" "),
            "SMITH CHARLES R"
        );
        assert_eq!(charles.recorded.unwrap().to_string(), "2002-01-01");
        assert_eq!(mary.telephone.as_ref().unwrap().as_str(), "14155551212");
        assert_eq!(
            *mary.address.as_ref().unwrap().joined(", "),
            "49 REDWOOD LN, OCEAN BREEZE, CA, 94000"
        );
    }

    #[test]
    fn a_wrong_number_is_noted_and_persons_without_end_are_refused() {
        let person = encode(0xA1, &encode(0x5F51, b"A<<B"));
        let file = |count: u8, n: usize| {
            encode(
                0x70,
                &[&encode(0x02, &[count])[..], &person.repeat(n)].concat(),
            )
        };
        assert!(parse(&file(2, 2)).unwrap().deviations.is_empty());
        assert_eq!(
            parse(&file(3, 2)).unwrap().deviations,
            ["count_of_persons_differs"]
        );
        assert!(parse(&file(0, 0)).unwrap().persons.is_empty());
        assert!(parse(&file(33, 33)).is_err());
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = hex::decode(A6).unwrap();
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
