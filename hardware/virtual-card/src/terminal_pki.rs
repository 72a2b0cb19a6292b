//! The authorities that say which terminals may read the guarded data groups, and what a chip keeps of them.
//!
//! Doc 9303-12, 7.2.2 and 7.2.3 (card verifiable certificates); Doc 9303-11, 7.1.4.3 (trust points, current date).

use crate::algorithm::SigningAlgorithm;
use crate::error::VirtualCardError;
use crate::explicit_parameters;
use crate::rsa_key::RsaKey;
use chipid_emrtd::asn1;
use chipid_emrtd::crypto::ec::{Curve, Secret};
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv::{encode, encode_all};
use core::fmt;
use rand_core::CryptoRng;

/// `id-TA` (0.4.0.127.0.7.2.2.2), the value bytes.
const ID_TA: [u8; 8] = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02];
/// `id-IS` (0.4.0.127.0.7.3.1.2.1), the value bytes.
const ID_IS: [u8; 9] = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x03, 0x01, 0x02, 0x01];

/// What a chip knows of the world of terminals: the roots that it trusts, and the day that it believes in.
#[derive(Clone, Debug)]
pub struct TerminalTrust {
    pub(crate) roots: Vec<Vec<u8>>,
    pub(crate) today: Date,
}

impl TerminalTrust {
    /// A chip personalised on `today` with these certificates of roots (7F21), the current one first, two at most.
    #[must_use]
    pub fn new(roots: &[&[u8]], today: Date) -> Self {
        Self {
            roots: roots.iter().take(2).map(|root| root.to_vec()).collect(),
            today,
        }
    }
}

/// Role and rights of a certificate's holder, as the byte of the authorisation template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant(pub u8);

impl Grant {
    /// A root with both rights.
    pub const CVCA: Self = Self(0xC3);
    /// A domestic document verifier with both rights.
    pub const VERIFIER: Self = Self(0x83);
    /// A foreign document verifier with both rights.
    pub const FOREIGN_VERIFIER: Self = Self(0x43);
    /// A terminal that may read fingers (DG3) and irises (DG4).
    pub const TERMINAL: Self = Self(0x03);
    /// A terminal that may read fingers alone.
    pub const TERMINAL_FINGERS: Self = Self(0x01);
}

/// Whoever holds a card verifiable certificate and its private key: a root, a document verifier, a terminal. Test keys.
#[derive(Clone)]
pub struct CertificateHolder {
    name: Vec<u8>,
    algorithm: SigningAlgorithm,
    key: Key,
    certificate: Vec<u8>,
}

#[derive(Clone)]
enum Key {
    Ec(Secret),
    Rsa(RsaKey),
}

/// What a certificate says.
#[derive(Clone, Copy, Debug)]
pub struct CertificateTerms<'a> {
    /// The holder's reference, as in `UTTESTCVCA00001`.
    pub holder: &'a str,
    /// Role and rights.
    pub grant: Grant,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl fmt::Debug for CertificateHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "CertificateHolder({})",
            String::from_utf8_lossy(&self.name)
        )
    }
}

impl CertificateHolder {
    /// A root with a certificate that it signed itself.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn root<R: CryptoRng + ?Sized>(
        terms: CertificateTerms<'_>,
        algorithm: SigningAlgorithm,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        let mut root = Self::unsigned(terms.holder, algorithm, rng)?;
        let body = body(&root.name, &root, terms, true)?;
        root.certificate = root.certified(&body, rng)?;
        Ok(root)
    }

    /// Certifies a new key: of a verifier under a root, of a terminal under a verifier, or of the next root (a link).
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn issue<R: CryptoRng + ?Sized>(
        &self,
        terms: CertificateTerms<'_>,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        let mut holder = Self::unsigned(terms.holder, self.algorithm, rng)?;
        let with_parameters = terms.grant.0 >> 6 == 3;
        let body = body(&self.name, &holder, terms, with_parameters)?;
        holder.certificate = self.certified(&body, rng)?;
        Ok(holder)
    }

    /// The same holder with a certificate of `terms` that another signed: for forgeries.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn recertified<R: CryptoRng + ?Sized>(
        &self,
        authority_name: &str,
        signed_by: &Self,
        terms: CertificateTerms<'_>,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        let body = body(
            authority_name.as_bytes(),
            self,
            terms,
            terms.grant.0 >> 6 == 3,
        )?;
        Ok(Self {
            certificate: signed_by.certified(&body, rng)?,
            name: terms.holder.as_bytes().to_vec(),
            ..self.clone()
        })
    }

    /// The certificate (7F21).
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// Signs a message in the way that the certificate names.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn sign<R: CryptoRng + ?Sized>(
        &self,
        message: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        match (&self.key, self.algorithm) {
            (Key::Ec(secret), SigningAlgorithm::Ecdsa { hash, .. }) => secret
                .curve()
                .ecdsa_sign(secret, &hash.digest(message), rng)
                .map_err(|_| VirtualCardError::Key),
            (Key::Rsa(key), SigningAlgorithm::RsaPss { hash, .. }) => {
                key.sign_pss(hash, message, rng)
            }
            (Key::Rsa(key), SigningAlgorithm::RsaPkcs1 { hash, .. }) => {
                key.sign_pkcs1(hash, message, rng)
            }
            _ => Err(VirtualCardError::Key),
        }
    }

    fn unsigned<R: CryptoRng + ?Sized>(
        name: &str,
        algorithm: SigningAlgorithm,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        Ok(Self {
            name: name.as_bytes().to_vec(),
            algorithm,
            key: match algorithm {
                SigningAlgorithm::Ecdsa { curve, .. } => Key::Ec(curve.generate_secret(rng)),
                SigningAlgorithm::RsaPkcs1 { bits, .. } | SigningAlgorithm::RsaPss { bits, .. } => {
                    Key::Rsa(RsaKey::generate(bits, rng)?)
                }
            },
            certificate: Vec::new(),
        })
    }

    fn certified<R: CryptoRng + ?Sized>(
        &self,
        body: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let signature = encode(0x5F37, &self.sign(body, rng)?);
        Ok(encode_all(0x7F21, &[body, &signature]))
    }

    /// 7F49
    fn public_key(&self, with_parameters: bool) -> Result<Vec<u8>, VirtualCardError> {
        let mut oid = ID_TA.to_vec();
        oid.extend(algorithm_arcs(self.algorithm).ok_or(VirtualCardError::Key)?);
        let mut objects = encode(0x06, &oid);
        match &self.key {
            Key::Rsa(key) => {
                let der = key.public_der()?;
                let (modulus, exponent) = numbers_of_rsa(&der).ok_or(VirtualCardError::Key)?;
                objects.extend(encode(0x81, &modulus));
                objects.extend(encode(0x82, &exponent));
            }
            Key::Ec(secret) => {
                let point = secret.public().map_err(|_| VirtualCardError::Key)?;
                let cofactor = if with_parameters {
                    objects.extend(parameters(secret.curve()).ok_or(VirtualCardError::Key)?);
                    encode(0x87, &[1])
                } else {
                    Vec::new()
                };
                objects.extend(encode(0x86, point.as_sec1()));
                objects.extend(cofactor);
            }
        }
        Ok(encode(0x7F49, &objects))
    }
}

fn body(
    authority: &[u8],
    holder: &CertificateHolder,
    terms: CertificateTerms<'_>,
    with_parameters: bool,
) -> Result<Vec<u8>, VirtualCardError> {
    let template = [encode(0x06, &ID_IS), encode(0x53, &[terms.grant.0])].concat();
    Ok(encode_all(
        0x7F4E,
        &[
            &encode(0x5F29, &[0]),
            &encode(0x42, authority),
            &holder.public_key(with_parameters)?,
            &encode(0x5F20, terms.holder.as_bytes()),
            &encode(0x7F4C, &template),
            &encode(0x5F25, &digits(terms.from)),
            &encode(0x5F24, &digits(terms.to)),
        ],
    ))
}

/// YYMMDD, a digit a byte.
fn digits(date: Date) -> [u8; 6] {
    let year = (date.year() % 100) as u8;
    [
        year / 10,
        year % 10,
        date.month() / 10,
        date.month() % 10,
        date.day() / 10,
        date.day() % 10,
    ]
}

const fn algorithm_arcs(algorithm: SigningAlgorithm) -> Option<[u8; 2]> {
    Some(match algorithm {
        SigningAlgorithm::RsaPkcs1 { hash, .. } => match hash {
            HashAlgorithm::Sha1 => [1, 1],
            HashAlgorithm::Sha256 => [1, 2],
            HashAlgorithm::Sha512 => [1, 5],
            _ => return None,
        },
        SigningAlgorithm::RsaPss { hash, .. } => match hash {
            HashAlgorithm::Sha1 => [1, 3],
            HashAlgorithm::Sha256 => [1, 4],
            HashAlgorithm::Sha512 => [1, 6],
            _ => return None,
        },
        SigningAlgorithm::Ecdsa { hash, .. } => match hash {
            HashAlgorithm::Sha1 => [2, 1],
            HashAlgorithm::Sha224 => [2, 2],
            HashAlgorithm::Sha256 => [2, 3],
            HashAlgorithm::Sha384 => [2, 4],
            HashAlgorithm::Sha512 => [2, 5],
            _ => return None,
        },
    })
}

fn numbers_of_rsa(der: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut reader = asn1::only(der, asn1::SEQUENCE).ok()?.children().ok()?;
    let modulus = reader.expect(asn1::INTEGER).ok()?.unsigned().ok()?;
    let exponent = reader.expect(asn1::INTEGER).ok()?.unsigned().ok()?;
    Some((modulus.to_vec(), exponent.to_vec()))
}

/// p, a, b, G, r as the data objects 81 to 85, from the curve's `ECParameters`.
fn parameters(curve: Curve) -> Option<Vec<u8>> {
    let der = hex::decode(explicit_parameters::explicit(curve)?).ok()?;
    let mut reader = asn1::only(&der, asn1::SEQUENCE).ok()?.children().ok()?;
    reader.expect(asn1::INTEGER).ok()?;
    let mut field = reader.expect(asn1::SEQUENCE).ok()?.children().ok()?;
    field.expect(asn1::OBJECT_IDENTIFIER).ok()?;
    let p = field.expect(asn1::INTEGER).ok()?.unsigned().ok()?;
    let mut coefficients = reader.expect(asn1::SEQUENCE).ok()?.children().ok()?;
    let a = coefficients.expect(asn1::OCTET_STRING).ok()?.value;
    let b = coefficients.expect(asn1::OCTET_STRING).ok()?.value;
    let base = reader.expect(asn1::OCTET_STRING).ok()?.value;
    let order = reader.expect(asn1::INTEGER).ok()?.unsigned().ok()?;
    Some(
        [
            encode(0x81, p),
            encode(0x82, a),
            encode(0x83, b),
            encode(0x84, base),
            encode(0x85, order),
        ]
        .concat(),
    )
}
