//! Passive authentication of the German reference data set (test-vectors/cards/bsi-2008-reference-lds).

use chipid_test_vectors as vectors;

use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::finding::{Check, codes};
use chipid_emrtd::passive_authentication::{
    ChainState, DataGroupStatus, Evidence, SignatureState, verify,
};
use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::trust::TrustStore;
use std::collections::BTreeMap;

const GROUPS: [u8; 6] = [1, 2, 3, 4, 14, 15];

struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    fn load() -> Self {
        let names = GROUPS.iter().map(|n| format!("DG{n}"));
        Self(
            names
                .chain(["EF_SOD".to_string()])
                .map(|name| {
                    let bytes = vectors::read(&format!("cards/bsi-2008-reference-lds/{name}.bin"));
                    (name, bytes)
                })
                .collect(),
        )
    }

    fn evidence(&self) -> Evidence<'_> {
        GROUPS
            .iter()
            .fold(Evidence::new(&self.0["EF_SOD"]), |evidence, n| {
                evidence.with(group(*n), &self.0[&format!("DG{n}")])
            })
    }
}

fn group(n: u8) -> DataGroup {
    DataGroup::new(n).unwrap()
}

fn june_2008() -> UnixTime {
    Date::new(2008, 6, 1).unwrap().noon_utc()
}

#[test]
fn four_groups_match_two_are_not_signed_and_the_issuer_is_unknown() {
    let files = Files::load();
    let dutch = TrustStore::builder()
        .add(
            &vectors::read("certificates/master-lists/NL_ROOT_CA.cer"),
            "NL_ROOT_CA.cer",
        )
        .unwrap()
        .build()
        .unwrap();
    let mut verified = verify(&files.evidence(), &dutch, june_2008());
    let report = &mut verified.report;
    let statuses: Vec<(u8, &str)> = report
        .data_groups()
        .iter()
        .map(|(g, s)| (g.number(), s.name()))
        .collect();
    assert_eq!(
        statuses,
        [
            (1, "match"),
            (2, "match"),
            (3, "match"),
            (4, "not_in_sod"),
            (14, "match"),
            (15, "not_in_sod")
        ]
    );
    assert_eq!(report.signature(), SignatureState::Valid);
    assert_eq!(report.digest().unwrap().name(), "sha-1");
    assert_eq!(report.signature_algorithm().unwrap().name(), "ecdsa-sha1");
    assert_eq!(*report.chain(), ChainState::IssuerUnknown);
    assert_eq!(report.signed_at(), None);
    let signer = report.document_signer().unwrap();
    assert_eq!(
        signer.subject,
        "C=DE,O=BundesDruckerei GmbH,CN=DS,SERIALNUMBER=1.2.276.0.80.1.12.0.20.10.1.2"
    );
    assert_eq!(signer.issuer, "CN=CSCA BDR TEST 19.09.07");
    assert_eq!(signer.serial, "1267");
    assert_eq!(
        signer.validity.not_before.to_string(),
        "2008-01-28T23:00:00Z"
    );
    report.check_states("P<", "D<<");
    assert_eq!(report.check(), Check::NotPerformed(codes::ISSUER_UNKNOWN));
    let found: Vec<&str> = report.findings().map(|f| f.code.name()).collect();
    assert_eq!(
        found,
        ["weak_algorithm", "encoding_deviation", "issuer_unknown"]
    );

    let signed = verified.data_groups.unwrap();
    assert_eq!(signed.bytes(group(1)), Some(files.0["DG1"].as_slice()));
    assert_eq!(signed.bytes(group(4)), None);
    assert_eq!(signed.bytes(group(15)), None);
    assert_eq!(signed.iter().count(), 4);
}

#[test]
fn an_empty_store_says_so() {
    let files = Files::load();
    let verified = verify(&files.evidence(), &TrustStore::default(), june_2008());
    assert_eq!(*verified.report.chain(), ChainState::TrustStoreEmpty);
    assert!(verified.report.has(codes::TRUST_STORE_EMPTY));
    assert!(verified.data_groups.is_some());
}

#[test]
fn another_state_in_the_zone_is_fatal() {
    let files = Files::load();
    let mut report = verify(&files.evidence(), &TrustStore::default(), june_2008()).report;
    report.check_states("P<", "FRA");
    assert_eq!(report.check(), Check::Failed(codes::ISSUER_STATE_MISMATCH));
}

#[test]
fn every_byte_of_dg1_and_dg14_is_signed() {
    for name in ["DG1", "DG14"] {
        let whole = Files::load();
        for at in 0..whole.0[name].len() {
            let mut files = Files(whole.0.clone());
            files.0.get_mut(name).unwrap()[at] ^= 0x01;
            let verified = verify(&files.evidence(), &TrustStore::default(), june_2008());
            let file = FileId::from_name(name).unwrap();
            assert!(
                verified
                    .report
                    .findings()
                    .any(|f| f.code == codes::DIGEST_MISMATCH && f.file == Some(file)),
                "{name} byte {at}"
            );
            assert!(verified.data_groups.is_none());
            assert_eq!(
                verified.report.check(),
                Check::Failed(codes::DIGEST_MISMATCH)
            );
        }
    }
}

#[test]
fn a_data_group_cut_anywhere_does_not_match() {
    let whole = Files::load();
    for cut in 0..whole.0["DG1"].len() {
        let mut files = Files(whole.0.clone());
        files.0.get_mut("DG1").unwrap().truncate(cut);
        let verified = verify(&files.evidence(), &TrustStore::default(), june_2008());
        assert_eq!(
            verified.report.data_groups()[&group(1)],
            DataGroupStatus::Mismatch
        );
        assert!(verified.data_groups.is_none());
    }
}

#[test]
fn padding_behind_a_file_does_not_matter_and_is_not_handed_out() {
    let whole = Files::load();
    let mut files = Files(whole.0.clone());
    for name in ["DG1", "EF_SOD"] {
        files.0.get_mut(name).unwrap().extend([0xAA; 19]);
    }
    let verified = verify(&files.evidence(), &TrustStore::default(), june_2008());
    assert_eq!(verified.report.signature(), SignatureState::Valid);
    assert_eq!(
        verified.data_groups.unwrap().bytes(group(1)),
        Some(whole.0["DG1"].as_slice())
    );
    let noted: Vec<_> = verified
        .report
        .findings()
        .filter(|f| f.detail == Some("trailing_bytes"))
        .map(|f| f.file.unwrap())
        .collect();
    assert_eq!(noted, [FileId::DG1, FileId::Sod]);
}

#[test]
fn groups_not_read_and_protected_are_told_apart() {
    let files = Files::load();
    let evidence = Evidence::new(&files.0["EF_SOD"])
        .with(group(1), &files.0["DG1"])
        .protected(group(3));
    let report = verify(&evidence, &TrustStore::default(), june_2008()).report;
    assert_eq!(report.data_groups()[&group(1)], DataGroupStatus::Match);
    assert_eq!(report.data_groups()[&group(2)], DataGroupStatus::NotRead);
    assert_eq!(report.data_groups()[&group(3)], DataGroupStatus::Protected);
    assert!(report.has(codes::DATA_GROUP_PROTECTED));
    assert!(report.covers(group(3)) && !report.covers(group(15)));
}

#[test]
fn no_security_object_is_fatal() {
    for sod in [
        &b""[..],
        &[0x77, 0x00],
        &[0x77, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
        &[0x00; 64],
    ] {
        let verified = verify(&Evidence::new(sod), &TrustStore::default(), june_2008());
        assert!(verified.data_groups.is_none());
        assert_eq!(
            verified.report.check(),
            Check::Failed(codes::SECURITY_OBJECT_UNREADABLE)
        );
    }
}
