//! Public keys in card verifiable certificates.
//!
//! Doc 9303-12, 7.2.3.2 (data objects); Doc 9303-11, 7.1.4.1 and 7.1.4.2 (algorithms); BSI TR-03110-3, A.7.3 (the older
//! RSA algorithms, which first-generation certificates have).

use crate::crypto::ec::Curve;
use crate::crypto::ec::parameters::ParameterForm;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::rsa::RsaPublicKey;
use crate::crypto::signature::{PublicKey, SignatureAlgorithm};
use crate::oid;
use crate::tlv::Tlv;
use alloc::vec::Vec;
use der::asn1::ObjectIdentifier;

/// A public key as a certificate writes it. One on a curve may leave the curve to its authority's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalPublicKey {
    algorithm: SignatureAlgorithm,
    numbers: Numbers,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Numbers {
    Rsa(RsaPublicKey),
    Ec {
        /// `None` where no domain parameters are written.
        curve: Option<Curve>,
        point: Vec<u8>,
    },
}

/// A public key with everything that verifying takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalKey {
    algorithm: SignatureAlgorithm,
    key: PublicKey,
}

impl TerminalPublicKey {
    /// `7F49 { 06 algorithm, 81 modulus, 82 exponent }` or
    /// `7F49 { 06 algorithm, 81 p, 82 a, 83 b, 84 G, 85 r, 86 point, 87 cofactor }`, of which all but the point may be
    /// absent. `None` for another algorithm, another order, or numbers that are those of no known curve.
    pub(super) fn parse(object: &Tlv<'_>) -> Option<Self> {
        let mut reader = object.children();
        let algorithm = algorithm(reader.expect(0x06).ok()?.value)?;
        let numbers = if matches!(algorithm, SignatureAlgorithm::EcdsaPlain { .. }) {
            let curve = match reader.take_if(0x81) {
                None => None,
                Some(p) => {
                    let a = reader.expect(0x82).ok()?.value;
                    let b = reader.expect(0x83).ok()?.value;
                    let base = reader.expect(0x84).ok()?.value;
                    let order = reader.expect(0x85).ok()?.value;
                    Some(Curve::from_numbers(p.value, a, b, base, order)?)
                }
            };
            let point = reader.expect(0x86).ok()?.value.to_vec();
            if let Some(cofactor) = reader.take_if(0x87)
                && cofactor.value != [1]
            {
                return None;
            }
            if let Some(curve) = curve {
                curve.point(&point).ok()?;
            }
            Numbers::Ec { curve, point }
        } else {
            let modulus = reader.expect(0x81).ok()?.value;
            let exponent = reader.expect(0x82).ok()?.value;
            Numbers::Rsa(RsaPublicKey::new(modulus, exponent).ok()?)
        };
        reader.finish().ok()?;
        Some(Self { algorithm, numbers })
    }

    /// How the holder signs.
    #[must_use]
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The curve, where the certificate writes it.
    #[must_use]
    pub const fn curve(&self) -> Option<Curve> {
        match self.numbers {
            Numbers::Ec { curve, .. } => curve,
            Numbers::Rsa(_) => None,
        }
    }

    /// The whole key. `inherited`: the curve of the authority's key, for one that writes none. `None` where a curve is
    /// needed and neither is there, or the point does not lie on it.
    #[must_use]
    pub fn with_curve(&self, inherited: Option<Curve>) -> Option<TerminalKey> {
        let key = match &self.numbers {
            Numbers::Rsa(key) => PublicKey::Rsa(key.clone()),
            Numbers::Ec { curve, point } => {
                let form = match curve {
                    Some(_) => ParameterForm::Explicit,
                    None => ParameterForm::Named,
                };
                let curve = curve.or(inherited)?;
                curve.point(point).ok()?;
                PublicKey::Ec {
                    curve,
                    point: point.clone(),
                    form,
                }
            }
        };
        Some(TerminalKey {
            algorithm: self.algorithm,
            key,
        })
    }
}

impl TerminalKey {
    /// The curve, where it is on one.
    #[must_use]
    pub const fn curve(&self) -> Option<Curve> {
        match self.key {
            PublicKey::Ec { curve, .. } => Some(curve),
            _ => None,
        }
    }

    /// Whether `signature` signs `message` by the key's own algorithm and in its own form.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        use crate::crypto::signature::Outcome;
        self.key.verify(self.algorithm, message, signature) == Outcome::Valid
    }
}

/// `id-TA-RSA-v1-5-SHA-…`, `id-TA-RSA-PSS-SHA-…`, `id-TA-ECDSA-SHA-…` (0.4.0.127.0.7.2.2.2.k.n).
fn algorithm(value: &[u8]) -> Option<SignatureAlgorithm> {
    use HashAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    let oid = ObjectIdentifier::from_bytes(value).ok()?;
    let pss = |hash: HashAlgorithm| SignatureAlgorithm::RsaPss {
        hash,
        mgf: hash,
        salt_len: hash.output_len(),
    };
    Some(
        match oid::arcs_below(&oid, &oid::TERMINAL_AUTHENTICATION)? {
            [1, 1] => SignatureAlgorithm::RsaPkcs1 { hash: Sha1 },
            [1, 2] => SignatureAlgorithm::RsaPkcs1 { hash: Sha256 },
            [1, 3] => pss(Sha1),
            [1, 4] => pss(Sha256),
            [1, 5] => SignatureAlgorithm::RsaPkcs1 { hash: Sha512 },
            [1, 6] => pss(Sha512),
            [2, 1] => SignatureAlgorithm::EcdsaPlain { hash: Sha1 },
            [2, 2] => SignatureAlgorithm::EcdsaPlain { hash: Sha224 },
            [2, 3] => SignatureAlgorithm::EcdsaPlain { hash: Sha256 },
            [2, 4] => SignatureAlgorithm::EcdsaPlain { hash: Sha384 },
            [2, 5] => SignatureAlgorithm::EcdsaPlain { hash: Sha512 },
            _ => return None,
        },
    )
}
