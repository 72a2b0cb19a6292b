//! DG13: which fields there are, how they are nested and encoded, and how long each is as a class.

use super::text_form::TextForm;
use super::value_free::facts;
use chipid_emrtd::lds::dg13;
use chipid_emrtd::tlv::{Reader, Tlv, outer};
use chipid_vietnam::dg13::Dg13;

/// Deeper than this, and more than this at one level, no card is known to go.
const MAX_DEPTH: usize = 4;
const MAX_VALUES: usize = 8;
const MAX_FIELDS: usize = 64;
/// Sex, ethnicity, religion, features: few words are in use, and how long one is tells which, or that there is none to tell.
const TELLING: [u16; 4] = [4, 6, 7, 10];

facts! {
    /// DG13.
    pub struct Dg13Facts {
        /// Whether its content is TLV at all.
        pub is_tlv: bool,
        /// The code of the error where it has not the form of the Vietnamese card.
        pub error: Option<u16>,
        /// The fields in the order of the file.
        pub fields: Vec<FieldFacts>,
        /// What was odd.
        pub notes: Vec<&'static str>,
    }

    /// A field.
    pub struct FieldFacts {
        /// Its number, 1 to 16; `None` for any other.
        pub field: Option<u16>,
        /// What follows the number; empty where nothing does.
        pub values: Vec<ValueFacts>,
    }

    /// A value in a field.
    pub struct ValueFacts {
        /// `utf8`, `printable`, `ia5`, `sequence` or `other`.
        pub kind: &'static str,
        /// Of a text.
        pub text: Option<TextForm>,
        /// Of a SEQUENCE: what is in it.
        pub values: Vec<ValueFacts>,
    }
}

impl Dg13Facts {
    pub(super) fn of(file: &[u8]) -> Self {
        let parsed = Dg13::parse(file);
        Self {
            is_tlv: dg13::parse(file).is_tlv,
            error: parsed.as_ref().err().map(|error| error.code()),
            notes: parsed
                .map(|dg13| dg13.notes.iter().map(|note| note.name()).collect())
                .unwrap_or_default(),
            fields: fields(file).unwrap_or_default(),
        }
    }
}

fn fields(file: &[u8]) -> Option<Vec<FieldFacts>> {
    let content = outer(file, 0x6D).ok()?;
    let set = content.child(0x30)?.child(0x31)?;
    let fields = set.children().take(MAX_FIELDS).filter_map(Result::ok);
    Some(fields.map(|field| FieldFacts::of(&field)).collect())
}

impl FieldFacts {
    fn of(field: &Tlv<'_>) -> Self {
        let mut content = field.children();
        let number = content
            .take_if(0x02)
            .and_then(|number| match *number.value {
                [number @ 1..=16] => Some(u16::from(number)),
                _ => None,
            });
        let mut values = values(content, 1);
        if number.is_some_and(|number| TELLING.contains(&number)) {
            values.iter_mut().for_each(ValueFacts::blur);
        }
        Self {
            field: number,
            values,
        }
    }
}

fn values(content: Reader<'_>, depth: usize) -> Vec<ValueFacts> {
    let values = content.take(MAX_VALUES).filter_map(Result::ok);
    values.map(|value| ValueFacts::of(&value, depth)).collect()
}

impl ValueFacts {
    fn blur(&mut self) {
        if let Some(text) = &mut self.text {
            text.blur();
        }
        self.values.iter_mut().for_each(Self::blur);
    }

    fn of(value: &Tlv<'_>, depth: usize) -> Self {
        let kind = match value.tag.0 {
            0x0C => "utf8",
            0x13 => "printable",
            0x16 => "ia5",
            0x30 => "sequence",
            _ => "other",
        };
        Self {
            kind,
            text: matches!(value.tag.0, 0x0C | 0x13 | 0x16).then(|| TextForm::of(value.value)),
            values: if value.tag.0 == 0x30 && depth < MAX_DEPTH {
                values(value.children(), depth + 1)
            } else {
                Vec::new()
            },
        }
    }
}
