//! The link in virtual time: against a table computed by hand from the same physics, and with a card at its end.

use chipid_emrtd::card_transport::TransportError;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;
use chipid_virtual_card::{
    BitRate, CardData, Cost, FieldLoss, FullRead, Link, LinkedCard, OpenedBy, Part, Passwords,
    SignalType, VirtualCard,
};
use std::collections::BTreeMap;
use std::time::Duration;

const FILE_LEN: usize = 20 * 1024;

/// What reading one file of 20 KiB under secure messaging costs, its commands alone.
fn file(link: &Link, cipher: CipherAlgorithm, block: usize) -> (usize, f64) {
    let read = FullRead::new(vec![(FileId::DG2, FILE_LEN)], block).opened_by(OpenedBy::Pace {
        cipher,
        key_len: 65,
    });
    let times = read.over(link);
    let part = times
        .parts()
        .iter()
        .find(|times| times.part == Part::File(FileId::DG2))
        .expect("the file");
    (part.commands, part.cost.total().as_secs_f64())
}

fn seconds(link: impl Fn(BitRate) -> Link, cipher: CipherAlgorithm, block: usize) -> [f64; 4] {
    BitRate::ALL.map(|rate| file(&link(rate), cipher, block).1)
}

#[track_caller]
fn close(found: [f64; 4], expected: [f64; 4]) {
    for (found, expected) in found.into_iter().zip(expected) {
        // Two digits behind the point are printed.
        assert!(
            (found - expected).abs() < 0.0051,
            "{found:.4} for {expected}"
        );
    }
}

const AES: CipherAlgorithm = CipherAlgorithm::Aes128;
const WHOLE: usize = 65_536;

#[test]
fn the_air_alone_by_block_and_bit_rate() {
    let air = |rate| Link::new(rate).air_alone();
    for (cipher, block, commands, expected) in [
        (AES, 160, 128, [2.46, 1.26, 0.65, 0.35]),
        (AES, 223, 92, [2.14, 1.09, 0.56, 0.30]),
        (CipherAlgorithm::Tdes, 231, 89, [2.13, 1.08, 0.56, 0.30]),
        (AES, 480, 43, [2.09, 1.07, 0.56, 0.31]),
        (AES, 980, 21, [1.94, 0.99, 0.52, 0.28]),
        (AES, 2000, 11, [1.89, 0.96, 0.50, 0.27]),
        (AES, WHOLE, 1, [1.83, 0.93, 0.48, 0.26]),
    ] {
        assert_eq!(file(&air(BitRate::Kbit106), cipher, block).0, commands);
        close(seconds(air, cipher, block), expected);
    }
}

#[test]
fn with_the_assumed_chip_and_host() {
    for (block, expected) in [
        (160, [4.04, 2.84, 2.23, 1.93]),
        (223, [3.36, 2.31, 1.78, 1.52]),
        (480, [2.82, 1.80, 1.29, 1.04]),
        (980, [2.45, 1.50, 1.03, 0.79]),
        (2000, [2.30, 1.37, 0.91, 0.68]),
        (WHOLE, [2.14, 1.24, 0.79, 0.57]),
    ] {
        close(seconds(Link::new, AES, block), expected);
    }
}

#[test]
fn small_frames_and_type_b() {
    let small = |rate| Link {
        reader_frame: 64,
        chip_frame: 64,
        ..Link::new(rate).air_alone()
    };
    close(seconds(small, AES, 223), [2.42, 1.28, 0.71, 0.43]);
    let type_b = |rate| Link {
        signal: SignalType::B,
        ..Link::new(rate).air_alone()
    };
    close(seconds(type_b, AES, 223), [2.53, 1.28, 0.66, 0.35]);
}

#[test]
fn a_cid_takes_a_byte_of_every_block() {
    let without = Link::new(BitRate::Kbit106).air_alone();
    let with = Link {
        with_cid: true,
        ..without.clone()
    };
    // Two frames a command, a byte each, 9 bits a byte.
    let (commands, time) = file(&without, AES, 160);
    let more = file(&with, AES, 160).1 - time;
    let expected = commands as f64 * 2.0 * 9.0 * 128.0 / 13.56e6;
    assert!((more - expected).abs() < 1e-5, "{more} for {expected}");
}

/// FWI 8 is 77 ms, FWI 11 is 619 ms. A chip that takes 200 ms must ask twice for another 77 ms, a frame each way.
#[test]
fn a_slow_chip_asks_for_more_time() {
    let mut link = Link::new(BitRate::Kbit106);
    assert_eq!(link.waiting_time().as_millis(), 77);
    let exchange = chipid_virtual_card::Exchange {
        part: Part::Access,
        command: 10,
        response: 10,
        data: 8,
        key_operations: 1,
    };
    let fast = link.price(&exchange);
    link.chip_per_key_operation = Duration::from_millis(194);
    let slow = link.price(&exchange);
    assert_eq!(slow.chip - fast.chip, Duration::from_millis(194));
    // Two S(WTX) of four bytes, two answers of four: 4 × (36 + 4 bits) and 4 turn-arounds.
    let expected = 4.0 * (40.0 * 128.0 / 13.56e6 + 200e-6);
    let more = (slow.frames - fast.frames).as_secs_f64();
    assert!((more - expected).abs() < 1e-6, "{more} for {expected}");

    link.waiting_time_multiplier = 59;
    let patient = link.price(&exchange);
    assert!(patient.frames < slow.frames && patient.frames > fast.frames);
    link.waiting_time_integer = 11;
    assert_eq!(link.waiting_time().as_millis(), 618);
    assert_eq!(link.price(&exchange).frames, fast.frames);
}

fn open_card() -> VirtualCard {
    VirtualCard::new(CardData {
        profile: "open".into(),
        mrz: String::new(),
        qr: None,
        number: None,
        passwords: Passwords::default(),
        basic_access_control: false,
        pace: Vec::new(),
        mapping_keys: Vec::new(),
        chip_authentication: Vec::new(),
        active_authentication: None,
        files: BTreeMap::from([(FileId::DG1, tlv::encode(0x61, b"abc"))]),
        csca: Vec::new(),
        portrait: None,
    })
}

fn ask(card: &mut LinkedCard, command: &str) -> Result<String, TransportError> {
    card.exchange(&hex::decode(command).expect("hex"))
        .map(hex::encode_upper)
}

const SELECT: &str = "00A4040C07A0000002471001";
const READ_DG1: &str = "00B0810005";

#[test]
fn time_goes_to_the_part_that_it_was_for() {
    let link = Link::new(BitRate::Kbit424);
    let mut card = LinkedCard::new(open_card(), link.clone());
    assert_eq!(ask(&mut card, SELECT).as_deref(), Ok("9000"));
    assert_eq!(ask(&mut card, READ_DG1).as_deref(), Ok("61036162639000"));
    assert_eq!(ask(&mut card, "00B0000202").as_deref(), Ok("61629000"));
    let parts: Vec<_> = card
        .times()
        .parts()
        .iter()
        .map(|t| (t.part, t.commands))
        .collect();
    assert_eq!(
        parts,
        [
            (Part::Activation, 0),
            (Part::Access, 1),
            (Part::File(FileId::DG1), 2)
        ]
    );
    assert_eq!(card.times().of(Part::Activation), link.activation());
    assert_eq!(card.times().commands(), 3);
    // The bound knows the chip by heart: one command less.
    let bound = FullRead::new(vec![(FileId::DG1, 5)], 256).over(&link);
    assert_eq!(bound.commands(), 2);
    assert_eq!(bound.of(Part::Access), card.times().of(Part::Access));
    assert!(bound.cost().total() < card.now());
}

#[test]
fn a_lost_field_costs_time_and_leaves_a_fresh_chip() {
    let mut link = Link::new(BitRate::Kbit106);
    link.losses = vec![FieldLoss::BeforeCommand(1)];
    let mut card = LinkedCard::new(open_card(), link.clone());
    assert_eq!(ask(&mut card, SELECT).as_deref(), Ok("9000"));
    let before = card.now();
    assert_eq!(ask(&mut card, READ_DG1), Err(TransportError::CardRemoved));
    assert_eq!(card.now() - before, link.time_without_field);
    // The application is no longer selected; the chip was activated once more.
    assert_eq!(ask(&mut card, READ_DG1).as_deref(), Ok("6A82"));
    let twice: Cost = link.activation() + link.activation();
    assert_eq!(card.times().of(Part::Activation).frames, twice.frames);

    // By time: the exchange that would end after it is the one that fails.
    link.losses = vec![FieldLoss::At(Duration::from_millis(40))];
    let mut card = LinkedCard::new(open_card(), link);
    let answers: Vec<_> = (0..6).map(|_| ask(&mut card, SELECT).is_ok()).collect();
    assert_eq!(answers.iter().filter(|answered| !**answered).count(), 1);
    assert!(answers[0] && answers[5], "{answers:?}");
}

/// Sizes counted by hand from Doc 9303-11, 4.3.4, 4.4.4, 6.1.3, 6.2.4 and 9.8.4.
#[test]
fn the_bound_counts_bytes_as_the_wire_does() {
    let files = vec![(FileId::CardAccess, 20), (FileId::DG1, 300)];
    let data = FullRead::new(files, 223)
        .opened_by(OpenedBy::Pace {
            cipher: AES,
            key_len: 65,
        })
        .chip_authentication(CipherAlgorithm::Aes256, 65)
        .active_authentication(64);
    let sizes: Vec<_> = data
        .exchanges()
        .iter()
        .map(|e| (e.command, e.response))
        .collect();
    assert_eq!(
        sizes,
        [
            (5, 22),
            (23, 2),
            (8, 22),
            (75, 71),
            (75, 71),
            (18, 14),
            (35, 16),
            // MSE:Set AT and GENERAL AUTHENTICATE.
            (35, 16),
            (102, 35),
            (38, 99),
            (19, 244),
            (19, 99),
        ]
    );
}
