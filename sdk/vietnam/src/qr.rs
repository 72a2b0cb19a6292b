//! The text of the QR code printed on the card.
//!
//! Seven fields parted by `|`: personal number, old number, name, birth (`ddmmyyyy`), sex, residence, date of issue
//! (`ddmmyyyy`). Circular 16/2024/TT-BCA lets more follow on cards from July 2024; in which order is not published.
//! Nothing signs this text and anybody can print one: it serves for the key to the chip, and what it says about the
//! holder is to be believed only where the chip says the same.
//!
//! Between the code and this parser stand scanners and keyboards. A text in the wrong encoding is brought back where it
//! can be; what a keyboard program did to the letters cannot ([`crate::keyboard`]), but it leaves number, days and sex
//! as they were. A number that does not have twelve digits, a day that is none, a sex that the number contradicts while
//! the word is garbled: all that is refused, and nothing is guessed.

pub mod encoding;

use crate::age::Birth;
use crate::date::compact;
use crate::keyboard::skeleton;
use crate::personal_number::{PersonalNumber, PersonalNumberError};
use crate::private::{PrivateText, trim};
use crate::sex::Sex;
use alloc::vec::Vec;
use chipid_emrtd::time::Date;
use core::fmt;

/// What the QR code says. Texts are verbatim; all but the two dates and the sex are wiped on drop.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct QrText {
    /// The personal number.
    pub number: PersonalNumber,
    /// The nine digits of the identity card of old, or an earlier number; most people have none here.
    pub old_number: Option<PrivateText>,
    /// The full name with its diacritics.
    pub name: PrivateText,
    /// The birth: its whole day, or as much of it as is known.
    pub birth: Birth,
    /// The sex.
    pub sex: Sex,
    /// The residence.
    pub residence: Option<PrivateText>,
    /// The day of issue.
    pub issue: Date,
    /// What follows the seventh field, uninterpreted, empty ones included.
    pub extras: Vec<PrivateText>,
    /// How the text came through.
    pub condition: Condition,
}

/// How a text came through scanners and keyboards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition {
    /// Nothing odd was seen in it. A keyboard program may have changed letters all the same.
    Plain,
    /// It was in another encoding, which was put right.
    EncodingRepaired,
    /// Its letters are garbled: name and residence are not to be compared.
    Garbled,
}

/// A number that the holder had before.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EarlierNumber {
    /// The nine digits of an identity card of old (CMND).
    IdentityCard(PrivateText),
    /// Twelve digits: a personal number that was cancelled, or that of an old card with twelve.
    Personal(PersonalNumber),
}

/// Which kind, nothing of the number.
impl fmt::Debug for EarlierNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::IdentityCard(_) => "IdentityCard",
            Self::Personal(_) => "Personal",
        })
    }
}

/// The longest text that is looked at, in bytes: more than the largest QR code holds (2953), also where every byte
/// became a character of two.
pub const MAX_LEN: usize = 8192;

impl QrText {
    /// Parses the text of a QR code. A byte order mark, a scanner's identifier and white space around it are ignored;
    /// another sign may stand for `|` where a keyboard made it so.
    ///
    /// # Errors
    /// [`QrError`] names the first field that cannot be right.
    pub fn parse(text: &str) -> Result<Self, QrError> {
        if text.len() > MAX_LEN {
            return Err(QrError::TooLong { found: text.len() });
        }
        let (text, was_repaired) = encoding::repaired(text);
        let text = without_frame(&text);
        let separator = separator(text);
        let mut fields = text.split(separator);
        let mut field = || fields.next();
        let (
            Some(number),
            Some(old_number),
            Some(name),
            Some(birth),
            Some(sex),
            Some(residence),
            Some(issue),
        ) = (
            field(),
            field(),
            field(),
            field(),
            field(),
            field(),
            field(),
        )
        else {
            return Err(QrError::TooFewFields {
                found: text.split(separator).count(),
            });
        };
        if trim(name).is_empty() {
            return Err(QrError::NameMissing);
        }
        let number = PersonalNumber::new(trim(number)).map_err(QrError::Number)?;
        let (sex, sex_garbled) = read_sex(sex, &number)?;
        let garbled = sex_garbled || is_garbled(name) || residence.contains(is_garbage);
        Ok(Self {
            number,
            old_number: unless_blank(old_number),
            name: PrivateText::new(name),
            birth: Birth::parse_compact(trim(birth)).ok_or(QrError::Birth)?,
            sex,
            residence: unless_blank(residence),
            issue: compact(trim(issue)).ok_or(QrError::Issue)?,
            extras: fields.map(PrivateText::new).collect(),
            condition: match (garbled, was_repaired) {
                (true, _) => Condition::Garbled,
                (false, true) => Condition::EncodingRepaired,
                (false, false) => Condition::Plain,
            },
        })
    }

    /// The numbers that the holder had before, by their shape alone: nine digits, or twelve that are not the number
    /// itself, in the second field or behind the seventh.
    #[must_use]
    pub fn earlier_numbers(&self) -> Vec<EarlierNumber> {
        self.old_number
            .iter()
            .chain(&self.extras)
            .filter_map(|field| {
                let text = field.trimmed();
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                match text.len() {
                    9 if digits => Some(EarlierNumber::IdentityCard(PrivateText::new(text))),
                    12 => PersonalNumber::new(text)
                        .ok()
                        .filter(|number| *number != self.number)
                        .map(EarlierNumber::Personal),
                    _ => None,
                }
            })
            .collect()
    }
}

/// Without what scanners put around a text: byte order mark, AIM identifier (`]Q1`), control characters.
fn without_frame(text: &str) -> &str {
    let around = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let text = text.trim_matches(around);
    match text.strip_prefix("]Q") {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            rest.get(1..).unwrap_or_default().trim_start_matches(around)
        }
        _ => text,
    }
}

/// `|`, or the sign behind the number where a keyboard of another layout typed something else: one that an address does
/// not hold.
fn separator(text: &str) -> char {
    if text.contains('|') {
        return '|';
    }
    let behind = text
        .chars()
        .nth(12)
        .filter(|_| text.bytes().take(12).all(|b| b.is_ascii_digit()));
    behind
        .filter(|c| !c.is_alphanumeric() && !c.is_control() || *c == '\t')
        .filter(|c| !matches!(c, ' ' | ',' | '.' | '-' | '/' | '(' | ')' | '\'' | '"'))
        .unwrap_or('|')
}

/// The sex, and whether its word was garbled. A garbled word counts only where the number says the same.
fn read_sex(word: &str, number: &PersonalNumber) -> Result<(Sex, bool), QrError> {
    if let Some(sex) = Sex::from_vietnamese(word) {
        return Ok((sex, false));
    }
    let left = skeleton(word);
    // Two words begin with N; only one of them has letters that no keyboard lacks.
    let sex = match left.as_str() {
        "NAM" => Sex::Male,
        "NU" | "N" => Sex::Female,
        _ => return Err(QrError::Sex),
    };
    if number.sex() == sex {
        Ok((sex, true))
    } else {
        Err(QrError::Sex)
    }
}

/// Whether a name holds what no name does: digits, signs, letters of other languages.
fn is_garbled(name: &str) -> bool {
    name.chars().any(|c| {
        let of_names = c.is_ascii_alphabetic()
            || c.is_whitespace()
            || encoding::is_letter(c)
            || matches!(
                c,
                '\'' | '’' | '‘' | 'ʼ' | '`' | '-' | '–' | '.' | ',' | '(' | ')' | '\0'
            );
        !of_names
    })
}

/// What is in no text that came through whole.
fn is_garbage(c: char) -> bool {
    c == char::REPLACEMENT_CHARACTER || c == '?' || !encoding::is_plausible(c)
}

fn unless_blank(text: &str) -> Option<PrivateText> {
    (!trim(text).is_empty()).then(|| PrivateText::new(text))
}

/// Which fields there are, nothing of their content.
impl fmt::Debug for QrText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QrText")
            .field("old_number", &self.old_number.is_some())
            .field("residence", &self.residence.is_some())
            .field("extras", &self.extras.len())
            .finish_non_exhaustive()
    }
}

/// Why a text is not that of a Vietnamese card's QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QrError {
    /// Longer than any QR code: [`MAX_LEN`].
    TooLong {
        /// Bytes of the text.
        found: usize,
    },
    /// Fewer than seven fields.
    TooFewFields {
        /// How many there are.
        found: usize,
    },
    /// The first field is not a personal number.
    Number(PersonalNumberError),
    /// The third field is empty.
    NameMissing,
    /// The fourth field is not a day written `ddmmyyyy`.
    Birth,
    /// The fifth field is neither "Nam" nor "Nữ".
    Sex,
    /// The seventh field is not a day written `ddmmyyyy`.
    Issue,
}

impl QrError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::TooLong { .. } => 8130,
            Self::TooFewFields { .. } => 8131,
            Self::Number(_) => 8132,
            Self::NameMissing => 8133,
            Self::Birth => 8134,
            Self::Sex => 8135,
            Self::Issue => 8136,
        }
    }
}

impl fmt::Display for QrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { found } => {
                write!(f, "the QR text has {found} bytes, more than {MAX_LEN}")
            }
            Self::TooFewFields { found } => {
                write!(f, "the QR text has {found} fields, fewer than 7")
            }
            Self::Number(error) => write!(f, "field 1 of the QR text: {error}"),
            Self::NameMissing => f.write_str("field 3 of the QR text (name) is empty"),
            Self::Birth => f.write_str("field 4 of the QR text is not a day of birth (ddmmyyyy)"),
            Self::Sex => f.write_str("field 5 of the QR text is not a sex (Nam, Nữ)"),
            Self::Issue => f.write_str("field 7 of the QR text is not a day of issue (ddmmyyyy)"),
        }
    }
}

impl core::error::Error for QrError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Number(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
