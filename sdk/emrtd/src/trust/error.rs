//! Why a trust store could not be made.

use crate::asn1::{Asn1Error, Problem};
use alloc::string::String;
use core::fmt;

/// Why a file cannot be part of a trust store. `source` is the name that was given with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrustError {
    /// The bytes look like a certificate, a master list or a revocation list, and are broken.
    Malformed {
        /// The file.
        source: String,
        /// Where and what.
        error: Asn1Error,
    },
    /// The file is larger, or holds more, than any honest one.
    TooLarge {
        /// The file.
        source: String,
    },
    /// The file is neither a certificate nor a master list nor a revocation list.
    Unrecognised {
        /// The file.
        source: String,
    },
    /// A scope was given with a master list, whose entries it would not restrict.
    ScopeOnList {
        /// The file.
        source: String,
    },
    /// A root must be a certificate.
    RootNotCertificate {
        /// The file.
        source: String,
    },
    /// Roots were given, and neither they nor the anchors vouch for the signer of this master list; or its signature
    /// does not hold at all.
    MasterListRefused {
        /// The file.
        source: String,
    },
}

impl TrustError {
    pub(super) fn malformed(source: &str, error: Asn1Error) -> Self {
        let source = source.into();
        if error.problem == Problem::TooMany {
            Self::TooLarge { source }
        } else {
            Self::Malformed { source, error }
        }
    }

    /// The permanent number: parsing 51xx, limits 61xx, input 81xx.
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::Malformed { .. } => 5101,
            Self::TooLarge { .. } => 6101,
            Self::Unrecognised { .. } => 8101,
            Self::RootNotCertificate { .. } => 8102,
            Self::MasterListRefused { .. } => 8103,
            Self::ScopeOnList { .. } => 8104,
        }
    }

    /// The name that was given with the file.
    #[must_use]
    pub fn source_name(&self) -> &str {
        match self {
            Self::Malformed { source, .. }
            | Self::TooLarge { source }
            | Self::Unrecognised { source }
            | Self::ScopeOnList { source }
            | Self::RootNotCertificate { source }
            | Self::MasterListRefused { source } => source,
        }
    }
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { source, error } => write!(f, "{source}: {error}"),
            Self::TooLarge { source } => write!(f, "{source}: too large"),
            Self::Unrecognised { source } => write!(
                f,
                "{source}: neither a certificate nor a master list nor a revocation list"
            ),
            Self::RootNotCertificate { source } => {
                write!(f, "{source}: a root must be a certificate")
            }
            Self::ScopeOnList { source } => {
                write!(
                    f,
                    "{source}: a scope restricts certificates, not master lists"
                )
            }
            Self::MasterListRefused { source } => {
                write!(f, "{source}: no given root vouches for this master list")
            }
        }
    }
}

impl core::error::Error for TrustError {}
