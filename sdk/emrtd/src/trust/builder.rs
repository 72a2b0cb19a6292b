//! From files to a trust store: what is believed is decided once, when all of them are there.
//!
//! Doc 9303-12, 9 (master lists) and 7.1.4 (revocation lists).

use super::certificate::Certificate;
use super::crl::RevocationList;
use super::csca::{Anchor, Introduction, Scope, fit, may_issue};
use super::error::TrustError;
use super::listing::{EntryState, ListSummary};
use super::master_list::MasterList;
use super::pem;
use super::store::{Revocations, TrustStore};
use crate::cms;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Gathers files for a [`TrustStore`]. Nothing is believed before [`build`](Self::build).
#[derive(Clone, Debug, Default)]
pub struct TrustStoreBuilder {
    roots: Vec<Certificate>,
    given: Vec<Anchor>,
    lists: Vec<(MasterList, Arc<str>)>,
    revocations: Vec<(RevocationList, Arc<str>)>,
    known_scopes: Option<fn(&Certificate) -> Option<Scope>>,
}

impl TrustStoreBuilder {
    /// Restricts anchors of which more is known than their certificates say: whatever `scope_of` gives for a certificate
    /// holds, however it came into the store, and whatever scope was given with it.
    #[must_use]
    pub const fn with_known_scopes(mut self, scope_of: fn(&Certificate) -> Option<Scope>) -> Self {
        self.known_scopes = Some(scope_of);
        self
    }

    /// Adds a certificate that vouches for signers of master lists, and for nothing else.
    ///
    /// # Errors
    /// [`TrustError`] where the bytes are not certificates in DER or PEM.
    pub fn root(mut self, bytes: &[u8], source: &str) -> Result<Self, TrustError> {
        for der in blocks(bytes, source)? {
            let certificate =
                Certificate::from_der(&der).map_err(|_| TrustError::RootNotCertificate {
                    source: source.to_string(),
                })?;
            self.roots.push(certificate);
        }
        Ok(self)
    }

    /// Adds a file, DER or PEM: a certificate becomes an anchor; a master list or a revocation list becomes what its
    /// signature allows.
    ///
    /// # Errors
    /// [`TrustError`] where the bytes are none of these.
    pub fn add(self, bytes: &[u8], source: &str) -> Result<Self, TrustError> {
        self.add_all(bytes, source, None)
    }

    /// Adds a certificate as an anchor for documents of `scope` only. (On lists, `scope` has no bearing.)
    ///
    /// # Errors
    /// [`TrustError`].
    pub fn add_scoped(self, bytes: &[u8], source: &str, scope: Scope) -> Result<Self, TrustError> {
        self.add_all(bytes, source, Some(scope))
    }

    fn add_all(
        mut self,
        bytes: &[u8],
        source: &str,
        scope: Option<Scope>,
    ) -> Result<Self, TrustError> {
        let label: Arc<str> = Arc::from(source);
        for der in blocks(bytes, source)? {
            if cms::is_signed_data(&der) {
                if scope.is_some() {
                    return Err(TrustError::ScopeOnList {
                        source: source.to_string(),
                    });
                }
                let list = MasterList::from_der(&der)
                    .map_err(|error| TrustError::malformed(source, error))?;
                self.lists.push((list, label.clone()));
                continue;
            }
            match Certificate::from_der(&der) {
                Ok(certificate) => self.given.push(Anchor {
                    certificate: Arc::new(certificate),
                    source: label.clone(),
                    scope: scope.clone(),
                    introduction: Introduction::Given,
                }),
                Err(error) => match RevocationList::from_der(&der) {
                    Ok(list) => self.revocations.push((list, label.clone())),
                    Err(_) if der.first() == Some(&0x30) => {
                        return Err(TrustError::malformed(source, error));
                    }
                    Err(_) => {
                        return Err(TrustError::Unrecognised {
                            source: source.to_string(),
                        });
                    }
                },
            }
        }
        Ok(self)
    }

    /// Decides what is believed.
    ///
    /// A master list's entries become anchors where a root or a **given** anchor signed its signer's certificate. (Entries
    /// of one list vouch for no other list: else every state of a list could introduce any other.)
    ///
    /// # Errors
    /// [`TrustError::MasterListRefused`] for a list whose signature does not hold, and, where roots were given, for one
    /// that nobody vouches for.
    pub fn build(self) -> Result<TrustStore, TrustError> {
        let roots: Vec<Arc<Certificate>> = self.roots.iter().cloned().map(Arc::new).collect();
        let mut store = TrustStore::default();
        let mut listed = Vec::new();
        for (list, source) in self.lists {
            let refused = || TrustError::MasterListRefused {
                source: source.to_string(),
            };
            let signer = list.signer.as_ref().ok_or_else(refused)?;
            // Who is trusted for some documents only is not trusted to introduce states.
            let given = self.given.iter().filter(|a| a.scope.is_none());
            let vouching: Vec<&Arc<Certificate>> = roots
                .iter()
                .chain(given.map(|a| &a.certificate))
                .filter(|c| vouches_for_list_signer(c, signer))
                .collect();
            if vouching.is_empty() && !roots.is_empty() {
                return Err(refused());
            }
            // A mark on any copy of a vouching key makes the list a test's.
            let is_test = signer.is_test()
                || roots
                    .iter()
                    .chain(self.given.iter().map(|a| &a.certificate))
                    .any(|c| {
                        c.is_test() && vouching.iter().any(|v| v.public_key() == c.public_key())
                    });
            store.lists.push(ListSummary {
                source: source.to_string(),
                state: if vouching.is_empty() {
                    EntryState::Unverified
                } else {
                    EntryState::Anchor
                },
                signature_holds: true,
                signer: Some(signer.subject().to_string()),
                vouched_by: vouching
                    .first()
                    .map(|c| (c.subject().to_string(), c.sha256())),
                signing_time: list.signing_time,
                certificates: list.certificates.len(),
                skipped: list.skipped,
            });
            for certificate in list.certificates {
                if vouching.is_empty() {
                    store.unverified.push((certificate, source.clone()));
                } else {
                    listed.push(Anchor {
                        certificate: Arc::new(certificate),
                        source: source.clone(),
                        scope: None,
                        introduction: if is_test {
                            Introduction::TestMasterList
                        } else {
                            Introduction::MasterList
                        },
                    });
                }
            }
        }
        store.anchors = self.given;
        store.anchors.extend(listed);
        if let Some(scope_of) = self.known_scopes {
            for anchor in &mut store.anchors {
                if let Some(scope) = scope_of(&anchor.certificate) {
                    anchor.scope = Some(scope);
                }
            }
        }
        for (list, source) in self.revocations {
            let signers: Vec<&Anchor> = store
                .anchors
                .iter()
                .filter(|a| list.is_signed_by(&a.certificate))
                .collect();
            let is_test = store.is_test(&signers);
            let signed_by = signers
                .iter()
                .filter_map(|a| a.certificate.public_key().ok().cloned())
                .collect();
            store.revocations.push(Revocations {
                list,
                source,
                signed_by,
                is_test,
            });
        }
        Ok(store)
    }
}

/// A root is believed for lists as it was given. An anchor vouches for a list signer as it does for a document signer.
/// Germany once signed with the CSCA itself (deviations row 91).
fn vouches_for_list_signer(authority: &Certificate, signer: &Certificate) -> bool {
    signer.as_der() == authority.as_der()
        || (may_issue(authority)
            && fit(signer, authority).is_some()
            && signer.is_signed_by(authority))
}

fn blocks(bytes: &[u8], source: &str) -> Result<Vec<Vec<u8>>, TrustError> {
    if pem::is_pem(bytes) {
        pem::blocks(bytes).ok_or_else(|| TrustError::Unrecognised {
            source: source.to_string(),
        })
    } else {
        Ok(alloc::vec![bytes.to_vec()])
    }
}
