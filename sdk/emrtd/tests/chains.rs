//! An invented state's PKI and everything that must not be taken for it (test-vectors/certificates/chains).

use chipid_test_vectors as vectors;

use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::finding::{Check, Code, codes};
use chipid_emrtd::passive_authentication::{
    ChainState, Evidence, PassiveAuthentication, SignatureState, Verified, verify,
};
use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::trust::{EntryState, Scope, TrustError, TrustStore, TrustStoreBuilder};

fn file(name: &str) -> Vec<u8> {
    vectors::read(&format!("certificates/chains/{name}"))
}

fn day(year: u16, month: u8, day: u8) -> UnixTime {
    Date::new(year, month, day).unwrap().noon_utc()
}

fn builder(files: &[&str]) -> TrustStoreBuilder {
    files.iter().fold(TrustStore::builder(), |builder, name| {
        builder.add(&file(name), name).unwrap()
    })
}

fn store(files: &[&str]) -> TrustStore {
    builder(files).build().unwrap()
}

struct Case {
    sod: Vec<u8>,
    dg1: Vec<u8>,
    dg2: Vec<u8>,
}

impl Case {
    fn new(sod: &str) -> Self {
        Self {
            sod: file(sod),
            dg1: file("DG1.bin"),
            dg2: file("DG2.bin"),
        }
    }

    fn verify(&self, trust: &TrustStore, now: UnixTime) -> Verified<'_> {
        let evidence = Evidence::new(&self.sod)
            .with(DataGroup::MRZ, &self.dg1)
            .with(DataGroup::FACE, &self.dg2);
        verify(&evidence, trust, now)
    }
}

/// Verified on 2026-11-21, as a passport of Utopia.
fn report(sod: &str, trust: &TrustStore) -> PassiveAuthentication {
    let mut report = Case::new(sod).verify(trust, day(2026, 11, 21)).report;
    report.check_states("P<", "UTO");
    report
}

fn found(report: &PassiveAuthentication) -> Vec<&'static str> {
    report
        .findings()
        .map(|f| f.detail.unwrap_or(f.code.name()))
        .collect()
}

fn passes(report: &PassiveAuthentication) -> bool {
    report.check().passed().is_some()
}

fn failed(report: &PassiveAuthentication) -> Option<Code> {
    match report.check() {
        Check::Failed(code) => Some(code),
        _ => None,
    }
}

#[test]
fn an_honest_chain_passes_and_says_what_it_rests_on() {
    let trust = store(&["csca.pem", "csca-france.der"]);
    let case = Case::new("sod.bin");
    let mut verified = case.verify(&trust, day(2026, 11, 21));
    let report = &mut verified.report;
    assert_eq!(
        report.check(),
        Check::NotPerformed(codes::NOT_AUTHENTICATED),
        "not before the states were compared"
    );
    report.check_states("P<", "UTO");
    let csca = report.check().passed().copied().unwrap().clone();
    assert_eq!(csca.subject, "C=UT,O=Utopia,CN=CSCA Utopia");
    assert_eq!(csca.source, "csca.pem");
    assert!(!csca.is_test);
    assert_eq!(found(report), ["revocation_unknown"]);
    assert_eq!(
        report.signed_at().unwrap().to_string(),
        "2026-06-01T12:00:00Z"
    );
    let signed = verified.data_groups.unwrap();
    assert_eq!(signed.bytes(DataGroup::MRZ), Some(case.dg1.as_slice()));
}

#[test]
fn every_algorithm_and_every_harmless_departure_passes() {
    let trust = store(&["csca.der", "csca-rsa.der"]);
    let cases: [(&str, &str, &[&str]); 33] = [
        ("rsa-pkcs1-sha256", "rsa-pkcs1-sha256", &[]),
        ("rsa-pkcs1-sha1", "rsa-pkcs1-sha1", &["weak_algorithm"]),
        ("rsa-encryption", "rsa-pkcs1-sha256", &[]),
        ("rsa-pss-sha256", "rsa-pss-sha256", &[]),
        ("rsa-pss-sha512", "rsa-pss-sha512", &[]),
        ("rsa-pss-sha256-salt-64", "rsa-pss-sha256", &[]),
        ("rsa-pss-defaults", "rsa-pss-sha1", &["weak_algorithm"]),
        ("rsa-1024", "rsa-pkcs1-sha256", &["weak_algorithm"]),
        ("ecdsa-p224", "ecdsa-sha224", &[]),
        ("ecdsa-p384", "ecdsa-sha384", &[]),
        ("ecdsa-p521", "ecdsa-sha512", &[]),
        ("ecdsa-bp256", "ecdsa-sha256", &[]),
        ("ecdsa-bp320", "ecdsa-sha256", &[]),
        ("ecdsa-bp384", "ecdsa-sha384", &[]),
        ("ecdsa-bp512", "ecdsa-sha512", &[]),
        ("ecdsa-plain", "ecdsa-plain-sha256", &[]),
        (
            "ecdsa-plain-bytes",
            "ecdsa-sha256",
            &["ecdsa_signature_in_other_form"],
        ),
        ("digest-and-signature-hash-differ", "ecdsa-sha384", &[]),
        ("no-signing-time", "ecdsa-sha256", &[]),
        ("attributes-unsorted", "ecdsa-sha256", &[]),
        ("hash-without-null", "ecdsa-sha256", &[]),
        ("lds-sha512", "ecdsa-sha256", &[]),
        ("lds-v1", "ecdsa-sha256", &[]),
        ("id-data", "ecdsa-sha256", &["content_type_id_data"]),
        (
            "old-icao-arc",
            "ecdsa-sha256",
            &["content_type_old_icao_arc"],
        ),
        ("sid-key", "ecdsa-sha256", &[]),
        (
            "sid-reordered",
            "ecdsa-sha256",
            &["signer_name_written_otherwise"],
        ),
        (
            "sid-wrong",
            "ecdsa-sha256",
            &["signer_identifier_fits_nothing"],
        ),
        ("indefinite", "ecdsa-sha256", &["indefinite_length"]),
        ("two-signers", "ecdsa-sha256", &[]),
        ("ds-pss-sod-pkcs1", "rsa-pkcs1-sha256", &[]),
        // Not of this list's naming, and of its kind.
        ("../issuer-no-key-id", "ecdsa-sha256", &[]),
        (
            "../signer-no-usage",
            "ecdsa-sha256",
            &["signer_without_digital_signature_usage"],
        ),
    ];
    for (name, algorithm, notes) in cases {
        let path = match name.strip_prefix("../") {
            Some(other) => format!("{other}.bin"),
            None => format!("good-{name}.bin"),
        };
        let report = report(&path, &trust);
        assert!(passes(&report), "{name}: {:?}", found(&report));
        assert_eq!(report.signature_algorithm().unwrap().name(), algorithm);
        let mut expected = notes.to_vec();
        expected.push("revocation_unknown");
        let mut found = found(&report);
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_is_not_signed_is_refused() {
    let trust = store(&["csca.der"]);
    for (name, code) in [
        ("signed-by-another-key", codes::SIGNATURE_INVALID),
        ("content-type-attribute", codes::SIGNATURE_INVALID),
        ("message-digest", codes::SIGNATURE_INVALID),
        ("no-signed-attributes", codes::SIGNATURE_INVALID),
        ("no-certificate", codes::SIGNATURE_INVALID),
        ("message-digest-twice", codes::SECURITY_OBJECT_UNREADABLE),
        ("content-type-foreign", codes::SECURITY_OBJECT_UNREADABLE),
        ("group-twice", codes::SECURITY_OBJECT_UNREADABLE),
        ("group-17", codes::SECURITY_OBJECT_UNREADABLE),
        ("no-groups", codes::SECURITY_OBJECT_UNREADABLE),
        ("version-2", codes::SECURITY_OBJECT_UNREADABLE),
        ("no-signer", codes::SECURITY_OBJECT_UNREADABLE),
        ("attributes-as-content", codes::SECURITY_OBJECT_UNREADABLE),
    ] {
        let case = Case::new(&format!("bad-{name}.bin"));
        let verified = case.verify(&trust, day(2026, 11, 21));
        assert_eq!(failed(&verified.report), Some(code), "{name}");
        assert!(verified.data_groups.is_none(), "{name}");
        assert_ne!(verified.report.signature(), SignatureState::Valid);
        assert_eq!(*verified.report.chain(), ChainState::NotChecked);
    }
}

#[test]
fn keys_for_other_purposes_sign_no_documents() {
    let trust = store(&["csca.der"]);
    for (name, detail) in [
        ("csca", "signer_is_issuer"),
        ("with-ca-flag", "signer_is_issuer"),
        ("mls", "signer_for_other_purpose"),
        ("tls", "signer_for_other_purpose"),
    ] {
        let case = Case::new(&format!("signer-{name}.bin"));
        let verified = case.verify(&trust, day(2026, 11, 21));
        assert_eq!(failed(&verified.report), Some(codes::SIGNATURE_INVALID));
        assert!(found(&verified.report).contains(&detail), "{name}");
        assert!(verified.data_groups.is_none());
        assert!(verified.report.csca().is_none());
    }
}

#[test]
fn issuers_that_are_not_the_state_are_told_apart() {
    let trust = store(&["csca.der", "csca-france.der"]);
    let forged = report("issuer-forged-same-key-id.bin", &trust);
    assert_eq!(failed(&forged), Some(codes::ISSUER_SIGNATURE_INVALID));
    assert_eq!(*forged.chain(), ChainState::IssuerSignatureInvalid);
    for name in ["issuer-forged-same-name", "issuer-is-document-signer"] {
        let report = report(&format!("{name}.bin"), &trust);
        assert_eq!(
            report.check(),
            Check::NotPerformed(codes::ISSUER_UNKNOWN),
            "{name}"
        );
    }
    let unknown = report("sod.bin", &store(&["csca-france.der"]));
    assert_eq!(unknown.check(), Check::NotPerformed(codes::ISSUER_UNKNOWN));
    let empty = report("sod.bin", &TrustStore::default());
    assert_eq!(empty.check(), Check::NotPerformed(codes::TRUST_STORE_EMPTY));
}

#[test]
fn a_forged_anchor_beside_the_true_one_changes_nothing_in_either_order() {
    for files in [
        ["csca.der", "csca-forged.der"],
        ["csca-forged.der", "csca.der"],
    ] {
        let report = report("sod.bin", &store(&files));
        assert_eq!(report.csca().unwrap().source, "csca.der");
        assert!(passes(&report));
    }
}

#[test]
fn a_state_signs_for_itself_alone() {
    let trust = store(&["csca.der", "csca-france.der"]);
    let by_france = report("issuer-of-another-state.bin", &trust);
    assert_eq!(failed(&by_france), Some(codes::ISSUER_STATE_MISMATCH));
    let french_as_utopian = report("issuer-unknown.bin", &trust);
    assert_eq!(
        failed(&french_as_utopian),
        Some(codes::ISSUER_STATE_MISMATCH)
    );
    let mut french = Case::new("issuer-unknown.bin")
        .verify(&trust, day(2026, 11, 21))
        .report;
    french.check_states("P<", "FRA");
    assert!(passes(&french));
}

#[test]
fn an_issuer_found_by_its_signature_alone_is_noted() {
    let trust = store(&["csca.der"]);
    for (name, note) in [
        ("issuer-name-differs", "issuer_name_differs"),
        ("issuer-key-id-differs", "authority_key_identifier_differs"),
    ] {
        let report = report(&format!("{name}.bin"), &trust);
        assert!(passes(&report), "{name}");
        assert!(found(&report).contains(&note), "{name}");
    }
}

#[test]
fn a_link_certificate_carries_the_old_key_to_the_new() {
    let old = store(&["csca.der"]);
    assert!(passes(&report("link-came-along.bin", &old)));
    for name in [
        "link-absent",
        "link-without-authority",
        "link-of-another-name",
    ] {
        let report = report(&format!("{name}.bin"), &old);
        assert!(
            matches!(*report.chain(), ChainState::IssuerUnknown),
            "{name}"
        );
    }
    for files in [
        &["csca.der", "link.der"][..],
        &["csca-2.der"],
        &["link.der"],
    ] {
        assert!(passes(&report("link-absent.bin", &store(files))));
    }
}

#[test]
fn a_test_authority_is_named_as_one_whatever_stands_beside_it() {
    for files in [
        &["test-csca.der"][..],
        &["test-csca.der", "test-csca-unmarked.der"],
        &["test-csca-unmarked.der", "test-csca.der"],
        &["test-csca.der", "csca.der"],
    ] {
        let trust = store(files);
        for sod in ["test-sod.bin", "test-sod-behind-link.bin"] {
            let report = report(sod, &trust);
            assert!(report.has(codes::TEST_ISSUER), "{files:?} {sod}");
            assert!(report.csca().unwrap().is_test);
            assert!(report.check().passed().is_some());
        }
        assert!(trust.entries().iter().any(|e| e.is_test));
    }
    let report = report("marked-ds.bin", &store(&["csca.der"]));
    assert!(report.has(codes::TEST_ISSUER), "a marked signer");
}

#[test]
fn a_test_authority_introduces_only_tests() {
    let by_test = store(&["test-csca.der", "test-list.ml"]);
    assert_eq!(by_test.lists()[0].state, EntryState::Anchor);
    let with_root = TrustStore::builder()
        .root(&file("test-csca.der"), "root")
        .unwrap()
        .add(&file("test-list.ml"), "list")
        .unwrap()
        .build()
        .unwrap();
    let unmarked_root = builder(&["test-csca.der", "test-csca-unmarked.der", "test-list.ml"])
        .build()
        .unwrap();
    for trust in [&by_test, &with_root, &unmarked_root] {
        let mut french = Case::new("issuer-unknown.bin")
            .verify(trust, day(2026, 11, 21))
            .report;
        french.check_states("P<", "FRA");
        assert!(french.has(codes::TEST_ISSUER));
    }
    // A state that was properly introduced stays one, although a test's list names it too.
    for files in [
        ["test-csca.der", "test-list.ml", "csca-france.der"],
        ["csca-france.der", "test-list.ml", "test-csca.der"],
    ] {
        let mut french = Case::new("issuer-unknown.bin")
            .verify(&store(&files), day(2026, 11, 21))
            .report;
        french.check_states("P<", "FRA");
        assert!(!french.has(codes::TEST_ISSUER));
        assert_eq!(french.csca().unwrap().source, "csca-france.der");
    }
}

#[test]
fn master_lists_anchor_what_an_authority_stands_behind() {
    let rooted = |list: &str| {
        TrustStore::builder()
            .root(&file("csca.der"), "root")
            .unwrap()
            .add(&file(list), list)
            .and_then(TrustStoreBuilder::build)
    };
    let trust = rooted("list.ml").unwrap();
    assert_eq!(trust.anchors().len(), 3);
    assert!(passes(&report("link-absent.bin", &trust)));
    let broken_entry = rooted("list-with-broken-entry.ml").unwrap();
    assert_eq!(broken_entry.anchors().len(), 2);
    assert_eq!(broken_entry.lists()[0].skipped, 1);
    assert_eq!(rooted("list-by-csca.ml").unwrap().anchors().len(), 2);
    for list in ["list-by-document-signer.ml", "list-by-listed-state.ml"] {
        assert_eq!(
            rooted(list).unwrap_err(),
            TrustError::MasterListRefused {
                source: list.into()
            }
        );
    }
}

#[test]
fn a_state_on_a_list_introduces_nobody() {
    for files in [
        ["csca.der", "list.ml", "list-by-listed-state.ml"],
        ["list-by-listed-state.ml", "list.ml", "csca.der"],
    ] {
        let trust = store(&files);
        let states: Vec<EntryState> = trust.lists().iter().map(|l| l.state).collect();
        assert!(states.contains(&EntryState::Unverified));
        // The forged CSCA that France's list names has signed nothing that is believed.
        assert_eq!(
            failed(&report("issuer-forged-same-key-id.bin", &trust)),
            Some(codes::ISSUER_SIGNATURE_INVALID)
        );
    }
}

#[test]
fn an_anchor_vouches_within_its_scope() {
    let scoped = |states: &[&str], classes: &[&str]| {
        let scope = Scope {
            states: states.iter().map(ToString::to_string).collect(),
            document_codes: classes.iter().map(ToString::to_string).collect(),
        };
        TrustStore::builder()
            .add_scoped(&file("csca.der"), "csca", scope)
            .unwrap()
    };
    for (states, classes, expected) in [
        (&["UTO"][..], &["P"][..], true),
        (&["UT"], &[], true),
        (&[], &["ID", "P"], true),
        (&["FRA"], &[], false),
        (&[], &["ID"], false),
    ] {
        let trust = scoped(states, classes).build().unwrap();
        let report = report("sod.bin", &trust);
        assert_eq!(passes(&report), expected, "{states:?} {classes:?}");
        assert_eq!(report.has(codes::ISSUER_STATE_MISMATCH), !expected);
        // The same key without a restriction beside it does not lift the restriction.
        let both = scoped(states, classes)
            .add(&file("csca.der"), "again")
            .unwrap()
            .build()
            .unwrap();
        assert_eq!(passes(&self::report("sod.bin", &both)), expected);
    }
    // Who is trusted for some documents introduces no states.
    let trust = scoped(&["UTO"], &[])
        .add(&file("list.ml"), "list")
        .unwrap()
        .build()
        .unwrap();
    assert_eq!(trust.anchors().len(), 1);
}

#[test]
fn dates_are_judged_at_the_time_of_signing() {
    let trust = store(&["csca-old.der"]);
    let dates = |sod: &str, now: UnixTime, issued: Option<Date>| -> Vec<&'static str> {
        let mut report = Case::new(sod).verify(&trust, now).report;
        if let Some(issued) = issued {
            report.check_issue_date(issued);
        }
        found(&report)
            .into_iter()
            .filter(|f| *f != "revocation_unknown")
            .collect()
    };
    let now = day(2026, 11, 21);
    assert!(dates("dates-csca-expired-since.bin", now, None).is_empty());
    assert_eq!(
        dates("dates-csca-expired-before.bin", now, None),
        ["csca_outside_validity"]
    );
    assert_eq!(
        dates("dates-signer-expired-before.bin", now, None),
        [
            "signed_in_future",
            "signer_outside_validity",
            "csca_outside_validity"
        ]
    );
    let unsaid = "dates-no-signing-time.bin";
    assert_eq!(dates(unsaid, now, None), ["csca_outside_validity"]);
    assert!(dates(unsaid, now, Date::new(2019, 5, 1)).is_empty());
    assert_eq!(
        dates(unsaid, now, Date::new(2027, 1, 1)),
        ["signed_in_future", "csca_outside_validity"]
    );
    assert_eq!(
        dates(unsaid, now, Date::new(2012, 1, 1)),
        ["signer_outside_validity"]
    );
    assert!(dates("dates-key-usage-period.bin", now, None).is_empty());
    // A signing time counts more than an issue date.
    assert!(dates("dates-csca-expired-since.bin", now, Date::new(2022, 1, 1)).is_empty());
    assert_eq!(
        dates("dates-csca-expired-since.bin", day(2017, 1, 1), None),
        ["signed_in_future"]
    );
}

#[test]
fn revocation_lists_count_where_their_issuer_signed_them() {
    let with = |crl: &str| report("sod.bin", &store(&["csca.der", "csca-france.der", crl]));
    let empty = with("crl-empty.crl");
    assert!(passes(&empty) && found(&empty).is_empty());
    for crl in ["crl-stale.crl", "crl-forged.crl", "crl-by-france.crl"] {
        let report = with(crl);
        assert!(passes(&report), "{crl}");
        assert_eq!(found(&report), ["revocation_unknown"], "{crl}");
    }
    for crl in [
        "crl-ds-revoked.crl",
        "crl-ds-superseded-before.crl",
        "crl-csca-revoked.crl",
    ] {
        assert_eq!(failed(&with(crl)), Some(codes::SIGNER_REVOKED), "{crl}");
    }
    assert!(passes(&with("crl-ds-superseded.crl")));
    let lists = store(&["csca.der", "crl-ds-revoked.crl", "crl-by-france.crl"]).revocation_lists();
    assert_eq!(
        lists
            .iter()
            .map(|l| (l.verified, l.entries))
            .collect::<Vec<_>>(),
        [(true, 1), (false, 1)]
    );
}

#[test]
fn a_document_signer_given_as_anchor_issues_nothing() {
    let trust = store(&["ds.der"]);
    for sod in ["sod.bin", "issuer-is-document-signer.bin"] {
        assert_eq!(
            report(sod, &trust).check(),
            Check::NotPerformed(codes::ISSUER_UNKNOWN)
        );
    }
}

#[test]
fn a_list_broken_anywhere_introduces_nobody_else() {
    let root = file("csca.der");
    let fingerprints = |list: &[u8]| -> Option<Vec<[u8; 32]>> {
        let trust = TrustStore::builder()
            .root(&root, "root")
            .unwrap()
            .add(list, "list")
            .and_then(TrustStoreBuilder::build)
            .ok()?;
        Some(trust.entries().iter().map(|e| e.sha256).collect())
    };
    let whole = file("list.ml");
    let honest = fingerprints(&whole).unwrap();
    assert_eq!(honest.len(), 3);
    let mut refused = 0;
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x21;
        match fingerprints(&changed) {
            Some(entries) => assert_eq!(entries, honest, "byte {at}"),
            None => refused += 1,
        }
        assert_eq!(fingerprints(&whole[..at]), None, "cut at {at}");
    }
    // All but what no signature covers: the signer's identifier, a version, the list of digest algorithms.
    assert!(refused > whole.len() * 3 / 4);
}

#[test]
fn a_revocation_list_broken_anywhere_accuses_nobody() {
    let whole = file("crl-ds-revoked.crl");
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x21;
        let Ok(builder) = builder(&["csca.der"]).add(&changed, "crl") else {
            continue;
        };
        let report = report("sod.bin", &builder.build().unwrap());
        let verified = store_verifies(&changed);
        assert_eq!(report.has(codes::SIGNER_REVOKED), verified, "byte {at}");
    }
}

/// Whether the signature over the changed list still holds: only where the byte is outside it.
fn store_verifies(crl: &[u8]) -> bool {
    builder(&["csca.der"])
        .add(crl, "crl")
        .and_then(TrustStoreBuilder::build)
        .is_ok_and(|store| store.revocation_lists().iter().any(|l| l.verified))
}
