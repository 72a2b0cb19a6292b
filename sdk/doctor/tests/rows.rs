//! Each row of `hardware/symptoms.toml` that can be seen from the machine, on a made-up machine: the test bears its name.
//!
//! Each begins with a machine of which nothing is wrong, and breaks one thing of it.
#![cfg(unix)]

mod support;

use chipid_doctor::pcsc::CardSeen;
use chipid_doctor::{Aspect, Code, State, TransportError, Weight};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;
use support::card::Card;
use support::{DAY, MadeUp, NOON, OMNIKEY, command, info_plist, shows, slot};

const ACR122U: &str = "ACS ACR122U PICC Interface 00 00";

/// A counter whose ACR122U is on the bus and not in PC/SC.
fn with_lost_acr122u(name: &str) -> MadeUp {
    MadeUp::with_pcscd(name).usb("1-2", "072f:2200", "0b", "ACR122U PICC Interface")
}

#[test]
fn nothing_is_found_on_a_healthy_machine() {
    for machine in [
        MadeUp::healthy("healthy"),
        MadeUp::windows("healthy-windows"),
        MadeUp::macos("healthy-macos"),
    ] {
        let report = machine.examine();
        assert!(report.card_readable, "{report:#?}");
        assert!(report.findings.is_empty(), "{report:#?}");
        assert!(report.first().is_none());
        let wrong = report.looked.iter().any(|look| look.state == State::Wrong);
        assert!(!wrong, "{report:#?}");
    }
    let report = MadeUp::healthy("healthy").examine();
    let left: Vec<Aspect> = report
        .looked
        .iter()
        .filter(|look| look.state != State::Ok)
        .map(|look| look.at)
        .collect();
    // No device file lies in this root.
    assert_eq!(left, [Aspect::DeviceFiles]);
}

#[test]
fn program_without_readers() {
    let mut machine = MadeUp::healthy("program_without_readers");
    machine.program.asks_readers = false;
    machine.service = None;
    let found = machine.first(Code::ProgramWithoutReaders);
    assert!(command(&found).contains("libpcsclite-dev"));
}

#[test]
fn service_not_installed() {
    let machine = MadeUp::bare("service_not_installed");
    let found = machine.first(Code::ServiceNotInstalled);
    assert_eq!(command(&found), "sudo apt-get install pcscd libccid");
    assert!(
        shows(&found, "/usr/sbin/pcscd") && shows(&found, "1005"),
        "{found:?}"
    );
    // What stands on it is left, and its own driver is not missed beside it.
    let report = machine.examine();
    assert!(
        report
            .findings
            .iter()
            .all(|f| f.code != Code::NoDriverInstalled)
    );
    let readers = report.looked.iter().find(|look| look.at == Aspect::Readers);
    assert_eq!(readers.unwrap().state, State::NotLookedAt);
    // Without PC/SC in the program the files alone say it.
    let mut machine = MadeUp::bare("service_not_installed");
    machine.service = None;
    machine.program.asks_readers = false;
    machine.finding(Code::ServiceNotInstalled);
}

#[test]
fn service_not_running() {
    let machine = MadeUp::healthy("service_not_running")
        .without("/run/pcscd/pcscd.comm")
        .without("/proc/612")
        .failing(TransportError::ServiceUnavailable);
    let found = machine.first(Code::ServiceNotRunning);
    assert_eq!(command(&found), "sudo systemctl enable --now pcscd.socket");
    let found = machine
        .without("/run/systemd/system")
        .first(Code::ServiceNotRunning);
    assert_eq!(command(&found), "sudo pcscd");
    let windows = MadeUp::windows("service_not_running-windows")
        .registry(r"SYSTEM\CurrentControlSet\Services\SCardSvr\Start", "4")
        .failing(TransportError::ServiceUnavailable);
    let found = windows.first(Code::ServiceNotRunning);
    assert_eq!(command(&found), "sc.exe config SCardSvr start= demand");
    assert!(shows(&found, r"Start = 4"));
}

#[test]
fn service_looks_elsewhere() {
    let machine = MadeUp::with_pcscd("service_looks_elsewhere")
        .usb("1-2", "076b:5022", "0b", "OMNIKEY 5022 Smart Card Reader")
        .process(612, "pcscd", 0, "/usr/local/sbin/pcscd");
    let found = machine.first(Code::ServiceLooksElsewhere);
    assert!(shows(&found, "/usr/local/sbin/pcscd") && shows(&found, "ifd-ccid.bundle"));
    assert_eq!(command(&found), "sudo apt-get install --reinstall pcscd");
    // Without a reader there is nothing that it could have missed.
    let none = machine
        .usb("1-2", "1d6b:0002", "09", "Hub")
        .examine()
        .findings;
    assert!(none.iter().all(|f| f.code != Code::ServiceLooksElsewhere));
    let machine = MadeUp::with_pcscd("service_looks_elsewhere")
        .usb("1-2", "076b:5022", "0b", "OMNIKEY 5022 Smart Card Reader")
        .process(612, "pcscd", 0, "/usr/local/sbin/pcscd");
    // The kernel's own word goes before the process' own.
    let machine = machine.link("/proc/612/exe", "/usr/sbin/pcscd");
    let found = machine.examine().findings;
    assert!(found.iter().all(|f| f.code != Code::ServiceLooksElsewhere));
}

#[test]
fn reader_silent() {
    let found = MadeUp::healthy("reader_silent")
        .hanging()
        .first(Code::ReaderSilent);
    assert!(shows(&found, "0.2 s"), "{found:?}");
    assert_eq!(command(&found), "sudo systemctl restart pcscd");
    let mut mute = Card::passport();
    mute.hangs = true;
    let mut machine = MadeUp::healthy("reader_silent").card(mute);
    machine.patience = Duration::from_millis(100);
    let found = machine.first(Code::ReaderSilent);
    assert_eq!(found.at, Aspect::Card);
    assert!(shows(&found, "OMNIKEY 5022"));
    // PC/SC's own patience is shorter than the doctor's.
    let mut late = Card::passport();
    late.fails = Some(TransportError::Timeout);
    for machine in [
        MadeUp::healthy("reader_silent").card(late),
        MadeUp::healthy("reader_silent").connecting(TransportError::Timeout),
    ] {
        let found = machine.first(Code::ReaderSilent);
        assert_eq!(found.at, Aspect::Card);
        assert!(shows(&found, "1010"), "{found:?}");
    }
}

#[test]
fn processes_hidden_from_service() {
    let machine = MadeUp::healthy("processes_hidden_from_service")
        .process(612, "pcscd", 107, "/usr/sbin/pcscd")
        .file(
            "/proc/mounts",
            "proc /proc proc rw,nosuid,hidepid=invisible 0 0\n",
        )
        .file("/etc/group", "root:x:0:\npcscd:x:109:\n")
        .failing(TransportError::AccessDenied);
    let found = machine.first(Code::ProcessesHiddenFromService);
    assert!(shows(&found, "hidepid=invisible") && shows(&found, "pcscd: 107"));
    assert_eq!(
        command(&found),
        "sudo mount -o remount,hidepid=invisible,gid=109 /proc"
    );
    // A group that may look, and pcscd is not in it, and then is.
    let group = |gid: u32| format!("proc /proc proc rw,hidepid=2,gid={gid} 0 0\n");
    let machine = machine.file("/proc/mounts", &group(50));
    let found = machine.first(Code::ProcessesHiddenFromService);
    assert_eq!(
        command(&found),
        "sudo usermod -aG 50 pcscd && sudo systemctl restart pcscd"
    );
    let machine = machine.file("/proc/mounts", &group(109));
    machine.first(Code::PolkitDenies);
    let machine = machine.file("/proc/mounts", &group(50)).file(
        "/proc/612/status",
        "Uid:\t107\t107\t107\t107\nGid:\t9\t9\t9\t9\nGroups:\t46 50 \n",
    );
    machine.first(Code::PolkitDenies);
    let machine = machine.file("/proc/mounts", "proc /proc proc rw,hidepid=2 0 0\n");
    machine.first(Code::ProcessesHiddenFromService);
    // A pcscd that is root sees everybody.
    let machine = machine.process(612, "pcscd", 0, "/usr/sbin/pcscd");
    machine.first(Code::PolkitDenies);
}

#[test]
fn polkit_unreachable() {
    let machine = MadeUp::healthy("polkit_unreachable")
        .file("/.dockerenv", "")
        .failing(TransportError::AccessDenied);
    let found = machine.first(Code::PolkitUnreachable);
    assert!(found.only_a_sign && shows(&found, "/.dockerenv"));
    // Twice does no more than once.
    assert!(command(&found).starts_with("grep -qs disable-polkit /etc/default/pcscd || "));
    // The host's pcscd, its socket mounted: nothing here can be started anew.
    let found = machine.without("/proc/612").first(Code::PolkitUnreachable);
    assert_eq!(found.command, None);
}

#[test]
fn polkit_denies() {
    let policy = "/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy";
    let machine = MadeUp::healthy("polkit_denies")
        .file(policy, "<policyconfig/>")
        .failing(TransportError::AccessDenied);
    let found = machine.first(Code::PolkitDenies);
    assert!(shows(&found, policy) && shows(&found, "1006"));
    assert!(!found.only_a_sign && command(&found).contains("50-chipid.rules"));
    // Who sits here is not who the counter's program runs as.
    assert!(!command(&found).contains("USER"), "{found:?}");
    // Readers may be listed, and this card not be used; without its policy polkit is not sure to be the one that says no.
    let machine = MadeUp::healthy("polkit_denies").connecting(TransportError::AccessDenied);
    let found = machine.first(Code::PolkitDenies);
    assert!(found.only_a_sign && found.command.is_none(), "{found:?}");
}

#[test]
fn remote_session() {
    let machine = MadeUp::windows("remote_session")
        .variable("SESSIONNAME", "RDP-Tcp#3")
        .slots(&[]);
    let found = machine.first(Code::RemoteSession);
    assert!(shows(&found, "RDP-Tcp#3"));
}

#[test]
fn smart_card_plug_and_play() {
    let key = r"SOFTWARE\Policies\Microsoft\Windows\ScPnP\EnableScPnP";
    let machine = MadeUp::windows("smart_card_plug_and_play").registry(key, "1");
    let found = machine.finding(Code::SmartCardPlugAndPlay);
    assert_eq!(found.weight, Weight::Note);
    assert!(command(&found).starts_with("reg add HKLM") && shows(&found, "= 1"));
}

#[test]
fn no_driver_installed() {
    let machine = MadeUp::with_pcscd("no_driver_installed")
        .without("/usr/lib/pcsc/drivers")
        .usb("1-2", "076b:5022", "0b", "OMNIKEY 5022 Smart Card Reader");
    let found = machine.first(Code::NoDriverInstalled);
    assert_eq!(command(&found), "sudo apt-get install libccid");
    assert!(shows(&found, "Info.plist"));
}

#[test]
fn apple_driver_refuses_long_commands() {
    let version = "<plist><dict><key>ProductVersion</key><string>14.5</string></dict></plist>";
    let machine = MadeUp::macos("apple_driver_refuses_long_commands")
        .file("/System/Library/CoreServices/SystemVersion.plist", version);
    let found = machine.finding(Code::AppleDriverRefusesLongCommands);
    assert!(found.only_a_sign && shows(&found, "macOS 14.5"));
    assert!(command(&found).contains("useIFDCCID -bool yes"));
    let other = "<plist><dict><key>useIFDCCID</key><true/></dict></plist>";
    let mended = machine.file(
        "/Library/Preferences/com.apple.security.smartcard.plist",
        other,
    );
    assert!(mended.examine().findings.is_empty());
}

#[test]
fn two_drivers_for_reader() {
    let machine = MadeUp::healthy("two_drivers_for_reader")
        .usb("1-3", "072f:223b", "0b", "ACR1252 Dual Reader")
        .slots(&[
            slot(OMNIKEY, CardSeen::Present),
            slot("ACS ACR1252 1S CL Reader 01 00", CardSeen::Absent),
        ])
        .card(Card::passport())
        .file(
            "/usr/lib/pcsc/drivers/ifd-acsccid.bundle/Contents/Info.plist",
            &info_plist(&["072f:223b"]),
        );
    let found = machine.finding(Code::TwoDriversForReader);
    assert_eq!(found.weight, Weight::Note);
    assert!(shows(&found, "ifd-ccid.bundle") && shows(&found, "ifd-acsccid.bundle"));
    assert_eq!(command(&found), "sudo apt-get remove libacsccid1");
}

#[test]
fn no_reader_plugged() {
    let found = MadeUp::with_pcscd("no_reader_plugged").first(Code::NoReaderPlugged);
    assert!(shows(&found, "/sys/bus/usb/devices: 1"), "{found:?}");
    assert_eq!(found.command, None);
    MadeUp::windows("no_reader_plugged-windows")
        .slots(&[])
        .first(Code::NoReaderPlugged);
}

#[test]
fn a_virtual_reader_is_plugged_though_it_is_on_no_bus() {
    let machine = MadeUp::with_pcscd("virtual_reader")
        .without("/sys/bus")
        .without("/usr/lib/pcsc/drivers")
        .slots(&[
            slot("Virtual PCD 00 00", CardSeen::Absent),
            slot("Virtual PCD 00 01", CardSeen::Absent),
        ]);
    let found = machine.first(Code::CardNotSeen);
    assert!(shows(&found, "Virtual PCD 00 01: absent"));
    let machine = machine
        .slots(&[slot("Virtual PCD 00 00", CardSeen::Present)])
        .card(Card::passport());
    let report = machine.examine();
    assert!(
        report.card_readable && report.findings.is_empty(),
        "{report:#?}"
    );
}

#[test]
fn reader_in_no_driver_list() {
    let machine = MadeUp::with_pcscd("reader_in_no_driver_list").usb(
        "1-2",
        "072f:2303",
        "0b",
        "ACR1552 1S CL Reader",
    );
    let found = machine.first(Code::ReaderInNoDriverList);
    assert!(shows(&found, "072f:2303 ACR1552 1S CL Reader"), "{found:?}");
    // The list is there, and its four ids do not help.
    assert!(shows(&found, "Info.plist (4)") && shows(&found, "Debian 12: -"));
    assert_eq!(found.command, None);
    // A reader that acsccid of Debian 12 binds.
    let machine = MadeUp::with_pcscd("reader_in_no_driver_list").usb(
        "1-2",
        "072f:2206",
        "ff",
        "ACR1222 3S PICC Reader",
    );
    let found = machine.first(Code::ReaderInNoDriverList);
    assert_eq!(command(&found), "sudo apt-get install libacsccid1");
}

#[test]
fn a_second_reader_without_a_driver_does_not_hide_that_no_card_lies_on_the_first() {
    let machine = MadeUp::healthy("second_reader")
        .usb("1-3", "072f:2303", "0b", "ACR1552 1S CL Reader")
        .slots(&[slot(OMNIKEY, CardSeen::Absent)]);
    machine.first(Code::CardNotSeen);
    let other = machine.finding(Code::ReaderInNoDriverList);
    assert_eq!(other.weight, Weight::Note);
    // A reader of the host, seen in a container whose pcscd has a virtual one.
    let machine = MadeUp::with_pcscd("second_reader")
        .usb("1-2", "076b:5022", "0b", "OMNIKEY 5022 Smart Card Reader")
        .slots(&[slot("Virtual PCD 00 00", CardSeen::Absent)]);
    machine.first(Code::CardNotSeen);
    assert_eq!(machine.finding(Code::ReaderTimesOut).weight, Weight::Note);
}

#[test]
fn kernel_module_holds_reader() {
    let driver = "/sys/devices/pci0000:00/0000:00:14.0/1-2/1-2:1.0/driver";
    let machine = with_lost_acr122u("kernel_module_holds_reader")
        .link(driver, "../../../../../bus/usb/drivers/pn533_usb");
    let found = machine.first(Code::KernelModuleHoldsReader);
    assert!(
        shows(&found, "/sys/bus/usb/devices/1-2:1.0/driver -> pn533_usb"),
        "{found:?}"
    );
    assert!(command(&found).contains("modprobe -r pn533_usb"));
    // Where no link is readable, the loaded module tells.
    let machine = with_lost_acr122u("kernel_module_holds_reader").file(
        "/proc/modules",
        "pn533_usb 20480 0 - Live 0x0\npn533 40960 1 pn533_usb, Live 0x0\n",
    );
    let found = machine.first(Code::KernelModuleHoldsReader);
    assert!(shows(&found, "pn533_usb"));
    // A reader that PC/SC shows is held by nobody else.
    let machine = machine
        .slots(&[slot(ACR122U, CardSeen::Present)])
        .card(Card::passport());
    assert!(machine.examine().findings.is_empty());
}

#[test]
fn reader_firmware_too_old() {
    let machine =
        with_lost_acr122u("reader_firmware_too_old").attribute("1-2", "bcdDevice", "0205");
    let found = machine.first(Code::ReaderFirmwareTooOld);
    assert!(shows(&found, "2.05") && shows(&found, "2.06"), "{found:?}");
    let new = machine.attribute("1-2", "bcdDevice", "0206").examine();
    assert!(
        new.findings
            .iter()
            .all(|f| f.code != Code::ReaderFirmwareTooOld)
    );
}

#[test]
fn reader_node_forbidden() {
    let machine = MadeUp::with_pcscd("reader_node_forbidden")
        .usb("1-2", "076b:5022", "0b", "OMNIKEY 5022 Smart Card Reader")
        .process(612, "pcscd", 107, "/usr/sbin/pcscd")
        .file("/dev/bus/usb/001/005", "")
        .file("/etc/group", "root:x:0:\npcscd:x:65001:\n");
    let node = machine.below("/dev/bus/usb/001/005");
    fs::set_permissions(&node, fs::Permissions::from_mode(0o660)).unwrap();
    let found = machine.first(Code::ReaderNodeForbidden);
    let group = fs::metadata(&node).unwrap().gid();
    assert!(
        shows(&found, &format!("{group} 660")) && shows(&found, "pcscd: 107"),
        "{found:?}"
    );
    assert!(command(&found).contains("ATTR{idVendor}==\"076b\", ATTR{idProduct}==\"5022\""));
    // A file for each reader: neither another one's rule nor the template is written over.
    assert!(command(&found).ends_with(
        "/etc/udev/rules.d/70-chipid-reader-access-076b-5022.rules && sudo udevadm control --reload"
    ));
    // With the group of pcscd it may.
    let machine = machine.file("/etc/group", &format!("pcscd:x:{group}:\n"));
    let found = machine.examine().findings;
    assert!(found.iter().all(|f| f.code != Code::ReaderNodeForbidden));
}

#[test]
fn reader_times_out() {
    let machine = with_lost_acr122u("reader_times_out");
    let found = machine.first(Code::ReaderTimesOut);
    assert!(found.only_a_sign && shows(&found, "072f:2200") && shows(&found, "Info.plist"));
    let machine = machine
        .attribute("1-2", "power/control", "auto")
        .slots(&[slot(ACR122U, CardSeen::Present)])
        .card(Card::passport());
    let found = machine.finding(Code::ReaderTimesOut);
    assert_eq!(found.weight, Weight::Note);
    assert!(command(&found).contains("ATTR{power/control}=\"on\""));
}

#[test]
fn no_contactless_slot() {
    let contact = "Identiv uTrust 2700 R Smart Card Reader [CCID Contact Interface] 00 00";
    let machine = MadeUp::healthy("no_contactless_slot").slots(&[
        slot(contact, CardSeen::Absent),
        slot(
            "ACS ACR1252 1S CL Reader [ACR1252 Dual Reader SAM] 01 00",
            CardSeen::Absent,
        ),
    ]);
    let machine = machine.without("/sys/bus/usb/devices/1-2");
    let found = machine.first(Code::NoContactlessSlot);
    assert!(
        shows(&found, ": sam") && shows(&found, ": contact"),
        "{found:?}"
    );
}

#[test]
fn slot_always_occupied() {
    let mut sam = slot(
        "ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM] (RR (2) 77) 00 01",
        CardSeen::Present,
    );
    sam.atr = vec![0x3B, 0x3F, 0x96, 0x00, 0x80, 0x69];
    let machine = MadeUp::healthy("slot_always_occupied")
        .slots(&[sam, slot(OMNIKEY, CardSeen::Present)])
        .card(Card::passport());
    let report = machine.examine();
    // The module is passed over, and the card is read.
    assert!(report.card_readable);
    let found = machine.finding(Code::SlotAlwaysOccupied);
    assert_eq!(found.weight, Weight::Note);
    assert!(
        shows(&found, "SAM] 00 01: sam") && shows(&found, "3B 3F 96 00 …"),
        "{found:?}"
    );
    assert!(!shows(&found, "RR"), "a serial number");
    assert!(!shows(&found, "69"), "what tells this module from others");
    // A name that leaves it open, and a card with contacts in it.
    let mut open = slot("Oracle 00 00", CardSeen::Present);
    open.atr = vec![0x3B, 0x7F, 0x96, 0x00];
    let machine = MadeUp::healthy("slot_always_occupied")
        .without("/sys/bus/usb/devices/1-2")
        .slots(&[open]);
    assert!(shows(&machine.finding(Code::SlotAlwaysOccupied), "3B 7F"));
    assert_eq!(machine.first(Code::CardNotSeen).code, Code::CardNotSeen);
}

#[test]
fn reader_held_by_other() {
    let machine = MadeUp::healthy("reader_held_by_other")
        .connecting(TransportError::SharingViolation)
        .process(900, "scdaemon", 1000, "/usr/lib/gnupg/scdaemon");
    let found = machine.first(Code::ReaderHeldByOther);
    assert!(shows(&found, "scdaemon 900") && shows(&found, "1007"));
    assert_eq!(command(&found), "gpgconf --kill scdaemon");
    let mut exclusive = slot(OMNIKEY, CardSeen::Absent);
    exclusive.exclusive = true;
    let machine = MadeUp::healthy("reader_held_by_other").slots(&[exclusive]);
    machine.first(Code::ReaderHeldByOther);
}

#[test]
fn card_reset_by_other() {
    let mut card = Card::passport();
    card.fails = Some(TransportError::CardReset);
    let machine = MadeUp::healthy("card_reset_by_other").card(card).process(
        901,
        "firefox-esr",
        1000,
        "/usr/lib/firefox-esr/firefox-esr",
    );
    let found = machine.first(Code::CardResetByOther);
    assert!(shows(&found, "1008") && shows(&found, "firefox-esr 901"));
}

#[test]
fn card_not_seen() {
    let machine = MadeUp::healthy("card_not_seen").slots(&[slot(OMNIKEY, CardSeen::Absent)]);
    let found = machine.first(Code::CardNotSeen);
    assert!(found.only_a_sign && shows(&found, "OMNIKEY 5022"));
    assert!(!shows(&found, "R-0001"), "a serial number: {found:?}");
    // One that leaves while it is looked at.
    let machine = MadeUp::healthy("card_not_seen").connecting(TransportError::NoCard);
    machine.first(Code::CardNotSeen);
}

/// Whatever was read of it before: a card that has gone cannot be read.
#[test]
fn a_card_that_goes_while_it_is_looked_at_is_not_readable() {
    let whole = Card::passport();
    let mut machine = MadeUp::healthy("lifted").card(whole.clone());
    assert!(machine.examine().card_readable);
    let commands = whole.asked.lock().unwrap().len();
    assert!(commands > 9, "{commands}");
    for (error, code) in [
        (TransportError::CardRemoved, Code::CardNotSeen),
        (TransportError::CardReset, Code::CardResetByOther),
        (TransportError::Timeout, Code::ReaderSilent),
        (TransportError::CardMute, Code::CardSilent),
    ] {
        for after in 0..commands {
            let mut card = Card::passport();
            card.lifted = Some((after, error));
            let asked = card.asked.clone();
            machine = machine.card(card);
            machine.first(code);
            // Nothing more is asked of it.
            assert_eq!(asked.lock().unwrap().len(), after + 1);
        }
    }
}

#[test]
fn stale_after_suspend() {
    let machine = MadeUp::healthy("stale_after_suspend")
        .connecting(TransportError::CardMute)
        .file("/sys/power/suspend_stats/success", "3\n");
    // The likelier thing goes before it.
    machine.first(Code::CardSilent);
    let found = machine.finding(Code::StaleAfterSuspend);
    assert!(found.only_a_sign && shows(&found, "success: 3") && shows(&found, "pcscd 612"));
    assert_eq!(command(&found), "sudo systemctl restart pcscd");
}

#[test]
fn card_silent() {
    let machine = MadeUp::healthy("card_silent")
        .slots(&[slot(OMNIKEY, CardSeen::Mute)])
        .file("/sys/power/suspend_stats/success", "3\n");
    let found = machine.first(Code::CardSilent);
    assert!(shows(&found, "mute") && shows(&found, "1009"));
    let mut dies = Card::passport();
    dies.fails = Some(TransportError::CardMute);
    MadeUp::healthy("card_silent")
        .card(dies)
        .first(Code::CardSilent);
}

#[test]
fn empty_answer() {
    let mut card = Card::passport();
    card.empty = true;
    let found = MadeUp::windows("empty_answer")
        .card(card)
        .first(Code::EmptyAnswer);
    assert!(shows(&found, "PICC"));
}

#[test]
fn not_a_travel_document() {
    let mut bank = Card::passport();
    bank.card_access = Err(0x6A82);
    bank.application = 0x6A82;
    let found = MadeUp::healthy("not_a_travel_document")
        .card(bank)
        .first(Code::NotATravelDocument);
    assert!(shows(&found, "A0000002471001: 6A82") && !found.only_a_sign);
    // Other cards have EF.CardAccess too, and some documents show the application after PACE alone.
    let mut pace = Card::passport();
    pace.application = 0x6A82;
    let machine = MadeUp::healthy("not_a_travel_document").card(pace);
    assert!(machine.examine().card_readable);
    let found = machine.finding(Code::NotATravelDocument);
    assert!(found.only_a_sign && found.weight == Weight::Note);
    assert!(shows(&found, "EF.CardAccess: 180"), "{found:?}");
}

/// 6982 to SELECT: the application is there, and not before PACE.
#[test]
fn a_card_that_shows_nothing_before_pace_is_a_travel_document() {
    for status in [0x6982, 0x6A82] {
        let mut card = Card::passport();
        card.card_access = Err(status);
        card.application = 0x6982;
        let machine = MadeUp::healthy("pace_only").card(card);
        let report = machine.examine();
        assert!(report.card_readable, "{report:#?}");
        let codes: Vec<Code> = report.findings.iter().map(|f| f.code).collect();
        assert_eq!(codes, [Code::CardAccessWithheld]);
    }
}

#[test]
fn card_access_withheld() {
    let mut card = Card::passport();
    card.card_access = Err(0x6982);
    let machine = MadeUp::healthy("card_access_withheld").card(card);
    assert!(machine.examine().card_readable);
    let found = machine.finding(Code::CardAccessWithheld);
    assert_eq!(found.weight, Weight::Note);
    assert!(shows(&found, "6982"));
}

#[test]
fn long_command_refused() {
    let mut told = Card::passport();
    told.limits.command = Some(261);
    let mut refused = Card::passport();
    refused.limits.command = None;
    refused.extended = Some(TransportError::TooLong);
    for (card, shown) in [(told, "261"), (refused, "1012")] {
        let machine = MadeUp::healthy("long_command_refused").card(card);
        assert!(machine.examine().card_readable);
        let found = machine.finding(Code::LongCommandRefused);
        assert_eq!(found.weight, Weight::Note);
        assert!(shows(&found, shown), "{found:?}");
    }
    // What is taken where nobody knows the reader says nothing of it.
    let mut unknown = Card::passport();
    unknown.limits.command = Some(261);
    unknown.limits_are_known = false;
    let report = MadeUp::healthy("long_command_refused")
        .card(unknown)
        .examine();
    assert!(report.findings.is_empty(), "{report:#?}");
}

#[test]
fn reading_slow() {
    let mut card = Card::passport();
    // 92 commands of some 20 ms, and 20 KiB at half a millisecond a byte.
    card.delay = Duration::from_millis(20);
    card.delay_per_byte = Duration::from_micros(500);
    let found = MadeUp::healthy("reading_slow")
        .card(card)
        .finding(Code::ReadingSlow);
    let portrait = found.evidence.iter().find(|f| f.what.name() == "portrait");
    let seconds: f64 = portrait
        .and_then(|fact| fact.value.strip_suffix(" s")?.parse().ok())
        .unwrap();
    assert!((12.0..30.0).contains(&seconds), "{seconds}");
}

#[test]
fn models_missing() {
    let mut machine = MadeUp::healthy("models_missing");
    machine.program.models.as_mut().unwrap().missing = vec!["w600k_r50.onnx".to_owned()];
    let report = machine.examine();
    // A card can be read; it cannot be judged whole.
    assert!(report.card_readable && report.has(Weight::NoVerdict));
    let found = machine.finding(Code::ModelsMissing);
    assert_eq!(command(&found), "chipid models fetch");
    assert!(shows(&found, "w600k_r50.onnx"));
}

#[test]
fn models_changed() {
    let mut machine = MadeUp::healthy("models_changed");
    let models = machine.program.models.as_mut().unwrap();
    models.folder = "/home/lan/.local/share/chipid/models".to_owned();
    models.changed = vec!["w600k_r50.onnx".to_owned()];
    let machine = machine.variable("HOME", "/home/lan");
    let found = machine.finding(Code::ModelsChanged);
    assert_eq!(command(&found), "chipid models fetch");
    // Whose home it is stands nowhere in what may be sent on.
    assert!(shows(&found, "~/.local/share/chipid/models"), "{found:?}");
    assert!(!format!("{:?}", machine.examine()).contains("lan/"));
    // Another's home is another's, and a folder of a like name is not in it.
    let machine = machine.variable("HOME", "/home/l");
    assert!(shows(&machine.finding(Code::ModelsChanged), "/home/lan/"));
}

#[test]
fn trust_store_empty() {
    let mut machine = MadeUp::healthy("trust_store_empty");
    machine.program.trust = None;
    // Nobody asked for a verdict.
    let report = machine.examine();
    assert!(report.findings.is_empty(), "{report:#?}");
    let look = report.looked.iter().find(|look| look.at == Aspect::Trust);
    assert_eq!(look.unwrap().state, State::NotLookedAt);
    assert_eq!(look.unwrap().facts[0].value, "--trust");
    machine.program.trust = Some(chipid_doctor::Trust::default());
    let found = machine.finding(Code::TrustStoreEmpty);
    assert_eq!(found.weight, Weight::NoVerdict);
}

#[test]
fn trust_store_stale() {
    let mut machine = MadeUp::healthy("trust_store_stale");
    machine.program.trust.as_mut().unwrap().newest_list = Some(NOON - 500 * DAY);
    let found = machine.finding(Code::TrustStoreStale);
    assert!(found.only_a_sign && found.weight == Weight::Note);
    assert!(shows(&found, "2025-07"), "{found:?}");
    let trust = machine.program.trust.as_mut().unwrap();
    (trust.newest_list, trust.overdue) = (Some(NOON), 2);
    assert!(shows(&machine.finding(Code::TrustStoreStale), "2"));
    let trust = machine.program.trust.as_mut().unwrap();
    (trust.newest_list, trust.overdue) = (None, 0);
    trust.newest_certificate = Some(NOON - 2000 * DAY);
    machine.finding(Code::TrustStoreStale);
}

#[test]
fn clock_implausible() {
    let mut machine = MadeUp::healthy("clock_implausible");
    machine.program.now = 0;
    let found = machine.finding(Code::ClockImplausible);
    assert!(found.only_a_sign && shows(&found, "1970-01-01"));
    assert_eq!(command(&found), "sudo timedatectl set-ntp true");
    // Newer than the program, and older than the newest list.
    machine.program.now = NOON;
    machine.program.trust.as_mut().unwrap().newest_list = Some(NOON + 40 * DAY);
    machine.finding(Code::ClockImplausible);
}

#[test]
fn no_system_is_told_the_commands_of_another() {
    let troubled = |mut machine: MadeUp| {
        machine.program.now = 0;
        machine.program.trust = None;
        machine.program.models.as_mut().unwrap().changed = vec!["a.onnx".to_owned()];
        machine.examine().findings
    };
    let windows = [
        MadeUp::windows("commands").failing(TransportError::ServiceUnavailable),
        MadeUp::windows("commands").connecting(TransportError::SharingViolation),
        MadeUp::windows("commands").hanging(),
    ];
    for finding in windows.into_iter().flat_map(troubled) {
        let command = command(&finding);
        let foreign = ["sudo", "apt", "systemctl", "rm ", "pcscd"];
        assert!(
            !foreign.iter().any(|word| command.contains(word)),
            "{finding:?}"
        );
    }
    let macos = [
        MadeUp::macos("commands").failing(TransportError::ServiceUnavailable),
        MadeUp::macos("commands").hanging(),
    ];
    for finding in macos.into_iter().flat_map(troubled) {
        let command = command(&finding);
        let foreign = ["apt", "systemctl", "timedatectl", "pcscd", "reg "];
        assert!(
            !foreign.iter().any(|word| command.contains(word)),
            "{finding:?}"
        );
    }
}

#[test]
fn each_system_is_called_by_its_own_name() {
    let key = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion";
    let windows = MadeUp::windows("named")
        .registry(&format!(r"{key}\ProductName"), "Windows 10 Pro")
        .registry(&format!(r"{key}\CurrentBuild"), "19045")
        // What lies on the same disk is another system's.
        .file("/etc/os-release", "PRETTY_NAME=other\n");
    for (machine, name) in [
        (windows, "Windows 10 Pro (19045)"),
        (MadeUp::macos("named-macos"), "macOS 13.6"),
        (
            MadeUp::healthy("named-linux"),
            "Debian GNU/Linux 12 (bookworm)",
        ),
    ] {
        let report = machine.examine();
        let program = report.looked.iter().find(|look| look.at == Aspect::Program);
        assert_eq!(program.unwrap().facts[0].value, name);
    }
}

/// `hardware/symptoms.toml` against the codes, the reasons and the tests of this file.
#[test]
fn every_row_that_can_be_seen_has_a_probe_and_a_test_and_the_others_a_reason() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hardware/symptoms.toml");
    let table: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    let tests: BTreeSet<&str> = include_str!("rows.rs")
        .split("#[test]\nfn ")
        .skip(1)
        .filter_map(|test| test.split('(').next())
        .collect();
    let mut codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let mut unseen: BTreeSet<&str> = chipid_doctor::UNSEEN
        .iter()
        .map(|(code, _)| *code)
        .collect();
    let rows = table["symptom"].as_array().unwrap();
    for row in rows {
        let code = row["code"].as_str().unwrap();
        if row["detectable"].as_str() == Some("no") {
            assert!(unseen.remove(code), "{code} has no reason");
        } else {
            assert!(codes.remove(code), "{code} has no probe");
            assert!(tests.contains(code), "{code} has no test of its name");
        }
    }
    assert!(codes.is_empty(), "in no row: {codes:?}");
    assert!(unseen.is_empty(), "can be seen, or in no row: {unseen:?}");
    assert!(rows.len() > 35);
    assert!(chipid_doctor::UNSEEN.iter().all(|(_, why)| why.len() > 20));
}

/// What is called a sign in the table is shown as one.
#[test]
fn a_sign_is_called_a_sign() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hardware/symptoms.toml");
    let table: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    let in_part: BTreeSet<&str> = table["symptom"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["detectable"].as_str() == Some("in_part"))
        .filter_map(|row| row["code"].as_str())
        .collect();
    let signs: BTreeSet<&str> = Code::ALL
        .iter()
        .filter(|code| code.is_only_a_sign())
        .map(|code| code.name())
        .collect();
    assert_eq!(signs, in_part);
}
