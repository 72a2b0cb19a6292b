//! The TOML of a policy, and what it may not say.

use super::guardian::GuardianSection;
use super::portrait::PortraitSection;
use super::sections::{CaptureSection, FaceSection, LivenessSection, OnlineSection};
use super::{Policy, PolicyError, Requirement, Rule};
use crate::codes;
use chipid_emrtd::finding::{Severity, codes as core};
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
    rule: Option<Rule>,
    requires: BTreeSet<Requirement>,
    #[serde(default)]
    severity: BTreeMap<String, Level>,
    #[serde(default)]
    face: FaceSection,
    #[serde(default)]
    portrait: PortraitSection,
    #[serde(default)]
    guardian: GuardianSection,
    #[serde(default)]
    capture: CaptureSection,
    #[serde(default)]
    liveness: LivenessSection,
    #[serde(default)]
    online: OnlineSection,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Note,
    Doubt,
    Fatal,
}

impl Policy {
    pub(super) fn read(text: &str, built_in: bool) -> Result<Self, PolicyError> {
        let mut file: File = toml::from_str(text).map_err(|e| PolicyError::Malformed {
            line: e.span().map(|span| {
                text.bytes()
                    .take(span.start)
                    .filter(|b| *b == b'\n')
                    .count()
                    + 1
            }),
        })?;
        if !built_in && Self::BUILT_IN.contains(&file.name.trim().to_lowercase().as_str()) {
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
            rule: file.rule,
            requires: file.requires,
            severities,
            vendors: file.face.vendors()?,
            thresholds: file.face.thresholds()?,
            captures: file.capture.sources()?,
            liveness_max_age: file.liveness.max_age()?,
            online_max_age: file.online.max_age()?,
            max_failed_attempts: file.face.max_failed_attempts,
            max_session: Duration::from_secs(file.face.max_session_seconds),
            portrait: file.portrait.into(),
            kinship: file.guardian.kinship,
            sha256: Sha256::digest(text.as_bytes()).into(),
        })
    }
}
