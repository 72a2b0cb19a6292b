//! What is demanded before anybody is accepted: a pure function from an assessment to a verdict.
//!
//! The table of `docs/verdict.md` is what this module does; every row of it is a test.

use crate::assessment::Assessment;
use crate::codes;
use crate::face::{Capture, FaceOutcome, default_thresholds};
use crate::verdict::{FaceJudgement, Ground, Verdict, VerdictKind};
use chipid_emrtd::finding::{Check, Code, Severity, codes as core};
use chipid_face::{Decision, Thresholds};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

const COUNTER: &str = include_str!("../policies/counter.toml");
const DEMO: &str = include_str!("../policies/demo.toml");
const READING_ONLY: &str = include_str!("../policies/reading-only.toml");

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
    /// A living person, by a check of the caller's.
    Liveness,
    /// A confirmation by the issuer.
    Online,
}

impl Requirement {
    /// `passive_authentication`, `chip_genuine` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PassiveAuthentication => "passive_authentication",
            Self::ChipGenuine => "chip_genuine",
            Self::DocumentValidity => "document_validity",
            Self::Consistency => "consistency",
            Self::Face => "face",
            Self::Liveness => "liveness",
            Self::Online => "online",
        }
    }
}

/// What is demanded. Built in, or read from a TOML file.
#[derive(Clone, Debug)]
pub struct Policy {
    name: String,
    purpose: BTreeMap<String, String>,
    requires: BTreeSet<Requirement>,
    severities: BTreeMap<&'static str, Severity>,
    thresholds: Thresholds,
    max_failed_attempts: u32,
    max_session: Duration,
    sha256: [u8; 32],
}

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
    /// basis.
    Thresholds,
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
                "the policy's thresholds are out of order or too low, or lack false_match_rate and basis",
            ),
            Self::NameTaken { name } => write!(f, "{name} is the name of a built-in policy"),
        }
    }
}

impl std::error::Error for PolicyError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    purpose: BTreeMap<String, String>,
    requires: BTreeSet<Requirement>,
    #[serde(default)]
    severity: BTreeMap<String, Level>,
    #[serde(default)]
    face: FaceSection,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Note,
    Doubt,
    Fatal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FaceSection {
    accept: Option<f32>,
    reject: Option<f32>,
    false_match_rate: Option<f64>,
    basis: Option<String>,
    max_failed_attempts: u32,
    max_session_seconds: u64,
}

impl Default for FaceSection {
    fn default() -> Self {
        Self {
            accept: None,
            reject: None,
            false_match_rate: None,
            basis: None,
            max_failed_attempts: 10,
            max_session_seconds: 180,
        }
    }
}

impl Policy {
    /// The names of the built-in policies, the default first.
    pub const BUILT_IN: [&'static str; 3] = ["counter", "demo", "reading-only"];

    /// The default: a clerk is present.
    #[must_use]
    pub fn counter() -> Self {
        Self::built_in_text(COUNTER)
    }

    /// For test cards only.
    #[must_use]
    pub fn demo() -> Self {
        Self::built_in_text(DEMO)
    }

    /// The data alone.
    #[must_use]
    pub fn reading_only() -> Self {
        Self::built_in_text(READING_ONLY)
    }

    /// The built-in policy with this name.
    ///
    /// # Errors
    /// [`PolicyError::Unknown`].
    pub fn built_in(name: &str) -> Result<Self, PolicyError> {
        match name {
            "counter" => Ok(Self::counter()),
            "demo" => Ok(Self::demo()),
            "reading-only" => Ok(Self::reading_only()),
            other => Err(PolicyError::Unknown {
                name: other.to_owned(),
            }),
        }
    }

    /// Reads a policy of one's own.
    ///
    /// # Errors
    /// [`PolicyError`] where the text is malformed, or lowers what must not be lowered.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        Self::read(text, false)
    }

    /// Every built-in text is read by a test; should one not be readable, the policy that comes out accepts nobody.
    fn built_in_text(text: &str) -> Self {
        Self::read(text, true).unwrap_or_else(|_| Self {
            name: String::from("unreadable"),
            purpose: BTreeMap::new(),
            requires: BTreeSet::from([Requirement::Liveness, Requirement::Online]),
            severities: BTreeMap::new(),
            thresholds: default_thresholds(),
            max_failed_attempts: 0,
            max_session: Duration::ZERO,
            sha256: [0; 32],
        })
    }

    fn read(text: &str, built_in: bool) -> Result<Self, PolicyError> {
        let file: File = toml::from_str(text).map_err(|e| PolicyError::Malformed {
            line: e.span().map(|span| {
                text.bytes()
                    .take(span.start)
                    .filter(|b| *b == b'\n')
                    .count()
                    + 1
            }),
        })?;
        if !built_in && Self::BUILT_IN.contains(&file.name.as_str()) {
            return Err(PolicyError::NameTaken { name: file.name });
        }
        if !file.requires.contains(&Requirement::PassiveAuthentication) {
            return Err(PolicyError::PassiveAuthenticationMissing);
        }
        let mut severities = BTreeMap::new();
        for (name, level) in &file.severity {
            let code = codes::named(name)
                .ok_or_else(|| PolicyError::UnknownCode { code: name.clone() })?;
            let severity = match level {
                Level::Note => Severity::Note,
                Level::Doubt => Severity::Doubt,
                Level::Fatal => Severity::Fatal,
            };
            if code.severity() == Severity::Fatal && severity < Severity::Fatal {
                return Err(PolicyError::FatalLowered { code: name.clone() });
            }
            let lowers_test_issuer = code == core::TEST_ISSUER && severity < code.severity();
            if lowers_test_issuer && !(built_in && file.name == "demo") {
                return Err(PolicyError::TestIssuerLowered);
            }
            severities.insert(code.name(), severity);
        }
        Ok(Self {
            name: file.name,
            purpose: file.purpose,
            requires: file.requires,
            severities,
            thresholds: thresholds(&file.face)?,
            max_failed_attempts: file.face.max_failed_attempts,
            max_session: Duration::from_secs(file.face.max_session_seconds),
            sha256: Sha256::digest(text.as_bytes()).into(),
        })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for, in the language `en` or `vi`; empty where it does not say.
    #[must_use]
    pub fn purpose(&self, language: &str) -> &str {
        self.purpose.get(language).map_or("", String::as_str)
    }

    /// SHA-256 over its text.
    #[must_use]
    pub const fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// What it requires.
    pub fn requires(&self) -> impl Iterator<Item = Requirement> + '_ {
        self.requires.iter().copied()
    }

    /// The thresholds that it judges faces by.
    #[must_use]
    pub const fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// How many failed attempts lock a session, and after which time.
    #[must_use]
    pub const fn session_limits(&self) -> (u32, Duration) {
        (self.max_failed_attempts, self.max_session)
    }

    /// What a finding with this code does under this policy.
    #[must_use]
    pub fn severity(&self, code: Code) -> Severity {
        self.severities
            .get(code.name())
            .copied()
            .unwrap_or(code.severity())
    }

    /// Whether faces are to be compared at all.
    #[must_use]
    pub fn wants_face(&self) -> bool {
        self.requires.contains(&Requirement::Face)
    }

    /// Decides: any fatal finding rejects; else any doubt, or any required check that was not performed, leaves it
    /// undecided; else it accepts.
    #[must_use]
    pub fn decide(&self, assessment: &Assessment) -> Verdict {
        let mut grounds: Vec<Ground> = assessment
            .findings
            .iter()
            .map(|f| Ground {
                code: f.code,
                severity: self.severity(f.code),
                file: f.file,
                detail: f.detail,
            })
            .collect();
        let face = self.judge_face(assessment, &mut grounds);
        self.require(assessment, &face, &mut grounds);

        grounds.sort_by(|a, b| {
            b.severity
                .cmp(&a.severity)
                .then_with(|| a.code.name().cmp(b.code.name()))
                .then_with(|| a.file.cmp(&b.file))
                .then_with(|| a.detail.cmp(&b.detail))
        });
        grounds.dedup();
        let worst = grounds.first().map(|g| g.severity);
        let kind = match worst {
            Some(Severity::Fatal) => VerdictKind::Reject,
            Some(Severity::Doubt) => VerdictKind::Undecided,
            Some(Severity::Note) | None => VerdictKind::Accept,
        };
        Verdict {
            kind,
            grounds,
            face,
            policy: self.name.clone(),
            policy_sha256: self.sha256,
        }
    }

    fn ground(&self, code: Code, detail: Option<&'static str>) -> Ground {
        Ground {
            code,
            severity: self.severity(code),
            file: None,
            detail,
        }
    }

    fn judge_face(&self, assessment: &Assessment, grounds: &mut Vec<Ground>) -> FaceJudgement {
        let not_compared = |reason: Code, advice| FaceJudgement {
            check: Check::NotPerformed(reason),
            similarity: None,
            advice: Some(advice),
            capture: None,
            thresholds: self.thresholds.clone(),
            attempts: assessment.attempts.made,
            false_match_rate: self
                .thresholds
                .false_match_rate_of(assessment.attempts.made.max(1)),
        };
        let comparison = match &assessment.face {
            None if self.wants_face() => {
                let reason = codes::NO_LIVE_IMAGE;
                grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(reason.name())));
                return not_compared(reason, "take_photograph");
            }
            None => return not_compared(core::NOT_REQUESTED, ""),
            Some(FaceOutcome::NotCompared(why)) => {
                grounds.push(self.ground(codes::FACE_NOT_COMPARED, Some(why.reason.name())));
                return not_compared(why.reason, why.advice);
            }
            Some(FaceOutcome::Compared(comparison)) => comparison,
        };
        let portrait = assessment
            .verification
            .document
            .as_ref()
            .and_then(|d| d.portrait());
        let own = portrait.is_some_and(|p| p.digest() == comparison.portrait_digest());
        let attempts = assessment.attempts;
        let locked = attempts.failed_before >= self.max_failed_attempts
            || attempts.session_age > self.max_session;
        let check = if !own {
            grounds.push(self.ground(codes::COMPARISON_FOREIGN, None));
            Check::Failed(codes::COMPARISON_FOREIGN)
        } else {
            match self.thresholds.decide(comparison.fused()) {
                Decision::Mismatch => {
                    grounds.push(self.ground(codes::FACE_MISMATCH, None));
                    Check::Failed(codes::FACE_MISMATCH)
                }
                Decision::Uncertain => {
                    grounds.push(self.ground(codes::FACE_UNCERTAIN, None));
                    Check::NotPerformed(codes::FACE_UNCERTAIN)
                }
                Decision::Match if comparison.similarity().value() >= COPY => {
                    grounds.push(self.ground(codes::LIVE_IMAGE_IS_PORTRAIT, None));
                    Check::NotPerformed(codes::LIVE_IMAGE_IS_PORTRAIT)
                }
                Decision::Match if locked => Check::NotPerformed(codes::SESSION_LOCKED),
                Decision::Match => Check::Passed(()),
            }
        };
        if locked {
            grounds.push(self.ground(codes::SESSION_LOCKED, None));
        }
        if comparison.capture() == Capture::File {
            grounds.push(self.ground(codes::LIVE_IMAGE_FROM_FILE, None));
        }
        FaceJudgement {
            advice: match check.reason() {
                Some(codes::FACE_UNCERTAIN) => Some("take_another_photograph"),
                _ => None,
            },
            check,
            similarity: Some(comparison.similarity()),
            capture: Some(comparison.capture()),
            thresholds: self.thresholds.clone(),
            attempts: attempts.made,
            false_match_rate: self.thresholds.false_match_rate_of(attempts.made.max(1)),
        }
    }

    /// A required check that did not pass stands among the grounds, whatever finding says why, so that no lowered
    /// severity can let it slip.
    fn require(&self, assessment: &Assessment, face: &FaceJudgement, grounds: &mut Vec<Ground>) {
        let verification = &assessment.verification;
        for requirement in &self.requires {
            let reason = match requirement {
                Requirement::PassiveAuthentication => {
                    verification.passive_authentication.check().reason()
                }
                Requirement::ChipGenuine => verification.chip_genuine.reason(),
                Requirement::DocumentValidity => assessment.document_validity.reason(),
                Requirement::Consistency => assessment.consistency.reason(),
                Requirement::Face => face.check.reason(),
                // Nobody can give these yet: a policy that requires them never accepts.
                Requirement::Liveness | Requirement::Online => Some(core::NOT_REQUESTED),
            };
            let Some(reason) = reason else {
                continue;
            };
            let fatal = self.severity(reason) == Severity::Fatal;
            let stands = grounds.iter().any(|g| g.code == reason && fatal);
            if !stands {
                let mut ground =
                    self.ground(codes::REQUIRED_CHECK_MISSING, Some(requirement.name()));
                // Required means required: this one cannot be lowered to a note.
                ground.severity = ground.severity.max(Severity::Doubt);
                grounds.push(ground);
            }
        }
    }
}

/// Two photographs of one person, taken years apart, reached 0.79; a picture compared with itself reaches 1.
const COPY: f32 = 0.97;

/// No policy may accept faces that are less alike than this, nor at a false match rate above one in a hundred: the
/// requirement would be there in name alone.
const LOWEST_ACCEPT: f32 = 0.30;
const HIGHEST_FALSE_MATCH_RATE: f64 = 0.01;

fn thresholds(face: &FaceSection) -> Result<Thresholds, PolicyError> {
    let default = default_thresholds();
    if face.accept.is_none() && face.reject.is_none() {
        return Ok(default);
    }
    let (Some(rate), Some(basis)) = (face.false_match_rate, &face.basis) else {
        return Err(PolicyError::Thresholds);
    };
    let too_low = face.accept.is_some_and(|accept| accept < LOWEST_ACCEPT);
    if too_low || rate > HIGHEST_FALSE_MATCH_RATE {
        return Err(PolicyError::Thresholds);
    }
    Thresholds::new(
        face.accept.unwrap_or(default.accept().value()),
        face.reject.unwrap_or(default.reject().value()),
        rate,
        basis,
        default.recogniser_sha256(),
    )
    .map_err(|_| PolicyError::Thresholds)
}

#[cfg(test)]
mod tests;
