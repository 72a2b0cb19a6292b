//! A card that holds the keys of its channel and lies inside it (`chipid_emrtd::reading`, `chipid_emrtd::verification`): after
//! a real access protocol, answers of the input's come well protected.
//!
//! Input: the kind of card in one byte, then answers: 0 for an honest one; or a byte whose low bits say how many honest ones
//! come first, the status word, the length in two bytes, the data. When they are spent the card is honest.
#![no_main]

#[path = "support/counter.rs"]
mod counter;

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::drivers::block;
use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::reading::Reading;
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::TrustStore;
use chipid_emrtd::verification::IssuerTrust;
use chipid_virtual_card::{
    Behaviour, CardData, ForgedAnswer, Issuer, Personaliser, Profile, VirtualCard,
};
use counter::Counter;
use libfuzzer_sys::fuzz_target;
use std::collections::VecDeque;
use std::sync::LazyLock;

/// Answers that one input may forge.
const MAX_ANSWERS: usize = 400;
/// Commands of an honest reading and all that a liar may cost beyond that, per lie.
const HONEST: usize = 500;
const PER_LIE: usize = 40;

static CARDS: LazyLock<[CardData; 2]> = LazyLock::new(|| [true, false].map(card));
static TRUST: LazyLock<TrustStore> = LazyLock::new(|| {
    CARDS
        .iter()
        .fold(TrustStore::builder(), |builder, card| {
            builder.add(&card.csca, "csca.der").expect("a certificate")
        })
        .build()
        .expect("a trust store")
});

/// With PACE, or with BAC alone. No RSA: keys of that kind take minutes under a sanitizer.
fn card(pace: bool) -> CardData {
    let mut profile = Profile::builtin("passport-p256").expect("a built-in profile");
    if !pace {
        profile.pace.clear();
    }
    let issuer = Issuer::for_profile(&profile, &mut Counter(1)).expect("an issuer");
    Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut Counter(2))
        .expect("a card")
}

fuzz_target!(|data: &[u8]| {
    let Some((kind, script)) = data.split_first() else {
        return;
    };
    let card = &CARDS[usize::from(kind & 1)];
    let forged_answers = answers(script);
    let lies = forged_answers.iter().flatten().count();
    let behaviour = Behaviour {
        forged_answers,
        ..Behaviour::default()
    };
    let mut chip = VirtualCard::with_rng(card.clone(), Counter(3)).with_behaviour(behaviour);
    let mut reading =
        Reading::with(AccessKey::mrz(&card.mrz).expect("a key")).only(&[DataGroup::MRZ]);
    let mut rng = Counter(4);
    for _ in 0..2 {
        let read = block(reading.run(&mut chip, &mut rng)).expect("the card answers at once");
        assert!(
            chip.commands() <= HONEST + PER_LIE * lies,
            "{} commands for {lies} lies",
            chip.commands()
        );
        let Ok(document) = read else {
            continue;
        };
        let now = Date::new(2026, 11, 21).expect("a day").noon_utc();
        let verification = document.verify(&TRUST, now);
        if let Some(proven) = &verification.document
            && proven.trust() == IssuerTrust::IssuerVerified
        {
            for (file, honest) in &card.files {
                let chipid_emrtd::file_id::FileId::DataGroup(group) = file else {
                    continue;
                };
                let shown = proven.data_group(*group);
                assert!(
                    shown.is_none_or(|bytes| bytes == honest),
                    "a forged {group}"
                );
            }
        }
        return;
    }
});

fn answers(mut script: &[u8]) -> VecDeque<Option<ForgedAnswer>> {
    let mut answers = VecDeque::new();
    while let Some((honest, rest)) = script.split_first() {
        script = rest;
        if answers.len() >= MAX_ANSWERS {
            break;
        }
        answers.extend((0..honest & 0x1F).map(|_| None));
        let Some(([sw1, sw2, high, low], rest)) = script.split_first_chunk() else {
            break;
        };
        let len = usize::from(u16::from_be_bytes([*high & 0x03, *low]));
        let (data, rest) = rest.split_at(len.min(rest.len()));
        script = rest;
        answers.push_back(Some(ForgedAnswer {
            data: data.to_vec(),
            status: u16::from_be_bytes([*sw1, *sw2]),
        }));
    }
    answers
}
