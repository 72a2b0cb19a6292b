//! What was seen of a machine, gathered once; the probes look at it and ask nothing themselves.

mod card;
mod drivers;
mod processes;
mod service;
mod usb;

pub(crate) use card::{DONE, Exam};
pub(crate) use drivers::{BY_HAND, DriverList, USUAL, entries};
pub(crate) use processes::{HOLDERS, Process};
pub(crate) use service::{POLICY, Packages, SOCKET, Service, pretty_name};
pub(crate) use usb::UsbDevice;

use crate::code::What;
use crate::files::Files;
use crate::machine::{Machine, Program, Settings};
use crate::pcsc::{self, Answer, CardSeen, SlotSeen};
use crate::report::Fact;
use chipid_emrtd::card_transport::TransportError;
use chipid_transport::reader_profile::{Named, Role, System, by_name, is_contactless};
use std::thread;
use std::time::{Duration, Instant};

/// How often the list of readers is asked for while a reader on USB has not appeared.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// Everything that was seen.
pub(crate) struct Scene<'a> {
    pub(crate) system: System,
    pub(crate) files: &'a Files,
    pub(crate) settings: &'a dyn Settings,
    pub(crate) program: &'a Program,
    /// Linux alone.
    pub(crate) service: Service,
    pub(crate) drivers: Vec<DriverList>,
    pub(crate) usb: Vec<UsbDevice>,
    /// Whether this system shows its USB devices.
    pub(crate) usb_is_shown: bool,
    /// Processes that matter: pcscd, and those that are known to hold readers.
    pub(crate) processes: Vec<Process>,
    pub(crate) modules: Vec<String>,
    pub(crate) slots: Answer<Vec<Slot>>,
    /// The card that was looked at, and what came of it; `None` where there was none to look at.
    pub(crate) exam: Option<(Slot, Answer<Exam>)>,
}

/// A slot, with what its name tells.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) seen: SlotSeen,
    pub(crate) named: Named,
}

impl Slot {
    /// The ATR that a reader makes up for an antenna.
    pub(crate) fn shows_contactless_atr(&self) -> bool {
        is_contactless(&self.seen.atr)
    }

    /// A reading takes a card in it: an antenna by its name or, where the name leaves it open, by what lies there.
    pub(crate) fn is_for_documents(&self) -> bool {
        let answers = self.seen.card == CardSeen::Present;
        self.named
            .is_for_documents(answers.then_some(&self.seen.atr))
    }

    /// An antenna, as far as its name tells.
    pub(crate) fn may_be_antenna(&self) -> bool {
        !matches!(self.named.role, Role::Contact | Role::Sam)
    }

    /// The name without the serial number that pcscd puts in it: `NAME [INTERFACE] (SERIAL) 00 00`.
    pub(crate) fn name(&self) -> String {
        let name = &self.seen.name;
        // A serial number may have brackets of its own: it begins with the first one behind the interface.
        let open = match name.find("] (") {
            Some(bracket) => Some(bracket + 1),
            None => name.find(" ("),
        };
        let numbers = |tail: &str| {
            let parts: Vec<&str> = tail.split(' ').collect();
            matches!(parts[..], ["", a, b] if a.len() == 2 && b.len() == 2)
        };
        match (open, name.rfind(')')) {
            (Some(open), Some(close)) if open < close => {
                let (before, tail) = (name.get(..open), name.get(close + 1..));
                match (before, tail) {
                    (Some(before), Some(tail)) if numbers(tail) => format!("{before}{tail}"),
                    _ => name.clone(),
                }
            }
            _ => name.clone(),
        }
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn of(machine: &'a Machine) -> Self {
        let files = &machine.files;
        let linux = machine.system == System::Linux;
        let processes = match linux {
            true => processes::of(files),
            false => Vec::new(),
        };
        let mut scene = Self {
            system: machine.system,
            files,
            settings: &*machine.settings,
            program: &machine.program,
            service: match linux {
                true => Service::of(files, &processes),
                false => Service::default(),
            },
            drivers: drivers::of(files, machine.system),
            usb_is_shown: linux && files.is_folder("/sys/bus/usb/devices"),
            usb: match linux {
                true => usb::of(files),
                false => Vec::new(),
            },
            processes,
            modules: match linux {
                true => modules(files),
                false => Vec::new(),
            },
            slots: Answer::NotAsked,
            exam: None,
        };
        scene.slots = scene.ask(machine);
        scene.exam = scene.examine(machine);
        scene
    }

    /// The slots. A service that was started by the question needs a moment to find readers.
    fn ask(&self, machine: &Machine) -> Answer<Vec<Slot>> {
        let deadline = Instant::now() + machine.deadlines.settle;
        loop {
            let answer = match pcsc::slots(machine.service.as_ref(), machine.deadlines.readers) {
                Answer::Told(seen) => Answer::Told(self.named(seen)),
                Answer::NotAsked => Answer::NotAsked,
                Answer::Silent(waited) => Answer::Silent(waited),
                Answer::Failed(error) => Answer::Failed(error),
            };
            let expected = answer.told().is_some_and(Vec::is_empty)
                && self.usb.iter().any(|device| self.is_bound(device));
            if !expected || Instant::now() >= deadline {
                return answer;
            }
            thread::sleep(BETWEEN_LOOKS.min(machine.deadlines.settle));
        }
    }

    fn named(&self, seen: Vec<SlotSeen>) -> Vec<Slot> {
        seen.into_iter()
            .map(|seen| Slot {
                named: by_name(self.system, &seen.name),
                seen,
            })
            .collect()
    }

    /// Looks at the card that a reading would take.
    fn examine(&self, machine: &Machine) -> Option<(Slot, Answer<Exam>)> {
        let service = machine.service.as_ref()?;
        let slot = self.best_slot()?.clone();
        let answer = card::examine(service, &slot.seen.name, &machine.deadlines);
        Some((slot, answer))
    }

    /// The slot with a card that a reading would take: antennas first, a card that answers before a mute one.
    fn best_slot(&self) -> Option<&Slot> {
        self.slots()
            .iter()
            .filter(|slot| slot.is_for_documents() && slot.seen.card != CardSeen::Absent)
            .min_by_key(|slot| (slot.seen.card == CardSeen::Mute, slot.named.role))
    }

    /// The slots that PC/SC told of; none where it did not answer.
    pub(crate) fn slots(&self) -> &[Slot] {
        self.slots.told().map_or(&[], Vec::as_slice)
    }

    /// PC/SC answered with a list that has at least one reader in it.
    pub(crate) fn has_readers(&self) -> bool {
        !self.slots().is_empty()
    }

    /// PC/SC shows a slot that a reading would take a card in: trouble with another reader is that reader's alone.
    pub(crate) fn has_antenna(&self) -> bool {
        self.slots().iter().any(Slot::is_for_documents)
    }

    /// PC/SC answered, whatever the list holds.
    pub(crate) fn was_told(&self) -> bool {
        self.slots.told().is_some()
    }

    /// The service does not answer at all, as far as is known.
    pub(crate) fn service_is_away(&self) -> bool {
        match &self.slots {
            Answer::Failed(error) => *error == TransportError::ServiceUnavailable,
            // Nobody could ask: the files say whether it can be there.
            // Of a machine that is not running (an image) only what is installed can be said.
            Answer::NotAsked => match self.files.is_there("/proc/1") {
                true => !self.service.can_answer(),
                false => self.service.program.is_none(),
            },
            _ => false,
        }
    }

    /// The service answers, and not as it should: no list of readers, or none any more when a card was asked. A refusal is
    /// polkit's, where there is polkit.
    pub(crate) fn service_fails(&self) -> bool {
        let refusal = |error| error == TransportError::AccessDenied && self.system == System::Linux;
        match &self.slots {
            Answer::Failed(error) => !refusal(*error),
            Answer::Told(_) => self.card_trouble().is_some_and(|(_, error)| {
                error == TransportError::ServiceUnavailable
                    || (error == TransportError::AccessDenied && !refusal(error))
            }),
            Answer::NotAsked | Answer::Silent(_) => self.service_is_away(),
        }
    }

    /// The trouble that kept a card from being looked at, and where it lies.
    pub(crate) fn card_trouble(&self) -> Option<(&Slot, TransportError)> {
        let (slot, answer) = self.exam.as_ref()?;
        let error = match answer {
            Answer::Failed(error) => *error,
            Answer::Told(exam) => exam.trouble?,
            Answer::NotAsked | Answer::Silent(_) => return None,
        };
        Some((slot, error))
    }

    /// What PC/SC answered to the question for its readers.
    pub(crate) fn answer(&self) -> Option<Fact> {
        let short = self.slots.in_short()?;
        Some(Fact::new(What::Answer, short))
    }

    /// The readers among the USB devices.
    pub(crate) fn usb_readers(&self) -> impl Iterator<Item = &UsbDevice> {
        self.usb.iter().filter(|device| device.is_reader())
    }

    /// The lists that a USB device stands in.
    pub(crate) fn lists_of(&self, device: &UsbDevice) -> Vec<&DriverList> {
        self.drivers
            .iter()
            .filter(|list| list.holds(device.id))
            .collect()
    }

    pub(crate) fn is_bound(&self, device: &UsbDevice) -> bool {
        device.is_reader() && !self.lists_of(device).is_empty()
    }

    /// Whether PC/SC shows this reader. Where its name is not known, the driver's own list says what it is called.
    pub(crate) fn is_shown(&self, device: &UsbDevice) -> bool {
        let names: Vec<&str> = self
            .drivers
            .iter()
            .flat_map(|list| list.names_of(device.id))
            .collect();
        self.slots().iter().any(|slot| {
            slot.named.usb.contains(&device.id)
                || names.iter().any(|name| slot.seen.name.starts_with(name))
                || device
                    .product
                    .as_ref()
                    .is_some_and(|product| product.len() > 4 && slot.seen.name.contains(product))
        })
    }

    /// A process of that name.
    pub(crate) fn process(&self, name: &str) -> Option<&Process> {
        self.processes.iter().find(|process| process.name == name)
    }

    /// The machine is a container.
    pub(crate) fn container(&self) -> Option<&'static str> {
        ["/.dockerenv", "/run/.containerenv"]
            .into_iter()
            .find(|path| self.files.is_there(path))
    }
}

/// Names in `/proc/modules`.
fn modules(files: &Files) -> Vec<String> {
    let text = files.text("/proc/modules", 1 << 20).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}
