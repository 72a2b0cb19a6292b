//! Documents from files: the German reference data set, and what `read --out` saves.

mod support;

use chipid_test_vectors::{BSI_REFERENCE_LDS, DUTCH_MASTER_LIST, DUTCH_ROOT};
use serde_json::json;
use std::fs;
use support::{chipid, copy_of, csca, folder, validate, vectors};

fn reference_set() -> String {
    vectors(BSI_REFERENCE_LDS).display().to_string()
}

#[test]
fn the_reference_set_in_its_time_is_undecided_with_its_issuer_unknown() {
    let ran = chipid(&[
        "verify",
        "--json",
        "--files",
        &reference_set(),
        "--at",
        "2008-06-01",
    ]);
    let value = ran.json();
    validate(&value);
    assert_eq!(ran.code, 3);
    let passive = &value["checks"]["passive_authentication"];
    assert_eq!(
        passive["data_groups"],
        json!({"1": "match", "2": "match", "3": "match", "4": "not_in_sod", "14": "match", "15": "not_in_sod"})
    );
    assert_eq!(passive["signature_state"], "valid");
    assert_eq!(passive["signature"], "ecdsa-sha1");
    assert_eq!(passive["document_signer"]["key"], "brainpoolP224r1");
    assert_eq!(passive["document_signer"]["parameters"], "explicit");
    let grounds = value["grounds"].to_string();
    assert!(grounds.contains("issuer_unknown"), "{grounds}");
    assert_eq!(value["holder"]["trust"], "signature_only");
    assert_eq!(value["checks"]["access"]["reason"], "no_chip");
    assert_eq!(value["checks"]["chip_genuine"]["status"], "not_performed");
    assert!(value["apdus"].is_null());
}

#[test]
fn the_reference_set_today_is_rejected_as_expired() {
    let ran = chipid(&["verify", "--json", "--files", &reference_set()]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["grounds"][0]["code"], "document_expired");
    validate(&ran.json());
}

#[test]
fn one_changed_byte_of_dg1_is_rejected_and_nothing_of_the_holder_shown() {
    let copy = copy_of(reference_set().as_ref(), "changed");
    let dg1 = copy.join("DG1.bin");
    let mut bytes = fs::read(&dg1).unwrap();
    let at = bytes.len() - 40;
    bytes[at] ^= 0x01;
    fs::write(&dg1, bytes).unwrap();
    let copy = copy.display().to_string();
    let base = ["verify", "--files", &copy, "--at", "2008-06-01"];

    let ran = chipid(&[&base[..], &["--json"]].concat());
    let value = ran.json();
    validate(&value);
    assert_eq!(ran.code, 1);
    assert_eq!(value["grounds"][0]["code"], "digest_mismatch");
    assert_eq!(
        value["checks"]["passive_authentication"]["data_groups"]["1"],
        "mismatch"
    );
    assert!(value["holder"].is_null());

    let ran = chipid(&base);
    assert!(!ran.stdout.contains("MUSTERMANN"), "{}", ran.stdout);
    let ran = chipid(&[&base[..], &["--danger-unverified"]].concat());
    assert!(
        ran.stdout.contains("NOT VERIFIED") && ran.stdout.contains("DG1"),
        "{}",
        ran.stdout
    );
    validate(&chipid(&[&base[..], &["--danger-unverified", "--json"]].concat()).json());
}

#[test]
fn what_read_saves_verifies_later_without_the_chip() {
    let out = folder("saved");
    let saved = out.display().to_string();
    let ran = chipid(&["read", "--json", "--card", "vn-2021", "--out", &saved]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    validate(&ran.json());
    assert!(ran.json().get("verdict").is_none() && ran.json()["checks"].get("face").is_none());
    for name in [
        "EF_CardAccess.bin",
        "EF_COM.bin",
        "EF_SOD.bin",
        "DG1.bin",
        "DG2.bin",
        "DG13.bin",
        "DG14.bin",
        "DG15.bin",
        "portrait.jpg",
    ] {
        assert!(out.join(name).is_file(), "{name}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&out), mode(&out.join("DG1.bin"))), (0o700, 0o600));
    }
    let ran = chipid(&[
        "verify",
        "--json",
        "--files",
        &saved,
        "--policy",
        "demo",
        "--trust",
        &csca("vn-2021"),
    ]);
    let value = ran.json();
    validate(&value);
    assert_eq!(ran.code, 3);
    // The saved answer to the challenge still verifies, and may be of any day.
    let chip = &value["checks"]["chip_genuine"];
    assert_eq!(chip["active_authentication"], "passed");
    assert_eq!(
        (&chip["status"], &chip["reason"]),
        (&json!("not_performed"), &json!("chip_proof_not_fresh"))
    );
    assert_eq!(value["holder"]["trust"], "issuer_verified");
}

#[test]
fn only_what_was_asked_for_is_read() {
    let ran = chipid(&["read", "--json", "--card", "vn-2021", "--only", "dg1"]);
    let value = ran.json();
    validate(&value);
    let groups = &value["checks"]["passive_authentication"]["data_groups"];
    assert_eq!(
        (&groups["1"], &groups["2"]),
        (&json!("match"), &json!("not_read"))
    );
    assert_eq!(
        chipid(&["read", "--card", "vn-2021", "--only", "dg17"]).code,
        2
    );
}

#[test]
fn a_folder_without_files_of_a_document_is_an_error() {
    let empty = folder("empty");
    fs::create_dir_all(&empty).unwrap();
    for folder in [
        empty.display().to_string(),
        folder("nowhere").display().to_string(),
    ] {
        let ran = chipid(&["verify", "--files", &folder]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("hint: "), "{}", ran.stderr);
    }
}

#[test]
fn the_dutch_list_with_its_root_without_it_and_with_another() {
    let list = vectors(DUTCH_MASTER_LIST).display().to_string();
    let root = vectors(DUTCH_ROOT).display().to_string();
    let other = vectors("certificates/chains/csca.der")
        .display()
        .to_string();

    let ran = chipid(&["trust", "list", &list, "--trust-root", &root]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout
            .ends_with("411 certificates, 129 country codes\n"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .contains("signature valid, signer vouched for by ")
    );
    let value = chipid(&["trust", "list", &list, "--trust-root", &root, "--json"]).json();
    assert_eq!(
        (&value["anchors"], &value["country_codes"]),
        (&json!(411), &json!(129))
    );

    let ran = chipid(&["trust", "list", &list]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.contains("411 of them unverified"),
        "{}",
        ran.stdout
    );
    let value = chipid(&["trust", "list", &list, "--json"]).json();
    assert_eq!(
        (&value["anchors"], &value["lists"][0]["state"]),
        (&json!(0), &json!("unverified"))
    );
    assert_eq!(chipid(&["trust", "check", &list]).code, 1);

    let ran = chipid(&["trust", "list", &list, "--trust-root", &other]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("no given root vouches"),
        "{}",
        ran.stderr
    );
}
