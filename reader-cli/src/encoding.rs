//! Text as other programs write it: with a byte order mark, or as UTF-16, as spreadsheets and PowerShell do.

use std::borrow::Cow;

/// `bytes` as UTF-8 without a byte order mark, where such a mark says what they are; otherwise as they are.
pub(crate) fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(wide(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(wide(rest, u16::from_be_bytes)),
        _ => Cow::Borrowed(bytes),
    }
}

fn wide(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| pair.try_into().ok().map(read));
    // No more than three bytes for each unit: a text that grows would leave unwiped pieces of a secret behind.
    let mut text = Vec::with_capacity(bytes.len().saturating_mul(2));
    for c in char::decode_utf16(units) {
        let mut buffer = [0; 4];
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_what_the_bytes_are() {
        let text = "Nguyễn 🪪";
        let wide = |write: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(write).collect()
        };
        let marked = [&[0xEF, 0xBB, 0xBF][..], text.as_bytes()].concat();
        for bytes in [
            text.as_bytes(),
            &marked,
            &wide(u16::to_le_bytes),
            &wide(u16::to_be_bytes),
        ] {
            assert_eq!(utf8(bytes), text.as_bytes());
        }
        // Half a character, and half a pair: a sign that stands in no name.
        assert_eq!(utf8(&[0xFF, 0xFE, 0x41, 0, 0x42]), &b"A"[..]);
        assert_eq!(utf8(&[0xFF, 0xFE, 0x00, 0xD8]), "\u{FFFD}".as_bytes());
    }
}
