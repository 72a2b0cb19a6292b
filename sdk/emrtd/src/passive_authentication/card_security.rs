//! EF.CardSecurity: the same questions as for EF.SOD, but for digests, of which it has none.
//!
//! Doc 9303-11, 4.4.3.5.2 (only after a successful validation of the security object may the chip be considered genuine).

use super::report::{PassiveAuthentication, SignatureState};
use super::{chain, note_deviations};
use crate::file_id::FileId;
use crate::finding::{Finding, Findings, codes};
use crate::lds::card_security::CardSecurity;
use crate::security_info::SecurityInfos;
use crate::time::UnixTime;
use crate::trust::TrustStore;
use crate::trust::certificate::Certificate;
use crate::trust::document_signer::{find_signer, may_sign_documents};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// What came of it.
#[derive(Debug)]
pub struct VerifiedCardSecurity {
    /// What is signed; `None` unless a trusted CSCA of the document's own state stands behind the signer.
    pub infos: Option<SecurityInfos>,
    /// What was noticed, each finding about EF.CardSecurity.
    pub findings: Findings,
}

/// Verifies the signature, the chain and the state.
///
/// `document_code` and `issuing_state` are those of the machine readable zone, itself signed: a state's chip proves no other
/// state's document.
#[must_use]
pub fn verify_card_security(
    bytes: &[u8],
    document_code: &str,
    issuing_state: &str,
    trust: &TrustStore,
    now: UnixTime,
) -> VerifiedCardSecurity {
    let mut noticed = Findings::new();
    let Ok(file) = CardSecurity::from_file(bytes) else {
        noticed.add_in(codes::DATA_GROUP_UNREADABLE, FileId::CardSecurity);
        return VerifiedCardSecurity {
            infos: None,
            findings: noticed,
        };
    };
    let certificates: Vec<Certificate> = file
        .signed
        .certificates
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok())
        .collect();
    let algorithm = file.signed.signers.first().and_then(|s| s.algorithm.ok());
    let mut report = PassiveAuthentication::new(BTreeMap::new(), None, algorithm, now);
    let mut findings = Findings::new();
    let signer = find_signer(&file.signed, &certificates);
    match signer.filter(|s| may_sign_documents(&s.certificate).is_ok()) {
        None => findings.add(codes::SIGNATURE_INVALID),
        Some(signer) => {
            report.set_signer(&signer);
            note_deviations(&signer, &mut findings);
            report.signature = SignatureState::Valid;
            chain::check(&mut report, &mut findings, &signer, &certificates, trust);
        }
    }
    report.findings = findings;
    report.settle_validity();
    report.check_states(document_code, issuing_state);
    let trusted = report.check().passed().is_some();
    for finding in report.findings() {
        noticed.push(Finding {
            file: Some(FileId::CardSecurity),
            ..*finding
        });
    }
    if file.infos.malformed > 0 {
        noticed.push(Finding::deviation(
            FileId::CardSecurity,
            "malformed_security_info",
        ));
    }
    VerifiedCardSecurity {
        infos: trusted.then_some(file.infos),
        findings: noticed,
    }
}
