//! The Dutch master list of 2026-07-22 (test-vectors/certificates/master-lists).

use chipid_test_vectors as vectors;

use chipid_emrtd::trust::{EntryState, TrustError, TrustStore, TrustStoreBuilder};
use std::collections::BTreeSet;

const LIST: &str = "certificates/master-lists/NL_ML_2026-07-22.ml";
const ROOT: &str = "certificates/master-lists/NL_ROOT_CA.cer";

fn with_list(builder: TrustStoreBuilder) -> TrustStoreBuilder {
    builder.add(&vectors::read(LIST), "NL.ml").unwrap()
}

#[test]
fn with_its_root_all_411_certificates_are_anchors() {
    let store = with_list(TrustStore::builder())
        .root(&vectors::read(ROOT), "NL_ROOT_CA.cer")
        .unwrap()
        .build()
        .unwrap();
    assert_eq!(store.anchors().len(), 411);
    let list = &store.lists()[0];
    assert_eq!(list.state, EntryState::Anchor);
    assert_eq!((list.certificates, list.skipped), (411, 0));
    assert_eq!(
        list.signing_time.unwrap().to_string(),
        "2026-07-23T09:35:43Z"
    );
    let entries = store.entries();
    assert!(
        entries
            .iter()
            .all(|e| e.state == EntryState::Anchor && !e.is_test)
    );
    let countries: BTreeSet<String> = entries.iter().filter_map(|e| e.country.clone()).collect();
    assert_eq!(countries.len(), 129);
    for special in ["EU", "UN", "KS", "VN", "DE"] {
        assert!(countries.contains(special), "{special}");
    }
    let unusable: Vec<&str> = entries
        .iter()
        .filter(|e| e.key.is_none())
        .map(|e| e.subject.as_str())
        .collect();
    assert_eq!(unusable, Vec::<&str>::new(), "keys that cannot be used");
    assert_eq!(store.newest_evidence(), list.signing_time);
}

/// Real signatures of 129 states: RSA with exponents from 3 to 107903, PSS with DEFAULT parameters, SHA-1, explicit curve
/// parameters with and without seed. Every certificate of this list is self-signed.
#[test]
fn every_self_signature_verifies_and_none_under_a_neighbours_key() {
    let store = with_list(TrustStore::builder())
        .root(&vectors::read(ROOT), "root")
        .unwrap()
        .build()
        .unwrap();
    let anchors = store.anchors();
    let mut neighbour = &anchors[anchors.len() - 1].certificate;
    for anchor in anchors {
        let certificate = &anchor.certificate;
        assert!(
            certificate.is_signed_by(certificate),
            "{}",
            certificate.subject()
        );
        if neighbour.public_key() != certificate.public_key() {
            assert!(!certificate.is_signed_by(neighbour));
        }
        neighbour = certificate;
    }
}

#[test]
fn without_a_root_it_is_unverified_and_anchors_nothing() {
    let store = with_list(TrustStore::builder()).build().unwrap();
    assert!(store.is_empty());
    assert_eq!(store.entries().len(), 411);
    assert!(
        store
            .entries()
            .iter()
            .all(|e| e.state == EntryState::Unverified)
    );
    assert_eq!(store.lists()[0].state, EntryState::Unverified);
    assert!(store.lists()[0].signature_holds);
    assert_eq!(store.newest_evidence(), None);
}

#[test]
fn an_anchor_already_given_vouches_for_it_in_either_order() {
    let root = vectors::read(ROOT);
    let before = with_list(TrustStore::builder().add(&root, "root").unwrap());
    let after = with_list(TrustStore::builder()).add(&root, "root").unwrap();
    for builder in [before, after] {
        let store = builder.build().unwrap();
        assert_eq!(store.anchors().len(), 412);
        assert_eq!(store.lists()[0].state, EntryState::Anchor);
    }
}

#[test]
fn another_root_is_refused() {
    let other = vectors::read("certificates/chains/csca.der");
    let error = with_list(TrustStore::builder())
        .root(&other, "other")
        .unwrap()
        .build()
        .unwrap_err();
    assert_eq!(
        error,
        TrustError::MasterListRefused {
            source: "NL.ml".into()
        }
    );
    // As an anchor for documents it refuses nothing, and vouches for nothing.
    let store = with_list(TrustStore::builder())
        .add(&other, "other")
        .unwrap()
        .build()
        .unwrap();
    assert_eq!(store.anchors().len(), 1);
    assert_eq!(store.lists()[0].state, EntryState::Unverified);
}

#[test]
fn a_changed_entry_refuses_the_whole_list() {
    let mut list = vectors::read(LIST);
    let root = vectors::read(ROOT);
    for at in [80, 300_000, 621_700, 623_550, 624_100] {
        list[at] ^= 0x01;
        let store = TrustStore::builder()
            .root(&root, "root")
            .unwrap()
            .add(&list, "NL.ml")
            .and_then(TrustStoreBuilder::build);
        assert!(store.is_err(), "byte {at}");
        list[at] ^= 0x01;
    }
}

#[test]
fn a_root_must_be_a_certificate() {
    let error = TrustStore::builder()
        .root(&vectors::read(LIST), "list")
        .unwrap_err();
    assert_eq!(
        error,
        TrustError::RootNotCertificate {
            source: "list".into()
        }
    );
    assert_eq!(
        TrustStore::builder().add(b"hello", "x").unwrap_err().code(),
        8101
    );
}
