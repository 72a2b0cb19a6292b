//! The personaliser: from a profile, a holder, a portrait and an issuer to the files and keys of a card.
//!
//! Doc 9303-10, 4.6 (EF.COM, EF.SOD) and 4.7 (data groups).

mod additional;
mod details;
mod deviation;
mod dg13;
mod dg2;
mod displayed_image;
mod holder;
mod master_file;
pub(crate) mod mrz;
mod profile;
mod profiles;
mod qr;
mod security_infos;

use crate::algorithm::{self, ActiveAuthenticationAlgorithm};
use crate::card_data::{
    ActiveAuthenticationKey, CardData, ChipAuthenticationKey, PaceMapping, Passwords,
};
use crate::der;
use crate::error::VirtualCardError;
use crate::issuer::Issuer;
use crate::issuer::key::{ec_public_key_info, rsa_public_key_info};
use crate::portrait::drawn_portrait;
use crate::rsa_key::RsaKey;
pub use additional::{AdditionalDetails, Notified};
use chipid_emrtd::crypto::agreement::SecretKey;
use chipid_emrtd::crypto::ec::Secret;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::tlv;
use const_oid::ObjectIdentifier;
pub use deviation::DataGroupDeviation;
pub use dg13::{Dg13Form, Empties, ParentsNesting};
pub use holder::{Holder, VietnameseDetails, WrittenBirth};
pub use profile::{
    CanRule, ChipAuthenticationProfile, DocumentForm, FaceEncoding, Profile, VietnameseForm,
};
use rand_core::CryptoRng;
use std::collections::BTreeMap;

/// id-icao-mrtd-security-ldsSecurityObject
const LDS_SECURITY_OBJECT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.1");

/// id-SecurityObject (BSI TR-03110-3, A.1.2.5)
const SECURITY_OBJECT: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.3.2.1");

/// Makes cards. The first methods say what the card is; those from [`replace_after_signing`](Self::replace_after_signing)
/// on spoil it, for attacks.
///
/// ```
/// # use chipid_virtual_card::{Issuer, Personaliser, Profile, VirtualCard};
/// # fn main() -> Result<(), chipid_virtual_card::VirtualCardError> {
/// # let mut rng = rand_core::UnwrapErr(getrandom::SysRng);
/// let profile = Profile::builtin("passport-p256")?;
/// let issuer = Issuer::for_profile(&profile, &mut rng)?;
/// let card = VirtualCard::new(Personaliser::new(profile).issuer(&issuer).build(&mut rng)?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Personaliser<'a> {
    profile: Profile,
    issuer: Option<&'a Issuer>,
    portraits: Vec<Vec<u8>>,
    chip_key: Option<Secret>,
    active_key: Option<ActiveAuthenticationKey>,
    signed_at: Option<UnixTime>,
    untimed: bool,
    extra: BTreeMap<FileId, Vec<u8>>,
    without: Vec<FileId>,
    replaced: BTreeMap<FileId, Vec<u8>>,
    withheld: Vec<FileId>,
    deviations: Vec<DataGroupDeviation>,
}

impl<'a> Personaliser<'a> {
    /// A card of this profile, for the profile's own holder and with a drawn portrait.
    #[must_use]
    pub const fn new(profile: Profile) -> Self {
        Self {
            profile,
            issuer: None,
            portraits: Vec::new(),
            chip_key: None,
            active_key: None,
            signed_at: None,
            untimed: false,
            extra: BTreeMap::new(),
            without: Vec::new(),
            replaced: BTreeMap::new(),
            withheld: Vec::new(),
            deviations: Vec::new(),
        }
    }

    /// Who signs. Needed.
    #[must_use]
    pub const fn issuer(mut self, issuer: &'a Issuer) -> Self {
        self.issuer = Some(issuer);
        self
    }

    /// For somebody else.
    #[must_use]
    pub fn holder(mut self, holder: Holder) -> Self {
        self.profile.holder = holder;
        self
    }

    /// With this portrait (JPEG or JPEG 2000). Called again, with one more: DG2 then holds several images. A profile
    /// without a face leaves it out.
    #[must_use]
    pub fn portrait(mut self, image: Vec<u8>) -> Self {
        self.portraits.push(image);
        self
    }

    /// With this key for Chip Authentication instead of a fresh one.
    #[must_use]
    pub fn chip_authentication_key(mut self, key: Secret) -> Self {
        self.chip_key = Some(key);
        self
    }

    /// With this key for Active Authentication instead of a fresh one. Tests that make many cards share one.
    #[must_use]
    pub fn active_authentication_key(mut self, key: ActiveAuthenticationKey) -> Self {
        self.active_key = Some(key);
        self
    }

    /// Signed at this time instead of noon of the day of issue.
    #[must_use]
    pub const fn signed_at(mut self, time: UnixTime) -> Self {
        self.signed_at = Some(time);
        self
    }

    /// Signed without saying when: the attribute is optional (Doc 9303-10, 4.6.2.2).
    #[must_use]
    pub const fn without_signing_time(mut self) -> Self {
        self.untimed = true;
        self
    }

    /// With this file besides the profile's own (whole, its tag included), or in place of one: signed like the others.
    #[must_use]
    pub fn data_group(mut self, group: DataGroup, file: Vec<u8>) -> Self {
        self.extra.insert(FileId::DataGroup(group), file);
        self
    }

    /// With data groups that depart from the standard as real ones do: signed like the others. Called again, with one more.
    #[must_use]
    pub fn deviating(mut self, deviation: DataGroupDeviation) -> Self {
        self.deviations.push(deviation);
        self
    }

    /// Valid to this day; an expired document has one in the past.
    #[must_use]
    pub const fn expires(mut self, last_day: Date) -> Self {
        self.profile.holder.expiry = Some(last_day);
        self
    }

    /// Made without this data group: neither in the files nor in EF.COM nor in the security object.
    #[must_use]
    pub fn without(mut self, group: DataGroup) -> Self {
        self.without.push(FileId::DataGroup(group));
        self
    }

    /// Made without DG14 and DG15 and without their keys, and signed so: a chip that cannot prove itself.
    #[must_use]
    pub fn without_chip_proof(self) -> Self {
        self.without(DataGroup::SECURITY_OPTIONS)
            .without(DataGroup::ACTIVE_AUTHENTICATION_KEY)
    }

    /// Puts other bytes in a file's place after the signature: a forgery.
    #[must_use]
    pub fn replace_after_signing(mut self, file: FileId, bytes: Vec<u8>) -> Self {
        self.replaced.insert(file, bytes);
        self
    }

    /// Puts another portrait into DG2 after the signature: a forgery. Also into the DG2 that the profile does not have.
    ///
    /// # Errors
    /// [`VirtualCardError::Image`].
    pub fn replace_portrait_after_signing(self, image: &[u8]) -> Result<Self, VirtualCardError> {
        let file = dg2::encode(&[image], self.profile.face, &[])?;
        Ok(self.replace_after_signing(FileId::DG2, file))
    }

    /// Leaves a file out of the chip (and its number out of EF.COM) although the security object covers it: stripped.
    #[must_use]
    pub fn withhold(mut self, file: FileId) -> Self {
        self.withheld.push(file);
        self
    }

    /// Makes the card: keys, data groups, signature.
    ///
    /// # Errors
    /// [`VirtualCardError`] where profile, holder or portrait cannot be written, or no issuer was given.
    pub fn build<R: CryptoRng + ?Sized>(self, rng: &mut R) -> Result<CardData, VirtualCardError> {
        let issuer = self.issuer.ok_or(VirtualCardError::Key)?;
        let profile = &self.profile;
        let holder = &profile.holder;
        let mrz = mrz::lines(profile, holder)?;
        let lines: Vec<&str> = mrz.iter().map(String::as_str).collect();
        let mrz_information =
            mrz::information(&lines).ok_or(VirtualCardError::HolderInvalid { entry: "mrz" })?;
        let portraits = match profile.face {
            FaceEncoding::Absent => Vec::new(),
            _ if self.portraits.is_empty() => vec![drawn_portrait()?],
            _ => self.portraits.clone(),
        };
        let chip_authentication = self.chip_keys(rng)?;
        let active_authentication = self.active_key(rng)?;
        let mapping_keys = self.mapping_keys(rng);

        let mut files = BTreeMap::from([(
            FileId::DG1,
            tlv::encode(0x61, &tlv::encode(0x5F1F, mrz.concat().as_bytes())),
        )]);
        if !portraits.is_empty() {
            let images: Vec<&[u8]> = portraits.iter().map(Vec::as_slice).collect();
            files.insert(
                FileId::DG2,
                dg2::encode(&images, profile.face, &self.deviations)?,
            );
        }
        if let (Some(fingers), true) = (DataGroup::new(3), profile.fingers) {
            let mut noise = vec![0; 600];
            rng.fill_bytes(&mut noise);
            files.insert(fingers.into(), tlv::encode(fingers.tag(), &noise));
        }
        if let (Some(form), Some(details)) = (profile.vietnamese, &holder.details) {
            files.insert(
                FileId::DG13,
                dg13::encode(holder, details, form, &profile.dg13),
            );
        }
        if profile.displayed_images {
            files.extend(displayed_image::encode()?);
        }
        if let Some(additional) = &holder.additional {
            files.extend(details::encode(holder, additional, &self.deviations));
        }
        if self
            .deviations
            .contains(&DataGroupDeviation::OpaqueOptionalDetails)
        {
            files.insert(FileId::DG13, tlv::encode(0x6D, &[0x5F, 0xB0, 0xFF, 0xFF]));
        }
        let dg14 = self.dg14(&chip_authentication, active_authentication.as_ref())?;
        if let Some(dg14) = dg14 {
            files.insert(FileId::DG14, dg14);
        }
        if let Some(key) = &active_authentication {
            files.insert(FileId::DG15, dg15(key)?);
        }
        files.extend(self.extra.clone());
        files.retain(|file, _| !self.without.contains(file));

        let signed_at = self.signed_at.unwrap_or(holder.issued.noon_utc());
        let signed_at = (!self.untimed).then_some(signed_at);
        let sod = security_object(&files, profile, issuer, signed_at, rng)?;
        files.retain(|file, _| !self.withheld.contains(file));
        files.insert(FileId::Com, com(&files));
        if !self.withheld.contains(&FileId::Sod) {
            files.insert(FileId::Sod, sod);
        }
        if let Some(infos) = card_access(profile, &chip_authentication)? {
            files.insert(FileId::CardAccess, der::set_of(infos.clone()));
            if !mapping_keys.is_empty() {
                let file = self.card_security(infos, &chip_authentication, &mapping_keys, rng)?;
                files.insert(FileId::CardSecurity, file);
            }
        }
        if profile.information_files {
            files.extend(master_file::encode());
        }
        files.extend(self.replaced.clone());

        Ok(CardData {
            profile: profile.name.clone(),
            mrz: mrz.join("\n"),
            number: holder.personal_number.clone(),
            passwords: Passwords {
                mrz_information,
                can: can(profile)?,
                pin: profile.pin.clone(),
                puk: profile.puk.clone(),
                pace_without_mrz: profile.pace_without_mrz,
            },
            qr: profile.qr_text(),
            basic_access_control: profile.basic_access_control,
            pace: profile.pace.clone(),
            mapping_keys,
            chip_authentication,
            active_authentication,
            files,
            csca: issuer.csca_certificate().to_vec(),
            portrait: portraits.into_iter().next(),
        })
    }

    fn chip_keys<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
    ) -> Result<Vec<ChipAuthenticationKey>, VirtualCardError> {
        if self.without.contains(&FileId::DG14) {
            return Ok(Vec::new());
        }
        let mut given = self.chip_key.clone().map(SecretKey::Ecdh);
        self.chip_profiles()
            .map(|wanted| {
                let secret = given
                    .take()
                    .unwrap_or_else(|| wanted.suite.group.generate_secret(rng));
                if secret.domain_parameters() != wanted.suite.group {
                    return Err(VirtualCardError::Key);
                }
                Ok(ChipAuthenticationKey {
                    cipher: wanted.suite.cipher,
                    key_id: wanted.key_id,
                    secret,
                })
            })
            .collect()
    }

    fn chip_profiles(&self) -> impl Iterator<Item = &ChipAuthenticationProfile> {
        let further = &self.profile.further_chip_authentication;
        self.profile.chip_authentication.iter().chain(further)
    }

    /// A key for each curve on which the chip proves itself by the mapping.
    fn mapping_keys<R: CryptoRng + ?Sized>(&self, rng: &mut R) -> Vec<Secret> {
        let mut keys: Vec<Secret> = Vec::new();
        for suite in &self.profile.pace {
            if let (PaceMapping::ChipAuthentication, Some(curve)) =
                (suite.mapping, suite.group.curve())
                && !keys.iter().any(|key| key.curve() == curve)
            {
                keys.push(curve.generate_secret(rng));
            }
        }
        keys
    }

    /// EF.CardSecurity (Doc 9303-10, 3.11.4): what EF.CardAccess says, and the keys of the master file, signed.
    fn card_security<R: CryptoRng + ?Sized>(
        &self,
        mut infos: Vec<Vec<u8>>,
        chip_keys: &[ChipAuthenticationKey],
        mapping_keys: &[Secret],
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let issuer = self.issuer.ok_or(VirtualCardError::Key)?;
        for (key, wanted) in chip_keys.iter().zip(self.chip_profiles()) {
            let info = security_infos::chip_authentication(key);
            if !infos.contains(&info) {
                infos.push(info);
            }
            infos.push(security_infos::chip_authentication_public_key(
                key,
                wanted.explicit,
            )?);
        }
        for key in mapping_keys {
            infos.push(security_infos::mapping_key(key)?);
        }
        let signed_at = self
            .signed_at
            .unwrap_or(self.profile.holder.issued.noon_utc());
        issuer.sign_content(SECURITY_OBJECT, &der::set_of(infos), Some(signed_at), rng)
    }

    fn active_key<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
    ) -> Result<Option<ActiveAuthenticationKey>, VirtualCardError> {
        let wanted = self
            .profile
            .active_authentication
            .filter(|_| !self.without.contains(&FileId::DG15));
        match (wanted, &self.active_key) {
            (None, _) => Ok(None),
            (Some(_), Some(key)) => Ok(Some(key.clone())),
            (Some(ActiveAuthenticationAlgorithm::Rsa { bits, hash }), None) => {
                let key = RsaKey::generate(bits, rng)?;
                Ok(Some(ActiveAuthenticationKey::Rsa { key, hash }))
            }
            (Some(ActiveAuthenticationAlgorithm::Ecdsa { curve, hash }), None) => {
                let secret = curve.generate_secret(rng);
                Ok(Some(ActiveAuthenticationKey::Ecdsa { secret, hash }))
            }
        }
    }

    /// DG14: Chip Authentication, Active Authentication with ECDSA, and PACE once more, under the signature this time.
    fn dg14(
        &self,
        chip_keys: &[ChipAuthenticationKey],
        active_key: Option<&ActiveAuthenticationKey>,
    ) -> Result<Option<Vec<u8>>, VirtualCardError> {
        let profile = &self.profile;
        let mut infos = pace_infos(profile)?;
        for (key, wanted) in chip_keys.iter().zip(self.chip_profiles()) {
            if !wanted.unnamed {
                infos.push(security_infos::chip_authentication(key));
            }
            infos.push(security_infos::chip_authentication_public_key(
                key,
                wanted.explicit,
            )?);
        }
        infos.extend(active_key.and_then(security_infos::active_authentication));
        if profile.full_card_access {
            infos.push(security_infos::terminal_authentication());
        }
        Ok((!infos.is_empty()).then(|| tlv::encode(0x6E, &der::set_of(infos))))
    }
}

/// The infos of EF.CardAccess, where the chip does PACE.
fn card_access(
    profile: &Profile,
    chip_keys: &[ChipAuthenticationKey],
) -> Result<Option<Vec<Vec<u8>>>, VirtualCardError> {
    if profile.pace.is_empty() {
        return Ok(None);
    }
    let mut infos = pace_infos(profile)?;
    if profile.full_card_access {
        infos.push(security_infos::terminal_authentication());
        infos.extend(chip_keys.iter().map(security_infos::chip_authentication));
    }
    Ok(Some(infos))
}

fn pace_infos(profile: &Profile) -> Result<Vec<Vec<u8>>, VirtualCardError> {
    let infos: Result<Vec<Vec<Vec<u8>>>, _> = profile
        .pace
        .iter()
        .map(|s| security_infos::pace(*s))
        .collect();
    infos.map(|infos| infos.concat())
}

fn can(profile: &Profile) -> Result<Option<String>, VirtualCardError> {
    let invalid = VirtualCardError::ProfileInvalid { entry: "can" };
    match &profile.can {
        CanRule::None => Ok(None),
        CanRule::Fixed(can) if can.len() == 6 && can.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(Some(can.clone()))
        }
        CanRule::Fixed(_) => Err(invalid),
        CanRule::LastDigits => profile
            .holder
            .personal_number
            .as_deref()
            .and_then(|n| n.get(n.len().checked_sub(6)?..))
            .map(|can| Some(can.into()))
            .ok_or(invalid),
    }
}

/// EF.COM (Doc 9303-10, 4.6.1): LDS 1.7, Unicode 4.0, the tags of the data groups.
fn com(files: &BTreeMap<FileId, Vec<u8>>) -> Vec<u8> {
    let tags: Vec<u8> = files
        .keys()
        .filter_map(|file| match file {
            FileId::DataGroup(dg) => u8::try_from(dg.tag()).ok(),
            _ => None,
        })
        .collect();
    tlv::encode_all(
        0x60,
        &[
            &tlv::encode(0x5F01, b"0107"),
            &tlv::encode(0x5F36, b"040000"),
            &tlv::encode(0x5C, &tags),
        ],
    )
}

/// DG15: the public key alone.
fn dg15(key: &ActiveAuthenticationKey) -> Result<Vec<u8>, VirtualCardError> {
    let info = match key {
        ActiveAuthenticationKey::Rsa { key, .. } => rsa_public_key_info(key)?,
        ActiveAuthenticationKey::Ecdsa { secret, .. } => {
            ec_public_key_info(&secret.public().map_err(|_| VirtualCardError::Key)?, true)?
        }
    };
    Ok(tlv::encode(0x6F, &info))
}

/// EF.SOD (Doc 9303-10, 4.6.2): the digests of all data groups, signed by the document signer.
fn security_object<R: CryptoRng + ?Sized>(
    files: &BTreeMap<FileId, Vec<u8>>,
    profile: &Profile,
    issuer: &Issuer,
    signed_at: Option<UnixTime>,
    rng: &mut R,
) -> Result<Vec<u8>, VirtualCardError> {
    let hash = algorithm::hash(&profile.digest)?;
    let digests: Vec<Vec<u8>> = files
        .iter()
        .filter_map(|(file, bytes)| match file {
            FileId::DataGroup(dg) => Some(der::sequence(&[
                &der::integer(u32::from(dg.number())),
                &der::octets(&hash.digest(bytes)),
            ])),
            _ => None,
        })
        .collect();
    let object = der::sequence(&[
        &der::integer(0),
        &der::sequence(&[&der::oid(hash.oid().as_bytes())]),
        &der::sequence(&[&digests.concat()]),
    ]);
    let signed = issuer.sign_content(LDS_SECURITY_OBJECT, &object, signed_at, rng)?;
    Ok(tlv::encode(0x77, &signed))
}
