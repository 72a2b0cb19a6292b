//! Status words of ISO/IEC 7816-4, 5.6, and no others: a broken answer ends in bytes that are no status word at all.

use chipid_emrtd::card_transport::TransportError;
use chipid_emrtd::error::{AccessError, ChipError, Error, SecureMessagingError, StatusWord};

const KNOWN: &[(u16, &str)] = &[
    (0x9000, "9000"),
    (0x6200, "6200"),
    (0x6281, "6281"),
    (0x6282, "6282"),
    (0x6283, "6283"),
    (0x6285, "6285"),
    (0x6300, "6300"),
    (0x6381, "6381"),
    (0x6400, "6400"),
    (0x6500, "6500"),
    (0x6581, "6581"),
    (0x6600, "6600"),
    (0x6700, "6700"),
    (0x6800, "6800"),
    (0x6881, "6881"),
    (0x6882, "6882"),
    (0x6883, "6883"),
    (0x6884, "6884"),
    (0x6900, "6900"),
    (0x6981, "6981"),
    (0x6982, "6982"),
    (0x6983, "6983"),
    (0x6984, "6984"),
    (0x6985, "6985"),
    (0x6986, "6986"),
    (0x6987, "6987"),
    (0x6988, "6988"),
    (0x6A00, "6A00"),
    (0x6A80, "6A80"),
    (0x6A81, "6A81"),
    (0x6A82, "6A82"),
    (0x6A83, "6A83"),
    (0x6A84, "6A84"),
    (0x6A86, "6A86"),
    (0x6A87, "6A87"),
    (0x6A88, "6A88"),
    (0x6B00, "6B00"),
    (0x6D00, "6D00"),
    (0x6E00, "6E00"),
    (0x6F00, "6F00"),
];

/// Of others the first byte. 61XX and 6CXX, which say how much of a file is left, among them; of 63CX the tries.
const CLASSES: [&str; 16] = [
    "other", "61XX", "62XX", "63XX", "64XX", "65XX", "66XX", "67XX", "68XX", "69XX", "6AXX",
    "6BXX", "6CXX", "6DXX", "6EXX", "6FXX",
];
const TRIES: [&str; 16] = [
    "63C0", "63C1", "63C2", "63C3", "63C4", "63C5", "63C6", "63C7", "63C8", "63C9", "63CA", "63CB",
    "63CC", "63CD", "63CE", "63CF",
];

/// The status word by its name.
pub(super) fn name(status: u16) -> &'static str {
    if let Some((_, name)) = KNOWN.iter().find(|(known, _)| *known == status) {
        return name;
    }
    let [first, second] = status.to_be_bytes();
    match (first, second) {
        (0x63, 0xC0..=0xCF) => TRIES.get(usize::from(second & 0x0F)),
        (0x61..=0x6F, _) => CLASSES.get(usize::from(first & 0x0F)),
        _ => None,
    }
    .copied()
    .unwrap_or("other")
}

/// Why no status word came.
pub(super) const fn silence(error: TransportError) -> &'static str {
    match error {
        TransportError::CardRemoved => "card_removed",
        TransportError::CardReset => "card_reset",
        TransportError::CardMute => "card_mute",
        TransportError::Timeout => "timeout",
        TransportError::Cancelled => "cancelled",
        TransportError::TooLong => "too_long",
        TransportError::Malformed => "malformed",
        _ => "no_answer",
    }
}

/// The chip's answer in an error, where it is one.
pub(super) fn of_error(error: &Error) -> Option<&'static str> {
    let StatusWord(status) = match error {
        Error::Access(AccessError::NotAnEmrtd { status } | AccessError::Refused { status })
        | Error::Chip(ChipError::Status { status, .. })
        | Error::SecureMessaging(SecureMessagingError::Dropped { status }) => *status,
        _ => return None,
    };
    Some(name(status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_two_bytes_have_a_name_and_few_have_their_own() {
        let names: std::collections::BTreeSet<&str> = (0..=u16::MAX).map(name).collect();
        assert_eq!(names.len(), KNOWN.len() + CLASSES.len() + TRIES.len());
        assert_eq!(name(0x6C17), "6CXX");
        assert_eq!(name(0x61A0), "61XX");
        assert_eq!(name(0x63C2), "63C2");
        assert_eq!(name(0x6F17), "6FXX");
        assert_eq!(name(0x4CC3), "other");
        assert_eq!(name(0x9017), "other");
        assert!(
            KNOWN
                .iter()
                .all(|(status, name)| format!("{status:04X}") == *name)
        );
    }
}
