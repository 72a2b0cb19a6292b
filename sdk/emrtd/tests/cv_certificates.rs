//! Card verifiable certificates that states issued (`test-vectors/cv-certificates`): parsed, chained, verified, and every
//! byte of them broken.

use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::cv_certificate::{
    ChainError, CvCertificate, CvCertificateError, KeyReference, Role, TerminalCertificates,
    TerminalType,
};
use chipid_emrtd::time::Date;
use serde_json::Value;

/// (source, authority, holder, bytes)
fn published() -> Vec<(String, String, String, Vec<u8>)> {
    let text = chipid_test_vectors::read("cv-certificates/certificates.json");
    let all: Vec<Value> = serde_json::from_slice(&text).unwrap();
    let string = |v: &Value, name: &str| v[name].as_str().unwrap().to_owned();
    all.iter()
        .map(|v| {
            let bytes = hex::decode(string(v, "certificate")).unwrap();
            (
                string(v, "source"),
                string(v, "authority"),
                string(v, "holder"),
                bytes,
            )
        })
        .collect()
}

fn from(source: &str) -> Vec<CvCertificate> {
    published()
        .iter()
        .filter(|(s, ..)| s == source)
        .map(|(.., bytes)| CvCertificate::parse(bytes).unwrap())
        .collect()
}

fn held_by(certificates: &[CvCertificate], holder: &str) -> CvCertificate {
    let name = KeyReference::new(holder.as_bytes()).unwrap();
    certificates
        .iter()
        .find(|c| *c.holder() == name)
        .unwrap()
        .clone()
}

fn day(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

#[test]
fn all_sixteen_are_read() {
    let all = published();
    assert_eq!(all.len(), 16);
    for (source, authority, holder, bytes) in &all {
        let certificate = CvCertificate::parse(bytes).unwrap();
        assert_eq!(certificate.authority().to_string(), *authority, "{source}");
        assert_eq!(certificate.holder().to_string(), *holder, "{source}");
        assert!(certificate.effective() < certificate.expires());
        // Body and signature, without the outermost tag and length.
        assert!(bytes.ends_with(&certificate.for_chip()));
    }
}

#[test]
fn roots_sign_themselves_and_no_other() {
    let roots: Vec<CvCertificate> = published()
        .iter()
        .map(|(.., bytes)| CvCertificate::parse(bytes).unwrap())
        .filter(CvCertificate::is_self_signed)
        .collect();
    assert_eq!(roots.len(), 4);
    for root in &roots {
        assert_eq!(root.authorization().role, Role::Cvca);
        let key = root.key().with_curve(None).unwrap();
        for other in &roots {
            assert_eq!(
                other.is_signed_by(&key),
                other == root,
                "{} by {}",
                other.holder(),
                root.holder()
            );
        }
    }
}

/// From a root of 2010s over five links and a verifier to a terminal, the curve inherited on the way.
#[test]
fn a_german_chain_of_seven_holds_from_its_root() {
    let root = held_by(&from("openpace"), "DECVCAeID00102");
    let chain: TerminalCertificates = from("open-ecard").into_iter().collect();
    let path = chain.path_from(root.holder()).unwrap();
    let holders: Vec<String> = path.iter().map(|c| c.holder().to_string()).collect();
    assert_eq!(
        holders,
        [
            "DECVCAeID00103",
            "DECVCAeID00104",
            "DECVCAeID00105",
            "DECVCAeID00106",
            "DECVCAeID00107",
            "DEDVeIDDTR101472",
            "DE000067602698"
        ]
    );
    let terminal = path[6];
    assert_eq!(
        terminal.authorization().terminal,
        TerminalType::Authentication
    );
    assert!(chain.verify(&root, terminal.effective()).is_ok());
    assert_eq!(
        chain.verify(&root, day(2099, 1, 1)),
        Err(ChainError::Expired {
            holder: path[5].holder().clone()
        })
    );
    // A younger chip needs fewer links.
    let later = KeyReference::new(b"DECVCAeID00106").unwrap();
    assert_eq!(chain.path_from(&later).unwrap().len(), 3);
    // A stranger's root, a missing link, another's root of the same state.
    let stranger = KeyReference::new(b"FRCVCA00001").unwrap();
    assert_eq!(chain.path_from(&stranger), None);
    let gap: TerminalCertificates = from("open-ecard")
        .into_iter()
        .filter(|c| c.holder().to_string() != "DECVCAeID00105")
        .collect();
    assert_eq!(gap.verify(&root, day(2025, 1, 1)), Err(ChainError::NoPath));
    let passports = held_by(&from("openpace"), "DECVCAEPASS00102");
    assert_eq!(
        chain.verify(&passports, day(2025, 1, 1)),
        Err(ChainError::NoPath)
    );
}

#[test]
fn a_belgian_verifier_stands_under_its_root() {
    let belgium = from("bc-java");
    let root = held_by(&belgium, "BECVCA00001");
    let verifier = held_by(&belgium, "BEDVBUZABE006");
    assert_eq!(root.key().curve(), Some(Curve::P256));
    assert_eq!(verifier.key().curve(), None);
    let key = root.key().with_curve(None).unwrap();
    assert!(root.is_signed_by(&key));
    assert!(verifier.is_signed_by(&key));
    assert_eq!(root.effective(), day(2010, 3, 2));
    let authorization = verifier.authorization();
    assert_eq!(authorization.terminal, TerminalType::InspectionSystem);
    assert_eq!(authorization.role, Role::DomesticVerifier);
    assert!(authorization.rights.fingers && !authorization.rights.irises);
    // A verifier without a terminal is no chain.
    let chain: TerminalCertificates = belgium.into_iter().collect();
    assert_eq!(
        chain.verify(&root, day(2010, 9, 1)),
        Err(ChainError::NoPath)
    );
}

/// The verifier's own root was never published: only what it signed is verified. Once RSA PKCS #1 v1.5 with SHA-1, once
/// ECDSA on a curve of 512 bits.
#[test]
fn test_terminals_are_signed_by_their_verifiers() {
    let all = from("openpace");
    let of = |role: Role| {
        all.iter()
            .filter(move |c| c.authorization().role == role)
            .collect::<Vec<_>>()
    };
    let (verifiers, terminals) = (of(Role::DomesticVerifier), of(Role::Terminal));
    assert_eq!((verifiers.len(), terminals.len()), (2, 2));
    for (at, verifier) in verifiers.iter().enumerate() {
        let key = verifier
            .key()
            .with_curve(Some(Curve::BrainpoolP512r1))
            .unwrap();
        for (place, terminal) in terminals.iter().enumerate() {
            assert_eq!(terminal.is_signed_by(&key), at == place);
        }
        assert_eq!(
            verifier.key().with_curve(None).is_none(),
            verifier.key().algorithm().name().starts_with("ecdsa")
        );
    }
}

#[test]
fn every_changed_byte_is_an_error_or_breaks_the_signature() {
    for (.., bytes) in published() {
        let honest = CvCertificate::parse(&bytes).unwrap();
        // Keys of verifiers and terminals are verified with their authority's; here the roots suffice.
        if !honest.is_self_signed() {
            continue;
        }
        let key = honest.key().with_curve(None).unwrap();
        for at in 0..bytes.len() {
            for bit in [0x01, 0x80] {
                let mut bad = bytes.clone();
                bad[at] ^= bit;
                if let Ok(certificate) = CvCertificate::parse(&bad) {
                    assert!(!certificate.is_signed_by(&key), "byte {at}");
                }
            }
        }
    }
}

#[test]
fn every_cut_is_an_error_and_every_flip_is_survived() {
    for (.., bytes) in published() {
        for len in 0..bytes.len() {
            assert!(CvCertificate::parse(&bytes[..len]).is_err());
        }
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 0xFF;
            let _ = CvCertificate::parse(&bad);
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(matches!(
            CvCertificate::parse(&longer),
            Err(CvCertificateError::Structure(_))
        ));
    }
    assert_eq!(
        CvCertificate::parse(&[0x7F; 5000]),
        Err(CvCertificateError::TooLong)
    );
}

#[test]
fn trust_points_are_read_before_the_padding() {
    let mut file = hex::decode("420b4245435643413030303031").unwrap();
    let names = |bytes: &[u8]| -> Vec<String> {
        KeyReference::of_trust_points(bytes)
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(names(&file), ["BECVCA00001"]);
    file.extend(hex::decode("420b4245435643413030303032").unwrap());
    file.resize(36, 0);
    assert_eq!(names(&file), ["BECVCA00001", "BECVCA00002"]);
    assert_eq!(names(&[]), [""; 0]);
    assert_eq!(names(&[0; 36]), [""; 0]);
    assert_eq!(KeyReference::new(&[b'A'; 17]), None);
    assert_eq!(KeyReference::new(b"A\x00B"), None);
}
