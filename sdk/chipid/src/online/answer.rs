//! What a confirmation service says.

use super::request::Asked;
use chipid_emrtd::time::UnixTime;
use std::fmt;
use zeroize::Zeroizing;

/// What the service says of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmationOutcome {
    /// The issuer issued it.
    Confirmed,
    /// The issuer did not, or took it back.
    Denied,
}

impl ConfirmationOutcome {
    /// `confirmed` or `denied`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Denied => "denied",
        }
    }
}

/// An answer, with what binds it to its question.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfirmationAnswer {
    /// What it says.
    pub outcome: ConfirmationOutcome,
    /// Who says so.
    pub service: String,
    /// The service's own number for it.
    pub transaction: Option<String>,
    /// The number that the service says it was asked about.
    pub number: Zeroizing<String>,
    /// SHA-256 over the document signer's certificate that the service says it was asked about.
    pub signer_sha256: [u8; 32],
    /// The nonce that the service says it was asked with.
    pub nonce: [u8; 16],
    /// When it answered.
    pub answered_at: UnixTime,
}

impl fmt::Debug for ConfirmationAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConfirmationAnswer({:?})", self.outcome)
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreachable {
    /// No way to the service.
    NoConnection,
    /// It did not answer in time.
    TimedOut,
    /// It would not answer: contract, quota, maintenance.
    Refused,
    /// What came back is no answer.
    Unreadable,
    /// What came back is not signed by the service. Not a service out of reach: the answer is doubted.
    NotAuthentic,
}

impl Unreachable {
    /// `no_connection`, `timed_out`, `refused`, `unreadable` or `not_authentic`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoConnection => "no_connection",
            Self::TimedOut => "timed_out",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::NotAuthentic => "not_authentic",
        }
    }
}

/// What became of asking.
#[derive(Debug)]
pub(crate) enum Confirmation {
    Unreachable(Unreachable),
    Answered(Box<(Asked, ConfirmationAnswer)>),
}
