//! What the name of a slot tells: its role, and which readers it may belong to. Names are all that every driver gives.
//!
//! `look_up` in `scripts/make_readers.py` is the same in Python; `tests/look_ups.tsv` holds both to each other.

use super::UsbId;
use super::table::{NAMES, WORDS};
use std::borrow::Cow;

/// What a slot is for. The order is the order of preference for an identity card's chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// An antenna.
    Contactless,
    /// Slots of several kinds bear this name: the ATR decides once a card is there.
    Several,
    /// The name does not say: the ATR decides once a card is there.
    Unknown,
    /// Contacts.
    Contact,
    /// A slot inside the reader for its own security module. It may always report a card, and never a person's.
    Sam,
}

/// The system whose driver gave a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum System {
    /// pcsc-lite, on Linux and wherever else it runs.
    Linux,
    /// Windows.
    Windows,
    /// macOS.
    MacOs,
}

impl System {
    /// The one that this program was built for.
    #[must_use]
    pub const fn here() -> Self {
        if cfg!(target_os = "windows") {
            Self::Windows
        } else if cfg!(target_vendor = "apple") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }
}

/// What a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named {
    /// The role of the slot.
    pub role: Role,
    /// Whether a name that a driver is known to give tells the role. Mere words may stand in the name of a token, too.
    pub surely: bool,
    /// The readers that bear this name, as far as is known. One of them may be it: only the driver knows.
    pub usb: &'static [UsbId],
}

impl Named {
    /// Whether a document's chip may be in a slot of this name: an antenna or, where that is open, what shows the ATR of one.
    /// `atr` is that of a card that answers; `None` where nothing lies there, or nothing that answers: it may yet be one.
    #[must_use]
    pub fn is_for_documents(&self, atr: Option<&[u8]>) -> bool {
        match self.role {
            Role::Contactless if self.surely => true,
            Role::Contactless | Role::Several | Role::Unknown => atr.is_none_or(is_contactless),
            Role::Contact | Role::Sam => false,
        }
    }
}

/// Whether a reader made this ATR up for an antenna: 3B 8n 80 01 (PC/SC part 3, 3.1.3.2.3).
#[must_use]
pub fn is_contactless(atr: &[u8]) -> bool {
    matches!(atr, [0x3B, t0, 0x80, 0x01, ..] if t0 >> 4 == 8)
}

/// What the name of a slot tells on this system: by the longest pattern that fits, else by the words in it.
#[must_use]
pub fn by_name(system: System, name: &str) -> Named {
    let mut found: Option<&Pattern> = None;
    for pattern in NAMES {
        let longer = found.is_none_or(|best| pattern.text.len() > best.text.len());
        if pattern.system == system && longer && fits(pattern.text, name) {
            found = Some(pattern);
        }
    }
    let worded = without_serial(name);
    let name = worded.as_ref();
    let Some(found) = found else {
        return Named {
            role: in_brackets(name)
                .and_then(by_words)
                .or_else(|| by_words(name))
                .unwrap_or(Role::Unknown),
            surely: false,
            usb: &[],
        };
    };
    let open = matches!(found.role, Role::Several | Role::Unknown);
    // The driver added the text of the interface, which the pattern does not have.
    let told = open && name.contains('[') && !found.text.contains('[');
    Named {
        role: match told {
            true => in_brackets(name)
                .and_then(by_words)
                .unwrap_or(Role::Unknown),
            false => found.role,
        },
        surely: !told,
        usb: found.usb,
    }
}

/// A name that drivers give; `*` stands for any characters, everything else for itself.
pub(super) struct Pattern {
    pub(super) system: System,
    pub(super) text: &'static str,
    pub(super) role: Role,
    pub(super) usb: &'static [UsbId],
}

/// Words of a name, and the role that they tell. The first rule that fits counts.
pub(super) struct Words {
    pub(super) role: Role,
    /// In capitals.
    pub(super) words: &'static [&'static str],
    /// What a model number ends in: 5422CL, 5x21-CL.
    pub(super) model_suffix: Option<&'static str>,
}

fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    // Whatever lies between two stars is best found as far to the front as it stands.
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The name without the serial number that pcsc-lite adds, whose letters tell nothing: `NAME [INTERFACE] (SERIAL) 00 00`.
fn without_serial(name: &str) -> Cow<'_, str> {
    let cut = || {
        let (_, tail) = name.rsplit_once(')')?;
        let before = name.strip_suffix(tail)?.strip_suffix(')')?;
        let (before, _) = before.rsplit_once(" (")?;
        is_place(tail).then(|| Cow::Owned(format!("{before}{tail}")))
    };
    cut().unwrap_or(Cow::Borrowed(name))
}

/// The numbers of reader and slot at the end of a name of pcsc-lite: ` 00 0A`.
fn is_place(tail: &str) -> bool {
    let number = |text: &str| {
        let is_digit = |c: char| c.is_ascii_digit() || ('A'..='F').contains(&c);
        text.len() == 2 && text.chars().all(is_digit)
    };
    let numbers = tail.strip_prefix(' ').and_then(|n| n.split_once(' '));
    numbers.is_some_and(|(reader, slot)| number(reader) && number(slot))
}

/// The driver's name of the interface: `OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader]`.
fn in_brackets(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once('[')?;
    rest.split_once(']').map(|(inside, _)| inside)
}

fn by_words(text: &str) -> Option<Role> {
    let text = text.to_ascii_uppercase();
    let fits = |rule: &Words| {
        let mut words = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty());
        words.any(|word| {
            let model = rule.model_suffix.and_then(|end| word.strip_suffix(end));
            rule.words.contains(&word)
                || model.is_some_and(|model| model.ends_with(|c: char| c.is_ascii_digit()))
        })
    };
    WORDS.iter().find(|rule| fits(rule)).map(|rule| rule.role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn star_stands_for_anything_and_nothing_else_does() {
        for (pattern, name, expected) in [
            ("A [B] (C) *", "A [B] (C) 00 00", true),
            ("A [B] *", "A B 00 00", false),
            ("A*", "A", true),
            ("A *", "A", false),
            ("A", "A", true),
            ("A", "AA", false),
            ("A_* B*C *", "A_1 B2C 0", true),
            ("A_* B*C *", "A_1 2C 0", false),
            ("A*A", "A", false),
            ("A*A", "AA", true),
            ("*", "", true),
            ("a *", "A 0", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn antenna_is_preferred_and_security_module_is_last() {
        assert!(Role::Contactless < Role::Several);
        assert!(Role::Unknown < Role::Contact);
        assert!(Role::Contact < Role::Sam);
    }

    #[test]
    fn words_are_not_taken_for_sure() {
        for (name, role, surely) in [
            ("ACS ACR122U PICC Interface 00 00", Role::Contactless, true),
            ("Brand New NFC Token 00 00", Role::Contactless, false),
            ("Brand New Token (NFC) 00 00", Role::Unknown, false),
            (
                "Brand New Token [NFC] (SAM 1) 00 00",
                Role::Contactless,
                false,
            ),
        ] {
            let named = by_name(System::Linux, name);
            assert_eq!((named.role, named.surely), (role, surely), "{name}");
        }
    }

    #[test]
    fn odd_names_end() {
        for name in ["", "[", "]", "][", "[[", "[]", "\u{131}CC", "*", "\n"] {
            assert_eq!(by_name(System::Linux, name).role, Role::Unknown, "{name:?}");
        }
    }
}
