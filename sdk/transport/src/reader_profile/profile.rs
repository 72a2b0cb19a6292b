//! A profile: what descriptors, drivers' sources, manuals and reports say of a reader.

use super::name::{Role, System};
use super::template::Template;
use super::{UsbId, table, unknown_reader};
use chipid_emrtd::card_transport::TransportLimits;

/// What is known of the readers with one USB id. What is unknown is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// A readable name that stays: `acs-acr122u-picc-interface-2200`.
    pub id: &'static str,
    /// The USB id.
    pub usb: UsbId,
    /// The device's own string iManufacturer, or the maker that a driver's list names.
    pub manufacturer: Option<&'static str>,
    /// The device's own string iProduct, or the product that a driver's list names.
    pub product: Option<&'static str>,
    /// Trade names.
    pub models: &'static [&'static str],
    /// Other products with the same id.
    pub shares_id_with: &'static [&'static str],
    /// Whether chipid ever read a document with it.
    pub tried: Tried,
    /// bInterfaceNumber of each interface that is an antenna.
    pub contactless_interfaces: &'static [u8],
    /// Which list of libccid has it.
    pub libccid: LibccidList,
    /// The name that the driver acsccid gives it, where that driver knows it.
    pub acsccid: Option<&'static str>,
    /// The packages of Debian 12 that bind it. None: pcscd does not see it there.
    pub debian_12: &'static [DebianPackage],
    /// What else is to be said.
    pub remark: Option<&'static str>,
    /// Its interfaces, one for each description that was found.
    pub interfaces: &'static [Interface],
    /// The slots of one interface, where a driver numbers them.
    pub slots: &'static [Slot],
    /// How its bit rate is raised.
    pub bit_rate: Option<BitRate>,
    /// Its own commands.
    pub commands: &'static [Command],
    /// Faults and habits.
    pub faults: &'static [Fault],
}

impl Profile {
    /// What it carries towards a contactless card, where its driver does not say. `None` inside means that nothing is known
    /// against the 64 KiB that the driver may chain.
    #[must_use]
    pub fn limits(&self) -> TransportLimits {
        let faults = self.faults.iter();
        faults.fold(self.by_level(), |limits, fault| fault.lowered(limits))
    }

    /// What its level of exchange carries, faults left aside.
    pub(crate) fn by_level(&self) -> TransportLimits {
        let antennas = self.interfaces.iter().filter(|interface| {
            matches!(
                interface.role,
                Role::Contactless | Role::Several | Role::Unknown
            )
        });
        let levels: Vec<Exchange> = antennas.filter_map(|found| found.exchange).collect();
        // Several dumps of one id may differ: the least of them holds for all. TPDU readers let the host speak T=1,
        // which is nothing to start from for an antenna.
        let extended = !levels.is_empty() && levels.iter().all(|l| *l == Exchange::ExtendedApdu);
        match extended {
            true => TransportLimits::default(),
            false => unknown_reader(),
        }
    }

    /// Its command of that name, or that of every reader (`uid`, `ats`).
    #[must_use]
    pub fn command(&self, name: &str) -> Option<&'static Command> {
        let mut commands = self.commands.iter().chain(table::EVERY_READER);
        commands.find(|command| command.name == name)
    }

    /// Its fault with that code.
    #[must_use]
    pub fn fault(&self, code: &str) -> Option<&'static Fault> {
        self.faults.iter().find(|fault| fault.code == code)
    }

    /// The least bcdDevice that its driver takes, as `2.06`.
    #[must_use]
    pub fn least_firmware(&self) -> Option<&'static str> {
        self.faults.iter().find_map(|fault| fault.least_firmware)
    }
}

/// Whether chipid ever read a document with a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tried {
    /// Never: all that is said of it is from others.
    Never,
    /// A real document was read with it.
    Read,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sure {
    /// Read in a driver's source, a descriptor dump, a package or the maker's documentation.
    Documented,
    /// One public report, not reproduced.
    Reported,
    /// A conclusion from the two above.
    Inferred,
}

/// The lists of libccid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LibccidList {
    /// Tested by the driver's author.
    Supported,
    /// Its descriptor fits.
    ShouldWork,
    /// Bound, with known faults.
    Unsupported,
    /// Never bound.
    Disabled,
    /// On none.
    Absent,
}

/// Packages of Debian that bind readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DebianPackage {
    /// `libccid`.
    Libccid,
    /// `libacsccid1`.
    Libacsccid1,
}

impl DebianPackage {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Libccid => "libccid",
            Self::Libacsccid1 => "libacsccid1",
        }
    }
}

/// A USB interface of a reader, as one source describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Interface {
    /// bInterfaceNumber.
    pub number: Option<u8>,
    /// iInterface.
    pub text: Option<&'static str>,
    /// What its slot is for.
    pub role: Role,
    /// How that is known.
    pub role_by: RoleBy,
    /// bMaxSlotIndex + 1.
    pub slots: Option<u8>,
    /// The level of exchange.
    pub exchange: Option<Exchange>,
    /// dwMaxCCIDMessageLength, with its header of ten bytes.
    pub longest_ccid_message: Option<u32>,
    /// The same without the header: a chunk, not the longest APDU, on readers for extended APDUs.
    pub longest_block: Option<u32>,
    /// dwMaxIFSD.
    pub longest_ifsd: Option<u32>,
    /// dwMaxDataRate in bit/s; often that of the contact side.
    pub data_rate: Option<u32>,
    /// bInterfaceClass: 0x0b smart card, 0xff the maker's own.
    pub usb_class: Option<u8>,
    /// Whether it has an interrupt endpoint, and so tells of cards by itself.
    pub interrupt: Option<bool>,
    /// bcdDevice of the dump: no recommendation.
    pub firmware_seen: Option<&'static str>,
    /// Where from.
    pub source: &'static str,
}

/// How the role of an interface is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoleBy {
    /// The device's own descriptor.
    Descriptor,
    /// A driver's list names the product.
    DriverList,
    /// An application's list names the product.
    ApplicationList,
    /// A conclusion.
    Inferred,
}

/// The level of exchange of a CCID reader (dwFeatures).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exchange {
    /// The driver may chain APDUs of up to 64 KiB.
    ExtendedApdu,
    /// Commands of 261 bytes, responses of 258.
    ShortApdu,
    /// The host runs the protocol, as contact readers do.
    Tpdu,
}

/// A slot of an interface that has several.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Slot {
    /// Its number, from 0.
    pub number: u8,
    /// What it is for.
    pub role: Role,
    /// The driver that numbers it so.
    pub driver: &'static str,
    /// How sure.
    pub sure: Sure,
    /// Where from.
    pub source: &'static str,
}

/// A command of a reader itself, which no card sees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Command {
    /// What it does: `uid`, `ats`, `firmware`, `polling_read`, …
    pub name: &'static str,
    /// Its bytes.
    pub send: Template,
    /// The way to send it.
    pub by: By,
    /// What comes back.
    pub answer: Option<&'static str>,
    /// What else is to be said.
    pub remark: Option<&'static str>,
    /// How sure.
    pub sure: Sure,
    /// Where from.
    pub source: &'static str,
}

/// The way that a reader's own command takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// As an APDU (SCardTransmit): a card must be connected.
    Apdu,
    /// As an escape command (SCardControl), under the code that the driver tells.
    Escape,
    /// Either.
    ApduOrEscape,
}

/// How the bit rate to the card is raised, in kbit/s. A card that cannot follow is gone from the field: only on request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BitRate {
    /// What it starts with.
    pub default: Option<u16>,
    /// The most that it does.
    pub ceiling: Option<u16>,
    /// The most for type A, where the types differ.
    pub ceiling_type_a: Option<u16>,
    /// The most for type B, where the types differ.
    pub ceiling_type_b: Option<u16>,
    /// The way.
    pub how: How,
    /// Asks for the rate; that of type A where [`BitRate::read_type_b`] stands beside it.
    pub read: Option<Template>,
    /// Asks for the rate of type B.
    pub read_type_b: Option<Template>,
    /// Sets the rate; that of type A where [`BitRate::write_type_b`] stands beside it.
    pub write: Option<Template>,
    /// Sets the rate of type B.
    pub write_type_b: Option<Template>,
    /// Rates and the byte that stands for each in [`BitRate::write`]. Empty: no public document says.
    pub speeds: &'static [(u16, u8)],
    /// What else is to be said.
    pub remark: Option<&'static str>,
    /// How sure.
    pub sure: Sure,
    /// Where from.
    pub source: &'static str,
}

/// The way that a reader's bit rate is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum How {
    /// By an escape command.
    Escape,
    /// By an APDU.
    Apdu,
    /// None is known.
    NoneKnown,
}

/// A fault or habit of a reader or its driver.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// What it is called for good: `firmware_refused`, `kernel_module_grabs`, …
    pub code: &'static str,
    /// What happens, in English.
    pub text: &'static str,
    /// The least bcdDevice that the driver takes.
    pub least_firmware: Option<&'static str>,
    /// The longest Le that is answered whole.
    pub longest_le: Option<u16>,
    /// The longest data field that goes through.
    pub longest_data: Option<u16>,
    /// The kernel's modules that take the device.
    pub modules: &'static [&'static str],
    /// How sure.
    pub sure: Sure,
    /// Where from.
    pub source: &'static str,
}

impl Fault {
    /// `limits`, as far as this fault leaves them.
    #[must_use]
    pub fn lowered(&self, mut limits: TransportLimits) -> TransportLimits {
        if let Some(data) = self.longest_data {
            let overhead = if data > 255 { 4 + 3 + 2 } else { 4 + 1 + 1 };
            lower(&mut limits.command, usize::from(data) + overhead);
            lower(&mut limits.response, usize::from(data) + 2);
        }
        if let Some(le) = self.longest_le {
            lower(&mut limits.response, usize::from(le) + 2);
        }
        limits
    }
}

fn lower(limit: &mut Option<usize>, most: usize) {
    *limit = Some(limit.unwrap_or(usize::MAX).min(most));
}

/// A driver of readers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Driver {
    /// Its name.
    pub name: &'static str,
    /// The system that it runs on.
    pub system: System,
    /// Where its list of USB ids lies on Debian.
    pub info_plist: Option<&'static str>,
    /// The number in SCARD_CTL_CODE of an escape command, for whoever reads logs: programs ask the driver.
    pub escape_code: u16,
    /// What has to be done before it takes escape commands.
    pub escape_needs: &'static str,
    /// How sure.
    pub sure: Sure,
    /// Where from.
    pub source: &'static str,
}
