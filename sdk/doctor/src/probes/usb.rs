//! Readers on USB, and what stands between them and PC/SC.

use super::{Found, rights};
use crate::code::What;
use crate::files::Rights;
use crate::report::Fact;
use crate::scene::{Packages, Scene, UsbDevice};
use chipid_transport::reader_profile::{DebianPackage, System, UsbId};

/// The kernel's driver for the chip PN533, whatever device it sits in.
const KERNELS_OWN: &str = "pn533_usb";

pub(super) fn no_reader(scene: &Scene<'_>) -> Vec<Found> {
    let nothing = scene.usb_readers().next().is_none() && !scene.has_readers();
    let looked = scene.was_told() || scene.usb_is_shown;
    let told = scene.was_told().then(|| Fact::new(What::Count, "PC/SC: 0"));
    let found = Found::new().facts(told.or_else(|| scene.answer()));
    let found = match (scene.system, scene.usb_is_shown) {
        (System::Linux, true) => found.fact(
            What::Count,
            format!("/sys/bus/usb/devices: {}", scene.usb.len()),
        ),
        (System::Linux, false) => found.fact(What::Missing, "/sys/bus/usb/devices"),
        _ => found,
    };
    found.when(nothing && looked)
}

pub(super) fn in_no_list(scene: &Scene<'_>) -> Vec<Found> {
    if scene.drivers.is_empty() {
        return Vec::new();
    }
    let unlisted = scene
        .usb_readers()
        .filter(|device| !scene.is_bound(device) && !scene.is_shown(device))
        .filter(|device| kernels(device).is_none());
    unlisted
        .map(|device| {
            let binds = device
                .profile()
                .map_or(&[][..], |profile| profile.debian_12);
            let names: Vec<&str> = binds.iter().map(|package| package.name()).collect();
            let found = Found::new().fact(What::Usb, device.in_words());
            let found = scene.drivers.iter().fold(found, |found, list| {
                found.fact(What::DriverList, list.in_words())
            });
            let found = match (device.profile(), names.is_empty()) {
                (None, _) => found,
                (Some(profile), true) => {
                    found.fact(What::Profile, format!("{}; Debian 12: -", profile.id))
                }
                (Some(profile), false) => found.fact(
                    What::Profile,
                    format!("{}; Debian 12: {}", profile.id, names.join(", ")),
                ),
            };
            let acs = binds.contains(&DebianPackage::Libacsccid1)
                && scene.service.packages == Packages::Apt;
            found.command_if(acs.then_some("sudo apt-get install libacsccid1"))
        })
        .collect()
}

pub(super) fn held_by_kernel(scene: &Scene<'_>) -> Vec<Found> {
    let held = scene.usb.iter().filter_map(|device| {
        let found = Found::new().fact(What::Usb, device.in_words());
        let found = match kernels(device) {
            Some((path, driver)) => {
                found.fact(What::InterfaceDriver, format!("{path}/driver -> {driver}"))
            }
            None => found.fact(What::Module, module_for(scene, device)?),
        };
        Some(found.command(format!(
            "printf 'blacklist pn533_usb\\nblacklist pn533\\nblacklist nfc\\n' | sudo tee /etc/modprobe.d/chipid-no-kernel-nfc.conf && sudo modprobe -r pn533_usb && {}",
            scene.service.restart()
        )))
    });
    held.collect()
}

/// The interface that the kernel's NFC driver holds.
fn kernels(device: &UsbDevice) -> Option<(&str, &str)> {
    let modules = device
        .profile()
        .and_then(|profile| profile.fault("kernel_module_grabs"))
        .map_or(&[][..], |fault| fault.modules);
    device.interfaces.iter().find_map(|interface| {
        let driver = interface.driver.as_deref()?;
        (driver == KERNELS_OWN || modules.contains(&driver))
            .then_some((interface.path.as_str(), driver))
    })
}

/// A loaded module that takes such devices, where PC/SC does not show this one and nobody says who holds it.
fn module_for<'a>(scene: &'a Scene<'_>, device: &UsbDevice) -> Option<&'a str> {
    let fault = device.profile()?.fault("kernel_module_grabs")?;
    let unclear = device.interfaces.iter().all(|i| i.driver.is_none());
    let hidden = scene.was_told() && !scene.is_shown(device);
    let module = scene
        .modules
        .iter()
        .find(|module| *module == KERNELS_OWN && fault.modules.contains(&module.as_str()))?;
    (unclear && hidden).then_some(module.as_str())
}

pub(super) fn old_firmware(scene: &Scene<'_>) -> Vec<Found> {
    let old = scene
        .usb_readers()
        .filter(|device| is_old(device) && !scene.is_shown(device));
    old.map(|device| {
        let least = device.profile().and_then(|p| p.least_firmware());
        Found::new()
            .fact(What::Usb, device.in_words())
            .fact(
                What::Firmware,
                device.firmware_in_words().unwrap_or_default(),
            )
            .fact(What::LeastFirmware, least.unwrap_or_default())
    })
    .collect()
}

fn is_old(device: &UsbDevice) -> bool {
    let least = device.profile().and_then(|p| p.least_firmware());
    let least = least.and_then(decimals);
    matches!((device.firmware, least), (Some(own), Some(least)) if own < least)
}

/// `2.06` as bcdDevice has it: 0x0206.
pub(super) fn decimals(text: &str) -> Option<u16> {
    let (major, minor) = text.split_once('.')?;
    let (major, minor) = (
        u16::from_str_radix(major, 16).ok()?,
        u16::from_str_radix(minor, 16).ok()?,
    );
    Some((major << 8) | minor)
}

pub(super) fn node_forbidden(scene: &Scene<'_>) -> Vec<Found> {
    let forbidden = scene.usb_readers().filter(|device| !scene.is_shown(device));
    forbidden
        .filter_map(|device| {
            let (node, rights) = forbidden_node(scene, device)?;
            let found = Found::new()
                .fact(What::Usb, device.in_words())
                .fact(What::DeviceFile, rights.in_words(&node))
                .fact(What::Account, rights::account(scene));
            let gives = "GROUP=\"pcscd\", MODE=\"0660\"";
            Some(found.command(udev("70-chipid-reader-access", device, gives)))
        })
        .collect()
}

/// The device file that pcscd, not being root, may not open.
fn forbidden_node(scene: &Scene<'_>, device: &UsbDevice) -> Option<(String, Rights)> {
    if scene.service.is_root() != Some(false) {
        return None;
    }
    let node = device.node()?;
    let rights = scene.files.rights(&node)?;
    let (user, group) = scene.service.own_numbers;
    let allowed = (rights.mode & 0o006 == 0o006)
        || (rights.mode & 0o060 == 0o060 && Some(rights.group) == group)
        || (rights.mode & 0o600 == 0o600 && Some(rights.user) == user);
    (!allowed).then_some((node, rights))
}

pub(super) fn times_out(scene: &Scene<'_>) -> Vec<Found> {
    let known = |device: &UsbDevice| {
        device
            .profile()
            .is_some_and(|profile| profile.fault("usb_timeouts").is_some())
    };
    let signs = scene.usb_readers().filter_map(|device| {
        let found = Found::new().fact(What::Usb, device.in_words());
        let asleep = known(device) && device.power.as_deref() == Some("auto");
        let power = format!("{}/power/control = auto", device.path);
        let awake = udev(
            "93-chipid-reader-power",
            device,
            "ATTR{power/control}=\"on\"",
        );
        let found = match asleep {
            true => found.fact(What::Setting, power).command(awake),
            false => found,
        };
        if is_lost(scene, device) {
            let lists = scene.lists_of(device);
            let found = lists.iter().fold(found, |found, list| {
                found.fact(What::DriverList, list.in_words())
            });
            return Some(found.facts(scene.answer()));
        }
        asleep.then(|| found.only_a_note(true))
    });
    signs.collect()
}

/// A driver binds it, PC/SC does not show it, and nothing else explains that.
fn is_lost(scene: &Scene<'_>, device: &UsbDevice) -> bool {
    scene.was_told()
        && scene.is_bound(device)
        && !scene.is_shown(device)
        && !is_old(device)
        && kernels(device).is_none()
        && module_for(scene, device).is_none()
        && forbidden_node(scene, device).is_none()
}

/// The command that writes a rule for this device alone, into a file of its own: another reader's rule, or the template's,
/// stays as it is.
fn udev(name: &str, device: &UsbDevice, does: &str) -> String {
    let UsbId { vendor, product } = device.id;
    format!(
        "echo 'ACTION==\"add\", SUBSYSTEM==\"usb\", ENV{{DEVTYPE}}==\"usb_device\", ATTR{{idVendor}}==\"{vendor:04x}\", ATTR{{idProduct}}==\"{product:04x}\", {does}' | sudo tee /etc/udev/rules.d/{name}-{vendor:04x}-{product:04x}.rules && sudo udevadm control --reload"
    )
}
