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
        /// `utf8`, `printable`, `ia5`, `sequence` or `other`; `any` where the kind would tell the text.
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
        let telling = number.is_some_and(|number| TELLING.contains(&number));
        Self {
            field: number,
            values: if telling {
                vec![ValueFacts::blurred(says_anything(content, 1))]
            } else {
                values(content, 1)
            },
        }
    }
}

/// Whether any value, at any depth, is not empty.
fn says_anything(content: Reader<'_>, depth: usize) -> bool {
    content.filter_map(Result::ok).any(|value| {
        if value.tag.0 == 0x30 && depth < MAX_DEPTH {
            says_anything(value.children(), depth + 1)
        } else {
            !value.value.is_empty()
        }
    })
}

fn values(content: Reader<'_>, depth: usize) -> Vec<ValueFacts> {
    let values = content.take(MAX_VALUES).filter_map(Result::ok);
    values.map(|value| ValueFacts::of(&value, depth)).collect()
}

impl ValueFacts {
    /// Whether there is anything, and nothing else: not how it is encoded, for what is ASCII may be a PrintableString, and
    /// not in how many parts.
    fn blurred(anything: bool) -> Self {
        Self {
            kind: "any",
            text: Some(TextForm::blurred(anything)),
            values: Vec::new(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_emrtd::tlv::encode;

    /// Field 6 with this content, in a DG13 with nothing else.
    fn field_6(content: &[u8]) -> Vec<FieldFacts> {
        let field = encode(0x30, &[&[2, 1, 6][..], content].concat());
        let file = encode(0x6D, &encode(0x30, &encode(0x31, &field)));
        let facts = fields(&file).unwrap();
        assert_eq!((facts.len(), facts[0].field), (1, Some(6)));
        facts
    }

    /// An issuer that takes the narrowest type for each text: of what people differ in, only that it is there is told.
    #[test]
    fn the_type_of_a_telling_text_is_not_told() {
        let none = encode(0x13, b"Kinh");
        let same = field_6(&none);
        let nested = encode(
            0x30,
            &[encode(0x0C, "Ê".as_bytes()), encode(0x0C, "Đê".as_bytes())].concat(),
        );
        for other in [
            encode(0x0C, "Ê Đê".as_bytes()),
            encode(0x16, b"Hoa"),
            encode(0x1E, b"\0A"),
            [encode(0x0C, b""), encode(0x13, b"Tay")].concat(),
            nested,
        ] {
            assert_eq!(field_6(&other), same);
        }
        assert_eq!(same[0].values, [ValueFacts::blurred(true)]);
        for nothing in [
            vec![],
            encode(0x0C, b""),
            encode(0x13, b""),
            encode(0x30, b""),
        ] {
            assert_eq!(field_6(&nothing)[0].values, [ValueFacts::blurred(false)]);
        }
    }
}
