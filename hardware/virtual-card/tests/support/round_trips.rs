//! A full read of a card, counted and modelled, beside the lower bound: for the test and for the benchmark.

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::document::AccessProtocol;
use chipid_emrtd::drivers::block;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::reading::Reading;
use chipid_virtual_card::{
    BitRate, CardData, Cost, Exchange, FullRead, Issuer, Link, LinkedCard, Part, Personaliser,
    Profile, VirtualCard, drawn_portrait_of,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::time::Duration;

/// Bytes of the portrait: with it a card holds some 20 KB.
const PORTRAIT_LEN: usize = 17_500;

/// What is compared.
pub(crate) const PROFILES: [(&str, &str); 4] = [
    ("passport-p256", "PACE, CA, AA with ECDSA"),
    ("vn-2021", "PACE, CA, AA with RSA 2048"),
    ("id-brainpool", "PACE, as the profile has it"),
    ("passport-bac", "BAC, AA with RSA 2048"),
];

/// Block lengths that the caller asks for; `None` leaves it to the reading.
pub(crate) const BLOCKS: [Option<usize>; 4] = [Some(223), Some(256), Some(65_535), None];

pub(crate) fn card(profile: &str) -> CardData {
    let mut rng = UnwrapErr(SysRng);
    let profile = Profile::builtin(profile).expect("a profile");
    let issuer = Issuer::for_profile(&profile, &mut rng).expect("an issuer");
    Personaliser::new(profile)
        .issuer(&issuer)
        .portrait(drawn_portrait_of(PORTRAIT_LEN).expect("a portrait"))
        .build(&mut rng)
        .expect("a card")
}

/// What a full read took, and the least that it could have taken.
pub(crate) struct Measured {
    /// Bytes of all files that were read.
    pub(crate) file_bytes: usize,
    pub(crate) apdus: Pair<usize>,
    pub(crate) bytes: Pair<usize>,
    /// Over a link of 424 kbit/s. The floor takes the largest block that the chip takes, whatever was asked for.
    pub(crate) time: Pair<Duration>,
}

pub(crate) struct Pair<T> {
    pub(crate) taken: T,
    pub(crate) bound: T,
}

impl Measured {
    pub(crate) fn percent_above_the_floor(&self) -> f64 {
        (self.time.taken.as_secs_f64() / self.time.bound.as_secs_f64() - 1.0) * 100.0
    }
}

pub(crate) fn measure(card: &CardData, block_len: Option<usize>) -> Measured {
    let key = match &card.passwords.can {
        Some(can) => AccessKey::can(can),
        None => AccessKey::mrz(&card.mrz),
    };
    let mut reading = Reading::with(key.expect("a key"));
    if let Some(len) = block_len {
        reading = reading.block_len(len);
    }
    let link = Link::new(BitRate::Kbit424);
    let mut linked = LinkedCard::new(VirtualCard::new(card.clone()), link.clone());
    let document = block(reading.run(&mut linked, &mut UnwrapErr(SysRng)))
        .expect("ready")
        .expect("a document");

    let files: Vec<(FileId, usize)> = document
        .danger_unverified()
        .iter()
        .map(|(file, bytes)| (*file, bytes.len()))
        .collect();
    let file_bytes = files.iter().map(|(_, len)| len).sum();
    let (access, opened) = match document.access().map(|access| access.protocol) {
        Some(AccessProtocol::Pace { cipher, .. }) => (6, cipher),
        _ => (3, CipherAlgorithm::Tdes),
    };
    let proven = linked.times().of(Part::ChipAuthentication) != Cost::default();
    let chip = card.chip_authentication.first().filter(|_| proven);
    let cipher = Some(chip.map_or(opened, |key| key.cipher));
    let largest = FullRead::largest_block(cipher, None);
    let bound =
        |block| FullRead::new(files.clone(), block).as_seen(linked.exchanges(), access, cipher);
    let least = bound(block_len.unwrap_or(largest).min(largest)).exchanges();
    let bytes = |exchanges: &[Exchange]| exchanges.iter().map(|e| e.command + e.response).sum();
    Measured {
        file_bytes,
        apdus: Pair {
            taken: linked.exchanges().len(),
            bound: least.len(),
        },
        bytes: Pair {
            taken: bytes(linked.exchanges()),
            bound: bytes(&least),
        },
        time: Pair {
            taken: linked.now(),
            bound: bound(largest).over(&link).cost().total(),
        },
    }
}
