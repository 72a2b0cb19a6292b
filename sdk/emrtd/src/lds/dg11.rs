//! DG11: additional personal details.
//!
//! Doc 9303-10, 4.7.11. Every element is optional, a tag list says which there are.

use crate::error::ParseError;
use crate::file_id::DataGroup;
use crate::lds::data_element::{Elements, OtherObject, PartialDate, Text};
use crate::lds::image::Image;
use alloc::vec::Vec;

/// What the issuer says of the holder beyond the MRZ. `Debug` shows which fields there are and nothing of their content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonalDetails {
    /// 5F0E: the full name in national characters, `<<` between its two parts.
    pub full_name: Option<Text>,
    /// 5F0F: other names.
    pub other_names: Vec<Text>,
    /// 5F10: the personal number.
    pub personal_number: Option<Text>,
    /// 5F2B: the full day of birth.
    pub birth: Option<PartialDate>,
    /// 5F11: the place of birth.
    pub place_of_birth: Option<Text>,
    /// 5F42: the permanent address.
    pub address: Option<Text>,
    /// 5F12: the telephone number.
    pub telephone: Option<Text>,
    /// 5F13: the profession.
    pub profession: Option<Text>,
    /// 5F14: the title.
    pub title: Option<Text>,
    /// 5F15: the personal summary.
    pub summary: Option<Text>,
    /// 5F16: a picture of the proof of citizenship.
    pub proof_of_citizenship: Option<Image>,
    /// 5F17: the numbers of other valid travel documents.
    pub other_documents: Option<Text>,
    /// 5F18: who has custody of the holder.
    pub custody: Option<Text>,
    /// Objects that no field above holds, in the order of the file.
    pub others: Vec<OtherObject>,
    /// What departs from the standard, by name.
    pub deviations: Vec<&'static str>,
}

/// Reads `6B { 5C tag list, ... }`. Objects that are empty or unknown, a tag list that says otherwise, texts in another
/// encoding and packed dates are taken and noted.
///
/// # Errors
/// [`ParseError`] where the bytes are no objects.
pub fn parse(bytes: &[u8]) -> Result<PersonalDetails, ParseError> {
    let mut elements = Elements::of(bytes, DataGroup::PERSONAL_DETAILS)?;
    let mut details = PersonalDetails {
        full_name: elements.text(0x5F0E),
        other_names: elements.names(0x5F0F),
        personal_number: elements.text(0x5F10),
        birth: elements.date(0x5F2B),
        place_of_birth: elements.text(0x5F11),
        address: elements.text(0x5F42),
        telephone: elements.text(0x5F12),
        profession: elements.text(0x5F13),
        title: elements.text(0x5F14),
        summary: elements.text(0x5F15),
        proof_of_citizenship: elements.image(0x5F16),
        other_documents: elements.text(0x5F17),
        custody: elements.text(0x5F18),
        ..PersonalDetails::default()
    };
    (details.others, details.deviations) = elements.finish();
    Ok(details)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::{Tag, encode, encode_all};
    use std::string::ToString;

    /// Doc 9303-10, A.5, with the lengths of the template and of 5F12 set right (99 and 14 are printed).
    const A5: &str = "6B605C0A5F0E5F115F425F125F135F0E0D534D4954483C3C4A4F484E3C4A5F110A414E59544F574E3C4D4E\
                      5F4217313233204D41504C452052443C414E59544F574E3C4D4E5F120B31363132353535313231325F130C\
                      54524156454C3C4147454E54";

    fn file(objects: &[&[u8]]) -> Vec<u8> {
        encode(0x6B, &objects.concat())
    }

    #[test]
    fn dg11_of_doc_9303_10_a5() {
        let details = parse(&hex::decode(A5).unwrap()).unwrap();
        let name = details.full_name.unwrap();
        assert_eq!(name.as_str(), "SMITH<<JOHN<J");
        assert_eq!(*name.joined(" "), "SMITH JOHN J");
        assert_eq!(*details.place_of_birth.unwrap().joined(", "), "ANYTOWN, MN");
        assert_eq!(
            *details.address.unwrap().joined(", "),
            "123 MAPLE RD, ANYTOWN, MN"
        );
        assert_eq!(details.telephone.unwrap().as_str(), "16125551212");
        assert_eq!(*details.profession.unwrap().joined(" "), "TRAVEL AGENT");
        assert_eq!(details.birth, None);
        assert!(details.others.is_empty() && details.deviations.is_empty());
    }

    #[test]
    fn row_094_birth_date_in_four_bytes_of_bcd() {
        let list = encode(0x5C, &[0x5F, 0x2B]);
        let packed = parse(&file(&[&list, &encode(0x5F2B, &[0x19, 0x74, 0x08, 0x12])]));
        let packed = packed.unwrap();
        assert_eq!(packed.birth.unwrap().to_string(), "1974-08-12");
        assert_eq!(packed.deviations, ["date_in_bcd"]);
        let spelt = parse(&file(&[&list, &encode(0x5F2B, b"19740812")])).unwrap();
        assert_eq!(spelt.birth, packed.birth);
        assert!(spelt.deviations.is_empty());
        for bad in [
            &b"1974081"[..],
            b"19741312",
            &[0x19, 0x74, 0x0A, 0x12],
            b"x",
        ] {
            let odd = parse(&file(&[&list, &encode(0x5F2B, bad)])).unwrap();
            assert_eq!(odd.birth, None);
            assert!(odd.deviations.contains(&"date_unreadable"));
            assert_eq!(odd.others[0].tag, Tag(0x5F2B));
        }
    }

    #[test]
    fn row_097_names_and_place_of_birth_directly_or_wrapped_in_a0() {
        let name = encode(0x5F0F, b"MUSTER<<ANNA");
        let place = encode(0x5F11, "HÀ NỘI".as_bytes());
        let list = encode(0x5C, &[0x5F, 0x0F, 0x5F, 0x11]);
        let direct = parse(&file(&[&list, &name, &place])).unwrap();
        let one = encode(0x02, &[1]);
        let wrapped = parse(&file(&[&list, &encode_all(0xA0, &[&one, &name, &place])])).unwrap();
        assert_eq!(direct, wrapped);
        assert_eq!(*direct.other_names[0].joined(" "), "MUSTER ANNA");
        assert_eq!(direct.place_of_birth.unwrap().as_str(), "HÀ NỘI");
        assert!(direct.deviations.is_empty(), "{:?}", direct.deviations);
    }

    #[test]
    fn row_098_empty_and_unknown_objects_are_passed_over_and_kept() {
        // 5F85 with a length of one byte, as Belgium writes it: no reader of BER takes that for a tag of two bytes.
        let belgian = [0x5F, 0x85, 0x02, 0xAA, 0xBB];
        let details = parse(&file(&[
            &encode(0x5C, &[0x5F, 0x0E, 0x5F, 0x10, 0x5F, 0x85]),
            &encode(0x5F0E, b"MUSTER<<ANNA"),
            &encode(0x5F10, b""),
            &belgian,
            &encode(0x5F12, b"1"),
        ]))
        .unwrap();
        assert_eq!(details.full_name.unwrap().as_str(), "MUSTER<<ANNA");
        assert_eq!(details.personal_number, None);
        assert_eq!(details.telephone.unwrap().as_str(), "1");
        assert_eq!(details.others.len(), 1);
        assert_eq!(details.others[0].tag, Tag(0x5F85));
        assert_eq!(*details.others[0].value, [0xAA, 0xBB]);
        assert_eq!(
            details.deviations,
            [
                "empty_data_object",
                "tag_list_differs",
                "unknown_data_object"
            ]
        );
    }

    #[test]
    fn row_099_fillers_around_names_are_taken_off() {
        let list = encode(0x5C, &[0x5F, 0x0E]);
        let details = parse(&file(&[&list, &encode(0x5F0E, b"<<MUSTER<<ANNA<<<<")])).unwrap();
        assert_eq!(details.full_name.unwrap().as_str(), "MUSTER<<ANNA");
    }

    #[test]
    fn oddities_have_names() {
        let name = encode(0x5F0E, b"M\xDCLLER");
        let list = encode(0x5C, &[0x5F, 0x0E]);
        for (objects, oddity) in [
            (
                &[&name[..], &list, &encode(0x5F0F, b"A")][..],
                "tag_list_differs",
            ),
            (&[&name], "tag_list_missing"),
            (&[&list, &name], "text_not_utf_8"),
            (&[&list, &name, &name], "repeated_data_object"),
            (&[&list, &name, &[0; 5]], "filled_up_with_zeros"),
            (
                &[&list, &name, &encode(0xA0, &encode(0x02, &[7]))],
                "count_of_names_differs",
            ),
        ] {
            let details = parse(&file(objects)).unwrap();
            assert!(details.deviations.contains(&oddity), "{oddity}");
            assert_eq!(details.full_name.unwrap().as_str(), "MÜLLER");
        }
    }

    #[test]
    fn objects_without_end_are_refused() {
        let many = encode(0x5F0F, b"A").repeat(400);
        assert!(parse(&file(&[&many])).is_err());
        // A0 within A0 is not followed: it is an unknown object.
        let deep = (0..100).fold(encode(0x5F0E, b"A"), |inner, _| encode(0xA0, &inner));
        let details = parse(&file(&[&deep])).unwrap();
        assert_eq!(details.full_name, None);
        assert_eq!(details.others[0].tag, Tag(0xA0));
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = hex::decode(A5).unwrap();
        for i in 0..good.len() {
            assert!(parse(&good[..i]).is_err(), "cut at {i}");
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[i] ^= 1 << bit;
                let _ = parse(&bad);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_objects_never_panic(content: Vec<u8>) {
            let _ = parse(&encode(0x6B, &content));
            let _ = parse(&encode(0x6B, &[&[0x5F, 0x85], &content[..]].concat()));
        }
    }
}
