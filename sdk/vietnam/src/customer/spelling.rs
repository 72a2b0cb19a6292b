//! Whether a text can be a Vietnamese name at all, and how two spellings of one word differ.

use alloc::string::String;
use alloc::vec::Vec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// What keeps a text from being read as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Garbled {
    /// An encoding of old read as another one, question marks, digits, markup.
    Encoding,
    /// Letters of another script.
    Script,
}

/// Says what is wrong with a text that is surely no name in Unicode.
pub(super) fn garbled(text: &str) -> Option<Garbled> {
    let mut script = false;
    for c in text.nfd() {
        let fits = c.is_ascii_alphabetic()
            || c.is_whitespace()
            || is_vietnamese_mark(c)
            || matches!(
                c,
                'Đ' | 'đ'
                    | 'Ð'
                    | 'ð'
                    | 'Ƀ'
                    | 'ƀ'
                    | '\''
                    | '’'
                    | '‘'
                    | 'ʼ'
                    | '`'
                    | '-'
                    | '‐'
                    | '.'
                    | ','
                    | '<'
                    | '\0'
            )
            || is_invisible(c);
        if !fits {
            // Letters between Latin-1 and the end of Latin Extended are what encodings of old turn into.
            if c.is_alphabetic() && u32::from(c) > 0x24F {
                script = true;
            } else {
                return Some(Garbled::Encoding);
            }
        }
    }
    if script {
        return Some(Garbled::Script);
    }
    capital_within(text).then_some(Garbled::Encoding)
}

/// Says whether a text that fits no name at hand looks like VNI, which uses letters that Vietnamese has too.
pub(super) fn may_be_garbled(text: &str) -> bool {
    let composed: Vec<char> = text.nfc().collect();
    composed.contains(&'Ñ')
        || composed.contains(&'ñ')
        || composed.windows(2).any(|pair| {
            let [first, second] = pair else { return false };
            let first = first.to_ascii_lowercase();
            matches!(first, 'a' | 'e' | 'o') && is_marked_vowel(*second) && {
                // Syllables that there are: oà, oá, oã, oè, oé and so on.
                let base = second.nfd().next().map(|c| c.to_ascii_lowercase());
                !(first == 'o' && matches!(base, Some('a' | 'e')) && !has_circumflex(*second))
            }
        })
}

fn has_circumflex(c: char) -> bool {
    core::iter::once(c).nfd().any(|c| c == '\u{302}')
}

fn is_marked_vowel(c: char) -> bool {
    let mut parts = core::iter::once(c).nfd();
    matches!(
        parts.next().map(|c| c.to_ascii_lowercase()),
        Some('a' | 'e' | 'i' | 'o' | 'u' | 'y')
    ) && parts.next().is_some()
}

/// "NguyÔn", "hÃ": a capital with a mark behind a small letter is an encoding gone wrong.
fn capital_within(text: &str) -> bool {
    let mut before_is_small = false;
    for c in text.nfc() {
        if before_is_small && !c.is_ascii() && c.is_uppercase() {
            return true;
        }
        before_is_small = c.is_lowercase();
    }
    false
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The marks of Vietnamese, and the caron of some minority names.
fn is_vietnamese_mark(c: char) -> bool {
    is_tone(c) || matches!(c, '\u{302}' | '\u{306}' | '\u{31b}' | '\u{30c}')
}

/// The five tones that are written: grave, acute, tilde, hook above, dot below.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// One word, taken apart: letters with the marks that make them other letters, and the tones apart from them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Base letters, capital: what is left without diacritics.
    pub(super) base: Zeroizing<String>,
    /// Base letters with circumflex, breve, horn, stroke: â, ă, ơ, đ.
    quality: Zeroizing<String>,
    /// The tones, in order.
    tones: Vec<char>,
    /// Behind how many letters each tone stands.
    places: Vec<usize>,
    /// How many marks of any kind there are.
    marks: usize,
}

impl Word {
    pub(super) fn new(text: &str) -> Self {
        let room = text.len().saturating_mul(3);
        let mut word = Self {
            base: crate::name::fold(text),
            quality: Zeroizing::new(String::with_capacity(room)),
            tones: Vec::new(),
            places: Vec::new(),
            marks: 0,
        };
        let mut letters = 0usize;
        for c in text.nfd() {
            if is_tone(c) {
                word.tones.push(c);
                word.places.push(letters);
                word.marks = word.marks.saturating_add(1);
            } else if is_combining_mark(c) {
                word.quality.push(c);
                word.marks = word.marks.saturating_add(1);
            } else if c.is_alphabetic() {
                letters = letters.saturating_add(1);
                for upper in c.to_uppercase() {
                    let upper = if upper == 'Ð' { 'Đ' } else { upper };
                    if upper == 'Đ' {
                        word.marks = word.marks.saturating_add(1);
                    }
                    word.quality.push(upper);
                }
            }
        }
        word
    }

    /// The same marks on the same letters, whatever the case.
    pub(super) fn marks_as_in(&self, other: &Self) -> bool {
        self.sounds_like(other) && self.places == other.places
    }

    /// Whether there are no diacritics at all.
    pub(super) const fn is_plain(&self) -> bool {
        self.marks == 0
    }

    /// The same letters, qualities and tones, wherever the tone is put and whatever the case.
    pub(super) fn sounds_like(&self, other: &Self) -> bool {
        self.quality == other.quality && self.tones == other.tones
    }

    /// The same but for the stroke of Đ, which keyboards of old lacked.
    pub(super) fn differs_in_stroke_alone(&self, other: &Self) -> bool {
        let bare = |word: &Self| Zeroizing::new(word.quality.replace('Đ', "D"));
        bare(self) == bare(other) && self.tones == other.tones
    }

    /// With the only vowel Y, or the Y of QUY, written as I: Lý and Lí, Quý and Quí are one name, Mai and May are not.
    pub(super) fn with_i(&self) -> Option<Self> {
        let vowels = self.base.chars().filter(|c| "AEIOUY".contains(*c)).count();
        let only = vowels == 1 && self.base.contains('Y') && self.base.len() > 1;
        let after_q = vowels == 2 && self.base.starts_with("QUY");
        (only || after_q).then(|| Self {
            base: Zeroizing::new(self.base.replace('Y', "I")),
            quality: Zeroizing::new(self.quality.replace('Y', "I")),
            tones: self.tones.clone(),
            places: self.places.clone(),
            marks: self.marks,
        })
    }
}

/// The words of a name, without what only separates them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let cleaned = cleaned(text);
    cleaned
        .split_whitespace()
        .map(Word::new)
        .filter(|word| !word.base.is_empty())
        .collect()
}

/// The separators of zones and lists are spaces; invisible characters are nothing.
pub(super) fn cleaned(text: &str) -> Zeroizing<String> {
    let mut cleaned = Zeroizing::new(String::with_capacity(text.len()));
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        cleaned.push(if matches!(c, '<' | ',' | '.' | '\0') {
            ' '
        } else {
            c
        });
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names() {
        for name in [
            "Lê Thử Nghiệm",
            "NGUYỄN THỊ ĐƯỢM",
            "Nguyen Thi Duom",
            "Y’ Bu-Rah K'Thử",
            "LE<<THU<NGHIEM",
            "Kpă Hờ Ƀruĭ Čil",
        ] {
            assert_eq!(garbled(name), None, "{name}");
            let decomposed: String = name.nfd().collect();
            assert_eq!(garbled(&decomposed), None, "{name}");
        }
    }

    #[test]
    fn encodings_of_old_are_noticed() {
        for text in [
            "NguyÔn V¨n A", // TCVN3
            "TrÇn ThÞ B×nh",
            "Lª Thö",
            "Nguyá»…n Văn", // UTF-8 read as Windows-1252
            "LÃª Thá»\u{ad} ",
            "hÃ ",
            "Nguyeãn Thò Höông Ñöùc", // VNI with its letters beyond Vietnamese
            "Nguy?n V?n A",
            "Nguy\u{fffd}n",
            "Nguye64n Va8n A",
            "Nguy&#7877;n",
        ] {
            let noticed = garbled(text) == Some(Garbled::Encoding);
            assert!(noticed || may_be_garbled(text), "{text}");
        }
        assert!(may_be_garbled("Traàn Vaên Ñoã"));
        for name in ["Hoà", "Khoẻ", "Toán", "Nguyễn Văn Huỳnh", "Quyết", "Thuý"] {
            assert!(!may_be_garbled(name), "{name}");
        }
    }

    #[test]
    fn a_letter_of_another_script_is_noticed() {
        assert_eq!(garbled("Lê Thử Nghiệm Vаn"), Some(Garbled::Script)); // Cyrillic а
        assert_eq!(garbled("Ｌê"), Some(Garbled::Script));
    }

    #[test]
    fn words_that_sound_alike() {
        let word = Word::new;
        assert!(word("hòa").sounds_like(&word("HOÀ")));
        assert!(word("Thúy").sounds_like(&word("Thuý")));
        assert!(!word("Thủy").sounds_like(&word("Thùy")));
        assert!(!word("An").sounds_like(&word("Ân")));
        assert!(word("Dặng").differs_in_stroke_alone(&word("Đặng")));
        assert!(word("Lý").with_i().unwrap().sounds_like(&word("Lí")));
        assert!(word("Quý").with_i().unwrap().sounds_like(&word("Quí")));
        assert!(word("May").with_i().is_none());
        assert!(word("Y").with_i().is_none());
        assert!(word("Thúy").with_i().is_none());
    }
}
