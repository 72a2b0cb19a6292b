//! Personal data in memory: wiped on drop, hidden in `Debug`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A text about a person, exactly as it was found.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateText(Zeroizing<String>);

impl PrivateText {
    /// Copies `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(String::from(text)))
    }

    /// The text, verbatim.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without the spaces and NULs around it, with which some issuers pad.
    #[must_use]
    pub fn trimmed(&self) -> &str {
        trim(&self.0)
    }

    /// The text for comparing: composed letters (Unicode normal form C), single spaces, nothing around it.
    /// What is shown to people is [`as_str`](Self::as_str): nothing says which form the issuer writes.
    #[must_use]
    pub fn normalized(&self) -> Zeroizing<String> {
        // NFC makes no text of letters longer than three times.
        let mut normal = Zeroizing::new(String::with_capacity(self.0.len().saturating_mul(3)));
        for word in self.trimmed().split_whitespace() {
            if !normal.is_empty() {
                normal.push(' ');
            }
            normal.extend(word.nfc());
        }
        normal
    }
}

/// The number of bytes, never the text.
impl fmt::Debug for PrivateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

/// Bytes about a person that were not understood, exactly as they were found.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateBytes(Zeroizing<Vec<u8>>);

impl PrivateBytes {
    /// Copies `bytes`.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(Vec::from(bytes)))
    }

    /// The bytes, verbatim.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The number of bytes, never their values.
impl fmt::Debug for PrivateBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c == '\0' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;

    #[test]
    fn debug_shows_lengths_only() {
        assert_eq!(format!("{:?}", PrivateText::new("Lê")), "[3 bytes]");
        assert_eq!(format!("{:?}", PrivateBytes::new(b"secret")), "[6 bytes]");
    }

    #[test]
    fn both_normal_forms_compare_alike_and_stay_as_they_are() {
        let composed = PrivateText::new("Nguyễn Thị Đượm");
        let decomposed: String = composed.as_str().nfd().collect();
        let decomposed = PrivateText::new(&format!(" {} ", decomposed.replace(' ', " \u{a0}")));
        assert_ne!(composed, decomposed);
        assert_eq!(*decomposed.normalized(), composed.as_str());
        assert_eq!(composed.normalized(), decomposed.normalized());
    }

    #[test]
    fn padding_is_trimmed_on_demand_only() {
        let text = PrivateText::new("\0 Kinh \0\0");
        assert_eq!(text.as_str(), "\0 Kinh \0\0");
        assert_eq!(text.trimmed(), "Kinh");
    }
}
