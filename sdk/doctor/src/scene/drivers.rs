//! Drivers of pcscd: bundles with an `Info.plist` that lists the USB ids which they bind.

use crate::files::Files;
use crate::plist;
use chipid_transport::reader_profile::{System, UsbId};

/// Where pcscd looks on most systems, and where one that was built by hand looks.
pub(crate) const USUAL: &[&str] = &["/usr/lib/pcsc/drivers", "/usr/lib64/pcsc/drivers"];
pub(crate) const BY_HAND: &[&str] = &["/usr/local/pcsc/drivers", "/usr/local/lib/pcsc/drivers"];
const OF_MACOS: &[&str] = &[
    "/usr/libexec/SmartCardServices/drivers",
    "/usr/local/libexec/SmartCardServices/drivers",
];
/// libccid's own has 200 KiB.
const LARGEST_LIST: u64 = 4 << 20;
/// More than anybody installs.
const MOST_BUNDLES: usize = 256;

/// One driver's list.
#[derive(Clone, Debug)]
pub(crate) struct DriverList {
    /// The bundle: `ifd-ccid.bundle`.
    pub(crate) bundle: String,
    /// The list's path.
    pub(crate) path: String,
    /// It lies where a pcscd built by hand looks.
    pub(crate) by_hand: bool,
    /// Id and the name that the driver gives the reader.
    pub(crate) entries: Vec<(UsbId, String)>,
}

impl DriverList {
    pub(crate) fn holds(&self, id: UsbId) -> bool {
        self.entries.iter().any(|(listed, _)| *listed == id)
    }

    pub(crate) fn names_of(&self, id: UsbId) -> impl Iterator<Item = &str> {
        self.entries
            .iter()
            .filter(move |(listed, name)| *listed == id && !name.is_empty())
            .map(|(_, name)| name.as_str())
    }

    /// `/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist (562)`
    pub(crate) fn in_words(&self) -> String {
        format!("{} ({})", self.path, self.entries.len())
    }
}

pub(crate) fn of(files: &Files, system: System) -> Vec<DriverList> {
    let folders: Vec<(&str, bool)> = match system {
        System::Linux => {
            let usual = USUAL.iter().map(|folder| (*folder, false));
            usual.chain(BY_HAND.iter().map(|f| (*f, true))).collect()
        }
        System::MacOs => OF_MACOS.iter().map(|folder| (*folder, false)).collect(),
        _ => Vec::new(),
    };
    folders
        .into_iter()
        .flat_map(|(folder, by_hand)| {
            files
                .names(folder)
                .into_iter()
                .take(MOST_BUNDLES)
                .filter_map(move |bundle| list(files, folder, bundle, by_hand))
        })
        .collect()
}

fn list(files: &Files, folder: &str, bundle: String, by_hand: bool) -> Option<DriverList> {
    let path = format!("{folder}/{bundle}/Contents/Info.plist");
    let text = files.text(&path, LARGEST_LIST)?;
    Some(DriverList {
        entries: entries(&text),
        bundle,
        path,
        by_hand,
    })
}

/// What a list binds. The three arrays run side by side.
pub(crate) fn entries(text: &str) -> Vec<(UsbId, String)> {
    let number = |text: &str| {
        let digits = text.strip_prefix("0x").or(text.strip_prefix("0X"))?;
        u16::from_str_radix(digits, 16).ok()
    };
    let names = plist::strings(text, "ifdFriendlyName");
    let vendors = plist::strings(text, "ifdVendorID");
    let products = plist::strings(text, "ifdProductID");
    vendors
        .into_iter()
        .zip(products)
        .enumerate()
        .filter_map(|(place, (vendor, product))| {
            let name = names.get(place).copied().unwrap_or_default();
            Some((
                UsbId::new(number(vendor)?, number(product)?),
                name.to_owned(),
            ))
        })
        .collect()
}
