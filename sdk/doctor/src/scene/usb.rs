//! Devices on USB, as sysfs shows them: `/sys/bus/usb/devices/BUS-PORT` and its interfaces `BUS-PORT:CONFIG.NUMBER`.

use crate::files::Files;
use chipid_transport::reader_profile::{Profile, UsbId, by_usb};
use std::fmt::Write;

const DEVICES: &str = "/sys/bus/usb/devices";
/// More than any bus has.
const MOST_DEVICES: usize = 1024;
/// USB's own class for smart card readers (CCID).
const SMART_CARD: u8 = 0x0B;

/// A device.
#[derive(Clone, Debug)]
pub(crate) struct UsbDevice {
    /// Its folder in sysfs.
    pub(crate) path: String,
    pub(crate) id: UsbId,
    pub(crate) manufacturer: Option<String>,
    pub(crate) product: Option<String>,
    /// bcdDevice, two bytes of binary coded decimals: 0x0206 is 2.06.
    pub(crate) firmware: Option<u16>,
    pub(crate) bus: Option<u16>,
    pub(crate) number: Option<u16>,
    pub(crate) interfaces: Vec<UsbInterface>,
    /// `power/control`: `auto` or `on`.
    pub(crate) power: Option<String>,
}

/// An interface of it.
#[derive(Clone, Debug)]
pub(crate) struct UsbInterface {
    pub(crate) path: String,
    pub(crate) class: u8,
    /// The kernel's driver that holds it.
    pub(crate) driver: Option<String>,
}

impl UsbDevice {
    pub(crate) fn profile(&self) -> Option<&'static Profile> {
        by_usb(self.id)
    }

    pub(crate) fn is_ccid(&self) -> bool {
        self.interfaces.iter().any(|i| i.class == SMART_CARD)
    }

    /// It says so itself, or its id is known.
    pub(crate) fn is_reader(&self) -> bool {
        self.is_ccid() || self.profile().is_some()
    }

    /// `/dev/bus/usb/BBB/DDD`
    pub(crate) fn node(&self) -> Option<String> {
        Some(format!("/dev/bus/usb/{:03}/{:03}", self.bus?, self.number?))
    }

    /// `072f:2200 ACS ACR122U PICC Interface`
    pub(crate) fn in_words(&self) -> String {
        let mut words = self.id.to_string();
        for own in [&self.manufacturer, &self.product].into_iter().flatten() {
            let _ = write!(words, " {own}");
        }
        words
    }

    /// `2.06`
    pub(crate) fn firmware_in_words(&self) -> Option<String> {
        self.firmware
            .map(|number| format!("{:x}.{:02x}", number >> 8, number & 0xFF))
    }
}

pub(crate) fn of(files: &Files) -> Vec<UsbDevice> {
    let names = files.names(DEVICES);
    let (interfaces, devices): (Vec<&String>, Vec<&String>) =
        names.iter().partition(|name| name.contains(':'));
    devices
        .into_iter()
        .take(MOST_DEVICES)
        .filter_map(|name| {
            let own = format!("{name}:");
            let own = interfaces.iter().filter(|i| i.starts_with(&own));
            device(files, name, own.copied())
        })
        .collect()
}

fn device<'a>(
    files: &Files,
    name: &str,
    interfaces: impl Iterator<Item = &'a String>,
) -> Option<UsbDevice> {
    let path = format!("{DEVICES}/{name}");
    let attribute = |attribute: &str| files.line(&format!("{path}/{attribute}"));
    let hexadecimal = |name: &str| u16::from_str_radix(&attribute(name)?, 16).ok();
    let text = |name: &str| attribute(name).filter(|text| !text.is_empty());
    Some(UsbDevice {
        id: UsbId::new(hexadecimal("idVendor")?, hexadecimal("idProduct")?),
        manufacturer: text("manufacturer"),
        product: text("product"),
        firmware: hexadecimal("bcdDevice"),
        bus: attribute("busnum").and_then(|number| number.parse().ok()),
        number: attribute("devnum").and_then(|number| number.parse().ok()),
        interfaces: interfaces
            .take(64)
            .filter_map(|interface| of_interface(files, interface))
            .collect(),
        power: attribute("power/control"),
        path,
    })
}

fn of_interface(files: &Files, name: &str) -> Option<UsbInterface> {
    let path = format!("{DEVICES}/{name}");
    let class = files.line(&format!("{path}/bInterfaceClass"))?;
    let driver = files.link(&format!("{path}/driver"));
    Some(UsbInterface {
        class: u8::from_str_radix(&class, 16).ok()?,
        driver: driver.and_then(|target| Some(target.rsplit('/').next()?.to_owned())),
        path,
    })
}
