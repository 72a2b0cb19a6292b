//! The result of a liveness check (presentation attack detection) that the caller made.
//!
//! chipid has none of its own: it takes another maker's, typed, and sees to it that it speaks of the very images that were
//! compared. Whether that maker's check is worth anything is said by its certificate or test report, which is carried
//! along as `basis` and judged by nobody here.

use crate::face::Capture;
use chipid_emrtd::time::UnixTime;

/// What a liveness check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LivenessResult {
    /// A living person.
    Passed,
    /// A picture, a screen, a mask.
    Failed,
    /// It could not say.
    Uncertain,
}

impl LivenessResult {
    /// `passed`, `failed` or `uncertain`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
        }
    }
}

/// A liveness check of the caller's: who made it, on what, when, and what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Liveness {
    /// What came out.
    pub result: LivenessResult,
    /// Who made the check.
    pub vendor: String,
    /// Which version of theirs.
    pub version: String,
    /// By what it is known to work: a certificate or test report (as ISO/IEC 30107-3, level, laboratory, number).
    pub basis: String,
    /// Where the images came from. A result from another source than the comparison's does not count.
    pub capture: Capture,
    /// When it was made.
    pub at: UnixTime,
    /// The images that it looked at, each as [`LiveImages::digests`](crate::LiveImages::digests) gives it. A result
    /// counts only where every image that was compared is among them.
    pub images: Vec<[u8; 32]>,
}
