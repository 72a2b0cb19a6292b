//! pcscd as files show it: its program, its socket, its process, and whom it asks.

use super::processes::{PCSCD, Process};
use crate::files::Files;

const PROGRAMS: &[&str] = &["/usr/sbin/pcscd", "/usr/bin/pcscd", "/sbin/pcscd"];
const BY_HAND: &str = "/usr/local/sbin/pcscd";
pub(crate) const SOCKET: &str = "/run/pcscd/pcscd.comm";
const UNITS: &[&str] = &[
    "/etc/systemd/system/pcscd.service",
    "/usr/lib/systemd/system/pcscd.service",
    "/lib/systemd/system/pcscd.service",
];
pub(crate) const POLICY: &str = "/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy";

/// What there is of it; nothing on systems that have another service.
#[derive(Clone, Debug, Default)]
pub(crate) struct Service {
    /// Its program.
    pub(crate) program: Option<&'static str>,
    /// The socket is there.
    pub(crate) socket: bool,
    pub(crate) process: Option<Process>,
    /// systemd runs the machine.
    pub(crate) systemd: bool,
    /// The account that its unit names, where it names one.
    pub(crate) unit_user: Option<String>,
    /// Account and group of that name, by number: what a pcscd that is not root runs as.
    pub(crate) own_numbers: (Option<u32>, Option<u32>),
    /// It asks polkit: its policy is installed.
    pub(crate) asks_polkit: bool,
    pub(crate) packages: Packages,
}

/// How the system is given packages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Packages {
    Apt,
    Dnf,
    Zypper,
    Pacman,
    Apk,
    #[default]
    Unknown,
}

impl Service {
    pub(crate) fn of(files: &Files, processes: &[Process]) -> Self {
        let process = processes.iter().find(|p| p.name == PCSCD).cloned();
        let usual = PROGRAMS.iter().find(|path| files.is_there(path)).copied();
        let release = release(files);
        Self {
            program: usual.or_else(|| files.is_there(BY_HAND).then_some(BY_HAND)),
            socket: files.is_there(SOCKET),
            process,
            systemd: files.is_folder("/run/systemd/system"),
            unit_user: UNITS.iter().find_map(|unit| account(files, unit)),
            own_numbers: (number(files, "/etc/passwd"), number(files, "/etc/group")),
            asks_polkit: files.is_there(POLICY),
            packages: packages(&release),
        }
    }

    /// Its files let it answer: it is installed and has a socket, or is running.
    pub(crate) fn can_answer(&self) -> bool {
        self.program.is_some() && (self.socket || self.process.is_some())
    }

    /// Whether it runs as root; `None` where nobody can tell.
    pub(crate) fn is_root(&self) -> Option<bool> {
        match (&self.process, &self.unit_user) {
            (Some(process), _) => process.user.map(|user| user == 0),
            (None, Some(user)) => Some(user == "root"),
            (None, None) => self.program.is_some().then_some(true),
        }
    }

    /// Where the program lies that runs, or would run.
    pub(crate) fn program(&self) -> Option<&str> {
        let running = self.process.as_ref().and_then(|p| p.program.as_deref());
        running.or(self.program)
    }

    /// The command that starts it.
    pub(crate) fn start(&self) -> &'static str {
        match self.systemd {
            true => "sudo systemctl enable --now pcscd.socket",
            false => "sudo pcscd",
        }
    }

    /// The command that starts it anew.
    pub(crate) fn restart(&self) -> &'static str {
        match self.systemd {
            true => "sudo systemctl restart pcscd",
            false => "sudo pkill -x pcscd; sleep 1; sudo pcscd",
        }
    }
}

/// `PRETTY_NAME` of a Linux.
pub(crate) fn pretty_name(files: &Files) -> Option<String> {
    setting(&release(files), "PRETTY_NAME")
}

fn release(files: &Files) -> String {
    ["/etc/os-release", "/usr/lib/os-release"]
        .iter()
        .find_map(|path| files.text(path, 1 << 16))
        .unwrap_or_default()
}

fn account(files: &Files, unit: &str) -> Option<String> {
    let text = files.text(unit, 1 << 16)?;
    let mut lines = text.lines().map(str::trim);
    lines.find_map(|line| line.strip_prefix("User=").map(str::to_owned))
}

/// The number of `pcscd`, the third field in both files.
fn number(files: &Files, file: &str) -> Option<u32> {
    let text = files.text(file, 1 << 20)?;
    text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        match fields[..] {
            [PCSCD, _, number, ..] => number.parse().ok(),
            _ => None,
        }
    })
}

fn packages(release: &str) -> Packages {
    let like = setting(release, "ID_LIKE").unwrap_or_default();
    let names = setting(release, "ID").unwrap_or_default() + " " + &like;
    for name in names.split_whitespace() {
        return match name {
            "debian" | "ubuntu" => Packages::Apt,
            "fedora" | "rhel" => Packages::Dnf,
            "suse" | "opensuse" => Packages::Zypper,
            "arch" => Packages::Pacman,
            "alpine" => Packages::Apk,
            _ => continue,
        };
    }
    Packages::Unknown
}

/// A value of `os-release`, its quotes taken off.
fn setting(release: &str, key: &str) -> Option<String> {
    let value = release.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then_some(value)
    })?;
    Some(value.trim().trim_matches(['"', '\'']).to_owned())
}
