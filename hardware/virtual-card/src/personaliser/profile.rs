//! Profiles: what kinds of document there are, each as a few lines of TOML.

use super::dg13::Dg13Form;
use super::holder::Holder;
use super::profiles;
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
    /// Whether PACE takes no MRZ: the card access number is then its only password.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub pace_without_mrz: bool,
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
    /// How that DG13 is written, where sources differ or a field is missing.
    #[serde(default, skip_serializing_if = "Dg13Form::is_default")]
    pub dg13: Dg13Form,
    /// Which standard encodes DG2, or that there is none.
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

/// The standard that encodes DG2, where there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaceEncoding {
    /// ISO/IEC 19794-5:2005.
    #[default]
    #[serde(rename = "iso-19794-5")]
    Iso19794,
    /// ISO/IEC 39794-5:2019.
    #[serde(rename = "iso-39794-5")]
    Iso39794,
    /// No face: neither DG2 nor its digest is there.
    #[serde(rename = "none")]
    Absent,
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

impl Profile {
    /// The names of the built-in profiles.
    pub fn names() -> impl Iterator<Item = &'static str> {
        profiles::BUILTIN.iter().map(|(name, _)| *name)
    }

    /// A built-in profile.
    ///
    /// # Errors
    /// [`VirtualCardError::ProfileUnknown`].
    pub fn builtin(name: &str) -> Result<Self, VirtualCardError> {
        Self::from_toml(profiles::text(name)?)
    }

    /// A profile from TOML. With `like = "NAME"` it has what it does not say from that built-in profile, entry by entry
    /// of the outermost level: a `[holder]` of its own is a whole one.
    ///
    /// # Errors
    /// [`VirtualCardError::ProfileInvalid`], [`VirtualCardError::ProfileUnknown`].
    pub fn from_toml(text: &str) -> Result<Self, VirtualCardError> {
        profiles::whole(text)?
            .try_into()
            .map_err(|_| VirtualCardError::ProfileInvalid { entry: "toml" })
    }

    /// The text of the QR code on the card; `None` where the document has none.
    #[must_use]
    pub fn qr_text(&self) -> Option<String> {
        self.holder.qr_text(self.vietnamese?)
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
        let mut names: Vec<_> = Profile::names().collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Profile::names().count());
        assert_eq!(
            Profile::builtin("vn-2020"),
            Err(VirtualCardError::ProfileUnknown)
        );
    }

    #[test]
    fn a_profile_is_like_another_but_for_what_it_says() {
        let profile =
            Profile::from_toml("like = \"vn-2021\"\nname = \"mine\"\nfingers = false").unwrap();
        let mut expected = Profile::builtin("vn-2021").unwrap();
        expected.name = "mine".into();
        expected.fingers = false;
        assert_eq!(profile, expected);
        assert_eq!(
            Profile::from_toml("like = \"vn-2020\"\nname = \"mine\""),
            Err(VirtualCardError::ProfileUnknown)
        );
        assert_eq!(
            Profile::from_toml("like = 1"),
            Err(VirtualCardError::ProfileInvalid { entry: "like" })
        );
    }
}
