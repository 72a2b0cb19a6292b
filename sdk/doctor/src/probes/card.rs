//! The card, as far as it shows itself without a key.

use super::Found;
use crate::code::What;
use crate::pcsc::CardSeen;
use crate::report::Fact;
use crate::scene::{DONE, Exam, Scene, Slot};
use chipid_emrtd::card_transport::TransportError;
use chipid_transport::reader_profile::System;
use std::time::Duration;

/// A reading that takes longer than this makes people take the card away.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the machine slept and woke.
const SUSPENDS: &str = "/sys/power/suspend_stats/success";

/// It lies there, answers, and is a travel document.
pub(super) fn is_readable(scene: &Scene<'_>) -> bool {
    exam(scene).is_some_and(|(_, exam)| exam.is_travel_document())
}

/// What a card told, and on which slot.
pub(super) fn exam<'a>(scene: &'a Scene<'_>) -> Option<(&'a Slot, &'a Exam)> {
    let (slot, answer) = scene.exam.as_ref()?;
    Some((slot, answer.told()?))
}

pub(super) fn not_seen(scene: &Scene<'_>) -> Vec<Found> {
    // It left while it was looked at.
    let gone = |error| {
        matches!(
            error,
            TransportError::NoCard | TransportError::CardRemoved | TransportError::ReaderRemoved
        )
    };
    if let Some((slot, error)) = scene.card_trouble().filter(|(_, error)| gone(*error)) {
        let found = Found::new().fact(What::Reader, slot.name());
        return vec![found.fact(What::Answer, error.code().to_string())];
    }
    let antennas: Vec<&Slot> = scene
        .slots()
        .iter()
        .filter(|s| s.may_be_antenna())
        .collect();
    let empty = !antennas.is_empty() && scene.exam.is_none();
    let found = antennas.iter().fold(Found::new(), |found, slot| {
        found.fact(
            What::Card,
            format!("{}: {}", slot.name(), slot.seen.card.name()),
        )
    });
    found.when(empty)
}

pub(super) fn stale(scene: &Scene<'_>) -> Vec<Found> {
    let Some((slot, error)) = scene
        .card_trouble()
        .filter(|(slot, error)| is_stale(scene, slot, *error))
    else {
        return Vec::new();
    };
    let pcscd = scene
        .service
        .process
        .iter()
        .map(|process| Fact::new(What::Process, process.in_words()));
    vec![
        Found::new()
            .fact(What::Reader, slot.name())
            .fact(What::Card, slot.seen.card.name())
            .fact(What::Answer, error.code().to_string())
            .fact(What::Suspends, format!("{SUSPENDS}: {}", suspends(scene)))
            .facts(pcscd)
            .command(scene.service.restart()),
    ]
}

/// PC/SC shows a card that answers, and it does not; the machine slept, and pcscd may have been up before. When it slept, the
/// kernel does not tell: no more than a sign, beside what is said of a card that does not answer.
fn is_stale(scene: &Scene<'_>, slot: &Slot, error: TransportError) -> bool {
    scene.system == System::Linux
        && slot.seen.card == CardSeen::Present
        && matches!(error, TransportError::CardMute | TransportError::Failed)
        && suspends(scene) > 0
        && scene.service.process.is_some()
}

fn suspends(scene: &Scene<'_>) -> u64 {
    let count = scene.files.line(SUSPENDS);
    count.and_then(|count| count.parse().ok()).unwrap_or(0)
}

pub(super) fn silent(scene: &Scene<'_>) -> Vec<Found> {
    let Some((slot, error)) = scene.card_trouble() else {
        return Vec::new();
    };
    let elsewhere = match error {
        TransportError::NoCard
        | TransportError::CardRemoved
        | TransportError::ReaderRemoved
        | TransportError::CardReset
        | TransportError::SharingViolation
        | TransportError::AccessDenied
        | TransportError::ServiceUnavailable
        | TransportError::Timeout => true,
        TransportError::Malformed => scene.system == System::Windows,
        _ => false,
    };
    Found::new()
        .fact(What::Reader, slot.name())
        .fact(What::Card, slot.seen.card.name())
        .fact(What::Answer, error.code().to_string())
        .when(!elsewhere)
}

pub(super) fn empty_answer(scene: &Scene<'_>) -> Vec<Found> {
    let met = scene
        .card_trouble()
        .filter(|(_, error)| *error == TransportError::Malformed);
    let found = met.map(|(slot, _)| {
        Found::new()
            .fact(What::Reader, slot.name())
            .fact(What::Bytes, "0")
    });
    found.into_iter().collect()
}

pub(super) fn no_application(scene: &Scene<'_>) -> Vec<Found> {
    let Some((slot, exam)) = exam(scene) else {
        return Vec::new();
    };
    let Ok(application) = exam.application else {
        return Vec::new();
    };
    let found = Found::new().fact(What::Reader, slot.name()).fact(
        What::Status,
        format!("A0000002471001: {}", status(application)),
    );
    // EF.CardAccess alone: other cards have it too, and some documents show the application after PACE alone.
    let found = match exam.card_access {
        Ok(file) if exam.has_card_access() => found
            .fact(What::Bytes, format!("EF.CardAccess: {}", file.length))
            .only_a_sign(),
        _ => found,
    };
    found.when(exam.trouble.is_none() && !exam.has_application())
}

pub(super) fn card_access_withheld(scene: &Scene<'_>) -> Vec<Found> {
    let Some((_, exam)) = exam(scene).filter(|(_, exam)| exam.is_travel_document()) else {
        return Vec::new();
    };
    let withheld = exam.card_access.ok().filter(|file| file.status != DONE);
    let found = withheld.map(|file| {
        Found::new().fact(
            What::Status,
            format!("EF.CardAccess: {}", status(file.status)),
        )
    });
    found.into_iter().collect()
}

pub(super) fn short_commands_alone(scene: &Scene<'_>) -> Vec<Found> {
    let Some((slot, exam)) = exam(scene) else {
        return Vec::new();
    };
    let told = exam.limits_are_known && exam.limits.command.is_some_and(|longest| longest <= 261);
    let refused = matches!(exam.extended, Some(answer) if answer != Ok(DONE));
    Found::new()
        .fact(What::Reader, slot.name())
        .facts(lengths(exam))
        .when(told || refused)
}

/// The longest command and answer, and what came of one of extended length.
pub(super) fn lengths(exam: &Exam) -> Vec<Fact> {
    let bytes = |length: Option<usize>| {
        let known = length.filter(|_| exam.limits_are_known);
        known.map_or_else(|| "unknown".to_owned(), |length| length.to_string())
    };
    let extended = exam.extended.map(|answer| match answer {
        Ok(word) => status(word),
        Err(error) => error.code().to_string(),
    });
    let mut facts = vec![
        Fact::new(What::LongestCommand, bytes(exam.limits.command)),
        Fact::new(What::LongestAnswer, bytes(exam.limits.response)),
    ];
    facts.extend(extended.map(|answer| Fact::new(What::ExtendedLength, answer)));
    facts
}

pub(super) fn slow(scene: &Scene<'_>) -> Vec<Found> {
    let slow = exam(scene)
        .and_then(|(slot, exam)| Some((slot, exam.times?)))
        .filter(|(_, times)| times.of_portrait() > PATIENCE);
    let found = slow.map(|(slot, _)| {
        Found::new()
            .fact(What::Reader, slot.name())
            .facts(exam(scene).map_or_else(Vec::new, |(_, exam)| times(exam)))
    });
    found.into_iter().collect()
}

/// What a command takes, and what a portrait would.
pub(super) fn times(exam: &Exam) -> Vec<Fact> {
    exam.times.map_or_else(Vec::new, |times| {
        vec![
            Fact::new(
                What::RoundTrip,
                format!("{:.1} ms", times.one_byte.as_secs_f64() * 1e3),
            ),
            Fact::new(
                What::Portrait,
                format!("{:.1} s", times.of_portrait().as_secs_f64()),
            ),
        ]
    })
}

fn status(word: u16) -> String {
    format!("{word:04X}")
}
