//! Text whose bytes were taken for those of another encoding, brought back.
//!
//! A QR code carries UTF-8. Programs on Windows hand it on as Windows-1252, Windows-1258 (Vietnamese) or Latin-1: `Lê`
//! becomes `LÃª`. That can be undone where every character has its byte and the bytes are UTF-8 again.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The text behind `bytes`: UTF-8, with or without a byte order mark, UTF-16 with one, else Windows-1258.
#[must_use]
pub fn decode(bytes: &[u8]) -> Zeroizing<String> {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest
            .chunks_exact(2)
            .filter_map(|pair| pair.first_chunk::<2>().copied().map(unit));
        let mut text = Zeroizing::new(String::with_capacity(rest.len().saturating_mul(2)));
        text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        text
    };
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Zeroizing::new(String::from(text));
    }
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().saturating_mul(3)));
    text.extend(bytes.iter().map(|b| Codepage::Windows1258.character(*b)));
    text
}

/// The text with its encoding put right, and whether there was anything to put right.
pub(super) fn repaired(text: &str) -> (Cow<'_, str>, bool) {
    match undone(text, MOST_PASSES) {
        Some(better) => (Cow::Owned(better), true),
        None => (Cow::Borrowed(text), false),
    }
}

/// A text may have passed through two such programs.
const MOST_PASSES: u8 = 2;

fn undone(text: &str, passes: u8) -> Option<String> {
    // Every second byte of a letter is a sign in those encodings: without one, nothing was misread.
    if passes == 0 || !text.chars().any(|c| !c.is_ascii() && !is_letter(c)) {
        return None;
    }
    [
        Codepage::Latin1,
        Codepage::Windows1252,
        Codepage::Windows1258,
    ]
    .into_iter()
    .find_map(|codepage| {
        let better = String::from_utf8(codepage.bytes(text)?).ok()?;
        undone(&better, passes.saturating_sub(1))
            .or_else(|| better.chars().all(is_plausible).then_some(better))
    })
}

/// Letters of Vietnamese and of its minorities, and what else stands in a name or an address.
pub(super) fn is_plausible(c: char) -> bool {
    c.is_ascii()
        || is_letter(c)
        || matches!(
            c,
            '’' | '‘' | 'ʼ' | '–' | '—' | '“' | '”' | '\u{feff}' | '\u{a0}' | '°' | '²'
        )
}

/// A letter with a diacritic as Vietnamese and the languages of its minorities have them, or a mark of one.
pub(super) fn is_letter(c: char) -> bool {
    matches!(c,
        'À'..='Ã' | 'È'..='Ê' | 'Ì' | 'Í' | 'Ð' | 'Ñ' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
        | 'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ð' | 'ñ' | 'ò'..='õ' | 'ù' | 'ú' | 'ý'
        | 'Ă' | 'ă' | 'Č' | 'č' | 'Đ' | 'đ' | 'Ĕ' | 'ĕ' | 'Ĩ' | 'ĩ' | 'Ĭ' | 'ĭ' | 'Ŏ' | 'ŏ' | 'Ũ' | 'ũ' | 'Ŭ' | 'ŭ'
        | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'ƀ' | 'Ƀ' | '\u{1EA0}'..='\u{1EF9}' | '\u{1E3E}' | '\u{1E3F}'
        // The marks by themselves, as in a decomposed text.
        | '\u{300}'..='\u{303}' | '\u{306}' | '\u{309}' | '\u{30C}' | '\u{31B}' | '\u{323}' | '\u{331}')
}

/// A single-byte encoding.
#[derive(Clone, Copy)]
enum Codepage {
    Latin1,
    Windows1252,
    Windows1258,
}

/// Windows-1252 from 0x80 to 0x9F. Bytes that it leaves undefined stand for themselves, as browsers have it.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Where Windows-1258 differs from Windows-1252.
const WINDOWS_1258: [(u8, char); 20] = [
    (0x8A, '\u{8A}'),
    (0x8E, '\u{8E}'),
    (0x9A, '\u{9A}'),
    (0x9E, '\u{9E}'),
    (0xC3, 'Ă'),
    (0xCC, '\u{300}'),
    (0xD0, 'Đ'),
    (0xD2, '\u{309}'),
    (0xD5, 'Ơ'),
    (0xDD, 'Ư'),
    (0xDE, '\u{303}'),
    (0xE3, 'ă'),
    (0xEC, '\u{301}'),
    (0xF0, 'đ'),
    (0xF2, '\u{323}'),
    (0xF5, 'ơ'),
    (0xFD, 'ư'),
    (0xFE, '₫'),
    (0xA0, '\u{a0}'),
    (0xFF, 'ÿ'),
];

impl Codepage {
    fn character(self, byte: u8) -> char {
        if matches!(self, Self::Latin1) {
            return char::from(byte);
        }
        let own = WINDOWS_1258
            .iter()
            .find(|(known, _)| matches!(self, Self::Windows1258) && *known == byte);
        if let Some((_, c)) = own {
            return *c;
        }
        byte.checked_sub(0x80)
            .and_then(|at| WINDOWS_1252.get(usize::from(at)))
            .copied()
            .unwrap_or_else(|| char::from(byte))
    }

    /// The bytes that were read as `text`. `None` where a character has none.
    fn bytes(self, text: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(text.len());
        for c in text.chars() {
            // A non-breaking space is the end of many a letter (`à` is C3 A0), and some programs make it a plain one.
            let lost = c == ' ' && matches!(bytes.last(), Some(0xC3));
            bytes.push(if lost { 0xA0 } else { self.byte(c)? });
        }
        Some(bytes)
    }

    fn byte(self, c: char) -> Option<u8> {
        if c.is_ascii() {
            return u8::try_from(c).ok();
        }
        (0x80..=0xFF).find(|byte| self.character(*byte) == c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;
    use unicode_normalization::UnicodeNormalization;

    const TEXT: &str = "Lê Thử Nghiệm, Hà Nội, Đắk Lắk, Ỷ Ử Ễ ẳ ỹ";

    fn read_as(text: &str, codepage: Codepage) -> String {
        text.bytes().map(|b| codepage.character(b)).collect()
    }

    const ALL: [Codepage; 3] = [
        Codepage::Latin1,
        Codepage::Windows1252,
        Codepage::Windows1258,
    ];

    #[test]
    fn every_letter_comes_back_from_every_codepage() {
        let letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
        let both = letters.to_string() + &letters.to_uppercase() + "ŏŭčĕĭñ";
        for text in [
            both.clone(),
            both.nfd().collect::<String>(),
            TEXT.to_string(),
        ] {
            for codepage in ALL {
                let misread = read_as(&text, codepage);
                let (back, changed) = repaired(&misread);
                assert_eq!(back, text);
                assert!(changed);
                // Twice over.
                let twice = read_as(&read_as(&text, codepage), Codepage::Windows1252);
                assert_eq!(repaired(&twice).0, text);
            }
        }
    }

    #[test]
    fn a_non_breaking_space_that_became_a_plain_one() {
        let broken = read_as("Hà Nội", Codepage::Windows1252).replace('\u{a0}', " ");
        assert_eq!(repaired(&broken).0, "Hà Nội");
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [TEXT, "plain", "", "Y’ Bu–Rah", "Ă", "Â", "À Ố"] {
            assert_eq!(repaired(text), (Cow::Borrowed(text), false), "{text}");
            let apart: String = text.nfd().collect();
            assert_eq!(repaired(&apart).0, apart);
        }
    }

    #[test]
    fn bytes_in_other_encodings() {
        let utf16 = |order: fn(u16) -> [u8; 2]| {
            core::iter::once(0xFEFF)
                .chain(TEXT.encode_utf16())
                .flat_map(order)
                .collect::<Vec<u8>>()
        };
        assert_eq!(*decode(&utf16(u16::to_le_bytes)), TEXT);
        assert_eq!(*decode(&utf16(u16::to_be_bytes)), TEXT);
        assert_eq!(*decode(TEXT.as_bytes()), TEXT);
        // Windows-1258: letters with their marks behind them.
        let decoded = decode(b"L\xEA Th\xFD\xD2");
        assert_eq!(decoded.nfc().collect::<String>(), "Lê Thử");
        assert_eq!(*decode(b""), "");
        assert_eq!(*decode(b"\xFF\xFEa"), "");
    }
}
