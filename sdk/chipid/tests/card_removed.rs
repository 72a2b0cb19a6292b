//! A card that leaves at any APDU: the right error, what was read is kept, and the next run goes on from there.

mod support;

use chipid::emrtd::card_transport::TransportError;
use chipid::transport::counting::Counting;
use chipid::transport::fault::Cut;
use chipid::{CardTransport, Error, Reading, block};
use chipid_virtual_card::{CardData, VirtualCard};

fn length_of_a_full_read(card: &CardData) -> usize {
    let mut chip = Counting::new(VirtualCard::new(card.clone()));
    support::read_from(&mut chip, support::key(card)).expect("a document");
    usize::try_from(chip.counters().apdus).expect("a count")
}

fn cut_everywhere<T: CardTransport>(name: &str, cut: impl Fn(VirtualCard, usize) -> T) {
    let card = support::card(name);
    let whole = support::read(&card);
    let apdus = length_of_a_full_read(&card);
    assert!(apdus > 20, "{name}: {apdus}");
    for at in 0..apdus {
        let mut reading = Reading::with(support::key(&card));
        let mut chip = cut(VirtualCard::new(card.clone()), at);
        let first = block(reading.run(&mut chip)).expect("ready");
        match first {
            Err(Error::Chip(chipid::ChipError::Transport(TransportError::CardRemoved))) => {}
            other => panic!("{name}, cut at {at}: {other:?}"),
        }
        // What is kept are whole files, each as it is on the card.
        for (file, bytes) in reading.partial() {
            assert_eq!(
                whole.danger_unverified().get(file),
                Some(bytes),
                "{name} at {at}"
            );
        }
        // The card is laid down again: a fresh chip, the same reading.
        let mut chip = VirtualCard::new(card.clone());
        let document = block(reading.run(&mut chip))
            .expect("ready")
            .expect("a document");
        assert_eq!(document.danger_unverified(), whole.danger_unverified());
        if at % 7 == 0 {
            let verification = document.verify(&support::trust(&[&card.csca]), support::now());
            assert!(
                verification
                    .passive_authentication
                    .check()
                    .passed()
                    .is_some()
            );
            assert!(
                verification.chip_genuine.passed().is_some(),
                "{name} at {at}"
            );
        }
    }
}

#[test]
fn the_command_does_not_reach_the_card() {
    for name in ["vn-2021", "passport-bac"] {
        cut_everywhere(name, |chip, at| {
            Cut::new(chip, at, TransportError::CardRemoved)
        });
    }
}

#[test]
fn the_response_does_not_come_back() {
    for name in ["vn-2021", "passport-bac"] {
        cut_everywhere(name, |chip, at| {
            Cut::losing_the_response(chip, at, TransportError::CardRemoved)
        });
    }
}

#[test]
fn another_card_on_the_second_run_is_noticed() {
    let card = support::card("vn-2021");
    let apdus = length_of_a_full_read(&card);
    let mut reading = Reading::with(
        [support::key(&card), support::mrz_key(&card)]
            .into_iter()
            .collect::<chipid::AccessKeys>(),
    );
    let mut chip = Cut::new(
        VirtualCard::new(card.clone()),
        apdus - 2,
        TransportError::CardRemoved,
    );
    assert!(block(reading.run(&mut chip)).expect("ready").is_err());

    // The same person's second card: the same keys open it, and it holds another EF.SOD.
    let issuer = support::issuer("vn-2021");
    let other = chipid_virtual_card::Personaliser::new(support::profile("vn-2021"))
        .issuer(&issuer)
        .active_authentication_key(card.active_authentication.expect("a key"))
        .build(&mut support::rng())
        .expect("a card");
    let error = block(reading.run(&mut VirtualCard::new(other)))
        .expect("ready")
        .expect_err("another card");
    assert_eq!(error.code(), 2007);
}
