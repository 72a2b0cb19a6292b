//! EF.DIR: the applications of the card.
//!
//! Doc 9303-10, 3.11.2; ISO/IEC 7816-4, 12.2.3 (application templates). Nobody signs it.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::FileId;
use crate::tlv::{Reader, TlvError};
use alloc::vec::Vec;
use core::fmt;

/// More applications than any card has.
const MAX_APPLICATIONS: usize = 64;
/// ISO/IEC 7816-4, 12.2.3: the longest application identifier, in bytes.
const MAX_IDENTIFIER: usize = 16;

/// The contents of EF.DIR: several templates, in any order (the Netherlands list their own applications beside the
/// eMRTD's: deviations row 9).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dir {
    /// The applications, in the order of the file.
    pub applications: Vec<Application>,
    /// Whether something else than templates stands between or behind them.
    pub holds_other_bytes: bool,
}

/// An application template.
#[derive(Clone, PartialEq, Eq)]
pub struct Application {
    /// The application identifier, at most 16 bytes.
    pub identifier: Vec<u8>,
    /// The label, where there is one and it is text.
    pub label: Option<alloc::string::String>,
}

/// The application identifiers of Doc 9303-10, table 31, and what they are.
const KNOWN: [([u8; 7], &str); 4] = [
    ([0xA0, 0, 0, 2, 0x47, 0x10, 0x01], "eMRTD (LDS1)"),
    ([0xA0, 0, 0, 2, 0x47, 0x20, 0x01], "travel records (LDS2)"),
    ([0xA0, 0, 0, 2, 0x47, 0x20, 0x02], "visa records (LDS2)"),
    (
        [0xA0, 0, 0, 2, 0x47, 0x20, 0x03],
        "additional biometrics (LDS2)",
    ),
];

impl Dir {
    /// Reads `61 { 4F identifier, ... }`, as many as there are. What is no template is passed over.
    ///
    /// # Errors
    /// [`ParseError`] where not one whole template with an identifier is there.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        let mut dir = Self::default();
        let mut trouble = None;
        for object in Reader::new(bytes).take(MAX_APPLICATIONS) {
            let application = match object {
                Ok(object) if object.tag.0 == 0x61 => Application::of(object.children()),
                Ok(other) => Err(TlvError::UnexpectedTag {
                    offset: other.offset,
                    found: other.tag,
                    expected: crate::tlv::Tag(0x61),
                }),
                Err(error) => Err(error),
            };
            match application {
                Ok(application) => dir.applications.push(application),
                Err(error) => {
                    dir.holds_other_bytes = true;
                    trouble = trouble.or(Some(error));
                }
            }
        }
        if dir.applications.is_empty() {
            return Err(match trouble {
                Some(error) => ParseError::of_tlv(FileId::Dir, error),
                None => ParseError::new(Some(FileId::Dir), 0, ParseErrorKind::Truncated),
            });
        }
        Ok(dir)
    }
}

impl Application {
    fn of(template: Reader<'_>) -> Result<Self, TlvError> {
        let mut identifier = None;
        let mut label = None;
        let missing = TlvError::Truncated {
            offset: template.offset().saturating_add(template.rest().len()),
        };
        for object in template {
            let object = object?;
            match object.tag.0 {
                0x4F if identifier.is_none() && object.value.len() <= MAX_IDENTIFIER => {
                    identifier = Some(object.value.to_vec());
                }
                0x50 => label = core::str::from_utf8(object.value).ok().map(Into::into),
                _ => {}
            }
        }
        Ok(Self {
            identifier: identifier.ok_or(missing)?,
            label,
        })
    }

    /// What application of Doc 9303 this is, in English; `None` for any other.
    #[must_use]
    pub fn known_as(&self) -> Option<&'static str> {
        KNOWN
            .iter()
            .find(|(identifier, _)| identifier[..] == self.identifier[..])
            .map(|(_, name)| *name)
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Application({:02X?})", self.identifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doc 9303-10, table 31: all four applications.
    const TABLE_31: &str = "61094F07A0000002471001 61094F07A0000002472001 61094F07A0000002472002 \
                            61094F07A0000002472003";

    fn table_31() -> Vec<u8> {
        hex::decode(TABLE_31.replace(' ', "")).unwrap()
    }

    #[test]
    fn the_four_applications_of_table_31() {
        let dir = Dir::parse(&table_31()).unwrap();
        let names: Vec<_> = dir.applications.iter().map(Application::known_as).collect();
        assert_eq!(
            names,
            KNOWN.map(|(_, name)| Some(name)),
            "{:?}",
            dir.applications
        );
        assert!(!dir.holds_other_bytes);
    }

    #[test]
    fn row_009_several_templates_those_of_other_applications_too() {
        let file =
            hex::decode("610C4F05E828BD080F5003654E4C61094F07A000000247100100000000").unwrap();
        let dir = Dir::parse(&file).unwrap();
        assert_eq!(dir.applications.len(), 2);
        assert_eq!(dir.applications[0].label.as_deref(), Some("eNL"));
        assert_eq!(dir.applications[0].known_as(), None);
        assert_eq!(dir.applications[1].known_as(), Some("eMRTD (LDS1)"));
        assert!(dir.holds_other_bytes);
    }

    #[test]
    fn a_file_without_any_template_is_an_error() {
        for bytes in ["", "00", "6100", "61025000", "4F07A0000002471001", "FF"] {
            assert!(Dir::parse(&hex::decode(bytes).unwrap()).is_err(), "{bytes}");
        }
        let long = hex::decode("61134F11A000000247100100000000000000000000").unwrap();
        assert!(Dir::parse(&long).is_err());
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = table_31();
        for i in 0..good.len() {
            assert_eq!(Dir::parse(&good[..i]).is_err(), i < 11);
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[i] ^= 1 << bit;
                if let Ok(dir) = Dir::parse(&bad) {
                    assert!(dir.applications.len() <= 4);
                }
            }
        }
    }
}
