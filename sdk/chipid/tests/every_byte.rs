//! Every byte of every file changed, every file cut short: never accepted with other holder data, other data groups or
//! another proof.
//!
//! Bytes that nothing signs may change; they stand in `test-vectors/cards/unsigned-bytes.md` with their reasons: EF.COM
//! and EF.CardAccess as a whole, padding behind a file, and parts of the signed object that are not under its signature
//! (for those see `sdk/emrtd/tests/unsigned_bytes.rs`).

mod support;

use chipid::emrtd::document::Files;
use chipid::{DataGroup, FileId, TrustStore, UnverifiedDocument, Verification};
use chipid_virtual_card::{CardData, VirtualCard};

/// What the change must not alter while the document is still believed.
#[derive(Debug, PartialEq, Eq)]
struct Believed {
    zone: String,
    data_groups: Vec<(DataGroup, Vec<u8>)>,
    portrait: Option<[u8; 32]>,
    csca: Option<[u8; 32]>,
    signer: Option<[u8; 32]>,
}

fn believed(verification: &Verification) -> Option<Believed> {
    verification.passive_authentication.check().passed()?;
    let document = verification.document.as_ref()?;
    let report = &verification.passive_authentication;
    Some(Believed {
        zone: document.mrz().as_str().to_owned(),
        data_groups: DataGroup::all()
            .filter_map(|dg| Some((dg, document.data_group(dg)?.to_vec())))
            .collect(),
        portrait: document.portrait().map(|p| p.digest()),
        csca: report.csca().map(|c| c.sha256),
        signer: report.document_signer().map(|s| s.sha256),
    })
}

fn verify_files(files: &Files, trust: &TrustStore) -> Verification {
    let files: Vec<_> = files.iter().map(|(id, b)| (*id, b.to_vec())).collect();
    UnverifiedDocument::from_files(files, None).verify(trust, support::now())
}

fn files_of(card: &CardData) -> Files {
    support::read(card).danger_unverified().clone()
}

fn is_signed(file: FileId) -> bool {
    matches!(file, FileId::DataGroup(_))
}

#[test]
fn every_byte_of_saved_files() {
    for name in ["vn-2021", "passport-rsa-pss"] {
        let card = support::card(name);
        let trust = support::trust(&[&card.csca]);
        let files = files_of(&card);
        let honest = believed(&verify_files(&files, &trust)).expect("an honest card");
        for (file, bytes) in &files {
            // EF.SOD is tried bit by bit elsewhere; of the long portrait one pattern per byte is enough.
            let patterns: &[u8] = if bytes.len() > 1000 {
                &[0x01]
            } else {
                &[0x01, 0x80, 0xFF]
            };
            for at in 0..bytes.len() {
                for pattern in patterns {
                    let mut changed = files.clone();
                    if let Some(byte) = changed.get_mut(file).and_then(|b| b.get_mut(at)) {
                        *byte ^= pattern;
                    }
                    let now = believed(&verify_files(&changed, &trust));
                    if is_signed(*file) {
                        assert_eq!(now, None, "{name}: {file}, byte {at} ^ {pattern:02X}");
                    } else if let Some(now) = now {
                        assert_eq!(now, honest, "{name}: {file}, byte {at} ^ {pattern:02X}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_cut_of_saved_files() {
    let card = support::card("vn-2021");
    let trust = support::trust(&[&card.csca]);
    let files = files_of(&card);
    let honest = believed(&verify_files(&files, &trust)).expect("an honest card");
    for (file, bytes) in &files {
        let step = if bytes.len() > 2000 { 7 } else { 1 };
        for len in (0..bytes.len()).step_by(step) {
            let mut cut = files.clone();
            if let Some(b) = cut.get_mut(file) {
                b.truncate(len);
            }
            let now = believed(&verify_files(&cut, &trust));
            if is_signed(*file) || *file == FileId::Sod {
                assert_eq!(now, None, "{file} cut to {len}");
            } else {
                assert_eq!(now.as_ref(), Some(&honest), "{file} cut to {len}");
            }
        }
    }
}

#[test]
fn padding_behind_a_file_changes_nothing() {
    let card = support::card("vn-2021");
    let trust = support::trust(&[&card.csca]);
    let files = files_of(&card);
    let honest = believed(&verify_files(&files, &trust)).expect("an honest card");
    for file in files.keys() {
        let mut padded = files.clone();
        if let Some(b) = padded.get_mut(file) {
            b.extend_from_slice(&[0x5A; 9]);
        }
        assert_eq!(
            believed(&verify_files(&padded, &trust)).as_ref(),
            Some(&honest),
            "{file}"
        );
    }
}

/// The chip itself holds the changed file: what reading, Chip and Active Authentication make of it.
#[test]
fn every_byte_of_the_small_files_on_a_live_chip() {
    let card = support::card("vn-2021");
    let trust = support::trust(&[&card.csca]);
    let honest = support::read(&card).verify(&trust, support::now());
    let honest_document = believed(&honest).expect("an honest card");
    for file in [
        FileId::CardAccess,
        FileId::Com,
        FileId::DG1,
        FileId::DG14,
        FileId::DG15,
    ] {
        let len = card.files[&file].len();
        for at in 0..len {
            let mut changed = card.clone();
            if let Some(byte) = changed.files.get_mut(&file).and_then(|b| b.get_mut(at)) {
                *byte ^= 0x01;
            }
            let mut chip = VirtualCard::new(changed);
            // Both keys, so that a changed EF.CardAccess may lead to BAC.
            let keys = [support::key(&card), support::mrz_key(&card)];
            let mut reading =
                chipid::Reading::with(keys.into_iter().collect::<chipid::AccessKeys>());
            let Ok(document) = chipid::block(reading.run(&mut chip)).expect("ready") else {
                continue;
            };
            let verification = document.verify(&trust, support::now());
            match believed(&verification) {
                Some(now) => {
                    assert!(
                        !is_signed(file) || now != honest_document,
                        "{file}, byte {at}"
                    );
                    assert_eq!(now.zone, honest_document.zone, "{file}, byte {at}");
                    for group in &now.data_groups {
                        assert!(
                            honest_document.data_groups.contains(group),
                            "{file}, byte {at}"
                        );
                    }
                    // EF.CardAccess changed so that PACE is gone: a downgrade, and said.
                    let opened_by = verification.access.as_ref().map(|a| a.protocol);
                    if opened_by != honest.access.as_ref().map(|a| a.protocol) {
                        assert!(
                            verification
                                .all_findings()
                                .has(chipid::emrtd::finding::codes::ACCESS_DOWNGRADED),
                            "{file}, byte {at}"
                        );
                    }
                }
                None => assert!(
                    verification.chip_genuine.passed().is_none(),
                    "{file}, byte {at}"
                ),
            }
        }
    }
}
