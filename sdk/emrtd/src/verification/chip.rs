//! Whether the chip is the one that the state personalised: Chip Authentication and Active Authentication, judged with
//! keys that EF.SOD covers and no others.
//!
//! Doc 9303-11, 6.1 and 6.2.

use crate::active_authentication::ActiveAuthenticationEvidence;
use crate::crypto::cipher::CipherAlgorithm;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::PublicKey;
use crate::document::{ChipAuthenticationEvidence, Outcome, TerminalOutcome, UnverifiedDocument};
use crate::file_id::{DataGroup, FileId};
use crate::finding::{Check, Finding, Findings, codes};
use crate::lds::{dg14, dg15};
use crate::passive_authentication::{PassiveAuthentication, SignedDataGroups};
use crate::security_info::SecurityInfos;

/// A group of fewer bits of security is weak today (NIST SP 800-57-1, table 4).
pub(super) const WEAK_BELOW_STRENGTH: usize = 112;

/// The chip holds a private key whose public half the state signed. Never made from saved claims: only from a channel
/// or a signature that was checked.
#[derive(Debug, PartialEq, Eq)]
pub struct GenuineChip {
    by: ChipProof,
}

impl GenuineChip {
    /// What proved it.
    #[must_use]
    pub const fn by(&self) -> ChipProof {
        self.by
    }
}

/// What proved the chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChipProof {
    /// Chip Authentication.
    ChipAuthentication,
    /// Active Authentication.
    ActiveAuthentication,
    /// The chip authentication mapping of PACE.
    ChipAuthenticationMapping,
}

impl ChipProof {
    /// `ca`, `aa` or `cam`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChipAuthentication => "ca",
            Self::ActiveAuthentication => "aa",
            Self::ChipAuthenticationMapping => "cam",
        }
    }
}

/// Judges what the chip showed of itself.
pub(super) fn judge(
    document: &UnverifiedDocument,
    signed: Option<&SignedDataGroups<'_>>,
    chip_authentication_mapping: Check<()>,
    passive: &PassiveAuthentication,
    findings: &mut Findings,
) -> ChipJudgement {
    let no_chip = if document.live {
        codes::NOT_ON_DOCUMENT
    } else {
        codes::NO_CHIP
    };
    let covered = |dg| signed.and_then(|s| s.bytes(dg));
    let options = covered(DataGroup::SECURITY_OPTIONS);
    let infos = options.and_then(|bytes| dg14::parse(bytes).ok());
    if options.is_some() && infos.is_none() {
        findings.add_in(codes::DATA_GROUP_UNREADABLE, FileId::DG14);
    }
    let key_bytes = covered(DataGroup::ACTIVE_AUTHENTICATION_KEY);
    let key = key_bytes.and_then(|bytes| dg15::parse(bytes).ok());
    if key_bytes.is_some() && key.is_none() {
        findings.add_in(codes::DATA_GROUP_UNREADABLE, FileId::DG15);
    }

    let chip_authentication = match (&document.chip_authentication, &infos) {
        (Outcome::Done(proof), Some(infos)) => judge_agreement(proof, infos, findings),
        (outcome, infos) => {
            let has_key = infos
                .as_ref()
                .is_some_and(|infos| !infos.chip_authentication_keys.is_empty());
            undecided(
                outcome,
                infos.is_some(),
                not_done(document, has_key, no_chip),
            )
        }
    };
    let active_authentication = match (&document.active_authentication, &key) {
        (Outcome::Done(evidence), Some(key)) => {
            let hash = infos.as_ref().and_then(|i| i.active_authentication_hash);
            judge_signature(evidence, key, hash, findings)
        }
        (outcome, key) => undecided(
            outcome,
            key.is_some(),
            not_done(document, key.is_some(), no_chip),
        ),
    };

    let fresh = match &document.active_authentication {
        Outcome::Done(evidence) => {
            document.live || document.own_challenge == Some(evidence.challenge)
        }
        _ => document.live,
    };
    let judgement = ChipJudgement {
        chip_authentication_mapping,
        chip_authentication,
        active_authentication,
        fresh,
    };
    judgement.note(signed.is_some(), passive, findings);
    judgement
}

/// Says where a terminal that was to prove itself failed. It changes nothing about the document.
pub(super) fn note_terminal(outcome: &TerminalOutcome, findings: &mut Findings) {
    let detail = match outcome {
        TerminalOutcome::NotPerformed | TerminalOutcome::Done => return,
        TerminalOutcome::NoChain { .. } => "no_chain_from_a_trusted_key",
        TerminalOutcome::NotSigned => "not_signed",
        TerminalOutcome::Refused { step, .. } => step.name(),
    };
    findings.push(Finding {
        code: codes::TERMINAL_NOT_AUTHENTICATED,
        file: None,
        detail: Some(detail),
    });
}

/// The channel was made with a key of the signed DG14, or proves nothing.
fn judge_agreement(
    proof: &ChipAuthenticationEvidence,
    infos: &SecurityInfos,
    findings: &mut Findings,
) -> Check<()> {
    let keys = &infos.chip_authentication_keys;
    if !keys.iter().any(|key| key.key == proof.key) {
        return Check::NotPerformed(codes::NOT_AUTHENTICATED);
    }
    if proof.passed_over > 0 {
        findings.push(Finding {
            code: codes::CHIP_PROOF_REFUSED,
            file: Some(FileId::DG14),
            detail: Some("stronger_chip_authentication"),
        });
    }
    if proof.inferred {
        findings.push(Finding::deviation(
            FileId::DG14,
            "chip_authentication_protocol_inferred",
        ));
    }
    let strength = proof.key.domain_parameters().strength();
    if proof.cipher == CipherAlgorithm::Tdes || strength < WEAK_BELOW_STRENGTH {
        findings.add_in(codes::WEAK_ALGORITHM, FileId::DG14);
    }
    Check::Passed(())
}

fn judge_signature(
    evidence: &ActiveAuthenticationEvidence,
    key: &PublicKey,
    hash: Option<HashAlgorithm>,
    findings: &mut Findings,
) -> Check<()> {
    let Some(signed) = evidence.examine(key, hash) else {
        return Check::Failed(codes::CHIP_NOT_GENUINE);
    };
    if let Some(departure) = signed.departure {
        findings.push(Finding::deviation(FileId::DG15, departure.name()));
    }
    if signed.hash == HashAlgorithm::Sha1 || key.is_weak() {
        findings.add_in(codes::WEAK_ALGORITHM, FileId::DG15);
    }
    Check::Passed(())
}

/// Why a protocol was not performed: a live chip with a signed key for it could have been asked.
const fn not_done(
    document: &UnverifiedDocument,
    key_is_signed: bool,
    no_chip: crate::finding::Code,
) -> crate::finding::Code {
    if document.live && key_is_signed {
        codes::CHIP_NOT_PROVEN
    } else {
        no_chip
    }
}

/// A protocol that did not end in evidence with a signed key beside it.
fn undecided<T>(
    outcome: &Outcome<T>,
    key_is_signed: bool,
    no_chip: crate::finding::Code,
) -> Check<()> {
    match (outcome, key_is_signed) {
        (Outcome::NotPerformed, _) => Check::NotPerformed(no_chip),
        (Outcome::Failed, true) => Check::Failed(codes::CHIP_NOT_GENUINE),
        (Outcome::Refused(_), true) => Check::NotPerformed(codes::CHIP_NOT_PROVEN),
        _ => Check::NotPerformed(codes::NOT_AUTHENTICATED),
    }
}

pub(super) struct ChipJudgement {
    pub(super) chip_authentication_mapping: Check<()>,
    pub(super) chip_authentication: Check<()>,
    pub(super) active_authentication: Check<()>,
    /// Whether the evidence answers a challenge of the verifier's own, or came from the chip just now.
    fresh: bool,
}

impl ChipJudgement {
    fn note(&self, is_signed: bool, passive: &PassiveAuthentication, findings: &mut Findings) {
        let (agreement, signature) = (&self.chip_authentication, &self.active_authentication);
        let mapping = &self.chip_authentication_mapping;
        if !self.fresh && signature.passed().is_some() {
            findings.add(codes::CHIP_PROOF_NOT_FRESH);
        }
        for (one, name, other) in [
            (agreement, "chip_authentication", signature),
            (signature, "active_authentication", agreement),
        ] {
            if one.reason() == Some(codes::CHIP_NOT_PROVEN)
                && (other.passed().is_some() || mapping.passed().is_some())
            {
                findings.push(Finding {
                    code: codes::CHIP_PROOF_REFUSED,
                    file: None,
                    detail: Some(name),
                });
            }
        }
        let can_prove_itself = passive.covers(DataGroup::SECURITY_OPTIONS)
            || passive.covers(DataGroup::ACTIVE_AUTHENTICATION_KEY);
        if self.failed() {
            findings.add(codes::CHIP_NOT_GENUINE);
        } else if self.proof().is_none() && is_signed {
            findings.add(if can_prove_itself {
                codes::CHIP_NOT_PROVEN
            } else {
                codes::CLONE_PROTECTION_ABSENT
            });
        }
    }

    fn failed(&self) -> bool {
        [
            &self.chip_authentication_mapping,
            &self.chip_authentication,
            &self.active_authentication,
        ]
        .into_iter()
        .any(|c| matches!(c, Check::Failed(_)))
    }

    fn proof(&self) -> Option<ChipProof> {
        if self.chip_authentication.passed().is_some() {
            Some(ChipProof::ChipAuthentication)
        } else if self.active_authentication.passed().is_some() {
            Some(ChipProof::ActiveAuthentication)
        } else if self.chip_authentication_mapping.passed().is_some() {
            Some(ChipProof::ChipAuthenticationMapping)
        } else {
            None
        }
    }

    /// One failure outweighs any success. A key that an unknown issuer signed proves nothing about a state's chip.
    pub(super) fn genuine(&self, issuer_trusted: bool) -> Check<GenuineChip> {
        if self.failed() {
            return Check::Failed(codes::CHIP_NOT_GENUINE);
        }
        match self.proof() {
            Some(_) if !self.fresh => Check::NotPerformed(codes::CHIP_PROOF_NOT_FRESH),
            Some(by) if issuer_trusted => Check::Passed(GenuineChip { by }),
            Some(_) => Check::NotPerformed(codes::NOT_AUTHENTICATED),
            None => Check::NotPerformed(
                self.chip_authentication
                    .reason()
                    .filter(|r| *r == codes::CHIP_NOT_PROVEN)
                    .or(self.active_authentication.reason())
                    .unwrap_or(codes::CHIP_NOT_PROVEN),
            ),
        }
    }
}
