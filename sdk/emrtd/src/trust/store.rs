//! The trust store: asked for every document.
//!
//! Doc 9303-12, 6.1. What it answers does not depend on the order of the files that it was made from.

use super::builder::TrustStoreBuilder;
use super::certificate::Certificate;
use super::crl::{Revocation, RevocationList};
use super::csca::{Anchor, Fit, Introduction, fit, is_link, may_issue};
use super::listing::{Entry, EntryState, ListSummary, RevocationListSummary, entry};
use crate::crypto::signature::PublicKey;
use crate::time::UnixTime;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Link certificates between a signer and an anchor, at most.
const MAX_LINKS: usize = 3;
/// Certificates of a signed object that are tried as links, at most: each costs a verification.
const MAX_LINK_CANDIDATES: usize = 8;

/// Certificates that are believed to be states', with the revocation lists that they signed.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    pub(super) anchors: Vec<Anchor>,
    pub(super) unverified: Vec<(Certificate, Arc<str>)>,
    pub(super) lists: Vec<ListSummary>,
    pub(super) revocations: Vec<Revocations>,
}

#[derive(Clone, Debug)]
pub(super) struct Revocations {
    pub(super) list: RevocationList,
    pub(super) source: Arc<str>,
    /// The anchors' keys that signed it; none, and it says nothing.
    pub(super) signed_by: Vec<PublicKey>,
    pub(super) is_test: bool,
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
            .filter(|c| is_link(c) && c.public_key() != signer.public_key())
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
                // Compared as keys, not as bytes: one key can be written in many ways, and every link with it would lead
                // to every other.
                let rest: Vec<&Certificate> = links
                    .iter()
                    .copied()
                    .filter(|c| c.public_key() != link.public_key())
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
    pub(super) fn is_test(&self, anchors: &[&Anchor]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::ec::{Curve, Secret};
    use crate::crypto::hash::HashAlgorithm;
    use crate::tlv::{encode, encode_all};
    use getrandom::SysRng;
    use getrandom::rand_core::UnwrapErr;
    use std::time::{Duration, Instant};

    const CURVE: Curve = Curve::BrainpoolP512r1;

    fn name(common_name: &[u8]) -> Vec<u8> {
        let part = |oid: &[u8], tag, value: &[u8]| {
            encode(
                0x31,
                &encode_all(0x30, &[&encode(0x06, oid), &encode(tag, value)]),
            )
        };
        let country = part(&[0x55, 4, 6], 0x13, b"UT");
        encode_all(0x30, &[&country, &part(&[0x55, 4, 3], 0x0C, common_name)])
    }

    /// A length of `bytes` bytes, however few it needs.
    fn roomy(tag: u8, value: &[u8], bytes: usize) -> Vec<u8> {
        let len = u32::try_from(value.len()).unwrap().to_be_bytes();
        let count = 0x80 | u8::try_from(bytes).unwrap();
        [&[tag, count], &len[4 - bytes..], value].concat()
    }

    /// A certificate that says in every field that it is a link, the lengths of its key written as `form` says.
    fn link(issuer: &Secret, subject: &Secret, names: [&[u8]; 2], form: usize) -> Certificate {
        let ecdsa_plain_sha256 = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01, 0x03];
        let algorithm = encode(0x30, &encode(0x06, &ecdsa_plain_sha256));
        let key_kind = [
            encode(0x06, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]),
            encode(0x06, CURVE.oid().as_bytes()),
        ]
        .concat();
        let bits = [&[0], subject.public().unwrap().as_sec1()].concat();
        let key = [roomy(0x30, &key_kind, 1 + form / 3), encode(0x03, &bits)].concat();
        let usage: &[u8] = &[0x30, 11, 6, 3, 0x55, 0x1D, 15, 4, 4, 3, 2, 1, 6];
        let authority: &[u8] = &[0x30, 12, 6, 3, 0x55, 0x1D, 19, 4, 5, 0x30, 3, 1, 1, 0xFF];
        let tbs = encode_all(
            0x30,
            &[
                &encode(0x02, &[1]),
                &algorithm,
                &name(names[0]),
                &encode_all(
                    0x30,
                    &[
                        &encode(0x17, b"260101000000Z"),
                        &encode(0x17, b"360101000000Z"),
                    ],
                ),
                &name(names[1]),
                &roomy(0x30, &key, 2 + form % 3),
                &encode(0xA3, &encode_all(0x30, &[usage, authority])),
            ],
        );
        let digest = HashAlgorithm::Sha256.digest(&tbs);
        let signature = CURVE
            .ecdsa_sign(issuer, &digest, &mut UnwrapErr(SysRng))
            .unwrap();
        let signature = encode_all(0x03, &[&[0], &signature]);
        Certificate::from_der(&encode_all(0x30, &[&tbs, &algorithm, &signature])).unwrap()
    }

    #[test]
    fn links_that_all_hold_one_key_are_no_maze() {
        let secret = || CURVE.generate_secret(&mut UnwrapErr(SysRng));
        let mut builder = TrustStore::builder();
        for _ in 0..10 {
            let key = secret();
            let anchor = link(&key, &key, [b"CSCA", b"CSCA"], 0);
            builder = builder.add(anchor.as_der(), "csca").unwrap();
        }
        let store = builder.build().unwrap();
        let hostile = secret();
        let links: Vec<Certificate> = (0..8)
            .map(|form| link(&hostile, &hostile, [b"maze", b"maze"], form))
            .collect();
        assert!(links.iter().all(is_link));
        let signer = link(&hostile, &secret(), [b"maze", b"signer"], 0);
        assert!(links.iter().all(|l| signer.is_signed_by(l)));

        let started = Instant::now();
        assert!(matches!(store.vouch(&signer, &links), Vouching::Unknown));
        let took = started.elapsed();
        assert!(took < Duration::from_secs(4), "{took:?}");
    }
}
