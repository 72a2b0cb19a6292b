//! RSA with public keys: the raw operation, and the two signature schemes of Doc 9303.
//!
//! RFC 8017, 5.2.2 (RSAVP1), 8.1 (RSASSA-PSS), 8.2 (RSASSA-PKCS1-v1_5); Doc 9303-12, 4.1.6.1.
//! Only public numbers pass here, so nothing needs to be constant in time, and there is no private operation to attack.

use super::hash::HashAlgorithm;
use crate::asn1::{Asn1Error, INTEGER, SEQUENCE, only, without_leading_zeros};
use alloc::vec::Vec;
use core::fmt;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};

/// The largest public exponent: 2^33 - 1. Real issuers go up to 107903 (deviations row 80); a larger one only costs time.
const MAX_EXPONENT: u64 = (1 << 33) - 1;
/// Modulus sizes in bits. 1024 is what the oldest active authentication keys have.
const MIN_BITS: usize = 1024;
const MAX_BITS: usize = 8192;
/// A modulus below this is weak today.
const WEAK_BELOW_BITS: usize = 2048;

/// Why a key is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RsaKeyError {
    /// Not the encoding of a key.
    Encoding(Asn1Error),
    /// A modulus under 1024 or over 8192 bits, or an even one.
    Modulus {
        /// Its size.
        bits: usize,
    },
    /// A public exponent under 3, over 2^33 - 1, or even.
    Exponent,
}

impl From<Asn1Error> for RsaKeyError {
    fn from(error: Asn1Error) -> Self {
        Self::Encoding(error)
    }
}

impl fmt::Display for RsaKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(error) => error.fmt(f),
            Self::Modulus { bits } => write!(f, "an RSA modulus of {bits} bits"),
            Self::Exponent => f.write_str("an RSA exponent that no honest key has"),
        }
    }
}

impl core::error::Error for RsaKeyError {}

/// An RSA public key whose sizes were checked.
#[derive(Clone, PartialEq, Eq)]
pub struct RsaPublicKey {
    modulus: Vec<u8>,
    exponent: u64,
}

impl fmt::Debug for RsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaPublicKey({} bits)", self.bits())
    }
}

impl RsaPublicKey {
    /// A key from its big-endian numbers.
    ///
    /// # Errors
    /// [`RsaKeyError`] where a number is out of bounds.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, RsaKeyError> {
        let modulus = without_leading_zeros(modulus).to_vec();
        let bits = bit_len(&modulus);
        let odd = modulus.last().is_some_and(|b| b & 1 == 1);
        if !(MIN_BITS..=MAX_BITS).contains(&bits) || !odd {
            return Err(RsaKeyError::Modulus { bits });
        }
        let exponent = without_leading_zeros(exponent);
        if exponent.len() > 8 {
            return Err(RsaKeyError::Exponent);
        }
        let exponent = exponent.iter().fold(0u64, |e, b| e << 8 | u64::from(*b));
        if !(3..=MAX_EXPONENT).contains(&exponent) || exponent & 1 == 0 {
            return Err(RsaKeyError::Exponent);
        }
        Ok(Self { modulus, exponent })
    }

    /// A key from `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }`.
    ///
    /// # Errors
    /// [`RsaKeyError`].
    pub fn from_der(der: &[u8]) -> Result<Self, RsaKeyError> {
        let mut reader = only(der, SEQUENCE)?.children()?;
        let modulus = reader.expect(INTEGER)?;
        let exponent = reader.expect(INTEGER)?;
        reader.finish()?;
        Self::new(modulus.unsigned()?, exponent.unsigned()?)
    }

    /// Bits of the modulus.
    #[must_use]
    pub fn bits(&self) -> usize {
        bit_len(&self.modulus)
    }

    /// Whether the modulus is too short for today.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.bits() < WEAK_BELOW_BITS
    }

    /// Bytes of the modulus, and so of every signature.
    #[must_use]
    pub fn len(&self) -> usize {
        self.modulus.len()
    }

    /// Never: every key has a modulus.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.modulus.is_empty()
    }

    /// `signature ^ e mod n` as [`len`](Self::len) bytes (RSAVP1). `None` where the signature is not a number
    /// below the modulus, or not exactly as long as it.
    #[must_use]
    pub fn recover(&self, signature: &[u8]) -> Option<Vec<u8>> {
        if signature.len() != self.modulus.len() {
            return None;
        }
        // Equal lengths: the order of the numbers is that of the bytes.
        if signature >= self.modulus.as_slice() {
            return None;
        }
        let modulus: Option<Odd<BoxedUint>> =
            Odd::new(BoxedUint::from_be_slice_vartime(&self.modulus)).into();
        let params = BoxedMontyParams::new_vartime(modulus?);
        let number = BoxedUint::from_be_slice(signature, params.bits_precision()).ok()?;
        let bits = 64u32.checked_sub(self.exponent.leading_zeros())?;
        let exponent = BoxedUint::from(self.exponent);
        let power = BoxedMontyForm::new(number, &params).pow_bounded_exp(&exponent, bits);
        let bytes = power.retrieve().to_be_bytes();
        let surplus = bytes.len().checked_sub(self.modulus.len())?;
        bytes.get(surplus..).map(<[u8]>::to_vec)
    }

    /// The modulus less `number`, as long as the modulus. `None` where `number` is not below it, or not as long.
    #[must_use]
    pub fn complement(&self, number: &[u8]) -> Option<Vec<u8>> {
        if number.len() != self.modulus.len() || number >= self.modulus.as_slice() {
            return None;
        }
        let mut difference = self.modulus.clone();
        let mut borrow = false;
        for (digit, less) in difference.iter_mut().zip(number).rev() {
            let (once, under) = digit.overflowing_sub(*less);
            let (twice, further) = once.overflowing_sub(u8::from(borrow));
            *digit = twice;
            borrow = under || further;
        }
        Some(difference)
    }

    /// Whether `signature` is a PKCS#1 v1.5 signature of `message`.
    ///
    /// The expected block is built and compared whole: nothing in the signature's own block is parsed, so nothing can
    /// hide in it (the forgeries against e = 3 live from parsers).
    #[must_use]
    pub fn verify_pkcs1(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let Some(block) = self.recover(signature) else {
            return false;
        };
        let digest = hash.digest(message);
        let oid = hash.oid();
        // Both spellings of the algorithm's absent parameters are in use (row 62).
        [&[0x05u8, 0x00][..], &[]].into_iter().any(|parameters| {
            let algorithm = crate::tlv::encode_all(
                0x30,
                &[&crate::tlv::encode(0x06, oid.as_bytes()), parameters],
            );
            let info =
                crate::tlv::encode_all(0x30, &[&algorithm, &crate::tlv::encode(0x04, &digest)]);
            // At least eight bytes of FF (RFC 8017, 9.2, step 3).
            let Some(padding) = block.len().checked_sub(info.len().saturating_add(3)) else {
                return false;
            };
            let mut expected = Vec::with_capacity(block.len());
            expected.extend([0x00, 0x01]);
            expected.resize(padding.saturating_add(2), 0xFF);
            expected.push(0x00);
            expected.extend(&info);
            padding >= 8 && expected == block
        })
    }

    /// Whether `signature` is a PSS signature of `message` with MGF1 over `mgf` and a salt of exactly `salt_len` bytes.
    #[must_use]
    pub fn verify_pss(
        &self,
        hash: HashAlgorithm,
        mgf: HashAlgorithm,
        salt_len: usize,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        self.recover(signature)
            .and_then(|block| {
                // EMSA-PSS works on one bit less than the modulus: a modulus of 8k + 1 bits has a zero byte in front.
                let bits = self.bits().checked_sub(1)?;
                let len = bits.div_ceil(8);
                let (front, encoded) = block.split_at_checked(block.len().checked_sub(len)?)?;
                let unused = len.checked_mul(8)?.checked_sub(bits)?;
                (front.iter().all(|b| *b == 0)
                    && pss_block_holds(encoded, unused, hash, mgf, salt_len, message)?)
                .then_some(())
            })
            .is_some()
    }
}

/// EMSA-PSS-VERIFY (RFC 8017, 9.1.2). `unused`: bits of the first byte that must be zero.
fn pss_block_holds(
    encoded: &[u8],
    unused: usize,
    hash: HashAlgorithm,
    mgf: HashAlgorithm,
    salt_len: usize,
    message: &[u8],
) -> Option<bool> {
    let hash_len = hash.output_len();
    let (trailer, body) = encoded.split_last()?;
    let db_len = body.len().checked_sub(hash_len)?;
    let zeros = db_len.checked_sub(salt_len.checked_add(1)?)?;
    let (masked, digest) = body.split_at_checked(db_len)?;
    let keep = 0xFFu8.checked_shr(u32::try_from(unused).ok()?)?;
    if *trailer != 0xBC || masked.first()? & !keep != 0 {
        return Some(false);
    }
    let mut db: Vec<u8> = masked
        .iter()
        .zip(mgf1(mgf, digest, db_len))
        .map(|(byte, mask)| byte ^ mask)
        .collect();
    if let Some(first) = db.first_mut() {
        *first &= keep;
    }
    let (padding, rest) = db.split_at_checked(zeros)?;
    let (one, salt) = rest.split_first()?;
    let mut input = alloc::vec![0u8; 8];
    input.extend(hash.digest(message));
    input.extend_from_slice(salt);
    Some(padding.iter().all(|b| *b == 0) && *one == 0x01 && hash.digest(&input) == digest)
}

/// MGF1 (RFC 8017, B.2.1).
fn mgf1(hash: HashAlgorithm, seed: &[u8], len: usize) -> Vec<u8> {
    let mut mask = Vec::with_capacity(len.saturating_add(hash.output_len()));
    let mut counter = 0u32;
    while mask.len() < len {
        let mut input = seed.to_vec();
        input.extend(counter.to_be_bytes());
        mask.extend(hash.digest(&input));
        counter = counter.saturating_add(1);
    }
    mask.truncate(len);
    mask
}

fn bit_len(number: &[u8]) -> usize {
    number.first().map_or(0, |first| {
        let top = usize::try_from(first.leading_zeros()).unwrap_or(0);
        number.len().saturating_mul(8).saturating_sub(top)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_out_of_bounds_are_refused() {
        let modulus = |bytes: usize| alloc::vec![0xFFu8; bytes];
        assert!(RsaPublicKey::new(&modulus(128), &[3]).is_ok());
        assert!(RsaPublicKey::new(&modulus(128), &[1, 0xFF, 0xFF, 0xFF, 0xFF]).is_ok());
        for exponent in [&[][..], &[1], &[2], &[4], &[2, 0, 0, 0, 1], &[1; 9]] {
            assert_eq!(
                RsaPublicKey::new(&modulus(128), exponent),
                Err(RsaKeyError::Exponent)
            );
        }
        assert!(RsaPublicKey::new(&modulus(127), &[3]).is_err());
        assert!(RsaPublicKey::new(&modulus(1025), &[3]).is_err());
        assert!(RsaPublicKey::new(&[&modulus(128)[..], &[0xFE]].concat(), &[3]).is_err());
    }

    #[test]
    fn a_signature_not_below_the_modulus_is_none() {
        let modulus = alloc::vec![0xFBu8; 128];
        let key = RsaPublicKey::new(&modulus, &[3]).unwrap();
        assert_eq!(key.recover(&modulus), None);
        assert_eq!(key.recover(&[0xFF; 128]), None);
        assert_eq!(key.recover(&[0; 127]), None);
        assert_eq!(key.recover(&[0; 128]), Some(alloc::vec![0; 128]));
    }

    #[test]
    fn a_number_and_its_complement_are_the_modulus() {
        let key = RsaPublicKey::new(&[0xFB; 128], &[3]).unwrap();
        let mut number = [0u8; 128];
        number[127] = 0xFC;
        let mut expected = [0xFB; 128];
        expected[127] = 0xFF;
        expected[126] = 0xFA;
        assert_eq!(key.complement(&number).unwrap(), expected);
        assert_eq!(key.complement(&expected).unwrap(), number);
        assert_eq!(key.complement(&[0; 128]).unwrap(), [0xFB; 128]);
        assert_eq!(key.complement(&[0xFB; 128]), None);
        assert_eq!(key.complement(&[0; 127]), None);
    }

    #[test]
    fn two_cubed_is_eight() {
        let key = RsaPublicKey::new(&[0xFB; 128], &[3]).unwrap();
        let mut two = [0u8; 128];
        two[127] = 2;
        let mut eight = two;
        eight[127] = 8;
        assert_eq!(key.recover(&two).unwrap(), eight);
    }
}
