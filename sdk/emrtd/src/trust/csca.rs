//! Country signing certification authorities: the anchors of trust, and how they vouch for a signer.
//!
//! Doc 9303-12, 6.1 (trust model), 7.1.1 (profiles of CSCA and link certificates), 7.1.1.1.1 (state codes).

use super::certificate::Certificate;
use super::states::canonical;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// What an anchor may vouch for. Empty lists do not restrict.
///
/// A state may have one authority for its passports and another for its identity cards; who trusts the second for cards
/// need not trust it for passports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Issuing states, as in the machine readable zone (`VNM`) or in certificates (`VN`).
    pub states: Vec<String>,
    /// Beginnings of the document code of the machine readable zone: `P` for every passport, `ID`, `I`.
    pub document_codes: Vec<String>,
}

impl Scope {
    /// Whether a document with this code, of this issuing state, lies within.
    #[must_use]
    pub fn permits(&self, document_code: &str, issuing_state: &str) -> bool {
        let code = document_code.trim_end_matches('<');
        let state = canonical(issuing_state);
        (self.states.is_empty() || self.states.iter().any(|s| canonical(s) == state))
            && (self.document_codes.is_empty()
                || self
                    .document_codes
                    .iter()
                    .map(|c| c.trim_end_matches('<'))
                    // Fillers alone are the beginning of every code, and restrict nothing.
                    .any(|c| !c.is_empty() && code.starts_with(c)))
    }

    /// Whether documents with this code, of this issuing state, are among those that the scope names. One that names no
    /// code permits every document and names none.
    #[must_use]
    pub fn names(&self, document_code: &str, issuing_state: &str) -> bool {
        !self.document_codes.is_empty() && self.permits(document_code, issuing_state)
    }
}

/// How an anchor came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Introduction {
    /// Given as a certificate by whoever runs the check.
    Given,
    /// Covered by the verified signature of a master list.
    MasterList,
    /// Covered by a master list that a **test** authority stands behind: a test authority's private key may be known to
    /// everybody, so what it vouches for is a test too.
    TestMasterList,
}

/// A certificate whose key is believed to be a state's.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The certificate.
    pub certificate: Arc<Certificate>,
    /// The name that was given with the file that it came from.
    pub source: Arc<str>,
    /// What it may vouch for; `None` for everything of its own state.
    pub scope: Option<Scope>,
    /// How it came to be an anchor.
    pub introduction: Introduction,
}

/// Whether a certificate may issue others.
///
/// Some states' CSCA certificates lack `KeyUsage` or `BasicConstraints`, or say there that they are no authority
/// (deviations rows 75 and 76), so for an anchor only a `KeyUsage` that leaves out signing certificates refuses: that
/// keeps a document signer's certificate, given as an anchor by mistake, from issuing.
pub(super) fn may_issue(certificate: &Certificate) -> bool {
    match certificate.key_usage() {
        Some(usage) => usage.key_cert_sign,
        None => certificate.extended_key_usage().is_none(),
    }
}

/// Whether `certificate` may stand between an anchor and a signer: a link certificate, which carries a CSCA's new key
/// under its old one. It must say in every field that it is an authority, and be of the same state.
pub(super) fn is_link(certificate: &Certificate) -> bool {
    certificate.is_self_issued()
        && certificate.key_usage().is_some_and(|u| u.key_cert_sign)
        && certificate.basic_constraints().is_some_and(|b| b.ca)
        && certificate.extended_key_usage().is_none()
}

/// How well `issuer` fits what `subject` says of its issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Name and key identifier.
    NameAndKey,
    /// The name, where one of them has no key identifier.
    Name,
    /// The key identifier; the name is another.
    Key,
    /// The name; the key identifiers differ.
    NameNotKey,
    /// Only the state is the same (deviations row 64).
    State,
}

pub(super) fn fit(subject: &Certificate, issuer: &Certificate) -> Option<Fit> {
    let name = subject.issuer().matches(issuer.subject());
    let keys = (
        subject.authority_key_identifier(),
        issuer.subject_key_identifier(),
    );
    let same_key = match keys {
        (Some(wanted), Some(has)) => Some(wanted == has),
        _ => None,
    };
    match (name, same_key) {
        (true, Some(true)) => Some(Fit::NameAndKey),
        (true, None) => Some(Fit::Name),
        (false, Some(true)) => Some(Fit::Key),
        (true, Some(false)) => Some(Fit::NameNotKey),
        (false, _) => {
            let same = subject.issuer_state().is_some() && subject.issuer_state() == issuer.state();
            same.then_some(Fit::State)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_scope_of_fillers_permits_no_document() {
        for codes in [&["<"][..], &["<<"], &[""]] {
            let scope = Scope {
                states: Vec::new(),
                document_codes: codes.iter().map(ToString::to_string).collect(),
            };
            assert!(
                !scope.permits("P", "UTO") && !scope.permits("ID", "UTO"),
                "{codes:?}"
            );
        }
        let cards = Scope {
            states: Vec::from(["VN".to_string()]),
            document_codes: Vec::from(["I<".to_string()]),
        };
        assert!(cards.permits("ID", "VNM") && cards.permits("I<", "VNM"));
        assert!(!cards.permits("P", "VNM") && !cards.permits("ID", "UTO"));
    }
}
