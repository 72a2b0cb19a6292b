//! Why a policy file is refused.

use std::fmt;

/// Why a policy file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// The text is no TOML, or holds a key or a check that policies do not have.
    Malformed {
        /// The line, counted from 1, where it is known.
        line: Option<usize>,
    },
    /// No built-in policy has this name.
    Unknown {
        /// The name.
        name: String,
    },
    /// No finding has this code.
    UnknownCode {
        /// The code.
        code: String,
    },
    /// A fatal finding stays fatal.
    FatalLowered {
        /// The code.
        code: String,
    },
    /// A test issuer stays a doubt: only the built-in policy `demo` takes it as a note.
    TestIssuerLowered,
    /// Passive authentication must be required: without it nothing is proven.
    PassiveAuthenticationMissing,
    /// Thresholds that make no sense, are lower than any recogniser's, or come without the false match rate and its
    /// basis; or these without thresholds.
    Thresholds,
    /// Live images from files are taken for a capture.
    FileCapture,
    /// A liveness result may be older than an hour, or a confirmation older than a day.
    AgeUnbounded,
    /// A vendor of face comparisons without a name or a certificate.
    VendorUnnamed,
    /// The name is a built-in policy's.
    NameTaken {
        /// The name.
        name: String,
    },
}

impl PolicyError {
    /// The permanent numeric code.
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::Malformed { .. } => 8301,
            Self::Unknown { .. } => 8302,
            Self::UnknownCode { .. } => 8303,
            Self::FatalLowered { .. } => 8304,
            Self::TestIssuerLowered => 8305,
            Self::PassiveAuthenticationMissing => 8306,
            Self::Thresholds => 8307,
            Self::NameTaken { .. } => 8308,
            Self::FileCapture => 8309,
            Self::AgeUnbounded => 8310,
            Self::VendorUnnamed => 8311,
        }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { line: Some(line) } => {
                write!(f, "the policy cannot be read, at line {line}")
            }
            Self::Malformed { line: None } => f.write_str("the policy cannot be read"),
            Self::Unknown { name } => write!(f, "there is no policy named {name}"),
            Self::UnknownCode { code } => write!(f, "the policy names an unknown code, {code}"),
            Self::FatalLowered { code } => {
                write!(f, "the policy lowers {code}, which is fatal and stays so")
            }
            Self::TestIssuerLowered => {
                f.write_str("the policy lowers test_issuer, which only the policy demo may")
            }
            Self::PassiveAuthenticationMissing => {
                f.write_str("the policy does not require passive_authentication")
            }
            Self::Thresholds => f.write_str(
                "the policy's thresholds are out of order or too low, or lack false_match_rate and basis, or these stand without them",
            ),
            Self::FileCapture => f.write_str("the policy takes a file for a live capture"),
            Self::AgeUnbounded => f.write_str(
                "the policy takes a liveness result of over an hour or a confirmation of over a day",
            ),
            Self::VendorUnnamed => {
                f.write_str("the policy names a vendor of face comparisons without name or certificate")
            }
            Self::NameTaken { name } => write!(f, "{name} is the name of a built-in policy"),
        }
    }
}

impl std::error::Error for PolicyError {}
