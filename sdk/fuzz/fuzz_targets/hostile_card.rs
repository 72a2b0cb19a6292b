//! A card that was never honest (`chipid_emrtd::reading`): every answer is the input's, or an endless stream made from it.
//!
//! Input: the mode in one byte. Even: answers one after the other, each its length in one byte, its bytes; then the card is
//! gone. Odd: eight bytes of a seed, from which answers are made without end. Either way the reading ends, within bounded
//! commands, and twice.
#![no_main]

#[path = "support/counter.rs"]
mod counter;

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::document::UnverifiedDocument;
use chipid_emrtd::drivers::block;
use chipid_emrtd::reading::Reading;
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::TrustStore;
use counter::Counter;
use libfuzzer_sys::fuzz_target;
use rand_core::Rng;

/// More commands than a reading may spend on a card that answers at random. A file has 256 KB at the most, and nobody gets
/// that far without a MAC.
const MAX_COMMANDS: usize = 2_000;

fuzz_target!(|data: &[u8]| {
    let Some((mode, rest)) = data.split_first() else {
        return;
    };
    let mut card = if mode & 1 == 0 {
        Card::Scripted { answers: rest }
    } else {
        let Some((seed, statuses)) = rest.split_first_chunk() else {
            return;
        };
        Card::Random {
            rng: Counter(u64::from_be_bytes(*seed)),
            statuses,
        }
    };
    let key = if mode & 2 == 0 {
        AccessKey::can("123456")
    } else {
        AccessKey::mrz(MRZ)
    };
    let mut reading = Reading::with(key.expect("a key"));
    let mut rng = Counter(4);
    let mut commands = 0;
    for _ in 0..2 {
        let mut counted = Counted(&mut card, &mut commands);
        if let Ok(document) =
            block(reading.run(&mut counted, &mut rng)).expect("it answers at once")
        {
            prove_nothing(document);
            return;
        }
    }
});

/// A card without a state's key proves nothing, whatever it says.
fn prove_nothing(document: UnverifiedDocument) {
    let trust = TrustStore::builder().build().expect("no anchors");
    let now = Date::new(2026, 11, 21).expect("a day").noon_utc();
    let verification = document.verify(&trust, now);
    assert!(verification.chip_genuine.passed().is_none());
    assert!(
        verification
            .passive_authentication
            .check()
            .passed()
            .is_none()
    );
}

/// The specimen of Doc 9303-4.
const MRZ: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

enum Card<'a> {
    Scripted { answers: &'a [u8] },
    Random { rng: Counter, statuses: &'a [u8] },
}

impl Card<'_> {
    fn answer(&mut self) -> Result<Vec<u8>, TransportError> {
        match self {
            Self::Scripted { answers } => {
                let (len, rest) = answers.split_first().ok_or(TransportError::CardRemoved)?;
                let (answer, rest) = rest.split_at(usize::from(*len).min(rest.len()));
                *answers = rest;
                Ok(answer.to_vec())
            }
            Self::Random { rng, statuses } => {
                let choice = rng.next_u32();
                let mut answer = vec![0; (choice % 300) as usize];
                rng.fill_bytes(&mut answer);
                // Mostly what keeps a reader going; the input may bring its own.
                let known = [
                    0x9000, 0x6100, 0x6C10, 0x6282, 0x6700, 0x6982, 0x6A82, 0x63C5,
                ];
                let own = statuses
                    .chunks_exact(2)
                    .map(|c| u16::from_be_bytes([c[0], c[1]]));
                let all: Vec<u16> = known.into_iter().chain(own).collect();
                let status = all[(choice >> 16) as usize % all.len()];
                answer.extend(status.to_be_bytes());
                Ok(answer)
            }
        }
    }
}

struct Counted<'a, 'b>(&'a mut Card<'b>, &'a mut usize);

impl CardTransport for Counted<'_, '_> {
    async fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, TransportError> {
        *self.1 += 1;
        assert!(*self.1 <= MAX_COMMANDS, "commands without end");
        self.0.answer()
    }
}
