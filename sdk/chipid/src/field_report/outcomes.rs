//! What became of it: how the chip was opened, what was learnt, the checks, what was noticed, the error.

use super::classes::known_length;
use super::security_infos::PaceFacts;
use super::status;
use super::value_free::facts;
use crate::error::Error;
use chipid_emrtd::crypto::agreement::DomainParameters;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::document::AccessOutcome;
use chipid_emrtd::finding::{Check, Finding};
use chipid_emrtd::passive_authentication::{ChainState, SignatureState};
use chipid_emrtd::reading::Learnt;
use chipid_emrtd::security_info::Mapping;
use chipid_emrtd::verification::Verification;

facts! {
    /// How the chip was opened.
    pub struct AccessFacts {
        /// `pace`, `bac` or `none`.
        pub protocol: &'static str,
        /// The mapping of PACE.
        pub mapping: Option<&'static str>,
        /// The cipher of the channel.
        pub cipher: Option<&'static str>,
        /// The group of PACE.
        pub group: Option<&'static str>,
        /// The kind of key that fitted: `can`, `mrz`, `pin`, `puk`.
        pub password: Option<&'static str>,
        /// How many keys were tried, the one that fitted included.
        pub attempts: u16,
        /// What EF.CardAccess offers.
        pub offered: Vec<PaceFacts>,
        /// How many stronger offers the chip did not carry through.
        pub passed_over: u32,
        /// Whether a built-in profile stood in for EF.CardAccess.
        pub assumed: bool,
    }

    /// What was learnt of chip and reader; nothing where nothing brought it to light.
    pub struct LearntFacts {
        /// Whether extended lengths come through.
        pub extended_length: Option<bool>,
        /// Whether files may be named by short identifier.
        pub short_identifiers: Option<bool>,
        /// Whether reading over the end of a file ends politely.
        pub reading_beyond_end: Option<bool>,
        /// The most payload of one READ BINARY, where more did not work; a length that is in use, else the next larger.
        pub largest_block: Option<u32>,
        /// How many keys were refused.
        pub keys_refused: u32,
    }

    /// The checks. Without trust anchors the issuer stays unknown, which says nothing of the card.
    pub struct CheckFacts {
        /// Digests, signature and issuer.
        pub passive_authentication: CheckResult,
        /// The signature of EF.SOD: `valid`, `invalid`, `unreadable`.
        pub signature: &'static str,
        /// The issuer: `trusted`, `issuer_unknown`, …
        pub chain: &'static str,
        /// Whether the chip proved itself in any way.
        pub chip_genuine: CheckResult,
        /// The chip authentication mapping.
        pub chip_authentication_mapping: CheckResult,
        /// Chip Authentication.
        pub chip_authentication: CheckResult,
        /// Active Authentication.
        pub active_authentication: CheckResult,
    }

    /// The result of one check.
    pub struct CheckResult {
        /// `passed`, `failed` or `not_performed`.
        pub status: &'static str,
        /// The code of the reason.
        pub reason: Option<&'static str>,
    }

    /// Something noticed.
    pub struct FindingFacts {
        /// Its code.
        pub code: &'static str,
        /// The file.
        pub file: Option<&'static str>,
        /// Which departure from the standard.
        pub detail: Option<&'static str>,
    }

    /// Why the reading ended early.
    pub struct ErrorFacts {
        /// The permanent number (`docs/reference/error-codes.md`).
        pub code: u16,
        /// The chip's answer, where it was one.
        pub status: Option<&'static str>,
        /// What was being done.
        pub part: &'static str,
    }
}

impl AccessFacts {
    pub(super) fn of(access: &AccessOutcome) -> Self {
        let protocol = access.protocol;
        Self {
            protocol: protocol.name(),
            mapping: protocol.mapping().map(Mapping::name),
            cipher: protocol.cipher().map(CipherAlgorithm::name),
            group: protocol.group().map(DomainParameters::name),
            password: access.password.map(|password| password.name()),
            attempts: access.attempts.into(),
            offered: access.offered.iter().map(PaceFacts::of).collect(),
            passed_over: count(access.passed_over.len()),
            assumed: access.assumed,
        }
    }
}

impl LearntFacts {
    pub(super) fn of(learnt: Learnt) -> Self {
        Self {
            extended_length: learnt.extended_length,
            short_identifiers: learnt.short_identifiers,
            reading_beyond_end: learnt.reading_beyond_end,
            largest_block: learnt.largest_block.map(known_length),
            keys_refused: count(learnt.keys_refused),
        }
    }
}

impl CheckFacts {
    pub(super) fn of(verification: &Verification) -> Self {
        let passive = &verification.passive_authentication;
        Self {
            passive_authentication: CheckResult::of(&passive.check()),
            signature: match passive.signature() {
                SignatureState::Valid => "valid",
                SignatureState::Invalid => "invalid",
                SignatureState::Unreadable => "unreadable",
            },
            chain: match passive.chain() {
                ChainState::NotChecked => "not_checked",
                ChainState::TrustStoreEmpty => "trust_store_empty",
                ChainState::IssuerUnknown => "issuer_unknown",
                ChainState::IssuerSignatureInvalid => "issuer_signature_invalid",
                ChainState::Trusted(csca) if csca.is_test => "test_issuer",
                ChainState::Trusted(_) => "trusted",
            },
            chip_genuine: CheckResult::of(&verification.chip_genuine),
            chip_authentication_mapping: CheckResult::of(&verification.chip_authentication_mapping),
            chip_authentication: CheckResult::of(&verification.chip_authentication),
            active_authentication: CheckResult::of(&verification.active_authentication),
        }
    }
}

impl CheckResult {
    fn of<T>(check: &Check<T>) -> Self {
        Self {
            status: check.status(),
            reason: check.reason().map(|code| code.name()),
        }
    }
}

impl FindingFacts {
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code.name(),
            file: finding.file.map(super::files::name),
            detail: finding.detail,
        }
    }
}

impl ErrorFacts {
    /// Of an error while `part` was being done.
    pub(super) fn of(error: &Error, part: &'static str) -> Self {
        Self {
            code: error.code(),
            status: match error {
                Error::Chip(error) => status::of_error(error),
                _ => None,
            },
            part,
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
