//! The chip authentication mapping of PACE, judged with a key of the signed EF.CardSecurity and no other.
//!
//! Doc 9303-11, 4.4.3.5.2 and section 6: only after a successful validation of the security object may the chip be
//! considered genuine.

use crate::crypto::agreement::PublicKey;
use crate::document::{Outcome, UnverifiedDocument};
use crate::file_id::FileId;
use crate::finding::{Check, Finding, Findings, Severity, codes};
use crate::mrz::Mrz;
use crate::pace::ChipAuthenticationMapping;
use crate::passive_authentication::{PassiveAuthentication, verify_card_security};
use crate::security_info::{KeyId, SecurityInfos};
use crate::time::UnixTime;
use crate::trust::TrustStore;

impl UnverifiedDocument {
    /// What EF.CardSecurity says, where a trusted CSCA of the document's state stands behind it.
    pub(super) fn card_security(
        &self,
        mrz: Option<&Mrz>,
        passive: &PassiveAuthentication,
        trust: &TrustStore,
        now: UnixTime,
        findings: &mut Findings,
    ) -> Option<SecurityInfos> {
        let (bytes, mrz) = (self.files.get(&FileId::CardSecurity)?, mrz?);
        let verified =
            verify_card_security(bytes, mrz.document_code(), mrz.issuing_state(), trust, now);
        // What EF.SOD's own signer gave rise to is not said twice.
        findings.extend(
            verified
                .findings
                .iter()
                .filter(|f| {
                    f.code.severity() == Severity::Fatal
                        || f.code == codes::ENCODING_DEVIATION
                        || !passive.has(f.code)
                })
                .copied(),
        );
        verified.infos
    }

    pub(super) fn judge_mapping(
        &self,
        card_security: Option<&SecurityInfos>,
        findings: &mut Findings,
    ) -> Check<()> {
        let outcome = match &self.access {
            Some(access) => &access.chip_authentication_mapping,
            None => &Outcome::NotPerformed,
        };
        match (outcome, card_security) {
            (Outcome::NotPerformed, _) if self.live => Check::NotPerformed(codes::NOT_ON_DOCUMENT),
            (Outcome::NotPerformed, _) => Check::NotPerformed(codes::NO_CHIP),
            (_, None) => Check::NotPerformed(codes::NOT_AUTHENTICATED),
            (Outcome::Refused(_), Some(_)) => Check::NotPerformed(codes::CHIP_NOT_PROVEN),
            (Outcome::Failed, Some(_)) => Check::Failed(codes::CHIP_NOT_GENUINE),
            (Outcome::Done(proof), Some(infos)) => judge_proof(proof, infos, findings),
        }
    }
}

/// Of several keys on the curve the one with the group's number is meant (Doc 9303-11, 9.2.1; deviations row 14). Any key of
/// the file is as good a proof, for the state signed them all; that the number is another is noted.
fn judge_proof(
    proof: &ChipAuthenticationMapping,
    infos: &SecurityInfos,
    findings: &mut Findings,
) -> Check<()> {
    let fitting = infos
        .chip_authentication_keys
        .iter()
        .find(|key| matches!(&key.key, PublicKey::Ecdh(point) if proof.verify(point)));
    let Some(key) = fitting else {
        return Check::Failed(codes::CHIP_NOT_GENUINE);
    };
    let number = key.key_id.as_ref().map(KeyId::as_bytes);
    let expected = proof.key_id().map(|id| [id]);
    if number != expected.as_ref().map(<[u8; 1]>::as_slice) {
        findings.push(Finding::deviation(
            FileId::CardSecurity,
            "mapping_key_under_another_number",
        ));
    }
    Check::Passed(())
}
