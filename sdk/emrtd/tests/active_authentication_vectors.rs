//! Active Authentication with RSA, on other people's numbers: signatures of real chips and representatives with every
//! trailer (`test-vectors/active-authentication`).

use chipid_emrtd::active_authentication::{ActiveAuthenticationEvidence, Departure};
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::crypto::iso9796::{Recovery, open_scheme_1};
use chipid_emrtd::crypto::signature::{Outcome, PublicKey};
use serde_json::Value;

fn vectors(set: &str) -> Vec<Value> {
    let text = chipid_test_vectors::read("active-authentication/iso-9796-2.json");
    let all: Value = serde_json::from_slice(&text).unwrap();
    all[set].as_array().unwrap().clone()
}

fn bytes(vector: &Value, name: &str) -> Vec<u8> {
    hex::decode(vector[name].as_str().unwrap()).unwrap()
}

fn challenge(vector: &Value) -> [u8; 8] {
    bytes(vector, "challenge").try_into().unwrap()
}

fn hash(vector: &Value) -> HashAlgorithm {
    let name = vector["hash"].as_str().unwrap();
    HashAlgorithm::ALL
        .into_iter()
        .find(|hash| hash.name() == name)
        .unwrap()
}

#[test]
fn signatures_of_real_chips_hold_for_their_challenge_only() {
    let vectors = vectors("signatures");
    assert_eq!(vectors.len(), 6);
    for vector in &vectors {
        let key = PublicKey::from_spki(&bytes(vector, "key")).unwrap();
        let evidence = ActiveAuthenticationEvidence {
            challenge: challenge(vector),
            signature: bytes(vector, "signature"),
        };
        let signed = evidence.examine(&key, None).unwrap();
        assert_eq!((signed.hash, signed.departure), (hash(vector), None));
        assert_eq!(evidence.verify(&key, None), Outcome::Valid);

        for bit in 0..64 {
            let mut other = evidence.clone();
            other.challenge[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(other.verify(&key, None), Outcome::Invalid);
        }
        for at in 0..evidence.signature.len() {
            let mut other = evidence.clone();
            other.signature[at] ^= 1;
            assert_eq!(other.verify(&key, None), Outcome::Invalid, "byte {at}");
        }
        for len in 0..evidence.signature.len() {
            let mut cut = evidence.clone();
            cut.signature.truncate(len);
            assert_eq!(cut.verify(&key, None), Outcome::Invalid);
        }
    }
}

#[test]
fn no_chips_signature_holds_under_anothers_key() {
    let vectors = vectors("signatures");
    for one in &vectors {
        for other in vectors.iter().filter(|v| v["key"] != one["key"]) {
            let key = PublicKey::from_spki(&bytes(other, "key")).unwrap();
            let evidence = ActiveAuthenticationEvidence {
                challenge: challenge(one),
                signature: bytes(one, "signature"),
            };
            assert_eq!(evidence.verify(&key, None), Outcome::Invalid);
        }
    }
}

#[test]
fn representatives_with_every_trailer_open() {
    let vectors = vectors("representatives");
    assert_eq!(vectors.len(), 5);
    for vector in &vectors {
        let representative = bytes(vector, "representative");
        let challenge = challenge(vector);
        let opened = open_scheme_1(&representative, &challenge).unwrap();
        assert_eq!(
            (opened.hash, opened.recovery),
            (hash(vector), Recovery::Partial)
        );
        // A modulus of 8k + 1 bits leaves one byte in front, and no more.
        let padded = [&[0][..], &representative].concat();
        assert_eq!(open_scheme_1(&padded, &challenge), Some(opened));
        let padded = [&[0, 0][..], &representative].concat();
        assert_eq!(open_scheme_1(&padded, &challenge), None);
        for at in 0..representative.len() {
            let mut other = representative.clone();
            other[at] ^= 1;
            assert_eq!(open_scheme_1(&other, &challenge), None, "byte {at}");
        }
    }
}

#[test]
fn departures_have_names() {
    for departure in [
        Departure::Der,
        Departure::TotalRecovery,
        Departure::HashUnstated,
    ] {
        assert!(departure.name().starts_with("active_authentication_"));
    }
}
