//! Diffie-Hellman modulo a prime: the three groups that electronic documents use, behind one value that names the group.
//!
//! Doc 9303-11, 9.5.1 (standardised domain parameters 0 to 2) and 9.6 (key agreement); RFC 5114, 2.1 to 2.3 (the
//! numbers); RFC 2631, 2.1.5 (validation of public keys); PKCS #3, 8.3 (the shared secret is as long as the prime).
//! Elements cross this module as big-endian bytes, secrets as wiped bytes; every element that comes in is checked to lie
//! in the subgroup of prime order, and 1 is never a result. Exponents are raised in constant time.

mod arithmetic;
mod numbers;

use crate::asn1::{Asn1Error, Element as Asn1Element, INTEGER, without_leading_zeros};
use alloc::vec::Vec;
use core::fmt;
use numbers::Numbers;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// A standardised group modulo a prime (RFC 5114).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Group {
    /// 1024-bit MODP group with a 160-bit prime order subgroup.
    Modp1024Order160,
    /// 2048-bit MODP group with a 224-bit prime order subgroup.
    Modp2048Order224,
    /// 2048-bit MODP group with a 256-bit prime order subgroup.
    Modp2048Order256,
}

/// Why a key or an element cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DhError {
    /// The number is not between 2 and the prime less 2, or not in the subgroup.
    ElementInvalid,
    /// The bytes are not a number between 1 and the order less one.
    SecretInvalid,
    /// The operands are of different groups.
    GroupMismatch,
    /// The computation ended in 1.
    Identity,
}

impl fmt::Display for DhError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ElementInvalid => "not an element of the group",
            Self::SecretInvalid => "not a secret of the group",
            Self::GroupMismatch => "operands of different groups",
            Self::Identity => "the neutral element",
        })
    }
}

impl core::error::Error for DhError {}

impl Group {
    /// All three.
    pub const ALL: [Self; 3] = [
        Self::Modp1024Order160,
        Self::Modp2048Order224,
        Self::Modp2048Order256,
    ];

    /// `modp-` and the bits of prime and order, as in `modp-2048-256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Modp1024Order160 => "modp-1024-160",
            Self::Modp2048Order224 => "modp-2048-224",
            Self::Modp2048Order256 => "modp-2048-256",
        }
    }

    /// Bits of the prime.
    #[must_use]
    pub const fn bits(self) -> usize {
        match self {
            Self::Modp1024Order160 => 1024,
            Self::Modp2048Order224 | Self::Modp2048Order256 => 2048,
        }
    }

    /// Bits of the order of the subgroup.
    #[must_use]
    pub const fn order_bits(self) -> usize {
        match self {
            Self::Modp1024Order160 => 160,
            Self::Modp2048Order224 => 224,
            Self::Modp2048Order256 => 256,
        }
    }

    /// Bytes of an element written in full.
    #[must_use]
    pub const fn element_len(self) -> usize {
        self.bits().div_ceil(8)
    }

    /// Bytes of a secret.
    #[must_use]
    pub const fn order_len(self) -> usize {
        self.order_bits().div_ceil(8)
    }

    /// The identifier among the standardised domain parameters (Doc 9303-11, table 12).
    #[must_use]
    pub const fn standardized_id(self) -> u8 {
        match self {
            Self::Modp1024Order160 => 0,
            Self::Modp2048Order224 => 1,
            Self::Modp2048Order256 => 2,
        }
    }

    /// The group with this identifier among the standardised domain parameters.
    #[must_use]
    pub fn from_standardized_id(id: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.standardized_id() == id)
    }

    /// The group with these big-endian numbers: prime, generator and, where it is told, the order.
    #[must_use]
    pub fn from_numbers(p: &[u8], g: &[u8], q: Option<&[u8]>) -> Option<Self> {
        Self::ALL.into_iter().find(|group| {
            let known = group.numbers();
            is(p, known.p) && is(g, known.g) && q.is_none_or(|q| is(q, known.q))
        })
    }

    /// The group that explicit parameters write out, of either kind:
    ///
    /// ```text
    /// DomainParameters ::= SEQUENCE {          -- ANSI X9.42, RFC 3279, 2.3.3
    ///   p INTEGER, g INTEGER, q INTEGER, j INTEGER OPTIONAL, validationParms ValidationParms OPTIONAL }
    /// DHParameter ::= SEQUENCE {               -- PKCS #3
    ///   prime INTEGER, base INTEGER, privateValueLength INTEGER OPTIONAL }
    /// ```
    /// `None` for well-formed parameters of a group that is not one of the three. What follows the order says where the
    /// numbers came from and is not compared.
    ///
    /// # Errors
    /// [`Asn1Error`] where it is neither.
    pub fn from_parameters(parameters: &Asn1Element<'_>) -> Result<Option<Self>, Asn1Error> {
        // Longer than any private value's length, shorter than any order.
        const MAX_LENGTH_BYTES: usize = 4;
        let mut reader = parameters.children()?;
        let p = reader.expect(INTEGER)?.unsigned()?;
        let g = reader.expect(INTEGER)?.unsigned()?;
        let third = match reader.take_if(INTEGER)? {
            Some(number) => Some(number.unsigned()?),
            None => None,
        };
        Ok(Self::from_numbers(
            p,
            g,
            third.filter(|n| n.len() > MAX_LENGTH_BYTES),
        ))
    }

    /// p, g and q.
    fn numbers(self) -> &'static Numbers {
        match self {
            Self::Modp1024Order160 => &numbers::MODP_1024_160,
            Self::Modp2048Order224 => &numbers::MODP_2048_224,
            Self::Modp2048Order256 => &numbers::MODP_2048_256,
        }
    }

    /// The generator g.
    ///
    /// # Errors
    /// Never; the type keeps the arithmetic total.
    pub fn generator(self) -> Result<Element, DhError> {
        arithmetic::generator(self)
    }

    /// Checks that `bytes` (big-endian, leading zeros may be there or missing) are an element of the subgroup:
    /// between 2 and p - 2, and 1 when raised to the order (RFC 2631, 2.1.5).
    ///
    /// # Errors
    /// [`DhError::ElementInvalid`].
    pub fn element(self, bytes: &[u8]) -> Result<Element, DhError> {
        arithmetic::check_element(self, bytes)
    }

    /// A fresh secret, uniform between 1 and the order less one.
    #[must_use]
    pub fn generate_secret<R: CryptoRng + ?Sized>(self, rng: &mut R) -> Secret {
        arithmetic::generate_secret(self, rng)
    }

    /// A secret from its big-endian bytes (leading zeros may be missing).
    ///
    /// # Errors
    /// [`DhError::SecretInvalid`].
    pub fn secret(self, bytes: &[u8]) -> Result<Secret, DhError> {
        arithmetic::check_secret(self, bytes)
    }

    /// `g ^ factor · offset mod p`: the generic mapping of PACE.
    ///
    /// # Errors
    /// [`DhError`] where `offset` is of another group or the product is 1.
    pub fn map_generator(self, factor: &[u8], offset: &Element) -> Result<Element, DhError> {
        arithmetic::map_generator(self, factor, offset)
    }

    /// `number ^ ((p - 1) / q) mod p`, with `number` (big-endian, of any length) taken modulo p: the integrated mapping of
    /// PACE (Doc 9303-11, 4.4.3.3.2).
    ///
    /// # Errors
    /// [`DhError::Identity`] where the power is 1 or the number is a multiple of p.
    pub fn encode_to_group(self, number: &[u8]) -> Result<Element, DhError> {
        arithmetic::encode_to_group(self, number)
    }
}

/// An element of a group's subgroup of prime order. Shared secrets are elements too, so its bytes are wiped and never
/// shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Element {
    group: Group,
    bytes: Zeroizing<Vec<u8>>,
}

impl Element {
    /// The group.
    #[must_use]
    pub const fn group(&self) -> Group {
        self.group
    }

    /// The number in [`Group::element_len`] bytes: what key derivation takes (PKCS #3, 8.3: as long as the prime; the
    /// x coordinate is padded in the same way).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The number without leading zeros: how a public key crosses the wire and enters a token (Doc 9303-11, 9.4.1).
    #[must_use]
    pub fn as_unsigned(&self) -> &[u8] {
        without_leading_zeros(&self.bytes)
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Element({})", self.group.name())
    }
}

/// A secret exponent of a group. Wiped on drop, hidden in `Debug`.
#[derive(Clone)]
pub struct Secret {
    group: Group,
    bytes: Zeroizing<Vec<u8>>,
}

impl Secret {
    /// The group.
    #[must_use]
    pub const fn group(&self) -> Group {
        self.group
    }

    /// The big-endian bytes, [`Group::order_len`] of them. For a software card's key file only.
    #[must_use]
    pub fn danger_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `g ^ secret mod p`.
    ///
    /// # Errors
    /// Never for a secret that this module made; the type keeps the arithmetic total.
    pub fn public(&self) -> Result<Element, DhError> {
        self.raise(&self.group.generator()?)
    }

    /// `base ^ secret mod p`: a public key on a mapped generator, or a shared secret.
    ///
    /// # Errors
    /// [`DhError::GroupMismatch`]; [`DhError::Identity`].
    pub fn raise(&self, base: &Element) -> Result<Element, DhError> {
        arithmetic::raise(self, base)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.group.name())
    }
}

/// Whether big-endian `bytes` are the number that `hex` writes.
fn is(bytes: &[u8], hex: &str) -> bool {
    let digits = without_leading_zeros(bytes)
        .iter()
        .flat_map(|b| [b >> 4, b & 0x0F])
        .skip_while(|d| *d == 0);
    digits.eq(hex.bytes().map(numbers::nibble))
}

#[cfg(test)]
mod tests;
