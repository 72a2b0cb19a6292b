//! A whole reading (`chipid_emrtd::reading`): access, secure messaging and files, over a virtual card of which any answer
//! is replaced.
//!
//! Input: the kind of card in one byte, then replacements: how many answers stay honest, the length, the answer.
//! No replacement gets past the MAC of secure messaging, which is why a document that comes out must be the honest one
//! in all that was read through the channel.
#![no_main]

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::reading::Reading;
use chipid_virtual_card::{CanRule, CardData, Issuer, Personaliser, Profile, VirtualCard};
use libfuzzer_sys::fuzz_target;
use rand_core::{TryCryptoRng, TryRng};
use std::convert::Infallible;
use std::sync::LazyLock;

static CARDS: LazyLock<[CardData; 2]> = LazyLock::new(|| [true, false].map(card));

/// With PACE and a CAN, or with BAC alone. No RSA: keys of that kind take minutes under a sanitizer.
fn card(pace: bool) -> CardData {
    let mut profile = Profile::builtin("passport-p256").expect("a built-in profile");
    if pace {
        profile.can = CanRule::Fixed("123456".into());
    } else {
        profile.pace.clear();
    }
    let issuer = Issuer::for_profile(&profile, &mut Counter(1)).expect("an issuer");
    Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut Counter(2))
        .expect("a card")
}

fuzz_target!(|data: &[u8]| {
    let Some((kind, replacements)) = data.split_first() else {
        return;
    };
    let card = &CARDS[usize::from(kind & 1)];
    let key = match &card.passwords.can {
        Some(can) => AccessKey::can(can),
        None => AccessKey::mrz(&card.mrz),
    };
    let mut chip = Replacing {
        chip: VirtualCard::with_rng(card.clone(), Counter(3)),
        replacements,
        honest: None,
    };
    // Without the portrait, so that a reading takes few commands.
    let mut reading = Reading::with(key.expect("a key")).only(&[DataGroup::MRZ]);
    if kind & 2 != 0 {
        reading = reading.block_len(2000);
    }
    let mut rng = Counter(4);
    // After an error it goes on once, as a caller would.
    for _ in 0..2 {
        let read = block(reading.run(&mut chip, &mut rng)).expect("the card answers at once");
        if let Ok(document) = read {
            for (file, bytes) in document.danger_unverified() {
                let honest = card.files.get(file).map(|own| own.as_slice());
                assert!(
                    file.is_in_master_file() || honest == Some(bytes.as_slice()),
                    "{file} is not what the card has"
                );
            }
            return;
        }
    }
});

struct Replacing<'a> {
    chip: VirtualCard,
    replacements: &'a [u8],
    /// Answers that stay honest before the next replacement; `None` before it was read.
    honest: Option<u8>,
}

impl CardTransport for Replacing<'_> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let answer = self.chip.exchange(command)?;
        let honest = match self.honest {
            Some(honest) => honest,
            None => match self.replacements.split_first() {
                Some((honest, rest)) => {
                    self.replacements = rest;
                    *honest
                }
                None => return Ok(answer),
            },
        };
        if let Some(fewer) = honest.checked_sub(1) {
            self.honest = Some(fewer);
            return Ok(answer);
        }
        self.honest = None;
        let Some((len, rest)) = self.replacements.split_first() else {
            return Ok(answer);
        };
        let (replacement, rest) = rest.split_at(usize::from(*len).min(rest.len()));
        self.replacements = rest;
        Ok(replacement.to_vec())
    }
}

/// The same numbers in every run, so that a crash can be repeated (splitmix64). Protects nothing.
struct Counter(u64);

impl TryRng for Counter {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|n| (n >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Ok(z ^ (z >> 31))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(8) {
            let bytes = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Counter {}
