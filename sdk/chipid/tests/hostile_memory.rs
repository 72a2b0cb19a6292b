//! Hostile chips end in an answer or a typed error, within a bounded number of APDUs and of bytes in memory.
//!
//! A test program of its own, because the allocator counts for the whole process; its parts run one after the other.

mod support;

use chipid::emrtd::tlv;
use chipid::{CardTransport, DataGroup, FileId, Reading, TransportError, block};
use chipid_virtual_card::{Behaviour, CardData, EndOfFile, LengthLie, Personaliser, VirtualCard};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const PROFILE: &str = "passport-p256";
/// More than a reading of a card with the largest files takes.
const MOST_APDUS: usize = 4000;
/// The most memory above what was in use before: some files of the largest kind, and what it takes to read them.
const MOST_BYTES: usize = 4 << 20;

#[test]
fn whatever_a_chip_does_the_reading_ends_within_bounds() {
    let card = support::card(PROFILE);
    a_chip_that_turns_hostile(&card);
    files_that_lie(&card);
    deep_and_long_structures();
}

/// Honest up to a command, and then the same answer for ever.
struct Turning<'a> {
    card: VirtualCard,
    at: usize,
    answer: &'a Answer,
    sent: usize,
    last: Vec<u8>,
}

enum Answer {
    Bytes(Vec<u8>),
    /// The honest answer before, for ever.
    Replay,
    /// A status word with more data every time.
    Growing(u16),
    /// The honest answer in front, and then something.
    Behind(Vec<u8>),
}

impl CardTransport for Turning<'_> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let number = self.sent;
        self.sent += 1;
        assert!(number < MOST_APDUS, "the reading never ends");
        if number < self.at {
            self.last = self.card.exchange(command)?;
            return Ok(self.last.clone());
        }
        Ok(match self.answer {
            Answer::Bytes(bytes) => bytes.clone(),
            Answer::Replay => self.last.clone(),
            Answer::Growing(status) => {
                let mut data = vec![0xAA; (number - self.at) * 100];
                data.extend(status.to_be_bytes());
                data
            }
            Answer::Behind(more) => [self.card.exchange(command)?, more.clone()].concat(),
        })
    }
}

fn a_chip_that_turns_hostile(card: &CardData) {
    let with =
        |data: Vec<u8>, status: u16| Answer::Bytes([data, status.to_be_bytes().to_vec()].concat());
    let mut answers = vec![
        with(vec![0xAA; 256], 0x6100),
        with(vec![0xAA; 1], 0x6101),
        with(Vec::new(), 0x6110),
        with(Vec::new(), 0x6C10),
        with(vec![0xAA; 0x1_0000], 0x9000),
        with(vec![0xAA; 1 << 20], 0x9000),
        with(vec![0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], 0x9000),
        with(vec![0x87, 0x82, 0xFF, 0xFF, 0x01], 0x9000),
        with([0x30, 0x80].repeat(20_000), 0x9000),
        with([0x7F, 0x49].repeat(20_000), 0x9000),
        Answer::Bytes(Vec::new()),
        Answer::Replay,
        Answer::Growing(0x9000),
        Answer::Growing(0x61FF),
        Answer::Growing(0x6282),
        Answer::Behind(vec![0x90, 0x00]),
        Answer::Behind(vec![0x00; 70_000]),
    ];
    for status in [
        0x9000, 0x6282, 0x6283, 0x6300, 0x63C0, 0x6700, 0x6982, 0x6985, 0x6988, 0x6A82, 0x6B00,
        0x6D00, 0x6F00,
    ] {
        answers.push(with(Vec::new(), status));
    }
    let mut honest = chipid::transport::counting::Counting::new(VirtualCard::new(card.clone()));
    support::read_from(&mut honest, support::key(card)).expect("a document");
    let length = usize::try_from(honest.counters().apdus).expect("a count");
    for answer in &answers {
        for at in 0..length {
            let mut chip = Turning {
                card: VirtualCard::new(card.clone()),
                at,
                answer,
                sent: 0,
                last: vec![0x90, 0x00],
            };
            let about = format!("{} at {at}", described(answer));
            bounded(&about, || {
                // Whether it ends in an error or without some files: it ends, and never in a panic.
                let mut reading = Reading::with(support::key(card));
                let _ = block(reading.run(&mut chip)).expect("the chip answers at once");
            });
        }
    }
}

fn described(answer: &Answer) -> String {
    match answer {
        Answer::Bytes(bytes) => {
            let end = bytes.last_chunk::<2>().map(hex::encode);
            format!("{} bytes, {end:?}", bytes.len())
        }
        Answer::Replay => "a replay".to_owned(),
        Answer::Growing(status) => format!("growing, {status:04X}"),
        Answer::Behind(more) => format!("{} bytes behind", more.len()),
    }
}

/// Files of four gigabytes, files longer and shorter than they say, under every way to end a file.
fn files_that_lie(card: &CardData) {
    for file in [
        FileId::CardAccess,
        FileId::Com,
        FileId::Sod,
        FileId::DG1,
        FileId::DG2,
        FileId::DG14,
    ] {
        for lie in [
            LengthLie::Huge,
            LengthLie::Longer(60_000),
            LengthLie::Shorter(3),
        ] {
            for end_of_file in [
                EndOfFile::Shortened,
                EndOfFile::Warning,
                EndOfFile::WrongLength,
            ] {
                for max_read in [None, Some(1), Some(20)] {
                    let mut chip = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
                        length_lie: Some((file, lie)),
                        end_of_file,
                        max_read,
                        ..Behaviour::default()
                    });
                    let about = format!("{file} {lie:?} {end_of_file:?} {max_read:?}");
                    bounded(&about, || {
                        let _ = support::read_from(&mut chip, support::key(card));
                    });
                    // A file of 20 KB, a byte or twenty at a time, is many commands.
                    assert!(chip.commands() < 30_000, "{about}: {}", chip.commands());
                }
            }
        }
    }
}

/// A document whose files nest deeply or are as long as files may be: reading and verifying it stays within bounds.
fn deep_and_long_structures() {
    let issuer = support::issuer(PROFILE);
    let nested = |open: &[u8], depth: usize| tlv::encode(0x77, &open.repeat(depth));
    let made = |file: FileId, bytes: Vec<u8>| {
        Personaliser::new(support::profile(PROFILE))
            .issuer(&issuer)
            .replace_after_signing(file, bytes)
            .build(&mut support::rng())
            .expect("a card")
    };
    let mut cards = vec![
        made(FileId::Sod, nested(&[0x30, 0x80], 60_000)),
        made(FileId::Sod, nested(&[0xA0, 0x80], 60_000)),
        made(FileId::Sod, nested_definite(0x77, 3000)),
        made(FileId::CardAccess, nested_definite(0x31, 3000)),
        made(FileId::Sod, tlv::encode(0x77, &vec![0x30; 200_000])),
    ];
    for group in [11, 12, 14, 16, 2] {
        let group = DataGroup::new(group).expect("a data group");
        let deep = nested_definite(group.tag(), 3000);
        cards.push(
            Personaliser::new(support::profile(PROFILE))
                .issuer(&issuer)
                .data_group(group, deep)
                .build(&mut support::rng())
                .expect("a card"),
        );
    }
    for (number, card) in cards.iter().enumerate() {
        let trust = support::trust(&[&card.csca]);
        bounded(&format!("structure {number}"), || {
            let mut chip = VirtualCard::new(card.clone());
            if let Ok(document) = support::read_from(&mut chip, support::key(card)) {
                let _ = document.verify(&trust, support::now());
            }
        });
    }
}

/// A TLV in a TLV in a TLV.
fn nested_definite(tag: u32, depth: usize) -> Vec<u8> {
    let mut inner = Vec::new();
    for _ in 0..depth {
        inner = tlv::encode(0x30, &inner);
    }
    tlv::encode(tag, &inner)
}

/// Runs `work`, and looks at the most memory that it took.
fn bounded(about: &str, work: impl FnOnce()) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    work();
    let taken = ALLOCATOR.peak_usage().saturating_sub(before);
    assert!(taken < MOST_BYTES, "{about}: {taken} bytes");
}
