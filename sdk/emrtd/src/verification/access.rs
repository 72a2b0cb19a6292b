//! How the chip was opened, beside what it offers under signature.
//!
//! Doc 9303-11, 4.2 (the contents of EF.CardAccess MUST be verified by DG14 or EF.CardSecurity) and 9.2.11 (DG14 and
//! EF.CardSecurity hold the SecurityInfos of EF.CardAccess).

use super::chip::WEAK_BELOW_STRENGTH;
use crate::access_key::PasswordKind;
use crate::crypto::cipher::CipherAlgorithm;
use crate::document::{AccessProtocol, UnverifiedDocument};
use crate::file_id::{DataGroup, FileId};
use crate::finding::{Finding, Findings, codes};
use crate::lds::dg14;
use crate::passive_authentication::SignedDataGroups;
use crate::security_info::SecurityInfos;

impl UnverifiedDocument {
    /// A downgrade shows in three ways: a weaker protocol was used than the chip offers; a signed file offers PACE that the
    /// unsigned EF.CardAccess did not show; or EF.CardAccess shows PACE that the signed file knows nothing of.
    pub(super) fn note_access(
        &self,
        signed: Option<&SignedDataGroups<'_>>,
        card_security: Option<&SecurityInfos>,
        findings: &mut Findings,
    ) {
        let Some(access) = &self.access else {
            return;
        };
        if access.assumed {
            findings.add_in(codes::ACCESS_PROFILE_ASSUMED, FileId::CardAccess);
        }
        let options = signed
            .and_then(|s| s.bytes(DataGroup::SECURITY_OPTIONS))
            .and_then(|bytes| dg14::parse(bytes).ok());
        let used_pace = matches!(access.protocol, AccessProtocol::Pace { .. });
        let used_bac = access.protocol == AccessProtocol::Bac;
        let mut downgraded = !access.passed_over.is_empty() || access.weaker_before;
        for witness in [options.as_ref(), card_security].into_iter().flatten() {
            // A signed file without any PACEInfo is no witness: the editions before 2015 did not ask for one.
            if witness.pace.is_empty() {
                continue;
            }
            downgraded |= !used_pace
                || witness
                    .pace
                    .iter()
                    .any(|info| !access.offered.contains(info))
                || access
                    .offered
                    .iter()
                    .any(|info| !witness.pace.contains(info));
            if !access.assumed {
                self.note_other_infos(witness, findings);
            }
        }
        if downgraded || (!used_pace && !access.offered.is_empty()) {
            findings.add_in(codes::ACCESS_DOWNGRADED, FileId::CardAccess);
        }
        if access.protocol == AccessProtocol::None {
            findings.add(codes::ACCESS_UNPROTECTED);
        }
        if let AccessProtocol::Pace { cipher, group, .. } = access.protocol
            && (cipher == CipherAlgorithm::Tdes || group.strength() < WEAK_BELOW_STRENGTH)
        {
            findings.add_in(codes::WEAK_ALGORITHM, FileId::CardAccess);
        }
        // With BAC the keys have the entropy of an MRZ and two-key 3DES.
        if used_bac && access.password == Some(PasswordKind::Mrz) {
            findings.add(codes::WEAK_ALGORITHM);
        }
    }

    /// EF.CardAccess may list Chip and Terminal Authentication too; nothing is done by its word, for both are read from DG14.
    /// That it says more than the signed file is worth a note.
    fn note_other_infos(&self, witness: &SecurityInfos, findings: &mut Findings) {
        let Some(shown) = self
            .files
            .get(&FileId::CardAccess)
            .and_then(|bytes| SecurityInfos::parse(bytes).ok())
        else {
            return;
        };
        let chip_authentication_differs = !witness.chip_authentication.is_empty()
            && shown
                .chip_authentication
                .iter()
                .any(|info| !witness.chip_authentication.contains(info));
        let terminal_authentication_differs =
            shown.terminal_authentication && !witness.terminal_authentication;
        if chip_authentication_differs || terminal_authentication_differs {
            findings.push(Finding::deviation(
                FileId::CardAccess,
                "security_infos_differ_from_signed_ones",
            ));
        }
    }
}
