//! Made-up machines: a root folder with the files of a healthy counter, a scripted PC/SC, and what a test breaks of them.
#![allow(dead_code, reason = "each test program uses its part")]

pub(crate) mod card;

use card::Card;
use chipid_doctor::pcsc::{CardSeen, CardService, ConnectedCard, SlotSeen};
use chipid_doctor::{
    Code, Finding, Machine, Models, Program, Report, Settings, System, TransportError, Trust,
    Weight, examine,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub(crate) const OMNIKEY: &str =
    "HID Global OMNIKEY 5022 Smart Card Reader [OMNIKEY 5022 Smart Card Reader] (R-0001) 00 00";
pub(crate) const CONTACTLESS_ATR: &[u8] = &[
    0x3B, 0x89, 0x80, 0x01, 0x4D, 0x4B, 0x6A, 0x43, 0x4F, 0x53, 0x2D, 0x33, 0x37, 0x12,
];
/// 22 November 2026, noon.
pub(crate) const NOON: i64 = 1_795_348_800;
pub(crate) const DAY: i64 = 86_400;
const CCID: &str = "/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist";

/// A machine under construction.
pub(crate) struct MadeUp {
    root: PathBuf,
    system: System,
    pub(crate) service: Option<Scripted>,
    registry: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
    pub(crate) program: Program,
    pub(crate) patience: Duration,
}

impl MadeUp {
    /// A root folder with nothing in it.
    pub(crate) fn empty(name: &str, system: System) -> Self {
        let made = Self::of(name, system);
        let _ = fs::remove_dir_all(&made.root);
        fs::create_dir_all(&made.root).unwrap();
        made
    }

    /// The Linux of that name, as it was left.
    pub(crate) fn again(name: &str) -> Self {
        Self::of(name, System::Linux)
    }

    fn of(name: &str, system: System) -> Self {
        Self {
            root: Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("machine-{name}")),
            system,
            service: Some(Scripted::Fails(TransportError::ServiceUnavailable)),
            registry: BTreeMap::new(),
            variables: BTreeMap::new(),
            program: program(),
            patience: Duration::from_secs(20),
        }
    }

    /// A Debian 12 as it is installed, without pcscd, and without a reader.
    pub(crate) fn bare(name: &str) -> Self {
        let release =
            "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\n";
        Self::empty(name, System::Linux)
            .file("/usr/lib/os-release", release)
            .link("/etc/os-release", "../usr/lib/os-release")
            .folder("/run/systemd/system")
            .folder("/sys/bus/usb/devices")
            .process(1, "systemd", 0, "/usr/lib/systemd/systemd")
            .file("/proc/modules", "usbcore 290816 1 xhci_hcd, Live 0x0\n")
            .file("/proc/mounts", "proc /proc proc rw,nosuid,relatime 0 0\n")
            .usb("usb1", "1d6b:0002", "09", "xHCI Host Controller")
    }

    /// The same with pcscd and libccid, as a root's pcscd runs there.
    pub(crate) fn with_pcscd(name: &str) -> Self {
        let known = ["076b:5022", "072f:2200", "04e6:5291", "072f:223b"];
        Self::bare(name)
            .file("/usr/sbin/pcscd", "")
            .file("/run/pcscd/pcscd.comm", "")
            .file("/etc/libccid_Info.plist", &info_plist(&known))
            .link(CCID, "/etc/libccid_Info.plist")
            .process(612, "pcscd", 0, "/usr/sbin/pcscd")
            .slots(&[])
    }

    /// A counter at which a card lies on an OMNIKEY 5022: nothing is wrong with it.
    pub(crate) fn healthy(name: &str) -> Self {
        Self::with_pcscd(name)
            .usb("1-2", "076b:5022", "0b", "OMNIKEY 5022 Smart Card Reader")
            .slots(&[slot(OMNIKEY, CardSeen::Present)])
            .card(Card::passport())
    }

    /// A Windows with the same reader and card.
    pub(crate) fn windows(name: &str) -> Self {
        Self::empty(name, System::Windows)
            .registry(
                r"SOFTWARE\Policies\Microsoft\Windows\ScPnP\EnableScPnP",
                "0",
            )
            .registry(r"SYSTEM\CurrentControlSet\Services\SCardSvr\Start", "3")
            .variable("SESSIONNAME", "Console")
            .slots(&[slot("ACS ACR1281 1S Dual Reader PICC 0", CardSeen::Present)])
            .card(Card::passport())
    }

    /// A macOS with the same reader and card.
    pub(crate) fn macos(name: &str) -> Self {
        let version = "<plist><dict><key>ProductVersion</key><string>13.6</string></dict></plist>";
        Self::empty(name, System::MacOs)
            .file("/System/Library/CoreServices/SystemVersion.plist", version)
            .slots(&[slot(
                "HID Global OMNIKEY 5022 Smart Card Reader",
                CardSeen::Present,
            )])
            .card(Card::passport())
    }

    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.below(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn folder(self, path: &str) -> Self {
        fs::create_dir_all(self.below(path)).unwrap();
        self
    }

    #[cfg(unix)]
    pub(crate) fn link(self, path: &str, target: &str) -> Self {
        let path = self.below(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        std::os::unix::fs::symlink(target, path).unwrap();
        self
    }

    pub(crate) fn without(self, path: &str) -> Self {
        let path = self.below(path);
        if path.is_dir() && !path.is_symlink() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
        self
    }

    /// A device with one interface of this class; others of its attributes are files.
    pub(crate) fn usb(self, port: &str, id: &str, class: &str, product: &str) -> Self {
        let (vendor, model) = id.split_once(':').unwrap();
        let real = format!("/sys/devices/pci0000:00/0000:00:14.0/{port}");
        let interface = format!("{port}:1.0");
        let device = |name: &str| format!("{real}/{name}");
        self.file(&device("idVendor"), &format!("{vendor}\n"))
            .file(&device("idProduct"), &format!("{model}\n"))
            .file(&device("product"), &format!("{product}\n"))
            .file(&device("bcdDevice"), "0300\n")
            .file(&device("busnum"), "1\n")
            .file(&device("devnum"), "5\n")
            .file(&device("power/control"), "on\n")
            .file(
                &device(&format!("{interface}/bInterfaceClass")),
                &format!("{class}\n"),
            )
            .link(
                &format!("/sys/bus/usb/devices/{port}"),
                &format!("../../../devices/pci0000:00/0000:00:14.0/{port}"),
            )
            .link(
                &format!("/sys/bus/usb/devices/{interface}"),
                &format!("../../../devices/pci0000:00/0000:00:14.0/{port}/{interface}"),
            )
    }

    /// An attribute of a device that is there already.
    pub(crate) fn attribute(self, port: &str, name: &str, value: &str) -> Self {
        let path = format!("/sys/devices/pci0000:00/0000:00:14.0/{port}/{name}");
        self.file(&path, &format!("{value}\n"))
    }

    pub(crate) fn process(self, number: u32, name: &str, user: u32, program: &str) -> Self {
        let own = |file: &str| format!("/proc/{number}/{file}");
        self.file(&own("comm"), &format!("{name}\n"))
            .file(&own("cmdline"), &format!("{program}\0--foreground\0"))
            .file(
                &own("status"),
                &format!("Name:\t{name}\nUid:\t{user}\t{user}\t{user}\t{user}\n"),
            )
    }

    pub(crate) fn registry(mut self, path: &str, value: &str) -> Self {
        self.registry.insert(path.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// PC/SC shows these, and no card can be connected to.
    pub(crate) fn slots(mut self, slots: &[SlotSeen]) -> Self {
        self.service = Some(Scripted::Shows(
            slots.to_vec(),
            Err(TransportError::CardMute),
        ));
        self
    }

    /// PC/SC connects to this card.
    pub(crate) fn card(mut self, card: Card) -> Self {
        if let Some(Scripted::Shows(_, connected)) = &mut self.service {
            *connected = Ok(card);
        }
        self
    }

    /// Connecting fails so.
    pub(crate) fn connecting(mut self, error: TransportError) -> Self {
        if let Some(Scripted::Shows(_, connected)) = &mut self.service {
            *connected = Err(error);
        }
        self
    }

    /// Every question to PC/SC fails so.
    pub(crate) fn failing(mut self, error: TransportError) -> Self {
        self.service = Some(Scripted::Fails(error));
        self
    }

    pub(crate) fn hanging(mut self) -> Self {
        self.service = Some(Scripted::Hangs);
        self.patience = Duration::from_millis(200);
        self
    }

    pub(crate) fn below(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    pub(crate) fn examine(&self) -> Report {
        let mut machine = Machine::below(&self.root, self.program.clone());
        machine.system = self.system;
        machine.service = self
            .service
            .clone()
            .map(|service| Arc::new(service) as Arc<dyn CardService>);
        machine.settings = Box::new(MadeUpSettings(
            self.registry.clone(),
            self.variables.clone(),
        ));
        machine.deadlines.readers = self.patience;
        machine.deadlines.connect = self.patience;
        machine.deadlines.card = self.patience;
        machine.deadlines.settle = Duration::from_millis(20);
        examine(&machine)
    }

    /// Examines it and gives what was found under this code; panics with the whole report where nothing was.
    pub(crate) fn finding(&self, code: Code) -> Finding {
        let report = self.examine();
        let found = report.findings.iter().find(|f| f.code == code);
        found
            .unwrap_or_else(|| panic!("{} was not found: {report:#?}", code.name()))
            .clone()
    }

    /// The same, where it is what has to be mended first, and no card can be read.
    pub(crate) fn first(&self, code: Code) -> Finding {
        let report = self.examine();
        assert!(!report.card_readable, "{report:#?}");
        let first = report
            .first()
            .unwrap_or_else(|| panic!("nothing found: {report:#?}"));
        assert_eq!(first.code, code, "{report:#?}");
        assert_eq!(first.weight, Weight::NoReading);
        first.clone()
    }
}

/// Models and trust as they should be.
fn program() -> Program {
    Program {
        asks_readers: true,
        now: NOON,
        released: NOON - DAY,
        models: Some(Models {
            folder: "/models".to_owned(),
            present: 5,
            ..Models::default()
        }),
        trust: Some(Trust {
            anchors: 411,
            newest_list: Some(NOON - 30 * DAY),
            ..Trust::default()
        }),
    }
}

pub(crate) fn slot(name: &str, card: CardSeen) -> SlotSeen {
    SlotSeen {
        name: name.to_owned(),
        card,
        atr: match card {
            CardSeen::Present => CONTACTLESS_ATR.to_vec(),
            _ => Vec::new(),
        },
        in_use: false,
        exclusive: false,
    }
}

/// A driver's list with these ids.
pub(crate) fn info_plist(ids: &[&str]) -> String {
    let array = |key: &str, value: &dyn Fn(&str) -> String| {
        let strings: String = ids
            .iter()
            .map(|id| format!("\t\t<string>{}</string>\n", value(id)))
            .collect();
        format!("\t<key>{key}</key>\n\t<array>\n{strings}\t</array>\n")
    };
    let part = |id: &str, number: usize| {
        let digits = id.split(':').nth(number).unwrap().to_uppercase();
        format!("0x{digits}")
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n{}{}{}</dict>\n</plist>\n",
        array("ifdVendorID", &|id| part(id, 0)),
        array("ifdProductID", &|id| part(id, 1)),
        array("ifdFriendlyName", &|id| format!("Reader of {id}")),
    )
}

/// Whether some evidence holds these words.
pub(crate) fn shows(finding: &Finding, words: &str) -> bool {
    finding
        .evidence
        .iter()
        .any(|fact| fact.value.contains(words))
}

pub(crate) fn command(finding: &Finding) -> &str {
    finding.command.as_deref().unwrap_or_default()
}

struct MadeUpSettings(BTreeMap<String, String>, BTreeMap<String, String>);

impl Settings for MadeUpSettings {
    fn registry(&self, key: &str, name: &str) -> Option<String> {
        self.0.get(&format!(r"{key}\{name}")).cloned()
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.1.get(name).cloned()
    }
}

/// What PC/SC answers.
#[derive(Clone)]
pub(crate) enum Scripted {
    Shows(Vec<SlotSeen>, Result<Card, TransportError>),
    Fails(TransportError),
    /// Longer than any test waits.
    Hangs,
}

impl CardService for Scripted {
    fn slots(&self) -> Result<Vec<SlotSeen>, TransportError> {
        match self {
            Self::Shows(slots, _) => Ok(slots.clone()),
            Self::Fails(error) => Err(*error),
            Self::Hangs => {
                std::thread::sleep(Duration::from_secs(60));
                Err(TransportError::Failed)
            }
        }
    }

    fn connect(
        &self,
        _reader: &str,
        _patience: Duration,
    ) -> Result<Box<dyn ConnectedCard>, TransportError> {
        match self {
            Self::Shows(_, Ok(card)) => Ok(Box::new(card.clone())),
            Self::Shows(_, Err(error)) | Self::Fails(error) => Err(*error),
            Self::Hangs => Err(TransportError::Failed),
        }
    }
}
