//! What was looked at, and what was seen there: the lines of a report, fine or not.

use super::{card, drivers, readers, surroundings, windows};
use crate::code::{Aspect, Weight, What};
use crate::report::{Fact, Finding, Look, State};
use crate::scene::{DONE, SOCKET, Scene, pretty_name};
use chipid_emrtd::time::UnixTime;
use chipid_transport::reader_profile::System;

/// Readers and slots that are named one by one.
const MOST_NAMED: usize = 32;

pub(super) fn of(scene: &Scene<'_>, findings: &[Finding]) -> Vec<Look> {
    Aspect::ALL
        .iter()
        .filter(|aspect| is_of(**aspect, scene.system))
        .map(|aspect| {
            let seen = seen(scene, *aspect);
            let wrong = findings
                .iter()
                .any(|f| f.at == *aspect && f.weight != Weight::Note);
            let state = match (&seen, wrong) {
                (_, true) => State::Wrong,
                (Some(_), false) => State::Ok,
                (None, false) => State::NotLookedAt,
            };
            let mut facts = seen.unwrap_or_default();
            if *aspect == Aspect::Trust && scene.program.trust.is_none() {
                facts.push(Fact::new(What::NotGiven, "--trust"));
            }
            facts.truncate(MOST_NAMED);
            Look {
                at: *aspect,
                state,
                facts,
            }
        })
        .collect()
}

/// Whether such a system has it.
fn is_of(aspect: Aspect, system: System) -> bool {
    match aspect {
        Aspect::Session => system == System::Windows,
        Aspect::Drivers => system != System::Windows,
        Aspect::Access | Aspect::Kernel | Aspect::Firmware | Aspect::DeviceFiles => {
            system == System::Linux
        }
        _ => true,
    }
}

/// What is there; `None` where it could not be looked at.
fn seen(scene: &Scene<'_>, aspect: Aspect) -> Option<Vec<Fact>> {
    let exam = card::exam(scene);
    match aspect {
        Aspect::Program => Some(system(scene)),
        Aspect::Service => service(scene),
        Aspect::Access => scene.was_told().then(Vec::new),
        Aspect::Session => Some(windows::session(scene)),
        Aspect::Drivers => lists(scene),
        Aspect::Usb => usb(scene),
        Aspect::Kernel => scene.usb_is_shown.then(|| modules(scene)),
        Aspect::Firmware => per_reader(scene, |device| {
            let firmware = device.firmware_in_words()?;
            Some(Fact::new(
                What::Firmware,
                format!("{}: {firmware}", device.id),
            ))
        }),
        Aspect::DeviceFiles => per_reader(scene, |device| {
            let node = device.node()?;
            let rights = scene.files.rights(&node)?;
            Some(Fact::new(What::DeviceFile, rights.in_words(&node)))
        }),
        Aspect::Readers => scene
            .was_told()
            .then(|| scene.slots().iter().flat_map(readers::known).collect())
            .filter(|facts: &Vec<Fact>| !facts.is_empty()),
        Aspect::OtherPrograms => scene
            .has_readers()
            .then(|| readers::holders(scene).collect()),
        Aspect::Card => scene.exam.as_ref().map(|(slot, _)| {
            let state = format!("{}: {}", slot.name(), slot.seen.card.name());
            vec![Fact::new(What::Card, state)]
        }),
        Aspect::Application => exam.and_then(|(_, exam)| {
            let word = exam.application.ok()?;
            Some(vec![Fact::new(
                What::Status,
                format!("A0000002471001: {word:04X}"),
            )])
        }),
        Aspect::CardAccess => exam.and_then(|(_, exam)| {
            let file = exam.card_access.ok()?;
            let fact = match file.status {
                DONE => Fact::new(What::Bytes, file.length.to_string()),
                word => Fact::new(What::Status, format!("{word:04X}")),
            };
            Some(vec![fact])
        }),
        Aspect::Lengths => exam.map(|(_, exam)| card::lengths(exam)),
        Aspect::Speed => exam.and_then(|(_, exam)| {
            let times = card::times(exam);
            (!times.is_empty()).then_some(times)
        }),
        Aspect::Models => scene.program.models.as_ref().map(|models| {
            vec![
                Fact::new(What::Folder, surroundings::folder(scene, models)),
                Fact::new(What::Count, models.present.to_string()),
            ]
        }),
        Aspect::Trust => scene.program.trust.as_ref().map(|trust| {
            let newest = trust.newest_list.or(trust.newest_certificate);
            let newest = newest.map(|t| Fact::new(What::Newest, UnixTime(t).to_string()));
            let count = Fact::new(What::Count, trust.anchors.to_string());
            [Some(count), newest].into_iter().flatten().collect()
        }),
        Aspect::Clock => {
            let now = UnixTime(scene.program.now).to_string();
            Some(vec![Fact::new(What::Now, now)])
        }
    }
}

fn system(scene: &Scene<'_>) -> Vec<Fact> {
    let name = match scene.system {
        System::Windows => windows::name(scene),
        System::MacOs => drivers::macos(scene).map(|version| format!("macOS {version}")),
        _ => pretty_name(scene.files),
    };
    let fact = name.map(|name| Fact::new(What::System, name));
    fact.into_iter().collect()
}

fn service(scene: &Scene<'_>) -> Option<Vec<Fact>> {
    let service = &scene.service;
    let process = service.process.as_ref();
    let socket = service.socket.then(|| Fact::new(What::Found, SOCKET));
    let facts = [
        service.program().map(|path| Fact::new(What::Found, path)),
        socket,
        process.map(|process| Fact::new(What::Process, process.in_words())),
        scene.answer(),
    ];
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    // Of an image nobody knows whether its service would answer.
    scene.was_told().then(|| facts.clone()).or_else(|| {
        (!facts.is_empty() && scene.service.can_answer() && scene.answer().is_none())
            .then_some(facts)
    })
}

fn lists(scene: &Scene<'_>) -> Option<Vec<Fact>> {
    let lists = scene.drivers.iter();
    let facts: Vec<Fact> = lists
        .map(|list| Fact::new(What::DriverList, list.in_words()))
        .collect();
    let looked = match scene.system {
        System::Linux => !facts.is_empty() || scene.has_readers(),
        _ => true,
    };
    looked.then_some(facts)
}

fn usb(scene: &Scene<'_>) -> Option<Vec<Fact>> {
    let facts: Vec<Fact> = scene
        .usb_readers()
        .map(|device| Fact::new(What::Usb, device.in_words()))
        .collect();
    // A virtual reader is on no bus, and other systems are asked through PC/SC alone.
    (!facts.is_empty()).then_some(facts)
}

fn modules(scene: &Scene<'_>) -> Vec<Fact> {
    let nfc = |name: &&String| matches!(name.as_str(), "pn533_usb" | "pn533" | "nfc");
    let loaded = scene.modules.iter().filter(nfc);
    loaded.map(|name| Fact::new(What::Module, name)).collect()
}

/// A fact of each reader on USB; `None` where there is none.
fn per_reader(
    scene: &Scene<'_>,
    fact: impl Fn(&crate::scene::UsbDevice) -> Option<Fact>,
) -> Option<Vec<Fact>> {
    let facts: Vec<Fact> = scene.usb_readers().filter_map(fact).collect();
    (!facts.is_empty()).then_some(facts)
}
