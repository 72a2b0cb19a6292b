//! A doctor that says no says why: whatever PC/SC shows or fails with.
#![cfg(unix)]

mod support;

use chipid_doctor::pcsc::{CardSeen, SlotSeen};
use chipid_doctor::{Report, State, TransportError, Weight};
use proptest::prelude::*;
use support::card::Card;
use support::{MadeUp, OMNIKEY, Scripted, slot};

const NAMES: [&str; 7] = [
    OMNIKEY,
    "Virtual PCD 00 00",
    "ACS ACR122U PICC Interface 00 00",
    "ACS ACR1252 1S CL Reader [ACR1252 Dual Reader SAM] 01 00",
    "ACS ACR1252 1S CL Reader 00 01",
    "Identiv uTrust 2700 R Smart Card Reader [CCID Contact Interface] 00 00",
    "",
];

/// Every no has something that is wrong, and that is to be mended first.
fn has_a_reason(report: &Report) -> bool {
    let first = report.first().map(|finding| finding.weight);
    let wrong = report.looked.iter().any(|look| look.state == State::Wrong);
    report.card_readable || (first == Some(Weight::NoReading) && wrong)
}

fn any_slot() -> impl Strategy<Value = SlotSeen> {
    let cards = prop::sample::select(vec![CardSeen::Absent, CardSeen::Present, CardSeen::Mute]);
    let name = prop::sample::select(NAMES.to_vec());
    (name, cards, any::<(bool, bool, bool)>()).prop_map(|(name, card, flags)| {
        let mut slot = slot(name, card);
        if flags.0 && card == CardSeen::Present {
            slot.atr = vec![0x3B, 0x7F, 0x96, 0x00];
        }
        (slot.in_use, slot.exclusive) = (flags.1, flags.1 && flags.2);
        slot
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_the_slots_show(
        slots in prop::collection::vec(any_slot(), 0..5),
        card_access in any::<Option<u16>>(),
        application in prop::sample::select(vec![0x9000_u16, 0x6A82, 0x6982, 0x0000]),
    ) {
        use std::sync::OnceLock;
        static MACHINES: OnceLock<()> = OnceLock::new();
        MACHINES.get_or_init(|| {
            let _ = MadeUp::healthy("any-slots");
        });
        let mut card = Card::passport();
        if let Some(status) = card_access {
            card.card_access = Err(status);
        }
        card.application = application;
        let mut machine = MadeUp::again("any-slots");
        machine.service = Some(Scripted::Shows(slots, Ok(card)));
        let report = machine.examine();
        prop_assert!(has_a_reason(&report), "{report:#?}");
    }
}

/// Whatever PC/SC says, wherever it says so: a doctor that says no says why.
#[test]
fn no_answer_is_no_without_a_reason() {
    const KINDS: [TransportError; 16] = [
        TransportError::CardRemoved,
        TransportError::ReaderRemoved,
        TransportError::NoReader,
        TransportError::NoCard,
        TransportError::ServiceUnavailable,
        TransportError::AccessDenied,
        TransportError::SharingViolation,
        TransportError::CardReset,
        TransportError::CardMute,
        TransportError::Timeout,
        TransportError::Cancelled,
        TransportError::TooLong,
        TransportError::Malformed,
        TransportError::ReplayDiverged,
        TransportError::Pending,
        TransportError::Failed,
    ];
    let systems: [fn(&str) -> MadeUp; 3] = [MadeUp::healthy, MadeUp::windows, MadeUp::macos];
    for kind in KINDS {
        let mut card = Card::passport();
        card.fails = Some(kind);
        for machine in systems {
            for broken in [
                machine("reasons").failing(kind),
                machine("reasons").connecting(kind),
                machine("reasons").card(card.clone()),
            ] {
                let report = broken.examine();
                assert!(!report.card_readable);
                assert!(has_a_reason(&report), "{kind:?}: {report:#?}");
            }
        }
    }
}
