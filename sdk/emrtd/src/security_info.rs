//! SecurityInfos: what protocols a chip offers, with which keys.
//!
//! Doc 9303-11, 9.2 (SecurityInfos in EF.CardAccess and DG14); BSI TR-03110-3, A.1.1.
//!
//! A SET of SEQUENCEs, each an object identifier, a required and an optional value. What is unknown is skipped, and a
//! known one that is malformed is counted and skipped too (deviations rows 38, 65): the order does not matter, and
//! nothing is ever encoded again.

mod chip_authentication;
mod pace;

pub use chip_authentication::{ChipAuthenticationInfo, ChipAuthenticationKey, KeyId};
pub use pace::{Mapping, PaceDomainParameterInfo, PaceInfo, PaceParameters};

use crate::asn1::{Asn1Error, Element, INTEGER, OBJECT_IDENTIFIER, Reader, SEQUENCE, SET};
use crate::crypto::cipher::CipherAlgorithm;
use crate::crypto::hash::HashAlgorithm;
use crate::oid;
use alloc::vec::Vec;
use der::asn1::ObjectIdentifier;

/// More SecurityInfos than any chip has.
const MAX_INFOS: usize = 64;

/// The SecurityInfos of one file, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityInfos {
    /// PACE protocols on offer.
    pub pace: Vec<PaceInfo>,
    /// Groups for PACE that the chip writes out.
    pub pace_domain_parameters: Vec<PaceDomainParameterInfo>,
    /// Chip Authentication protocols on offer.
    pub chip_authentication: Vec<ChipAuthenticationInfo>,
    /// Public keys for Chip Authentication.
    pub chip_authentication_keys: Vec<ChipAuthenticationKey>,
    /// The hash function of ECDSA Active Authentication, where it is stated.
    pub active_authentication_hash: Option<HashAlgorithm>,
    /// Whether Terminal Authentication is on offer.
    pub terminal_authentication: bool,
    /// Known infos that could not be read, and were skipped.
    pub malformed: usize,
}

/// The kind of group that keys are agreed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyAgreement {
    /// Diffie-Hellman modulo a prime.
    Dh,
    /// Diffie-Hellman on an elliptic curve.
    Ecdh,
}

impl SecurityInfos {
    /// Reads `SecurityInfos ::= SET OF SecurityInfo`; bytes behind the SET are left alone (padding of the file).
    ///
    /// # Errors
    /// [`Asn1Error`] where there is no such SET.
    pub fn parse(bytes: &[u8]) -> Result<Self, Asn1Error> {
        let set = Reader::new(bytes).expect(SET)?;
        let mut infos = Self::default();
        let mut reader = set.children()?;
        for _ in 0..MAX_INFOS {
            if reader.is_empty() {
                break;
            }
            let info = reader.read()?;
            if infos.take(&info).is_err() {
                infos.malformed = infos.malformed.saturating_add(1);
            }
        }
        pace::resolve_all(&mut infos.pace, &infos.pace_domain_parameters);
        Ok(infos)
    }

    fn take(&mut self, info: &Element<'_>) -> Result<(), Asn1Error> {
        let mut reader = Reader::new(info.raw).expect(SEQUENCE)?.children()?;
        let protocol = reader.expect(OBJECT_IDENTIFIER)?;
        let Ok(protocol_oid) = ObjectIdentifier::from_bytes(protocol.value) else {
            return Ok(());
        };
        if let Some([variant, cipher]) = oid::arcs_below(&protocol_oid, &oid::PACE) {
            self.take_pace(protocol_oid, variant, cipher, reader)
        } else if let Some([cipher, _]) =
            oid::arcs_below(&protocol_oid, &oid::CHIP_AUTHENTICATION_ECDH)
        {
            self.take_chip_authentication(protocol_oid, KeyAgreement::Ecdh, cipher, reader)
        } else if let Some([cipher, _]) =
            oid::arcs_below(&protocol_oid, &oid::CHIP_AUTHENTICATION_DH)
        {
            self.take_chip_authentication(protocol_oid, KeyAgreement::Dh, cipher, reader)
        } else if protocol_oid == oid::PUBLIC_KEY_ECDH || protocol_oid == oid::PUBLIC_KEY_DH {
            let agreement = if protocol_oid == oid::PUBLIC_KEY_DH {
                KeyAgreement::Dh
            } else {
                KeyAgreement::Ecdh
            };
            let key = ChipAuthenticationKey::read(agreement, reader)?;
            self.chip_authentication_keys.push(key);
            Ok(())
        } else if protocol_oid == oid::ACTIVE_AUTHENTICATION {
            reader.expect(INTEGER)?;
            let algorithm = reader.expect(OBJECT_IDENTIFIER)?;
            self.active_authentication_hash = ObjectIdentifier::from_bytes(algorithm.value)
                .ok()
                .and_then(|o| ecdsa_hash(&o));
            Ok(())
        } else {
            self.terminal_authentication |= protocol_oid == oid::TERMINAL_AUTHENTICATION;
            Ok(())
        }
    }

    /// Without a cipher it is a PACEDomainParameterInfo.
    fn take_pace(
        &mut self,
        protocol: ObjectIdentifier,
        variant: u32,
        cipher: u32,
        reader: Reader<'_>,
    ) -> Result<(), Asn1Error> {
        if cipher == 0 {
            self.pace_domain_parameters
                .extend(PaceDomainParameterInfo::read(variant, reader)?);
        } else {
            self.pace
                .extend(PaceInfo::read(protocol, variant, cipher, reader)?);
        }
        Ok(())
    }

    fn take_chip_authentication(
        &mut self,
        protocol: ObjectIdentifier,
        agreement: KeyAgreement,
        cipher: u32,
        reader: Reader<'_>,
    ) -> Result<(), Asn1Error> {
        if let Some(cipher) = cipher_of_arc(cipher) {
            let info = ChipAuthenticationInfo::read(protocol, agreement, cipher, reader)?;
            self.chip_authentication.push(info);
        }
        Ok(())
    }
}

const fn cipher_of_arc(arc: u32) -> Option<CipherAlgorithm> {
    match arc {
        1 => Some(CipherAlgorithm::Tdes),
        2 => Some(CipherAlgorithm::Aes128),
        3 => Some(CipherAlgorithm::Aes192),
        4 => Some(CipherAlgorithm::Aes256),
        _ => None,
    }
}

/// `ecdsa-plain-signatures` (BSI TR-03111, 5.2.1): 0.4.0.127.0.7.1.1.4.1.n; some issuers write `ecdsa-with-SHA…` of
/// RFC 5758 instead.
fn ecdsa_hash(oid: &ObjectIdentifier) -> Option<HashAlgorithm> {
    const PLAIN: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.1.1.4.1");
    const WITH_SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.1");
    const WITH_SHA_2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3");
    if *oid == WITH_SHA_1 {
        return Some(HashAlgorithm::Sha1);
    }
    if let Some([n, _]) = oid::arcs_below(oid, &WITH_SHA_2) {
        return match n {
            1 => Some(HashAlgorithm::Sha224),
            2 => Some(HashAlgorithm::Sha256),
            3 => Some(HashAlgorithm::Sha384),
            4 => Some(HashAlgorithm::Sha512),
            _ => None,
        };
    }
    match oid::arcs_below(oid, &PLAIN)? {
        [1, _] => Some(HashAlgorithm::Sha1),
        [2, _] => Some(HashAlgorithm::Sha224),
        [3, _] => Some(HashAlgorithm::Sha256),
        [4, _] => Some(HashAlgorithm::Sha384),
        [5, _] => Some(HashAlgorithm::Sha512),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EF.CardAccess of the Vietnamese card, as public code holds it.
    const VIETNAM: &str = "3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a04007f0007020204020202010202010d";

    #[test]
    fn card_access_of_the_vietnamese_card() {
        let infos = SecurityInfos::parse(&hex::decode(VIETNAM).unwrap()).unwrap();
        assert!(infos.terminal_authentication);
        assert_eq!(infos.pace.len(), 1);
        assert_eq!(infos.pace[0].mapping, Mapping::Generic);
        assert_eq!(infos.pace[0].cipher, CipherAlgorithm::Aes128);
        assert_eq!(infos.pace[0].group_name(), "brainpoolP256r1");
        assert_eq!(infos.chip_authentication.len(), 1);
        assert_eq!(infos.chip_authentication[0].cipher, CipherAlgorithm::Aes128);
        assert_eq!(infos.malformed, 0);
    }

    #[test]
    fn a_malformed_info_is_counted_and_the_rest_kept() {
        let mut bytes = hex::decode(VIETNAM).unwrap();
        let version = bytes.len() - 4;
        bytes[version - 2] = 0x05; // the version of PACEInfo is no INTEGER any more
        let infos = SecurityInfos::parse(&bytes).unwrap();
        assert_eq!((infos.pace.len(), infos.malformed), (0, 1));
        assert_eq!(infos.chip_authentication.len(), 1);
    }

    #[test]
    fn every_cut_and_every_flip_is_survived() {
        let bytes = hex::decode(VIETNAM).unwrap();
        for i in 0..bytes.len() {
            assert!(SecurityInfos::parse(&bytes[..i]).is_err());
            for bit in 0..8 {
                let mut bad = bytes.clone();
                bad[i] ^= 1 << bit;
                let _ = SecurityInfos::parse(&bad);
            }
        }
    }
}
