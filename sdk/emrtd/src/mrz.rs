//! The machine readable zone: its three layouts, its check digits, and the access key that it holds.
//!
//! Doc 9303-3, 4.9 (check digits) and section 5 (codes); Doc 9303-4 (TD3), 9303-5 (TD1), 9303-6 (TD2);
//! Doc 9303-11, 9.7.2 (document basic access keys) and 4.4.3 / 9.7.3 (the password of PACE).

use crate::crypto::hash::HashAlgorithm;
use crate::error::{InputError, ParseErrorKind};
use crate::time::Date;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// A machine readable zone whose check digits hold. All of it is the holder's: wiped, and hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    text: Zeroizing<String>,
    layout: Layout,
}

/// The size of the document, which sets the layout of the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Three lines of 30 characters: ID cards.
    Td1,
    /// Two lines of 36 characters.
    Td2,
    /// Two lines of 44 characters: passports.
    Td3,
}

/// Where a zone is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MrzError {
    /// The character, counted from the first of the first line, line ends left out.
    pub offset: usize,
    /// What is wrong there: the length, a character, or a check digit.
    pub kind: ParseErrorKind,
}

/// A date of the zone as it stands there: two digits of the year, month, day; any may be unknown (`<<`).
#[derive(Clone, PartialEq, Eq)]
pub struct MrzDate(Zeroizing<String>);

/// The sex as the zone gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sex {
    /// F.
    Female,
    /// M.
    Male,
    /// `<` or X: not said.
    Unspecified,
}

impl Mrz {
    /// Reads a zone from its text; line ends and blanks between and around the lines do not matter, and
    /// lower-case letters count as capitals.
    ///
    /// # Errors
    /// [`MrzError`] at the first character that is wrong.
    pub fn parse(text: &str) -> Result<Self, MrzError> {
        let mut clean = Zeroizing::new(String::with_capacity(90));
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let c = c.to_ascii_uppercase();
            if clean.len() >= 90 {
                return Err(error(90, ParseErrorKind::Length));
            }
            if !matches!(c, 'A'..='Z' | '0'..='9' | '<') {
                return Err(error(clean.len(), ParseErrorKind::Value));
            }
            clean.push(c);
        }
        let layout = match clean.len() {
            90 => Layout::Td1,
            72 => Layout::Td2,
            88 => Layout::Td3,
            other => return Err(error(other, ParseErrorKind::Length)),
        };
        let mrz = Self {
            text: clean,
            layout,
        };
        mrz.verify_check_digits()?;
        Ok(mrz)
    }

    /// The layout.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// The whole zone without line ends.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The document code, as `ID`, `P` or `PV`, fillers taken off.
    #[must_use]
    pub fn document_code(&self) -> &str {
        self.field(0, 2).trim_end_matches('<')
    }

    /// The issuing state or organisation, three letters, fillers taken off (`D` for Germany).
    #[must_use]
    pub fn issuing_state(&self) -> &str {
        self.field(2, 3).trim_end_matches('<')
    }

    /// The document number, fillers taken off. A number of more than nine characters on TD1 and TD2 goes on in
    /// the optional data (Doc 9303-5, 4.2.2.1, note j) and is put together here.
    #[must_use]
    pub fn document_number(&self) -> Zeroizing<String> {
        let (start, _) = self.document_number_span();
        let mut number = Zeroizing::new(String::from(self.field(start, 9).trim_end_matches('<')));
        if let Some(rest) = self.long_number_tail() {
            let tail = rest.trim_end_matches('<');
            number.push_str(tail.get(..tail.len().saturating_sub(1)).unwrap_or(""));
        }
        number
    }

    /// The optional data (TD1: of the first line; TD3: the personal number), fillers at the end taken off.
    #[must_use]
    pub fn optional_data(&self) -> &str {
        match self.layout {
            Layout::Td1 => self.field(15, 15),
            Layout::Td2 => self.field(36 + 28, 7),
            Layout::Td3 => self.field(44 + 28, 14),
        }
        .trim_end_matches('<')
    }

    /// The optional data of the second line of TD1, fillers at the end taken off; empty elsewhere.
    #[must_use]
    pub fn optional_data_2(&self) -> &str {
        match self.layout {
            Layout::Td1 => self.field(30 + 18, 11).trim_end_matches('<'),
            Layout::Td2 | Layout::Td3 => "",
        }
    }

    /// The date of birth.
    #[must_use]
    pub fn birth(&self) -> MrzDate {
        let start = match self.layout {
            Layout::Td1 => 30,
            Layout::Td2 => 36 + 13,
            Layout::Td3 => 44 + 13,
        };
        MrzDate(Zeroizing::new(String::from(self.field(start, 6))))
    }

    /// The sex.
    #[must_use]
    pub fn sex(&self) -> Sex {
        let at = match self.layout {
            Layout::Td1 => 30 + 7,
            Layout::Td2 => 36 + 20,
            Layout::Td3 => 44 + 20,
        };
        match self.field(at, 1) {
            "F" => Sex::Female,
            "M" => Sex::Male,
            _ => Sex::Unspecified,
        }
    }

    /// The date of expiry.
    #[must_use]
    pub fn expiry(&self) -> MrzDate {
        let start = match self.layout {
            Layout::Td1 => 30 + 8,
            Layout::Td2 => 36 + 21,
            Layout::Td3 => 44 + 21,
        };
        MrzDate(Zeroizing::new(String::from(self.field(start, 6))))
    }

    /// The nationality, three letters, fillers taken off.
    #[must_use]
    pub fn nationality(&self) -> &str {
        let start = match self.layout {
            Layout::Td1 => 30 + 15,
            Layout::Td2 => 36 + 10,
            Layout::Td3 => 44 + 10,
        };
        self.field(start, 3).trim_end_matches('<')
    }

    /// The name as `SURNAME GIVEN NAMES`: fillers become blanks.
    #[must_use]
    pub fn name(&self) -> Zeroizing<String> {
        let mut name = Zeroizing::new(String::with_capacity(40));
        for part in self.name_field().split('<').filter(|p| !p.is_empty()) {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(part);
        }
        name
    }

    /// The name field as it stands, fillers included: 30, 31 or 39 characters.
    #[must_use]
    pub fn name_field(&self) -> &str {
        match self.layout {
            Layout::Td1 => self.field(60, 30),
            Layout::Td2 => self.field(5, 31),
            Layout::Td3 => self.field(5, 39),
        }
    }

    /// The access key that this zone holds.
    #[must_use]
    pub fn access_key(&self) -> MrzKey {
        let mut information = Zeroizing::new(String::with_capacity(40));
        let number = self.document_number();
        push_checked(&mut information, &number, 9);
        push_checked(&mut information, &self.birth().0, 6);
        push_checked(&mut information, &self.expiry().0, 6);
        MrzKey(information)
    }

    fn field(&self, start: usize, len: usize) -> &str {
        self.text
            .get(start..start.saturating_add(len))
            .unwrap_or_default()
    }

    fn document_number_span(&self) -> (usize, usize) {
        match self.layout {
            Layout::Td1 => (5, 14),
            Layout::Td2 => (36, 45),
            Layout::Td3 => (44, 53),
        }
    }

    /// The rest of a long document number and its check digit: optional data up to the first filler, where the
    /// check digit's own place holds a filler.
    fn long_number_tail(&self) -> Option<&str> {
        let (_, end) = self.document_number_span();
        if self.layout == Layout::Td3 || self.field(end, 1) != "<" {
            return None;
        }
        let optional = match self.layout {
            Layout::Td1 => self.field(15, 15),
            _ => self.field(36 + 28, 7),
        };
        let tail = optional.split('<').next().unwrap_or_default();
        (tail.len() >= 2).then_some(tail)
    }

    fn verify_check_digits(&self) -> Result<(), MrzError> {
        let (start, end) = self.document_number_span();
        if let Some(tail) = self.long_number_tail() {
            let (body, digit) = tail.split_at(tail.len().saturating_sub(1));
            let number = Zeroizing::new([self.field(start, 9), body].concat());
            if check_digit(&number) != digit.chars().next() {
                return Err(error(end, ParseErrorKind::CheckDigit));
            }
        } else {
            self.verify(&[(start, 9)], end)?;
        }
        match self.layout {
            Layout::Td1 => {
                self.verify(&[(30, 6)], 36)?;
                self.verify(&[(38, 6)], 44)?;
                self.verify(&[(5, 25), (30, 7), (38, 7), (48, 11)], 59)
            }
            Layout::Td2 => {
                self.verify(&[(49, 6)], 55)?;
                self.verify(&[(57, 6)], 63)?;
                self.verify(&[(36, 10), (49, 7), (57, 14)], 71)
            }
            Layout::Td3 => {
                self.verify(&[(57, 6)], 63)?;
                self.verify(&[(65, 6)], 71)?;
                // The personal number's digit may be a filler where there is none (deviations row 112).
                if !(self.field(86, 1) == "<" && self.optional_data().is_empty()) {
                    self.verify(&[(72, 14)], 86)?;
                }
                self.verify(&[(44, 10), (57, 7), (65, 22)], 87)
            }
        }
    }

    fn verify(&self, spans: &[(usize, usize)], digit_at: usize) -> Result<(), MrzError> {
        let mut covered = Zeroizing::new(String::with_capacity(64));
        for (start, len) in spans {
            covered.push_str(self.field(*start, *len));
        }
        if check_digit(&covered) == self.field(digit_at, 1).chars().next() {
            Ok(())
        } else {
            Err(error(digit_at, ParseErrorKind::CheckDigit))
        }
    }
}

impl fmt::Debug for Mrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mrz({:?})", self.layout)
    }
}

impl fmt::Display for MrzError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            ParseErrorKind::Length => "the zone does not have 72, 88 or 90 characters",
            ParseErrorKind::CheckDigit => "the check digit is wrong",
            _ => "this character cannot stand in a zone",
        };
        write!(f, "{what} (character {})", self.offset.saturating_add(1))
    }
}

impl core::error::Error for MrzError {}

impl MrzDate {
    /// YYMMDD as it stands in the zone.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day, read as a date of birth: the latest century in which it does not lie after `today`.
    /// `None` where a part is unknown or the day does not exist.
    #[must_use]
    pub fn as_birth(&self, today: Date) -> Option<Date> {
        let (yy, month, day) = self.parts()?;
        let century = today.year() / 100 * 100;
        [century, century.checked_sub(100)?]
            .into_iter()
            .filter_map(|c| Date::new(c.checked_add(yy)?, month, day))
            .find(|d| *d <= today)
    }

    /// The day, read as a date of expiry: in the century of `today`, unless that lies more than fifty years
    /// ahead, then in the one before. `None` where a part is unknown or the day does not exist.
    #[must_use]
    pub fn as_expiry(&self, today: Date) -> Option<Date> {
        let (yy, month, day) = self.parts()?;
        let mut year = (today.year() / 100 * 100).checked_add(yy)?;
        if year > today.year().checked_add(50)? {
            year = year.checked_sub(100)?;
        } else if year.checked_add(50)? < today.year() {
            year = year.checked_add(100)?;
        }
        Date::new(year, month, day)
    }

    fn parts(&self) -> Option<(u16, u8, u8)> {
        let number = |start: usize| -> Option<u8> {
            let text = self.0.get(start..start.checked_add(2)?)?;
            text.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
            text.parse().ok()
        };
        Some((u16::from(number(0)?), number(2)?, number(4)?))
    }
}

impl fmt::Debug for MrzDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MrzDate")
    }
}

/// What of the zone opens the chip: document number, birth and expiry, each with its check digit.
#[derive(Clone, PartialEq, Eq)]
pub struct MrzKey(Zeroizing<String>);

impl MrzKey {
    /// From the three values themselves; dates as YYMMDD.
    ///
    /// # Errors
    /// [`InputError::DocumentNumber`], [`InputError::Date`].
    pub fn new(document_number: &str, birth: &str, expiry: &str) -> Result<Self, InputError> {
        let number = Zeroizing::new(document_number.trim().to_ascii_uppercase());
        let usable = |c: char| matches!(c, 'A'..='Z' | '0'..='9' | '<');
        if number.trim_matches('<').is_empty() || number.len() > 22 || !number.chars().all(usable) {
            return Err(InputError::DocumentNumber);
        }
        for date in [birth, expiry] {
            if date.len() != 6 || !date.chars().all(|c| matches!(c, '0'..='9' | '<')) {
                return Err(InputError::Date);
            }
        }
        let mut information = Zeroizing::new(String::with_capacity(40));
        push_checked(&mut information, &number, 9);
        push_checked(&mut information, birth, 6);
        push_checked(&mut information, expiry, 6);
        Ok(Self(information))
    }

    /// The document number with its check digit: how a chip that was opened by BAC is named in Terminal Authentication.
    #[must_use]
    pub(crate) fn document_number(&self) -> &[u8] {
        // Birth and expiry, each with its check digit, stand behind it.
        let len = self.0.len().saturating_sub(14);
        self.0.as_bytes().get(..len).unwrap_or_default()
    }

    /// SHA-1 of the MRZ information: the password of PACE, and the key seed of BAC in its first 16 bytes.
    #[must_use]
    pub(crate) fn digest(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(HashAlgorithm::Sha1.digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for MrzKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MrzKey")
    }
}

/// The check digit of `text`: weights 7, 3, 1 over 0 to 9, A to Z as 10 to 35, the filler as 0.
/// `None` where another character stands in it.
#[must_use]
pub fn check_digit(text: &str) -> Option<char> {
    let mut sum = 0u32;
    for (c, weight) in text.chars().zip([7, 3, 1].into_iter().cycle()) {
        let value = match c {
            '<' => 0,
            'A'..='Z' | '0'..='9' => c.to_digit(36)?,
            _ => return None,
        };
        sum = sum.wrapping_add(value.wrapping_mul(weight)) % 10;
    }
    char::from_digit(sum, 10)
}

fn push_checked(out: &mut String, value: &str, width: usize) {
    let start = out.len();
    out.push_str(value);
    for _ in value.len()..width {
        out.push('<');
    }
    let digit = out.get(start..).and_then(check_digit).unwrap_or('0');
    out.push(digit);
}

const fn error(offset: usize, kind: ParseErrorKind) -> MrzError {
    MrzError { offset, kind }
}

#[cfg(test)]
mod tests;
