//! brainpoolP224r1, brainpoolP320r1 and brainpoolP512r1: the curves that no crate has.
//!
//! RFC 5639, section 3 (domain parameters). Only parameters stand here; the arithmetic is that of the crates
//! `primefield` and `primeorder`, which the other curves use too.

use elliptic_curve::bigint::Odd;
use elliptic_curve::consts::{U28, U40, U64};
use elliptic_curve::ff::PrimeField;
use elliptic_curve::ops::{BatchInvert, Reduce};
use elliptic_curve::point::PointCompression;
use elliptic_curve::scalar::{FromUintUnchecked, IsHigh};
use elliptic_curve::subtle::{Choice, ConstantTimeEq, ConstantTimeGreater, CtOption};
use elliptic_curve::{CurveArithmetic, PrimeCurveArithmetic};
use primeorder::{FieldArithmetic, PrimeCurveParams, mul_backend, point_arithmetic, wnaf};

/// Defines one curve from its domain parameters. `non_residue_*`: the least quadratic non-residue, which square
/// roots start from. The modulus strings are padded to the width of `uint`, the others are those of the field.
macro_rules! brainpool_curve {
    (
        module: $module:ident, curve: $curve:ident, uint: $uint:ident, bytes: $bytes:ident,
        p: $p:literal, n: $n:literal, non_residue_p: $gp:literal, non_residue_n: $gn:literal,
        a: $a:literal, b: $b:literal, x: $x:literal, y: $y:literal
    ) => {
        #[allow(unreachable_pub)] // The macros of `elliptic_curve` demand public names; the module itself is private.
        mod $module {
            use super::*;
            use elliptic_curve::bigint::$uint;

            #[doc = concat!("The curve ", stringify!($curve), ".")]
            #[derive(Copy, Clone, Debug, Default, Eq, PartialEq, PartialOrd, Ord)]
            pub struct $curve;

            primefield::monty_field_params! {
                name: FieldParams,
                modulus: $p,
                uint: $uint,
                byte_order: primefield::ByteOrder::BigEndian,
                multiplicative_generator: $gp,
                doc: "Montgomery parameters of the field modulus."
            }

            primefield::monty_field_element! {
                name: FieldElement,
                params: FieldParams,
                uint: $uint,
                doc: "Element of the field modulo `p`."
            }

            primefield::monty_field_arithmetic! {
                name: FieldElement,
                params: FieldParams,
                uint: $uint
            }

            impl BatchInvert for FieldElement {}

            mod scalar {
                use super::*;

                primefield::monty_field_params! {
                    name: ScalarParams,
                    modulus: $n,
                    uint: $uint,
                    byte_order: primefield::ByteOrder::BigEndian,
                    multiplicative_generator: $gn,
                    doc: "Montgomery parameters of the group order."
                }

                primefield::monty_field_element! {
                    name: Scalar,
                    params: ScalarParams,
                    uint: $uint,
                    doc: "Element of the field modulo `n`."
                }

                primefield::monty_field_arithmetic! {
                    name: Scalar,
                    params: ScalarParams,
                    uint: $uint
                }

                impl Reduce<$uint> for Scalar {
                    fn reduce(w: &$uint) -> Self {
                        Self(Reduce::reduce(w))
                    }
                }

                impl FromUintUnchecked for Scalar {
                    type Uint = $uint;

                    fn from_uint_unchecked(uint: $uint) -> Self {
                        Self::from_uint_unchecked(uint)
                    }
                }
            }
            pub(crate) use scalar::Scalar;

            elliptic_curve::scalar_impls!($curve, Scalar);
            wnaf::impl_wnaf_size_for_scalar!(Scalar);

            impl AsRef<Scalar> for Scalar {
                fn as_ref(&self) -> &Scalar {
                    self
                }
            }

            impl Reduce<elliptic_curve::FieldBytes<$curve>> for Scalar {
                fn reduce(bytes: &elliptic_curve::FieldBytes<$curve>) -> Self {
                    let mut wide = [0u8; $uint::BYTES];
                    let start = wide.len().saturating_sub(bytes.len());
                    for (to, from) in wide.iter_mut().skip(start).zip(bytes) {
                        *to = *from;
                    }
                    Self::reduce(&$uint::from_be_slice(&wide))
                }
            }

            impl IsHigh for Scalar {
                fn is_high(&self) -> Choice {
                    const HALF: $uint = <$curve as elliptic_curve::Curve>::ORDER
                        .as_ref()
                        .shr_vartime(1);
                    self.to_canonical().ct_gt(&HALF)
                }
            }

            impl elliptic_curve::Curve for $curve {
                type FieldBytesSize = $bytes;
                type Uint = $uint;
                const ORDER: Odd<$uint> = Odd::<$uint>::from_be_hex($n);
            }

            impl elliptic_curve::PrimeCurve for $curve {}

            impl PointCompression for $curve {
                const COMPRESS_POINTS: bool = false;
            }

            impl ecdsa::EcdsaCurve for $curve {
                const NORMALIZE_S: bool = false;
            }

            impl CurveArithmetic for $curve {
                type AffinePoint = primeorder::AffinePoint<$curve>;
                type ProjectivePoint = primeorder::ProjectivePoint<$curve>;
                type Scalar = Scalar;
            }

            impl FieldArithmetic for $curve {
                type FieldElement = FieldElement;
            }

            impl PrimeCurveArithmetic for $curve {
                type CurveGroup = primeorder::ProjectivePoint<$curve>;
            }

            impl PrimeCurveParams for $curve {
                type PointArithmetic = point_arithmetic::EquationAIsGeneric;
                type Backend = mul_backend::VariableOnly;

                const EQUATION_A: FieldElement = FieldElement::from_hex_vartime($a);
                const EQUATION_B: FieldElement = FieldElement::from_hex_vartime($b);
                const GENERATOR: (FieldElement, FieldElement) = (
                    FieldElement::from_hex_vartime($x),
                    FieldElement::from_hex_vartime($y),
                );
            }
        }
        pub(crate) use $module::$curve;
    };
}

brainpool_curve! {
    module: p224r1, curve: BrainpoolP224r1, uint: U256, bytes: U28,
    p: "00000000d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
    n: "00000000d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f",
    non_residue_p: 3, non_residue_n: 3,
    a: "68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43",
    b: "2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b",
    x: "0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d",
    y: "58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd"
}

brainpool_curve! {
    module: p320r1, curve: BrainpoolP320r1, uint: U384, bytes: U40,
    p: "0000000000000000d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27",
    n: "0000000000000000d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311",
    non_residue_p: 5, non_residue_n: 3,
    a: "3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4",
    b: "520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6",
    x: "43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611",
    y: "14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1"
}

brainpool_curve! {
    module: p512r1, curve: BrainpoolP512r1, uint: U512, bytes: U64,
    p: "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3",
    n: "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069",
    non_residue_p: 2, non_residue_n: 7,
    a: "7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca",
    b: "3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723",
    x: "81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f822",
    y: "7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dcde494a5f485e5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892"
}
