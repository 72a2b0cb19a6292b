//! What carried the commands: kind and limits of a reader, never its serial number.

use super::contactless::{AtrFacts, AtsFacts, UidFacts};
use super::value_free::facts;
use chipid_emrtd::card_transport::TransportLimits;

facts! {
    /// The reader, and what it shows of the card before the first command.
    pub struct ReaderReport {
        /// `reader`, `virtual_card` (in process) or `other`.
        pub source: &'static str,
        /// What the slot is for, by its name: `contactless`, …
        pub role: Option<&'static str>,
        /// The vendor of the product, by USB id.
        pub usb_vendor: Option<u16>,
        /// The product.
        pub usb_product: Option<u16>,
        /// The profile of the reader that applies (`hardware/readers.toml`).
        pub profile: Option<&'static str>,
        /// The longest command APDU to begin with, in bytes; nothing where nobody sets a limit.
        pub longest_command: Option<u32>,
        /// The longest response APDU.
        pub longest_response: Option<u32>,
        /// Where these limits are from: `driver`, `profile`, …
        pub limits_from: Option<&'static str>,
        /// The highest bit rate in kbit/s that the reader took on request, or that of the model: readers do not tell in a
        /// common way which one is spoken.
        pub bit_rate: Option<u32>,
        /// What came of asking for a higher bit rate: `set`, `refused`, `escape_closed`, `card_lost`, `not_documented`,
        /// `unknown_reader`, `not_asked`; nothing without a reader, or where no card was ever connected to.
        pub speed_up: Option<&'static str>,
        /// Whether the times are waited by the model of a link, and say nothing of a card.
        pub modelled: bool,
        /// The answer to reset.
        pub atr: Option<AtrFacts>,
        /// The answer to select, where the reader gives it.
        pub ats: Option<AtsFacts>,
        /// The identifier of the chip's radio, where the reader gives it.
        pub uid: Option<UidFacts>,
    }
}

impl ReaderReport {
    /// From a source of this kind, with the limits of its transport.
    #[must_use]
    pub fn of(source: &'static str, limits: TransportLimits) -> Self {
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        Self {
            source,
            longest_command: limits.command.map(length),
            longest_response: limits.response.map(length),
            ..Self::default()
        }
    }
}

#[cfg(feature = "pcsc")]
impl ReaderReport {
    /// With what came of asking for a higher bit rate; `None` where nobody asked.
    pub fn sped_up(&mut self, done: Option<&chipid_transport::pcsc::SpeedUp>) {
        use chipid_transport::pcsc::SpeedOutcome;
        self.speed_up = Some(match done.map(|done| done.outcome) {
            None => "not_asked",
            Some(SpeedOutcome::Set(rate)) => {
                self.bit_rate = Some(rate.into());
                "set"
            }
            Some(SpeedOutcome::Refused) => "refused",
            Some(SpeedOutcome::EscapeClosed) => "escape_closed",
            Some(SpeedOutcome::CardLost) => "card_lost",
            Some(SpeedOutcome::NotDocumented) => "not_documented",
            Some(SpeedOutcome::UnknownReader) => "unknown_reader",
            Some(_) => "other",
        });
    }

    /// Of a reader through PC/SC.
    #[must_use]
    pub fn of_reader(facts: &chipid_transport::pcsc::ReaderFacts) -> Self {
        use chipid_transport::pcsc::LimitsFrom;
        use chipid_transport::reader_profile::Role;
        Self {
            role: Some(match facts.role {
                Role::Contactless => "contactless",
                Role::Several => "several",
                Role::Unknown => "unknown",
                Role::Contact => "contact",
                Role::Sam => "sam",
                _ => "other",
            }),
            usb_vendor: facts.usb.map(|usb| usb.vendor),
            usb_product: facts.usb.map(|usb| usb.product),
            profile: facts.profile.map(|profile| profile.id),
            limits_from: Some(match facts.limits_from {
                LimitsFrom::Driver => "driver",
                LimitsFrom::Profile => "profile",
                LimitsFrom::VirtualReader => "virtual_reader",
                LimitsFrom::UnknownReader => "unknown_reader",
                _ => "other",
            }),
            ..Self::of("reader", facts.limits)
        }
    }
}
