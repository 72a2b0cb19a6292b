//! The checks that a policy can require.

use serde::Deserialize;

/// A check that a policy can require.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Requirement {
    /// Digests, signature, chain to a trusted CSCA, states.
    PassiveAuthentication,
    /// A chip that proved itself.
    ChipGenuine,
    /// A document that runs.
    DocumentValidity,
    /// Signed data that agree among themselves.
    Consistency,
    /// A live face that matches the portrait.
    Face,
    /// A live image from a source that the policy takes: never a file.
    Capture,
    /// A living person, by a check of the caller's.
    Liveness,
    /// A confirmation by the issuer.
    Online,
}

impl Requirement {
    /// Every check, in the order of the contract.
    pub const ALL: [Self; 8] = [
        Self::PassiveAuthentication,
        Self::ChipGenuine,
        Self::DocumentValidity,
        Self::Consistency,
        Self::Face,
        Self::Capture,
        Self::Liveness,
        Self::Online,
    ];

    /// `passive_authentication`, `chip_genuine` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PassiveAuthentication => "passive_authentication",
            Self::ChipGenuine => "chip_genuine",
            Self::DocumentValidity => "document_validity",
            Self::Consistency => "consistency",
            Self::Face => "face",
            Self::Capture => "capture",
            Self::Liveness => "liveness",
            Self::Online => "online",
        }
    }
}
