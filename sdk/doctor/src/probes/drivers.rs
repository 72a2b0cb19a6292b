//! Drivers: none, two for one reader, Apple's own.

use super::{Found, service};
use crate::code::What;
use crate::plist;
use crate::scene::{Packages, Scene, USUAL};

const VERSION: &str = "/System/Library/CoreServices/SystemVersion.plist";
const SETTINGS: &str = "/Library/Preferences/com.apple.security.smartcard.plist";
/// The first macOS with Apple's own driver.
const SINCE: u32 = 14;
const LARGEST: u64 = 1 << 20;

pub(super) fn none_installed(scene: &Scene<'_>) -> Vec<Found> {
    let folder = USUAL.first().copied().unwrap_or_default();
    // A service that is not there brings its driver along; a reader that PC/SC shows has one.
    let none = scene.drivers.is_empty() && scene.service.program.is_some() && !scene.has_readers();
    Found::new()
        .fact(What::Missing, format!("{folder}/*/Contents/Info.plist"))
        .command_if(service::install(scene.service.packages, false))
        .when(none)
}

pub(super) fn two_for_reader(scene: &Scene<'_>) -> Vec<Found> {
    let twice = scene.usb_readers().filter_map(|device| {
        let lists = scene.lists_of(device);
        let bundles: Vec<&str> = lists.iter().map(|list| list.bundle.as_str()).collect();
        let [first, .., last] = bundles[..] else {
            return None;
        };
        if first == last {
            return None;
        }
        let acsccid = bundles.iter().any(|bundle| bundle.contains("acsccid"));
        let remove = (acsccid && scene.service.packages == Packages::Apt)
            .then_some("sudo apt-get remove libacsccid1");
        let found = Found::new().fact(What::Usb, device.in_words());
        let found = lists.iter().fold(found, |found, list| {
            found.fact(What::DriverList, list.in_words())
        });
        Some(found.command_if(remove))
    });
    twice.collect()
}

pub(super) fn of_apple(scene: &Scene<'_>) -> Vec<Found> {
    let version = macos(scene).unwrap_or_default();
    let major: u32 = version
        .split('.')
        .next()
        .and_then(|major| major.parse().ok())
        .unwrap_or_default();
    let setting = scene
        .files
        .bytes(SETTINGS, LARGEST)
        .and_then(|list| plist::value(&list, "useIFDCCID"));
    let other = setting.as_deref() == Some("1");
    let setting = setting.unwrap_or_else(|| "-".to_owned());
    Found::new()
        .fact(What::System, format!("macOS {version}"))
        .fact(What::Setting, format!("{SETTINGS}: useIFDCCID = {setting}"))
        .command("sudo defaults write /Library/Preferences/com.apple.security.smartcard useIFDCCID -bool yes")
        .when(major >= SINCE && !other)
}

/// `14.5`
pub(super) fn macos(scene: &Scene<'_>) -> Option<String> {
    let list = scene.files.bytes(VERSION, LARGEST)?;
    plist::value(&list, "ProductVersion")
}
