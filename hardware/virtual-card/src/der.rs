//! A small DER writer: what certificates, signed objects and security infos are built from.
//!
//! X.690, clauses 8, 10 and 11.

use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::tlv;

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv::encode_all(0x30, parts)
}

/// SET OF: DER demands ascending order of the encodings (X.690, 11.6).
pub(crate) fn set_of(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    tlv::encode(0x31, &parts.concat())
}

pub(crate) fn integer(value: u32) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

/// A big-endian number that is not negative.
pub(crate) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    let significant = bytes.get(zeros..).unwrap_or_default();
    let mut value = Vec::with_capacity(significant.len() + 1);
    if significant.first().is_none_or(|b| b & 0x80 != 0) {
        value.push(0);
    }
    value.extend_from_slice(significant);
    tlv::encode(0x02, &value)
}

/// An object identifier from its value bytes.
pub(crate) fn oid(bytes: &[u8]) -> Vec<u8> {
    tlv::encode(0x06, bytes)
}

pub(crate) fn octets(bytes: &[u8]) -> Vec<u8> {
    tlv::encode(0x04, bytes)
}

/// A BIT STRING of whole bytes.
pub(crate) fn bits(bytes: &[u8]) -> Vec<u8> {
    tlv::encode_all(0x03, &[&[0], bytes])
}

pub(crate) fn null() -> Vec<u8> {
    tlv::encode(0x05, &[])
}

pub(crate) fn yes() -> Vec<u8> {
    tlv::encode(0x01, &[0xFF])
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    tlv::encode(0x0C, text.as_bytes())
}

pub(crate) fn printable(text: &str) -> Vec<u8> {
    tlv::encode(0x13, text.as_bytes())
}

/// `[n]`, constructed.
pub(crate) fn context(n: u8, value: &[u8]) -> Vec<u8> {
    tlv::encode(u32::from(0xA0 | n), value)
}

/// `[n] IMPLICIT`, primitive.
pub(crate) fn context_primitive(n: u8, value: &[u8]) -> Vec<u8> {
    tlv::encode(u32::from(0x80 | n), value)
}

/// UTCTime up to 2049, GeneralizedTime after (RFC 5280, 4.1.2.5).
pub(crate) fn time(time: UnixTime) -> Vec<u8> {
    let text = generalized(time);
    if (1950..2050).contains(&Date::of(time).year()) {
        tlv::encode(0x17, text.get(2..).unwrap_or_default().as_bytes())
    } else {
        tlv::encode(0x18, text.as_bytes())
    }
}

/// The text of a GeneralizedTime.
pub(crate) fn generalized(time: UnixTime) -> String {
    let day = Date::of(time);
    let second = time.0.rem_euclid(86_400);
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}Z",
        day.year(),
        day.month(),
        day.day(),
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_minimal_and_never_negative() {
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(127), [2, 1, 127]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(unsigned(&[0, 0, 0xFF]), [2, 2, 0, 0xFF]);
    }

    #[test]
    fn times_of_both_centuries() {
        let at = |y| Date::new(y, 5, 10).unwrap().noon_utc();
        assert_eq!(time(at(2021)), [&[0x17, 13][..], b"210510120000Z"].concat());
        assert_eq!(
            time(at(2050)),
            [&[0x18, 15][..], b"20500510120000Z"].concat()
        );
    }

    #[test]
    fn sets_are_sorted() {
        assert_eq!(
            set_of(vec![vec![4, 1, 9], vec![2, 1, 5], vec![4, 1, 1]]),
            [0x31, 9, 2, 1, 5, 4, 1, 1, 4, 1, 9]
        );
    }
}
