//! EF.CardAccess, EF.CardSecurity and DG14, written: what protocols the chip offers, and its key for Chip Authentication.
//!
//! Doc 9303-11, 9.2 (SecurityInfos).

use crate::card_data::{ActiveAuthenticationKey, ChipAuthenticationKey, PaceSuite};
use crate::der;
use crate::error::VirtualCardError;
use crate::explicit_parameters::{explicit, explicit_group};
use crate::issuer::key::agreement_key_info;
use chipid_emrtd::crypto::agreement::{DomainParameters, PublicKey};
use chipid_emrtd::crypto::ec::Secret;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use const_oid::ObjectIdentifier;

const TERMINAL_AUTHENTICATION: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.2");
const PUBLIC_KEY_DH: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.1.1");
const PUBLIC_KEY_ECDH: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.1.2");
const DH_PUBLIC_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10046.2.1");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const STANDARDIZED_DOMAIN_PARAMETERS: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("0.4.0.127.0.7.1.2");
const ACTIVE_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.5");

/// PACEInfo and, where the chip writes its group out, PACEDomainParameterInfo.
pub(crate) fn pace(suite: PaceSuite) -> Result<Vec<Vec<u8>>, VirtualCardError> {
    let mut infos = vec![der::sequence(&[
        &der::oid(&suite.oid()),
        &der::integer(2),
        &der::integer(u32::from(suite.parameter_id())),
    ])];
    if suite.explicit {
        infos.push(der::sequence(&[
            &der::oid(&suite.variant_oid()),
            &written_out(suite.group)?,
            &der::integer(u32::from(suite.parameter_id())),
        ]));
    }
    Ok(infos)
}

/// The group as AlgorithmIdentifier with all its numbers (Doc 9303-11, 9.5.2).
fn written_out(group: DomainParameters) -> Result<Vec<u8>, VirtualCardError> {
    let (algorithm, parameters) = match group {
        DomainParameters::Dh(group) => (DH_PUBLIC_NUMBER, explicit_group(group)),
        DomainParameters::Ecdh(curve) => (EC_PUBLIC_KEY, explicit(curve)),
    };
    let parameters = parameters
        .and_then(|digits| hex::decode(digits).ok())
        .ok_or(VirtualCardError::Key)?;
    Ok(der::sequence(&[
        &der::oid(algorithm.as_bytes()),
        &parameters,
    ]))
}

/// ChipAuthenticationPublicKeyInfo of the chip authentication mapping: the group by its standardised number, which is the
/// key's number too (Doc 9303-11, 9.2.1 and appendix I).
pub(crate) fn mapping_key(secret: &Secret) -> Result<Vec<u8>, VirtualCardError> {
    let id = der::integer(u32::from(secret.curve().standardized_id()));
    let point = secret.public().map_err(|_| VirtualCardError::Key)?;
    let algorithm = der::sequence(&[&der::oid(STANDARDIZED_DOMAIN_PARAMETERS.as_bytes()), &id]);
    let public_key = der::sequence(&[&algorithm, &der::bits(point.as_sec1())]);
    Ok(der::sequence(&[
        &der::oid(PUBLIC_KEY_ECDH.as_bytes()),
        &public_key,
        &id,
    ]))
}

/// TerminalAuthenticationInfo, version 1.
pub(crate) fn terminal_authentication() -> Vec<u8> {
    der::sequence(&[
        &der::oid(TERMINAL_AUTHENTICATION.as_bytes()),
        &der::integer(1),
    ])
}

/// ChipAuthenticationInfo.
pub(crate) fn chip_authentication(key: &ChipAuthenticationKey) -> Vec<u8> {
    der::sequence(&[&der::oid(&key.oid()), &der::integer(1), &key_id(key)])
}

/// ChipAuthenticationPublicKeyInfo.
pub(crate) fn chip_authentication_public_key(
    key: &ChipAuthenticationKey,
    explicit: bool,
) -> Result<Vec<u8>, VirtualCardError> {
    let public = key.secret.public().map_err(|_| VirtualCardError::Key)?;
    let protocol = match public {
        PublicKey::Dh(_) => PUBLIC_KEY_DH,
        PublicKey::Ecdh(_) => PUBLIC_KEY_ECDH,
    };
    Ok(der::sequence(&[
        &der::oid(protocol.as_bytes()),
        &agreement_key_info(&public, explicit)?,
        &key_id(key),
    ]))
}

fn key_id(key: &ChipAuthenticationKey) -> Vec<u8> {
    key.key_id
        .map(|id| der::integer(u32::from(id)))
        .unwrap_or_default()
}

/// ActiveAuthenticationInfo, which only ECDSA needs.
pub(crate) fn active_authentication(key: &ActiveAuthenticationKey) -> Option<Vec<u8>> {
    let ActiveAuthenticationKey::Ecdsa { hash, .. } = key else {
        return None;
    };
    Some(der::sequence(&[
        &der::oid(ACTIVE_AUTHENTICATION.as_bytes()),
        &der::integer(1),
        &der::oid(plain_ecdsa_with(*hash).as_bytes()),
    ]))
}

/// ecdsa-plain-signatures of BSI TR-03111, 5.2.1.1.
const fn plain_ecdsa_with(hash: HashAlgorithm) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(match hash {
        HashAlgorithm::Sha1 => "0.4.0.127.0.7.1.1.4.1.1",
        HashAlgorithm::Sha224 => "0.4.0.127.0.7.1.1.4.1.2",
        HashAlgorithm::Sha384 => "0.4.0.127.0.7.1.1.4.1.4",
        HashAlgorithm::Sha512 => "0.4.0.127.0.7.1.1.4.1.5",
        _ => "0.4.0.127.0.7.1.1.4.1.3",
    })
}
