//! A chip that lies, at any APDU: an error or the same proven document, never another one.

mod support;

use chipid::emrtd::error::{Error as ChipError, SecureMessagingError};
use chipid::{Error, FileId};
use chipid_virtual_card::{
    Behaviour, CardData, EndOfFile, Fault, FaultKind, LengthLie, VirtualCard,
};

fn with_faults(card: &CardData, faults: Vec<Fault>) -> VirtualCard {
    VirtualCard::new(card.clone()).with_behaviour(Behaviour {
        faults,
        ..Behaviour::default()
    })
}

/// Reads with one fault at every APDU in turn; gives the errors that came of it.
fn one_fault_everywhere(name: &str, kind: FaultKind) -> Vec<Error> {
    let card = support::card(name);
    let trust = support::trust(&[&card.csca]);
    let honest = support::read(&card);
    let mut errors = Vec::new();
    for at in 0..1000 {
        let mut chip = with_faults(&card, vec![Fault { at, kind }]);
        let mut counting = chipid::transport::counting::Counting::new(&mut chip);
        let result = support::read_from(&mut counting, support::key(&card));
        let reached = counting.counters().apdus > at as u64;
        match result {
            Err(error) => errors.push(error),
            Ok(document) => {
                for (file, bytes) in document.danger_unverified() {
                    if *file != FileId::CardAccess && *file != FileId::Com {
                        let own = honest.danger_unverified().get(file);
                        let verdict = document_is_believed(&document, file);
                        assert!(
                            own == Some(bytes) || !verdict,
                            "{name}, {kind:?} at {at}: {file}"
                        );
                    }
                }
                let verification = document.verify(&trust, support::now());
                if let Some(proven) = &verification.document {
                    assert_eq!(
                        proven.mrz().as_str(),
                        card.mrz.replace('\n', ""),
                        "{name}, {kind:?} at {at}"
                    );
                }
            }
        }
        if !reached {
            return errors;
        }
    }
    panic!("the reading never ends");
}

/// Whether verification would hand this file out as proven.
fn document_is_believed(document: &chipid::UnverifiedDocument, file: &FileId) -> bool {
    let card = support::card("vn-2021");
    let files: Vec<_> = document
        .danger_unverified()
        .iter()
        .map(|(id, bytes)| (*id, bytes.to_vec()))
        .collect();
    let copy = chipid::UnverifiedDocument::from_files(files, None);
    let verification = copy.verify(&support::trust(&[&card.csca]), support::now());
    match (file, &verification.document) {
        (FileId::DataGroup(dg), Some(proven)) => proven.data_group(*dg).is_some(),
        (_, proven) => proven.is_some(),
    }
}

#[test]
fn a_wrong_mac_ends_the_reading() {
    let errors = one_fault_everywhere("vn-2021", FaultKind::WrongMac);
    assert!(errors.iter().any(|e| matches!(
        e,
        Error::Chip(ChipError::SecureMessaging(
            SecureMessagingError::MacMismatch
        ))
    )));
}

#[test]
fn a_replayed_response_ends_the_reading() {
    let errors = one_fault_everywhere("vn-2021", FaultKind::Replay);
    assert!(errors.iter().any(|e| matches!(
        e,
        Error::Chip(ChipError::SecureMessaging(
            SecureMessagingError::MacMismatch
        ))
    )));
}

#[test]
fn a_dropped_channel_is_never_followed() {
    let errors = one_fault_everywhere("vn-2021", FaultKind::DropSecureMessaging);
    assert!(
        errors
            .iter()
            .any(|e| matches!(e, Error::Chip(ChipError::SecureMessaging(_))))
    );
}

#[test]
fn cut_and_lengthened_responses() {
    for kind in [
        FaultKind::Truncate(0),
        FaultKind::Truncate(1),
        FaultKind::Truncate(2),
        FaultKind::Truncate(9),
        FaultKind::Append(1),
        FaultKind::Append(300),
    ] {
        one_fault_everywhere("vn-2021", kind);
    }
}

#[test]
fn status_words_out_of_nowhere() {
    for status in [
        0x6283, 0x6300, 0x63C1, 0x6700, 0x6982, 0x6985, 0x6988, 0x6A82, 0x6B00, 0x6C10, 0x6D00,
        0x6F00, 0x6110, 0x9000,
    ] {
        one_fault_everywhere("vn-2021", FaultKind::Status(status));
    }
}

#[test]
fn bac_only_cards_fare_no_worse() {
    for kind in [
        FaultKind::WrongMac,
        FaultKind::Replay,
        FaultKind::DropSecureMessaging,
        FaultKind::Status(0x6982),
    ] {
        one_fault_everywhere("passport-bac", kind);
    }
}

#[test]
fn files_that_lie_about_their_length() {
    let card = support::card("vn-2021");
    let trust = support::trust(&[&card.csca]);
    for file in [
        FileId::Com,
        FileId::Sod,
        FileId::DG1,
        FileId::DG2,
        FileId::DG13,
        FileId::DG14,
        FileId::DG15,
    ] {
        for lie in [
            LengthLie::Longer(1),
            LengthLie::Longer(5000),
            LengthLie::Shorter(1),
            LengthLie::Shorter(200),
            LengthLie::Huge,
        ] {
            for end_of_file in [
                EndOfFile::Shortened,
                EndOfFile::Warning,
                EndOfFile::WrongLength,
            ] {
                let mut chip = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
                    length_lie: Some((file, lie)),
                    end_of_file,
                    ..Behaviour::default()
                });
                // EF.SOD is needed for anything at all; of other files the reading tells that they are not there.
                let Ok(document) = support::read_from(&mut chip, support::key(&card)) else {
                    assert_eq!(file, FileId::Sod, "{lie:?}");
                    continue;
                };
                let verification = document.verify(&trust, support::now());
                let assessment = chipid::Assessment::new(verification);
                let verdict = chipid::Policy::demo().decide(&assessment);
                if file != FileId::Com {
                    assert_ne!(verdict.kind, chipid::VerdictKind::Accept);
                    assert!(
                        verdict
                            .grounds
                            .iter()
                            .any(|g| g.severity > chipid::Severity::Note
                                && g.code.name() != "face_not_compared"
                                && g.detail != Some("face")),
                        "{file} {lie:?} {end_of_file:?}: {:?}",
                        verdict.grounds
                    );
                }
            }
        }
    }
}

#[test]
fn chips_that_give_little_at_a_time_are_read_whole() {
    let card = support::card("vn-2021");
    let whole = support::read(&card);
    for max_read in [16, 112, 160, 223] {
        let mut chip = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
            max_read: Some(max_read),
            ..Behaviour::default()
        });
        let document = support::read_from(&mut chip, support::key(&card)).expect("a document");
        assert_eq!(document.danger_unverified(), whole.danger_unverified());
    }
}

#[test]
fn chips_and_readers_without_extended_length_still_prove_themselves() {
    let card = support::card("vn-2021");
    let mut chip = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
        without_extended_length: true,
        ..Behaviour::default()
    });
    let document = support::read_from(&mut chip, support::key(&card)).expect("a document");
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    assert!(verification.chip_authentication.passed().is_some());
    assert!(verification.active_authentication.passed().is_some());
}

#[test]
fn a_signature_that_a_short_response_cut_off_is_no_proof_and_no_forgery() {
    let card = support::card("vn-2021");
    let mut chip = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
        cuts_long_signatures: true,
        without_extended_length: true,
        ..Behaviour::default()
    });
    let document = support::read_from(&mut chip, support::key(&card)).expect("a document");
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    assert!(matches!(
        verification.active_authentication,
        chipid::Check::NotPerformed(code) if code.name() == "chip_not_proven"
    ));
    assert!(verification.chip_genuine.passed().is_some());
}

/// ISO/IEC 9796-2, B.4: a chip may give the smaller of a signature and its complement.
#[test]
fn either_signature_of_a_pair_proves_an_rsa_chip() {
    let card = support::card("vn-2021");
    let document = support::read(&card);
    let key = &document.danger_unverified()[&FileId::DG15];
    let key = chipid::emrtd::lds::dg15::parse(key).expect("a key");
    let mut evidence = document.active_authentication().cloned().expect("evidence");
    let chipid::emrtd::crypto::signature::PublicKey::Rsa(rsa) = &key else {
        panic!("not an RSA key");
    };
    assert!(evidence.verify(&key, None).holds());
    evidence.signature = rsa.complement(&evidence.signature).expect("a signature");
    assert!(evidence.verify(&key, None).holds());
    evidence.challenge[0] ^= 1;
    assert!(!evidence.verify(&key, None).holds());
}

#[test]
fn the_master_file_need_not_be_selectable() {
    let card = support::card("vn-2021");
    let mut chip = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
        without_master_file_select: true,
        ..Behaviour::default()
    });
    let document = support::read_from(&mut chip, support::key(&card)).expect("a document");
    assert!(matches!(
        document.access().map(|a| a.protocol),
        Some(chipid::emrtd::document::AccessProtocol::Pace { .. })
    ));
}

/// A file that comes a byte at a time would take an evening: it counts as not to be had.
#[test]
fn a_chip_that_gives_crumbs_is_left_alone_soon() {
    use chipid::transport::callback::Callback;
    use chipid::transport::counting::Counting;
    let mut first = true;
    let mut chip = Counting::new(Callback::new(move |command: &[u8]| {
        if command.get(1) != Some(&0xB0) {
            return Ok(vec![0x90, 0x00]);
        }
        let header = [0x31, 0x83, 0x00, 0x1F, 0xF0, 0x30, 0x00, 0x30, 0x62, 0x82];
        let answer = if core::mem::take(&mut first) {
            header.to_vec()
        } else {
            vec![0x30, 0x62, 0x82]
        };
        Ok(answer)
    }));
    let result = support::read_from(&mut chip, support::key(&support::card("vn-2021")));
    assert!(result.is_err());
    assert!(chip.counters().apdus < 300, "{}", chip.counters().apdus);
}
