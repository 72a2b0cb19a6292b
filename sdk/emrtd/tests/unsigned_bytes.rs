//! Every byte of EF.SOD flipped, and EF.SOD cut at every length.
//!
//! What still verifies must say exactly the same, and the byte must stand in `test-vectors/cards/unsigned-bytes.json`.

use chipid_test_vectors as vectors;

use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::passive_authentication::{
    ChainState, Evidence, PassiveAuthentication, SignatureState, verify,
};
use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::trust::TrustStore;
use serde_json::Value;

/// The report, and the bytes that were handed out.
type Accepted = (PassiveAuthentication, Vec<(DataGroup, Vec<u8>)>);

struct Document {
    sod: Vec<u8>,
    groups: Vec<(DataGroup, Vec<u8>)>,
    trust: TrustStore,
    now: UnixTime,
}

impl Document {
    fn of(name: &str) -> Self {
        let group = |n, file: &str| (DataGroup::new(n).unwrap(), vectors::read(file));
        match name {
            "bsi-2008-reference-lds" => Self {
                sod: vectors::read("cards/bsi-2008-reference-lds/EF_SOD.bin"),
                groups: vec![
                    group(1, "cards/bsi-2008-reference-lds/DG1.bin"),
                    group(14, "cards/bsi-2008-reference-lds/DG14.bin"),
                ],
                trust: TrustStore::default(),
                now: Date::new(2008, 6, 1).unwrap().noon_utc(),
            },
            "utopia" => Self {
                sod: vectors::read("certificates/chains/sod.bin"),
                groups: vec![
                    group(1, "certificates/chains/DG1.bin"),
                    group(2, "certificates/chains/DG2.bin"),
                ],
                trust: TrustStore::builder()
                    .add(&vectors::read("certificates/chains/csca.der"), "csca")
                    .unwrap()
                    .build()
                    .unwrap(),
                now: Date::new(2026, 11, 21).unwrap().noon_utc(),
            },
            other => panic!("{other}"),
        }
    }

    /// The report, and the bytes handed out, where the document is still believed as far as the honest one is.
    fn accepted(&self, sod: &[u8]) -> Option<Accepted> {
        let evidence = self
            .groups
            .iter()
            .fold(Evidence::new(sod), |e, (group, bytes)| {
                e.with(*group, bytes)
            });
        let verified = verify(&evidence, &self.trust, self.now);
        let Some(signed) = verified.data_groups else {
            assert_ne!(
                verified.report.check().status(),
                "passed",
                "passed, and nothing handed out"
            );
            return None;
        };
        assert_eq!(verified.report.signature(), SignatureState::Valid);
        if !self.trust.is_empty() && !matches!(verified.report.chain(), ChainState::Trusted(_)) {
            return None;
        }
        let bytes = signed.iter().map(|(g, b)| (g, b.to_vec())).collect();
        Some((verified.report, bytes))
    }
}

fn ranges(name: &str) -> Vec<(std::ops::RangeInclusive<usize>, String, bool)> {
    let list: Value = serde_json::from_slice(&vectors::read("cards/unsigned-bytes.json")).unwrap();
    list[name]["EF_SOD"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            let end = |field: &str| r[field].as_u64().unwrap() as usize;
            assert!(r["reason"].as_str().unwrap().len() > 10);
            let what = r["what"].as_str().unwrap().to_string();
            let names_signer = r["names_signer"].as_bool().unwrap_or(false);
            (end("first")..=end("last"), what, names_signer)
        })
        .collect()
}

fn check(name: &str) {
    let document = Document::of(name);
    let (honest, bytes) = document.accepted(&document.sod).unwrap();
    let ranges = ranges(name);
    let mut used = vec![false; ranges.len()];
    let mut unlisted = Vec::new();
    for at in 0..document.sod.len() {
        for bit in 0..8 {
            let mut changed = document.sod.clone();
            changed[at] ^= 1 << bit;
            let Some((report, handed_out)) = document.accepted(&changed) else {
                continue;
            };
            assert_eq!(handed_out, bytes, "byte {at}");
            assert_eq!(report.digest(), honest.digest(), "byte {at}");
            assert_eq!(report.data_groups(), honest.data_groups(), "byte {at}");
            assert_eq!(report.signed_at(), honest.signed_at(), "byte {at}");
            assert_eq!(report.chain(), honest.chain(), "byte {at}");
            let listed = ranges.iter().position(|(range, ..)| range.contains(&at));
            match listed {
                Some(i) => used[i] = true,
                None => unlisted.push(at),
            }
            if !listed.is_some_and(|i| ranges[i].2) {
                assert_eq!(
                    report.document_signer(),
                    honest.document_signer(),
                    "byte {at}"
                );
            }
        }
    }
    unlisted.dedup();
    assert_eq!(
        unlisted, [0usize; 0],
        "bytes that may change and are not listed"
    );
    for (i, (range, what, _)) in ranges.iter().enumerate() {
        assert!(used[i], "{what} ({range:?}) is listed and never passed");
    }
    for cut in 0..document.sod.len() {
        assert!(
            document.accepted(&document.sod[..cut]).is_none(),
            "cut at {cut}"
        );
    }
}

#[test]
fn only_listed_bytes_of_the_german_sod_may_change() {
    check("bsi-2008-reference-lds");
}

#[test]
fn only_listed_bytes_of_a_trusted_sod_may_change() {
    check("utopia");
}

proptest::proptest! {
    /// Several bytes at once, bytes put in, bytes taken out: no panic, and never other data.
    #[test]
    fn a_mangled_sod_never_yields_other_data(
        edits in proptest::collection::vec((0usize..1164, 0u8..3, proptest::num::u8::ANY), 1..6)
    ) {
        let document = Document::of("utopia");
        let mut sod = document.sod.clone();
        for (at, kind, value) in edits {
            let at = at.min(sod.len() - 1);
            match kind {
                0 => sod[at] = value,
                1 => sod.insert(at, value),
                _ => { sod.remove(at); }
            }
        }
        if let Some((_, handed_out)) = document.accepted(&sod) {
            proptest::prop_assert_eq!(handed_out, document.groups);
        }
    }
}
