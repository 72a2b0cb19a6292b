//! The rows: for each code, where it is looked for, how much hangs on it, and the probe.
//!
//! A probe looks at the [`Scene`] and asks nothing. They stand from the bottom up, as `docs/reference/symptoms.md` has it;
//! a probe that stands on something that failed finds nothing to look at.

mod card;
mod drivers;
mod looks;
mod program;
mod readers;
mod rights;
mod service;
mod surroundings;
mod usb;
mod windows;

use crate::code::{Aspect, Code, Weight, What};
use crate::report::{Fact, Finding, Report};
use crate::scene::Scene;
use chipid_transport::reader_profile::System::{self, Linux, MacOs, Windows};

/// Findings of one code that are told: a bus full of broken readers is one trouble.
const MOST_OF_A_CODE: usize = 4;
/// Facts that are told of one finding.
const MOST_EVIDENCE: usize = 24;

/// A row of the table.
struct Row {
    code: Code,
    at: Aspect,
    weight: Weight,
    /// `in_part`: a sign, and no proof.
    only_a_sign: bool,
    systems: &'static [System],
    probe: fn(&Scene<'_>) -> Vec<Found>,
}

/// What a probe found.
#[derive(Default)]
pub(crate) struct Found {
    evidence: Vec<Fact>,
    command: Option<String>,
    /// Less hangs on it here than elsewhere.
    is_a_note: bool,
    /// It shows less here than elsewhere.
    is_a_sign: bool,
    /// It shows elsewhere than usually.
    at: Option<Aspect>,
}

impl Found {
    fn new() -> Self {
        Self::default()
    }

    fn fact(mut self, what: What, value: impl AsRef<str>) -> Self {
        self.evidence.push(Fact::new(what, value));
        self
    }

    fn facts(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.evidence.extend(facts);
        self
    }

    fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    fn command_if(mut self, command: Option<impl Into<String>>) -> Self {
        self.command = command.map(Into::into);
        self
    }

    fn only_a_note(mut self, is_so: bool) -> Self {
        self.is_a_note = is_so;
        self
    }

    fn only_a_sign(mut self) -> Self {
        self.is_a_sign = true;
        self
    }

    fn at(mut self, at: Aspect) -> Self {
        self.at = Some(at);
        self
    }

    fn when(self, is_so: bool) -> Vec<Self> {
        if is_so { vec![self] } else { Vec::new() }
    }
}

const ALL: &[System] = &[Linux, Windows, MacOs];
const HERE: &[System] = &[Linux];

const fn row(
    code: Code,
    at: Aspect,
    weight: Weight,
    systems: &'static [System],
    probe: fn(&Scene<'_>) -> Vec<Found>,
) -> Row {
    Row {
        code,
        at,
        weight,
        only_a_sign: false,
        systems,
        probe,
    }
}

const fn sign(
    code: Code,
    at: Aspect,
    weight: Weight,
    systems: &'static [System],
    probe: fn(&Scene<'_>) -> Vec<Found>,
) -> Row {
    Row {
        only_a_sign: true,
        ..row(code, at, weight, systems, probe)
    }
}

#[rustfmt::skip]
const ROWS: &[Row] = {
    use Aspect as At;
    use Code as C;
    use Weight::{NoReading, NoVerdict, Note};
    &[
        row(C::ProgramWithoutReaders, At::Program, NoReading, ALL, program::without_readers),
        row(C::ServiceNotInstalled, At::Service, NoReading, HERE, service::not_installed),
        row(C::ServiceNotRunning, At::Service, NoReading, ALL, service::not_running),
        row(C::ServiceLooksElsewhere, At::Service, NoReading, HERE, service::looks_elsewhere),
        row(C::ReaderSilent, At::Service, NoReading, ALL, service::silent),
        row(C::ProcessesHiddenFromService, At::Access, NoReading, HERE, rights::processes_hidden),
        sign(C::PolkitUnreachable, At::Access, NoReading, HERE, rights::polkit_unreachable),
        row(C::PolkitDenies, At::Access, NoReading, HERE, rights::polkit_denies),
        row(C::RemoteSession, At::Session, NoReading, &[Windows], windows::remote_session),
        row(C::SmartCardPlugAndPlay, At::Session, Note, &[Windows], windows::plug_and_play),
        row(C::NoDriverInstalled, At::Drivers, NoReading, HERE, drivers::none_installed),
        sign(C::AppleDriverRefusesLongCommands, At::Drivers, Note, &[MacOs], drivers::of_apple),
        row(C::TwoDriversForReader, At::Drivers, Note, HERE, drivers::two_for_reader),
        row(C::NoReaderPlugged, At::Usb, NoReading, ALL, usb::no_reader),
        row(C::ReaderInNoDriverList, At::Usb, NoReading, HERE, usb::in_no_list),
        row(C::KernelModuleHoldsReader, At::Kernel, NoReading, HERE, usb::held_by_kernel),
        row(C::ReaderFirmwareTooOld, At::Firmware, NoReading, HERE, usb::old_firmware),
        row(C::ReaderNodeForbidden, At::DeviceFiles, NoReading, HERE, usb::node_forbidden),
        sign(C::ReaderTimesOut, At::Readers, NoReading, HERE, usb::times_out),
        row(C::NoContactlessSlot, At::Readers, NoReading, ALL, readers::no_antenna),
        row(C::SlotAlwaysOccupied, At::Readers, Note, ALL, readers::always_occupied),
        row(C::ReaderHeldByOther, At::OtherPrograms, NoReading, ALL, readers::held),
        row(C::CardResetByOther, At::OtherPrograms, NoReading, ALL, readers::card_reset),
        sign(C::CardNotSeen, At::Card, NoReading, ALL, card::not_seen),
        row(C::CardSilent, At::Card, NoReading, ALL, card::silent),
        // Behind it: whoever lays the card down flat has tried the likelier thing first.
        sign(C::StaleAfterSuspend, At::Card, NoReading, HERE, card::stale),
        row(C::EmptyAnswer, At::Card, NoReading, &[Windows], card::empty_answer),
        row(C::NotATravelDocument, At::Application, NoReading, ALL, card::no_application),
        row(C::CardAccessWithheld, At::CardAccess, Note, ALL, card::card_access_withheld),
        row(C::LongCommandRefused, At::Lengths, Note, ALL, card::short_commands_alone),
        row(C::ReadingSlow, At::Speed, Note, ALL, card::slow),
        row(C::ModelsMissing, At::Models, NoVerdict, ALL, surroundings::models_missing),
        row(C::ModelsChanged, At::Models, NoVerdict, ALL, surroundings::models_changed),
        row(C::TrustStoreEmpty, At::Trust, NoVerdict, ALL, surroundings::trust_empty),
        sign(C::TrustStoreStale, At::Trust, Note, ALL, surroundings::trust_stale),
        sign(C::ClockImplausible, At::Clock, NoVerdict, ALL, surroundings::clock),
    ]
};

/// Codes that speak of a reader on USB which PC/SC does not show.
const OF_ONE_READER: &[Code] = &[
    Code::ReaderInNoDriverList,
    Code::KernelModuleHoldsReader,
    Code::ReaderFirmwareTooOld,
    Code::ReaderNodeForbidden,
    Code::ReaderTimesOut,
];

impl Code {
    /// What shows it is a sign, and no proof: `in_part` in `hardware/symptoms.toml`.
    #[must_use]
    pub fn is_only_a_sign(self) -> bool {
        ROWS.iter().any(|row| row.code == self && row.only_a_sign)
    }
}

/// Every probe that this system has, and what was looked at.
pub(crate) fn report(scene: &Scene<'_>) -> Report {
    let card_readable = card::is_readable(scene);
    let findings: Vec<Finding> = ROWS
        .iter()
        .filter(|row| row.systems.contains(&scene.system))
        .flat_map(|row| {
            (row.probe)(scene)
                .into_iter()
                .take(MOST_OF_A_CODE)
                .map(move |found| finding(scene, row, found, card_readable))
        })
        .collect();
    Report {
        card_readable,
        looked: looks::of(scene, &findings),
        findings,
    }
}

fn finding(scene: &Scene<'_>, row: &Row, found: Found, card_readable: bool) -> Finding {
    // What hinders another reader hinders nobody while there is one that could read.
    let of_another = scene.has_antenna() && OF_ONE_READER.contains(&row.code);
    let weight = match row.weight {
        Weight::NoReading if found.is_a_note || card_readable || of_another => Weight::Note,
        weight => weight,
    };
    Finding {
        code: row.code,
        at: found.at.unwrap_or(row.at),
        weight,
        only_a_sign: row.only_a_sign || found.is_a_sign,
        evidence: found.evidence.into_iter().take(MOST_EVIDENCE).collect(),
        command: found.command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_row_and_they_stand_from_the_bottom_up() {
        let codes: Vec<Code> = ROWS.iter().map(|row| row.code).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted, Code::ALL);
        assert!(ROWS.is_sorted_by_key(|row| row.at));
    }
}
