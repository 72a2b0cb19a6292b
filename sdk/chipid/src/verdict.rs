//! The one answer, with its grounds.

use crate::face::Capture;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::finding::{Check, Code, Severity};
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
    /// The policy's name.
    pub policy: String,
    /// SHA-256 over the policy's text.
    pub policy_sha256: [u8; 32],
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictKind {
    /// The genuine card, and its holder.
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
}

impl Verdict {
    /// Whether a ground with this code stands.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.grounds.iter().any(|g| g.code == code)
    }
}
