//! A whole reading (`chipid_emrtd::reading`): access, secure messaging and files, over a virtual card of which any answer
//! is replaced.
//!
//! Input: the kind of card in one byte, then replacements: how many answers stay honest, the length, the answer.
//! No replacement gets past the MAC of secure messaging, which is why a document that comes out must be the honest one
//! in all that was read through the channel.
#![no_main]

#[path = "support/counter.rs"]
mod counter;

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::reading::Reading;
use chipid_virtual_card::{CanRule, CardData, Issuer, Personaliser, Profile, VirtualCard};
use counter::Counter;
use libfuzzer_sys::fuzz_target;
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
