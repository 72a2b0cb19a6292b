//! The operations on curves, written once for any curve and dispatched by name.

use super::brainpool::{BrainpoolP224r1, BrainpoolP320r1, BrainpoolP512r1};
use super::{Curve, EcError, Point, Secret};
use alloc::vec::Vec;
use bp256::BrainpoolP256r1;
use bp384::BrainpoolP384r1;
use ecdsa::EcdsaCurve;
use elliptic_curve::ff::{Field, PrimeField};
use elliptic_curve::group::Group;
use elliptic_curve::scalar::IsHigh;
use elliptic_curve::sec1::{FromSec1Point, Sec1Point, ToSec1Point};
use elliptic_curve::subtle::{ConditionallySelectable, ConstantTimeEq};
use elliptic_curve::{FieldBytes, NonZeroScalar, Scalar};
use p224::NistP224;
use p256::NistP256;
use p384::NistP384;
use p521::NistP521;
use primeorder::{AffinePoint, PrimeCurveParams, ProjectivePoint};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

/// Calls a function that is generic over the curve with the type that `$curve` names.
macro_rules! on_curve {
    ($curve:expr, $function:ident($($argument:expr),*)) => {
        match $curve {
            Curve::P224 => $function::<NistP224>($($argument),*),
            Curve::P256 => $function::<NistP256>($($argument),*),
            Curve::P384 => $function::<NistP384>($($argument),*),
            Curve::P521 => $function::<NistP521>($($argument),*),
            Curve::BrainpoolP224r1 => $function::<BrainpoolP224r1>($($argument),*),
            Curve::BrainpoolP256r1 => $function::<BrainpoolP256r1>($($argument),*),
            Curve::BrainpoolP320r1 => $function::<BrainpoolP320r1>($($argument),*),
            Curve::BrainpoolP384r1 => $function::<BrainpoolP384r1>($($argument),*),
            Curve::BrainpoolP512r1 => $function::<BrainpoolP512r1>($($argument),*),
        }
    };
}

pub(super) fn generator(curve: Curve) -> Point {
    fn run<C: PrimeCurveParams>() -> Vec<u8> {
        encode::<C>(&ProjectivePoint::<C>::generator().to_affine())
    }
    Point {
        curve,
        sec1: Zeroizing::new(on_curve!(curve, run())),
    }
}

pub(super) fn check_point(curve: Curve, sec1: &[u8]) -> Result<Point, EcError> {
    fn run<C: PrimeCurveParams>(sec1: &[u8]) -> Result<(), EcError> {
        decode::<C>(sec1).map(|_| ())
    }
    on_curve!(curve, run(sec1))?;
    Ok(Point {
        curve,
        sec1: Zeroizing::new(sec1.to_vec()),
    })
}

pub(super) fn recover_point(curve: Curve, sec1: &[u8]) -> Result<Point, EcError> {
    fn run<C: PrimeCurveParams>(sec1: &[u8]) -> Result<Vec<u8>, EcError> {
        let point = Sec1Point::<C>::from_bytes(sec1).map_err(|_| EcError::PointInvalid)?;
        let point: Option<AffinePoint<C>> = AffinePoint::<C>::from_sec1_point(&point).into();
        let point = point.filter(|p| !bool::from(p.is_identity()));
        point.map(|p| encode::<C>(&p)).ok_or(EcError::PointInvalid)
    }
    match sec1.split_first() {
        Some((0x02 | 0x03, x)) if x.len() == curve.field_len() => Ok(Point {
            curve,
            sec1: Zeroizing::new(on_curve!(curve, run(sec1))?),
        }),
        Some((0x04, coordinates)) => check_point(curve, sec1)
            .or_else(|_| short_coordinates(curve, coordinates).ok_or(EcError::PointInvalid)),
        _ => Err(EcError::PointInvalid),
    }
}

/// The point whose coordinates lack up to four leading zeros together: of the ways to put them back, the one that lies
/// on the curve.
fn short_coordinates(curve: Curve, coordinates: &[u8]) -> Option<Point> {
    let len = curve.field_len();
    let missing = len.checked_mul(2)?.checked_sub(coordinates.len())?;
    if !(1..=4).contains(&missing) {
        return None;
    }
    (0..=missing).find_map(|of_x| {
        let (x, y) = coordinates.split_at_checked(len.checked_sub(of_x)?)?;
        let whole = [&[0x04][..], &padded(x, len)?, &padded(y, len)?].concat();
        check_point(curve, &whole).ok()
    })
}

pub(super) fn generate_secret<R: CryptoRng + ?Sized>(curve: Curve, rng: &mut R) -> Secret {
    // Rejection sampling over the order's bits: each try succeeds with probability above one half for
    // every curve here (brainpool orders begin with a byte above 0xA0).
    let len = curve.field_len();
    loop {
        let mut bytes = Zeroizing::new(alloc::vec![0u8; len]);
        rng.fill_bytes(&mut bytes);
        if let (Curve::P521, Some(first)) = (curve, bytes.first_mut()) {
            *first &= 0x01;
        }
        if let Ok(secret) = check_secret(curve, &bytes) {
            return secret;
        }
    }
}

pub(super) fn check_secret(curve: Curve, bytes: &[u8]) -> Result<Secret, EcError> {
    fn run<C: PrimeCurveParams>(bytes: &[u8]) -> Result<(), EcError> {
        non_zero::<C>(bytes).map(|mut s| s.zeroize())
    }
    let bytes = padded(bytes, curve.field_len()).ok_or(EcError::SecretInvalid)?;
    on_curve!(curve, run(&bytes))?;
    Ok(Secret { curve, bytes })
}

pub(super) fn multiply(secret: &Secret, base: &Point) -> Result<Point, EcError> {
    fn run<C: PrimeCurveParams>(secret: &[u8], base: &[u8]) -> Result<Vec<u8>, EcError> {
        let mut scalar = non_zero::<C>(secret)?;
        let product = ProjectivePoint::<C>::from(decode::<C>(base)?) * *scalar;
        scalar.zeroize();
        finite::<C>(product)
    }
    if secret.curve != base.curve {
        return Err(EcError::CurveMismatch);
    }
    Ok(Point {
        curve: secret.curve,
        sec1: Zeroizing::new(on_curve!(secret.curve, run(&secret.bytes, &base.sec1))?),
    })
}

pub(super) fn divide(secret: &Secret, divisor: &Secret) -> Result<Secret, EcError> {
    fn run<C: PrimeCurveParams>(secret: &[u8], divisor: &[u8]) -> Result<Vec<u8>, EcError> {
        let (mut secret, mut divisor) = (non_zero::<C>(secret)?, non_zero::<C>(divisor)?);
        let inverse: Option<Scalar<C>> = Field::invert(&*divisor).into();
        let quotient = inverse.map(|inverse| (*secret * inverse).to_repr().to_vec());
        secret.zeroize();
        divisor.zeroize();
        quotient.ok_or(EcError::SecretInvalid)
    }
    if secret.curve != divisor.curve {
        return Err(EcError::CurveMismatch);
    }
    let quotient = Zeroizing::new(on_curve!(secret.curve, run(&secret.bytes, &divisor.bytes))?);
    check_secret(secret.curve, &quotient)
}

pub(super) fn map_generator(curve: Curve, factor: &[u8], offset: &Point) -> Result<Point, EcError> {
    fn run<C: PrimeCurveParams>(factor: &[u8], offset: &[u8]) -> Result<Vec<u8>, EcError> {
        // Horner's rule over the bytes, so that a factor longer than the order is reduced without a branch.
        let mut scalar = Scalar::<C>::ZERO;
        for byte in factor {
            scalar = scalar * Scalar::<C>::from(256u64) + Scalar::<C>::from(u64::from(*byte));
        }
        let mapped = ProjectivePoint::<C>::generator() * scalar
            + ProjectivePoint::<C>::from(decode::<C>(offset)?);
        scalar.zeroize();
        finite::<C>(mapped)
    }
    if curve != offset.curve {
        return Err(EcError::CurveMismatch);
    }
    Ok(Point {
        curve,
        sec1: Zeroizing::new(on_curve!(curve, run(factor, &offset.sec1))?),
    })
}

pub(super) fn encode_to_group(curve: Curve, number: &[u8]) -> Result<Point, EcError> {
    fn run<C: PrimeCurveParams>(number: &[u8]) -> Result<Vec<u8>, EcError> {
        let one = C::FieldElement::ONE;
        let (a, b) = (C::EQUATION_A, C::EQUATION_B);
        let exponent = root_exponent::<C>().ok_or(EcError::NoEncoding)?;
        // Horner's rule over the bytes reduces modulo p without a branch.
        let mut t = C::FieldElement::ZERO;
        for byte in number {
            t = t * C::FieldElement::from(256u64) + C::FieldElement::from(u64::from(*byte));
        }
        let right_side = |x: C::FieldElement| x * x * x + a * x + b;
        // Appendix B.2, steps 1 to 6. The sum is zero for t = 0, 1 and -1 alone: no step divides by zero but this.
        let alpha = -t.square();
        let sum = alpha + alpha.square();
        let inverse: Option<C::FieldElement> = (a * sum).invert().into();
        let x2 = -b * (one + sum) * inverse.ok_or(EcError::PointAtInfinity)?;
        let x3 = alpha * x2;
        let h2 = right_side(x2);
        // Steps 7 to 9 with r = h2 ^ ((p + 1) / 4): then A = 1 / r, and r is the root of h2 or, where h2 has none, of -h2.
        // A · h2 is r in the first case, A · U = t ^ 3 · h2 / r is -t ^ 3 · r in the second. The exponent is the curve's.
        let r = h2.pow_vartime(exponent);
        let is_square = r.square().ct_eq(&h2);
        let x = C::FieldElement::conditional_select(&x3, &x2, is_square);
        let y = C::FieldElement::conditional_select(&(-t.square() * t * r), &r, is_square);
        let mut sec1 = alloc::vec![0x04];
        sec1.extend_from_slice(&x.to_repr());
        sec1.extend_from_slice(&y.to_repr());
        decode::<C>(&sec1)?;
        Ok(sec1)
    }
    Ok(Point {
        curve,
        sec1: Zeroizing::new(on_curve!(curve, run(number))?),
    })
}

/// `(p + 1) / 4` in words from the lowest, where p is 3 modulo 4.
fn root_exponent<C: PrimeCurveParams>() -> Option<Vec<u64>> {
    let below = (-C::FieldElement::ONE).to_repr();
    let mut words: Vec<u64> = below
        .rchunks(8)
        .map(|chunk| {
            chunk
                .iter()
                .fold(0, |word, byte| word << 8 | u64::from(*byte))
        })
        .collect();
    // p - 1 = 4k + 2, and (p + 1) / 4 = k + 1.
    if words.first()? & 0b11 != 0b10 {
        return None;
    }
    let mut above = 0;
    for word in words.iter_mut().rev() {
        let low = *word & 0b11;
        *word = *word >> 2 | above << 62;
        above = low;
    }
    let mut carry = true;
    for word in &mut words {
        (*word, carry) = word.overflowing_add(u64::from(carry));
    }
    Some(words)
}

pub(super) fn ecdsa_verify(curve: Curve, point: &[u8], prehash: &[u8], r: &[u8], s: &[u8]) -> bool {
    fn run<C>(point: &[u8], prehash: &[u8], r: &[u8], s: &[u8]) -> Option<()>
    where
        C: PrimeCurveParams + EcdsaCurve,
        Scalar<C>: IsHigh,
    {
        let key = ProjectivePoint::<C>::from(decode::<C>(point).ok()?);
        let (r, s) = (non_zero::<C>(r).ok()?, non_zero::<C>(s).ok()?);
        let signature = ecdsa::Signature::<C>::from_scalars(*r, *s).ok()?;
        ecdsa::hazmat::verify_prehashed::<C>(&key, prehash, &signature).ok()
    }
    let len = curve.field_len();
    let (Some(r), Some(s)) = (padded(r, len), padded(s, len)) else {
        return false;
    };
    on_curve!(curve, run(point, &whole_digest(curve, prehash), &r, &s)).is_some()
}

/// A digest shorter than the order is the number itself (SEC 1, 4.1.4): leading zeros change nothing, and the arithmetic
/// refuses digests under half the order's length, which SHA-256 on P-521 is.
fn whole_digest(curve: Curve, digest: &[u8]) -> Vec<u8> {
    let mut whole = alloc::vec![0u8; curve.field_len().saturating_sub(digest.len())];
    whole.extend_from_slice(digest);
    whole
}

pub(super) fn ecdsa_sign<R: CryptoRng + ?Sized>(
    curve: Curve,
    secret: &Secret,
    prehash: &[u8],
    rng: &mut R,
) -> Result<Vec<u8>, EcError> {
    fn run<C>(secret: &[u8], nonce: &[u8], prehash: &[u8]) -> Result<Option<Vec<u8>>, EcError>
    where
        C: PrimeCurveParams + EcdsaCurve,
        Scalar<C>: IsHigh,
    {
        let (secret, nonce) = (non_zero::<C>(secret)?, non_zero::<C>(nonce)?);
        Ok(ecdsa::hazmat::sign_prehashed::<C>(&secret, &nonce, prehash)
            .ok()
            .map(|(signature, _)| signature.to_bytes().to_vec()))
    }
    if secret.curve != curve {
        return Err(EcError::CurveMismatch);
    }
    let prehash = whole_digest(curve, prehash);
    loop {
        let nonce = generate_secret(curve, rng);
        if let Some(signature) = on_curve!(curve, run(&secret.bytes, &nonce.bytes, &prehash))? {
            return Ok(signature);
        }
    }
}

fn decode<C: PrimeCurveParams>(sec1: &[u8]) -> Result<AffinePoint<C>, EcError> {
    if sec1.first() != Some(&0x04) {
        return Err(EcError::PointInvalid);
    }
    let point = Sec1Point::<C>::from_bytes(sec1).map_err(|_| EcError::PointInvalid)?;
    Option::from(AffinePoint::<C>::from_sec1_point(&point)).ok_or(EcError::PointInvalid)
}

fn encode<C: PrimeCurveParams>(point: &AffinePoint<C>) -> Vec<u8> {
    point.to_sec1_point(false).as_bytes().to_vec()
}

fn finite<C: PrimeCurveParams>(point: ProjectivePoint<C>) -> Result<Vec<u8>, EcError> {
    if bool::from(point.is_identity()) {
        return Err(EcError::PointAtInfinity);
    }
    Ok(encode::<C>(&point.to_affine()))
}

fn non_zero<C: PrimeCurveParams>(bytes: &[u8]) -> Result<NonZeroScalar<C>, EcError> {
    let mut repr = FieldBytes::<C>::try_from(bytes).map_err(|_| EcError::SecretInvalid)?;
    let scalar = Option::from(Scalar::<C>::from_repr(repr))
        .and_then(|s: Scalar<C>| Option::from(NonZeroScalar::<C>::new(s)))
        .ok_or(EcError::SecretInvalid);
    repr.zeroize();
    scalar
}

/// Big-endian `bytes` brought to `len` by dropping or adding leading zeros.
fn padded(bytes: &[u8], len: usize) -> Option<Zeroizing<Vec<u8>>> {
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    let significant = bytes.get(zeros..)?;
    let pad = len.checked_sub(significant.len())?;
    let mut out = Zeroizing::new(Vec::with_capacity(len));
    out.resize(pad, 0);
    out.extend_from_slice(significant);
    Some(out)
}
