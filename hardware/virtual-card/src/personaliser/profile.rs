//! Profiles: what kinds of document there are, each as a few lines of TOML.

use super::holder::Holder;
use crate::algorithm::ActiveAuthenticationAlgorithm;
use crate::card_data::{ChipAuthenticationSuite, PaceSuite};
use crate::error::VirtualCardError;
use crate::issuer::Algorithms;
use serde::{Deserialize, Serialize};

/// A kind of document: its form, its protocols, its algorithms, and an invented holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The profile's name.
    pub name: String,
    /// The format of the MRZ.
    pub form: DocumentForm,
    /// First two characters of the MRZ: `ID`, `I`, `P`.
    pub document_code: String,
    /// The state as the MRZ writes it: `VNM`, `UTO`.
    pub issuing_state: String,
    /// The state as certificates write it: `VN`, `UT`.
    pub country: String,
    /// Whether the chip does Basic Access Control.
    pub basic_access_control: bool,
    /// What PACE the chip does; none: no EF.CardAccess.
    #[serde(default)]
    pub pace: Vec<PaceSuite>,
    /// Where the card access number comes from.
    #[serde(default)]
    pub can: CanRule,
    /// The PIN, where the chip has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// The number that unblocks the PIN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub puk: Option<String>,
    /// Whether EF.CardAccess also lists Terminal and Chip Authentication, as the Vietnamese card does.
    #[serde(default)]
    pub full_card_access: bool,
    /// Chip Authentication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chip_authentication: Option<ChipAuthenticationProfile>,
    /// Further keys of Chip Authentication.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_chip_authentication: Vec<ChipAuthenticationProfile>,
    /// Active Authentication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_authentication: Option<ActiveAuthenticationAlgorithm>,
    /// The hash function of the data groups' digests: `sha-256`.
    pub digest: String,
    /// Whether the chip holds a DG3 (random bytes), which it never gives out.
    #[serde(default)]
    pub fingers: bool,
    /// Whether the chip holds a Vietnamese DG13, and of which generation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vietnamese: Option<VietnameseForm>,
    /// Which standard encodes DG2.
    #[serde(default, skip_serializing_if = "FaceEncoding::is_default")]
    pub face: FaceEncoding,
    /// Whether the chip holds DG5 and DG7, both drawn.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub displayed_images: bool,
    /// Whether the master file holds EF.ATR/INFO and EF.DIR.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub information_files: bool,
    /// How the issuer signs.
    pub algorithms: Algorithms,
    /// The invented holder.
    pub holder: Holder,
}

/// The standard that encodes DG2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaceEncoding {
    /// ISO/IEC 19794-5:2005.
    #[default]
    #[serde(rename = "iso-19794-5")]
    Iso19794,
    /// ISO/IEC 39794-5:2019.
    #[serde(rename = "iso-39794-5")]
    Iso39794,
}

impl FaceEncoding {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The format of the MRZ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentForm {
    /// Three lines of 30 characters: a card.
    Td1,
    /// Two lines of 36 characters: a larger card.
    Td2,
    /// Two lines of 44 characters: a passport.
    Td3,
}

/// Where the card access number comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CanRule {
    /// The card has none.
    #[default]
    None,
    /// The last six digits of the personal number, as on Vietnamese cards.
    LastDigits,
    /// This one.
    Fixed(String),
}

/// Chip Authentication of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChipAuthenticationProfile {
    /// Cipher and group.
    pub suite: ChipAuthenticationSuite,
    /// Whether DG14 writes all the group's numbers out, or names it.
    #[serde(default)]
    pub explicit: bool,
    /// The number of the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<u8>,
    /// Whether DG14 has the key and names no protocol for it, as French passports of 2013 do.
    #[serde(default)]
    pub unnamed: bool,
}

/// The generation of a Vietnamese DG13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VietnameseForm {
    /// The card of 2021: sixteen fields.
    Card2021,
    /// The card of 2024: seven of the fields are empty.
    Card2024,
}

/// The built-in profiles: name and text.
const BUILTIN: [(&str, &str); 16] = [
    ("vn-2021", include_str!("profiles/vn-2021.toml")),
    ("vn-2024", include_str!("profiles/vn-2024.toml")),
    ("passport-p256", include_str!("profiles/passport-p256.toml")),
    ("passport-bac", include_str!("profiles/passport-bac.toml")),
    (
        "passport-rsa-pss",
        include_str!("profiles/passport-rsa-pss.toml"),
    ),
    (
        "passport-no-proof",
        include_str!("profiles/passport-no-proof.toml"),
    ),
    ("passport-full", include_str!("profiles/passport-full.toml")),
    ("id-p521", include_str!("profiles/id-p521.toml")),
    ("id-brainpool", include_str!("profiles/id-brainpool.toml")),
    ("id-tdes", include_str!("profiles/id-tdes.toml")),
    ("id-dh", include_str!("profiles/id-dh.toml")),
    ("id-two-keys", include_str!("profiles/id-two-keys.toml")),
    ("passport-cam", include_str!("profiles/passport-cam.toml")),
    ("id-im", include_str!("profiles/id-im.toml")),
    ("id-pace-dh", include_str!("profiles/id-pace-dh.toml")),
    (
        "id-every-curve",
        include_str!("profiles/id-every-curve.toml"),
    ),
];

impl Profile {
    /// The names of the built-in profiles.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// A built-in profile.
    ///
    /// # Errors
    /// [`VirtualCardError::ProfileUnknown`].
    pub fn builtin(name: &str) -> Result<Self, VirtualCardError> {
        let (_, text) = BUILTIN
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or(VirtualCardError::ProfileUnknown)?;
        Self::from_toml(text)
    }

    /// A profile from TOML.
    ///
    /// # Errors
    /// [`VirtualCardError::ProfileInvalid`].
    pub fn from_toml(text: &str) -> Result<Self, VirtualCardError> {
        toml::from_str(text).map_err(|_| VirtualCardError::ProfileInvalid { entry: "toml" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_profile_has_its_own_name() {
        for name in Profile::names() {
            assert_eq!(Profile::builtin(name).unwrap().name, name);
        }
        assert_eq!(
            Profile::builtin("vn-2020"),
            Err(VirtualCardError::ProfileUnknown)
        );
    }
}
