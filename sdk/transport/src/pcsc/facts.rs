//! What a reader is and carries: the driver's word first, then the profile, and where both are silent, little.

use super::limits::LONGEST_COMMAND;
use super::properties::Told;
use crate::reader_profile::{self, Fault, Named, Profile, Role, System, UsbId, unknown_reader};
use chipid_emrtd::card_transport::TransportLimits;

/// The name of vpcd, the virtual reader of vsmartcard. It says nothing of itself, and its frames hold 65535 bytes.
const VIRTUAL_READER: &str = "Virtual PCD ";

/// What is known of a reader, and where from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReaderFacts {
    /// What the slot is for, by its name.
    pub role: Role,
    /// The USB id, where the driver tells it.
    pub usb: Option<UsbId>,
    /// What is known of readers with that id. Of none of them from trying ([`Profile::tried`]).
    pub profile: Option<&'static Profile>,
    /// The longest APDUs to begin with. The chip is asked after this, and may say less.
    pub limits: TransportLimits,
    /// Where [`ReaderFacts::limits`] are from.
    pub limits_from: LimitsFrom,
    /// A known fault for which they are lower than their source says.
    pub lowered_by: Option<&'static Fault>,
    /// Whether the driver takes escape commands, and says so.
    pub escape: bool,
}

/// Where the limits of a reader are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitsFrom {
    /// The driver says it (PC/SC part 10, dwMaxAPDUDataSize).
    Driver,
    /// The driver is silent, and tells the USB id of a profile.
    Profile,
    /// It is vpcd's virtual reader, for tests.
    VirtualReader,
    /// Driver and profiles are silent: short APDUs, which every reader carries.
    UnknownReader,
}

impl ReaderFacts {
    pub(super) fn of(name: &str, told: Told) -> Self {
        let profile = told.usb.and_then(reader_profile::by_usb);
        let (limits, limits_from) = if let Some(told) = told.data_size.and_then(from_data_size) {
            (told, LimitsFrom::Driver)
        } else if let Some(profile) = profile {
            (profile.by_level(), LimitsFrom::Profile)
        } else if name.starts_with(VIRTUAL_READER) {
            (TransportLimits::default(), LimitsFrom::VirtualReader)
        } else {
            (unknown_reader(), LimitsFrom::UnknownReader)
        };
        let faults = profile.map_or(&[][..], |profile| profile.faults);
        Self {
            role: named(name).role,
            usb: told.usb,
            profile,
            // A driver tells what it sends, and not where its reader then breaks.
            limits: faults.iter().fold(limits, |l, fault| fault.lowered(l)),
            limits_from,
            lowered_by: faults.iter().find(|f| f.lowered(limits) != limits),
            escape: told.escape.is_some(),
        }
    }
}

/// What the name of a slot tells on this system.
pub(super) fn named(name: &str) -> Named {
    reader_profile::by_name(System::here(), name)
}

/// PC/SC part 10, 2.6.14: 0 means short APDUs alone, 256 to 65536 the longest data field. `None` for what no APDU holds: a
/// driver that says so knows nothing.
fn from_data_size(size: u32) -> Option<TransportLimits> {
    match size {
        0..=256 => Some(unknown_reader()),
        257..=65536 => {
            let size = size as usize;
            Some(TransportLimits {
                command: Some((4 + 3 + size + 2).min(LONGEST_COMMAND)),
                response: Some(size + 2),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(name: &str, data_size: Option<u32>, usb: Option<(u16, u16)>) -> ReaderFacts {
        ReaderFacts::of(
            name,
            Told {
                data_size,
                usb: usb.map(|(vendor, product)| UsbId::new(vendor, product)),
                escape: None,
            },
        )
    }

    fn lengths(facts: &ReaderFacts) -> (Option<usize>, Option<usize>) {
        (facts.limits.command, facts.limits.response)
    }

    #[test]
    fn driver_goes_before_the_profile() {
        // The profile of the OMNIKEY 5022 knows nothing against 64 KiB.
        let told = facts("any 00 00", Some(500), Some((0x076b, 0x5022)));
        assert_eq!(lengths(&told), (Some(509), Some(502)));
        assert_eq!(told.limits_from, LimitsFrom::Driver);
        assert_eq!(told.lowered_by, None);
        let silent = facts("any 00 00", None, Some((0x076b, 0x5022)));
        assert_eq!(lengths(&silent), (None, None));
        assert_eq!(silent.limits_from, LimitsFrom::Profile);
    }

    #[test]
    fn known_fault_lowers_what_the_driver_says() {
        let acr1252u = facts("any 00 00", Some(65536), Some((0x072f, 0x223b)));
        assert_eq!(lengths(&acr1252u), (Some(509), Some(502)));
        assert_eq!(acr1252u.limits_from, LimitsFrom::Driver);
        assert_eq!(acr1252u.lowered_by.unwrap().code, "long_command_fails");
        let acr122u = facts("any 00 00", Some(0), Some((0x072f, 0x2200)));
        assert_eq!(lengths(&acr122u), (Some(261), Some(257)));
        assert_eq!(
            acr122u.lowered_by.unwrap().code,
            "answer_of_256_bytes_broken"
        );
        let silent = facts("any 00 00", None, Some((0x072f, 0x223b)));
        assert_eq!(lengths(&silent), lengths(&acr1252u));
        assert_eq!(silent.limits_from, LimitsFrom::Profile);
        assert_eq!(silent.lowered_by, acr1252u.lowered_by);
        // The fault says no less than the driver.
        let less = facts("any 00 00", Some(300), Some((0x072f, 0x223b)));
        assert_eq!(less.lowered_by, None);
    }

    #[test]
    fn unknown_reader_carries_short_apdus_and_is_called_unknown() {
        // A name alone gives no profile: several products bear it.
        for (name, usb) in [
            ("Brand New Reader 00 00", None),
            ("Brand New Reader 00 00", Some((0xffff, 0x0001))),
            ("ACS ACR122U PICC Interface 00 00", None),
        ] {
            let unknown = facts(name, None, usb);
            assert_eq!(lengths(&unknown), (Some(261), Some(258)), "{name}");
            assert_eq!(unknown.limits_from, LimitsFrom::UnknownReader);
            assert_eq!(unknown.profile, None);
        }
    }

    #[test]
    fn virtual_reader_carries_what_fits_its_frames() {
        let virtual_reader = facts("Virtual PCD 00 00", None, None);
        assert_eq!(lengths(&virtual_reader), (None, None));
        assert_eq!(virtual_reader.limits_from, LimitsFrom::VirtualReader);
    }

    #[test]
    fn data_size_of_the_driver_becomes_apdu_lengths() {
        let limits = |size| from_data_size(size).map(|l| (l.command.unwrap(), l.response.unwrap()));
        assert_eq!(limits(0), Some((261, 258)));
        assert_eq!(limits(256), Some((261, 258)));
        assert_eq!(limits(500), Some((509, 502)));
        assert_eq!(limits(65536), Some((LONGEST_COMMAND, 65538)));
        assert_eq!(limits(65537), None);
    }

    #[test]
    fn driver_that_says_what_no_apdu_holds_is_not_believed() {
        for absurd in [65537, u32::MAX] {
            let known = facts("any 00 00", Some(absurd), Some((0x072f, 0x223b)));
            assert_eq!(lengths(&known), (Some(509), Some(502)));
            assert_eq!(known.limits_from, LimitsFrom::Profile);
            let unknown = facts("any 00 00", Some(absurd), None);
            assert_eq!(lengths(&unknown), (Some(261), Some(258)));
            assert_eq!(unknown.limits_from, LimitsFrom::UnknownReader);
        }
    }
}
