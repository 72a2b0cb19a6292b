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
