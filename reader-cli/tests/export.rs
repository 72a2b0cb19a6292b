//! `chipid export`: the files that a confirmation service may ask for.

mod support;

use serde_json::Value;
use std::fs;
use support::{chipid, copy_of, csca, folder, schema};

fn validate(value: &Value) {
    let text = chipid_test_vectors::read("schemas/export.schema.json");
    let known: Value = serde_json::from_slice(&text).unwrap();
    let errors = schema::errors(&known, value);
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}

#[test]
fn the_files_stand_verbatim_beside_their_manifest() {
    let (read, out) = (folder("read"), folder("exported"));
    let (from, to) = (read.display().to_string(), out.display().to_string());
    assert_eq!(
        chipid(&["read", "--card", "vn-2021", "--out", &from]).code,
        0
    );
    let trust = csca("vn-2021");
    let base = ["export", "--json", "--files", &from, "--trust", &trust];
    let ran = chipid(&[&base[..], &["--out", &to, "--consent-id", "C-1"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let manifest = ran.json();
    validate(&manifest);
    let written: Value =
        serde_json::from_slice(&fs::read(out.join("export.json")).unwrap()).unwrap();
    assert_eq!(written, manifest);
    assert_eq!(manifest["trust"], "issuer_verified");
    assert_eq!(manifest["consent_id"], "C-1");
    for name in [
        "EF_COM.bin",
        "EF_SOD.bin",
        "DG1.bin",
        "DG2.bin",
        "DG13.bin",
        "DG14.bin",
        "DG15.bin",
        "AA_challenge.bin",
        "AA_signature.bin",
    ] {
        assert_eq!(
            fs::read(out.join(name)).unwrap(),
            fs::read(read.join(name)).unwrap(),
            "{name}"
        );
    }
    let der = fs::read(out.join("document-signer.der")).unwrap();
    let sod = fs::read(out.join("EF_SOD.bin")).unwrap();
    assert!(sod.windows(der.len()).any(|w| w == der));
    let pem = fs::read_to_string(out.join("document-signer.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"), "{pem}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&out), mode(&out.join("export.json"))), (0o700, 0o600));
        assert_eq!(mode(&out.join("document-signer.der")), 0o600);
    }
    // Files of two documents are never mixed, and each export has its own nonce.
    let again = chipid(&[&base[..], &["--out", &to]].concat());
    assert_eq!(again.code, 2, "{}", again.stdout);
    let other = folder("exported-again").display().to_string();
    let other = chipid(&[&base[..], &["--out", &other]].concat()).json();
    assert_ne!(other["nonce"], manifest["nonce"]);
}

#[test]
fn what_is_not_proven_is_exported_on_request_alone() {
    let read = folder("read-to-change");
    let from = read.display().to_string();
    assert_eq!(
        chipid(&["read", "--card", "vn-2021", "--out", &from]).code,
        0
    );
    let changed = copy_of(&read, "changed");
    let mut dg2 = fs::read(changed.join("DG2.bin")).unwrap();
    let last = dg2.len() - 1;
    dg2[last] ^= 1;
    fs::write(changed.join("DG2.bin"), dg2).unwrap();
    let (changed, out) = (
        changed.display().to_string(),
        folder("unproven").display().to_string(),
    );
    let base = ["export", "--json", "--files", &changed, "--out", &out];
    let refused = chipid(&base);
    assert_eq!(refused.code, 2);
    assert!(!folder("unproven").exists(), "nothing is left");
    let forced = chipid(&[&base[..], &["--danger-unverified"]].concat());
    assert_eq!(forced.code, 0, "{}", forced.stderr);
    validate(&forced.json());
    assert!(forced.json()["trust"].is_null());
    assert_eq!(forced.json()["number"], "");
}

#[test]
fn a_challenge_of_the_server_s_is_signed_by_the_chip_and_makes_saved_evidence_fresh() {
    let out = folder("challenged").display().to_string();
    let challenge = "0123456789abcdef";
    let ran = chipid(&[
        "export",
        "--json",
        "--card",
        "vn-2021",
        "--challenge",
        challenge,
        "--out",
        &out,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.json()["active_authentication"]["challenge"], challenge);
    let trust = csca("vn-2021");
    let base = [
        "verify",
        "--json",
        "--files",
        &out,
        "--trust",
        &trust,
        "--challenge",
    ];
    let own = chipid(&[&base[..], &[challenge]].concat()).json();
    assert_eq!(own["checks"]["chip_genuine"]["status"], "passed");
    let foreign = chipid(&[&base[..], &["0123456789abcdee"]].concat()).json();
    assert_eq!(foreign["checks"]["chip_genuine"]["status"], "not_performed");
    assert_eq!(
        chipid(&[
            "export",
            "--card",
            "vn-2021",
            "--challenge",
            "12",
            "--out",
            "x"
        ])
        .code,
        2
    );
}
