//! DG1, DG2, DG11, DG12 and DG15: their form.

use super::classes::{Size, pixels};
use super::signature::KeyFacts;
use super::value_free::facts;
use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::lds::dg2::{FaceEncoding, FaceImage, ImageFormat};
use chipid_emrtd::lds::{dg1, dg2, dg11, dg12, dg15};
use chipid_emrtd::mrz::Layout;
use chipid_emrtd::tlv::outer;
use chipid_emrtd::trust::states;

facts! {
    /// DG1: what kind of document, of which state.
    pub struct MrzFacts {
        /// The code of the error where the zone does not parse.
        pub error: Option<u16>,
        /// `td1`, `td2` or `td3`.
        pub layout: Option<&'static str>,
        /// The document code: one that is in use, else its first letter.
        pub document_code: Option<&'static str>,
        /// The issuing state, as the list of states has it.
        pub issuing_state: Option<&'static str>,
        /// Whether there are optional data.
        pub has_optional_data: bool,
        /// Whether there are in the second line, too.
        pub has_optional_data_2: bool,
        /// Whether parts of the birth are written as not known.
        pub birth_has_fillers: bool,
    }

    /// DG2.
    pub struct FaceFacts {
        /// The code of the error where it does not parse.
        pub error: Option<u16>,
        /// The version in the header of the facial record: `010`, `020`, `030` or `other`.
        pub record_version: Option<&'static str>,
        /// The first four images.
        pub images: Vec<ImageFacts>,
        /// What was odd.
        pub deviations: Vec<&'static str>,
    }

    /// An image.
    pub struct ImageFacts {
        /// `jpeg`, `jp2`, `jpeg2000_codestream` or `unknown`.
        pub format: &'static str,
        /// The standard of its record.
        pub encoding: &'static str,
        /// Pixels, by the record's header; a length that is in use, else the next larger.
        pub width: u16,
        /// Pixels, by the record's header; a length that is in use, else the next larger.
        pub height: u16,
        /// Bytes.
        pub size: Size,
    }

    /// DG11 or DG12: which objects there are.
    pub struct DetailFacts {
        /// The code of the error where it does not parse.
        pub error: Option<u16>,
        /// The tags, in the order of the file: those of the standard's, any other as `other`.
        pub tags: Vec<&'static str>,
        /// What was odd.
        pub deviations: Vec<&'static str>,
    }

    /// DG15.
    pub struct ActiveAuthenticationKeyFacts {
        /// The code of the error where the key cannot be read.
        pub error: Option<u16>,
        /// The key.
        pub key: Option<KeyFacts>,
    }
}

impl MrzFacts {
    pub(super) fn of(file: &[u8]) -> Self {
        let mrz = match dg1::parse(file) {
            Ok(mrz) => mrz,
            Err(error) => {
                return Self {
                    error: Some(chipid_emrtd::error::Error::from(error).code()),
                    ..Self::default()
                };
            }
        };
        Self {
            error: None,
            layout: Some(match mrz.layout() {
                Layout::Td1 => "td1",
                Layout::Td2 => "td2",
                Layout::Td3 => "td3",
            }),
            document_code: Some(document_code(mrz.document_code())),
            issuing_state: states::known(mrz.issuing_state()),
            has_optional_data: !mrz.optional_data().is_empty(),
            has_optional_data_2: !mrz.optional_data_2().is_empty(),
            birth_has_fillers: mrz.birth().as_str().contains('<'),
        }
    }
}

/// Doc 9303-4, 4.2.2.1, 9303-5 and 9303-7: codes that are in use; of others the kind of document.
fn document_code(code: &str) -> &'static str {
    const KNOWN: [&str; 19] = [
        "P", "PP", "PD", "PS", "PO", "PE", "PR", "PT", "PV", "PM", "PN", "I", "ID", "IP", "IR",
        "AC", "C", "A", "V",
    ];
    if let Some(known) = KNOWN.iter().find(|known| **known == code) {
        return known;
    }
    match code.get(..1) {
        Some("P") => "P?",
        Some("I") => "I?",
        Some("A") => "A?",
        Some("C") => "C?",
        Some("V") => "V?",
        _ => "other",
    }
}

/// No more are told of.
const MOST_IMAGES: usize = 4;

impl FaceFacts {
    pub(super) fn of(file: &[u8]) -> Self {
        let (faces, error) = match dg2::parse(file) {
            Ok(faces) => (faces, None),
            Err(error) => {
                let error = chipid_emrtd::error::Error::from(error).code();
                (dg2::Faces::default(), Some(error))
            }
        };
        Self {
            error,
            record_version: record_version(file),
            images: faces
                .images
                .iter()
                .take(MOST_IMAGES)
                .map(ImageFacts::of)
                .collect(),
            deviations: faces.deviations,
        }
    }
}

/// ISO/IEC 19794-5, 5.4: `FAC`, a zero, three digits, a zero; near the beginning of the file.
fn record_version(file: &[u8]) -> Option<&'static str> {
    const NEAR: usize = 200;
    let header = file
        .windows(8)
        .take(NEAR)
        .find(|w| w.starts_with(b"FAC\0"))?;
    Some(match header.get(4..) {
        Some(b"010\0") => "010",
        Some(b"020\0") => "020",
        Some(b"030\0") => "030",
        _ => "other",
    })
}

impl ImageFacts {
    fn of(image: &FaceImage) -> Self {
        Self {
            format: match image.format {
                ImageFormat::Jpeg => "jpeg",
                ImageFormat::Jp2 => "jp2",
                ImageFormat::Jpeg2000Codestream => "jpeg2000_codestream",
                _ => "unknown",
            },
            encoding: FaceEncoding::name(image.encoding),
            width: pixels(image.width),
            height: pixels(image.height),
            size: Size::of_image(image.data.len()),
        }
    }
}

impl DetailFacts {
    pub(super) fn of(group: DataGroup, file: &[u8]) -> Self {
        let deviations = if group == DataGroup::PERSONAL_DETAILS {
            dg11::parse(file).map(|details| details.deviations)
        } else {
            dg12::parse(file).map(|details| details.deviations)
        };
        let error = deviations.as_ref().err().copied();
        let objects = outer(file, group.tag()).map(|file| file.children());
        Self {
            error: error.map(|error| chipid_emrtd::error::Error::from(error).code()),
            tags: objects
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .take(32)
                .map(|object| tag(object.tag.0))
                .collect(),
            deviations: deviations.unwrap_or_default(),
        }
    }
}

/// Doc 9303-10, 4.7.11 and 4.7.12.
const fn tag(tag: u32) -> &'static str {
    match tag {
        0x5C => "5C",
        0xA0 => "A0",
        0x5F0E => "5F0E",
        0x5F0F => "5F0F",
        0x5F10 => "5F10",
        0x5F11 => "5F11",
        0x5F12 => "5F12",
        0x5F13 => "5F13",
        0x5F14 => "5F14",
        0x5F15 => "5F15",
        0x5F16 => "5F16",
        0x5F17 => "5F17",
        0x5F18 => "5F18",
        0x5F19 => "5F19",
        0x5F1A => "5F1A",
        0x5F1B => "5F1B",
        0x5F1C => "5F1C",
        0x5F1D => "5F1D",
        0x5F1E => "5F1E",
        0x5F26 => "5F26",
        0x5F2B => "5F2B",
        0x5F42 => "5F42",
        0x5F55 => "5F55",
        0x5F56 => "5F56",
        _ => "other",
    }
}

impl ActiveAuthenticationKeyFacts {
    pub(super) fn of(file: &[u8]) -> Self {
        match dg15::parse(file) {
            Ok(key) => Self {
                error: None,
                key: Some(KeyFacts::of(&key)),
            },
            Err(error) => Self {
                error: Some(chipid_emrtd::error::Error::from(error).code()),
                key: None,
            },
        }
    }
}
