//! Elliptic curves: the nine that electronic documents use, behind one value that names the curve.
//!
//! Doc 9303-11, 9.5.1 (standardised domain parameters) and 9.6 (key agreement); BSI TR-03111, 4.3.
//! Points cross this module as uncompressed SEC1 bytes (`04 ‖ x ‖ y`), secrets as wiped bytes; every point that
//! comes in is checked to lie on its curve, and the point at infinity is never a result.

mod arithmetic;
mod brainpool;
pub mod parameters;

use alloc::vec::Vec;
use core::fmt;
use der::asn1::ObjectIdentifier;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// A named curve over a prime field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs)] // The names say it all: FIPS 186-4 and RFC 5639.
pub enum Curve {
    P224,
    P256,
    P384,
    P521,
    BrainpoolP224r1,
    BrainpoolP256r1,
    BrainpoolP320r1,
    BrainpoolP384r1,
    BrainpoolP512r1,
}

/// Why a key or a point cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EcError {
    /// The bytes are not an uncompressed point of the curve, or are the point at infinity.
    PointInvalid,
    /// The bytes are not a number between 1 and the order less one.
    SecretInvalid,
    /// The operands are of different curves.
    CurveMismatch,
    /// The computation ended in the point at infinity.
    PointAtInfinity,
    /// Numbers cannot be encoded as points of this curve.
    NoEncoding,
}

impl fmt::Display for EcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PointInvalid => "not a point of the curve",
            Self::SecretInvalid => "not a secret of the curve",
            Self::CurveMismatch => "operands of different curves",
            Self::PointAtInfinity => "the point at infinity",
            Self::NoEncoding => "numbers cannot be encoded as points of this curve",
        })
    }
}

impl core::error::Error for EcError {}

impl Curve {
    /// All nine.
    pub const ALL: [Self; 9] = [
        Self::P224,
        Self::P256,
        Self::P384,
        Self::P521,
        Self::BrainpoolP224r1,
        Self::BrainpoolP256r1,
        Self::BrainpoolP320r1,
        Self::BrainpoolP384r1,
        Self::BrainpoolP512r1,
    ];

    /// The usual name, as in `P-256` or `brainpoolP256r1`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P224 => "P-224",
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::BrainpoolP224r1 => "brainpoolP224r1",
            Self::BrainpoolP256r1 => "brainpoolP256r1",
            Self::BrainpoolP320r1 => "brainpoolP320r1",
            Self::BrainpoolP384r1 => "brainpoolP384r1",
            Self::BrainpoolP512r1 => "brainpoolP512r1",
        }
    }

    /// Bytes of a field element (and of half a plain signature).
    #[must_use]
    pub const fn field_len(self) -> usize {
        match self {
            Self::P224 | Self::BrainpoolP224r1 => 28,
            Self::P256 | Self::BrainpoolP256r1 => 32,
            Self::BrainpoolP320r1 => 40,
            Self::P384 | Self::BrainpoolP384r1 => 48,
            Self::BrainpoolP512r1 => 64,
            Self::P521 => 66,
        }
    }

    /// Bits of the field.
    #[must_use]
    pub const fn bits(self) -> usize {
        match self {
            Self::P521 => 521,
            other => other.field_len().saturating_mul(8),
        }
    }

    /// The object identifier of the named curve (SEC 2; RFC 5639, section 4.1).
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(match self {
            Self::P224 => "1.3.132.0.33",
            Self::P256 => "1.2.840.10045.3.1.7",
            Self::P384 => "1.3.132.0.34",
            Self::P521 => "1.3.132.0.35",
            Self::BrainpoolP224r1 => "1.3.36.3.3.2.8.1.1.5",
            Self::BrainpoolP256r1 => "1.3.36.3.3.2.8.1.1.7",
            Self::BrainpoolP320r1 => "1.3.36.3.3.2.8.1.1.9",
            Self::BrainpoolP384r1 => "1.3.36.3.3.2.8.1.1.11",
            Self::BrainpoolP512r1 => "1.3.36.3.3.2.8.1.1.13",
        })
    }

    /// The curve with this object identifier.
    #[must_use]
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.oid() == *oid)
    }

    /// The identifier among the standardised domain parameters (Doc 9303-11, table 6).
    #[must_use]
    pub const fn standardized_id(self) -> u8 {
        match self {
            Self::P224 => 10,
            Self::BrainpoolP224r1 => 11,
            Self::P256 => 12,
            Self::BrainpoolP256r1 => 13,
            Self::BrainpoolP320r1 => 14,
            Self::P384 => 15,
            Self::BrainpoolP384r1 => 16,
            Self::BrainpoolP512r1 => 17,
            Self::P521 => 18,
        }
    }

    /// The curve with this identifier among the standardised domain parameters.
    #[must_use]
    pub fn from_standardized_id(id: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.standardized_id() == id)
    }

    /// The generator G.
    #[must_use]
    pub fn generator(self) -> Point {
        arithmetic::generator(self)
    }

    /// Checks that `sec1` is an uncompressed point of this curve, and not the point at infinity.
    ///
    /// # Errors
    /// [`EcError::PointInvalid`].
    pub fn point(self, sec1: &[u8]) -> Result<Point, EcError> {
        arithmetic::check_point(self, sec1)
    }

    /// A point as issuers write it in signed keys: uncompressed, compressed (`02 ‖ x`, `03 ‖ x`), or uncompressed with
    /// coordinates that lack their leading zeros. Only a point of this curve comes out.
    ///
    /// # Errors
    /// [`EcError::PointInvalid`].
    pub fn point_in_any_form(self, sec1: &[u8]) -> Result<Point, EcError> {
        arithmetic::recover_point(self, sec1)
    }

    /// A fresh secret, uniform between 1 and the order less one.
    #[must_use]
    pub fn generate_secret<R: CryptoRng + ?Sized>(self, rng: &mut R) -> Secret {
        arithmetic::generate_secret(self, rng)
    }

    /// A secret from its big-endian bytes (leading zeros may be missing).
    ///
    /// # Errors
    /// [`EcError::SecretInvalid`].
    pub fn secret(self, bytes: &[u8]) -> Result<Secret, EcError> {
        arithmetic::check_secret(self, bytes)
    }

    /// `factor · G + offset`, with `factor` taken modulo the order: the generic mapping of PACE.
    ///
    /// # Errors
    /// [`EcError`] where `offset` is of another curve or the sum is the point at infinity.
    pub fn map_generator(self, factor: &[u8], offset: &Point) -> Result<Point, EcError> {
        arithmetic::map_generator(self, factor, offset)
    }

    /// The point that `number` (big-endian, of any length, taken modulo p) is encoded as: the integrated mapping of PACE
    /// (Doc 9303-11, appendix B). In constant time.
    ///
    /// # Errors
    /// [`EcError::NoEncoding`] on P-224, whose prime is 1 modulo 4; [`EcError::PointAtInfinity`] for the three numbers
    /// (0, 1, p - 1) that no point stands for.
    pub fn encode_to_group(self, number: &[u8]) -> Result<Point, EcError> {
        arithmetic::encode_to_group(self, number)
    }

    /// Whether (`r`, `s`) (big-endian, of any length) signs `prehash` under the key `point`
    /// (`04 ‖ x ‖ y`). Anything malformed is simply not a signature.
    #[must_use]
    pub fn ecdsa_verify(self, point: &[u8], prehash: &[u8], r: &[u8], s: &[u8]) -> bool {
        arithmetic::ecdsa_verify(self, point, prehash, r, s)
    }

    /// Signs `prehash`, giving `r ‖ s`, each of [`field_len`](Self::field_len) bytes.
    ///
    /// For software cards and their test issuers: chipid itself never signs.
    ///
    /// # Errors
    /// [`EcError::CurveMismatch`] where the secret is of another curve.
    pub fn ecdsa_sign<R: CryptoRng + ?Sized>(
        self,
        secret: &Secret,
        prehash: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, EcError> {
        arithmetic::ecdsa_sign(self, secret, prehash, rng)
    }
}

/// A point of a curve, known to lie on it. Shared secrets are points too, so its bytes are wiped and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Point {
    curve: Curve,
    sec1: Zeroizing<Vec<u8>>,
}

impl Point {
    /// The curve.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        self.curve
    }

    /// `04 ‖ x ‖ y`.
    #[must_use]
    pub fn as_sec1(&self) -> &[u8] {
        &self.sec1
    }

    /// The x coordinate, padded to the field's length: what key derivation takes (deviations row 17).
    #[must_use]
    pub fn x(&self) -> &[u8] {
        self.sec1
            .get(1..self.curve.field_len().saturating_add(1))
            .unwrap_or_default()
    }
}

impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Point({})", self.curve.name())
    }
}

/// A secret number of a curve. Wiped on drop, hidden in `Debug`.
#[derive(Clone)]
pub struct Secret {
    curve: Curve,
    bytes: Zeroizing<Vec<u8>>,
}

impl Secret {
    /// The curve.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        self.curve
    }

    /// The big-endian bytes, [`Curve::field_len`] of them. For a software card's key file only.
    #[must_use]
    pub fn danger_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `secret · G`.
    ///
    /// # Errors
    /// Never for a secret that this module made; the type keeps the arithmetic total.
    pub fn public(&self) -> Result<Point, EcError> {
        self.multiply(&self.curve.generator())
    }

    /// `secret / divisor` modulo the order: what a chip sends in the chip authentication mapping (Doc 9303-11, 4.4.3.5.1).
    /// For software cards: chipid itself never divides.
    ///
    /// # Errors
    /// [`EcError::CurveMismatch`].
    pub fn divided_by(&self, divisor: &Self) -> Result<Self, EcError> {
        arithmetic::divide(self, divisor)
    }

    /// `secret · base`: a public key on a mapped generator, or a shared secret.
    ///
    /// # Errors
    /// [`EcError::CurveMismatch`]; [`EcError::PointAtInfinity`].
    pub fn multiply(&self, base: &Point) -> Result<Point, EcError> {
        arithmetic::multiply(self, base)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.curve.name())
    }
}

#[cfg(test)]
mod tests;
