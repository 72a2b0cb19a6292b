//! Protocols and public keys of Chip Authentication.
//!
//! Doc 9303-11, 9.2.5 and 9.2.6 (`ChipAuthenticationInfo`, `ChipAuthenticationPublicKeyInfo`), 9.4 (public keys);
//! BSI TR-03110-3, A.2.1.1 (standardised parameters by number); RFC 3279, 2.3.3 (X9.42); PKCS #3.

use super::KeyAgreement;
use crate::asn1::{
    Asn1Error, BIT_STRING, Element, INTEGER, OBJECT_IDENTIFIER, Problem, Reader, SEQUENCE,
    without_leading_zeros,
};
use crate::crypto::agreement::{DomainParameters, PublicKey};
use crate::crypto::cipher::CipherAlgorithm;
use crate::crypto::dh::Group;
use crate::crypto::ec::{Curve, Point};
use crate::oid;
use alloc::vec::Vec;
use der::asn1::ObjectIdentifier;

/// dhpublicnumber (ANSI X9.42; RFC 3279, 2.3.3).
const DH_PUBLIC_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10046.2.1");
/// dhKeyAgreement (PKCS #3), which Doc 9303-11 demands.
const DH_KEY_AGREEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.3.1");

/// One Chip Authentication protocol on offer (`ChipAuthenticationInfo`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipAuthenticationInfo {
    /// The whole object identifier, which the terminal sends back.
    pub protocol: ObjectIdentifier,
    /// The kind of group.
    pub agreement: KeyAgreement,
    /// The cipher of the new channel.
    pub cipher: CipherAlgorithm,
    /// 1, 2 or 3.
    pub version: u32,
    /// Which key it goes with.
    pub key_id: Option<KeyId>,
}

/// A public key for Chip Authentication (`ChipAuthenticationPublicKeyInfo`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipAuthenticationKey {
    /// The key, in a known group.
    pub key: PublicKey,
    /// Its identifier.
    pub key_id: Option<KeyId>,
}

/// The identifier of a key: any INTEGER, for some issuers write one that is negative or padded (deviations row 39).
/// Two are the same where they are the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyId(Vec<u8>);

impl KeyId {
    fn of(integer: &Element<'_>) -> Option<Self> {
        let bytes = match without_leading_zeros(integer.value) {
            [] => integer.value.get(..1)?,
            significant => significant,
        };
        Some(Self(bytes.to_vec()))
    }

    /// The bytes that name it in a command: the number without leading zeros.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl ChipAuthenticationInfo {
    /// `ChipAuthenticationInfo ::= SEQUENCE { protocol OBJECT IDENTIFIER, version INTEGER, keyId INTEGER OPTIONAL }`
    pub(super) fn read(
        protocol: ObjectIdentifier,
        agreement: KeyAgreement,
        cipher: CipherAlgorithm,
        mut reader: Reader<'_>,
    ) -> Result<Self, Asn1Error> {
        let version = reader.expect(INTEGER)?.small()?;
        let key_id = reader.take_if(INTEGER)?.as_ref().and_then(KeyId::of);
        Ok(Self {
            protocol,
            agreement,
            cipher,
            version,
            key_id,
        })
    }
}

impl ChipAuthenticationKey {
    /// `ChipAuthenticationPublicKeyInfo ::= SEQUENCE { protocol OBJECT IDENTIFIER,
    /// chipAuthenticationPublicKey SubjectPublicKeyInfo, keyId INTEGER OPTIONAL }`
    pub(super) fn read(agreement: KeyAgreement, mut reader: Reader<'_>) -> Result<Self, Asn1Error> {
        let spki = reader.expect(SEQUENCE)?;
        let key_id = reader.take_if(INTEGER)?.as_ref().and_then(KeyId::of);
        let key = public_key(agreement, &spki)?.ok_or(spki.error(Problem::Value))?;
        Ok(Self { key, key_id })
    }

    /// The key, where it is a point of a curve.
    #[must_use]
    pub const fn point(&self) -> Option<&Point> {
        match &self.key {
            PublicKey::Ecdh(point) => Some(point),
            PublicKey::Dh(_) => None,
        }
    }

    /// The kind of group.
    #[must_use]
    pub const fn agreement(&self) -> KeyAgreement {
        match self.key {
            PublicKey::Dh(_) => KeyAgreement::Dh,
            PublicKey::Ecdh(_) => KeyAgreement::Ecdh,
        }
    }
}

/// `SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }`; `None` for a group
/// that is not known, or a key that does not lie in it.
///
/// A point may be compressed, or its coordinates short of leading zeros; a public number of DH is an INTEGER in the BIT
/// STRING, or its bare bytes.
fn public_key(agreement: KeyAgreement, spki: &Element<'_>) -> Result<Option<PublicKey>, Asn1Error> {
    let mut reader = spki.children()?;
    let mut algorithm = reader.expect(SEQUENCE)?.children()?;
    let kind = algorithm.expect(OBJECT_IDENTIFIER)?;
    let parameters = algorithm.read()?;
    let key = reader.expect(BIT_STRING)?.bit_string()?;
    let named = |oid: ObjectIdentifier| kind.value == oid.as_bytes();

    let group = if named(oid::STANDARDIZED_DOMAIN_PARAMETERS) {
        u8::try_from(parameters.small()?)
            .ok()
            .and_then(DomainParameters::from_standardized_id)
    } else if named(oid::EC_PUBLIC_KEY) {
        Curve::from_parameters(&parameters)?.map(|(curve, _)| DomainParameters::Ecdh(curve))
    } else if named(DH_PUBLIC_NUMBER) || named(DH_KEY_AGREEMENT) {
        Group::from_parameters(&parameters)?.map(DomainParameters::Dh)
    } else {
        None
    };
    Ok(match (group, agreement) {
        (Some(DomainParameters::Ecdh(curve)), KeyAgreement::Ecdh) => {
            curve.point_in_any_form(key).ok().map(PublicKey::Ecdh)
        }
        (Some(DomainParameters::Dh(group)), KeyAgreement::Dh) => {
            let number = Reader::new(key)
                .expect(INTEGER)
                .ok()
                .filter(|integer| integer.raw.len() == key.len())
                .and_then(|integer| integer.unsigned().ok())
                .unwrap_or(key);
            group.element(number).ok().map(PublicKey::Dh)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security_info::SecurityInfos;
    use crate::tlv::{encode, encode_all};
    use getrandom::SysRng;
    use getrandom::rand_core::UnwrapErr;

    fn spki(algorithm: &ObjectIdentifier, parameters: &[u8], key: &[u8]) -> Vec<u8> {
        let algorithm = encode_all(0x30, &[&encode(0x06, algorithm.as_bytes()), parameters]);
        encode_all(0x30, &[&algorithm, &encode(0x03, &[&[0], key].concat())])
    }

    fn infos(protocol: &ObjectIdentifier, spki: &[u8], key_id: &[u8]) -> SecurityInfos {
        let info = encode_all(0x30, &[&encode(0x06, protocol.as_bytes()), spki, key_id]);
        SecurityInfos::parse(&encode(0x31, &info)).unwrap()
    }

    #[test]
    fn numbers_of_dh_are_read_in_every_form_of_parameters() {
        let rng = &mut UnwrapErr(SysRng);
        for group in Group::ALL {
            let key = PublicKey::Dh(group.generate_secret(rng).public().unwrap());
            let mut padded = key.encoded().to_vec();
            padded.insert(0, 0);
            let integer = encode(0x02, &padded);
            let id = encode(0x02, &[group.standardized_id()]);
            for key_bits in [&integer[..], key.encoded()] {
                let spki = spki(&oid::STANDARDIZED_DOMAIN_PARAMETERS, &id, key_bits);
                let infos = infos(&oid::PUBLIC_KEY_DH, &spki, &[]);
                assert_eq!(infos.chip_authentication_keys.len(), 1);
                assert_eq!(infos.chip_authentication_keys[0].key, key);
                assert_eq!(
                    infos.chip_authentication_keys[0].agreement(),
                    KeyAgreement::Dh
                );
            }
        }
    }

    #[test]
    fn points_are_read_compressed_and_with_short_coordinates() {
        let rng = &mut UnwrapErr(SysRng);
        for curve in Curve::ALL {
            let len = curve.field_len();
            let mut short_ones = 0;
            // One point in 256 has a short coordinate; small multiples of a random point find some.
            for _ in 0..40 {
                let point = curve.generate_secret(rng).public().unwrap();
                let sec1 = point.as_sec1();
                let parity = 2 | (sec1[2 * len] & 1);
                let compressed = [&[parity][..], point.x()].concat();
                assert_eq!(curve.point_in_any_form(&compressed).unwrap(), point);
                assert_eq!(curve.point_in_any_form(sec1).unwrap(), point);
                for at in [1, 1 + len] {
                    if sec1[at] == 0 {
                        let mut short = sec1.to_vec();
                        short.remove(at);
                        assert_eq!(curve.point_in_any_form(&short).unwrap(), point);
                        short_ones += 1;
                    }
                }
                let mut wrong = sec1.to_vec();
                wrong[2 * len] ^= 1;
                assert!(curve.point_in_any_form(&wrong).is_err());
            }
            // The first byte of a coordinate of P-521 is 0 or 1.
            assert!(curve != Curve::P521 || short_ones > 0);
        }
    }

    #[test]
    fn key_identifiers_are_numbers_whatever_their_sign_and_padding() {
        let rng = &mut UnwrapErr(SysRng);
        let point = Curve::P256.generate_secret(rng).public().unwrap();
        let spki = spki(
            &oid::EC_PUBLIC_KEY,
            &encode(0x06, Curve::P256.oid().as_bytes()),
            point.as_sec1(),
        );
        for (integer, expected) in [
            (&[0x02u8, 1, 0xC3][..], Some(&[0xC3u8][..])),
            (&[0x02, 2, 0x00, 0xC3], Some(&[0xC3])),
            (&[0x02, 1, 0x00], Some(&[0x00])),
            (&[0x02, 2, 0x01, 0x00], Some(&[0x01, 0x00])),
            (&[0x02, 0], None),
            (&[], None),
        ] {
            let infos = infos(&oid::PUBLIC_KEY_ECDH, &spki, integer);
            let id = infos.chip_authentication_keys[0].key_id.as_ref();
            assert_eq!(id.map(KeyId::as_bytes), expected);
        }
    }

    #[test]
    fn a_key_of_the_other_kind_or_off_its_group_is_malformed() {
        let rng = &mut UnwrapErr(SysRng);
        let point = Curve::P256.generate_secret(rng).public().unwrap();
        let named = encode(0x06, Curve::P256.oid().as_bytes());
        let good = spki(&oid::EC_PUBLIC_KEY, &named, point.as_sec1());
        let mut off = point.as_sec1().to_vec();
        off[64] ^= 1;
        let off = spki(&oid::EC_PUBLIC_KEY, &named, &off);
        for (protocol, spki) in [(&oid::PUBLIC_KEY_DH, &good), (&oid::PUBLIC_KEY_ECDH, &off)] {
            let infos = infos(protocol, spki, &[]);
            assert_eq!(
                (infos.chip_authentication_keys.len(), infos.malformed),
                (0, 1)
            );
        }
    }
}
