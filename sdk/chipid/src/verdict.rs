//! The one answer, with its grounds.

use crate::face::Capture;
use crate::liveness::Liveness;
use crate::vendor_comparison::VendorComparison;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::finding::{Check, Code, Severity};
use chipid_emrtd::time::UnixTime;
use chipid_face::{Similarity, Thresholds};

/// What a policy decided.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The answer.
    pub kind: VerdictKind,
    /// Everything that led to it, the worst first, in a fixed order.
    pub grounds: Vec<Ground>,
    /// How the face was judged.
    pub face: FaceJudgement,
    /// Whether the live images come from where the policy takes them.
    pub capture: Check<()>,
    /// How the caller's liveness check was judged.
    pub liveness: LivenessJudgement,
    /// How the online confirmation was judged.
    pub online: OnlineJudgement,
    /// The policy's name.
    pub policy: String,
    /// SHA-256 over the policy's text.
    pub policy_sha256: [u8; 32],
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictKind {
    /// Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder.
    Accept,
    /// Not.
    Reject,
    /// Nobody can say: a person decides, or something is done and asked again.
    Undecided,
}

impl VerdictKind {
    /// `accept`, `reject` or `undecided`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Undecided => "undecided",
        }
    }
}

/// One reason of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// What was noticed.
    pub code: Code,
    /// What it does under the policy.
    pub severity: Severity,
    /// The file that it is about.
    pub file: Option<FileId>,
    /// More of it, as a permanent word.
    pub detail: Option<&'static str>,
}

/// The face check under the policy's thresholds.
#[derive(Clone, Debug)]
pub struct FaceJudgement {
    /// The answer.
    pub check: Check<()>,
    /// The similarity, where faces were compared.
    pub similarity: Option<Similarity>,
    /// What to do now, as a permanent word.
    pub advice: Option<&'static str>,
    /// Where the live image came from.
    pub capture: Option<Capture>,
    /// What the similarity was judged by.
    pub thresholds: Thresholds,
    /// Attempts in this session, this one included.
    pub attempts: u32,
    /// The false match rate over all those attempts.
    pub false_match_rate: f64,
    /// What another maker's engine said, where the caller brought that.
    pub vendor: Option<VendorComparison>,
}

/// A liveness result of the caller's under the policy.
#[derive(Clone, Debug)]
pub struct LivenessJudgement {
    /// The answer.
    pub check: Check<()>,
    /// What the caller brought.
    pub liveness: Option<Liveness>,
}

/// An online confirmation under the policy.
#[derive(Clone, Debug)]
pub struct OnlineJudgement {
    /// The answer.
    pub check: Check<()>,
    /// Who answered, where somebody did.
    pub service: Option<String>,
    /// The service's own number for its answer.
    pub transaction: Option<String>,
    /// When it answered, by its clock.
    pub answered_at: Option<UnixTime>,
}

impl Verdict {
    /// Whether a ground with this code stands.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.grounds.iter().any(|g| g.code == code)
    }
}
