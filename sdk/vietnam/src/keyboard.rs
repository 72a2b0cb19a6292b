//! What Vietnamese keyboard programs make of text that a scanner types.
//!
//! A scanner that plays a keyboard types the text of the QR code into a window. A program that makes Vietnamese letters
//! of keystrokes (Telex: `aa` becomes `â`, `s` after a vowel an acute; VNI: `6` and `1` do the same) then changes what it
//! takes for keystrokes of its own. Such programs begin a word anew behind `|`, blanks and other signs, and change
//! nothing in a run of digits that begins a word: the numbers and days of the text come through. Names do not always:
//! `Hoas` becomes `Hóa`, and letters that the scanner cannot type at all go missing.
//!
//! Which program with which settings it was is not known, so nothing is undone here: [`may_be_typed`] asks whether one of
//! them makes of the one text the other.

pub mod programs;

use crate::name::fold;
use alloc::string::String;
use programs::{Method, Program, keystrokes};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Whether `typed` is what comes of `printed` on its way through a keyboard program, or of a scanner that leaves out the
/// letters that it cannot type: each program is run over what is printed ([`programs`]), and what comes out has to be what
/// was typed, capital letters and white space aside.
///
/// True for texts that are the same anyway. It takes away a difference and proves nothing.
#[must_use]
pub fn may_be_typed(typed: &str, printed: &str) -> bool {
    let seen = plainly(typed);
    if letters(&seen) < FEWEST_LETTERS {
        return false;
    }
    let same = |text: &str| *plainly(text) == *seen;
    let through = |text: &str| same(text) || Program::ALL.iter().any(|p| same(&p.type_text(text)));
    // Keystrokes of a method, with no program on to make letters of them.
    let made = Program::ALL
        .iter()
        .any(|p| *plainly(&p.type_text(typed)) == *plainly(printed));
    let keyed = [Method::Telex, Method::Vni];
    if made
        || through(printed)
        || keyed
            .iter()
            .any(|method| through(&keystrokes(printed, *method)))
    {
        return true;
    }
    // Where one letter with a diacritic came through, none was left out.
    let left_out = typed
        .chars()
        .all(|c| c.is_ascii() || c == char::REPLACEMENT_CHARACTER);
    let left = plain_letters(typed);
    let same = |text: &str| *plainly(text) == *plainly(&left);
    let plain = plain_letters(printed);
    left_out
        && letters(&left) >= FEWEST_LETTERS
        && (same(&plain)
            || Program::ALL
                .iter()
                .any(|p| same(&plain_letters(&p.type_text(&plain)))))
}

/// A text of fewer letters would be that of too many names.
const FEWEST_LETTERS: usize = 2;

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Composed, in capitals, words parted by one blank.
fn plainly(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len().saturating_mul(3)));
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.nfc().flat_map(char::to_uppercase));
    }
    out
}

/// The letters of each word that no keyboard program touches, or that it touches alike on both sides.
pub(crate) fn skeleton(text: &str) -> Zeroizing<String> {
    let folded = fold(text);
    let mut left = Zeroizing::new(String::with_capacity(folded.len().saturating_mul(2)));
    for word in folded.split(' ') {
        if !left.is_empty() {
            left.push(' ');
        }
        let start = left.len();
        for c in word.chars() {
            let so_far = left.get(start..).unwrap_or_default();
            match c {
                // Tones of Telex, wherever they were typed; z takes one away.
                'S' | 'F' | 'R' | 'X' | 'J' | 'Z' => {}
                // Hook and breve; where there is nothing to put them on, a letter of its own: ư.
                'W' if so_far.contains(['A', 'O', 'U']) => {}
                'W' => left.push('U'),
                // The second of a pair makes a circumflex or a stroke, also where it stands further on in the word.
                'A' | 'E' | 'O' | 'D' if so_far.contains(c) => {}
                'A'..='Z' => left.push(c),
                // VNI and VIQR: digits and signs. And letters that no longer are any.
                _ if c.is_ascii() || !c.is_alphabetic() => {}
                other => left.push(other),
            }
        }
    }
    left
}

/// The text without the letters that have no key of their own.
fn plain_letters(text: &str) -> Zeroizing<String> {
    let mut left = Zeroizing::new(String::with_capacity(text.len()));
    left.extend(text.nfc().filter(|c| c.is_ascii_alphabetic() || *c == ' '));
    left
}

#[cfg(test)]
pub(crate) mod tests;
