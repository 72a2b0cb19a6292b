//! Processes that matter: pcscd, and programs that are known to hold readers. Of each, no more than its name, its
//! number, its account and where its program lies.

use crate::files::Files;

/// Programs that take readers and keep them (reported). The kernel cuts names after 15 characters.
pub(crate) const HOLDERS: &[&str] = &[
    "scdaemon",
    "gsd-smartcard",
    "firefox",
    "firefox-esr",
    "chrome",
    "chromium",
    "thunderbird",
    "pkcs11_eventmgr",
    "p11-kit-server",
    "opensc-tool",
    "pcsc_scan",
];
/// The service.
pub(crate) const PCSCD: &str = "pcscd";
/// More than an ordinary machine runs.
const MOST_PROCESSES: usize = 16_384;

/// A process.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    pub(crate) name: String,
    pub(crate) number: u32,
    /// The account that it runs as.
    pub(crate) user: Option<u32>,
    /// The groups that it is in.
    pub(crate) groups: Vec<u32>,
    /// Where its program lies: told by the kernel, else by its own command line.
    pub(crate) program: Option<String>,
}

impl Process {
    /// `pcscd 612`
    pub(crate) fn in_words(&self) -> String {
        format!("{} {}", self.name, self.number)
    }
}

pub(crate) fn of(files: &Files) -> Vec<Process> {
    files
        .names("/proc")
        .iter()
        .filter_map(|name| name.parse().ok())
        .take(MOST_PROCESSES)
        .filter_map(|number| process(files, number))
        .collect()
}

fn process(files: &Files, number: u32) -> Option<Process> {
    let name = files.line(&format!("/proc/{number}/comm"))?;
    if name != PCSCD && !HOLDERS.contains(&name.as_str()) {
        return None;
    }
    let status = files.text(&format!("/proc/{number}/status"), 1 << 16);
    let numbers = |key: &str| numbers(status.as_deref().unwrap_or_default(), key);
    Some(Process {
        // Real, effective, saved, file system.
        user: numbers("Uid:").get(1).copied(),
        groups: [numbers("Gid:"), numbers("Groups:")].concat(),
        program: program(files, number),
        name,
        number,
    })
}

/// The numbers of a line of its status.
fn numbers(status: &str, key: &str) -> Vec<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let words = line.unwrap_or_default().split_whitespace();
    words.map_while(|word| word.parse().ok()).collect()
}

/// The link `exe` is readable by the same account alone; the command line by everybody, and written by the process.
fn program(files: &Files, number: u32) -> Option<String> {
    files.link(&format!("/proc/{number}/exe")).or_else(|| {
        let line = files.text(&format!("/proc/{number}/cmdline"), 1 << 16)?;
        let first = line.split('\0').next()?;
        first.starts_with('/').then(|| first.to_owned())
    })
}
