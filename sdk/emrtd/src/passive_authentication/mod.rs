//! Passive authentication: whether a state signed these data groups.
//!
//! Doc 9303-11, 5.1 (the protocol); Doc 9303-12, 6.1 (the chain). It needs no chip: it runs on saved files, years later.
//!
//! The order is the defence. First the digests over the raw bytes, before anything of a data group is parsed; then the
//! signature over the raw signed attributes; then who stands behind the signer. Data group bytes are handed out by
//! [`SignedDataGroups`] alone, which exists only where every data group that was read matches and the signature holds.

mod card_security;
mod chain;
mod digests;
mod report;

pub use card_security::{VerifiedCardSecurity, verify_card_security};
pub use digests::{DataGroupStatus, Evidence, SignedDataGroups};
pub use report::{
    CertificateDer, ChainState, Csca, DocumentSigner, PassiveAuthentication, SignatureState,
};

use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::Outcome;
use crate::file_id::FileId;
use crate::finding::{Finding, Findings, codes};
use crate::lds::sod::SecurityObject;
use crate::time::UnixTime;
use crate::trust::TrustStore;
use crate::trust::certificate::Certificate;
use crate::trust::document_signer::{Fit, Signer, find_signer, may_sign_documents};
use alloc::vec::Vec;

/// What came of it: the report, and the proven bytes where there are any.
#[derive(Debug)]
pub struct Verified<'a> {
    /// Every answer and every finding.
    pub report: PassiveAuthentication,
    /// The data groups that match, where the signature holds and none that was read differs. Who signed may still be
    /// unknown: see [`PassiveAuthentication::chain`].
    pub data_groups: Option<SignedDataGroups<'a>>,
}

/// Verifies the digests, the signature and the chain.
///
/// What needs a parsed data group comes after: [`PassiveAuthentication::check_states`] (demanded) and
/// [`PassiveAuthentication::check_issue_date`].
#[must_use]
pub fn verify<'a>(evidence: &Evidence<'a>, trust: &TrustStore, now: UnixTime) -> Verified<'a> {
    let Ok(sod) = SecurityObject::from_file(evidence.sod()) else {
        return Verified {
            report: PassiveAuthentication::unreadable(evidence, now),
            data_groups: None,
        };
    };
    let mut findings = Findings::new();
    let (statuses, matching) = digests::compare(evidence, &sod.lds, &mut findings);
    for deviation in &sod.deviations {
        findings.push(Finding::deviation(FileId::Sod, deviation));
    }
    if sod.lds.algorithm == HashAlgorithm::Sha1 {
        findings.add(codes::WEAK_ALGORITHM);
    }
    let certificates: Vec<Certificate> = sod
        .signed
        .certificates
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok())
        .collect();
    let signer = find_signer(&sod.signed, &certificates);
    let algorithm = sod.signed.signers.first().and_then(|s| s.algorithm.ok());
    let mut report = PassiveAuthentication::new(statuses, sod.lds.algorithm, algorithm, now);
    report.in_sod = sod.lds.digests.keys().copied().collect();
    let entitled = match &signer {
        None => {
            findings.add_in(codes::SIGNATURE_INVALID, FileId::Sod);
            false
        }
        Some(signer) => {
            report.set_signer(signer);
            note_deviations(signer, &mut findings);
            match may_sign_documents(&signer.certificate) {
                Ok(()) => true,
                Err(reason) => {
                    findings.push(Finding {
                        code: codes::SIGNATURE_INVALID,
                        file: Some(FileId::Sod),
                        detail: Some(reason.name()),
                    });
                    false
                }
            }
        }
    };
    if let Some(signer) = signer.filter(|_| entitled) {
        report.signature = SignatureState::Valid;
        chain::check(&mut report, &mut findings, &signer, &certificates, trust);
    }
    report.findings = findings;
    report.settle_validity();
    let proven = report.signature == SignatureState::Valid && !report.has_mismatch();
    Verified {
        report,
        data_groups: proven.then(|| SignedDataGroups::new(matching)),
    }
}

fn note_deviations(signer: &Signer<'_>, findings: &mut Findings) {
    let mut note = |detail| findings.push(Finding::deviation(FileId::Sod, detail));
    match signer.fit {
        Fit::Exact => {}
        Fit::NameWrittenOtherwise => note("signer_name_written_otherwise"),
        Fit::Partly => note("signer_identifier_fits_partly"),
        Fit::Not => note("signer_identifier_fits_nothing"),
    }
    if signer.outcome == Outcome::ValidInOtherForm {
        note("ecdsa_signature_in_other_form");
    }
    let weak_key = signer.certificate.public_key().is_ok_and(|k| k.is_weak());
    let weak_signature = signer.info.algorithm.is_ok_and(|a| a.is_weak());
    let weak_digest = signer.info.digest.is_ok_and(|d| d == HashAlgorithm::Sha1);
    if weak_key || weak_signature || weak_digest {
        findings.add(codes::WEAK_ALGORITHM);
    }
    if signer
        .certificate
        .key_usage()
        .is_none_or(|u| !u.digital_signature)
    {
        findings.push(Finding::deviation(
            FileId::Sod,
            "signer_without_digital_signature_usage",
        ));
    }
}
