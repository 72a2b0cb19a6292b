//! What is known of readers before one is spoken to: profiles by USB id, roles of slots by name.
//!
//! The facts are those of `hardware/readers.toml`, as a table in the program (`docs/adr/0031`): no file is looked for and
//! nothing is parsed. Each names its source and how sure it is. **None was tried on a reader by chipid**
//! ([`Profile::tried`]): a profile is where learning starts, and what driver and chip say goes before it.
//!
//! ```
//! use chipid_transport::reader_profile::{self, Role, System, UsbId};
//!
//! let named = reader_profile::by_name(System::Windows, "ACS ACR1252 1S CL Reader PICC 0");
//! assert_eq!(named.role, Role::Contactless);
//!
//! // Only the USB id gives the profile: products share names.
//! let profile = reader_profile::by_usb(UsbId::new(0x072f, 0x223b)).unwrap();
//! assert_eq!(profile.product, Some("ACR1252 Dual Reader"));
//! assert!(reader_profile::by_usb(UsbId::new(0xffff, 0xffff)).is_none());
//! ```

mod name;
mod profile;
#[rustfmt::skip]
mod table;
mod template;
mod usb;

pub use name::{Named, Role, System, by_name, is_contactless};
pub use profile::{
    BitRate, By, Command, DebianPackage, Driver, Exchange, Fault, How, Interface, LibccidList,
    Profile, RoleBy, Slot, Sure, Tried,
};
pub use template::Template;
pub use usb::{NotAUsbId, UsbId};

use chipid_emrtd::card_transport::TransportLimits;

/// The profile of the reader with this USB id.
#[must_use]
pub fn by_usb(usb: UsbId) -> Option<&'static Profile> {
    let found = table::PROFILES.binary_search_by_key(&usb, |profile| profile.usb);
    found.ok().and_then(|at| table::PROFILES.get(at))
}

/// Every profile, by rising USB id.
#[must_use]
pub fn all() -> &'static [Profile] {
    table::PROFILES
}

/// What is assumed of a reader that no profile fits and whose driver is silent: short APDUs alone.
#[must_use]
pub const fn unknown_reader() -> TransportLimits {
    table::UNKNOWN_READER
}

/// Commands that PC/SC part 3 has for every contactless reader: `uid` and `ats`. Not every reader answers the second.
#[must_use]
pub fn every_reader() -> &'static [Command] {
    table::EVERY_READER
}

/// Drivers, and how each lets a program send escape commands.
#[must_use]
pub fn drivers() -> &'static [Driver] {
    table::DRIVERS
}

/// What a short name of a source (`S1`) stands for. Other sources are threads (`project#number`) or files.
#[must_use]
pub fn source(short: &str) -> Option<&'static str> {
    let found = table::SOURCES.iter().find(|(name, _)| *name == short);
    found.map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_so_that_it_can_be_searched() {
        assert!(all().is_sorted_by(|a, b| a.usb < b.usb));
        assert!(all().iter().all(|p| by_usb(p.usb) == Some(p)));
    }

    #[test]
    fn every_command_is_made_of_bytes() {
        let written = all().iter().flat_map(|profile| {
            let rates = profile.bit_rate.iter();
            let rates = rates.flat_map(|r| [r.read, r.read_type_b, r.write, r.write_type_b]);
            let commands = profile.commands.iter().map(|command| command.send);
            rates.flatten().chain(commands)
        });
        let commands = every_reader().iter().map(|command| command.send);
        let mut seen = 0;
        for template in written.chain(commands) {
            let names: Vec<&str> = template.names().collect();
            let filled: Vec<(&str, u8)> = names.iter().map(|name| (*name, 0)).collect();
            assert!(template.bytes(&filled).is_some(), "{template:?}");
            assert_eq!(template.bytes(&[]).is_some(), names.is_empty());
            seen += 1;
        }
        assert!(seen > 40);
    }

    #[test]
    fn own_command_comes_before_that_of_every_reader() {
        let acr122u = by_usb(UsbId::new(0x072f, 0x2200)).unwrap();
        let omnikey = by_usb(UsbId::new(0x076b, 0x5022)).unwrap();
        let ats = |profile: &Profile| profile.command("ats").and_then(|c| c.send.bytes(&[]));
        assert_eq!(ats(acr122u), Some(vec![0xFF, 0xCA, 0x00, 0x00, 0x01]));
        assert_eq!(ats(omnikey), Some(vec![0xFF, 0xCA, 0x01, 0x00, 0x00]));
        assert_eq!(omnikey.command("beep_write"), None);
    }

    #[test]
    fn limits_follow_level_and_faults() {
        let limits = |vendor, product| by_usb(UsbId::new(vendor, product)).unwrap().limits();
        let acr122u = limits(0x072f, 0x2200);
        // Answers of exactly 256 bytes come back broken.
        assert_eq!((acr122u.command, acr122u.response), (Some(261), Some(257)));
        // An extended-APDU reader of which a report knows where it stops.
        let acr1252u = limits(0x072f, 0x223b);
        assert_eq!(
            (acr1252u.command, acr1252u.response),
            (Some(509), Some(502))
        );
        // Nothing known against the 64 KiB that the driver may chain.
        assert_eq!(limits(0x076b, 0x5022), TransportLimits::default());
        // On a driver's list only, without a descriptor.
        assert_eq!(limits(0x046a, 0x0072), unknown_reader());
    }

    #[test]
    fn nothing_was_tried() {
        assert!(all().iter().all(|profile| profile.tried == Tried::Never));
    }

    #[test]
    fn source_of_a_fact_can_be_asked() {
        let profile = by_usb(UsbId::new(0x072f, 0x2200)).unwrap();
        let fault = profile.fault("kernel_module_grabs").unwrap();
        assert_eq!(fault.modules, ["pn533_usb", "pn533", "nfc"]);
        let first = fault.source.split(' ').next().unwrap();
        assert!(source(first).unwrap().contains("pn533"));
        assert_eq!(profile.least_firmware(), Some("2.06"));
    }
}
