//! The smart card service: there, running, looking in the right place, answering.

use super::Found;
use crate::code::{Aspect, What};
use crate::pcsc::Answer;
use crate::report::Fact;
use crate::scene::{BY_HAND, Packages, SOCKET, Scene};
use chipid_emrtd::card_transport::TransportError;
use chipid_transport::reader_profile::System;
use std::time::Duration;

/// The start type of a service that nobody may start.
const DISABLED: &str = "4";
const SCARDSVR: &str = r"SYSTEM\CurrentControlSet\Services\SCardSvr";

pub(super) fn not_installed(scene: &Scene<'_>) -> Vec<Found> {
    let service = &scene.service;
    let install = install(service.packages, true);
    Found::new()
        .fact(What::Missing, "/usr/sbin/pcscd")
        .fact(What::Missing, SOCKET)
        .facts(scene.answer())
        .command_if(install)
        .when(service.program.is_none() && !service.socket && scene.service_is_away())
}

pub(super) fn not_running(scene: &Scene<'_>) -> Vec<Found> {
    let missing = scene.system == System::Linux && !not_installed(scene).is_empty();
    if missing || !scene.service_fails() {
        return Vec::new();
    }
    let told = scene
        .card_trouble()
        .map(|(_, error)| error.code().to_string());
    let told = told.map(|code| Fact::new(What::Answer, code));
    let answer = told.or_else(|| scene.answer());
    vec![
        match scene.system {
            System::Linux => of_linux(scene),
            System::Windows => of_windows(scene),
            _ => Found::new(),
        }
        .facts(answer),
    ]
}

fn of_windows(scene: &Scene<'_>) -> Found {
    let start = scene.settings.registry(SCARDSVR, "Start");
    let mend = match start.as_deref() {
        Some(DISABLED) => "sc.exe config SCardSvr start= demand",
        _ => "net start SCardSvr",
    };
    let start = start.map(|start| format!(r"HKLM\{SCARDSVR}\Start = {start}"));
    let start = start.map(|start| Fact::new(What::Setting, start));
    Found::new().facts(start).command(mend)
}

fn of_linux(scene: &Scene<'_>) -> Found {
    let service = &scene.service;
    let socket = match service.socket {
        true => What::Found,
        false => What::Missing,
    };
    let found = Found::new().fact(socket, SOCKET);
    match (service.program, &service.process) {
        (Some(program), Some(process)) => found
            .fact(What::Found, program)
            .fact(What::Process, process.in_words())
            .command(service.restart()),
        (Some(program), None) => found.fact(What::Found, program).command(service.start()),
        // A socket from outside, as containers get it, behind which nobody answers.
        (None, _) => found,
    }
}

pub(super) fn looks_elsewhere(scene: &Scene<'_>) -> Vec<Found> {
    let Some(program) = scene.service.program() else {
        return Vec::new();
    };
    let usual: Vec<&str> = scene
        .drivers
        .iter()
        .filter(|list| !list.by_hand)
        .map(|list| list.path.as_str())
        .collect();
    let in_vain = program.starts_with("/usr/local/")
        && !usual.is_empty()
        && usual.len() == scene.drivers.len()
        && scene.was_told()
        && scene
            .usb_readers()
            .any(|device| scene.is_bound(device) && !scene.is_shown(device));
    let reinstall = (scene.service.packages == Packages::Apt)
        .then_some("sudo apt-get install --reinstall pcscd");
    let missing = BY_HAND.first().copied().unwrap_or_default();
    Found::new()
        .fact(What::Found, program)
        .fact(What::Missing, missing)
        .fact(What::Found, usual.first().copied().unwrap_or_default())
        .command_if(reinstall)
        .when(in_vain)
}

pub(super) fn silent(scene: &Scene<'_>) -> Vec<Found> {
    let restart = (scene.system == System::Linux).then(|| scene.service.restart());
    if let Answer::Silent(waited) = scene.slots {
        return vec![Found::new().facts([seconds(waited)]).command_if(restart)];
    }
    match &scene.exam {
        Some((slot, Answer::Silent(waited))) => vec![
            Found::new()
                .fact(What::Reader, slot.name())
                .facts([seconds(*waited)])
                .command_if(restart)
                .at(Aspect::Card),
        ],
        _ => timed_out(scene, restart),
    }
}

/// The program's own time ran out at a card: the driver waits for ever, or would.
fn timed_out(scene: &Scene<'_>, restart: Option<&'static str>) -> Vec<Found> {
    let timeout = TransportError::Timeout;
    let met = scene.card_trouble().filter(|(_, error)| *error == timeout);
    let found = met.map(|(slot, error)| {
        Found::new()
            .fact(What::Reader, slot.name())
            .fact(What::Answer, error.code().to_string())
            .command_if(restart)
            .at(Aspect::Card)
    });
    found.into_iter().collect()
}

fn seconds(waited: Duration) -> Fact {
    Fact::new(What::NoAnswerWithin, format!("{} s", waited.as_secs_f32()))
}

/// The command that installs drivers, and the service with them.
pub(super) fn install(packages: Packages, with_service: bool) -> Option<&'static str> {
    Some(match (packages, with_service) {
        (Packages::Apt, true) => "sudo apt-get install pcscd libccid",
        (Packages::Apt, false) => "sudo apt-get install libccid",
        (Packages::Dnf, true) => "sudo dnf install pcsc-lite pcsc-lite-ccid",
        (Packages::Dnf, false) => "sudo dnf install pcsc-lite-ccid",
        (Packages::Zypper, true) => "sudo zypper install pcsc-lite pcsc-ccid",
        (Packages::Zypper, false) => "sudo zypper install pcsc-ccid",
        (Packages::Pacman, true) => "sudo pacman -S pcsclite ccid",
        (Packages::Pacman, false) => "sudo pacman -S ccid",
        (Packages::Apk, true) => "sudo apk add pcsc-lite ccid",
        (Packages::Apk, false) => "sudo apk add ccid",
        (Packages::Unknown, _) => return None,
    })
}
