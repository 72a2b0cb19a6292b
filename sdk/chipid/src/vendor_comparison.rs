//! The result of a face comparison that another maker's engine made: one with a certificate, say, that a supervisor asks for.
//!
//! chipid takes it typed and sees to it that it speaks of this document's portrait and of the images that everything else speaks
//! of. Whether that maker's engine is worth anything is said by its certificate, and by the policy that names both: a policy
//! that names nobody takes nobody's.

use crate::face::Capture;
use chipid_emrtd::time::UnixTime;

/// What a vendor's engine said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VendorMatch {
    /// One person, by the vendor's own threshold.
    Match,
    /// Two persons.
    Mismatch,
    /// It could not say.
    Uncertain,
}

impl VendorMatch {
    /// `match`, `mismatch` or `uncertain`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Mismatch => "mismatch",
            Self::Uncertain => "uncertain",
        }
    }
}

/// A comparison by another maker's engine: who made it, of what, when, and what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorComparison {
    /// What came out.
    pub result: VendorMatch,
    /// Whose engine. The policy names vendor and certificate together.
    pub vendor: String,
    /// Which version of theirs.
    pub version: String,
    /// By what it is known to work: certificate or test report.
    pub certificate: String,
    /// Where the images came from.
    pub capture: Capture,
    /// When it was made.
    pub at: UnixTime,
    /// The portrait that was compared: [`Assessment::portrait_digest`](crate::Assessment::portrait_digest).
    pub portrait: [u8; 32],
    /// The images that it looked at, each as [`LiveImages::digests`](crate::LiveImages::digests) gives it.
    pub images: Vec<[u8; 32]>,
}
