//! Virtual cards for the tests of the facade: personalised once per profile, because RSA keys take a while.
#![allow(dead_code)] // Every test program uses its own part.

use chipid::emrtd::trust::Scope;
use chipid::{
    AccessKey, Assessment, CardTransport, Reading, TrustStore, UnixTime, UnverifiedDocument,
    Verification, block, clock,
};
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, VirtualCard};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

pub(crate) fn profile(name: &str) -> Profile {
    Profile::builtin(name).expect("a built-in profile")
}

pub(crate) fn issuer(name: &str) -> Issuer {
    static MADE: Mutex<BTreeMap<String, Issuer>> = Mutex::new(BTreeMap::new());
    MADE.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(name.to_owned())
        .or_insert_with(|| Issuer::for_profile(&profile(name), &mut rng()).expect("an issuer"))
        .clone()
}

/// A card of the profile; the same one on every call.
pub(crate) fn card(name: &str) -> CardData {
    static MADE: Mutex<BTreeMap<String, CardData>> = Mutex::new(BTreeMap::new());
    if let Some(card) = MADE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(name)
    {
        return card.clone();
    }
    let issuer = issuer(name);
    let profile = profile(name);
    let mut personaliser = Personaliser::new(profile.clone()).issuer(&issuer);
    // One RSA key for all cards that have one of this kind: making one takes a second.
    let vietnamese = self::profile("vn-2021").active_authentication;
    if name != "vn-2021" && profile.active_authentication == vietnamese {
        let key = card("vn-2021").active_authentication;
        personaliser = personaliser.active_authentication_key(key.expect("a key"));
    }
    let card = personaliser.build(&mut rng()).expect("a card");
    MADE.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(name.to_owned(), card.clone());
    card
}

/// The CAN where the card has one, else the MRZ.
pub(crate) fn key(card: &CardData) -> AccessKey {
    match &card.passwords.can {
        Some(can) => AccessKey::can(can).expect("a CAN"),
        None => mrz_key(card),
    }
}

pub(crate) fn mrz_key(card: &CardData) -> AccessKey {
    AccessKey::mrz(&card.mrz).expect("an MRZ")
}

/// Anchors for cards and passports.
pub(crate) fn trust(cscas: &[&[u8]]) -> TrustStore {
    let scope = Scope {
        states: Vec::new(),
        document_codes: vec!["I".into(), "P".into()],
    };
    let mut builder = TrustStore::builder();
    for csca in cscas {
        // A list takes no scope.
        builder = builder
            .clone()
            .add_scoped(csca, "csca.der", scope.clone())
            .or_else(|_| builder.add(csca, "csca.der"))
            .expect("a certificate or a list");
    }
    builder.build().expect("a trust store")
}

pub(crate) fn read_from<T: CardTransport>(
    chip: &mut T,
    key: AccessKey,
) -> Result<UnverifiedDocument, chipid::Error> {
    block(Reading::with(key).run(chip)).expect("the card answers at once")
}

pub(crate) fn read(card: &CardData) -> UnverifiedDocument {
    read_from(&mut VirtualCard::new(card.clone()), key(card)).expect("a document")
}

pub(crate) fn now() -> UnixTime {
    clock::now()
}

pub(crate) fn verify(card: &CardData) -> Verification {
    read(card).verify(&trust(&[&card.csca]), now())
}

pub(crate) fn assess(card: &CardData) -> Assessment {
    Assessment::new(verify(card))
}
