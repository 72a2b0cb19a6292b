//! DG3 and DG4: fingers and irises, as raw bytes with their outer structure.
//!
//! Doc 9303-10, 4.7.3 and 4.7.4 (CBEFF templates). The records themselves (ISO/IEC 19794-4 and -6, 39794-4 and -6) are not
//! decoded: nobody without the state's leave sees them.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::DataGroup;
use crate::tlv::outer;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// More instances than a hand or a pair of eyes has.
const MAX_INSTANCES: usize = 32;

/// The instances of DG3 or DG4.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BiometricTemplates {
    /// How many instances the file says that it has. Noughts are lawful: a document without fingers.
    pub stated: Option<u8>,
    /// Those that are there.
    pub instances: Vec<BiometricInstance>,
}

/// One finger or iris. Wiped on drop, hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct BiometricInstance {
    /// Object 82 of its header: which finger or eye (ISO/IEC 19785-3).
    pub subtype: Option<u8>,
    /// Whether the record follows the series ISO/IEC 39794 (tag 7F2E) and not 19794 (tag 5F2E).
    pub is_39794: bool,
    /// The record.
    pub record: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for BiometricInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BiometricInstance({} bytes)", self.record.len())
    }
}

/// Reads `63 { 7F61 { 02 number, 7F60 { A1 header, 5F2E record }, ... } }`, or `76 { ... }` for DG4.
///
/// # Errors
/// [`ParseError`] where the bytes are no objects, or there is no template group.
pub fn parse(bytes: &[u8], group: DataGroup) -> Result<BiometricTemplates, ParseError> {
    let tlv = |e| ParseError::of_tlv(group.into(), e);
    let file = outer(bytes, group.tag()).map_err(tlv)?;
    let mut templates = BiometricTemplates::default();
    for object in file.children().expect(0x7F61).map_err(tlv)?.children() {
        let object = object.map_err(tlv)?;
        match object.tag.0 {
            0x02 => templates.stated = object.value.last().copied(),
            0x7F60 if templates.instances.len() >= MAX_INSTANCES => {
                let kind = ParseErrorKind::Value;
                return Err(ParseError::new(Some(group.into()), object.offset, kind));
            }
            0x7F60 => {
                let header = object.child(0xA1);
                let subtype = header.and_then(|h| h.child(0x82)?.value.first().copied());
                let record = [0x5F2E, 0x7F2E]
                    .into_iter()
                    .find_map(|tag| object.child(tag));
                templates.instances.push(BiometricInstance {
                    subtype,
                    is_39794: record.is_some_and(|r| r.tag.0 == 0x7F2E),
                    record: Zeroizing::new(record.map_or_else(Vec::new, |r| r.value.to_vec())),
                });
            }
            _ => {}
        }
    }
    Ok(templates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::{encode, encode_all};

    fn fingers(count: u8, n: usize) -> Vec<u8> {
        let header = encode(0xA1, &encode(0x82, &[0x05]));
        let one = encode_all(0x7F60, &[&header, &encode(0x5F2E, b"FIR\0")]);
        let two = encode_all(0x7F60, &[&header, &encode(0x7F2E, &[0xA1, 0x00])]);
        let all = [one, two].into_iter().cycle().take(n).collect::<Vec<_>>();
        encode(
            0x63,
            &encode_all(0x7F61, &[&encode(0x02, &[count]), &all.concat()]),
        )
    }

    #[test]
    fn instances_of_either_standard() {
        let found = parse(&fingers(2, 2), DataGroup::FINGERS).unwrap();
        assert_eq!(found.stated, Some(2));
        let [old, new] = &found.instances[..] else {
            panic!("two instances");
        };
        assert_eq!((old.subtype, old.is_39794), (Some(5), false));
        assert_eq!(*old.record, b"FIR\0");
        assert!(new.is_39794);
        assert!(parse(&fingers(33, 33), DataGroup::FINGERS).is_err());
        assert!(parse(&fingers(1, 1), DataGroup::IRISES).is_err());
    }

    /// Doc 9303-10, 4.7.3.2.2: no instance, and a random object 53 so that the digest differs.
    #[test]
    fn no_instance_is_lawful() {
        let none = encode_all(0x7F61, &[&encode(0x02, &[0]), &encode(0x53, &[7; 8])]);
        let found = parse(&encode(0x63, &none), DataGroup::FINGERS).unwrap();
        assert_eq!((found.stated, found.instances.len()), (Some(0), 0));
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = fingers(2, 2);
        for i in 0..good.len() {
            assert!(parse(&good[..i], DataGroup::FINGERS).is_err());
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[i] ^= 1 << bit;
                let _ = parse(&bad, DataGroup::FINGERS);
            }
        }
    }
}
