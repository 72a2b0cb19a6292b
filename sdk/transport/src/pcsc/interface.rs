//! What a reader slot is, told from its name: the only thing that every driver gives.

/// The kind of slot that a reader's name speaks of. The order is the order of preference for an ID card's chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Interface {
    /// An antenna: PICC, CL, contactless, NFC.
    Contactless,
    /// The name does not say.
    Unknown,
    /// A slot with contacts: ICC, contact.
    Contact,
    /// A slot inside the reader for its own security module. It may always report a card, and never a person's.
    Sam,
}

impl Interface {
    /// Reads a reader's name. Where the driver gives the name of the interface in brackets, that is what counts:
    /// `OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader]` is the antenna.
    pub(super) fn of(name: &str) -> Self {
        let bracketed = name
            .split_once('[')
            .and_then(|(_, rest)| rest.split_once(']'))
            .map(|(inside, _)| inside);
        match bracketed.map(Self::of_words) {
            None | Some(Self::Unknown) => Self::of_words(name),
            Some(known) => known,
        }
    }

    fn of_words(text: &str) -> Self {
        let text = text.to_ascii_uppercase();
        let words = || {
            text.split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
        };
        let any = |list: &[&str]| words().any(|word| list.contains(&word));
        // The antenna is often one word at the end of a model number: 5422CL, 5x21-CL.
        let model_cl = || {
            words().any(|word| {
                word.strip_suffix("CL")
                    .is_some_and(|model| model.ends_with(|c: char| c.is_ascii_digit()))
            })
        };
        if any(&["SAM", "SIM"]) {
            Self::Sam
        } else if any(&["PICC", "CL", "CLESS", "CONTACTLESS", "NFC", "RFID"]) || model_cl() {
            Self::Contactless
        } else if any(&["ICC", "CONTACT"]) {
            Self::Contact
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_drivers_on_three_systems_are_told_apart() {
        for (name, interface) in [
            ("ACS ACR122U PICC Interface 00 00", Interface::Contactless),
            ("ACS ACR122U 00 00", Interface::Unknown),
            (
                "ACS ACR1252 1S CL Reader [ACR1252 Dual Reader PICC] 00 00",
                Interface::Contactless,
            ),
            (
                "ACS ACR1252 1S CL Reader [ACR1252 Dual Reader SAM] 01 00",
                Interface::Sam,
            ),
            ("ACS ACR1281 1S Dual Reader ICC 0", Interface::Contact),
            (
                "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader] (X) 00 00",
                Interface::Contactless,
            ),
            (
                "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422 Smartcard Reader] (X) 01 00",
                Interface::Unknown,
            ),
            ("OMNIKEY CardMan 5x21-CL 0", Interface::Contactless),
            (
                "Watchdata W5181 [Contactless Reader ] 01 00",
                Interface::Contactless,
            ),
            ("Virtual PCD 00 00", Interface::Unknown),
            ("Oracle 00 00", Interface::Unknown),
        ] {
            assert_eq!(Interface::of(name), interface, "{name}");
        }
    }

    #[test]
    fn antenna_is_preferred_and_security_module_is_last() {
        assert!(Interface::Contactless < Interface::Unknown);
        assert!(Interface::Unknown < Interface::Contact);
        assert!(Interface::Contact < Interface::Sam);
    }
}
