//! The trust store: made once from files, asked for every document.
//!
//! What it answers does not depend on the order of the files.

use super::certificate::{Certificate, Validity};
use super::crl::{Revocation, RevocationList};
use super::csca::{Anchor, Fit, Introduction, Scope, fit, is_link, may_issue};
use super::error::TrustError;
use super::master_list::MasterList;
use super::pem;
use crate::cms;
use crate::crypto::signature::PublicKey;
use crate::time::UnixTime;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Link certificates between a signer and an anchor, at most.
const MAX_LINKS: usize = 3;
/// Certificates of a signed object that are tried as links, at most: each costs a verification.
const MAX_LINK_CANDIDATES: usize = 8;

/// Certificates that are believed to be states', with the revocation lists that they signed.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    anchors: Vec<Anchor>,
    unverified: Vec<(Certificate, Arc<str>)>,
    lists: Vec<ListSummary>,
    revocations: Vec<Revocations>,
}

#[derive(Clone, Debug)]
struct Revocations {
    list: RevocationList,
    source: Arc<str>,
    /// The anchors' keys that signed it; none, and it says nothing.
    signed_by: Vec<PublicKey>,
    is_test: bool,
}

/// Gathers files for a [`TrustStore`]. Nothing is believed before [`build`](Self::build).
#[derive(Clone, Debug, Default)]
pub struct TrustStoreBuilder {
    roots: Vec<Certificate>,
    given: Vec<Anchor>,
    lists: Vec<(MasterList, Arc<str>)>,
    revocations: Vec<(RevocationList, Arc<str>)>,
}

/// One certificate of the store, for a list that a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whom the certificate speaks of.
    pub subject: String,
    /// `countryName` in upper case.
    pub country: Option<String>,
    /// SHA-256 over the certificate.
    pub sha256: [u8; 32],
    /// From when to when it holds.
    pub validity: Validity,
    /// The name that was given with the file.
    pub source: String,
    /// Whether it anchors anything.
    pub state: EntryState,
    /// What it may vouch for, where it is restricted.
    pub scope: Option<Scope>,
    /// Whether what it vouches for is a test.
    pub is_test: bool,
    /// The subject's key, as in `rsa-2048` or `brainpoolP256r1`; `None` where it cannot be used.
    pub key: Option<String>,
}

/// Whether a certificate of the store anchors anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// It does.
    Anchor,
    /// It stands on a master list that nobody vouches for, and anchors nothing.
    Unverified,
}

/// A master list of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSummary {
    /// The name that was given with the file.
    pub source: String,
    /// Whether its entries are anchors.
    pub state: EntryState,
    /// Whether its signature holds under the certificate that it brings along.
    pub signature_holds: bool,
    /// That certificate's subject.
    pub signer: Option<String>,
    /// Who vouches for that certificate: subject and SHA-256 of a root or an anchor.
    pub vouched_by: Option<(String, [u8; 32])>,
    /// When it was signed, by the signer's word.
    pub signing_time: Option<UnixTime>,
    /// Entries.
    pub certificates: usize,
    /// Entries that could not be read and were left out.
    pub skipped: usize,
}

/// A revocation list of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationListSummary {
    /// The name that was given with the file.
    pub source: String,
    /// Whose certificates it revokes.
    pub issuer: String,
    /// Whether an anchor signed it; if not, it says nothing.
    pub verified: bool,
    /// When it was issued.
    pub this_update: UnixTime,
    /// When the next one is due.
    pub next_update: Option<UnixTime>,
    /// Revoked certificates.
    pub entries: usize,
}

/// What the store says of a document signer.
#[derive(Clone, Debug)]
pub enum Vouching<'a> {
    /// There is no anchor at all.
    StoreEmpty,
    /// No anchor's key signed it, and none claims to.
    Unknown,
    /// An anchor has the issuer's name and key identifier, and its key did not sign.
    SignatureInvalid,
    /// An anchor stands behind it.
    Trusted(Chain<'a>),
}

/// From a signer to an anchor.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    /// The anchor that is named.
    pub anchor: &'a Anchor,
    /// Every anchor with that key, the named one among them.
    pub same_key: Vec<&'a Anchor>,
    /// Link certificates in between, from the signer's issuer upwards.
    pub links: Vec<Certificate>,
    /// Whether any certificate of the chain, or any other with the anchor's key, is a test's.
    pub is_test: bool,
    /// Which of name and key identifier did not fit, where the key was found by the signature alone.
    pub deviation: Option<&'static str>,
}

/// What revocation lists say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationStatus {
    /// No list of the issuer, or only one that is out of date.
    Unknown,
    /// On none of the lists.
    Good,
    /// Revoked.
    Revoked(Revocation),
}

impl TrustStoreBuilder {
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

impl TrustStore {
    /// Begins a store.
    #[must_use]
    pub fn builder() -> TrustStoreBuilder {
        TrustStoreBuilder::default()
    }

    /// Whether it holds no anchor.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// The anchors.
    #[must_use]
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// Every certificate, anchors first.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let anchors = self.anchors.iter().map(|a| {
            let is_test = self.is_test(&[a]);
            let state = EntryState::Anchor;
            entry(&a.certificate, &a.source, state, a.scope.clone(), is_test)
        });
        let unverified = self
            .unverified
            .iter()
            .map(|(c, s)| entry(c, s, EntryState::Unverified, None, c.is_test()));
        anchors.chain(unverified).collect()
    }

    /// The master lists.
    #[must_use]
    pub fn lists(&self) -> &[ListSummary] {
        &self.lists
    }

    /// The revocation lists.
    #[must_use]
    pub fn revocation_lists(&self) -> Vec<RevocationListSummary> {
        self.revocations
            .iter()
            .map(|r| RevocationListSummary {
                source: r.source.to_string(),
                issuer: r.list.issuer().to_string(),
                verified: !r.signed_by.is_empty(),
                this_update: r.list.this_update(),
                next_update: r.list.next_update(),
                entries: r.list.len(),
            })
            .collect()
    }

    /// The latest moment that a believed list tells of: a clock that lies before it is wrong.
    #[must_use]
    pub fn newest_evidence(&self) -> Option<UnixTime> {
        let lists = self
            .lists
            .iter()
            .filter(|l| l.state == EntryState::Anchor)
            .filter_map(|l| l.signing_time);
        let revocations = self
            .revocations
            .iter()
            .filter(|r| !r.signed_by.is_empty())
            .map(|r| r.list.this_update());
        lists.chain(revocations).max()
    }

    /// Who stands behind `signer`. `links` are certificates that came along with it: only those that an anchor signed
    /// as its own state's link certificates play a role.
    #[must_use]
    pub fn vouch(&self, signer: &Certificate, links: &[Certificate]) -> Vouching<'_> {
        if self.anchors.is_empty() {
            return Vouching::StoreEmpty;
        }
        let links: Vec<&Certificate> = links
            .iter()
            .filter(|c| is_link(c) && c.spki() != signer.spki())
            .take(MAX_LINK_CANDIDATES)
            .collect();
        self.climb(signer, &links, 0)
    }

    fn climb(&self, subject: &Certificate, links: &[&Certificate], depth: usize) -> Vouching<'_> {
        let mut claimed = false;
        let mut candidates: Vec<(Fit, &Anchor)> = self
            .anchors
            .iter()
            .filter(|a| may_issue(&a.certificate))
            .filter_map(|a| fit(subject, &a.certificate).map(|f| (f, a)))
            .collect();
        candidates.sort_by_key(|(fit, _)| *fit);
        for (fit, anchor) in candidates {
            if subject.is_signed_by(&anchor.certificate) {
                return self.trusted(subject, anchor, fit);
            }
            let could = anchor.certificate.public_key().is_ok() && subject.algorithm().is_ok();
            claimed |= could && fit == Fit::NameAndKey;
        }
        if depth < MAX_LINKS {
            for link in links {
                let rest: Vec<&Certificate> = links
                    .iter()
                    .copied()
                    .filter(|c| c.spki() != link.spki())
                    .collect();
                if fit(subject, link).is_none() || !subject.is_signed_by(link) {
                    continue;
                }
                if let Vouching::Trusted(mut chain) =
                    self.climb(link, &rest, depth.saturating_add(1))
                    && link.state() == chain.anchor.certificate.state()
                {
                    chain.is_test |= subject.is_test();
                    chain.links.insert(0, (*link).clone());
                    return Vouching::Trusted(chain);
                }
            }
        }
        if claimed {
            Vouching::SignatureInvalid
        } else {
            Vouching::Unknown
        }
    }

    fn trusted<'a>(&'a self, subject: &Certificate, found: &'a Anchor, fit: Fit) -> Vouching<'a> {
        let key = found.certificate.public_key().ok();
        let mut same_key: Vec<&Anchor> = self
            .anchors
            .iter()
            .filter(|a| a.certificate.public_key().ok() == key)
            .collect();
        same_key.sort_by_key(|a| a.introduction);
        let anchor = same_key
            .iter()
            .copied()
            .find(|a| a.certificate.subject().matches(subject.issuer()))
            .unwrap_or(found);
        Vouching::Trusted(Chain {
            anchor,
            is_test: subject.is_test() || self.is_test(&same_key),
            same_key,
            links: Vec::new(),
            deviation: match fit {
                Fit::NameAndKey | Fit::Name => None,
                Fit::Key => Some("issuer_name_differs"),
                Fit::NameNotKey => Some("authority_key_identifier_differs"),
                Fit::State => Some("issuer_found_by_state"),
            },
        })
    }

    /// A mark on any certificate with one of these keys counts, wherever it stands in the store; having been introduced
    /// by a test's master list counts unless a proper introduction stands beside it.
    fn is_test(&self, anchors: &[&Anchor]) -> bool {
        let marked = self.anchors.iter().any(|marked| {
            marked.certificate.is_test()
                && anchors.iter().any(|a| {
                    a.certificate.spki() == marked.certificate.spki()
                        || a.certificate
                            .public_key()
                            .is_ok_and(|key| marked.certificate.public_key().ok() == Some(key))
                })
        });
        let only_by_tests = !anchors.is_empty()
            && anchors
                .iter()
                .all(|a| a.introduction == Introduction::TestMasterList);
        marked || only_by_tests
    }

    /// What the revocation lists say of `signer` and of the links above it, for a document signed at `signed_at`.
    #[must_use]
    pub fn revocation(
        &self,
        signer: &Certificate,
        chain: &Chain<'_>,
        signed_at: Option<UnixTime>,
        now: UnixTime,
    ) -> RevocationStatus {
        let key = chain.anchor.certificate.public_key().ok();
        let lists: Vec<&Revocations> = self
            .revocations
            .iter()
            .filter(|r| !r.signed_by.is_empty() && r.is_test <= chain.is_test)
            .collect();
        let concerns = |r: &Revocations, certificate: &Certificate| {
            r.list.issuer().matches(certificate.issuer())
                && (key.is_some_and(|k| r.signed_by.contains(k))
                    || chain
                        .same_key
                        .iter()
                        .any(|a| r.list.issuer().matches(a.certificate.subject())))
        };
        let anchors = chain.same_key.iter().map(|a| a.certificate.as_ref());
        let questioned = core::iter::once(signer)
            .chain(chain.links.iter())
            .chain(anchors);
        for certificate in questioned {
            for r in lists.iter().filter(|r| concerns(r, certificate)) {
                if let Some(revocation) = r.list.revocation(certificate.serial())
                    && !revocation.spares(signed_at)
                {
                    return RevocationStatus::Revoked(revocation);
                }
            }
        }
        let is_current = |r: &&&Revocations| {
            concerns(r, signer) && r.list.next_update().is_none_or(|next| now <= next)
        };
        if lists.iter().any(|r| is_current(&r)) {
            RevocationStatus::Good
        } else {
            RevocationStatus::Unknown
        }
    }
}

impl Chain<'_> {
    /// Whether the anchor (or its key's certificate of another date) was valid at `time`, and every link too.
    #[must_use]
    pub fn was_valid_at(&self, time: UnixTime) -> bool {
        self.same_key
            .iter()
            .filter(|a| a.introduction <= self.anchor.introduction)
            .any(|a| a.certificate.validity().contains(time))
            && self.links.iter().all(|l| l.validity().contains(time))
    }

    /// Whether every restriction on the anchor's key permits a document of this code and state.
    #[must_use]
    pub fn permits(&self, document_code: &str, issuing_state: &str) -> bool {
        self.same_key
            .iter()
            .filter_map(|a| a.scope.as_ref())
            .all(|s| s.permits(document_code, issuing_state))
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

fn entry(
    certificate: &Certificate,
    source: &str,
    state: EntryState,
    scope: Option<Scope>,
    is_test: bool,
) -> Entry {
    Entry {
        subject: certificate.subject().to_string(),
        country: certificate.country(),
        sha256: certificate.sha256(),
        validity: certificate.validity(),
        source: source.to_string(),
        state,
        scope,
        is_test,
        key: certificate.public_key().ok().map(PublicKey::name),
    }
}
