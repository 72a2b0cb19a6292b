//! The virtual cards that come with the program: made on first use, kept in the program's own folder.
//!
//! Holders, data and keys are invented. One, `demo`, carries the photograph of a public figure, so that a live
//! photograph can match; the others carry a drawing.

mod photograph;

pub(crate) use photograph::{DEMO_LIVE, DEMO_PERSON, DEMO_PHOTOGRAPH, path as photograph};

use crate::exit::Failure;
use crate::{lang, places};
use chipid_virtual_card::{
    ActiveAuthenticationAlgorithm, ActiveAuthenticationKey, CardData, Issuer, Personaliser,
    Profile, drawn_portrait_of,
};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The card with a photograph.
pub(crate) const DEMO: &str = "demo";
/// What it is made from.
pub(crate) const DEMO_PROFILE: &str = "vn-2021";
/// Bytes of a drawn portrait: about what chips hold.
const PORTRAIT_LEN: usize = 20_000;

/// A virtual card and the folder that it lies in.
pub(crate) struct Card {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) data: CardData,
}

/// The names of the bundled cards.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(DEMO).chain(Profile::names())
}

/// A bundled card by its name, or the card in that folder.
pub(crate) fn find(name: &str) -> Result<Card, Failure> {
    if let Some(known) = names().find(|known| *known == name) {
        return bundled(known);
    }
    let folder = PathBuf::from(name);
    if !folder.is_dir() {
        return Err(Failure::new(
            lang::NO_SUCH_CARD.with([&name]),
            lang::LIST_CARDS,
        ));
    }
    Ok(Card {
        name: name.to_owned(),
        data: CardData::load(&folder)?,
        folder,
    })
}

/// A bundled card, made if it is not there yet.
pub(crate) fn bundled(name: &'static str) -> Result<Card, Failure> {
    let folder = places::data()?.join("cards").join(name);
    if !folder.is_dir() {
        make_whole(name, &folder)?;
    }
    let mut data = CardData::load(&folder).map_err(|error| {
        Failure::from(error).with_hint(lang::REMOVE_CARD.with([&folder.display()]))
    })?;
    if data.qr.is_none() {
        // Cards that an earlier version made do not say it; all of a profile say the same.
        data.qr = Profile::builtin(&data.profile)?.qr_text();
    }
    Ok(Card {
        name: name.to_owned(),
        folder,
        data,
    })
}

/// A card of this profile with a portrait out of an image file, by an issuer of its own.
pub(crate) fn portrayed(profile: &str, image: &Path) -> Result<CardData, Failure> {
    personalise(profile, photograph::as_portrait(image)?)
}

/// A card of this profile with a drawn portrait, by an issuer of its own.
pub(crate) fn drawn(profile: &str) -> Result<CardData, Failure> {
    personalise(profile, drawn_portrait_of(PORTRAIT_LEN)?)
}

fn personalise(profile: &str, portrait: Vec<u8>) -> Result<CardData, Failure> {
    let mut rng = UnwrapErr(SysRng);
    let profile = Profile::builtin(profile)?;
    let issuer = Issuer::for_profile(&profile, &mut rng)?;
    // Making an RSA key takes a second: the cards made in one run of the program share theirs.
    static SHARED: OnceLock<(ActiveAuthenticationAlgorithm, ActiveAuthenticationKey)> =
        OnceLock::new();
    let wanted = profile.active_authentication;
    let shared = SHARED
        .get()
        .filter(|(kind, _)| wanted == Some(*kind))
        .map(|(_, key)| key.clone());
    let mut personaliser = Personaliser::new(profile)
        .issuer(&issuer)
        .portrait(portrait);
    if let Some(key) = shared {
        personaliser = personaliser.active_authentication_key(key);
    }
    let card = personaliser.build(&mut rng)?;
    if let (Some(kind), Some(key)) = (wanted, &card.active_authentication) {
        SHARED.get_or_init(|| (kind, key.clone()));
    }
    Ok(card)
}

/// Makes the card beside its place and moves it there: whoever looks sees all of it, or nothing.
fn make_whole(name: &str, folder: &Path) -> Result<(), Failure> {
    let data = if name == DEMO {
        personalise(DEMO_PROFILE, photograph::for_chip(DEMO_PHOTOGRAPH)?)?
    } else {
        drawn(name)?
    };
    let beside = folder.with_file_name(format!(".making-{name}-{}", std::process::id()));
    data.save(&beside)?;
    let moved = fs::rename(&beside, folder);
    if moved.is_err() {
        let _ = fs::remove_dir_all(&beside);
    }
    match moved {
        // Another program made the same card meanwhile.
        Err(_) if folder.is_dir() => Ok(()),
        Err(e) => Err(Failure::of_file(folder, &e, lang::SET_WRITABLE_HOME)),
        Ok(()) => Ok(()),
    }
}
