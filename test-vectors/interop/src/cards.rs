//! Cards for tests and benchmarks: a profile, its issuer, what came of them.

use chipid_emrtd::time::{Date, UnixTime};
use chipid_virtual_card::{
    CardData, Holder, Issuer, Personaliser, Profile, VirtualCardError, drawn_portrait_of,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;

/// Randomness of the operating system.
#[must_use]
pub const fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// The time of the checks: noon UTC of a day on which every test card is valid.
///
/// # Panics
/// Never: the day exists.
#[must_use]
pub fn noon() -> UnixTime {
    Date::new(2026, 11, 21).expect("a day").noon_utc()
}

/// A card with what is known of it beforehand.
#[derive(Clone)]
pub struct TestCard {
    /// What the chip holds: the truth that every reader is measured by.
    pub data: CardData,
    /// Who signed it.
    pub issuer: Issuer,
    /// For whom it was made: invented.
    pub holder: Holder,
}

impl TestCard {
    /// A card of a built-in profile.
    ///
    /// # Errors
    /// Those of the personaliser.
    pub fn of(profile: &str) -> Result<Self, VirtualCardError> {
        Self::made(Profile::builtin(profile)?, None)
    }

    /// A card of any profile; with a portrait of about so many bytes, where a number is given.
    ///
    /// # Errors
    /// Those of the personaliser.
    pub fn made(profile: Profile, portrait_len: Option<usize>) -> Result<Self, VirtualCardError> {
        let mut rng = rng();
        let issuer = Issuer::for_profile(&profile, &mut rng)?;
        let holder = profile.holder.clone();
        let mut personaliser = Personaliser::new(profile).issuer(&issuer);
        if let Some(bytes) = portrait_len {
            personaliser = personaliser.portrait(drawn_portrait_of(bytes)?);
        }
        let data = personaliser.build(&mut rng)?;
        Ok(Self {
            data,
            issuer,
            holder,
        })
    }
}
