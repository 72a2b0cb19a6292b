//! The private key of an authority or a signer: public key, algorithm, signatures.
//!
//! RFC 5280, 4.1.2.7 (SubjectPublicKeyInfo); RFC 5758, RFC 4055, RFC 8017 (algorithm identifiers).

use crate::algorithm::SigningAlgorithm;
use crate::der;
use crate::error::VirtualCardError;
use crate::explicit_parameters;
use crate::rsa_key::RsaKey;
use chipid_emrtd::crypto::agreement::PublicKey;
use chipid_emrtd::crypto::ec::{Curve, Point, Secret};
use chipid_emrtd::crypto::hash::HashAlgorithm;
use const_oid::ObjectIdentifier;
use rand_core::CryptoRng;

const DH_PUBLIC_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10046.2.1");
const STANDARDIZED_PARAMETERS: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.1.2");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");

/// A private key that signs in one way.
#[derive(Clone)]
pub(crate) struct SigningKey {
    algorithm: SigningAlgorithm,
    material: Material,
}

#[derive(Clone)]
enum Material {
    Ec(Secret),
    Rsa(RsaKey),
}

impl SigningKey {
    pub(crate) fn generate<R: CryptoRng + ?Sized>(
        algorithm: SigningAlgorithm,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        let material = match algorithm {
            SigningAlgorithm::Ecdsa { curve, .. } => Material::Ec(curve.generate_secret(rng)),
            SigningAlgorithm::RsaPkcs1 { bits, .. } | SigningAlgorithm::RsaPss { bits, .. } => {
                Material::Rsa(RsaKey::generate(bits, rng)?)
            }
        };
        Ok(Self {
            algorithm,
            material,
        })
    }

    pub(crate) const fn hash(&self) -> HashAlgorithm {
        self.algorithm.hash()
    }

    /// SubjectPublicKeyInfo.
    pub(crate) fn public_key_info(&self) -> Result<Vec<u8>, VirtualCardError> {
        match (&self.material, self.algorithm) {
            (Material::Ec(secret), SigningAlgorithm::Ecdsa { explicit, .. }) => ec_public_key_info(
                &secret.public().map_err(|_| VirtualCardError::Key)?,
                explicit,
            ),
            (Material::Rsa(key), _) => rsa_public_key_info(key),
            _ => Err(VirtualCardError::Key),
        }
    }

    /// The bytes of the public key alone: what key identifiers are the digest of.
    pub(crate) fn public_key_bytes(&self) -> Result<Vec<u8>, VirtualCardError> {
        match &self.material {
            Material::Ec(secret) => secret
                .public()
                .map(|point| point.as_sec1().to_vec())
                .map_err(|_| VirtualCardError::Key),
            Material::Rsa(key) => key.public_der(),
        }
    }

    /// AlgorithmIdentifier of the signature.
    pub(crate) fn signature_algorithm(&self) -> Vec<u8> {
        match self.algorithm {
            SigningAlgorithm::Ecdsa { hash, .. } => {
                der::sequence(&[&der::oid(ecdsa_with(hash).as_bytes())])
            }
            SigningAlgorithm::RsaPkcs1 { hash, .. } => {
                der::sequence(&[&der::oid(pkcs1_with(hash).as_bytes()), &der::null()])
            }
            SigningAlgorithm::RsaPss { hash, .. } => {
                let hash_algorithm =
                    der::sequence(&[&der::oid(hash.oid().as_bytes()), &der::null()]);
                let mask = der::sequence(&[&der::oid(MGF1.as_bytes()), &hash_algorithm]);
                let salt = u32::try_from(hash.output_len()).unwrap_or(20);
                der::sequence(&[
                    &der::oid(RSA_PSS.as_bytes()),
                    &der::sequence(&[
                        &der::context(0, &hash_algorithm),
                        &der::context(1, &mask),
                        &der::context(2, &der::integer(salt)),
                    ]),
                ])
            }
        }
    }

    /// The signature of `message`; for ECDSA as `SEQUENCE { r, s }`.
    pub(crate) fn sign<R: CryptoRng + ?Sized>(
        &self,
        message: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let hash = self.hash();
        match (&self.material, self.algorithm) {
            (Material::Ec(secret), _) => {
                let plain = secret
                    .curve()
                    .ecdsa_sign(secret, &hash.digest(message), rng)
                    .map_err(|_| VirtualCardError::Key)?;
                let (r, s) = plain
                    .split_at_checked(plain.len() / 2)
                    .ok_or(VirtualCardError::Key)?;
                Ok(der::sequence(&[&der::unsigned(r), &der::unsigned(s)]))
            }
            (Material::Rsa(key), SigningAlgorithm::RsaPss { .. }) => {
                key.sign_pss(hash, message, rng)
            }
            (Material::Rsa(key), _) => key.sign_pkcs1(hash, message, rng),
        }
    }
}

/// SubjectPublicKeyInfo of a point.
/// SubjectPublicKeyInfo of a key for key agreement: on a curve, or modulo a prime with the group written out (X9.42) or
/// named by its number (BSI TR-03110-3, A.2.1.1).
pub(crate) fn agreement_key_info(
    key: &PublicKey,
    explicit: bool,
) -> Result<Vec<u8>, VirtualCardError> {
    let element = match key {
        PublicKey::Ecdh(point) => return ec_public_key_info(point, explicit),
        PublicKey::Dh(element) => element,
    };
    let algorithm = if explicit {
        let parameters = explicit_parameters::explicit_group(element.group())
            .and_then(|digits| hex::decode(digits).ok())
            .ok_or(VirtualCardError::Key)?;
        der::sequence(&[&der::oid(DH_PUBLIC_NUMBER.as_bytes()), &parameters])
    } else {
        der::sequence(&[
            &der::oid(STANDARDIZED_PARAMETERS.as_bytes()),
            &der::integer(u32::from(element.group().standardized_id())),
        ])
    };
    Ok(der::sequence(&[
        &algorithm,
        &der::bits(&der::unsigned(element.as_unsigned())),
    ]))
}

pub(crate) fn ec_public_key_info(
    point: &Point,
    explicit: bool,
) -> Result<Vec<u8>, VirtualCardError> {
    Ok(der::sequence(&[
        &der::sequence(&[
            &der::oid(EC_PUBLIC_KEY.as_bytes()),
            &ec_parameters(point.curve(), explicit)?,
        ]),
        &der::bits(point.as_sec1()),
    ]))
}

fn ec_parameters(curve: Curve, explicit: bool) -> Result<Vec<u8>, VirtualCardError> {
    if explicit {
        explicit_parameters::explicit(curve)
            .and_then(|digits| hex::decode(digits).ok())
            .ok_or(VirtualCardError::Key)
    } else {
        Ok(der::oid(curve.oid().as_bytes()))
    }
}

/// SubjectPublicKeyInfo of an RSA key.
pub(crate) fn rsa_public_key_info(key: &RsaKey) -> Result<Vec<u8>, VirtualCardError> {
    Ok(der::sequence(&[
        &der::sequence(&[&der::oid(RSA_ENCRYPTION.as_bytes()), &der::null()]),
        &der::bits(&key.public_der()?),
    ]))
}

const fn ecdsa_with(hash: HashAlgorithm) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(match hash {
        HashAlgorithm::Sha1 => "1.2.840.10045.4.1",
        HashAlgorithm::Sha224 => "1.2.840.10045.4.3.1",
        HashAlgorithm::Sha384 => "1.2.840.10045.4.3.3",
        HashAlgorithm::Sha512 => "1.2.840.10045.4.3.4",
        _ => "1.2.840.10045.4.3.2",
    })
}

const fn pkcs1_with(hash: HashAlgorithm) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(match hash {
        HashAlgorithm::Sha1 => "1.2.840.113549.1.1.5",
        HashAlgorithm::Sha224 => "1.2.840.113549.1.1.14",
        HashAlgorithm::Sha384 => "1.2.840.113549.1.1.12",
        HashAlgorithm::Sha512 => "1.2.840.113549.1.1.13",
        _ => "1.2.840.113549.1.1.11",
    })
}
