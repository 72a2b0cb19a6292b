//! What Vietnamese keyboard programs make of text that a scanner types.
//!
//! A scanner that plays a keyboard types the text of the QR code into a window. A program that makes Vietnamese letters
//! of keystrokes (Telex: `aa` becomes `â`, `s` after a vowel an acute; VNI: `6` and `1` do the same) then changes what it
//! takes for keystrokes of its own. Such programs begin a word anew behind `|`, blanks and other signs, and change
//! nothing in a run of digits that begins a word: the numbers and days of the text come through. Names do not always:
//! `Hoas` becomes `Hóa`, and letters that the scanner cannot type at all go missing.
//!
//! Which program with which settings it was is not known, so nothing is undone here. [`may_be_typed`] compares what is
//! left when everything is taken away that such a program adds, takes or moves.

use crate::name::fold;
use alloc::string::String;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Whether `typed` may be what came of `printed` on its way through a keyboard program, or of a scanner that leaves
/// out the letters that it cannot type.
///
/// True for texts that are the same anyway. It takes away a difference and proves nothing: two names that differ in such
/// letters alone (`Hoa`, `Hoàn` do not, `Hoa` and `Hoá` do) count as one.
#[must_use]
pub fn may_be_typed(typed: &str, printed: &str) -> bool {
    let same = |typed: Zeroizing<String>, printed: Zeroizing<String>| {
        typed.chars().filter(|c| !c.is_whitespace()).count() >= 2 && *typed == *printed
    };
    // Where one letter with a diacritic came through, none was left out.
    let left_out = typed
        .chars()
        .all(|c| c.is_ascii() || c == char::REPLACEMENT_CHARACTER);
    same(skeleton(typed), skeleton(printed))
        || (left_out
            && same(
                skeleton(&plain_letters(typed)),
                skeleton(&plain_letters(printed)),
            ))
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
