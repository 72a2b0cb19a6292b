//! From the document signer to a trusted CSCA.
//!
//! Doc 9303-11, 5.1.1, step 2; Doc 9303-12, 6.1.

use super::report::{ChainState, Csca, PassiveAuthentication};
use crate::crypto::hash::HashAlgorithm;
use crate::file_id::FileId;
use crate::finding::{Finding, Findings, codes};
use crate::trust::certificate::Certificate;
use crate::trust::document_signer::Signer;
use crate::trust::{RevocationStatus, TrustStore, Vouching};
use alloc::string::ToString;

pub(super) fn check(
    report: &mut PassiveAuthentication,
    findings: &mut Findings,
    signer: &Signer<'_>,
    came_along: &[Certificate],
    trust: &TrustStore,
) {
    let certificate = &signer.certificate;
    let chain = match trust.vouch(certificate, came_along) {
        Vouching::StoreEmpty => {
            findings.add(codes::TRUST_STORE_EMPTY);
            findings.add(codes::ISSUER_UNKNOWN);
            report.chain = ChainState::TrustStoreEmpty;
            return;
        }
        Vouching::Unknown => {
            findings.add(codes::ISSUER_UNKNOWN);
            report.chain = ChainState::IssuerUnknown;
            return;
        }
        Vouching::SignatureInvalid => {
            findings.add(codes::ISSUER_SIGNATURE_INVALID);
            report.chain = ChainState::IssuerSignatureInvalid;
            return;
        }
        Vouching::Trusted(chain) => chain,
    };
    if chain.is_test {
        findings.add(codes::TEST_ISSUER);
    }
    if let Some(detail) = chain.deviation {
        findings.push(Finding::deviation(FileId::Sod, detail));
    }
    let anchor = &chain.anchor.certificate;
    let weak_signature = core::iter::once(certificate)
        .chain(&chain.links)
        .any(|c| c.algorithm().is_ok_and(|a| a.hash() == HashAlgorithm::Sha1));
    if weak_signature || anchor.public_key().is_ok_and(|k| k.is_weak()) {
        findings.add(codes::WEAK_ALGORITHM);
    }
    match trust.revocation(certificate, &chain, report.signed_at, report.checked_at) {
        RevocationStatus::Good => {}
        RevocationStatus::Unknown => findings.add(codes::REVOCATION_UNKNOWN),
        RevocationStatus::Revoked(_) => findings.add(codes::SIGNER_REVOKED),
    }
    report.chain = ChainState::Trusted(Csca {
        subject: anchor.subject().to_string(),
        country: anchor.country(),
        sha256: anchor.sha256(),
        source: chain.anchor.source.to_string(),
        is_test: chain.is_test,
    });
    report.remember_chain(&chain);
}
