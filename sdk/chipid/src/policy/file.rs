//! The TOML of a policy, and what it may not say.

use super::guardian::GuardianSection;
use super::portrait::PortraitSection;
use super::{Policy, PolicyError, Requirement};
use crate::codes;
use crate::face::default_thresholds;
use chipid_emrtd::finding::{Severity, codes as core};
use chipid_face::Thresholds;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

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
    #[serde(default)]
    portrait: PortraitSection,
    #[serde(default)]
    guardian: GuardianSection,
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
    pub(super) fn read(text: &str, built_in: bool) -> Result<Self, PolicyError> {
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
            portrait: file.portrait.into(),
            kinship: file.guardian.kinship,
            sha256: Sha256::digest(text.as_bytes()).into(),
        })
    }
}

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
