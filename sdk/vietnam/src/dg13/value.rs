//! The values within one field of DG13: texts, nested to any depth that a card uses.

use super::SEQUENCE;
use alloc::vec::Vec;
use chipid_emrtd::tlv::Reader;

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// The bytes of a string of one of the types that hold UTF-8 or a part of it.
    Text(&'a [u8]),
    /// A SEQUENCE, which may be empty: the slot of somebody who is not named.
    Group(Vec<Value<'a>>),
    /// Something else.
    Other,
}

/// Levels of nesting; the values of the field itself are the first.
const MAX_DEPTH: usize = 4;
/// Values at one level.
const MAX_VALUES: usize = 8;

const UTF8_STRING: u32 = 0x0C;
const PRINTABLE_STRING: u32 = 0x13;
const IA5_STRING: u32 = 0x16;

/// Reads all values. `None` if the bytes are not TLV or beyond the limits.
pub(super) fn read_values(reader: Reader<'_>) -> Option<Vec<Value<'_>>> {
    read_level(reader, 1)
}

fn read_level(reader: Reader<'_>, depth: usize) -> Option<Vec<Value<'_>>> {
    let mut values = Vec::new();
    for tlv in reader {
        let tlv = tlv.ok()?;
        if depth > MAX_DEPTH || values.len() >= MAX_VALUES {
            return None;
        }
        values.push(match tlv.tag.0 {
            UTF8_STRING | PRINTABLE_STRING | IA5_STRING => Value::Text(tlv.value),
            SEQUENCE => Value::Group(read_level(tlv.children(), depth.saturating_add(1))?),
            _ => Value::Other,
        });
    }
    Some(values)
}

/// The first text of `values`, depth first.
pub(super) fn first_text<'a>(values: &[Value<'a>]) -> Option<&'a [u8]> {
    values.iter().find_map(|value| match value {
        Value::Text(text) => Some(*text),
        Value::Group(inner) => first_text(inner),
        Value::Other => None,
    })
}

/// The texts of `values`, depth first, if there are exactly two and nothing else.
pub(super) fn two_texts<'a>(values: &[Value<'a>]) -> Option<[Value<'a>; 2]> {
    let mut found = Vec::new();
    collect(values, &mut found)?;
    let [main, other] = *found.as_slice() else {
        return None;
    };
    Some([Value::Text(main), Value::Text(other)])
}

/// `None` if something else than a text stands among them.
fn collect<'a>(values: &[Value<'a>], found: &mut Vec<&'a [u8]>) -> Option<()> {
    for value in values {
        match value {
            Value::Text(text) => found.push(text),
            Value::Group(inner) => collect(inner, found)?,
            Value::Other => return None,
        }
    }
    Some(())
}

/// How many values there are that are not groups.
pub(super) fn count_leaves(values: &[Value<'_>]) -> usize {
    values.iter().fold(0, |count, value| {
        count.saturating_add(match value {
            Value::Group(inner) => count_leaves(inner),
            Value::Text(_) | Value::Other => 1,
        })
    })
}

/// The slots of the field that names father and mother.
///
/// Two forms are reported: a SEQUENCE for each of them, and one SEQUENCE with both names in it. Groups around the only
/// value are therefore taken off, down to where there are several values or a text.
pub(super) fn slots<'v, 'a>(values: &'v [Value<'a>]) -> &'v [Value<'a>] {
    match values {
        [Value::Group(inner)] if !inner.is_empty() => slots(inner),
        _ => values,
    }
}

/// A non-negative INTEGER of any width whose value fits 32 bits.
pub(super) fn small_integer(bytes: &[u8]) -> Option<u32> {
    let first = bytes.first()?;
    if first & 0x80 != 0 {
        return None;
    }
    bytes.iter().try_fold(0u32, |value, byte| {
        value.checked_mul(256)?.checked_add(u32::from(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_any_width() {
        assert_eq!(small_integer(&[0x0D]), Some(13));
        assert_eq!(small_integer(&[0, 0, 0, 0, 0, 0x0D]), Some(13));
        assert_eq!(small_integer(&[0x01, 0x00]), Some(256));
        assert_eq!(small_integer(&[0, 0xFF, 0xFF, 0xFF, 0xFF]), Some(u32::MAX));
        assert_eq!(small_integer(&[1, 0, 0, 0, 0]), None);
        assert_eq!(small_integer(&[0xFF]), None);
        assert_eq!(small_integer(&[]), None);
    }
}
