//! Public keys and signature algorithms as certificates and signed objects name them.
//!
//! Doc 9303-12, 4.1.6; RFC 5280, 4.1.2.7 (`SubjectPublicKeyInfo`); RFC 3279, RFC 4055, RFC 5758 (algorithm identifiers);
//! BSI TR-03111, 5.2 (plain ECDSA signatures).
//!
//! An algorithm is always taken from the structure whose signature is verified, never from the signer's certificate:
//! real issuers sign the two differently (deviations rows 55 and 56). Which algorithm a key may be used with is decided
//! by the key's own type.

use super::ec::Curve;
use super::ec::parameters::ParameterForm;
use super::hash::HashAlgorithm;
use super::rsa::{RsaKeyError, RsaPublicKey};
use crate::asn1::{
    Asn1Error, BIT_STRING, Element, INTEGER, NULL, OBJECT_IDENTIFIER, Problem, SEQUENCE, context,
    only,
};
use alloc::vec::Vec;
use core::fmt;
use der::asn1::ObjectIdentifier;

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

const RSA_ENCRYPTION: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSASSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = oid("1.2.840.113549.1.1.8");
const EC_PUBLIC_KEY: ObjectIdentifier = oid("1.2.840.10045.2.1");

const PKCS1_WITH: [(ObjectIdentifier, HashAlgorithm); 6] = [
    (oid("1.2.840.113549.1.1.11"), HashAlgorithm::Sha256),
    (oid("1.2.840.113549.1.1.5"), HashAlgorithm::Sha1),
    (oid("1.3.14.3.2.29"), HashAlgorithm::Sha1),
    (oid("1.2.840.113549.1.1.14"), HashAlgorithm::Sha224),
    (oid("1.2.840.113549.1.1.12"), HashAlgorithm::Sha384),
    (oid("1.2.840.113549.1.1.13"), HashAlgorithm::Sha512),
];
const ECDSA_WITH: [(ObjectIdentifier, HashAlgorithm); 5] = [
    (oid("1.2.840.10045.4.3.2"), HashAlgorithm::Sha256),
    (oid("1.2.840.10045.4.1"), HashAlgorithm::Sha1),
    (oid("1.2.840.10045.4.3.1"), HashAlgorithm::Sha224),
    (oid("1.2.840.10045.4.3.3"), HashAlgorithm::Sha384),
    (oid("1.2.840.10045.4.3.4"), HashAlgorithm::Sha512),
];
const ECDSA_PLAIN_WITH: [(ObjectIdentifier, HashAlgorithm); 5] = [
    (oid("0.4.0.127.0.7.1.1.4.1.3"), HashAlgorithm::Sha256),
    (oid("0.4.0.127.0.7.1.1.4.1.1"), HashAlgorithm::Sha1),
    (oid("0.4.0.127.0.7.1.1.4.1.2"), HashAlgorithm::Sha224),
    (oid("0.4.0.127.0.7.1.1.4.1.4"), HashAlgorithm::Sha384),
    (oid("0.4.0.127.0.7.1.1.4.1.5"), HashAlgorithm::Sha512),
];

/// Why a key or an algorithm cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AlgorithmError {
    /// Not the encoding of one.
    Encoding(Asn1Error),
    /// An RSA key out of bounds.
    Rsa(RsaKeyError),
    /// A kind of key that Doc 9303 does not know.
    UnknownKey,
    /// A curve that is none of the nine, or explicit parameters that match none of them.
    UnknownCurve,
    /// A public point that is not written out as `04 x y`.
    Point,
    /// A signature or hash algorithm that Doc 9303 does not know.
    UnknownAlgorithm,
}

impl From<Asn1Error> for AlgorithmError {
    fn from(error: Asn1Error) -> Self {
        Self::Encoding(error)
    }
}

impl fmt::Display for AlgorithmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(error) => error.fmt(f),
            Self::Rsa(error) => error.fmt(f),
            Self::UnknownKey => f.write_str("an unknown kind of public key"),
            Self::UnknownCurve => f.write_str("an unknown curve or unknown domain parameters"),
            Self::Point => f.write_str("a public point of unknown form"),
            Self::UnknownAlgorithm => f.write_str("an unknown signature or hash algorithm"),
        }
    }
}

impl core::error::Error for AlgorithmError {}

/// A public key that verifies signatures. Two are the same where every signature of one is one of the other: how they
/// name their curve plays no part.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PublicKey {
    /// RSA.
    Rsa(RsaPublicKey),
    /// A point of a known curve.
    Ec {
        /// The curve.
        curve: Curve,
        /// The point, `04 x y`. Whether it lies on the curve is checked when a signature is verified.
        point: Vec<u8>,
        /// How the key named its curve.
        form: ParameterForm,
    },
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rsa(one), Self::Rsa(other)) => one == other,
            (
                Self::Ec { curve, point, .. },
                Self::Ec {
                    curve: other_curve,
                    point: other_point,
                    ..
                },
            ) => curve == other_curve && point == other_point,
            _ => false,
        }
    }
}

impl Eq for PublicKey {}

/// How a signature fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It does not verify.
    Invalid,
    /// It verifies.
    Valid,
    /// It verifies, and its two numbers are written in the other of the two ECDSA forms (deviations row 60).
    ValidInOtherForm,
}

impl Outcome {
    /// Whether the signature verifies.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Valid | Self::ValidInOtherForm)
    }

    const fn of(holds: bool) -> Self {
        if holds { Self::Valid } else { Self::Invalid }
    }
}

impl PublicKey {
    /// Reads `SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }`.
    ///
    /// # Errors
    /// [`AlgorithmError`].
    pub fn from_spki(der: &[u8]) -> Result<Self, AlgorithmError> {
        Self::from_spki_element(&only(der, SEQUENCE)?)
    }

    pub(crate) fn from_spki_element(spki: &Element<'_>) -> Result<Self, AlgorithmError> {
        let mut reader = spki.children()?;
        let mut algorithm = reader.expect(SEQUENCE)?.children()?;
        let kind = algorithm.expect(OBJECT_IDENTIFIER)?;
        let key = reader.expect(BIT_STRING)?.bit_string()?;
        reader.finish()?;
        if kind.value == EC_PUBLIC_KEY.as_bytes() {
            let parameters = algorithm.read()?;
            algorithm.finish()?;
            let (curve, form) =
                Curve::from_parameters(&parameters)?.ok_or(AlgorithmError::UnknownCurve)?;
            let whole = curve.field_len().saturating_mul(2).saturating_add(1);
            if key.first() != Some(&0x04) || key.len() != whole {
                return Err(AlgorithmError::Point);
            }
            Ok(Self::Ec {
                curve,
                point: key.to_vec(),
                form,
            })
        } else if [RSA_ENCRYPTION, RSASSA_PSS]
            .iter()
            .any(|o| o.as_bytes() == kind.value)
        {
            RsaPublicKey::from_der(key)
                .map(Self::Rsa)
                .map_err(AlgorithmError::Rsa)
        } else {
            Err(AlgorithmError::UnknownKey)
        }
    }

    /// Whether `signature` signs `message` under this key by `algorithm`.
    #[must_use]
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Outcome {
        match (self, algorithm) {
            (Self::Rsa(key), SignatureAlgorithm::RsaPkcs1 { hash }) => {
                Outcome::of(key.verify_pkcs1(hash, message, signature))
            }
            (
                Self::Rsa(key),
                SignatureAlgorithm::RsaPss {
                    hash,
                    mgf,
                    salt_len,
                },
            ) => Outcome::of(key.verify_pss(hash, mgf, salt_len, message, signature)),
            (Self::Ec { curve, point, .. }, SignatureAlgorithm::Ecdsa { hash }) => {
                ecdsa(*curve, point, hash, message, signature, false)
            }
            (Self::Ec { curve, point, .. }, SignatureAlgorithm::EcdsaPlain { hash }) => {
                ecdsa(*curve, point, hash, message, signature, true)
            }
            _ => Outcome::Invalid,
        }
    }

    /// Whether the key is too short for today: RSA under 2048 bits. (Every curve here has at least 224.)
    #[must_use]
    pub fn is_weak(&self) -> bool {
        match self {
            Self::Rsa(key) => key.is_weak(),
            Self::Ec { .. } => false,
        }
    }

    /// As a person reads it: `rsa-2048`, `brainpoolP256r1`.
    #[must_use]
    pub fn name(&self) -> alloc::string::String {
        match self {
            Self::Rsa(key) => alloc::format!("rsa-{}", key.bits()),
            Self::Ec { curve, .. } => curve.name().into(),
        }
    }
}

/// A signature algorithm with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1 {
        /// Over the message.
        hash: HashAlgorithm,
    },
    /// RSASSA-PSS with MGF1.
    RsaPss {
        /// Over the message.
        hash: HashAlgorithm,
        /// Inside the mask generation.
        mgf: HashAlgorithm,
        /// Bytes of salt.
        salt_len: usize,
    },
    /// ECDSA, the signature a SEQUENCE of two INTEGERs.
    Ecdsa {
        /// Over the message.
        hash: HashAlgorithm,
    },
    /// ECDSA, the signature two numbers of fixed length one behind the other.
    EcdsaPlain {
        /// Over the message.
        hash: HashAlgorithm,
    },
}

impl SignatureAlgorithm {
    /// Reads an `AlgorithmIdentifier`. `digest` is the hash named beside it: some issuers write only the kind of key
    /// there (deviations row 57).
    ///
    /// # Errors
    /// [`AlgorithmError`].
    pub fn from_identifier(
        identifier: &Element<'_>,
        digest: Option<HashAlgorithm>,
    ) -> Result<Self, AlgorithmError> {
        let mut reader = identifier.children()?;
        let kind = reader.expect(OBJECT_IDENTIFIER)?.value;
        let parameters = if reader.is_empty() {
            None
        } else {
            Some(reader.read()?)
        };
        reader.finish()?;
        let named = |list: &[(ObjectIdentifier, HashAlgorithm)]| {
            list.iter()
                .find(|(o, _)| o.as_bytes() == kind)
                .map(|(_, hash)| *hash)
        };
        // Whatever stands as parameters of the others is not looked at: NULL, nothing, and for ECDSA even the curve's
        // are all in use (rows 83 and 84), and none changes how the signature is verified.
        if let Some(hash) = named(&ECDSA_WITH) {
            Ok(Self::Ecdsa { hash })
        } else if let Some(hash) = named(&PKCS1_WITH) {
            Ok(Self::RsaPkcs1 { hash })
        } else if let Some(hash) = named(&ECDSA_PLAIN_WITH) {
            Ok(Self::EcdsaPlain { hash })
        } else if kind == RSASSA_PSS.as_bytes() {
            pss(parameters.as_ref())
        } else {
            let hash = digest.ok_or(AlgorithmError::UnknownAlgorithm)?;
            if kind == RSA_ENCRYPTION.as_bytes() {
                Ok(Self::RsaPkcs1 { hash })
            } else if kind == EC_PUBLIC_KEY.as_bytes() {
                Ok(Self::Ecdsa { hash })
            } else {
                Err(AlgorithmError::UnknownAlgorithm)
            }
        }
    }

    /// The hash over the message.
    #[must_use]
    pub const fn hash(self) -> HashAlgorithm {
        match self {
            Self::RsaPkcs1 { hash }
            | Self::RsaPss { hash, .. }
            | Self::Ecdsa { hash }
            | Self::EcdsaPlain { hash } => hash,
        }
    }

    /// Whether it rests on SHA-1.
    #[must_use]
    pub const fn is_weak(self) -> bool {
        matches!(self.hash(), HashAlgorithm::Sha1)
    }

    /// `ecdsa-sha256`, `rsa-pkcs1-sha256`, `rsa-pss-sha256`, `ecdsa-plain-sha256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        use HashAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
        match (self, self.hash()) {
            (Self::RsaPkcs1 { .. }, Sha1) => "rsa-pkcs1-sha1",
            (Self::RsaPkcs1 { .. }, Sha224) => "rsa-pkcs1-sha224",
            (Self::RsaPkcs1 { .. }, Sha256) => "rsa-pkcs1-sha256",
            (Self::RsaPkcs1 { .. }, Sha384) => "rsa-pkcs1-sha384",
            (Self::RsaPkcs1 { .. }, Sha512) => "rsa-pkcs1-sha512",
            (Self::RsaPss { .. }, Sha1) => "rsa-pss-sha1",
            (Self::RsaPss { .. }, Sha224) => "rsa-pss-sha224",
            (Self::RsaPss { .. }, Sha256) => "rsa-pss-sha256",
            (Self::RsaPss { .. }, Sha384) => "rsa-pss-sha384",
            (Self::RsaPss { .. }, Sha512) => "rsa-pss-sha512",
            (Self::Ecdsa { .. }, Sha1) => "ecdsa-sha1",
            (Self::Ecdsa { .. }, Sha224) => "ecdsa-sha224",
            (Self::Ecdsa { .. }, Sha256) => "ecdsa-sha256",
            (Self::Ecdsa { .. }, Sha384) => "ecdsa-sha384",
            (Self::Ecdsa { .. }, Sha512) => "ecdsa-sha512",
            (Self::EcdsaPlain { .. }, Sha1) => "ecdsa-plain-sha1",
            (Self::EcdsaPlain { .. }, Sha224) => "ecdsa-plain-sha224",
            (Self::EcdsaPlain { .. }, Sha256) => "ecdsa-plain-sha256",
            (Self::EcdsaPlain { .. }, Sha384) => "ecdsa-plain-sha384",
            (Self::EcdsaPlain { .. }, Sha512) => "ecdsa-plain-sha512",
        }
    }
}

impl HashAlgorithm {
    /// Reads the `AlgorithmIdentifier` of a hash function, with NULL parameters or none (deviations row 62).
    ///
    /// # Errors
    /// [`AlgorithmError`].
    pub fn from_identifier(identifier: &Element<'_>) -> Result<Self, AlgorithmError> {
        let mut reader = identifier.children()?;
        let kind = reader.expect(OBJECT_IDENTIFIER)?.value;
        reader.take_if(NULL)?;
        reader.finish()?;
        Self::ALL
            .into_iter()
            .find(|hash| hash.oid().as_bytes() == kind)
            .ok_or(AlgorithmError::UnknownAlgorithm)
    }
}

/// ```text
/// RSASSA-PSS-params ::= SEQUENCE {
///   hashAlgorithm    [0] HashAlgorithm     DEFAULT sha1,
///   maskGenAlgorithm [1] MaskGenAlgorithm  DEFAULT mgf1SHA1,
///   saltLength       [2] INTEGER           DEFAULT 20,
///   trailerField     [3] INTEGER           DEFAULT 1 }
/// ```
/// The DEFAULTs are in use (deviations row 81).
fn pss(parameters: Option<&Element<'_>>) -> Result<SignatureAlgorithm, AlgorithmError> {
    let mut hash = HashAlgorithm::Sha1;
    let mut mgf = HashAlgorithm::Sha1;
    let mut salt_len = 20;
    if let Some(parameters) = parameters {
        if parameters.tag != SEQUENCE {
            return Err(parameters
                .error(Problem::UnexpectedTag {
                    found: parameters.tag,
                    expected: SEQUENCE,
                })
                .into());
        }
        let mut reader = parameters.children()?;
        if let Some(field) = reader.take_if(context(0))? {
            hash = HashAlgorithm::from_identifier(&field.children()?.expect(SEQUENCE)?)?;
        }
        if let Some(field) = reader.take_if(context(1))? {
            let mut inner = field.children()?.expect(SEQUENCE)?.children()?;
            if inner.expect(OBJECT_IDENTIFIER)?.value != MGF1.as_bytes() {
                return Err(AlgorithmError::UnknownAlgorithm);
            }
            if let Some(of) = inner.take_if(SEQUENCE)? {
                mgf = HashAlgorithm::from_identifier(&of)?;
            }
            inner.finish()?;
        }
        if let Some(field) = reader.take_if(context(2))? {
            let salt = field.children()?.expect(INTEGER)?;
            salt_len = usize::try_from(salt.small()?).map_err(|_| salt.error(Problem::Value))?;
        }
        if let Some(field) = reader.take_if(context(3))?
            && field.children()?.expect(INTEGER)?.small()? != 1
        {
            return Err(AlgorithmError::UnknownAlgorithm);
        }
        reader.finish()?;
    }
    Ok(SignatureAlgorithm::RsaPss {
        hash,
        mgf,
        salt_len,
    })
}

fn ecdsa(
    curve: Curve,
    point: &[u8],
    hash: HashAlgorithm,
    message: &[u8],
    signature: &[u8],
    plain: bool,
) -> Outcome {
    let prehash = hash.digest(message);
    let numbers = [
        (two_integers(signature), !plain),
        (halves(curve, signature), plain),
    ];
    for (numbers, announced) in numbers {
        if let Some((r, s)) = numbers
            && curve.ecdsa_verify(point, &prehash, r, s)
        {
            return if announced {
                Outcome::Valid
            } else {
                Outcome::ValidInOtherForm
            };
        }
    }
    Outcome::Invalid
}

/// `SEQUENCE { r INTEGER, s INTEGER }`; leading zeros may be too many or missing (deviations row 61).
fn two_integers(signature: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = only(signature, SEQUENCE).ok()?.children().ok()?;
    let r = reader.expect(INTEGER).ok()?;
    let s = reader.expect(INTEGER).ok()?;
    reader.finish().ok()?;
    Some((r.value, s.value))
}

fn halves(curve: Curve, signature: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = curve.field_len();
    (signature.len() == len.checked_mul(2)?)
        .then(|| signature.split_at_checked(len))
        .flatten()
}
