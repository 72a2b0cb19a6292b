//! Reading in plain from a chip without access control, and every departure from honesty.

use chipid_emrtd::card_transport::TransportError;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;
use chipid_virtual_card::{
    ActiveAuthenticationKey, Behaviour, CardAccess, CardData, EndOfFile, Fault, FaultKind,
    LengthLie, PaceSuite, Passwords, Proof, RsaKey, VirtualCard,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::collections::BTreeMap;

const SELECT_APPLICATION: &str = "00A4040C07A0000002471001";
const SELECT_DG1: &str = "00A4020C020101";

fn dg2() -> Vec<u8> {
    tlv::encode(0x75, &(0..3000).map(|i| i as u8).collect::<Vec<u8>>())
}

/// A chip that asks for no access control: what it does can be seen in plain.
fn open_card() -> CardData {
    CardData {
        profile: "open".into(),
        mrz: String::new(),
        qr: None,
        number: None,
        passwords: Passwords::default(),
        basic_access_control: false,
        pace: Vec::new(),
        mapping_keys: Vec::new(),
        chip_authentication: Vec::new(),
        active_authentication: None,
        files: BTreeMap::from([
            (FileId::DG1, tlv::encode(0x61, b"abc")),
            (FileId::DG2, dg2()),
        ]),
        csca: Vec::new(),
        portrait: None,
    }
}

fn open(behaviour: Behaviour) -> VirtualCard {
    let mut card = VirtualCard::new(open_card()).with_behaviour(behaviour);
    assert_eq!(ask(&mut card, SELECT_APPLICATION), "9000");
    card
}

fn ask(card: &mut VirtualCard, command: &str) -> String {
    hex::encode_upper(card.process(&hex::decode(command).expect("hex")))
}

fn talk(card: &mut VirtualCard, session: &[(&str, &str)]) {
    for (command, response) in session {
        assert_eq!(ask(card, command), *response, "to {command}");
    }
}

#[test]
fn files_by_name_by_short_name_and_from_any_offset() {
    let mut card = open(Behaviour::default());
    talk(
        &mut card,
        &[
            ("00B0000004", "6986"),
            (SELECT_DG1, "9000"),
            ("00B0000005", "61036162639000"),
            ("00B0000300", "62639000"),
            ("00B0000500", "6B00"),
            ("00B07FFF00", "6B00"),
            ("00B0810002", "61039000"),
            ("00B0810102", "03619000"),
            ("00B0000000", "61036162639000"),
            ("00B0", "6700"),
            ("00B00000", "6700"),
            ("00B08B0000", "6A82"),
            ("00A4020C02010B", "6A82"),
            ("00A4020C0101", "6700"),
            ("00A4020D020101", "6A86"),
            ("00A4090C020101", "6A86"),
            ("00A4040C06A00000024710", "6A82"),
            ("00CA000000", "6D00"),
            ("80B0000000", "6E00"),
            ("10B0000000", "6884"),
            ("00C0000000", "6985"),
        ],
    );
    // Fingers and irises are for terminals with rights only, whether they are there or not.
    talk(
        &mut card,
        &[("00A4020C020103", "6982"), ("00B0840000", "6982")],
    );
}

#[test]
fn control_information_describes_the_file() {
    let mut card = open(Behaviour::default());
    talk(
        &mut card,
        &[
            // Without Le there is no room for it.
            ("00A40204020102", "9000"),
            ("00A4020402010200", "620E80020BBC820101830201028801109000"),
            ("00A4040007A000000247100100", "6F098407A00000024710019000"),
        ],
    );
}

#[test]
fn odd_read_binary_carries_its_offset_and_data_in_objects() {
    let mut card = open(Behaviour::default());
    // Offset 2000, 16 bytes: Le counts the object's own header.
    let part = hex::encode_upper(&dg2()[2000..2016]);
    talk(
        &mut card,
        &[
            ("00B1010204540207D012", &format!("5310{part}9000")),
            ("00B100010354010205", "53036162639000"),
            ("00B100000354010905", "6B00"),
            ("00B100000355010905", "6A80"),
            ("00B1000002540005", "6A80"),
            ("00B10000035401", "6700"),
        ],
    );
}

#[test]
fn extended_lengths_read_the_whole_file_at_once() {
    let mut card = open(Behaviour::default());
    let whole = format!("{}9000", hex::encode_upper(dg2()));
    assert_eq!(ask(&mut card, "00A4020C0000020102"), "9000");
    assert_eq!(ask(&mut card, "00B00000000000"), whole);
    let mut card = open(Behaviour {
        without_extended_length: true,
        ..Behaviour::default()
    });
    talk(&mut card, &[("00B00000000000", "6700")]);
}

#[test]
fn three_ways_to_run_over_the_end() {
    for (end_of_file, answer) in [
        (EndOfFile::Shortened, "61036162639000"),
        (EndOfFile::Warning, "61036162636282"),
        (EndOfFile::WrongLength, "6C05"),
    ] {
        let mut card = open(Behaviour {
            end_of_file,
            ..Behaviour::default()
        });
        talk(
            &mut card,
            &[
                (SELECT_DG1, "9000"),
                ("00B0000010", answer),
                ("00B0000005", "61036162639000"),
                ("00B0000000", "61036162639000"),
            ],
        );
    }
}

#[test]
fn limits_of_one_read() {
    let mut card = open(Behaviour {
        max_read: Some(2),
        max_le: Some(0xDF),
        ..Behaviour::default()
    });
    talk(
        &mut card,
        &[
            (SELECT_DG1, "9000"),
            ("00B00000DF", "61039000"),
            ("00B00000E0", "6700"),
            ("00B0000000", "6700"),
        ],
    );
}

#[test]
fn lies_about_lengths() {
    for (lie, header) in [
        (LengthLie::Longer(200), "61 81 CB 61 62 63"),
        (LengthLie::Longer(60_000), "61 82 EA 63 61 62 63"),
        (LengthLie::Shorter(2), "61 01 61 62 63"),
        (LengthLie::Shorter(9), "61 00 61 62 63"),
        (LengthLie::Huge, "61 84 FF FF FF FF 61 62 63"),
    ] {
        let mut card = open(Behaviour {
            length_lie: Some((FileId::DG1, lie)),
            ..Behaviour::default()
        });
        assert_eq!(ask(&mut card, SELECT_DG1), "9000");
        assert_eq!(
            ask(&mut card, "00B0000000"),
            format!("{}9000", header.replace(' ', "")),
            "{lie:?}"
        );
    }
}

#[test]
fn a_long_signature_is_fetched_with_get_response() {
    let mut rng = UnwrapErr(SysRng);
    let mut data = open_card();
    data.active_authentication = Some(ActiveAuthenticationKey::Rsa {
        key: RsaKey::generate(2048, &mut rng).expect("key"),
        hash: HashAlgorithm::Sha256,
    });
    let mut card = VirtualCard::new(data);
    assert_eq!(ask(&mut card, SELECT_APPLICATION), "9000");
    let first = ask(&mut card, "008800000801020304050607080A");
    assert_eq!((first.len(), &first[20..]), (24, "61F6"));
    let second = ask(&mut card, "00C00000F0");
    assert_eq!((second.len(), &second[480..]), (484, "6106"));
    assert_eq!(ask(&mut card, "00C0000006").len(), 16);
    assert_eq!(ask(&mut card, "00C0000000"), "6985");
    // Any other command throws the rest away.
    assert!(ask(&mut card, "008800000801020304050607080A").ends_with("61F6"));
    assert_eq!(ask(&mut card, SELECT_DG1), "9000");
    assert_eq!(ask(&mut card, "00C0000006"), "6985");
    assert_eq!(ask(&mut card, "00880000070102030405060700"), "6700");
}

#[test]
fn chips_that_cannot_prove_themselves() {
    let challenge = "0088000008010203040506070800";
    let mut honest = open(Behaviour::default());
    // No key at all.
    talk(&mut honest, &[(challenge, "6985")]);
    talk(
        &mut honest,
        &[("002241A40C800A04007F00070202030202", "6A88")],
    );
    let mut garbage = open(Behaviour {
        chip_authentication: Proof::Garbage,
        active_authentication: Proof::Garbage,
        ..Behaviour::default()
    });
    assert_eq!(ask(&mut garbage, challenge).len(), 516);
    let any_key = format!(
        "0086000045 7C43 8041 {} 00",
        hex::encode(Curve::P256.generator().as_sec1())
    )
    .replace(' ', "");
    talk(
        &mut garbage,
        &[
            ("002241A40C800A04007F00070202030202", "9000"),
            (&any_key, "7C009000"),
        ],
    );
    for word in [0x6985u16, 0x6A80, 0x6F00] {
        let mut refusing = open(Behaviour {
            chip_authentication: Proof::Refused(word),
            active_authentication: Proof::Refused(word),
            ..Behaviour::default()
        });
        let word = format!("{word:04X}");
        talk(
            &mut refusing,
            &[
                (challenge, &word),
                ("002241A40C800A04007F00070202030202", "9000"),
                (&any_key, &word),
            ],
        );
    }
}

#[test]
fn faults_strike_once_at_their_place() {
    let at = |at, kind| Fault { at, kind };
    let mut card = VirtualCard::new(open_card()).with_behaviour(Behaviour {
        faults: vec![
            at(1, FaultKind::Status(0x6F00)),
            at(3, FaultKind::Truncate(1)),
            at(4, FaultKind::Append(2)),
            at(5, FaultKind::Replay),
            at(7, FaultKind::WrongMac),
        ],
        ..Behaviour::default()
    });
    talk(
        &mut card,
        &[
            (SELECT_APPLICATION, "9000"),
            (SELECT_DG1, "6F00"),
            (SELECT_DG1, "9000"),
            ("00B0000003", "61"),
            ("00B0000003", "61036100009000"),
            ("00B0000203", "61036100009000"),
            ("00B0000203", "6162639000"),
            ("00B0000203", "6162629000"),
        ],
    );
    assert_eq!(card.commands(), 8);
}

#[test]
fn mute_once_and_removed_for_good() {
    let mut card = VirtualCard::new(open_card()).with_behaviour(Behaviour {
        faults: vec![
            Fault {
                at: 0,
                kind: FaultKind::Mute(TransportError::Timeout),
            },
            Fault {
                at: 2,
                kind: FaultKind::Remove,
            },
        ],
        ..Behaviour::default()
    });
    let select = hex::decode(SELECT_APPLICATION).expect("hex");
    assert_eq!(card.exchange(&select), Err(TransportError::Timeout));
    assert_eq!(card.exchange(&select), Ok(vec![0x90, 0x00]));
    for _ in 0..3 {
        assert_eq!(card.exchange(&select), Err(TransportError::CardRemoved));
    }
    assert_eq!(card.process(&select), Vec::<u8>::new());
}

#[test]
fn before_access_control_only_card_access_is_shown() {
    let mut data = open_card();
    data.basic_access_control = true;
    data.pace = vec![PaceSuite::generic(CipherAlgorithm::Aes128, Curve::P256)];
    data.passwords.can = Some("123456".into());
    data.files.insert(FileId::CardAccess, vec![0x31, 0x00]);
    let mut card = VirtualCard::new(data.clone());
    talk(
        &mut card,
        &[
            ("00A4020C022F00", "6A82"),
            ("00A4020C022F01", "6A82"),
            ("00A4000C023F00", "9000"),
            ("00A4000C", "9000"),
            ("00A4020C02011C", "9000"),
            ("00B0000000", "31009000"),
            ("00B09C0000", "31009000"),
            // Basic Access Control belongs to the application.
            ("0084000008", "6985"),
            (SELECT_APPLICATION, "9000"),
            ("00A4020C02011C", "6982"),
            (SELECT_DG1, "6982"),
            ("00A4020C020110", "6982"),
            ("00B0000000", "6982"),
            ("00B0810000", "6982"),
            ("008800000801020304050607080A", "6982"),
            ("002241A40C800A04007F00070202030202", "6982"),
            ("0CB000000D9701048E08ED6705417E96BA5500", "6988"),
        ],
    );
    card.reset();
    talk(&mut card, &[("00A4020C02011C", "9000")]);

    let set_pace = "0022C1A40F800A04007F00070202040202830102";
    for (card_access, select, pace) in [
        (CardAccess::Readable, "9000", "9000"),
        (CardAccess::Absent, "6A82", "6A80"),
        (CardAccess::Refused, "6982", "6A80"),
        (CardAccess::RefusedWithPace, "6982", "9000"),
    ] {
        let mut card = VirtualCard::new(data.clone()).with_behaviour(Behaviour {
            card_access,
            without_bac: true,
            without_master_file_select: true,
            ..Behaviour::default()
        });
        talk(
            &mut card,
            &[
                ("00A4000C023F00", "6D00"),
                ("00A4020C02011C", select),
                (set_pace, pace),
                (SELECT_APPLICATION, "9000"),
                ("0084000008", "6985"),
            ],
        );
    }
}

#[test]
fn tries_of_the_can_run_out() {
    let mut data = open_card();
    data.pace = vec![PaceSuite::generic(CipherAlgorithm::Aes128, Curve::P256)];
    data.passwords.can = Some("123456".into());
    let mut card = VirtualCard::new(data).with_behaviour(Behaviour {
        can_tries: Some(2),
        ..Behaviour::default()
    });
    let set_pace = "0022C1A40F800A04007F00070202040202830102";
    let mut rng = UnwrapErr(SysRng);
    for (word, next) in [("63C1", "9000"), ("63C0", "6983")] {
        assert_eq!(ask(&mut card, set_pace), "9000");
        assert!(ask(&mut card, "10860000027C0000").ends_with("9000"));
        for tag in ["81", "83"] {
            let key = Curve::P256
                .generate_secret(&mut rng)
                .public()
                .expect("point");
            let step = format!("10860000457C43{tag}41{}00", hex::encode(key.as_sec1()));
            assert!(ask(&mut card, &step).ends_with("9000"));
        }
        // A token made of nothing.
        assert_eq!(ask(&mut card, "008600000C7C0A8508000000000000000000"), word);
        card.reset();
        assert_eq!(ask(&mut card, set_pace), next);
    }
}
