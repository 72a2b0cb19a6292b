//! Numbers as records have them, against those of the card.

use super::{CardHolder, CustomerRecord, MAX_VALUE, Reason};
use crate::personal_number::PersonalNumber;
use alloc::string::String;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// How the record's number stands to the card's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same twelve digits.
    Same,
    /// The last nine of them, which is less than the whole.
    SamePart,
    /// Another number of the same holder, as signed data say.
    Changed,
    /// Another number of the same holder, found only after a lost zero was put back.
    ChangedWeakly,
    /// Another number that an unsigned QR code names: anybody can print one with somebody else's number.
    ChangedByQr,
    /// Nothing can be said.
    Unknown,
    /// One digit away.
    Near,
    /// Another number.
    Different,
}

/// A number of a record.
#[derive(Clone, PartialEq, Eq)]
enum Number {
    /// Twelve digits, or eleven and ten with the zeros put back that a spreadsheet ate.
    Personal { digits: Digits, zeros_lost: bool },
    /// Nine digits, or eight with the zero put back.
    Nine { digits: Digits, zeros_lost: bool },
    /// Not a number.
    Unreadable(Reason),
}

type Digits = Zeroizing<String>;

pub(super) fn relate(
    record: &CustomerRecord,
    card: &CardHolder<'_>,
    reasons: &mut Vec<Reason>,
) -> Relation {
    let mut own = record
        .number
        .iter()
        .flat_map(|text| parse_all(text.as_str()))
        .take(super::MAX_NUMBERS);
    let primary = own.next();
    // More numbers in one cell: the first is the number, the others are earlier ones.
    let earlier: Vec<Number> = own
        .chain(
            record
                .old_numbers
                .iter()
                .flat_map(|text| parse_all(text.as_str())),
        )
        .take(super::MAX_NUMBERS)
        .collect();
    let Some(number) = &card.number else {
        reasons.push(Reason::CardNumberMissing);
        return Relation::Unknown;
    };
    let qr = card.qr.filter(|qr| qr.number == *number);
    if card.qr.is_some() && qr.is_none() {
        reasons.push(Reason::QrOfAnotherCard);
    }
    let card = Card {
        number,
        old: card.old_number.and_then(plain_digits),
        qr: qr
            .into_iter()
            .flat_map(|qr| qr.old_number.iter().chain(&qr.extras))
            .filter_map(|text| plain_digits(text.as_str()))
            .collect(),
    };
    card.relate(primary.as_ref(), &earlier, reasons)
}

struct Card<'a> {
    number: &'a PersonalNumber,
    /// Nine or twelve digits.
    old: Option<Digits>,
    qr: Vec<Digits>,
}

impl Card<'_> {
    fn relate(
        &self,
        primary: Option<&Number>,
        earlier: &[Number],
        reasons: &mut Vec<Reason>,
    ) -> Relation {
        if let Some(relation) = primary.and_then(|primary| self.known(primary, reasons)) {
            return relation;
        }
        if earlier.iter().any(|n| n.is(self.number.as_str(), false)) {
            reasons.push(Reason::CardNumberIsOlder);
            return Relation::Changed;
        }
        let shared = |n: &Number| self.old.as_ref().is_some_and(|old| n.is(old, false));
        let personal = matches!(primary, Some(Number::Personal { .. }));
        if personal && earlier.iter().any(shared) {
            reasons.push(Reason::OldNumberShared);
            return Relation::Changed;
        }
        match primary {
            None => {
                reasons.push(Reason::NumberMissing);
                Relation::Unknown
            }
            Some(Number::Unreadable(why)) => {
                reasons.push(*why);
                Relation::Unknown
            }
            Some(Number::Nine { digits, .. }) => self.another_old_number(digits, reasons),
            // Ten or eleven digits that are not the card's after all: a digit was dropped somewhere else, perhaps.
            Some(Number::Personal {
                zeros_lost: true, ..
            }) => {
                reasons.push(Reason::NumberMalformed);
                Relation::Unknown
            }
            Some(Number::Personal { digits, .. }) => {
                if one_slip(digits, self.number.as_str()) {
                    reasons.push(Reason::NumberOneDigit);
                    Relation::Near
                } else {
                    reasons.push(Reason::NumberDiffers);
                    Relation::Different
                }
            }
        }
    }

    /// The number is one that the card, or its QR code, knows.
    fn known(&self, primary: &Number, reasons: &mut Vec<Reason>) -> Option<Relation> {
        if primary.is(self.number.as_str(), false) {
            return Some(Relation::Same);
        }
        let (relation, reason) = if primary.is(self.number.as_str(), true) {
            (Relation::Same, Reason::NumberLostZeros)
        } else if self.old.as_ref().is_some_and(|old| primary.is(old, false)) {
            (Relation::Changed, Reason::OldNumberOnCard)
        } else if primary.is(self.number.document_number(), false) {
            (Relation::SamePart, Reason::NumberIsDocumentNumber)
        } else if self.old.as_ref().is_some_and(|old| primary.is(old, true)) {
            (Relation::ChangedWeakly, Reason::OldNumberLostZero)
        } else if self.qr.iter().any(|old| primary.is(old, false)) {
            (Relation::ChangedByQr, Reason::OldNumberInQr)
        } else {
            return None;
        };
        reasons.push(reason);
        Some(relation)
    }

    /// Nine digits that nobody here knows.
    fn another_old_number(&self, digits: &str, reasons: &mut Vec<Reason>) -> Relation {
        match &self.old {
            Some(old) if old.len() == 9 && one_slip(digits, old) => {
                reasons.push(Reason::NumberOneDigit);
                Relation::Near
            }
            Some(old) if old.len() == 9 => {
                reasons.push(Reason::OldNumberDiffers);
                Relation::Different
            }
            _ => {
                reasons.push(Reason::OldNumberNotOnCard);
                Relation::Unknown
            }
        }
    }
}

impl Number {
    /// Whether it is this number; `zeros_lost`: after zeros were put back.
    fn is(&self, other: &str, zeros_lost: bool) -> bool {
        match self {
            Self::Personal {
                digits,
                zeros_lost: lost,
            }
            | Self::Nine {
                digits,
                zeros_lost: lost,
            } => *lost == zeros_lost && digits.as_str() == other,
            Self::Unreadable(_) => false,
        }
    }
}

/// The numbers of one value; some records put several into one.
fn parse_all(text: &str) -> impl Iterator<Item = Number> + '_ {
    text.split(['/', ';', '|', '\n'])
        .filter(|part| !part.trim().is_empty())
        .map(parse)
}

fn parse(text: &str) -> Number {
    if text.len() >= MAX_VALUE {
        return Number::Unreadable(Reason::NumberMalformed);
    }
    let text = unquoted(text);
    if is_scientific(text) {
        return Number::Unreadable(Reason::NumberScientific);
    }
    let text = without_fraction(text);
    let mut digits = Zeroizing::new(String::with_capacity(text.len()));
    let mut letters = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            _ if c.is_whitespace() || is_invisible(c) => {}
            '.' | '-' | '_' | ':' | '·' => {}
            _ if c.is_alphabetic() && digits.is_empty() => letters.push(c),
            _ => return unreadable(c),
        }
    }
    if !letters.is_empty() && !is_label(&letters) {
        return Number::Unreadable(Reason::NumberOfOtherDocument);
    }
    match digits.len() {
        12 => Number::Personal {
            digits,
            zeros_lost: false,
        },
        10 | 11 => Number::Personal {
            digits: padded(&digits, 12),
            zeros_lost: true,
        },
        9 => Number::Nine {
            digits,
            zeros_lost: false,
        },
        8 => Number::Nine {
            digits: padded(&digits, 9),
            zeros_lost: true,
        },
        _ => Number::Unreadable(Reason::NumberMalformed),
    }
}

/// A letter behind digits may be an O for a zero: not for us to say.
fn unreadable(_: char) -> Number {
    Number::Unreadable(Reason::NumberMalformed)
}

/// What spreadsheets put around a number to keep its zeros: `'001…`, `="001…"`.
fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['=', '"', '\'', '’', '`'])
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// `1.099E+09`, `1,099e9`.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(exponent.trim().trim_start_matches(['+', '-']))
        && mantissa.trim().split(['.', ',']).all(digits)
}

/// `1099000017.0` is a number that was a float for a while.
fn without_fraction(text: &str) -> &str {
    for fraction in [".0", ",0", ".00", ",00"] {
        if let Some(whole) = text.strip_suffix(fraction)
            && !whole.contains(['.', ','])
        {
            return whole;
        }
    }
    text
}

/// What people write before the number.
fn is_label(letters: &str) -> bool {
    let folded = crate::name::fold(letters);
    matches!(
        folded.as_str(),
        "CCCD" | "CMND" | "CMT" | "CMTND" | "CC" | "SO" | "SODDCN" | "DDCN" | "ID"
    )
}

fn padded(digits: &str, len: usize) -> Digits {
    let mut text = Zeroizing::new(String::with_capacity(len));
    for _ in digits.len()..len {
        text.push('0');
    }
    text.push_str(digits);
    text
}

/// Nine or twelve digits as a card writes them; a card's number is not repaired.
fn plain_digits(text: &str) -> Option<Digits> {
    let text = crate::private::trim(text);
    let whole = matches!(text.len(), 9 | 12) && text.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| Zeroizing::new(String::from(text)))
}

/// Whether two texts of one length differ in one place, or in two neighbouring ones that changed places.
pub(super) fn one_slip(a: &str, b: &str) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let differing: Vec<(usize, u8, u8)> = a
        .bytes()
        .zip(b.bytes())
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(at, (a, b))| (at, a, b))
        .collect();
    match differing.as_slice() {
        [_] => true,
        [(first, a1, b1), (second, a2, b2)] => {
            first.saturating_add(1) == *second && a1 == b2 && a2 == b1
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Option<(String, bool)> {
        match parse(text) {
            Number::Personal { digits, zeros_lost } | Number::Nine { digits, zeros_lost } => {
                Some(((*digits).clone(), zeros_lost))
            }
            Number::Unreadable(_) => None,
        }
    }

    #[test]
    fn numbers_as_spreadsheets_leave_them() {
        for (text, number, lost) in [
            ("001099000017", "001099000017", false),
            ("'001099000017", "001099000017", false),
            ("=\"001099000017\"", "001099000017", false),
            (" 001 099 000 017 ", "001099000017", false),
            ("001.099.000.017", "001099000017", false),
            ("001-099-000017", "001099000017", false),
            ("CCCD: 001099000017", "001099000017", false),
            ("Số ĐDCN 001099000017", "001099000017", false),
            ("\u{feff}001099000017\u{200b}", "001099000017", false),
            ("1099000017", "001099000017", true),
            ("1099000017.0", "001099000017", true),
            ("36099000017", "036099000017", true),
            ("012345678", "012345678", false),
            ("12345678", "012345678", true),
            ("CMND 012345678", "012345678", false),
        ] {
            assert_eq!(digits(text), Some((number.into(), lost)), "{text}");
        }
    }

    #[test]
    fn what_is_never_guessed() {
        for (text, reason) in [
            ("1.099E+09", Reason::NumberScientific),
            ("1,099e+9", Reason::NumberScientific),
            ("1E9", Reason::NumberScientific),
            ("B1234567", Reason::NumberOfOtherDocument),
            ("00109900001O", Reason::NumberMalformed),
            ("0010990000170", Reason::NumberMalformed),
            ("1234567", Reason::NumberMalformed),
            ("#VALUE!", Reason::NumberMalformed),
            ("00109900001７", Reason::NumberMalformed),
        ] {
            assert!(
                matches!(parse(text), Number::Unreadable(why) if why == reason),
                "{text}"
            );
        }
    }

    #[test]
    fn one_slip_is_one_digit_or_two_neighbours() {
        assert!(one_slip("001099000017", "001099000018"));
        assert!(one_slip("001099000017", "001099000071"));
        assert!(!one_slip("001099000017", "001099000017"));
        assert!(!one_slip("001099000017", "001099000028"));
        assert!(!one_slip("001099000017", "701099000010"));
        assert!(!one_slip("1", "12"));
    }
}
