//! The chip's side of the worked examples of Doc 9303-11: appendix D.3 and D.4 (Basic Access Control, secure messaging
//! with 3DES) and appendix G.1 (PACE with generic mapping over ECDH).

use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::file_id::FileId;
use chipid_virtual_card::{
    Behaviour, CardData, Fault, FaultKind, PaceSuite, Passwords, VirtualCard,
};
use rand_core::{Infallible, TryCryptoRng, TryRng};
use std::collections::BTreeMap;

/// Gives the bytes that the standard printed, and panics when asked for more.
struct Printed(Vec<u8>);

impl Printed {
    fn new(hex: &str) -> Self {
        Self(bytes(hex))
    }
}

impl TryRng for Printed {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unimplemented_by_the_example()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unimplemented_by_the_example()
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        let rest = self.0.split_off(out.len());
        out.copy_from_slice(&self.0);
        self.0 = rest;
        Ok(())
    }
}

fn unimplemented_by_the_example<T>() -> T {
    panic!("the examples print bytes only")
}

impl TryCryptoRng for Printed {}

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.replace([' ', '\n'], "")).expect("hex")
}

fn card(mrz_information: &str, pace: Vec<PaceSuite>, com: &str) -> CardData {
    CardData {
        profile: "worked-example".into(),
        mrz: String::new(),
        qr: None,
        number: None,
        passwords: Passwords {
            mrz_information: mrz_information.into(),
            can: None,
            ..Passwords::default()
        },
        basic_access_control: true,
        pace,
        mapping_keys: Vec::new(),
        chip_authentication: Vec::new(),
        active_authentication: None,
        files: BTreeMap::from([(FileId::Com, bytes(com))]),
        csca: Vec::new(),
        portrait: None,
    }
}

fn talk(card: &mut VirtualCard, session: &[(&str, &str)]) {
    for (command, response) in session {
        assert_eq!(
            hex::encode_upper(card.process(&bytes(command))),
            hex::encode_upper(bytes(response)),
            "to {command}"
        );
    }
}

fn bac_card() -> VirtualCard {
    VirtualCard::with_rng(
        card(
            "L898902C<369080619406236",
            Vec::new(),
            "60145F0104303130365F36063034303030305C026175",
        ),
        Printed::new("4608F91988702212 0B4F80323EB3191CB04970CB4052790B"),
    )
}

const BAC: [(&str, &str); 3] = [
    ("00A4040C07A0000002471001", "9000"),
    ("0084000008", "4608F919887022129000"),
    (
        "0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A7 28",
        "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449 9000",
    ),
];

#[test]
fn bac_and_secure_messaging_worked_examples_d3_d4() {
    let mut card = bac_card();
    talk(&mut card, &BAC);
    talk(
        &mut card,
        &[
            (
                "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
                "990290008E08FA855A5D4C50A8ED9000",
            ),
            (
                "0CB000000D9701048E08ED6705417E96BA5500",
                "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000",
            ),
            (
                "0CB000040D9701128E082EA28A70F3C7B53500",
                "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
            ),
        ],
    );
}

/// The protected responses of D.4, spoiled at the last of its three commands.
#[test]
fn faults_in_a_channel() {
    let last = "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D74";
    for (kind, response) in [
        (
            FaultKind::WrongMac,
            format!("{}759000", &last[..last.len() - 2]),
        ),
        (
            FaultKind::Replay,
            "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000".into(),
        ),
        (
            FaultKind::DropSecureMessaging,
            "04303130365F36063034303030305C0261759000".into(),
        ),
        (FaultKind::Status(0x6A82), "6A82".into()),
        (FaultKind::Append(1), format!("{last}009000")),
    ] {
        let mut card = bac_card().with_behaviour(Behaviour {
            faults: vec![Fault { at: 5, kind }],
            ..Behaviour::default()
        });
        talk(&mut card, &BAC);
        talk(
            &mut card,
            &[
                (
                    "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
                    "990290008E08FA855A5D4C50A8ED9000",
                ),
                (
                    "0CB000000D9701048E08ED6705417E96BA5500",
                    "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000",
                ),
                ("0CB000040D9701128E082EA28A70F3C7B53500", &response),
            ],
        );
    }
}

#[test]
fn a_changed_mac_ends_the_channel() {
    let mut card = bac_card();
    talk(&mut card, &BAC);
    talk(
        &mut card,
        &[
            (
                "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F900",
                "6988",
            ),
            // The right one comes too late.
            (
                "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
                "6988",
            ),
            ("00B0000004", "6982"),
        ],
    );
}

#[test]
fn a_protected_command_without_its_mac_ends_the_channel() {
    let mut card = bac_card();
    talk(&mut card, &BAC);
    talk(
        &mut card,
        &[
            ("0CA4020C0B8709016375432908C044F600", "6987"),
            (
                "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
                "6988",
            ),
        ],
    );
}

#[test]
fn a_plain_command_ends_the_channel() {
    let mut card = bac_card();
    talk(&mut card, &BAC);
    talk(
        &mut card,
        &[
            ("00A4020C02011E", "6982"),
            (
                "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
                "6988",
            ),
        ],
    );
}

#[test]
fn a_replayed_command_ends_the_channel() {
    let mut card = bac_card();
    talk(&mut card, &BAC);
    let select = "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800";
    talk(
        &mut card,
        &[
            (select, "990290008E08FA855A5D4C50A8ED9000"),
            (select, "6988"),
        ],
    );
}

#[test]
fn a_wrong_bac_key_is_6300_and_needs_a_new_challenge() {
    let mut card = bac_card();
    talk(&mut card, &BAC[..2]);
    let wrong = "0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A8 28";
    talk(&mut card, &[(wrong, "6300"), (BAC[2].0, "6985")]);
}

fn pace_card() -> VirtualCard {
    VirtualCard::with_rng(
        card(
            "T22000129364081251010318",
            vec![PaceSuite::generic(
                CipherAlgorithm::Aes128,
                Curve::BrainpoolP256r1,
            )],
            "6000",
        ),
        Printed::new(
            "3F00C4D39D153F2B2A214A078D899B22
             498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560
             107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A",
        ),
    )
}

const PACE: [(&str, &str); 5] = [
    ("0022C1A40F800A04007F00070202040202830101", "9000"),
    (
        "10860000027C0000",
        "7C12801095A3A016522EE98D01E76CB6B98B42C39000",
    ),
    (
        "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E
         544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
        "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57
         30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000",
    ),
    (
        "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C
         3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
        "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB
         7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000",
    ),
    (
        "008600000C7C0A8508C2B0BD78D94BA86600",
        "7C0A86083ABB9674BCE93C089000",
    ),
];

#[test]
fn pace_gm_worked_example_g1() {
    talk(&mut pace_card(), &PACE);
}

#[test]
fn a_wrong_token_is_6300_and_ends_the_run() {
    let mut card = pace_card();
    talk(&mut card, &PACE[..4]);
    talk(
        &mut card,
        &[
            ("008600000C7C0A8508C2B0BD78D94BA86700", "6300"),
            (PACE[4].0, "6985"),
        ],
    );
}

#[test]
fn a_point_off_the_curve_is_6a80() {
    let mut card = pace_card();
    talk(&mut card, &PACE[..2]);
    talk(
        &mut card,
        &[(&PACE[2].0.replace("922D00", "922E00"), "6A80")],
    );
}

#[test]
fn pace_demands_its_chain() {
    let mut card = pace_card();
    talk(&mut card, &PACE[..1]);
    talk(&mut card, &[("00860000027C0000", "6883")]);
    let mut card = pace_card();
    talk(&mut card, &PACE[..4]);
    talk(
        &mut card,
        &[("108600000C7C0A8508C2B0BD78D94BA86600", "6883")],
    );
}

#[test]
fn passwords_and_algorithms_that_the_chip_has_not() {
    talk(
        &mut pace_card(),
        &[
            // No CAN on this chip; no such password; AES-256 not offered; another curve not offered.
            ("0022C1A40F800A04007F00070202040202830102", "6A88"),
            ("0022C1A40F800A04007F00070202040202830107", "6A88"),
            ("0022C1A40F800A04007F00070202040204830101", "6A80"),
            ("0022C1A412800A04007F0007020204020283010184010C", "6A88"),
            ("0022C1A412800A04007F0007020204020283010184010D", "9000"),
        ],
    );
}
