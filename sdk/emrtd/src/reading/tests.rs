//! Files in the clear, from chips with habits.

use super::files::Approach;
use super::*;
use crate::card_transport::TransportError;
use crate::drivers::block;

/// One long file in the clear; it never gives more than it was asked for, and minds being asked too much.
struct LongFile {
    bytes: Vec<u8>,
    selected: bool,
    /// Whether a first read may run over the end.
    lenient: bool,
}

impl CardTransport for LongFile {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let (offset, le) = match command {
            [0, 0xB0, named, offset, le] if *named & 0x80 != 0 => {
                self.selected = true;
                (usize::from(*offset), *le)
            }
            [0, 0xB0, p1, p2, le] => (usize::from(*p1) << 8 | usize::from(*p2), *le),
            [0, 0xB1, 0, 0, 4, 0x54, 2, high, low, le] if *high >= 0x80 => {
                (usize::from(*high) << 8 | usize::from(*low), *le)
            }
            other => panic!("not a short READ BINARY: {} bytes", other.len()),
        };
        assert!(self.selected);
        let le = if le == 0 { 256 } else { usize::from(le) };
        let rest = &self.bytes[offset..];
        let mut answer = if command[1] == 0xB0 {
            assert!(
                le <= rest.len() || self.lenient && offset == 0,
                "beyond the end at {offset}"
            );
            assert!(offset + le <= 0x8000, "across the border at {offset}");
            rest[..le.min(rest.len())].to_vec()
        } else {
            let header = if le <= 0x81 { 2 } else { 3 };
            assert!(le - header <= rest.len(), "beyond the end at {offset}");
            crate::tlv::encode(0x53, &rest[..le - header])
        };
        assert!(answer.len() <= le);
        answer.extend([0x90, 0x00]);
        Ok(answer)
    }
}

fn reading(step: usize) -> Reading {
    let mut reading = Reading::with(AccessKey::can("000017").unwrap()).block_len(step);
    reading.learned.extended_refused();
    reading
}

#[test]
fn beyond_32_kilobytes_data_object_53_fits_what_a_block_may_bring_and_ends_with_the_file() {
    for (len, step) in [(40_000, 256), (40_000, 223), (32_780, 231), (33_000, 100)] {
        let value: Vec<u8> = (0..len).map(|i| (i % 251) as u8).collect();
        let whole = crate::tlv::encode(0x75, &value);
        let mut reading = reading(step);
        let mut card = LongFile {
            bytes: whole.clone(),
            selected: false,
            lenient: false,
        };
        block(reading.read_file(&mut card, FileId::DG2, Approach::AsLearnt))
            .unwrap()
            .unwrap();
        let partial = &reading.partials[&FileId::DG2];
        assert!(*partial.bytes == whole, "{len} by {step}");
        // It never grew: a vector that grows leaves an unwiped copy of a face behind.
        assert_eq!(partial.bytes.capacity(), whole.len());
    }
}

#[test]
fn a_small_file_in_the_clear_takes_one_apdu_and_shows_how_its_chip_ends() {
    let whole = crate::tlv::encode(0x31, &[0x30, 0x02, 0x05, 0x00, 0x30, 0x02, 0x05, 0x00]);
    let mut reading = reading(223);
    let mut card = LongFile {
        bytes: whole.clone(),
        selected: false,
        lenient: true,
    };
    block(reading.read_file(&mut card, FileId::CardAccess, Approach::ShortIdentifier))
        .unwrap()
        .unwrap();
    assert_eq!(*reading.partials[&FileId::CardAccess].bytes, whole);
    assert_eq!(reading.learned.beyond_end, learned::Trial::Works);
}
