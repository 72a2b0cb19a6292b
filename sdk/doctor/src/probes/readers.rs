//! Readers as PC/SC shows them, and other programs at them.

use super::Found;
use crate::code::What;
use crate::pcsc::CardSeen;
use crate::report::Fact;
use crate::scene::{HOLDERS, Scene, Slot};
use chipid_emrtd::card_transport::TransportError;
use chipid_transport::reader_profile::{Role, System, by_usb};

pub(super) fn no_antenna(scene: &Scene<'_>) -> Vec<Found> {
    let none = scene.has_readers() && !scene.slots().iter().any(Slot::may_be_antenna);
    let found = scene
        .slots()
        .iter()
        .fold(Found::new(), |found, slot| found.facts([role(slot)]));
    found.when(none)
}

/// `NAME: contactless`
pub(super) fn role(slot: &Slot) -> Fact {
    let role = match slot.named.role {
        Role::Contactless => "contactless",
        Role::Several => "several",
        Role::Contact => "contact",
        Role::Sam => "sam",
        _ => "unknown",
    };
    Fact::new(What::Role, format!("{}: {role}", slot.name()))
}

/// The role of a slot, and the profiles of the readers that it may belong to.
pub(super) fn known(slot: &Slot) -> Vec<Fact> {
    let profiles = slot.named.usb.iter().filter_map(|id| by_usb(*id));
    let profiles: Vec<&str> = profiles.take(3).map(|profile| profile.id).collect();
    let profile = (!profiles.is_empty()).then(|| Fact::new(What::Profile, profiles.join(", ")));
    [Some(role(slot)), profile].into_iter().flatten().collect()
}

pub(super) fn always_occupied(scene: &Scene<'_>) -> Vec<Found> {
    let occupied = scene.slots().iter().filter(|slot| {
        let other_card = slot.may_be_antenna()
            && slot.seen.card == CardSeen::Present
            && !slot.seen.atr.is_empty()
            && !slot.shows_contactless_atr();
        let sam = slot.named.role == Role::Sam && slot.seen.card != CardSeen::Absent;
        sam || other_card
    });
    occupied
        .map(|slot| {
            let found = Found::new()
                .facts([role(slot)])
                .fact(What::Card, slot.seen.card.name());
            // Its kind shows in the first bytes; the others may tell one card or token from all others.
            let first = slot.seen.atr.iter().take(4);
            let mut atr: Vec<String> = first.map(|b| format!("{b:02X}")).collect();
            if slot.seen.atr.len() > 4 {
                atr.push("…".to_owned());
            }
            found.fact(What::Atr, atr.join(" "))
        })
        .collect()
}

pub(super) fn held(scene: &Scene<'_>) -> Vec<Found> {
    let refused = scene
        .card_trouble()
        .filter(|(_, error)| *error == TransportError::SharingViolation)
        .map(|(slot, error)| {
            Found::new()
                .fact(What::Reader, slot.name())
                .fact(What::Answer, error.code().to_string())
        });
    let exclusive = scene
        .slots()
        .iter()
        .filter(|slot| slot.seen.exclusive && slot.may_be_antenna())
        .map(|slot| {
            Found::new()
                .fact(What::Reader, slot.name())
                .fact(What::Answer, "exclusive")
        });
    let Some(found) = refused.into_iter().chain(exclusive).next() else {
        return Vec::new();
    };
    let close = scene.process("scdaemon").map(|_| "gpgconf --kill scdaemon");
    vec![found.facts(holders(scene)).command_if(close)]
}

/// Programs that run here and are known to hold readers.
pub(super) fn holders<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Fact> + 'a {
    let known = |name: &str| HOLDERS.contains(&name);
    scene
        .processes
        .iter()
        .filter(move |process| known(&process.name))
        .map(|process| Fact::new(What::Process, process.in_words()))
}

pub(super) fn card_reset(scene: &Scene<'_>) -> Vec<Found> {
    let reset = TransportError::CardReset;
    let Some((slot, _)) = scene.card_trouble().filter(|(_, e)| *e == reset) else {
        return Vec::new();
    };
    let close = (scene.system == System::Linux && scene.process("scdaemon").is_some())
        .then_some("gpgconf --kill scdaemon");
    vec![
        Found::new()
            .fact(What::Reader, slot.name())
            .fact(What::Answer, reset.code().to_string())
            .facts(holders(scene))
            .command_if(close),
    ]
}
