//! Distinguished names, compared as real issuers make it necessary.
//!
//! RFC 5280, 4.1.2.4 and 7.1; Doc 9303-12, 7.1.1. Some states write the same name in another string type, another case
//! or another order of its parts (deviations rows 47, 47b, 85): names are compared by the set of their parts. A name
//! never decides anything alone, a signature does.

use crate::asn1::{Asn1Error, Element, OBJECT_IDENTIFIER, Problem, SEQUENCE, SET};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// More parts than any honest name has.
const MAX_ATTRIBUTES: usize = 64;

/// 2.5.4.x
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const SERIAL_NUMBER: &[u8] = &[0x55, 0x04, 0x05];
const COUNTRY: &[u8] = &[0x55, 0x04, 0x06];
const LOCALITY: &[u8] = &[0x55, 0x04, 0x07];
const STATE: &[u8] = &[0x55, 0x04, 0x08];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0A];
const UNIT: &[u8] = &[0x55, 0x04, 0x0B];

/// A distinguished name.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    raw: Vec<u8>,
    attributes: Vec<Attribute>,
    /// The parts in a fixed order, their values folded.
    folded: Vec<(Vec<u8>, String)>,
}

#[derive(Clone, PartialEq, Eq)]
struct Attribute {
    kind: Vec<u8>,
    value: String,
}

impl Name {
    /// Reads `Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }`.
    ///
    /// # Errors
    /// [`Asn1Error`].
    pub fn from_element(element: &Element<'_>) -> Result<Self, Asn1Error> {
        let mut attributes = Vec::new();
        let mut sets = element.children()?;
        while !sets.is_empty() {
            let mut set = sets.expect(SET)?.children()?;
            while !set.is_empty() {
                let mut pair = set.expect(SEQUENCE)?.children()?;
                let kind = pair.expect(OBJECT_IDENTIFIER)?.value.to_vec();
                let value = text(&pair.read()?);
                pair.finish()?;
                if attributes.len() >= MAX_ATTRIBUTES {
                    return Err(element.error(Problem::TooMany));
                }
                attributes.push(Attribute { kind, value });
            }
        }
        let mut folded: Vec<(Vec<u8>, String)> = attributes
            .iter()
            .map(|a| (a.kind.clone(), fold(&a.value)))
            .collect();
        folded.sort();
        Ok(Self {
            raw: element.raw.to_vec(),
            attributes,
            folded,
        })
    }

    /// The name as it stands in the file.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.raw
    }

    /// Whether both are the same name, in whatever order, case and string type. Empty names are nobody's.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        !self.folded.is_empty() && self.folded == other.folded
    }

    /// `countryName` in upper case.
    #[must_use]
    pub fn country(&self) -> Option<String> {
        self.attributes
            .iter()
            .find(|a| a.kind == COUNTRY)
            .map(|a| a.value.trim().to_uppercase())
            .filter(|c| !c.is_empty())
    }
}

/// `C=NL,O=Kingdom of the Netherlands,CN=CSCA NL`, in the order of the file. Control characters, which a foreign
/// certificate could use to draw on a terminal, are replaced.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, attribute) in self.attributes.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            let label = match attribute.kind.as_slice() {
                COMMON_NAME => "CN",
                SERIAL_NUMBER => "SERIALNUMBER",
                COUNTRY => "C",
                LOCALITY => "L",
                STATE => "ST",
                ORGANISATION => "O",
                UNIT => "OU",
                other => {
                    match der::asn1::ObjectIdentifier::from_bytes(other) {
                        Ok(oid) => write!(f, "{oid}=")?,
                        Err(_) => f.write_str("?=")?,
                    }
                    ""
                }
            };
            if !label.is_empty() {
                write!(f, "{label}=")?;
            }
            for character in attribute.value.chars() {
                match character {
                    ',' | '\\' | '+' | '"' => write!(f, "\\{character}")?,
                    c if is_unprintable(c) => f.write_str("\u{FFFD}")?,
                    c => write!(f, "{c}")?,
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

/// Control characters, and those that turn the direction of writing.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// The value of whatever string type; what is no string, in hexadecimal.
fn text(element: &Element<'_>) -> String {
    const UTF8: u8 = 0x0C;
    const NUMERIC: u8 = 0x12;
    const PRINTABLE: u8 = 0x13;
    const TELETEX: u8 = 0x14;
    const IA5: u8 = 0x16;
    const VISIBLE: u8 = 0x1A;
    const UNIVERSAL: u8 = 0x1C;
    const BMP: u8 = 0x1E;
    match element.tag {
        UTF8 => String::from_utf8_lossy(element.value).into_owned(),
        // Teletex is in practice Latin-1, whose code points are those of Unicode.
        NUMERIC | PRINTABLE | TELETEX | IA5 | VISIBLE => {
            element.value.iter().map(|b| char::from(*b)).collect()
        }
        BMP | UNIVERSAL => {
            let width = if element.tag == BMP { 2 } else { 4 };
            element
                .value
                .chunks(width)
                .map(|unit| unit.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)))
                .map(|point| char::from_u32(point).unwrap_or('\u{FFFD}'))
                .collect()
        }
        _ => {
            let mut hex = String::from("#");
            for byte in element.raw {
                hex.push_str(&alloc::format!("{byte:02x}"));
            }
            hex
        }
    }
}

/// Lower case, and every run of white space one space (RFC 5280, 7.1).
fn fold(value: &str) -> String {
    let mut folded = String::with_capacity(value.len());
    for word in value.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}
