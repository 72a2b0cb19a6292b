//! Every switch of a row, seen in plain on a chip without access control or at the door of one with it.

use chipid_emrtd::card_transport::TransportError;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;
use chipid_virtual_card::{
    ActiveAuthenticationKey, Behaviour, CardData, Deviation, Fault, FaultKind, Passwords,
    VirtualCard,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::collections::BTreeMap;

const SELECT: &str = "00A4040C07A0000002471001";
const SET_PACE: &str = "0022C1A40F800A04007F00070202040202830102";
const SET_PACE_84: &str = "0022C1A412800A04007F0007020204020283010284010C";

fn data() -> CardData {
    let curve = Curve::P256;
    CardData {
        profile: "open".into(),
        mrz: String::new(),
        qr: None,
        number: None,
        passwords: Passwords::default(),
        basic_access_control: false,
        pace: Vec::new(),
        chip_authentication: Vec::new(),
        mapping_keys: Vec::new(),
        active_authentication: Some(ActiveAuthenticationKey::Ecdsa {
            secret: curve.generate_secret(&mut UnwrapErr(SysRng)),
            hash: HashAlgorithm::Sha256,
        }),
        files: BTreeMap::from([
            (FileId::DG1, tlv::encode(0x61, b"abcdef")),
            (FileId::CardAccess, vec![0x31, 0x00]),
        ]),
        csca: Vec::new(),
        portrait: None,
    }
}

/// A chip that asks for PACE or BAC.
fn closed() -> CardData {
    let mut data = data();
    data.basic_access_control = true;
    data.pace = ["aes-128 P-256", "aes-256 P-256"]
        .map(|suite| suite.parse().expect("a suite"))
        .to_vec();
    data.passwords.can = Some("123456".into());
    data
}

fn departing(data: CardData, deviation: Deviation) -> VirtualCard {
    VirtualCard::new(data).with_behaviour(Behaviour::deviating(deviation))
}

fn ask(card: &mut VirtualCard, command: &str) -> String {
    hex::encode_upper(card.process(&hex::decode(command).expect("hex")))
}

#[track_caller]
fn talk(deviation: Deviation, data: CardData, session: &[(&str, &str)]) {
    let mut card = departing(data, deviation);
    for (command, response) in session {
        assert_eq!(ask(&mut card, command), *response, "to {command}");
    }
}

#[test]
fn at_the_door() {
    let challenge = "0084000008";
    let guess = format!("0082000028{}28", "00".repeat(40));
    let guess_le_0 = format!("0082000028{}00", "00".repeat(40));
    talk(
        Deviation::Row1ParameterIdNeeded,
        closed(),
        &[(SET_PACE, "6A87"), (SET_PACE_84, "9000")],
    );
    talk(
        Deviation::Row3ExpectedLengthRefused,
        closed(),
        &[
            ("00A4020C02011C00", "6700"),
            ("00A4020C02011C", "9000"),
            (&format!("{SET_PACE_84}00"), "6700"),
            (SET_PACE_84, "9000"),
        ],
    );
    for (deviation, word) in [
        (Deviation::Row4BacUnknown, "6A88"),
        (Deviation::Row5BacOff, "6985"),
    ] {
        let mut card = departing(closed(), deviation);
        assert_eq!(ask(&mut card, SELECT), "9000");
        assert!(ask(&mut card, challenge).ends_with("9000"));
        assert_eq!(ask(&mut card, &guess), word);
    }
    for word in [0x6982, 0x6A81, 0x6A86, 0x6A87, 0x6985] {
        talk(
            Deviation::Row6MasterFileRefused(word),
            closed(),
            &[
                ("00A4000C023F00", &format!("{word:04X}")),
                ("00A4020C02011C", "9000"),
            ],
        );
    }
    talk(
        Deviation::Row7ImplicitMasterFileIgnored,
        closed(),
        &[
            ("00A4020C02011C", "6982"),
            ("00A4000C", "9000"),
            ("00A4020C02011C", "6982"),
            ("00A4000C023F00", "9000"),
            ("00A4020C02011C", "9000"),
        ],
    );
    talk(
        Deviation::Row8CardAccessInvalidated,
        closed(),
        &[
            ("00A4020C02011C", "6283"),
            ("00B09C0008", "6283"),
            (SET_PACE_84, "6A80"),
        ],
    );
    talk(
        Deviation::Row9DirectoryRefused,
        closed(),
        &[("00A4020C022F00", "6982")],
    );
    talk(
        Deviation::Row10ExtendedAuthenticateRefused,
        closed(),
        &[
            (SET_PACE_84, "9000"),
            ("108600000000027C000000", "6982"),
            (SET_PACE_84, "9000"),
        ],
    );
    let mut card = departing(closed(), Deviation::Row12BacLengthRefused);
    assert_eq!(ask(&mut card, SELECT), "9000");
    assert!(ask(&mut card, challenge).ends_with("9000"));
    assert_eq!(ask(&mut card, &guess), "6700");
    assert_eq!(ask(&mut card, &guess_le_0), "6300");
    talk(
        Deviation::Row16PaceDhRefused,
        closed(),
        &[
            ("0022C1A412800A04007F00070202040102830102840102", "6985"),
            (SET_PACE_84, "9000"),
        ],
    );
    talk(
        Deviation::Row20OtherApplication,
        closed(),
        &[(SELECT, "6A82")],
    );
}

#[test]
fn row_2_drops_the_link_until_the_card_is_laid_down_again() {
    let mut card = departing(closed(), Deviation::Row2DropsLinkWithoutParameterId);
    let command = hex::decode(SET_PACE).expect("hex");
    for _ in 0..2 {
        assert_eq!(card.exchange(&command), Err(TransportError::CardRemoved));
    }
    card.reset();
    assert_eq!(ask(&mut card, SET_PACE_84), "9000");
}

#[test]
fn at_a_file() {
    let begin = [(SELECT, "9000"), ("00A4020C020101", "9000")];
    let whole = "61066162636465669000";
    for (deviation, session) in [
        (
            Deviation::Row23LargestLength(6),
            &[
                ("00B0000006", "6106616263649000"),
                ("00B0000007", "6700"),
                ("00B0000000", "6700"),
            ][..],
        ),
        (
            Deviation::Row24BeyondEndRefused,
            &[("00B0000008", whole), ("00B0000000", "6B00")],
        ),
        (
            Deviation::Row24BeyondEndKillsSession,
            &[("00B0000000", "6988"), ("00B0000008", "6986")],
        ),
        (
            Deviation::Row25WarningWithData,
            &[("00B0000600", "65666282"), ("00B0000008", whole)],
        ),
        (
            Deviation::Row25WarningWithoutData,
            &[("00B0000600", "6282"), ("00B0000008", whole)],
        ),
        (
            Deviation::Row25bMisplacedPadding,
            &[("00B0000602", "65666282")],
        ),
        (
            Deviation::Row26ZerosBeyondEnd,
            &[("00B0000604", "656600009000"), ("00B0001002", "00009000")],
        ),
        (
            Deviation::Row27AtMost(3),
            &[("00B0000008", "6106619000"), ("00B0000602", "65669000")],
        ),
        (
            Deviation::Row28EmptyFrom(8),
            &[("00B0000008", "9000"), ("00B0000007", "610661626364659000")],
        ),
        (
            Deviation::Row29RightLengthTold,
            &[("00B0000600", "6C02"), ("00B0000602", "65669000")],
        ),
        (
            Deviation::Row29ResponseInParts(5),
            &[
                ("00B0000008", "61066162636103"),
                ("00C0000003", "6465669000"),
                ("00C0000003", "6985"),
            ],
        ),
        (
            Deviation::Row29RestOnRequest(5),
            &[
                ("00B0000008", "61066162636103"),
                ("00C0000003", "6465669000"),
            ],
        ),
        (
            Deviation::Row36ReadRefused {
                file: FileId::DG1,
                status: 0x6B00,
            },
            &[("00B0000008", "6B00"), ("00B0000001", "6B00")],
        ),
    ] {
        talk(deviation, data(), &[&begin[..], session].concat());
    }
}

#[test]
fn at_the_proofs() {
    let ask_for_proof = "008800000801020304050607080A";
    let mut card = departing(data(), Deviation::Row40SignatureInDer);
    assert_eq!(ask(&mut card, SELECT), "9000");
    let answer = ask(&mut card, "0088000008010203040506070800");
    assert!(
        answer.starts_with("304") && answer.ends_with("9000"),
        "{answer}"
    );

    let mut card = departing(data(), Deviation::Row30SignatureCut);
    assert_eq!(ask(&mut card, SELECT), "9000");
    assert_eq!(ask(&mut card, ask_for_proof).len(), 24);

    talk(
        Deviation::Row31SignatureEmpty,
        data(),
        &[
            (SELECT, "9000"),
            ("0088000000000801020304050607080000", "9000"),
        ],
    );
    talk(
        Deviation::Row46ActiveAuthenticationLast,
        data(),
        &[(SELECT, "9000"), (ask_for_proof, "6982")],
    );
}

#[test]
fn behaviour_reads_from_toml() {
    let behaviour: Behaviour = toml::from_str(
        r#"
        deviations = ["row1-parameter-id-needed", { row6-master-file-refused = 0x6982 },
                      { row36-read-refused = { file = "DG14", status = 0x6B00 } }]
        card-access = "refused"
        chip-authentication = { refused = 0x6F00 }
        length-lie = { file = "DG2", lie = { longer = 5 } }
        faults = [{ at = 3, kind = "lose-channel" }, { at = 4, kind = { status = 0x6F00 } }]
        "#,
    )
    .expect("a behaviour");
    assert!(behaviour.has(Deviation::Row6MasterFileRefused(0x6982)));
    assert!(behaviour.has(Deviation::Row1ParameterIdNeeded));
    assert_eq!(
        behaviour.faults,
        [
            Fault {
                at: 3,
                kind: FaultKind::LoseChannel
            },
            Fault {
                at: 4,
                kind: FaultKind::Status(0x6F00)
            }
        ]
    );
    for wrong in [
        "row = 1",
        "deviations = [\"row1\"]",
        "length-lie = { file = \"DG17\", lie = \"huge\" }",
    ] {
        assert!(toml::from_str::<Behaviour>(wrong).is_err(), "{wrong}");
    }
}
