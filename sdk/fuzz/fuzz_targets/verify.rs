//! A whole document (`UnverifiedDocument::from_files(..).verify(..)`) of arbitrary files, over a trust store of the test
//! vectors.
//!
//! Input: files, each as its short identifier in one byte (0: challenge and answer of Active Authentication), its length
//! in three bytes, its bytes.
#![no_main]

use chipid_emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid_emrtd::document::UnverifiedDocument;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::TrustStore;
use chipid_emrtd::verification::IssuerTrust;
use chipid_test_vectors as vectors;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TRUST: LazyLock<TrustStore> = LazyLock::new(|| {
    [
        "csca.der",
        "csca-2.der",
        "csca-rsa.der",
        "csca-france.der",
        "link.der",
        "crl-ds-revoked.crl",
        "list.ml",
    ]
    .iter()
    .fold(TrustStore::builder(), |builder, name| {
        let bytes = vectors::read(&format!("certificates/chains/{name}"));
        builder.add(&bytes, name).expect("a trust file")
    })
    .build()
    .expect("a trust store")
});

/// What the invented state signed; nothing else may come out as proven.
static SIGNED: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    ["DG1.bin", "DG2.bin"].map(|name| vectors::read(&format!("certificates/chains/{name}")))
});

fuzz_target!(|data: &[u8]| {
    let (mut files, mut evidence, mut rest) = (Vec::new(), None, data);
    while let Some(([id, len @ ..], after)) = rest.split_first_chunk::<4>() {
        let len = u32::from_be_bytes([0, len[0], len[1], len[2]]) as usize;
        let (bytes, after) = after.split_at(len.min(after.len()));
        rest = after;
        let file = match id {
            0 => {
                evidence = bytes.split_first_chunk().map(|(challenge, signature)| {
                    ActiveAuthenticationEvidence {
                        challenge: *challenge,
                        signature: signature.to_vec(),
                    }
                });
                continue;
            }
            0x1C => FileId::CardAccess,
            0x1D => FileId::Sod,
            0x1E => FileId::Com,
            number => match DataGroup::new(*number) {
                Some(dg) => FileId::DataGroup(dg),
                None => return,
            },
        };
        files.push((file, bytes.to_vec()));
    }
    let now = Date::new(2026, 11, 21).expect("a day").noon_utc();
    let verification = UnverifiedDocument::from_files(files, evidence).verify(&TRUST, now);
    let _ = verification.all_findings();
    // Where nobody vouches for the signer, whoever made the files may have signed them.
    if let Some(proven) = &verification.document
        && proven.trust() == IssuerTrust::IssuerVerified
    {
        let dg1 = proven.data_group(DataGroup::MRZ);
        assert!(dg1.is_none_or(|dg1| dg1 == SIGNED[0]), "a forged DG1");
        let dg2 = proven.data_group(DataGroup::FACE);
        assert!(dg2.is_none_or(|dg2| dg2 == SIGNED[1]), "a forged DG2");
    }
});
