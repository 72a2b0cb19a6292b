//! Keyboard programs as a simulator: keystrokes go in, text comes out. Written from what users of such
//! programs are told (the tables of Telex and VNI), with marks that may be typed anywhere in a word and without the
//! spell check that gives foreign words back.

use alloc::string::String;
use alloc::vec::Vec;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// How letters are made of keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Letters make marks: `aa`, `s`.
    Telex,
    /// Digits do: `6`, `1`.
    Vni,
}

/// A program with its settings.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its method.
    pub method: Method,
    /// Whether `|` begins a word anew, as it does in the programs whose source is public.
    pub bar_ends_word: bool,
}

const TONES: [char; 5] = ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}'];
const HAT: char = '\u{302}';
const HORN: char = '\u{31B}';
const BREVE: char = '\u{306}';

impl Program {
    /// Both methods, with and without `|` as the end of a word.
    pub const ALL: [Self; 4] = [
        Self {
            method: Method::Telex,
            bar_ends_word: true,
        },
        Self {
            method: Method::Vni,
            bar_ends_word: true,
        },
        Self {
            method: Method::Telex,
            bar_ends_word: false,
        },
        Self {
            method: Method::Vni,
            bar_ends_word: false,
        },
    ];

    /// What the program makes of these keystrokes.
    #[must_use]
    pub fn type_text(self, text: &str) -> Zeroizing<String> {
        let mut out = String::new();
        let mut word: Vec<String> = Vec::new();
        for key in text.nfc() {
            let ends = key.is_whitespace()
                || (key.is_ascii_punctuation() && (key != '|' || self.bar_ends_word));
            if ends {
                out.extend(word.drain(..));
                out.push(key);
            } else {
                self.key(&mut word, key);
            }
        }
        out.extend(word);
        let out = Zeroizing::new(out);
        Zeroizing::new(out.nfc().collect())
    }

    fn key(self, word: &mut Vec<String>, key: char) {
        let lower = key.to_ascii_lowercase();
        let done = match self.method {
            Method::Telex => match lower {
                's' | 'f' | 'r' | 'x' | 'j' => tone(
                    word,
                    "sfrxj".find(lower).and_then(|at| TONES.get(at)).copied(),
                ),
                'z' => tone(word, None),
                'a' | 'e' | 'o' => mark(word, &[lower], HAT),
                'd' => stroke(word),
                'w' => {
                    mark(word, &['u', 'o'], HORN) || mark(word, &['a'], BREVE) || {
                        if !word.iter().any(|l| matches!(base(l), 'u' | 'o' | 'a')) {
                            word.push(if key == 'W' { "Ư" } else { "ư" }.into());
                            true
                        } else {
                            false
                        }
                    }
                }
                _ => false,
            },
            Method::Vni => match key {
                '1'..='5' => tone(
                    word,
                    "12345".find(key).and_then(|at| TONES.get(at)).copied(),
                ),
                '0' => tone(word, None),
                '6' => mark(word, &['a', 'e', 'o'], HAT),
                '7' => mark(word, &['u', 'o'], HORN),
                '8' => mark(word, &['a'], BREVE),
                '9' => stroke(word),
                _ => false,
            },
        };
        if !done {
            word.push(String::from(key));
        }
    }
}

fn base(letter: &str) -> char {
    let plain = letter.nfd().next().unwrap_or(' ').to_ascii_lowercase();
    if matches!(plain, 'đ' | 'Đ') {
        'd'
    } else {
        plain
    }
}

fn is_vowel(letter: &str) -> bool {
    matches!(base(letter), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn without(letter: &str, marks: &[char]) -> String {
    letter.nfd().filter(|c| !marks.contains(c)).nfc().collect()
}

fn has(letter: &str, mark: char) -> bool {
    letter.nfd().any(|c| c == mark)
}

/// Sets the tone of the word's last vowel, or takes every tone away. The same tone twice takes it away and types the key.
fn tone(word: &mut [String], tone: Option<char>) -> bool {
    let Some(last) = word.iter().rposition(|l| is_vowel(l)) else {
        return false;
    };
    let had = word.iter().any(|l| TONES.iter().any(|t| has(l, *t)));
    let same = tone.is_some_and(|tone| word.iter().any(|l| has(l, tone)));
    for letter in word.iter_mut() {
        *letter = without(letter, &TONES);
    }
    match (tone, word.get_mut(last)) {
        (None, _) => had,
        (Some(tone), Some(letter)) if !same => {
            *letter = letter.nfd().chain([tone]).nfc().collect();
            true
        }
        _ => false,
    }
}

/// Sets a mark on the last of these vowels. The same mark twice takes it away and types the key.
fn mark(word: &mut [String], vowels: &[char], mark: char) -> bool {
    let Some(last) = word.iter_mut().rfind(|l| vowels.contains(&base(l))) else {
        return false;
    };
    if has(last, mark) {
        *last = without(last, &[mark]);
        return false;
    }
    let plain = without(last, &[HAT, HORN, BREVE]);
    let mut letters = plain.nfd();
    let first = letters.next();
    *last = first
        .into_iter()
        .chain([mark])
        .chain(letters)
        .nfc()
        .collect();
    true
}

fn stroke(word: &mut [String]) -> bool {
    let Some(first) = word.iter_mut().find(|l| base(l) == 'd') else {
        return false;
    };
    let (letter, was_plain) = match first.as_str() {
        "d" => ("đ", true),
        "D" => ("Đ", true),
        "đ" => ("d", false),
        _ => ("D", false),
    };
    *first = letter.into();
    was_plain
}

/// The keystrokes that make `text`, as a scanner types them that knows a method, with no program on.
#[must_use]
pub fn keystrokes(text: &str, method: Method) -> Zeroizing<String> {
    let telex = method == Method::Telex;
    let (mut keys, mut tone) = (Zeroizing::new(String::new()), None);
    for c in text.nfd().chain([' ']) {
        match c {
            HAT if telex => {
                let last = keys.chars().next_back();
                keys.extend(last);
            }
            HAT => keys.push('6'),
            HORN => keys.push(if telex { 'w' } else { '7' }),
            BREVE => keys.push(if telex { 'w' } else { '8' }),
            'đ' | 'Đ' => keys.push_str(if telex { "dd" } else { "d9" }),
            mark if TONES.contains(&mark) => {
                let at = TONES.iter().position(|t| *t == mark).unwrap_or(0);
                tone = if telex { "sfrxj" } else { "12345" }.chars().nth(at);
            }
            letter if letter.is_alphabetic() => keys.push(letter),
            // The tone is typed when the word is over.
            other => {
                keys.extend(tone.take());
                keys.push(other);
            }
        }
    }
    keys.pop();
    keys
}
