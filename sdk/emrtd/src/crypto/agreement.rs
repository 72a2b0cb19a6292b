//! Key agreement in one interface: on an elliptic curve or modulo a prime.
//!
//! Doc 9303-11, 9.5 (domain parameters), 9.6 (key agreement) and 9.4 (how public keys are written). PACE and Chip
//! Authentication are the same protocols over both, so they are written once over this.

use super::dh::{self, DhError, Group};
use super::ec::{self, Curve, EcError};
use super::hash::HashAlgorithm;
use alloc::vec::Vec;
use core::fmt;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// The group in which keys are agreed: one of the standardised domain parameters, two of them apart, which
/// [are refused](refused_name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DomainParameters {
    /// Modulo a prime.
    Dh(Group),
    /// On an elliptic curve.
    Ecdh(Curve),
}

impl From<Group> for DomainParameters {
    fn from(group: Group) -> Self {
        Self::Dh(group)
    }
}

impl From<Curve> for DomainParameters {
    fn from(curve: Curve) -> Self {
        Self::Ecdh(curve)
    }
}

/// Why a key agreement cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgreementError {
    /// On a curve.
    Ec(EcError),
    /// Modulo a prime.
    Dh(DhError),
    /// A curve with a group modulo a prime.
    Mixed,
}

impl From<EcError> for AgreementError {
    fn from(error: EcError) -> Self {
        Self::Ec(error)
    }
}

impl From<DhError> for AgreementError {
    fn from(error: DhError) -> Self {
        Self::Dh(error)
    }
}

impl fmt::Display for AgreementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ec(error) => error.fmt(f),
            Self::Dh(error) => error.fmt(f),
            Self::Mixed => f.write_str("operands of different kinds of groups"),
        }
    }
}

impl core::error::Error for AgreementError {}

/// The name of standardised domain parameters that chipid refuses: the two curves of 192 bits (80 bits of security by
/// the most generous count, and withdrawn by NIST SP 800-186).
#[must_use]
pub const fn refused_name(standardized_id: u8) -> Option<&'static str> {
    match standardized_id {
        8 => Some("P-192"),
        9 => Some("brainpoolP192r1"),
        _ => None,
    }
}

impl DomainParameters {
    /// Every group, those modulo a prime first, in the order of their identifiers.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).filter_map(Self::from_standardized_id)
    }

    /// The name of the group: `modp-2048-256`, `brainpoolP256r1`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dh(group) => group.name(),
            Self::Ecdh(curve) => curve.name(),
        }
    }

    /// Bits of the prime.
    #[must_use]
    pub const fn bits(self) -> usize {
        match self {
            Self::Dh(group) => group.bits(),
            Self::Ecdh(curve) => curve.bits(),
        }
    }

    /// Bits of security (NIST SP 800-57-1, table 2).
    #[must_use]
    pub const fn strength(self) -> usize {
        match self {
            Self::Dh(Group::Modp1024Order160) => 80,
            Self::Dh(_) => 112,
            Self::Ecdh(curve) => curve.bits() >> 1,
        }
    }

    /// The identifier among the standardised domain parameters (Doc 9303-11, table 12).
    #[must_use]
    pub const fn standardized_id(self) -> u8 {
        match self {
            Self::Dh(group) => group.standardized_id(),
            Self::Ecdh(curve) => curve.standardized_id(),
        }
    }

    /// The group with this identifier among the standardised domain parameters.
    #[must_use]
    pub fn from_standardized_id(id: u8) -> Option<Self> {
        Group::from_standardized_id(id)
            .map(Self::Dh)
            .or_else(|| Curve::from_standardized_id(id).map(Self::Ecdh))
    }

    /// The curve, where it is one.
    #[must_use]
    pub const fn curve(self) -> Option<Curve> {
        match self {
            Self::Ecdh(curve) => Some(curve),
            Self::Dh(_) => None,
        }
    }

    /// A public key from how it is written: an uncompressed point, or a number. Checked to lie in the group.
    ///
    /// # Errors
    /// [`AgreementError`].
    pub fn public_key(self, bytes: &[u8]) -> Result<PublicKey, AgreementError> {
        Ok(match self {
            Self::Dh(group) => PublicKey::Dh(group.element(bytes)?),
            Self::Ecdh(curve) => PublicKey::Ecdh(curve.point(bytes)?),
        })
    }

    /// A fresh secret, uniform between 1 and the order less one.
    #[must_use]
    pub fn generate_secret<R: CryptoRng + ?Sized>(self, rng: &mut R) -> SecretKey {
        match self {
            Self::Dh(group) => SecretKey::Dh(group.generate_secret(rng)),
            Self::Ecdh(curve) => SecretKey::Ecdh(curve.generate_secret(rng)),
        }
    }

    /// A secret from its big-endian bytes (leading zeros may be missing).
    ///
    /// # Errors
    /// [`AgreementError`].
    pub fn secret_key(self, bytes: &[u8]) -> Result<SecretKey, AgreementError> {
        Ok(match self {
            Self::Dh(group) => SecretKey::Dh(group.secret(bytes)?),
            Self::Ecdh(curve) => SecretKey::Ecdh(curve.secret(bytes)?),
        })
    }

    /// The generic mapping of PACE: `factor · G + offset`, or `g ^ factor · offset`.
    ///
    /// # Errors
    /// [`AgreementError`].
    pub fn map_generator(
        self,
        factor: &[u8],
        offset: &PublicKey,
    ) -> Result<PublicKey, AgreementError> {
        match (self, offset) {
            (Self::Dh(group), PublicKey::Dh(offset)) => {
                Ok(PublicKey::Dh(group.map_generator(factor, offset)?))
            }
            (Self::Ecdh(curve), PublicKey::Ecdh(offset)) => {
                Ok(PublicKey::Ecdh(curve.map_generator(factor, offset)?))
            }
            _ => Err(AgreementError::Mixed),
        }
    }

    /// The integrated mapping of PACE: the element of the group that `number` is encoded as.
    ///
    /// # Errors
    /// [`AgreementError`]; for one curve always, see [`encodes_numbers`](Self::encodes_numbers).
    pub fn encode_to_group(self, number: &[u8]) -> Result<PublicKey, AgreementError> {
        Ok(match self {
            Self::Dh(group) => PublicKey::Dh(group.encode_to_group(number)?),
            Self::Ecdh(curve) => PublicKey::Ecdh(curve.encode_to_group(number)?),
        })
    }

    /// Whether numbers can be encoded as elements: everywhere but on P-224, whose prime is 1 modulo 4 (Doc 9303-11, note
    /// to table 12).
    #[must_use]
    pub const fn encodes_numbers(self) -> bool {
        !matches!(self, Self::Ecdh(Curve::P224))
    }
}

/// A public key, known to lie in its group. Shared secrets are of the same type, so its bytes are wiped and never shown.
#[derive(Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// Modulo a prime.
    Dh(dh::Element),
    /// On a curve.
    Ecdh(ec::Point),
}

impl PublicKey {
    /// The group.
    #[must_use]
    pub const fn domain_parameters(&self) -> DomainParameters {
        match self {
            Self::Dh(element) => DomainParameters::Dh(element.group()),
            Self::Ecdh(point) => DomainParameters::Ecdh(point.curve()),
        }
    }

    /// How it is written in data objects: a number without leading zeros, or an uncompressed point (Doc 9303-11, 9.4.1).
    #[must_use]
    pub fn encoded(&self) -> &[u8] {
        match self {
            Self::Dh(element) => element.as_unsigned(),
            Self::Ecdh(point) => point.as_sec1(),
        }
    }

    /// The tag of the public value in a public key data object (Doc 9303-11, tables 10 and 11).
    #[must_use]
    pub const fn tag(&self) -> u32 {
        match self {
            Self::Dh(_) => 0x84,
            Self::Ecdh(_) => 0x86,
        }
    }

    /// What key derivation takes where this is a shared secret: the number as long as the prime, or the x coordinate as
    /// long as the field (deviations row 17).
    #[must_use]
    pub fn shared_secret(&self) -> &[u8] {
        match self {
            Self::Dh(element) => element.as_bytes(),
            Self::Ecdh(point) => point.x(),
        }
    }
}

impl PublicKey {
    /// The key as Terminal Authentication signs it, `Comp(PK)`: the x coordinate, or the SHA-1 digest of the number
    /// (Doc 9303-11, 7.1.4.1.3 and 7.1.4.2.3).
    #[must_use]
    pub fn compressed(&self) -> Vec<u8> {
        match self {
            Self::Dh(element) => HashAlgorithm::Sha1.digest(element.as_unsigned()),
            Self::Ecdh(point) => point.x().to_vec(),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.domain_parameters().name())
    }
}

/// A secret number of a group. Wiped on drop, hidden in `Debug`.
#[derive(Clone)]
pub enum SecretKey {
    /// Modulo a prime.
    Dh(dh::Secret),
    /// On a curve.
    Ecdh(ec::Secret),
}

impl SecretKey {
    /// The group.
    #[must_use]
    pub const fn domain_parameters(&self) -> DomainParameters {
        match self {
            Self::Dh(secret) => DomainParameters::Dh(secret.group()),
            Self::Ecdh(secret) => DomainParameters::Ecdh(secret.curve()),
        }
    }

    /// The public key on the group's own generator.
    ///
    /// # Errors
    /// Never for a secret that this module made; the type keeps the arithmetic total.
    pub fn public(&self) -> Result<PublicKey, AgreementError> {
        Ok(match self {
            Self::Dh(secret) => PublicKey::Dh(secret.public()?),
            Self::Ecdh(secret) => PublicKey::Ecdh(secret.public()?),
        })
    }

    /// The secret applied to `base`: a public key on a mapped generator, or a shared secret.
    ///
    /// # Errors
    /// [`AgreementError`].
    pub fn agree(&self, base: &PublicKey) -> Result<PublicKey, AgreementError> {
        match (self, base) {
            (Self::Dh(secret), PublicKey::Dh(base)) => Ok(PublicKey::Dh(secret.raise(base)?)),
            (Self::Ecdh(secret), PublicKey::Ecdh(base)) => {
                Ok(PublicKey::Ecdh(secret.multiply(base)?))
            }
            _ => Err(AgreementError::Mixed),
        }
    }

    /// The big-endian bytes, as long as the order. For a software card's key file only.
    #[must_use]
    pub fn danger_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::Dh(secret) => secret.danger_bytes().to_vec(),
            Self::Ecdh(secret) => secret.danger_bytes().to_vec(),
        })
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.domain_parameters().name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standardised_group_but_two_has_its_identifier() {
        let ids: Vec<u8> = DomainParameters::all()
            .map(DomainParameters::standardized_id)
            .collect();
        assert_eq!(ids, [0, 1, 2, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
        assert_eq!(refused_name(8), Some("P-192"));
        assert_eq!(refused_name(9), Some("brainpoolP192r1"));
        assert_eq!(refused_name(10), None);
    }

    #[test]
    fn both_sides_agree_in_every_group() {
        let mut rng = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
        for group in DomainParameters::all() {
            let (a, b) = (
                group.generate_secret(&mut rng),
                group.generate_secret(&mut rng),
            );
            let received = group.public_key(b.public().unwrap().encoded()).unwrap();
            let shared = a.agree(&received).unwrap();
            assert_eq!(shared, b.agree(&a.public().unwrap()).unwrap());
            assert_eq!(shared.shared_secret().len(), group.bits().div_ceil(8));
        }
    }

    #[test]
    fn kinds_do_not_mix() {
        let mut rng = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
        let dh = DomainParameters::Dh(Group::Modp1024Order160);
        let ec = DomainParameters::Ecdh(Curve::P256);
        let point = ec.generate_secret(&mut rng).public().unwrap();
        assert_eq!(
            dh.generate_secret(&mut rng).agree(&point),
            Err(AgreementError::Mixed)
        );
        assert_eq!(dh.map_generator(&[1], &point), Err(AgreementError::Mixed));
    }
}
