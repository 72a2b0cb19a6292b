//! OpenSSL judges the security objects that the personaliser makes: the CMS signature and the path to the CSCA.
//!
//! Doc 9303-10, 4.6.2; RFC 5652. The crate `emrtd` does its passive authentication with OpenSSL, but that feature of it does
//! not compile in 0.0.2: here the program itself stands in.

use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;
use chipid_interop::TestCard;
use chipid_virtual_card::{Profile, SigningAlgorithm};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ALGORITHMS: [(&str, &str); 10] = [
    ("ecdsa P-256 sha-256", "ecdsa P-224 sha-224"),
    ("ecdsa P-256 sha-256", "ecdsa P-256 sha-256"),
    (
        "ecdsa P-384 sha-384 explicit",
        "ecdsa P-384 sha-384 explicit",
    ),
    ("ecdsa P-521 sha-512", "ecdsa P-521 sha-512"),
    (
        "ecdsa brainpoolP256r1 sha-256",
        "ecdsa brainpoolP224r1 sha-224",
    ),
    (
        "ecdsa brainpoolP384r1 sha-384 explicit",
        "ecdsa brainpoolP256r1 sha-256 explicit",
    ),
    (
        "ecdsa brainpoolP512r1 sha-512",
        "ecdsa brainpoolP320r1 sha-384",
    ),
    ("rsa-pkcs1 3072 sha-256", "rsa-pkcs1 2048 sha-256"),
    ("rsa-pss 2048 sha-256", "rsa-pss 2048 sha-256"),
    ("rsa-pss 2048 sha-512", "rsa-pss 2048 sha-384"),
];

/// A folder of this test alone, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn openssl(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let ran = Command::new("openssl")
        .args(arguments)
        .output()
        .expect("openssl runs");
    if ran.status.success() {
        Ok(ran.stdout)
    } else {
        Err(String::from_utf8_lossy(&ran.stderr).into_owned())
    }
}

/// The signed content, where OpenSSL believes the signature and, if asked, the path. It builds no path over keys whose
/// curve is written out, which Doc 9303-12 demands: there it is asked for the signature alone.
fn judged(folder: &Folder, sod: &[u8], csca: &[u8], path: bool) -> Result<Vec<u8>, String> {
    let signed = tlv::outer(sod, 0x77).expect("tag 77").value;
    let sod = folder.write("sod.der", signed);
    let der = folder.write("csca.der", csca);
    let pem = openssl(&["x509", "-inform", "DER", "-in", text(&der)])?;
    let pem = folder.write("csca.pem", &pem);
    let content = folder.0.join("content.der");
    let arguments = [
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-in",
        text(&sod),
        "-CAfile",
        text(&pem),
        "-no-CApath",
        "-no-CAstore",
        // Not a mail certificate. The time is that of the other tests: noon of 2026-11-21.
        "-purpose",
        "any",
        "-attime",
        "1795262400",
        "-out",
        text(&content),
    ];
    let without_path = ["-noverify"];
    let rest = if path { &[][..] } else { &without_path };
    openssl(&[&arguments, rest].concat())?;
    Ok(fs::read(content).expect("the content"))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
#[ignore = "needs openssl"]
fn openssl_believes_every_security_object_and_no_changed_one() {
    let folder = Folder::new("openssl-security-objects");
    for (csca, signer) in ALGORITHMS {
        let mut profile = Profile::builtin("passport-no-proof").expect("profile");
        profile.algorithms.csca = csca.parse::<SigningAlgorithm>().expect("algorithm");
        profile.algorithms.signer = signer.parse::<SigningAlgorithm>().expect("algorithm");
        let card = TestCard::made(profile, None).expect("card");
        let sod = &card.data.files[&FileId::Sod];
        let path = !signer.ends_with("explicit");
        let content = judged(&folder, sod, &card.data.csca, path);
        let content = content.unwrap_or_else(|said| panic!("{csca}, {signer}: {said}"));
        for file in [FileId::DG1, FileId::DG2, FileId::DG14] {
            let digest = HashAlgorithm::Sha256.digest(&card.data.files[&file]);
            assert!(content.windows(32).any(|bytes| bytes == digest), "{file}");
        }

        // The last byte belongs to the signature.
        let mut changed = sod.clone();
        *changed.last_mut().expect("bytes") ^= 1;
        assert!(
            judged(&folder, &changed, &card.data.csca, path).is_err(),
            "{csca}, {signer}"
        );
    }
}

#[test]
#[ignore = "needs openssl"]
fn openssl_believes_no_other_state_of_the_same_name() {
    let folder = Folder::new("openssl-other-state");
    let (card, other) = (TestCard::of("passport-p256"), TestCard::of("passport-p256"));
    let (card, other) = (card.expect("card"), other.expect("card"));
    let sod = &card.data.files[&FileId::Sod];
    assert!(judged(&folder, sod, &card.data.csca, true).is_ok());
    assert!(judged(&folder, sod, &other.data.csca, true).is_err());
}
