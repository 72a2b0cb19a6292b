//! Names of algorithms, as profiles and `card.toml` write them: `ecdsa brainpoolP384r1 sha-256 explicit`.

use crate::card_data::{ChipAuthenticationSuite, PaceMapping, PaceSuite};
use crate::error::VirtualCardError;
use chipid_emrtd::crypto::agreement::DomainParameters;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// How certificates and security objects are signed.
///
/// As text: `ecdsa CURVE HASH`, `ecdsa CURVE HASH explicit`, `rsa-pkcs1 BITS HASH`, `rsa-pss BITS HASH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SigningAlgorithm {
    /// ECDSA.
    Ecdsa {
        /// The curve.
        curve: Curve,
        /// The hash function.
        hash: HashAlgorithm,
        /// Whether the certificate writes all the curve's numbers out, as Doc 9303-12 demands, or names it.
        explicit: bool,
    },
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1 {
        /// Bits of the modulus.
        bits: usize,
        /// The hash function.
        hash: HashAlgorithm,
    },
    /// RSASSA-PSS, mask and salt following the hash.
    RsaPss {
        /// Bits of the modulus.
        bits: usize,
        /// The hash function.
        hash: HashAlgorithm,
    },
}

impl SigningAlgorithm {
    /// The hash function.
    #[must_use]
    pub const fn hash(self) -> HashAlgorithm {
        match self {
            Self::Ecdsa { hash, .. } | Self::RsaPkcs1 { hash, .. } | Self::RsaPss { hash, .. } => {
                hash
            }
        }
    }
}

/// How a chip authenticates actively. As text: `rsa BITS HASH` or `ecdsa CURVE HASH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ActiveAuthenticationAlgorithm {
    /// RSA, ISO/IEC 9796-2 scheme 1.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
        /// The hash function of the trailer.
        hash: HashAlgorithm,
    },
    /// ECDSA, plain signatures.
    Ecdsa {
        /// The curve.
        curve: Curve,
        /// The hash function.
        hash: HashAlgorithm,
    },
}

const INVALID: VirtualCardError = VirtualCardError::ProfileInvalid { entry: "algorithm" };

pub(crate) fn cipher(name: &str) -> Result<CipherAlgorithm, VirtualCardError> {
    [
        CipherAlgorithm::Tdes,
        CipherAlgorithm::Aes128,
        CipherAlgorithm::Aes192,
        CipherAlgorithm::Aes256,
    ]
    .into_iter()
    .find(|c| c.name() == name)
    .ok_or(INVALID)
}

pub(crate) fn curve(name: &str) -> Result<Curve, VirtualCardError> {
    Curve::ALL
        .into_iter()
        .find(|c| c.name() == name)
        .ok_or(INVALID)
}

pub(crate) fn group(name: &str) -> Result<DomainParameters, VirtualCardError> {
    DomainParameters::all()
        .find(|g| g.name() == name)
        .ok_or(INVALID)
}

fn mapping(name: &str) -> Option<PaceMapping> {
    [
        PaceMapping::Generic,
        PaceMapping::Integrated,
        PaceMapping::ChipAuthentication,
    ]
    .into_iter()
    .find(|m| m.name() == name)
}

pub(crate) fn hash(name: &str) -> Result<HashAlgorithm, VirtualCardError> {
    HashAlgorithm::ALL
        .into_iter()
        .find(|h| h.name() == name)
        .ok_or(INVALID)
}

fn bits(text: &str) -> Result<usize, VirtualCardError> {
    text.parse()
        .ok()
        .filter(|bits| (1024..=8192).contains(bits))
        .ok_or(INVALID)
}

impl FromStr for SigningAlgorithm {
    type Err = VirtualCardError;

    fn from_str(text: &str) -> Result<Self, VirtualCardError> {
        match *text.split_whitespace().collect::<Vec<_>>() {
            ["ecdsa", c, h] => Ok(Self::Ecdsa {
                curve: curve(c)?,
                hash: hash(h)?,
                explicit: false,
            }),
            ["ecdsa", c, h, "explicit"] => Ok(Self::Ecdsa {
                curve: curve(c)?,
                hash: hash(h)?,
                explicit: true,
            }),
            ["rsa-pkcs1", b, h] => Ok(Self::RsaPkcs1 {
                bits: bits(b)?,
                hash: hash(h)?,
            }),
            ["rsa-pss", b, h] => Ok(Self::RsaPss {
                bits: bits(b)?,
                hash: hash(h)?,
            }),
            _ => Err(INVALID),
        }
    }
}

impl fmt::Display for SigningAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ecdsa {
                curve,
                hash,
                explicit,
            } => {
                write!(f, "ecdsa {} {}", curve.name(), hash.name())?;
                f.write_str(if *explicit { " explicit" } else { "" })
            }
            Self::RsaPkcs1 { bits, hash } => write!(f, "rsa-pkcs1 {bits} {}", hash.name()),
            Self::RsaPss { bits, hash } => write!(f, "rsa-pss {bits} {}", hash.name()),
        }
    }
}

impl FromStr for ActiveAuthenticationAlgorithm {
    type Err = VirtualCardError;

    fn from_str(text: &str) -> Result<Self, VirtualCardError> {
        match *text.split_whitespace().collect::<Vec<_>>() {
            ["rsa", b, h] => Ok(Self::Rsa {
                bits: bits(b)?,
                hash: hash(h)?,
            }),
            ["ecdsa", c, h] => Ok(Self::Ecdsa {
                curve: curve(c)?,
                hash: hash(h)?,
            }),
            _ => Err(INVALID),
        }
    }
}

impl fmt::Display for ActiveAuthenticationAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits, hash } => write!(f, "rsa {bits} {}", hash.name()),
            Self::Ecdsa { curve, hash } => write!(f, "ecdsa {} {}", curve.name(), hash.name()),
        }
    }
}

impl FromStr for PaceSuite {
    type Err = VirtualCardError;

    fn from_str(text: &str) -> Result<Self, VirtualCardError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (first, group_name, rest) = match words.split_at_checked(2) {
            Some((&[first, second], rest)) => (first, second, rest),
            _ => return Err(INVALID),
        };
        let (mapping_name, rest) = match rest.split_first() {
            Some((word, rest)) if mapping(word).is_some() => (mapping(word), rest),
            _ => (None, rest),
        };
        let explicit = match *rest {
            [] => false,
            ["explicit"] => true,
            _ => return Err(INVALID),
        };
        let suite = Self {
            cipher: cipher(first)?,
            group: group(group_name)?,
            mapping: mapping_name.unwrap_or(PaceMapping::Generic),
            explicit,
        };
        let exists = match suite.mapping {
            PaceMapping::Generic => true,
            PaceMapping::Integrated => suite.group.encodes_numbers(),
            PaceMapping::ChipAuthentication => {
                suite.group.curve().is_some() && suite.cipher != CipherAlgorithm::Tdes
            }
        };
        if exists { Ok(suite) } else { Err(INVALID) }
    }
}

impl FromStr for ChipAuthenticationSuite {
    type Err = VirtualCardError;

    fn from_str(text: &str) -> Result<Self, VirtualCardError> {
        match *text.split_whitespace().collect::<Vec<_>>() {
            [a, c] => Ok(Self {
                cipher: cipher(a)?,
                group: group(c)?,
            }),
            _ => Err(INVALID),
        }
    }
}

impl fmt::Display for ChipAuthenticationSuite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.cipher.name(), self.group.name())
    }
}

impl fmt::Display for PaceSuite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.cipher.name(), self.group.name())?;
        if self.mapping != PaceMapping::Generic {
            write!(f, " {}", self.mapping.name())?;
        }
        f.write_str(if self.explicit { " explicit" } else { "" })
    }
}

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl TryFrom<String> for $name {
            type Error = VirtualCardError;

            fn try_from(text: String) -> Result<Self, VirtualCardError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    )*};
}

as_text!(
    SigningAlgorithm,
    ActiveAuthenticationAlgorithm,
    ChipAuthenticationSuite,
    PaceSuite
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for text in [
            "ecdsa P-256 sha-256",
            "ecdsa brainpoolP512r1 sha-512 explicit",
            "rsa-pkcs1 3072 sha-1",
            "rsa-pss 2048 sha-384",
        ] {
            assert_eq!(text.parse::<SigningAlgorithm>().unwrap().to_string(), text);
        }
        for text in [
            "aes-128 brainpoolP256r1",
            "3des modp-2048-256",
            "aes-256 brainpoolP256r1 im",
            "aes-192 P-521 cam",
            "aes-192 modp-1024-160 im explicit",
            "aes-192 P-256 explicit",
        ] {
            assert_eq!(text.parse::<PaceSuite>().unwrap().to_string(), text);
        }
        for text in [
            "aes-128",
            "aes-128 P-224 im",
            "3des P-256 cam",
            "aes-128 modp-2048-224 cam",
            "aes-128 P-256 gm gm",
            "aes-128 P-192",
        ] {
            assert!(text.parse::<PaceSuite>().is_err(), "{text}");
        }
        assert!("rsa-pss 12 sha-256".parse::<SigningAlgorithm>().is_err());
        assert!("ecdsa P-255 sha-256".parse::<SigningAlgorithm>().is_err());
    }
}
