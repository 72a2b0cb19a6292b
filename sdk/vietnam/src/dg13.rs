//! EF.DG13 (file `01 0D`, tag `6D`): what the issuer says about the holder beyond the MRZ.
//!
//! Doc 9303-10, 4.7.13 leaves DG13 to the issuing state, and Viet Nam has not published what it puts there. The grammar
//! below is what several independent readers of the card agree on:
//!
//! ```text
//! DG13  ::= [6D] SEQUENCE { version INTEGER, id OBJECT IDENTIFIER (1.0.10646.1.0.8), fields SET OF Field }
//! Field ::= SEQUENCE { number INTEGER, Value* }
//! Value ::= UTF8String | PrintableString | IA5String | SEQUENCE { Value* }
//! ```
//!
//! Where they disagree (how deep the names of the family are nested, how an empty field looks) every form is read.
//! A field is known by its number and never by its place, and one odd field does not hide the others: the bytes are
//! parsed after passive authentication found them to be the issuer's own.

mod fields;
mod generation;
mod value;

use crate::personal_number::PersonalNumber;
use crate::private::{PrivateBytes, PrivateText};
use crate::sex::Sex;
use alloc::vec::Vec;
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv::{self, TlvError};
use core::fmt;
pub use generation::{FieldId, FieldState, Generation};

/// The national data of the holder. Texts are verbatim and wiped on drop; dates and the sex are plain values and are
/// not. `Debug` says which fields there are and nothing of their content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dg13 {
    /// 1: the personal number.
    pub number: Field<PersonalNumber>,
    /// 2: the full name with its diacritics.
    pub name: Field<PrivateText>,
    /// 2: a second name, where the field holds two. One source hints at such a pair; no card was seen.
    pub other_name: Field<PrivateText>,
    /// 3: the day of birth.
    pub birth: Field<Date>,
    /// 4: the sex.
    pub sex: Field<Sex>,
    /// 5: the nationality, in words.
    pub nationality: Field<PrivateText>,
    /// 6: the ethnicity. Sensitive by law; not on cards from July 2024.
    pub ethnicity: Field<PrivateText>,
    /// 7: the religion. Sensitive by law; not on cards from July 2024.
    pub religion: Field<PrivateText>,
    /// 8: the place of origin (quê quán).
    pub origin: Field<PrivateText>,
    /// 9: the residence.
    pub residence: Field<PrivateText>,
    /// 10: identifying features.
    pub features: Field<PrivateText>,
    /// 11: the day of issue.
    pub issue: Field<Date>,
    /// 12: the last day of validity, or that there is none.
    pub expiry: Field<Expiry>,
    /// 13: the father's name.
    pub father: Field<PrivateText>,
    /// 13: the mother's name.
    pub mother: Field<PrivateText>,
    /// 14: the spouse's name.
    pub spouse: Field<PrivateText>,
    /// 15: the number of the identity card of old, nine digits, or an earlier number of twelve.
    pub old_number: Field<PrivateText>,
    /// 16: sixteen hexadecimal characters, probably a serial of card or chip. What they mean is not published:
    /// compare them with nothing.
    pub serial: Field<PrivateText>,
    /// What no typed field above holds: fields of unknown number, repeated ones, and each field of which not
    /// everything was understood. In the order of the file.
    pub others: Vec<RawField>,
    /// What was odd, in the order of the file.
    pub notes: Vec<Note>,
}

impl Dg13 {
    /// Parses the bytes of the EF; what stands behind the outer TLV is ignored.
    ///
    /// # Errors
    /// [`Dg13Error`] if the frame around the fields is broken. A field that is odd within is no error: it becomes
    /// [`Field::Unreadable`] or a [`Note`].
    pub fn parse(file: &[u8]) -> Result<Self, Dg13Error> {
        let outer = tlv::outer(file, TAG).map_err(Dg13Error::Outer)?;
        let mut dg13 = Self::default();

        let mut outer_content = outer.children();
        let body = outer_content.expect(SEQUENCE).map_err(Dg13Error::Body)?;
        let mut body_content = body.children();
        let version = body_content.take_if(INTEGER);
        if version.and_then(|v| value::small_integer(v.value)) != Some(1) {
            dg13.notes.push(Note::OtherVersion);
        }
        let id = body_content.take_if(OBJECT_IDENTIFIER);
        if id.is_none_or(|id| id.value != ISO_10646_UTF8) {
            dg13.notes.push(Note::OtherObjectIdentifier);
        }
        let set = body_content.expect(SET).map_err(Dg13Error::Body)?;
        dg13.read_fields(&set)?;

        // The innermost first, which is the order of the file.
        for content in [&body_content, &outer_content] {
            if !content.is_empty() {
                dg13.notes.push(Note::TrailingBytes {
                    offset: content.offset(),
                });
            }
        }
        if file.len() > outer.raw.len() {
            dg13.notes.push(Note::TrailingBytes {
                offset: outer.raw.len(),
            });
        }
        Ok(dg13)
    }
}

/// A field of DG13. Cards leave a field out, or have it with nothing in it; the difference is kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// The file does not have the field.
    #[default]
    Absent,
    /// The field is there and empty.
    Empty,
    /// The field is there and says something.
    Present(T),
    /// The field is there and could not be understood: a text that is not UTF-8, a day that is none in the calendar
    /// (only the year known, say), a number without twelve digits. With the bytes of the text, or all of the field's
    /// if its inside is broken.
    Unreadable(PrivateBytes),
}

impl<T> Field<T> {
    /// What the field says, if it is there and understood.
    #[must_use]
    pub const fn present(&self) -> Option<&T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Empty | Self::Unreadable(_) => None,
        }
    }
}

/// The state of the field without its content.
impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "Absent",
            Self::Empty => "Empty",
            Self::Present(_) => "Present",
            Self::Unreadable(_) => "Unreadable",
        })
    }
}

/// How long the card is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// To the end of this day.
    On(Date),
    /// "Không thời hạn": without end, for holders past the last age at which the card is to be renewed.
    NoExpiry,
}

/// A field as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawField {
    /// Its number, if it begins with one.
    pub number: Option<u32>,
    /// Where it begins in the file.
    pub offset: usize,
    /// The whole TLV.
    pub bytes: PrivateBytes,
}

/// Something odd that did not keep the file from being read. Offsets count from the first byte of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The version is not 1, or missing.
    OtherVersion,
    /// The object identifier is not 1.0.10646.1.0.8, or missing.
    OtherObjectIdentifier,
    /// Something else than a SEQUENCE stands among the fields.
    NotAField {
        /// Where.
        offset: usize,
    },
    /// A field does not begin with a number.
    UnnumberedField {
        /// Where the field begins.
        offset: usize,
    },
    /// A field has a number other than 1 to 16.
    UnknownField {
        /// The number.
        number: u32,
        /// Where the field begins.
        offset: usize,
    },
    /// A field stands there once more; the first one counts.
    RepeatedField {
        /// The number.
        number: u32,
        /// Where the later field begins.
        offset: usize,
    },
    /// A field has more in it than is understood; the first text of it counts.
    SurplusValues {
        /// The number.
        number: u32,
        /// Where the field begins.
        offset: usize,
    },
    /// The inside of a field is not TLV, nested deeper than four levels, or has more than eight values at one level.
    MalformedField {
        /// The number.
        number: u32,
        /// Where the field begins.
        offset: usize,
    },
    /// The text of a field is not what the field is for; see [`Field::Unreadable`].
    UnreadableField {
        /// The number.
        number: u32,
        /// Where the field begins.
        offset: usize,
    },
    /// Field 15 is missing and field 16 has the form of an old number. They are not swapped.
    SerialLooksLikeOldNumber,
    /// Bytes stand behind the last element of a level, or behind the file.
    TrailingBytes {
        /// Where they begin.
        offset: usize,
    },
}

impl Note {
    /// A permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OtherVersion => "dg13_other_version",
            Self::OtherObjectIdentifier => "dg13_other_object_identifier",
            Self::NotAField { .. } => "dg13_not_a_field",
            Self::UnnumberedField { .. } => "dg13_unnumbered_field",
            Self::UnknownField { .. } => "dg13_unknown_field",
            Self::RepeatedField { .. } => "dg13_repeated_field",
            Self::SurplusValues { .. } => "dg13_surplus_values",
            Self::MalformedField { .. } => "dg13_malformed_field",
            Self::UnreadableField { .. } => "dg13_unreadable_field",
            Self::SerialLooksLikeOldNumber => "dg13_serial_looks_like_old_number",
            Self::TrailingBytes { .. } => "dg13_trailing_bytes",
        }
    }
}

/// Why bytes are not a DG13. Offsets count from the first byte of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dg13Error {
    /// The file does not begin with a whole TLV of tag `6D`.
    Outer(TlvError),
    /// The SEQUENCE in it, or the SET of the fields, is missing or cut short.
    Body(TlvError),
    /// The fields do not follow each other as TLVs.
    Fields(TlvError),
    /// More fields than any card has: [`MAX_FIELDS`].
    TooManyFields {
        /// Where the first one too many begins.
        offset: usize,
    },
}

impl Dg13Error {
    /// Where in the file the trouble stands, in bytes.
    #[must_use]
    pub const fn offset(self) -> usize {
        match self {
            Self::Outer(error) | Self::Body(error) | Self::Fields(error) => error.offset(),
            Self::TooManyFields { offset } => offset,
        }
    }

    /// The permanent numeric code, in the 5000s (a file of the chip that does not parse).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Outer(_) => 5130,
            Self::Body(_) => 5131,
            Self::Fields(_) => 5132,
            Self::TooManyFields { .. } => 5133,
        }
    }
}

impl fmt::Display for Dg13Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outer(error) => write!(f, "DG13: {error}"),
            Self::Body(error) => write!(f, "body of DG13: {error}"),
            Self::Fields(error) => write!(f, "fields of DG13: {error}"),
            Self::TooManyFields { offset } => {
                write!(
                    f,
                    "DG13 has more than {MAX_FIELDS} fields, from byte {offset} on"
                )
            }
        }
    }
}

impl core::error::Error for Dg13Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Outer(error) | Self::Body(error) | Self::Fields(error) => Some(error),
            Self::TooManyFields { .. } => None,
        }
    }
}

/// How many fields are read; cards have sixteen.
pub const MAX_FIELDS: usize = 64;

const TAG: u32 = 0x6D;
const INTEGER: u32 = 0x02;
const OBJECT_IDENTIFIER: u32 = 0x06;
const SEQUENCE: u32 = 0x30;
const SET: u32 = 0x31;

/// 1.0.10646.1.0.8: ISO/IEC 10646, transformation format UTF-8.
const ISO_10646_UTF8: &[u8] = &[0x28, 0xD3, 0x16, 0x01, 0x00, 0x08];
