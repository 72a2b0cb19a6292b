//! Wrong keys: each at most once, five at most, and never the last ones that a chip allows.

mod support;

use chipid::emrtd::error::AccessError;
use chipid::{
    AccessKey, AccessKeys, CardTransport, ChipError, Error, Reading, TransportError, block,
};
use chipid_virtual_card::{Behaviour, VirtualCard};

/// Counts what reaches the chip: how often a password was put to the test.
struct Watched {
    chip: VirtualCard,
    tries: usize,
}

impl CardTransport for Watched {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        // The token of PACE (the last GENERAL AUTHENTICATE) or the cryptogram of BAC.
        if command.starts_with(&[0x00, 0x86]) || command.starts_with(&[0x00, 0x82]) {
            self.tries += 1;
        }
        self.chip.transmit(command).await
    }
}

fn watched(name: &str, behaviour: Behaviour) -> Watched {
    Watched {
        chip: VirtualCard::new(support::card(name)).with_behaviour(behaviour),
        tries: 0,
    }
}

fn wrong_cans(count: usize) -> Vec<AccessKey> {
    (0..count)
        .map(|i| AccessKey::can(&format!("99990{i}")).expect("a CAN"))
        .collect()
}

fn run(chip: &mut Watched, keys: Vec<AccessKey>) -> Result<(), Error> {
    let keys: AccessKeys = keys.into_iter().collect();
    block(Reading::with(keys).run(chip))
        .expect("ready")
        .map(|_| ())
}

fn access_error(result: Result<(), Error>) -> AccessError {
    match result {
        Err(Error::Chip(ChipError::Access(error))) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_can_says_so_and_is_tried_once() {
    let mut chip = watched("vn-2021", Behaviour::default());
    assert_eq!(
        access_error(run(&mut chip, wrong_cans(1))),
        AccessError::WrongKey { tries_left: None }
    );
    assert_eq!(chip.tries, 1);
}

#[test]
fn the_same_key_given_twice_is_tried_once() {
    let mut chip = watched("vn-2021", Behaviour::default());
    let keys = [wrong_cans(1), wrong_cans(1)].concat();
    assert!(run(&mut chip, keys).is_err());
    assert_eq!(chip.tries, 1);
}

#[test]
fn a_wrong_key_is_not_tried_again_on_the_next_run() {
    let mut chip = watched("vn-2021", Behaviour::default());
    let mut reading = Reading::with(wrong_cans(1).into_iter().collect::<AccessKeys>());
    for _ in 0..3 {
        assert!(block(reading.run(&mut chip)).expect("ready").is_err());
    }
    assert_eq!(chip.tries, 1);
}

#[test]
fn a_wrong_mrz_over_bac_says_so() {
    let mut chip = watched("passport-bac", Behaviour::default());
    let wrong = AccessKey::document("L898902C", "690806", "940623").expect("a key");
    assert_eq!(
        access_error(run(&mut chip, vec![wrong])),
        AccessError::WrongKey { tries_left: None }
    );
    assert_eq!(chip.tries, 1);
}

#[test]
fn five_candidates_and_no_more() {
    let mut chip = watched("vn-2021", Behaviour::default());
    assert_eq!(
        access_error(run(&mut chip, wrong_cans(9))),
        AccessError::TryBudgetSpent
    );
    assert_eq!(chip.tries, 5);
}

#[test]
fn the_right_key_behind_wrong_ones_opens_the_chip() {
    let card = support::card("vn-2021");
    let mut chip = watched("vn-2021", Behaviour::default());
    let mut keys = wrong_cans(3);
    keys.push(support::key(&card));
    let keys: AccessKeys = keys.into_iter().collect();
    let document = block(Reading::with(keys).run(&mut chip))
        .expect("ready")
        .expect("a document");
    assert_eq!(document.access().map(|a| a.attempts), Some(4));
    assert_eq!(chip.tries, 4);
}

#[test]
fn a_counter_at_two_stops_the_trying() {
    let mut chip = watched(
        "vn-2021",
        Behaviour {
            can_tries: Some(5),
            ..Behaviour::default()
        },
    );
    assert_eq!(
        access_error(run(&mut chip, wrong_cans(5))),
        AccessError::TriesNearlyExhausted { tries_left: 2 }
    );
    assert_eq!(chip.tries, 3);
}

#[test]
fn a_can_does_not_fit_a_chip_that_only_speaks_bac() {
    let mut chip = watched("passport-bac", Behaviour::default());
    assert_eq!(
        access_error(run(&mut chip, wrong_cans(1))),
        AccessError::NoUsableKey
    );
    assert_eq!(chip.tries, 0);
}

#[test]
fn no_key_at_all_is_the_callers_mistake() {
    let mut chip = watched("vn-2021", Behaviour::default());
    let error = run(&mut chip, vec![]).expect_err("no key");
    assert_eq!(error.code(), 8015);
    assert_eq!(chip.tries, 0);
}

#[test]
fn a_wrong_key_never_falls_back_to_bac() {
    let card = support::card("vn-2021");
    let mut chip = watched("vn-2021", Behaviour::default());
    // The right MRZ would open BAC; but the chip speaks PACE, and with PACE it opens too: no downgrade.
    let keys = vec![wrong_cans(1).remove(0), support::mrz_key(&card)];
    let keys: AccessKeys = keys.into_iter().collect();
    let document = block(Reading::with(keys).run(&mut chip))
        .expect("ready")
        .expect("a document");
    assert!(matches!(
        document.access().map(|a| a.protocol),
        Some(chipid::emrtd::document::AccessProtocol::Pace { .. })
    ));
}

/// Early chips have no access control at all: they are read, and it is said.
#[test]
fn row_011_a_chip_without_access_control_is_read_and_that_is_noted() {
    let mut data = support::card("passport-bac");
    data.basic_access_control = false;
    let verification = support::verify(&data);
    let access = verification.access.as_ref().expect("access");
    assert_eq!(
        access.protocol,
        chipid::emrtd::document::AccessProtocol::None
    );
    assert_eq!(access.password, None);
    let findings = verification.all_findings();
    assert!(findings.has(chipid::emrtd::finding::codes::ACCESS_UNPROTECTED));
    assert!(verification.document.is_some());
}

/// A chip that has PACE is not read in the clear, whatever it refuses.
#[test]
fn a_chip_that_offers_pace_and_refuses_it_is_not_read_in_the_clear() {
    let mut data = support::card("vn-2021");
    data.basic_access_control = false;
    data.pace.clear();
    let mut chip = VirtualCard::new(data);
    let result = support::read_from(&mut chip, support::key(&support::card("vn-2021")));
    assert!(result.is_err());
}
