//! Which characters a place may hold, and what a camera may have seen instead.

use chipid_emrtd::mrz::Layout;

/// The characters that may stand in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// `0`–`9`.
    Digit,
    /// `0`–`9`, or fillers for what is unknown.
    DigitOrFiller,
    /// `A`–`Z` and fillers.
    Letter,
    /// `<`.
    Filler,
    /// Any character of the zone.
    Any,
}

impl Class {
    pub(super) const fn admits(self, c: u8) -> bool {
        match self {
            Self::Digit => c.is_ascii_digit(),
            Self::DigitOrFiller => c.is_ascii_digit() || c == b'<',
            Self::Letter => c.is_ascii_uppercase() || c == b'<',
            Self::Filler => c == b'<',
            Self::Any => true,
        }
    }

    /// What may have stood in this place where `read` was seen, the likeliest first; `read` itself where it may stand.
    pub(super) fn readings(self, read: u8) -> impl Iterator<Item = u8> {
        let admits = move |c: &u8| self.admits(*c);
        let others = confused_with(read).bytes().filter(admits);
        // A character that fits is doubted only where any may stand: a digit is not read as another digit.
        let doubt = !self.admits(read) || self == Self::Any;
        core::iter::once(read)
            .filter(admits)
            .chain(others.filter(move |_| doubt))
    }
}

/// The characters that cameras take for `read`, the likeliest first.
const fn confused_with(read: u8) -> &'static str {
    match read {
        b'O' => "0DQ",
        b'Q' | b'D' => "0O",
        b'U' => "0",
        b'0' => "OQD",
        b'I' => "1L",
        b'L' => "1I<",
        b'J' => "1",
        b'T' => "17",
        b'1' => "IL",
        b'B' => "83",
        b'8' => "B",
        b'S' => "5",
        b'5' => "S",
        b'Z' => "27",
        b'2' => "Z",
        b'G' => "69",
        b'6' => "G",
        b'A' => "4",
        b'4' => "A",
        b'7' => "TZ",
        b'E' => "<8",
        b'K' | b'C' | b'X' | b'V' => "<",
        _ => "",
    }
}

/// Whether a check digit covers the place.
pub(super) fn is_covered(layout: Layout, position: usize) -> bool {
    match layout {
        // The composite digit of TD1: line 1 from 6, line 2 but for sex and nationality.
        Layout::Td1 => matches!(position, 5..=36 | 38..=44 | 48..=59),
        Layout::Td2 => matches!(position, 36..=45 | 49..=55 | 57..=71),
        Layout::Td3 => matches!(position, 44..=53 | 57..=63 | 65..=87),
    }
}
