//! The operations modulo p, on numbers of the width of p.

use super::numbers::nibble;
use super::{DhError, Element, Group, Secret};
use alloc::vec::Vec;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, NonZero, Odd};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

pub(super) fn generator(group: Group) -> Result<Element, DhError> {
    let bytes = padded(&number(group.numbers().g), group.element_len());
    Ok(Element {
        group,
        bytes: bytes.ok_or(DhError::ElementInvalid)?,
    })
}

pub(super) fn check_element(group: Group, bytes: &[u8]) -> Result<Element, DhError> {
    let invalid = DhError::ElementInvalid;
    let bytes = padded(bytes, group.element_len()).ok_or(invalid)?;
    let params = modulus(group).ok_or(invalid)?;
    let element = BoxedUint::from_be_slice(&bytes, params.bits_precision()).map_err(|_| invalid)?;
    let one = BoxedUint::one_with_precision(params.bits_precision());
    let last = params.modulus().as_ref().wrapping_sub(&one);
    // What crosses the wire is public, so the comparisons need not be constant in time.
    if element <= one || element >= last {
        return Err(invalid);
    }
    let order = number(group.numbers().q);
    let mut power = power(&element, &order, &params).ok_or(invalid)?;
    let in_subgroup = power == BoxedMontyForm::one(&params);
    power.zeroize();
    if !in_subgroup {
        return Err(invalid);
    }
    Ok(Element { group, bytes })
}

pub(super) fn generate_secret<R: CryptoRng + ?Sized>(group: Group, rng: &mut R) -> Secret {
    // Rejection sampling over the order's bits: each try succeeds with probability above one half, for all three orders
    // begin with a set bit.
    loop {
        let mut bytes = Zeroizing::new(alloc::vec![0u8; group.order_len()]);
        rng.fill_bytes(&mut bytes);
        if let Ok(secret) = check_secret(group, &bytes) {
            return secret;
        }
    }
}

pub(super) fn check_secret(group: Group, bytes: &[u8]) -> Result<Secret, DhError> {
    let bytes = padded(bytes, group.order_len()).ok_or(DhError::SecretInvalid)?;
    let order = number(group.numbers().q);
    // Equal lengths: the order of the numbers is that of the bytes. Only a secret that is refused leaks by time.
    if bytes.iter().all(|b| *b == 0) || *bytes >= order {
        return Err(DhError::SecretInvalid);
    }
    Ok(Secret { group, bytes })
}

pub(super) fn raise(secret: &Secret, base: &Element) -> Result<Element, DhError> {
    if secret.group != base.group {
        return Err(DhError::GroupMismatch);
    }
    let params = modulus(base.group).ok_or(DhError::ElementInvalid)?;
    let mut base_number = integer(base, &params)?;
    let result = power(&base_number, &secret.bytes, &params).ok_or(DhError::SecretInvalid);
    base_number.zeroize();
    finish(base.group, result?)
}

pub(super) fn map_generator(
    group: Group,
    factor: &[u8],
    offset: &Element,
) -> Result<Element, DhError> {
    if group != offset.group {
        return Err(DhError::GroupMismatch);
    }
    let params = modulus(group).ok_or(DhError::ElementInvalid)?;
    let base = integer(&generator(group)?, &params)?;
    let mut first = power(&base, factor, &params).ok_or(DhError::SecretInvalid)?;
    let mut second = BoxedMontyForm::new(integer(offset, &params)?, &params);
    let product = first.mul(&second);
    first.zeroize();
    second.zeroize();
    finish(group, product)
}

pub(super) fn encode_to_group(group: Group, wide: &[u8]) -> Result<Element, DhError> {
    let invalid = DhError::ElementInvalid;
    let params = modulus(group).ok_or(invalid)?;
    let p = params.modulus().as_nz_ref();
    let bits = u32::try_from(wide.len().saturating_mul(8)).map_err(|_| invalid)?;
    let mut wide =
        BoxedUint::from_be_slice(wide, bits.max(params.bits_precision())).map_err(|_| invalid)?;
    let mut reduced = wide.rem(p);
    wide.zeroize();
    let order: Option<NonZero<BoxedUint>> =
        NonZero::new(BoxedUint::from_be_slice_vartime(&number(group.numbers().q))).into();
    let (cofactor, _) = params
        .modulus()
        .as_ref()
        .wrapping_sub(BoxedUint::one_with_precision(params.bits_precision()))
        .div_rem_vartime(&order.ok_or(invalid)?);
    let result = power(&reduced, &cofactor.to_be_bytes_trimmed_vartime(), &params).ok_or(invalid);
    reduced.zeroize();
    let result = result?;
    // A multiple of p would give 0.
    if bool::from(result.is_zero()) {
        return Err(DhError::Identity);
    }
    finish(group, result)
}

/// `base ^ exponent`, in a time that depends on the exponent's length alone.
fn power(base: &BoxedUint, exponent: &[u8], params: &BoxedMontyParams) -> Option<BoxedMontyForm> {
    let bits = u32::try_from(exponent.len().checked_mul(8)?).ok()?;
    let mut exponent = BoxedUint::from_be_slice(exponent, bits).ok()?;
    let mut base = BoxedMontyForm::new(base.clone(), params);
    let power = base.pow_bounded_exp(&exponent, bits);
    base.zeroize();
    exponent.zeroize();
    Some(power)
}

fn finish(group: Group, mut result: BoxedMontyForm) -> Result<Element, DhError> {
    let mut number = result.retrieve();
    result.zeroize();
    let is_one = bool::from(number.is_one());
    let bytes = Zeroizing::new(number.to_be_bytes().into_vec());
    number.zeroize();
    if is_one {
        return Err(DhError::Identity);
    }
    Ok(Element {
        group,
        bytes: padded(&bytes, group.element_len()).ok_or(DhError::ElementInvalid)?,
    })
}

fn integer(element: &Element, params: &BoxedMontyParams) -> Result<BoxedUint, DhError> {
    BoxedUint::from_be_slice(&element.bytes, params.bits_precision())
        .map_err(|_| DhError::ElementInvalid)
}

fn modulus(group: Group) -> Option<BoxedMontyParams> {
    let p: Option<Odd<BoxedUint>> =
        Odd::new(BoxedUint::from_be_slice_vartime(&number(group.numbers().p))).into();
    Some(BoxedMontyParams::new_vartime(p?))
}

/// The bytes that `hex` writes.
pub(super) fn number(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().map(nibble).collect();
    digits
        .rchunks(2)
        .rev()
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
        .collect()
}

/// Big-endian `bytes` brought to `len` by dropping or adding leading zeros.
fn padded(bytes: &[u8], len: usize) -> Option<Zeroizing<Vec<u8>>> {
    let significant = crate::asn1::without_leading_zeros(bytes);
    let pad = len.checked_sub(significant.len())?;
    let mut out = Zeroizing::new(Vec::with_capacity(len));
    out.resize(pad, 0);
    out.extend_from_slice(significant);
    Some(out)
}
