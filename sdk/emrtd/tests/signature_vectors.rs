//! Signatures and curve parameters made by OpenSSL (test-vectors/certificates/signatures).

use chipid_test_vectors as vectors;

use chipid_emrtd::asn1::Reader;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::crypto::ec::parameters::ParameterForm;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::crypto::signature::{Outcome, PublicKey, SignatureAlgorithm};
use serde_json::Value;

fn load(file: &str) -> Vec<Value> {
    let bytes = vectors::read(&format!("certificates/signatures/{file}"));
    serde_json::from_slice(&bytes).unwrap()
}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    hex::decode(vector[field].as_str().unwrap()).unwrap()
}

fn hash(vector: &Value, field: &str) -> HashAlgorithm {
    let name = vector[field].as_str().unwrap();
    HashAlgorithm::ALL
        .into_iter()
        .find(|h| h.name().replace('-', "") == name)
        .unwrap()
}

fn message() -> Vec<u8> {
    vectors::read("certificates/signatures/message.txt")
}

fn algorithm(vector: &Value) -> SignatureAlgorithm {
    let over = hash(vector, "hash");
    match vector["algorithm"].as_str().unwrap() {
        "pkcs1" => SignatureAlgorithm::RsaPkcs1 { hash: over },
        "pss" => SignatureAlgorithm::RsaPss {
            hash: over,
            mgf: hash(vector, "mgf"),
            salt_len: vector["salt"].as_u64().unwrap() as usize,
        },
        "ecdsa" => SignatureAlgorithm::Ecdsa { hash: over },
        other => panic!("{other}"),
    }
}

/// Every vector verifies; no other algorithm takes its place, and no changed bit.
fn check(file: &str, expected: usize) {
    let vectors = load(file);
    assert_eq!(vectors.len(), expected);
    let message = message();
    for vector in &vectors {
        let name = vector["name"].as_str().unwrap();
        let key = PublicKey::from_spki(&bytes(vector, "spki")).unwrap();
        let signature = bytes(vector, "signature");
        let algorithm = algorithm(vector);
        let outcome = key.verify(algorithm, &message, &signature);
        assert_eq!(outcome, Outcome::Valid, "{name}");
        for other in others(algorithm) {
            assert!(
                !key.verify(other, &message, &signature).holds(),
                "{name} as {other:?}"
            );
        }
        let mut changed = message.clone();
        changed[3] ^= 1;
        assert!(
            !key.verify(algorithm, &changed, &signature).holds(),
            "{name}"
        );
        for at in (0..signature.len()).step_by(7) {
            let mut changed = signature.clone();
            changed[at] ^= 0x10;
            assert!(
                !key.verify(algorithm, &message, &changed).holds(),
                "{name} byte {at}"
            );
        }
        for cut in [0, 1, signature.len() / 2, signature.len() - 1] {
            assert!(
                !key.verify(algorithm, &message, &signature[..cut]).holds(),
                "{name}"
            );
        }
    }
}

fn others(algorithm: SignatureAlgorithm) -> Vec<SignatureAlgorithm> {
    use SignatureAlgorithm::{Ecdsa, RsaPkcs1, RsaPss};
    let mut all = Vec::new();
    for hash in HashAlgorithm::ALL {
        all.extend([RsaPkcs1 { hash }, Ecdsa { hash }]);
        for salt_len in [0, 20, 21, 32] {
            all.push(RsaPss {
                hash,
                mgf: hash,
                salt_len,
            });
        }
    }
    all.retain(|other| *other != algorithm);
    all
}

#[test]
fn rsa_signatures_by_openssl_verify_and_nothing_else_does() {
    check("rsa.json", 190);
}

#[test]
fn ecdsa_signatures_by_openssl_verify_on_nine_curves_in_both_forms() {
    check("ecdsa.json", 90);
}

#[test]
fn the_curve_is_known_by_name_and_by_numbers() {
    for vector in load("ecdsa.json") {
        let PublicKey::Ec { curve, form, .. } =
            PublicKey::from_spki(&bytes(&vector, "spki")).unwrap()
        else {
            panic!("not a point");
        };
        assert_eq!(curve.name(), vector["curve"].as_str().unwrap());
        let expected = match vector["form"].as_str().unwrap() {
            "explicit" => ParameterForm::Explicit,
            _ => ParameterForm::Named,
        };
        assert_eq!(form, expected);
    }
}

fn curve_of(der: &[u8]) -> Option<Curve> {
    let element = Reader::new(der).read().ok()?;
    Curve::from_parameters(&element)
        .ok()?
        .map(|(curve, _)| curve)
}

#[test]
fn explicit_parameters_match_whole_or_not_at_all() {
    let vectors = load("ec-parameters.json");
    assert_eq!(vectors.len(), 26);
    for vector in vectors {
        let der = bytes(&vector, "parameters");
        let found = curve_of(&der).map(|c| c.name());
        assert_eq!(found, vector["curve"].as_str(), "{}", vector["points"]);
        if found.is_none() {
            continue;
        }
        // Any byte changed: refused, unless it stands in the seed, which says nothing about the curve.
        let seed = seed(&der);
        for at in 0..der.len() {
            for flip in [0x01, 0x80] {
                let mut changed = der.clone();
                changed[at] ^= flip;
                if let Some(curve) = curve_of(&changed) {
                    let in_seed = seed.contains(&at);
                    let in_version = at > 0 && der[at - 2..at] == [0x02, 0x01] && at < 8;
                    assert!(in_seed || in_version, "{} byte {at}", curve.name());
                    assert_eq!(Some(curve.name()), found);
                }
            }
        }
    }
}

fn seed(der: &[u8]) -> std::ops::Range<usize> {
    let mut fields = Reader::new(der).read().unwrap().children().unwrap();
    fields.read().unwrap();
    fields.read().unwrap();
    let mut curve = fields.read().unwrap().children().unwrap();
    curve.read().unwrap();
    curve.read().unwrap();
    match curve.read() {
        Ok(seed) => seed.offset..seed.offset + seed.raw.len(),
        Err(_) => 0..0,
    }
}

/// A key for anybody's public point under a generator of one's own (CVE-2020-0601): same p, a, b, n, h, other G.
#[test]
fn a_generator_of_ones_own_is_refused() {
    let vector = load("ec-parameters.json")
        .into_iter()
        .find(|v| v["curve"] == "P-256")
        .unwrap();
    let der = bytes(&vector, "parameters");
    let x =
        hex::decode("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296").unwrap();
    let at = der.windows(32).position(|w| w == x).unwrap();
    let public = load("ecdsa.json")
        .into_iter()
        .find(|v| v["curve"] == "P-256")
        .map(|v| bytes(&v, "spki"))
        .unwrap();
    let mut forged = der.clone();
    forged[at..at + 64].copy_from_slice(&public[public.len() - 64..]);
    assert_eq!(curve_of(&der), Some(Curve::P256));
    assert_eq!(curve_of(&forged), None);
}

/// Scopes, test marks and revocations follow the key: an anchor's twin that writes its curve out is no other authority.
#[test]
fn a_key_is_the_same_however_it_names_its_curve() {
    let key = |form| PublicKey::Ec {
        curve: Curve::P256,
        point: Curve::P256.generator().as_sec1().to_vec(),
        form,
    };
    assert_eq!(key(ParameterForm::Named), key(ParameterForm::Explicit));
    let other = PublicKey::Ec {
        curve: Curve::BrainpoolP256r1,
        point: Curve::P256.generator().as_sec1().to_vec(),
        form: ParameterForm::Named,
    };
    assert_ne!(key(ParameterForm::Named), other);
}
