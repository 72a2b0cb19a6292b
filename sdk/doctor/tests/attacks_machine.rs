//! A machine under attack: files that never end, pipes, circles of links, bytes that are no text, a USB device that writes
//! commands for terminals. The doctor ends, soon, and says what it can.
#![cfg(unix)]

mod support;

use chipid_doctor::{Code, Report};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};
use support::{MadeUp, OMNIKEY, info_plist, slot};

const PLIST: &str = "/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist";
const READ: [&str; 9] = [
    PLIST,
    "/proc/modules",
    "/proc/mounts",
    "/proc/612/comm",
    "/proc/612/status",
    "/sys/devices/pci0000:00/0000:00:14.0/1-2/idVendor",
    "/sys/devices/pci0000:00/0000:00:14.0/1-2/product",
    "/sys/devices/pci0000:00/0000:00:14.0/1-2/1-2:1.0/bInterfaceClass",
    "/usr/lib/os-release",
];

fn examined(machine: &MadeUp) -> Report {
    let begun = Instant::now();
    let report = machine.examine();
    assert!(begun.elapsed() < Duration::from_secs(30));
    report
}

fn refused(attack: &str, by: &str) {
    println!("{attack:64} {by}");
}

fn pipe(machine: &MadeUp, path: &str) {
    let path = machine.below(path);
    let _ = fs::remove_file(&path);
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

#[test]
fn a_pipe_in_place_of_any_file_is_not_waited_for() {
    for (number, path) in READ.iter().enumerate() {
        let machine = MadeUp::healthy(&format!("pipe-{number}"));
        pipe(&machine, path);
        let _ = examined(&machine);
    }
    let machine = MadeUp::with_pcscd("pipe-driver").slots(&[]);
    pipe(&machine, PLIST);
    assert!(
        machine
            .examine()
            .findings
            .iter()
            .any(|f| f.code == Code::NoDriverInstalled)
    );
    refused(
        "a pipe in place of each file that is read",
        "regular files alone are opened, without waiting",
    );
}

#[test]
fn a_device_that_never_ends_is_not_read() {
    let machine = MadeUp::healthy("endless");
    // Within the root a link to /dev/zero leads to what lies there, which is nothing; a bind mount would be a device.
    let machine = machine
        .link(PLIST, "/dev/zero")
        .link("/proc/modules", "/dev/zero");
    let _ = examined(&machine);
    assert!(!machine.below("/dev/zero").exists());
    refused(
        "a link to a device that never ends",
        "links stay within the root; no device is opened",
    );
}

#[test]
fn a_file_that_is_too_large_is_left() {
    let huge = info_plist(&["076b:5022"]) + &" ".repeat(5 << 20);
    let machine = MadeUp::with_pcscd("huge").file(PLIST, &huge).slots(&[]);
    assert!(
        examined(&machine)
            .findings
            .iter()
            .any(|f| f.code == Code::NoDriverInstalled)
    );
    // Sparse: it says a terabyte, and takes no room.
    let modules = fs::File::create(machine.below("/proc/modules")).unwrap();
    modules.set_len(1 << 40).unwrap();
    let _ = examined(&machine);
    refused(
        "a driver list of 5 MB, a terabyte of modules",
        "a limit for each file",
    );
}

#[test]
fn a_list_full_of_open_tags_ends() {
    let deep = "<array>".repeat(400_000);
    let comments = "<!-- -->".repeat(300_000);
    for (number, text) in [deep, comments, "<key>ifdVendorID</key>".repeat(100_000)]
        .iter()
        .enumerate()
    {
        let machine = MadeUp::healthy(&format!("deep-{number}")).file(PLIST, text);
        let _ = examined(&machine);
    }
    refused(
        "lists of 400 000 open tags and comments",
        "a scanner that does not recurse",
    );
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    for (number, path) in READ.iter().enumerate() {
        let bytes: Vec<u8> = (0..4096_u32).map(|n| (n * 37 % 256) as u8 | 0x80).collect();
        let machine = MadeUp::healthy(&format!("bytes-{number}")).bytes(path, &bytes);
        let _ = examined(&machine);
    }
    refused(
        "bytes that are no text in each file",
        "what is not UTF-8 is replaced",
    );
}

#[test]
fn circles_of_links_end_and_links_stay_within_the_root() {
    let machine = MadeUp::healthy("circles")
        .link("/proc/modules", "/proc/mounts")
        .link("/proc/mounts", "modules")
        .link("/sys/bus/usb/devices/1-9", "../devices/1-9")
        .link("/sys/bus/usb/devices/1-8", "../../../../../../../../../etc");
    let _ = examined(&machine);
    // The machine's own os-release is not that of the made-up one.
    let outside = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside-release");
    fs::write(&outside, "PRETTY_NAME=outside\nID=debian\n").unwrap();
    let up = "../".repeat(40);
    for target in [
        outside.display().to_string(),
        format!(
            "{up}{}",
            outside.display().to_string().trim_start_matches('/')
        ),
    ] {
        let machine = MadeUp::bare("outside")
            .without("/usr/lib/os-release")
            .link("/etc/os-release", &target);
        let report = examined(&machine);
        let shown = report
            .looked
            .iter()
            .any(|l| l.facts.iter().any(|f| f.value.contains("outside")));
        assert!(!shown, "{report:#?}");
    }
    refused(
        "links in circles, and out of the root",
        "40 links at most, each followed within the root",
    );
}

#[test]
fn nothing_of_a_device_reaches_a_terminal_as_a_command() {
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}daer";
    let machine = MadeUp::with_pcscd("escape")
        .usb("1-2", "072f:2303", "0b", evil)
        .slots(&[slot(
            &format!("{OMNIKEY}{evil}"),
            chipid_doctor::pcsc::CardSeen::Absent,
        )]);
    let report = examined(&machine);
    let facts = report
        .looked
        .iter()
        .flat_map(|look| &look.facts)
        .chain(report.findings.iter().flat_map(|finding| &finding.evidence));
    let mut seen = 0;
    for fact in facts {
        let obeyed = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!fact.value.chars().any(obeyed), "{fact:?}");
        seen += usize::from(fact.value.contains("daer"));
    }
    assert!(seen >= 2, "{report:#?}");
    for finding in &report.findings {
        let command = finding.command.as_deref().unwrap_or_default();
        assert!(
            !command.contains("daer"),
            "what a device says is no part of a command"
        );
    }
    refused(
        "a device and a reader that write escape sequences as their names",
        "control characters are taken out; names are in no command",
    );
}

#[test]
fn many_devices_and_processes_are_told_in_few_lines() {
    let mut machine = MadeUp::healthy("many");
    for number in 1000..1400 {
        machine = machine.file(&format!("/proc/{number}/comm"), "firefox\n");
    }
    for number in 0..60 {
        machine = machine.usb(&format!("9-{number}"), "072f:2303", "0b", "ACR1552");
    }
    let report = examined(&machine);
    assert!(report.looked.iter().all(|look| look.facts.len() <= 64));
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.evidence.len() <= 64)
    );
    assert!(report.findings.len() <= 64, "{}", report.findings.len());
    refused(
        "hundreds of processes and dozens of broken readers",
        "few findings of a code, few facts of a finding",
    );
}

/// Every file, its length and when it was changed.
fn listing(folder: &Path, out: &mut Vec<(String, u64, SystemTime)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = path.symlink_metadata().unwrap();
        out.push((
            path.display().to_string(),
            about.len(),
            about.modified().unwrap(),
        ));
        if about.is_dir() {
            listing(&path, out);
        }
    }
}

#[test]
fn nothing_is_changed_on_the_machine_and_nothing_of_the_holder_is_asked_for() {
    let card = support::card::Card::passport();
    let asked = card.asked.clone();
    let machine = MadeUp::healthy("unchanged").card(card);
    let root = machine.below("/");
    let (mut before, mut after) = (Vec::new(), Vec::new());
    listing(&root, &mut before);
    assert!(machine.examine().card_readable);
    listing(&root, &mut after);
    assert_eq!(before, after);
    let asked = asked.lock().unwrap();
    assert!(asked.len() > 3);
    for command in asked.iter() {
        let harmless = match command[..] {
            // SELECT of EF.CardAccess, of the application, of the master file; READ BINARY of EF.CardAccess.
            [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x01, 0x1C]
            | [0x00, 0xA4, 0x00, 0x0C, 0x02, 0x3F, 0x00] => true,
            [
                0x00,
                0xA4,
                0x04,
                0x0C,
                0x07,
                0xA0,
                0x00,
                0x00,
                0x02,
                0x47,
                0x10,
                0x01,
            ] => true,
            [0x00, 0xB0, 0x00, 0x00, ..] => true,
            _ => false,
        };
        assert!(harmless, "{command:02X?}");
    }
    refused(
        "a doctor that writes, or reads the holder",
        "no file changed; SELECT and READ BINARY of EF.CardAccess alone",
    );
}

/// A service that never answers, and a card that never does: the doctor ends all the same.
#[test]
fn a_driver_that_waits_for_ever_does_not_hold_the_doctor() {
    let begun = Instant::now();
    let report = MadeUp::healthy("for-ever").hanging().examine();
    assert!(report.findings.iter().any(|f| f.code == Code::ReaderSilent));
    let mut card = support::card::Card::passport();
    card.hangs = true;
    let mut machine = MadeUp::healthy("for-ever").card(card);
    machine.patience = Duration::from_millis(200);
    let report = machine.examine();
    assert!(report.findings.iter().any(|f| f.code == Code::ReaderSilent));
    assert!(begun.elapsed() < Duration::from_secs(20));
    refused(
        "a service and a card that never answer",
        "a deadline on every call, on a thread of its own",
    );
}
