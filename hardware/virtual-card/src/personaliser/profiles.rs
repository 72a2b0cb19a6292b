//! The texts of the built-in profiles, and what one profile has from another.

use crate::error::VirtualCardError;
use toml::{Table, Value};

macro_rules! built_in {
    ($($name:literal)*) => {
        /// The built-in profiles: name and text.
        pub(crate) const BUILTIN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("profiles/", $name, ".toml")))),*];
    };
}

built_in! {
    "vn-2021"
    "vn-2024"
    "vn-no-expiry"
    "vn-minor"
    "vn-under-14"
    "vn-under-14-parents"
    "vn-under-6"
    "vn-parent"
    "vn-old-number"
    "vn-spouse"
    "vn-parents-siblings"
    "vn-parents-nested"
    "vn-empty-texts"
    "vn-absent-fields"
    "vn-ethnic-name"
    "vn-long-name"
    "vn-leap-day"
    "vn-birth-year-only"
    "vn-pace-only"
    "vn-bac-only"
    "vn-pace-can"
    "passport-p256"
    "passport-bac"
    "passport-rsa-pss"
    "passport-no-proof"
    "passport-full"
    "id-p521"
    "id-brainpool"
    "id-tdes"
    "id-dh"
    "id-two-keys"
    "passport-cam"
    "id-im"
    "id-pace-dh"
    "id-every-curve"
}

pub(crate) fn text(name: &str) -> Result<&'static str, VirtualCardError> {
    BUILTIN
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
        .ok_or(VirtualCardError::ProfileUnknown)
}

/// The profile with what it has from the one that it is like.
pub(crate) fn whole(text: &str) -> Result<Table, VirtualCardError> {
    let invalid = |entry| VirtualCardError::ProfileInvalid { entry };
    let mut own: Table = text.parse().map_err(|_| invalid("toml"))?;
    let mut whole = match own.remove("like") {
        None => return Ok(own),
        Some(Value::String(other)) => self::whole(self::text(&other)?)?,
        Some(_) => return Err(invalid("like")),
    };
    whole.extend(own);
    Ok(whole)
}
