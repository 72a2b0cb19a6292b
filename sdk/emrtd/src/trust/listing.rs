//! What a trust store holds, for a list that a person reads.

use super::certificate::{Certificate, Validity};
use super::csca::Scope;
use crate::crypto::signature::PublicKey;
use crate::time::UnixTime;
use alloc::string::{String, ToString};

/// One certificate of the store, for a list that a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whom the certificate speaks of.
    pub subject: String,
    /// `countryName` in upper case.
    pub country: Option<String>,
    /// SHA-256 over the certificate.
    pub sha256: [u8; 32],
    /// From when to when it holds.
    pub validity: Validity,
    /// The name that was given with the file.
    pub source: String,
    /// Whether it anchors anything.
    pub state: EntryState,
    /// What it may vouch for, where it is restricted.
    pub scope: Option<Scope>,
    /// Whether what it vouches for is a test.
    pub is_test: bool,
    /// The subject's key, as in `rsa-2048` or `brainpoolP256r1`; `None` where it cannot be used.
    pub key: Option<String>,
}

/// Whether a certificate of the store anchors anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// It does.
    Anchor,
    /// It stands on a master list that nobody vouches for, and anchors nothing.
    Unverified,
}

/// A master list of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSummary {
    /// The name that was given with the file.
    pub source: String,
    /// Whether its entries are anchors.
    pub state: EntryState,
    /// Whether its signature holds under the certificate that it brings along.
    pub signature_holds: bool,
    /// That certificate's subject.
    pub signer: Option<String>,
    /// Who vouches for that certificate: subject and SHA-256 of a root or an anchor.
    pub vouched_by: Option<(String, [u8; 32])>,
    /// When it was signed, by the signer's word.
    pub signing_time: Option<UnixTime>,
    /// Entries.
    pub certificates: usize,
    /// Entries that could not be read and were left out.
    pub skipped: usize,
}

/// A revocation list of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationListSummary {
    /// The name that was given with the file.
    pub source: String,
    /// Whose certificates it revokes.
    pub issuer: String,
    /// Whether an anchor signed it; if not, it says nothing.
    pub verified: bool,
    /// When it was issued.
    pub this_update: UnixTime,
    /// When the next one is due.
    pub next_update: Option<UnixTime>,
    /// Revoked certificates.
    pub entries: usize,
}

pub(super) fn entry(
    certificate: &Certificate,
    source: &str,
    state: EntryState,
    scope: Option<Scope>,
    is_test: bool,
) -> Entry {
    Entry {
        subject: certificate.subject().to_string(),
        country: certificate.country(),
        sha256: certificate.sha256(),
        validity: certificate.validity(),
        source: source.to_string(),
        state,
        scope,
        is_test,
        key: certificate.public_key().ok().map(PublicKey::name),
    }
}
