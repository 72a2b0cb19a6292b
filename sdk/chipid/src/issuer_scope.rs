//! Who may vouch for which documents: the rule for Vietnamese identity cards.
//!
//! Viet Nam has two country signing authorities under one name of state. That of the passports is public (it stands on
//! master lists); that of the identity cards is given out by the authority alone. A chain that ends at "Viet Nam" says
//! therefore nothing of an identity card, unless whoever runs the check said of the anchor that it is for such cards.

use crate::holder::is_vietnamese;
use chipid_emrtd::passive_authentication::PassiveAuthentication;
use chipid_emrtd::trust::certificate::Certificate;
use chipid_emrtd::trust::{Scope, TrustStore, TrustStoreBuilder};
use chipid_emrtd::verification::AuthenticDocument;
use chipid_vietnam::authorities::is_passport_authority;

/// A builder that knows what the authority of the Vietnamese passports may vouch for: passports, whatever scope is given
/// with its certificate.
#[must_use]
pub fn builder() -> TrustStoreBuilder {
    TrustStore::builder().with_known_scopes(known_scope)
}

/// The scope of an authority for identity cards (document codes that begin with `I`), of its own state.
#[must_use]
pub fn identity_cards() -> Scope {
    Scope {
        states: Vec::new(),
        document_codes: vec!["I".to_owned()],
    }
}

fn known_scope(certificate: &Certificate) -> Option<Scope> {
    let passports = || Scope {
        states: vec!["VNM".to_owned()],
        document_codes: vec!["P".to_owned()],
    };
    let name = certificate.subject().to_string();
    is_passport_authority(&name, &certificate.sha256()).then(passports)
}

/// Everything of Viet Nam but passports and visas.
fn asks_for_scope(document_code: &str, issuing_state: &str) -> bool {
    is_vietnamese(issuing_state) && !document_code.starts_with(['P', 'V'])
}

/// Whether the anchor serves for this document. Only a Vietnamese identity card asks for one that is scoped to its kind; a
/// test authority is told by its mark.
pub(crate) fn serves(document: &AuthenticDocument, passive: &PassiveAuthentication) -> bool {
    let Some(csca) = passive.csca() else {
        // There is no anchor: other findings say so.
        return true;
    };
    let mrz = document.mrz();
    csca.is_test
        || !asks_for_scope(mrz.document_code(), mrz.issuing_state())
        || passive
            .scopes()
            .iter()
            .any(|scope| scope.names(mrz.document_code(), mrz.issuing_state()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_test_vectors::{DUTCH_MASTER_LIST, DUTCH_ROOT, read};

    #[test]
    fn whatever_the_zone_calls_the_state() {
        for (code, state, asks) in [
            ("ID", "VNM", true),
            ("I", "VN", true),
            ("AC", "VN<", true),
            ("P", "VNM", false),
            ("ID", "UTO", false),
        ] {
            assert_eq!(asks_for_scope(code, state), asks, "{code} {state}");
        }
    }

    /// The real certificate, from the Dutch list.
    #[test]
    fn the_real_passport_authority_vouches_for_passports_alone() {
        let store = builder()
            .root(&read(DUTCH_ROOT), "root")
            .and_then(|b| b.add(&read(DUTCH_MASTER_LIST), "list"))
            .and_then(TrustStoreBuilder::build)
            .unwrap();
        let scoped: Vec<_> = store
            .anchors()
            .iter()
            .filter_map(|a| a.scope.as_ref())
            .collect();
        assert!(!scoped.is_empty());
        for scope in scoped {
            assert!(scope.permits("P", "VNM") && scope.permits("PV", "VNM"));
            assert!(!scope.permits("ID", "VNM") && !scope.names("I", "VNM"));
        }
        let others = store.anchors().iter().filter(|a| a.scope.is_none()).count();
        assert!(others > 100, "{others}");
    }
}
