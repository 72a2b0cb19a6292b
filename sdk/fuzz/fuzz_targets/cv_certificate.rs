//! Card verifiable certificates, their chains and EF.CVCA (`chipid_emrtd::cv_certificate`).
//!
//! Input: certificates one behind the other, each cut where its own length says.
#![no_main]

use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::cv_certificate::{CvCertificate, KeyReference, TerminalCertificates};
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv::Reader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = KeyReference::of_trust_points(data);
    let certificates: Vec<CvCertificate> = Reader::new(data)
        .map_while(Result::ok)
        .filter_map(|object| CvCertificate::parse(object.raw).ok())
        .take(8)
        .collect();
    for certificate in &certificates {
        // What is shown to a chip is what was parsed.
        assert!(!certificate.for_chip().is_empty());
        if let Some(key) = certificate.key().with_curve(Some(Curve::P256)) {
            for other in &certificates {
                let _ = other.is_signed_by(&key);
            }
        }
    }
    let (Some(root), Some(today)) = (certificates.first().cloned(), Date::new(2026, 11, 21)) else {
        return;
    };
    let chain = TerminalCertificates::new(certificates);
    if let Some(path) = chain.path_from(root.holder()) {
        assert!(path.len() <= 16);
    }
    let _ = chain.verify(&root, today);
});
