//! A card that moves: lost once at every APDU, twice at sampled pairs, exchanged for another one in between.
//!
//! The reading goes on where it was, down to the byte, and ends with the same bytes. What that costs is printed:
//! `cargo test --release -p chipid --test tearing -- --nocapture`.

mod support;

use chipid::emrtd::card_transport::TransportError;
use chipid::transport::counting::{Counters, Counting};
use chipid::transport::fault::Cut;
use chipid::{AccessKeys, CardTransport, Error, FileId, Reading, block};
use chipid_virtual_card::{BitRate, CardData, FieldLoss, Link, LinkedCard, VirtualCard};

const PROFILES: [&str; 3] = ["vn-2021", "passport-bac", "passport-p256"];

/// One way to lose a card at an APDU.
type Loss = fn(VirtualCard, usize) -> Cut<VirtualCard>;

const LOSSES: [Loss; 2] = [
    |chip, at| Cut::new(chip, at, TransportError::CardRemoved),
    |chip, at| Cut::losing_the_response(chip, at, TransportError::CardRemoved),
];

/// Two ways of reading: short blocks alone, and whatever the chip takes.
const BLOCKS: [Option<usize>; 2] = [Some(223), None];

fn reading(card: &CardData, block_len: Option<usize>) -> Reading {
    let reading = Reading::with(support::key(card));
    match block_len {
        Some(bytes) => reading.block_len(bytes),
        None => reading,
    }
}

fn run(
    reading: &mut Reading,
    chip: impl CardTransport,
) -> (Result<chipid::UnverifiedDocument, Error>, Counters) {
    let mut chip = Counting::new(chip);
    let result = block(reading.run(&mut chip)).expect("ready");
    (result, chip.counters())
}

/// APDUs of an undisturbed reading, and of its part before the first file that no resumed reading reads again.
fn undisturbed(card: &CardData, block_len: Option<usize>) -> (usize, usize) {
    let mut whole = reading(card, block_len);
    let (result, counters) = run(&mut whole, VirtualCard::new(card.clone()));
    result.expect("a document");
    let total = usize::try_from(counters.apdus).expect("a count");
    let before = (0..total)
        .find(|at| {
            let mut cut = reading(card, block_len);
            let chip = LOSSES[0](VirtualCard::new(card.clone()), *at);
            assert!(run(&mut cut, chip).0.is_err());
            cut.partial().contains_key(&FileId::Com)
        })
        .expect("EF.COM is read");
    (total, before)
}

#[derive(Default)]
struct Cost {
    cases: usize,
    apdus: usize,
    most: usize,
}

impl Cost {
    fn add(&mut self, extra: usize) {
        self.cases += 1;
        self.apdus += extra;
        self.most = self.most.max(extra);
    }

    fn tell(&self, what: &str) {
        println!(
            "{what}: {} cases, {:.1} APDUs more on average, {} at most",
            self.cases,
            self.apdus as f64 / self.cases as f64,
            self.most
        );
    }
}

/// Loses the card at each of `cuts`, run after run, and lets the last run end. Gives all APDUs sent.
fn torn(card: &CardData, block_len: Option<usize>, loss: Loss, cuts: &[usize]) -> usize {
    let whole = support::read(card);
    let mut torn = reading(card, block_len);
    let mut sent = 0;
    for at in cuts {
        let (result, counters) = run(&mut torn, loss(VirtualCard::new(card.clone()), *at));
        sent += usize::try_from(counters.apdus).expect("a count");
        match result {
            Err(Error::Chip(chipid::ChipError::Transport(TransportError::CardRemoved))) => {}
            // What was left took fewer APDUs than that.
            Ok(document) => {
                assert_eq!(document.danger_unverified(), whole.danger_unverified());
                return sent;
            }
            Err(other) => panic!("cut at {cuts:?}: {other:?}"),
        }
    }
    let (result, counters) = run(&mut torn, VirtualCard::new(card.clone()));
    let document = result.unwrap_or_else(|e| panic!("cut at {cuts:?}: {e:?}"));
    assert_eq!(
        document.danger_unverified(),
        whole.danger_unverified(),
        "cut at {cuts:?}"
    );
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    let provable = !card.chip_authentication.is_empty() || card.active_authentication.is_some();
    assert_eq!(
        verification.chip_genuine.passed().is_some(),
        provable,
        "cut at {cuts:?}"
    );
    sent + usize::try_from(counters.apdus).expect("a count")
}

#[test]
fn lost_once_at_every_apdu_it_goes_on_where_it_was() {
    for name in PROFILES {
        let card = support::card(name);
        for block_len in BLOCKS {
            let (total, before) = undisturbed(&card, block_len);
            for loss in LOSSES {
                let mut cost = Cost::default();
                for at in 0..total {
                    let extra = torn(&card, block_len, loss, &[at]).saturating_sub(total);
                    // At most: everything up to the first file that stays, the block that was lost, a SELECT to find
                    // the place again, and the learning of smaller blocks where a long one was lost.
                    assert!(
                        extra <= before + 12,
                        "{name}, {block_len:?}, cut at {at}: {extra}"
                    );
                    cost.add(extra);
                }
                cost.tell(&format!(
                    "{name}, {total} APDUs, blocks of {block_len:?}, lost once"
                ));
            }
        }
    }
}

#[test]
fn lost_twice_at_sampled_pairs_it_goes_on_where_it_was() {
    for name in PROFILES {
        let card = support::card(name);
        for block_len in BLOCKS {
            let (total, before) = undisturbed(&card, block_len);
            let mut cost = Cost::default();
            for first in (0..total).step_by(5) {
                for second in (0..total).step_by(7) {
                    let loss = LOSSES[(first + second) % 2];
                    let extra =
                        torn(&card, block_len, loss, &[first, second]).saturating_sub(total);
                    assert!(
                        extra <= 2 * (before + 12),
                        "{name}, {block_len:?}, cut at {first} and {second}: {extra}"
                    );
                    cost.add(extra);
                }
            }
            cost.tell(&format!(
                "{name}, {total} APDUs, blocks of {block_len:?}, lost twice"
            ));
        }
    }
}

/// As often as the caller allows: a card that is lost at the same, late APDU again and again still ends.
#[test]
fn a_card_that_hardly_stays_is_read_in_the_end() {
    let card = support::card("vn-2021");
    let whole = support::read(&card);
    let (_, before) = undisturbed(&card, Some(223));
    let mut reading = reading(&card, Some(223));
    for attempt in 0..200 {
        let chip = LOSSES[1](VirtualCard::new(card.clone()), before + 4);
        if let (Ok(document), _) = run(&mut reading, chip) {
            assert_eq!(document.danger_unverified(), whole.danger_unverified());
            assert!(attempt > 5, "{attempt}");
            return;
        }
    }
    panic!("no end");
}

/// The same person's other card: the same keys open it, it holds another EF.SOD.
#[test]
fn another_card_in_between_is_refused_wherever_the_first_one_left() {
    let card = support::card("vn-2021");
    let issuer = support::issuer("vn-2021");
    let other = chipid_virtual_card::Personaliser::new(support::profile("vn-2021"))
        .issuer(&issuer)
        .active_authentication_key(card.active_authentication.clone().expect("a key"))
        .build(&mut support::rng())
        .expect("a card");
    let keys = || -> AccessKeys {
        [support::key(&card), support::mrz_key(&card)]
            .into_iter()
            .collect()
    };
    let mut whole = Reading::with(keys());
    let (_, counters) = run(&mut whole, VirtualCard::new(card.clone()));
    let mut refused = 0;
    for at in 0..usize::try_from(counters.apdus).expect("a count") {
        let mut reading = Reading::with(keys());
        let (_, _) = run(&mut reading, LOSSES[0](VirtualCard::new(card.clone()), at));
        let begun = reading.partial().contains_key(&FileId::Sod);
        match run(&mut reading, VirtualCard::new(other.clone())).0 {
            // Nothing of the first card was kept yet but what no signature covers: it is simply another reading.
            Ok(document) => {
                assert!(!begun, "cut at {at}");
                let files = document.danger_unverified();
                for (file, bytes) in files.iter().filter(|(f, _)| **f != FileId::CardAccess) {
                    assert_eq!(
                        Some(&bytes[..]),
                        other.files.get(file).map(|b| &b[..]),
                        "{file}"
                    );
                }
            }
            Err(error) => {
                assert_eq!(error.code(), 2007, "cut at {at}");
                refused += 1;
            }
        }
    }
    assert!(refused > 10);
}

/// The same over a modelled link: what a moment without field costs whoever waits.
#[test]
fn what_a_lost_card_costs_over_a_link() {
    let link = Link::new(BitRate::from_kbit(424).expect("a bit rate"));
    for name in PROFILES {
        let card = support::card(name);
        for block_len in BLOCKS {
            let (total, _) = undisturbed(&card, block_len);
            let still = linked(&card, block_len, &link);
            let (mut sum, mut most) = (0.0, 0.0_f64);
            for at in 0..total {
                let mut moving = link.clone();
                moving.losses.push(FieldLoss::BeforeCommand(at));
                let extra = linked(&card, block_len, &moving) - still;
                assert!(extra > 0.0, "{name}, {block_len:?}, lost at {at}: {extra}");
                sum += extra;
                most = most.max(extra);
            }
            println!(
                "{name}, {still:.0} ms at 424 kbit/s, blocks of {block_len:?}, lost once: {:.0} ms more on average, {most:.0} at most",
                sum / total as f64
            );
        }
    }
}

/// Modelled milliseconds until the document is there, however often the field was lost.
fn linked(card: &CardData, block_len: Option<usize>, link: &Link) -> f64 {
    let mut chip = LinkedCard::new(VirtualCard::new(card.clone()), link.clone());
    let mut reading = reading(card, block_len);
    for _ in 0..5 {
        if block(reading.run(&mut chip)).expect("ready").is_ok() {
            return chip.now().as_secs_f64() * 1000.0;
        }
    }
    panic!("no end");
}
